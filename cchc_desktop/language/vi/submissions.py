"""Gửi báo cáo: đã đủ chưa, còn thiếu gì, gói gồm gì."""

TEXTS = {
    "plan_pdf": "Kế hoạch cải cách hành chính năm {year}.pdf",
    "letter_pdf": "Công văn gửi kế hoạch năm {year}.pdf",
    "selfscore_pdf": "Báo cáo tự chấm điểm năm {year}.pdf",
    "selfscore_xlsx": "Bảng tự chấm điểm năm {year}.xlsx",
    "not_ready": "Chưa xuất được gói. {first}",
    "archived": "Kỳ này thuộc đơn vị trước khi sáp nhập nên chỉ để xem. Chọn kỳ của đơn vị hiện nay rồi xuất.",
    "meanwhile": "Một lần xuất khác vừa xong trong lúc đang ghi, nên gói này đã được bỏ đi. Xem lại danh sách các lần gửi rồi xuất lại nếu cần.",
    "key_of_other_unit": "Khóa ký đang dùng là của mã đơn vị {code}, còn gói này của {sender}. Sửa mã đơn vị, hoặc tạo khóa ký mới ở Thiết lập, mục Chữ ký và tin cậy.",
    "supersedes": "Lần gửi này thay cho bản {filing} đã xuất trước đó.",
    "plan_empty": "Kế hoạch chưa có nhiệm vụ nào. Thêm nhiệm vụ ở trang Kế hoạch rồi xuất lại.",
    "score_empty": "Chưa có dòng nào được chấm. Nhập số liệu ở trang Tự chấm điểm rồi xuất lại.",
    "open_rows": "{count:number} dòng chưa chấm, có thể mất tới {points:points} điểm: {rows:list}.",
    "open_rows_more": "{count:number} dòng chưa chấm, có thể mất tới {points:points} điểm: {rows:list} và {rest:number} dòng khác.",
    "rows_without_evidence": "{count:number} dòng thiếu tài liệu kiểm chứng, có thể mất tới {points:points} điểm khi thẩm định: {rows:list}. Thêm tệp hoặc ghi lý do ở ô Giải trình.",
    "rows_without_evidence_more": "{count:number} dòng thiếu tài liệu kiểm chứng, có thể mất tới {points:points} điểm khi thẩm định: {rows:list} và {rest:number} dòng khác. Thêm tệp hoặc ghi lý do ở ô Giải trình.",
    "rows_in_error": "{count:number} dòng có số liệu sai: {rows:list}. Sửa ở trang Tự chấm điểm rồi xuất lại.",
    "rows_in_error_more": "{count:number} dòng có số liệu sai: {rows:list} và {rest:number} dòng khác. Sửa ở trang Tự chấm điểm rồi xuất lại.",
    "not_confirmed": "Thủ trưởng chưa xác nhận kết quả tự chấm điểm. Ghi xác nhận ở trang Tự chấm điểm.",
    "personal_data": "{count:number} tệp minh chứng có dữ liệu cá nhân. Kiểm tra xem nơi nhận có được xem các tệp đó không.",
    "evidence_too_large": "Tệp minh chứng “{name}” lớn {size:size}, không thư nào chở được. Gửi gói bằng USB hoặc tải lên mạng, hoặc nén nhỏ tệp đó ở trang Minh chứng rồi gửi lại.",
    "documents_too_large": "Gói báo cáo không kèm minh chứng đã lớn {size:size}, quá giới hạn của một thư. Gửi gói bằng USB hoặc tải lên mạng.",
    # lệnh xuất
    "cli_what": (
        "xuất gì: plan là kế hoạch, decision là quyết định kèm kế hoạch, letter là công văn gửi kế hoạch, "
        "tasks là bảng nhiệm vụ, selfscore là kết quả tự chấm điểm, calendar là lịch của năm (tệp .ics)"
    ),
    "cli_format": "ghi ra văn bản dạng này (pdf, docx, xlsx); không có thì ghi gói đã ký",
    "cli_plan_kind": "kế hoạch loại nào của năm, mặc định là kế hoạch năm",
    "needs_format": (
        "Chỉ kế hoạch (plan) và kết quả tự chấm (selfscore) có gói đã ký. Với {what}, thêm --format và một trong: "
        "{formats:list}."
    ),
    "no_such_format": "{what} không có dạng {format}. Dùng một trong: {formats:list}.",
    "no_such_plan": "Kỳ năm {year} không có kế hoạch loại {kind}. Lập kế hoạch đó rồi xuất lại.",
    "cli_year": "năm của kỳ",
    "cli_to": "thư mục nhận gói hoặc tệp lịch",
    "cli_certificate": "ghi thêm chứng thư của đơn vị (trust.pem) bên cạnh gói",
    "cli_passphrase": "tệp chứa mật khẩu của khóa ký; không có thì hỏi ở màn hình",
    "cli_ask_passphrase": "Mật khẩu của khóa ký: ",
    "cli_locked": "Khóa ký đang đóng bằng mật khẩu. Chạy lại trong cửa sổ lệnh để nhập mật khẩu, hoặc ghi mật khẩu vào một tệp chỉ bạn đọc được rồi thêm --passphrase-file và tên tệp đó.",
    "cli_no_keyring": "Máy này không có kho khóa của hệ điều hành để giữ bí mật của khóa ký. Ghi một mật khẩu vào một tệp chỉ bạn đọc được rồi thêm --passphrase-file và tên tệp đó.",
    "no_such_year": "Dữ liệu này không có kỳ năm {year}. Các năm đang có: {years:list}.",
    "passphrase_file": "Không đọc được tệp mật khẩu “{name}”. Kiểm tra đường dẫn và quyền đọc của tệp.",
}
