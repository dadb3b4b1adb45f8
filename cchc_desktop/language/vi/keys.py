"""Khóa ký của đơn vị."""

TEXTS = {
    "enrolment": "Đơn vị: {name} (mã {unit_code})\nMã xác nhận: {code}\nDấu chứng thư SHA-256: {fingerprint}\nHiệu lực: từ {valid_from} đến {valid_to}\n\nGửi tệp trust.pem cho nơi nhận, rồi gọi điện và đọc mã xác nhận cho họ đối chiếu. Đây là dấu xác thực gói tin nội bộ, không phải chữ ký số chuyên dùng công vụ.",
    "cli_show": "cho biết khóa ký đang dùng và mã xác nhận",
    "cli_request": "lập tệp đăng ký gửi cơ quan tiếp nhận",
    "cli_answer": "nhận phản hồi đăng ký của cơ quan",
    "cli_rotate": "đổi khóa: lập khóa mới và tệp đăng ký do khóa đang dùng ký",
    "cli_json": "in kết quả dạng JSON",
    "cli_to": "thư mục ghi tệp đăng ký",
    "cli_answer_file": "tệp phản hồi của cơ quan (.asice)",
    "cli_heard": "mã 24 chữ nghe cơ quan đọc qua điện thoại, cần cho lần đầu",
    "cli_issued_by": "Chứng thư do {name} cấp.",
    "cli_requested": "Đã lập tệp đăng ký {file}. Gửi tệp cho cơ quan, rồi gọi điện và đọc mã {code}.",
    "cli_rotating": "Đã lập khóa mới và tệp đăng ký {file}. Gửi tệp cho cơ quan; khóa đang dùng vẫn ký được đến khi nhận phản hồi.",
    "cli_answered": "Đã nhận chứng thư do {name} cấp, hiệu lực đến {valid_to:date}. Từ nay gói được ký bằng chứng thư này.",
    "cli_answered_pinned": "Cơ quan đã ghi nhận chứng thư đang dùng, hiệu lực đến {valid_to:date}.",
    "cli_new_passphrase": "Mật khẩu mới cho khóa ký: ",
    "cli_again": "Nhập lại mật khẩu: ",
    "cli_differs": "Hai lần nhập mật khẩu không giống nhau. Chạy lại lệnh và nhập lại.",
}
