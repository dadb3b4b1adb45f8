"""What `cchc check` and the window say of a profile's health."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "step_database": "Kiểm tra cơ sở dữ liệu",
    "step_rebuild": "Dựng lại cơ sở dữ liệu từ những gì đọc được",
    "step_files": "Đọc tài liệu kiểm chứng để đối chiếu",
    "database_good": "Cơ sở dữ liệu nguyên vẹn.",
    "database_bad": "Cơ sở dữ liệu bị hỏng ({n} chỗ). Chỗ đầu tiên máy báo: {first}.",
    "log_gone": (
        "Tệp cchc.sqlite3-wal, nơi giữ những thay đổi cuối cùng trước lần tắt đột ngột, không còn hoặc bị hỏng. Nếu tệp đó "
        "bị chuyển đi, đặt lại vào thư mục hồ sơ trước khi sửa chữa."
    ),
    "references_good": "Các mục liên kết với nhau đầy đủ.",
    "homeless": "Có mục liên kết tới mục không còn: {subjects:list}.",
    "journal_good": "Nhật ký thay đổi liền mạch, {n} dòng.",
    "journal_chain": "Nhật ký thay đổi bị đứt ở dòng {seq}: dòng này không nối với dòng trước nó.",
    "journal_hash": "Dòng {seq} của nhật ký thay đổi đã bị sửa sau khi ghi.",
    "rows_good": "Mọi mục đúng như nhật ký ghi.",
    "row_bad": (
        'Mục "{key}" ({name}) khác với nhật ký (dòng {seq}): đã bị sửa hoặc xóa ngoài chương trình này. Đây là mục '
        "đầu tiên sai."
    ),
    "files_good": "{n} tệp tài liệu nguyên vẹn.",
    "files_missing": (
        "Thiếu {n} tệp tài liệu: {names:list}. Nếu còn tệp gốc, chép vào thư mục hồ sơ (tên nào cũng được) rồi sửa chữa."
    ),
    "files_changed": (
        "{n} tệp tài liệu bị đổi nội dung: {names:list}. Nếu còn tệp gốc, chép vào thư mục hồ sơ (tên nào cũng được) rồi "
        "sửa chữa."
    ),
    "file": "“{name}”",
    "more_files": "và {n} tệp nữa",
    "files_unknown": "{n} tệp không thuộc tài liệu nào, được giữ nguyên: {paths:list}.",
    "files_back": "Đã tìm lại {n} tệp tài liệu theo nội dung và đặt về chỗ cũ.",
    "leftovers": "Có {n} tệp ghi dở còn sót lại.",
    "leftovers_gone": "Đã dọn {n} tệp ghi dở.",
    "no_backup": "Chưa có bản sao lưu nào.",
    "backups_good": "{n} bản sao lưu dùng được, bản mới nhất lúc {at:time} ngày {at:date}.",
    "backups_bad": "{n} bản sao lưu bị hỏng, số {numbers:list}. Sao lưu lại ngay.",
    "reindexed": "Mục lục của cơ sở dữ liệu bị hỏng; đã lập lại, không mất dữ liệu.",
    "rebuilt": (
        'Đã dựng lại cơ sở dữ liệu: {rows} mục, {history} dòng nhật ký. Bản hỏng được giữ ở "{kept}".'
    ),
    "lost_history": "Mất {n} dòng nhật ký, từ dòng {first} đến dòng {last}.",
    "lost_content": (
        "Trong đó {n} thay đổi mất cả nội dung, ghi sau {at:time} ngày {at:date}. Xem lại những gì đã làm từ lúc đó và "
        "nhập lại."
    ),
    "mended": "Giữ được nội dung nhưng ghi lại thành thay đổi mới: {subjects:list}.",
    "set_back": "Đặt lại đúng như nhật ký: {subjects:list}.",
    "dropped": "Bỏ vì không còn năm hoặc mục chứa nó: {subjects:list}.",
    "end_unknown": "Mất những thay đổi sau {at:time} ngày {at:date}, nếu có: phần đó không đọc được.",
    "nothing_lost": "Không mất thay đổi nào.",
    "subject_count": "{name} {n}",
    "cli_repair": "sửa những gì sửa được; bản cũ được giữ lại",
    "cli_json": "in một đối tượng JSON",
    "cli_export": "xuất mọi dữ liệu đọc được (XLSX và JSON) vào một thư mục",
    "cli_second": "ổ sao lưu thứ hai, để tìm tệp và bản sao lưu ở đó",
    "cli_good": "Hồ sơ nguyên vẹn.",
    "cli_bad": "Hồ sơ có lỗi. Sửa bằng: cchc check --repair; hoặc khôi phục bản sao lưu: cchc restore list.",
    "cli_left": "Còn lỗi chưa sửa được. Xem các bản sao lưu bằng: cchc restore list.",
    "cli_mark_good": "Tốt",
    "cli_mark_bad": "Lỗi",
    "cli_mark_repaired": "Đã sửa",
    "cli_exported": "Đã xuất dữ liệu đọc được: {path}",
}
