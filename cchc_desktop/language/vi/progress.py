"""What contradicts in a task's progress."""

TEXTS: dict[str, str] = {
    "done_without_day": "Nhiệm vụ đã hoàn thành nhưng chưa có ngày hoàn thành. Ghi ngày ở cột Ngày xong.",
    "done_below_full": "Nhiệm vụ đã hoàn thành nhưng tiến độ ghi {percent}%. Ghi 100% hoặc chọn lại trạng thái.",
    "full_not_done": "Tiến độ ghi 100% nhưng trạng thái chưa phải Hoàn thành. Chọn Hoàn thành hoặc sửa tiến độ.",
    "day_not_done": "Đã có ngày hoàn thành {day:date} nhưng trạng thái chưa phải Hoàn thành. Chọn Hoàn thành "
    "hoặc xóa ngày.",
    "begun_not_doing": "Tiến độ ghi {percent}% nhưng trạng thái là Chưa thực hiện. Chọn Đang thực hiện hoặc "
    "xóa tiến độ.",
    "done_in_future": "Ngày hoàn thành {day:date} còn ở phía trước. Sửa lại ngày hoàn thành.",
    "done_before_year": "Ngày hoàn thành {day:date} ở trước năm kế hoạch {year}. Sửa lại ngày hoàn thành.",
    "bad_percent": "Tiến độ phải là số nguyên từ 0 đến 100, không phải {percent}. Sửa lại tiến độ.",
}
