"""Khi hồ sơ do bản mới hơn của chương trình ghi."""

TEXTS = {
    "what": (
        'Hồ sơ "{folder}" được ghi bởi bản mới hơn của chương trình. Dữ liệu vẫn nguyên vẹn; bản này không mở, để khỏi làm '
        "hỏng."
    ),
    "again_words": "Sau khi đã cài hoặc cập nhật lên bản mới của chương trình.",
    "other_words": "Mở hồ sơ ở nơi khác; thư mục này để nguyên.",
    "restore": "Trở về trước khi nâng cấp…",
    "restore_words": (
        "Có {n} bản sao lưu mà bản này đọc được, mới nhất lúc {at:time} ngày {at:date}. Những gì nhập sau đó bản này "
        "không thấy; hồ sơ hiện tại được giữ thành một bản sao lưu cho bản mới."
    ),
}
