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
}
