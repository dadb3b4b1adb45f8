"""Khóa ký của đơn vị."""

TEXTS = {
    "enrolment": "Đơn vị: {name} (mã {unit_code})\nMã xác nhận: {code}\nDấu chứng thư SHA-256: {fingerprint}\nHiệu lực: từ {valid_from} đến {valid_to}\n\nGửi tệp trust.pem cho nơi nhận, rồi gọi điện và đọc mã xác nhận cho họ đối chiếu. Đây là dấu xác thực gói tin nội bộ, không phải chữ ký số chuyên dùng công vụ.",
}
