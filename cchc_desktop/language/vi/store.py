"""The profile folder and its database: what happened to it and what to do."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "no_profile": 'Chưa có hồ sơ trong thư mục "{folder}". Chọn thư mục khác hoặc lập hồ sơ mới cho đơn vị.',
    "exists": 'Thư mục "{folder}" đã có hồ sơ. Mở hồ sơ đó, hoặc chọn thư mục trống để lập hồ sơ mới.',
    "locked": (
        'Hồ sơ "{folder}" đang mở: người dùng {who}, máy {host}, từ {since:time} ngày {since:date}. '
        "Đóng chương trình ở máy đó rồi bấm Mở lại."
    ),
    "locked_unknown": (
        'Hồ sơ "{folder}" đang mở ở một cửa sổ hoặc một máy khác. Đóng chương trình ở đó rồi bấm Mở lại.'
    ),
    "newer": (
        'Hồ sơ "{folder}" được ghi bởi bản mới hơn của chương trình (cấu trúc {found}, bản này đọc đến '
        "{known}). Dữ liệu vẫn nguyên vẹn. Cài bản mới của chương trình rồi mở lại; hoặc trở về bản sao lưu tự làm "
        "trước khi nâng cấp: cchc restore list, rồi cchc restore --from và số của bản sao lưu đó."
    ),
    "damaged": (
        'Không đọc được dữ liệu trong "{folder}" vì tệp cchc.sqlite3 bị hỏng. Không xóa thư mục này; sao chép '
        "cả thư mục ra chỗ khác rồi khôi phục từ bản sao lưu gần nhất."
    ),
    "log_gone": (
        'Hồ sơ trong "{folder}" thiếu tệp cchc.sqlite3-wal, nơi giữ những thay đổi cuối cùng trước lần tắt đột ngột, hoặc '
        "tệp đó bị hỏng. Nếu tệp bị chuyển đi, đặt lại vào thư mục rồi mở lại; nếu không thì sửa chữa hồ sơ."
    ),
    "read_only": (
        'Không ghi được vào "{folder}": thư mục hoặc ổ đĩa chỉ cho đọc, hoặc tài khoản này không có quyền '
        "ghi. Cấp quyền ghi hoặc chọn thư mục khác rồi mở lại. Những gì đã lưu vẫn còn."
    ),
    "disk_full": (
        'Không lưu được vì ổ đĩa chứa "{folder}" đã đầy. Xóa bớt tệp trên ổ đĩa đó rồi bấm Thử lại. '
        "Những gì đã lưu trước đó vẫn còn."
    ),
    "folder_gone": (
        'Không còn thấy hồ sơ ở "{folder}": thư mục đã bị chuyển chỗ hoặc ổ đĩa đã rút. Cắm lại ổ đĩa hoặc '
        "chuyển thư mục về chỗ cũ rồi bấm Thử lại; không đóng chương trình trước khi lưu được."
    ),
    "input_output": (
        'Ổ đĩa chứa "{folder}" báo lỗi khi đọc hoặc ghi. Kiểm tra ổ đĩa và dây cắm rồi thử lại. '
        "Những gì đã lưu trước đó vẫn còn."
    ),
    "busy": (
        'Tệp dữ liệu trong "{folder}" đang bị chương trình khác giữ (phần mềm diệt vi-rút hoặc sao lưu). '
        "Chờ chương trình đó xong rồi thử lại."
    ),
    "no_wal": (
        'Ổ đĩa chứa "{folder}" không giữ được dữ liệu an toàn khi mất điện (thường là ổ mạng). '
        "Chọn thư mục trên ổ cứng của máy này."
    ),
    "network_drive": (
        'Thư mục "{folder}" nằm trên ổ mạng. Ở đó dữ liệu dễ hỏng khi mất kết nối hoặc khi hai máy cùng mở, nên '
        "chương trình không làm việc trên đó. Chép hồ sơ về ổ cứng của máy này rồi mở; dùng ổ mạng để sao lưu."
    ),
    "removable_drive": (
        'Thư mục "{folder}" nằm trên ổ rút ra được (USB, thẻ nhớ). Rút ổ giữa chừng sẽ hỏng dữ liệu, nên chương '
        "trình không làm việc trên đó. Chép hồ sơ về ổ cứng của máy này rồi mở; dùng ổ rời để sao lưu."
    ),
    "remains": (
        'Thư mục "{folder}" có tài liệu hoặc bản sao lưu của một hồ sơ nhưng thiếu tệp cchc.sqlite3. Khôi phục từ bản '
        "sao lưu; đừng lập hồ sơ mới ở đây."
    ),
    "row_gone": "Mục này không còn trong hồ sơ, có thể vừa bị xóa. Mở lại trang để xem dữ liệu hiện có.",
    # sửa ngoài chương trình
    "journal_edited": (
        "Nhật ký của hồ sơ đã bị sửa ngoài chương trình, bắt đầu từ dòng {seq:number} (ghi tên {who}, {at}). "
        "Chưa xuất gói vì nhật ký không còn chứng minh được số liệu. Khôi phục hồ sơ từ bản sao lưu trước lần "
        "sửa đó rồi xuất lại."
    ),
    "at": "{time:time} ngày {day:date}",
    "some_time": "không rõ giờ",
    "row_edited": (
        "{what} đã bị sửa, thêm hoặc xóa ngoài chương trình nên không khớp nhật ký. Chưa xuất gói. Mở mục đó, "
        "nhập lại cho đúng rồi lưu; nếu mục đó không còn thì khôi phục hồ sơ từ bản sao lưu."
    ),
    "row_answers": "Số liệu tiêu chí {name}",
    "row_tasks": "Nhiệm vụ “{name}”",
    "row_targets": "Chỉ tiêu “{name}”",
    "row_evidence": "Minh chứng “{name}”",
    "row_signed_documents": "Văn bản đã ký “{name}”",
    "row_submissions": "Lần gửi “{name}”",
    "row_rounds": "Thông tin kỳ đánh giá năm {year}",
    "row_plan_texts": "Nội dung kế hoạch",
    "row_evidence_links": "Việc gắn minh chứng",
    "row_other": "Một mục của hồ sơ (bảng {table})",
}
