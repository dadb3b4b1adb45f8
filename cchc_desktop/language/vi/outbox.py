"""Thư gửi kèm gói báo cáo, lệnh gửi và lệnh xem các lần gửi."""

TEXTS = {
    "what_plan": "Kế hoạch cải cách hành chính năm {year}",
    "what_selfscore": "Kết quả tự chấm điểm cải cách hành chính năm {year}",
    "of_many": " (thư {number}/{count})",
    "subject": "{unit}: {what}, bản {filing}{of_many}",
    "letter": (
        "Kính gửi Quý cơ quan,\n\n"
        "{contents}\n\n"
        "Cách kiểm tra gói:\n"
        "1. Bằng chương trình CCHC Desktop: mở trang Gửi báo cáo, bấm Kiểm tra một gói rồi chọn tệp đính kèm.\n"
        "2. Không cần chương trình, với unzip và openssl:\n"
        "   unzip {name} -d goi && cd goi\n"
        "   sha256sum -c SHA256SUMS\n"
        "   openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s "
        "-content META-INF/ASiCManifest001.xml -CAfile trust.pem -out /dev/null\n"
        "   sha256sum META-INF/ASiCManifest001.xml, kết quả phải là:\n"
        "   {digest}\n\n"
        "Đề nghị Quý cơ quan gửi lại biên nhận khi đã nhận được.\n\n"
        "{unit}\n"
        "{sender}\n"
    ),
    "letter_package": (
        "Gửi kèm thư này: {what}, bản {filing}.\nTệp đính kèm: {name} ({size}).\nMã đối chiếu: {code}."
    ),
    "letter_light": (
        "Tài liệu kiểm chứng gửi trong {count:number} thư tiếp theo; nhận theo thứ tự nào cũng được. "
        "Gói này có danh sách và mã của từng tài liệu để đối chiếu đủ hay thiếu."
    ),
    "letter_pack": (
        "Gửi kèm thư này: tài liệu kiểm chứng, phần {part}/{parts} của {main}.\n"
        "Tệp đính kèm: {name} ({size}).\nMã đối chiếu: {code}."
    ),
    "main": "gói {name} (mã đối chiếu {code})",
    # lệnh gửi, lệnh xem các lần gửi
    "cli_what": "gửi gì: plan là kế hoạch, selfscore là kết quả tự chấm điểm",
    "cli_channel": "cách gửi: folder là USB hoặc thư mục, email là thư điện tử, upload là nộp qua mạng",
    "cli_to": "thư mục, địa chỉ thư hoặc địa chỉ máy chủ; bỏ trống thì dùng địa chỉ đã lưu",
    "cli_limit": "thư lớn nhất mà nơi nhận cho phép, tính bằng MB",
    "cli_open": "mở thư nháp bằng chương trình thư của máy",
    "cli_token_file": "tệp chứa mã truy cập máy chủ của cơ quan nhận",
    "cli_server_ca": "tệp chứng thư (PEM) của máy chủ, khi máy này chưa tin máy chủ đó; được lưu cho lần sau",
    "cli_ask_token": "Mã truy cập máy chủ của cơ quan nhận: ",
    "cli_least_limit": "Thư lớn nhất phải từ {least:size} trở lên.",
    "cli_no_folder": "Thêm --to và thư mục hoặc USB để ghi gói.",
    "cli_only_year": "chỉ các lần gửi của năm này",
    "cli_json": "in một đối tượng JSON",
    "cli_sent": "ghi nhận theo lời bạn: gói đã được gửi hoặc nộp tận nơi",
    "cli_call_off": "hủy lần gửi này; gói vẫn còn",
    "cli_failed": "ghi nhận gói không đến nơi, kèm --reason",
    "cli_retry": "gửi tiếp hoặc gửi lại lần gửi này",
    "cli_another": "gửi gói của lần gửi này bằng cách khác, kèm --channel và --to",
    "cli_drives": "liệt kê USB và đĩa đang cắm",
    "cli_reason": "vì sao gói không đến nơi",
    "cli_no_reason": "Thêm --reason và lý do gói không đến nơi.",
    "cli_where": "Thêm --channel và --to để biết gửi bằng cách nào, đến đâu.",
    "cli_which": "Có {count:number} lần gửi có mã bắt đầu bằng “{begins}”. Xem mã bằng cchc outbox rồi ghi dài hơn.",
    "cli_not_now": "Lần gửi {begins} đang ở trạng thái “{state}” nên không làm được việc này. Xem cchc outbox.",
    "cli_none": "Chưa có lần gửi nào.",
    "cli_line": "{id}  {year}  {kind}, bản {filing}  {at}  {channel}: {target}  {state}",
    "cli_drive_stick": "USB  {folder}  {label}  còn trống {free} trong {total}, kiểu đĩa {kind}",
    "cli_drive_disk": "đĩa  {folder}  {label}  còn trống {free} trong {total}, kiểu đĩa {kind}",
}
