"""Backups: making, keeping, carrying and restoring them."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "step_database": "Sao lưu cơ sở dữ liệu",
    "step_files": "Sao lưu tài liệu kiểm chứng",
    "step_copying": "Chép tài liệu kiểm chứng",
    "step_reading": "Đọc lại để đối chiếu",
    "step_verifying": "Kiểm tra bản sao lưu",
    "step_restoring": "Khôi phục tài liệu kiểm chứng",
    "step_carrying": "Ghi tệp chuyển máy",
    "step_opening": "Đọc tệp chuyển máy",
    "disk_full": (
        'Chưa sao lưu được vì ổ đĩa chứa "{folder}" đã đầy. Dữ liệu đang dùng vẫn nguyên vẹn. Xóa bớt tệp '
        "trên ổ đĩa đó hoặc chọn ổ khác rồi sao lưu lại."
    ),
    "read_only": (
        'Chưa sao lưu được vì không ghi được vào "{folder}": ổ đĩa chỉ cho đọc hoặc tài khoản này không có '
        "quyền ghi. Dữ liệu đang dùng vẫn nguyên vẹn. Chọn nơi khác rồi sao lưu lại."
    ),
    "input_output": (
        'Chưa sao lưu được vì ổ đĩa chứa "{folder}" báo lỗi khi đọc hoặc ghi. Dữ liệu đang dùng vẫn còn. '
        "Kiểm tra ổ đĩa và dây cắm, hoặc chọn ổ khác rồi sao lưu lại."
    ),
    "not_verified": (
        'Bản sao lưu vừa ghi vào "{folder}" đọc lại không khớp nên đã bỏ. Dữ liệu đang dùng vẫn nguyên vẹn. '
        "Kiểm tra ổ đĩa đó hoặc chọn ổ khác rồi sao lưu lại."
    ),
    "second_gone": (
        'Không thấy ổ sao lưu thứ hai ở "{folder}". Bản sao lưu trên máy này đã xong; cắm ổ đó rồi bấm Sao lưu '
        "ngay, hoặc chọn nơi khác."
    ),
    "second_inside": (
        'Thư mục "{folder}" nằm trong chính hồ sơ nên không giúp được khi ổ đĩa hỏng. Chọn thư mục trên ổ khác.'
    ),
    "none": 'Chưa có bản sao lưu nào của hồ sơ "{folder}". Bấm Sao lưu ngay, hoặc gõ: cchc backup.',
    "no_such": "Không có bản sao lưu số {number}. Xem danh sách bằng: cchc restore list.",
    "backup_damaged": (
        "Bản sao lưu số {number} ngày {at:date} không dùng được nữa vì tệp của nó bị hỏng. Chọn bản sao lưu khác."
    ),
    "newer": (
        "Bản sao lưu này do bản mới hơn của chương trình ghi (cấu trúc {found}, bản này đọc đến {known}). Cài bản "
        "mới của chương trình rồi khôi phục lại."
    ),
    "not_a_backup": (
        'Tệp "{name}" không phải tệp chuyển máy của chương trình này, hoặc đã bị cắt ngắn hay sửa. Chép lại tệp từ '
        "máy cũ rồi thử lại."
    ),
    "file_gone": 'Không đọc được tệp "{name}". Kiểm tra đường dẫn và ổ đĩa rồi thử lại.',
    "target_exists": 'Đã có tệp "{name}" ở đó. Chọn tên khác.',
    "sealed": 'Tệp "{name}" có mật khẩu. Nhập mật khẩu đã đặt khi ghi tệp.',
    "wrong_passphrase": (
        'Không mở được "{name}" bằng mật khẩu này, hoặc tệp đã bị sửa. Nhập lại mật khẩu; phân biệt chữ hoa, chữ '
        "thường và dấu."
    ),
    "passphrase_short": "Mật khẩu cần ít nhất {least} ký tự. Nhập mật khẩu dài hơn.",
    "undo_none": "Chưa có lần khôi phục nào để hoàn tác.",
    "undo_damaged": (
        'Trước lần khôi phục gần nhất, dữ liệu đã hỏng nên không quay lại được. Bản hỏng được giữ ở "{folder}".'
    ),
    "files_missing": (
        "Bản sao lưu thiếu {n} tệp không còn tìm thấy ở đâu: {paths:list}. Những tệp khác vẫn khôi phục được."
    ),
    "reason_close": "khi đóng chương trình",
    "reason_demand": "theo yêu cầu",
    "reason_upgrade": "trước khi nâng cấp",
    "reason_restore": "trước khi khôi phục",
    "reason_carry": "để chuyển máy",
    "subject_rounds": "Năm đánh giá",
    "subject_answers": "Dòng tự chấm điểm",
    "subject_plan_texts": "Phần lời kế hoạch",
    "subject_plans": "Kế hoạch khác",
    "subject_handouts": "Sổ giao bộ phận",
    "subject_tasks": "Nhiệm vụ",
    "subject_targets": "Chỉ tiêu",
    "subject_evidence": "Tài liệu kiểm chứng",
    "subject_evidence_links": "Liên kết tài liệu kiểm chứng",
    "subject_submissions": "Gói báo cáo đã xuất",
    "subject_deliveries": "Lần gửi",
    "subject_signed_documents": "Văn bản đã ký",
    "cli_line": (
        "Bản sao lưu số {number}: {at:time} ngày {at:date}, {reason}; {changes} thay đổi, {files} tệp, "
        "{size:size}{place}"
    ),
    "cli_second": ", trên ổ thứ hai",
    "cli_progress": "{step}: {percent}%",
    "cli_to": "ghi cả hồ sơ thành một tệp để mang sang máy khác (tên tệp hoặc thư mục)",
    "cli_encrypt": "đặt mật khẩu cho tệp mang đi (hỏi trên màn hình)",
    "cli_passphrase": "tệp chứa mật khẩu, dòng đầu",
    "cli_second_drive": 'thư mục trên ổ khác để sao lưu thêm vào đó; "" để bỏ',
    "cli_json": "in một đối tượng JSON",
    "cli_carried": "Đã ghi {path} ({size:size}). Ở máy mới gõ: cchc restore --from TỆP",
    "cli_absent": (
        "Có {n} tệp bị mất hoặc đã hỏng từ trước nên không có trong bản sao lưu: {paths:list}. "
        "Gõ: cchc check --repair để tìm lại."
    ),
    "cli_list": "liệt kê các bản sao lưu",
    "cli_from": "tệp mang từ máy khác, thư mục hồ sơ ở nơi khác, hoặc số của một bản sao lưu",
    "cli_undo": "quay lại trạng thái trước lần khôi phục gần nhất",
    "cli_preview": "chỉ cho biết sẽ khác gì, không khôi phục",
    "cli_restored": (
        'Đã khôi phục vào "{folder}". Trạng thái trước đó được giữ lại; quay lại bằng: cchc restore --undo'
    ),
    "preview_from": "Bản sao lưu lúc {at:time} ngày {at:date} của {unit}.",
    "preview_unreadable": "Dữ liệu hiện tại không đọc được, nên không so sánh được từng thay đổi.",
    "preview_other": "Bản sao lưu này là của một hồ sơ khác; toàn bộ hồ sơ hiện tại sẽ được thay.",
    "preview_lost": (
        "{n} thay đổi sau bản sao lưu sẽ mất, từ {first:time} ngày {first:date} đến {last:time} ngày "
        "{last:date}: {subjects:list}."
    ),
    "preview_subject": "{name} {n}",
    "preview_nothing_lost": "Không mất thay đổi nào.",
    "preview_gained": "{n} thay đổi chỉ có trong bản sao lưu sẽ trở lại.",
    "preview_count": "{name}: hiện có {now}, bản sao lưu có {then}",
    "preview_unknown": "không đọc được",
    "key_advice": (
        "Dấu xác thực giữ trong kho khóa của máy này không đi theo. Ở máy mới, tạo khóa ký mới trong Thiết lập rồi đăng "
        "ký lại với nơi nhận. Dấu có mật khẩu riêng thì dùng được ngay."
    ),
}
