"""Mã hóa gói báo cáo cho cơ quan nhận, và mở gói đã mã hóa ở cơ quan nhận."""

TEXTS = {
    "encrypting": "Mã hóa cho cơ quan nhận",
    "decrypting": "Giải mã",
    "too_large": "Gói lớn hơn {limit:size} nên không mã hóa được. Bớt minh chứng, hoặc gửi không mã hóa.",
    "changed": "Gói bị thay đổi trong khi mã hóa. Xuất lại gói rồi thử lại.",
    "unreadable": "Tệp không phải gói báo cáo đã mã hóa, hoặc bị hỏng trên đường gửi. Chép lại từ USB hoặc đề nghị đơn vị gửi lại.",
    "other_receiver": "Gói này được mã hóa cho cơ quan khác hoặc cho khóa không còn ở đây. Kiểm tra lại thư mục khóa, hoặc đề nghị đơn vị mã hóa lại bằng chứng thư hiện hành.",
    "changed_on_the_way": "Gói đã mã hóa bị thay đổi sau khi đơn vị gửi, nên không có gì được ghi ra. Không tiếp nhận; đề nghị đơn vị gửi lại.",
    "no_key": "Cơ quan chưa có khóa giải mã. Chạy cchc office encryption-key để tạo, rồi gửi chứng thư cho các đơn vị.",
    "no_receiver": "Chưa có chứng thư mã hóa của cơ quan nhận. Thêm chứng thư mà cơ quan nhận cung cấp, hoặc bỏ chọn mã hóa.",
    "file_unreadable": "Không đọc được tệp “{name}”. Kiểm tra USB hoặc chép lại tệp.",
    "other_purpose": "Chứng thư của {name} không dùng để mã hóa. Hỏi cơ quan nhận chứng thư mã hóa (khác chứng thư ký).",
    "not_valid_now": "Chứng thư mã hóa của {name} chỉ có hiệu lực từ {valid_from:date} đến {valid_to:date}. Xin cơ quan nhận chứng thư mới.",
    "not_trusted": "Chưa biết chắc chứng thư này là của {name}. Nghe cơ quan nhận đọc mã xác nhận qua điện thoại rồi nhập vào.",
    "revoked": "Chứng thư mã hóa của {name} đã bị thu hồi. Xin cơ quan nhận chứng thư mới.",
}
