"""Words about documents that are shown, printed or saved from the window."""

TEXTS = {
    "no_viewer": "Chưa mở được tài liệu",
    "no_viewer_words": "Máy này chưa có chương trình xem tệp PDF. Tài liệu đã ghi ở {path}; chép sang máy khác để xem hoặc in.",
    "saved": "Đã ghi tài liệu",
    "saved_words": "{name} nằm trong thư mục {folder}.",
    "open": "Mở tài liệu",
    "close": "Đóng",
    "failed": "Chưa ghi được tài liệu",
    "kind_pdf": "Tệp PDF",
    "kind_ics": "Tệp lịch",
    "kind_docx": "Tệp Word",
    "kind_xlsx": "Tệp Excel",
}
