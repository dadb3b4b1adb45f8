"""Evidence (tài liệu kiểm chứng): taking files in and opening them."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "copying": 'Đang chép "{name}" vào kho minh chứng',
    "missing": 'Không tìm thấy tệp "{name}". Tệp có thể đã được chuyển chỗ hoặc ổ đĩa đã rút; chọn lại tệp.',
    "not_a_file": '"{name}" không phải là tệp. Chọn từng tệp, không chọn thư mục hoặc thiết bị.',
    "unreadable": (
        'Chưa đọc được "{name}": tệp đang mở ở chương trình khác, hoặc tài khoản này không có quyền đọc. '
        "Đóng tệp đó hoặc chép tệp ra thư mục khác rồi thử lại."
    ),
    "empty": 'Tệp "{name}" rỗng (0 B). Kiểm tra lại tệp gốc rồi chọn tệp có nội dung.',
    "too_large": (
        'Tệp "{name}" có {size:size}, vượt giới hạn {limit:size}. Giảm độ phân giải bản quét hoặc tách tệp; '
        "giới hạn sửa được ở trang Thiết lập."
    ),
    "type_not_allowed": (
        'Loại tệp của "{name}" không nhận làm minh chứng. Chuyển sang một trong các loại: {allowed:list}.'
    ),
    "type_differs": (
        'Nội dung của "{name}" không phải là tệp {extension}. Mở tệp bằng chương trình đã tạo ra nó rồi lưu '
        "lại đúng loại."
    ),
    "personal_words": (
        "Tên tệp hoặc trích yếu có từ thường gặp ở tài liệu chứa dữ liệu cá nhân: {words:list}. Chỉ giữ phần "
        "cần để kiểm chứng, che thông tin cá nhân trước khi thêm."
    ),
    "personal_number": (
        "Tên tệp hoặc trích yếu có dãy 12 chữ số, giống số định danh cá nhân. Đổi tên tệp và che số đó trước "
        "khi thêm."
    ),
    "personal_phone": (
        "Tên tệp hoặc trích yếu có dãy số giống số điện thoại. Che số đó nếu là của cá nhân trước khi thêm."
    ),
    "inside": (
        "Tệp có {what:list}. Nơi nhận sẽ được nhắc thận trọng khi mở; nếu không cần các phần đó thì bỏ đi rồi "
        "chọn lại tệp."
    ),
    "bad_limit": "Giới hạn kích thước tệp phải lớn hơn 0. Nhập lại số MB.",
    "file_missing": (
        'Không còn tệp "{name}" trong kho minh chứng của hồ sơ. Thêm lại tệp gốc, hoặc khôi phục từ bản sao '
        "lưu."
    ),
    "file_changed": (
        'Tệp "{name}" trong kho minh chứng đã bị thay đổi sau khi thêm nên không dùng được. Thêm lại tệp gốc, '
        "hoặc khôi phục từ bản sao lưu."
    ),
}
