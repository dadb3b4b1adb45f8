"""A fault of the program itself: what is said, and the report that may be sent to whoever helps."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "words": (
        "Một thao tác không làm được do trục trặc trong chương trình. Dữ liệu đã lưu vẫn nguyên; những gì đang nhập "
        "vẫn còn trên màn hình. Đóng thông báo này rồi thử lại; nếu còn gặp, lưu báo cáo sự cố và gửi cho bộ phận hỗ "
        "trợ. Báo cáo không có tên, nội dung hay số liệu của đơn vị."
    ),
    "save": "Lưu báo cáo sự cố…",
    "saved": 'Đã lưu báo cáo sự cố vào "{path}". Gửi tệp đó cho bộ phận hỗ trợ.',
    "not_saved": 'Không ghi được báo cáo sự cố vào "{path}". Chọn thư mục khác rồi lưu lại.',
    "file_name": "Báo cáo sự cố CCHC {day}",
    "file_kind": "Tệp văn bản",
    "title": "BÁO CÁO SỰ CỐ CCHC DESKTOP",
    "about": (
        "Báo cáo này chỉ ghi loại lỗi và vị trí trong mã chương trình; không có tên người, tên đơn vị, nội dung, số "
        "liệu hay đường dẫn tệp."
    ),
    "program": "Bản {version}, lúc {at:time} ngày {at:date}",
    "system": "Máy: {system}; Python {python}; Qt {qt}",
    "failure": "Lỗi: {kind}",
    "failure_code": "Lỗi: {kind} ({code})",
    "place": "  {module}, {function}, dòng {line}",
    "place_times": "  {module}, {function}, dòng {line} ({times} lần liền)",
    "page_words": (
        "Trang này không mở được do trục trặc trong chương trình. Dữ liệu đã lưu vẫn nguyên và các trang khác vẫn "
        "dùng được. Bấm Mở lại trang; nếu còn gặp, lưu báo cáo sự cố và gửi cho bộ phận hỗ trợ."
    ),
    "page_again": "Mở lại trang",
    "command": (
        "Lệnh dừng lại do trục trặc trong chương trình; dữ liệu đã lưu vẫn nguyên. Chạy lại lệnh; nếu còn gặp, gửi "
        "những dòng dưới đây cho bộ phận hỗ trợ (không có tên, nội dung hay số liệu của đơn vị)."
    ),
}
