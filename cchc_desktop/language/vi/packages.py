"""Mở một tệp bên trong gói báo cáo của đơn vị khác."""

TEXTS = {
    "not_whole": "Không mở tệp bên trong vì gói không hợp lệ hoặc không đọc được. Đề nghị đơn vị gửi lại gói.",
    "no_such_file": "Trong gói không có tệp này, hoặc đó là tệp riêng của chương trình. Mở lại gói rồi chọn tệp trong danh sách.",
    "kind_not_opened": "Không mở “{name}”: loại tệp này có thể chạy lệnh trên máy. Đề nghị đơn vị gửi lại ở một trong các loại: {allowed:list}.",
    "unknown_signer": "Chưa rõ ai ký gói chứa tệp này. Đối chiếu mã xác nhận qua điện thoại với đơn vị trước khi tin nội dung.",
}
