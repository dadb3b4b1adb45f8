"""The sample units and the demonstration of the main job."""

TEXTS: dict[str, str] = {
    "unknown_sample": "Không có đơn vị mẫu {kind}. Chọn một trong các đơn vị mẫu: {kinds:list}.",
    "sample_missing": "Chưa đọc được dữ liệu của đơn vị mẫu {kind}: {detail}. Cài lại chương trình rồi thử lại.",
    "sample_undated": "Tài liệu mẫu {name} chưa có ngày. Cài lại chương trình rồi thử lại.",
    "step_profile": "Lập hồ sơ đơn vị mẫu",
    "step_plan": "Viết kế hoạch năm",
    "step_answers": "Nhập số liệu tự chấm điểm",
    "step_evidence": "Tạo và đính kèm tài liệu kiểm chứng",
    "step_confirm": "Người đứng đầu xác nhận kết quả tự chấm",
    "step_documents": "Lập văn bản: kế hoạch, bảng tự chấm điểm",
    "step_package": "Ký và ghi gói báo cáo",
    "step_verify": "Kiểm tra lại gói báo cáo",
    "step_pictures": "Chụp các trang của chương trình",
    "progress": "[{number}/{count}] {step}",
    "option_unit": "đơn vị mẫu: commune (xã) hoặc department (sở)",
    "option_out": "thư mục nhận kết quả (mặc định: demo-output)",
    "option_json": "in kết quả bằng một đối tượng JSON",
    "out_not_folder": 'Không ghi được kết quả vào "{out}" vì đó không phải thư mục. Chọn thư mục khác.',
    "out_not_writable": 'Không ghi được vào thư mục "{out}": {detail}. Chọn thư mục khác rồi chạy lại.',
    "plan_incomplete": "Kế hoạch mẫu còn {count} lỗi, lỗi đầu: {first}",
    "answers_wrong": "Số liệu mẫu còn {count} chỗ sai, chỗ đầu: {first}",
    "not_valid": "Gói vừa ghi không qua được kiểm tra: {reasons:list}. Chạy lại; nếu vẫn vậy, gửi thư mục {out} "
    "cho bộ phận hỗ trợ.",
    "result": "Xong việc chính trên dữ liệu mẫu của {unit}.\n"
    "Nhiệm vụ trong kế hoạch: {tasks}. Tài liệu kiểm chứng: {evidence}.\n"
    "Tự chấm {points:points}/{self_max:points} điểm, còn {open:points} điểm chờ thẩm định.\n"
    "Gói báo cáo: {package}\n"
    "Tệp tin cậy để kiểm tra: {trust}\n"
    "Văn bản: {documents:list}\n"
    "Hình các trang: {pictures}",
}
