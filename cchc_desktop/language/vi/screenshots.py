"""Sentences of `cchc screenshots`."""

TEXTS = {
    "out": "Thư mục để ghi ảnh; tạo mới nếu chưa có.",
}
