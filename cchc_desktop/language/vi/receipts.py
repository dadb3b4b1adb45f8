"""Biên nhận của cơ quan, khi đơn vị nhận về."""

TEXTS = {
    "refused": "Không nhận biên nhận {name}. {reasons:list}",
    "other_kind": "Tệp {name} không phải biên nhận. Chọn tệp biên nhận do cơ quan gửi lại.",
    "not_from_office": "Biên nhận do {name} ký, không phải cơ quan đã được ghi nhận ở đây. Không nhận; gọi cơ quan để hỏi lại.",
    "other_receiver": "Biên nhận {name} ghi tên một cơ quan nhưng do bên khác ký. Không nhận; gọi cơ quan để hỏi lại.",
    "not_accepted": "Cơ quan ghi là không tiếp nhận {name}. Gọi cơ quan để hỏi lý do rồi gửi lại.",
    "not_ours": "Biên nhận là của gói {name}, không phải gói gửi từ dữ liệu này. Mở đúng dữ liệu của đơn vị đã gửi rồi nhận lại.",
    "other_content": "Biên nhận ghi gói {name} với nội dung khác gói đã gửi. Chưa coi là đã đến; gọi cơ quan để đối chiếu.",
    # đã nhận
    "effect_delivered": "{office} đã tiếp nhận {name} lúc {time:time} ngày {day:date}.",
    "effect_again": "Biên nhận của {name} đã có ở đây; {office} tiếp nhận lúc {time:time} ngày {day:date}.",
    "effect_part": "{office} đã tiếp nhận gói minh chứng {name} lúc {time:time} ngày {day:date}. Gói chính có biên nhận riêng.",
    "effect_superseded": "{office} đã tiếp nhận {name} lúc {time:time} ngày {day:date}; lần gửi đó đã có bản thay.",
    "list_older": "Danh sách thu hồi đi kèm cũ hơn danh sách đang có nên không dùng.",
    "list_strange": "Danh sách thu hồi đi kèm không phải của nơi cấp chứng thư đã ghi nhận nên không dùng.",
    # lệnh
    "cli_packages": "các gói đơn vị nộp; với --take là các biên nhận cơ quan gửi lại",
    "cli_to": "thư mục ghi biên nhận",
    "cli_take": "đơn vị nhận biên nhận vào dữ liệu của mình",
    "cli_json": "in kết quả dạng JSON",
    "cli_received": "Đã tiếp nhận gói {filing} kỳ {period} của {name} lúc {time:time} ngày {day:date}. Biên nhận: {file}",
}
