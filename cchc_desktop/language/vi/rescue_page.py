"""When a profile does not open: the ways on."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "title": "Dữ liệu bị hỏng",
    "damaged": (
        'Tệp dữ liệu trong "{folder}" bị hỏng nên không mở được. Chưa có gì bị xóa; mọi cách dưới đây đều giữ lại bản '
        "hỏng."
    ),
    "repair": "Sửa chữa rồi mở",
    "repair_words": (
        "Dựng lại dữ liệu từ mọi phần còn đọc được và các bản sao lưu; thường giữ được nhiều hơn một bản sao lưu."
    ),
    "restore": "Khôi phục bản sao lưu…",
    "restore_words": "Bản mới nhất lúc {at:time} ngày {at:date}; có {n} bản. Xem trước sẽ khác gì rồi mới khôi phục.",
    "no_backup": "Chưa có bản sao lưu nào dùng được trong thư mục này.",
    "checking": "Đang kiểm tra các bản sao lưu",
    "unchecked": "Các bản sao lưu chưa được kiểm tra xong. Chọn mục này để kiểm tra lại.",
    "export": "Xuất dữ liệu đọc được…",
    "export_words": "Ghi mọi mục còn đọc được thành một tệp Excel và một tệp JSON ở nơi bạn chọn.",
    "other_words": "Mở hồ sơ ở nơi khác; thư mục này để nguyên.",
    "leave": "Thoát",
    "now": "Cứu dữ liệu ngay",
    "later": "Để sau",
    "repairing": "Đang sửa chữa dữ liệu",
    "repaired": "Kết quả sửa chữa",
    "restoring": "Đang khôi phục bản sao lưu",
    "exporting": "Đang xuất dữ liệu đọc được",
    "exported": "Đã xuất dữ liệu đọc được",
    "bring": "Chép về máy này rồi mở…",
    "bring_words": "Chọn một thư mục trống trên ổ cứng của máy này. Hồ sơ ở chỗ cũ vẫn để nguyên.",
    "bringing": "Đang chép hồ sơ về máy này",
}
