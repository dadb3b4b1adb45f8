"""Biên nhận của cơ quan, khi đơn vị nhận về."""

TEXTS = {
    "refused": "Không nhận biên nhận {name}. {reasons:list}",
    "other_kind": "Tệp {name} không phải biên nhận. Chọn tệp biên nhận do cơ quan gửi lại.",
    "not_from_office": "Biên nhận do {name} ký, không phải cơ quan đã được ghi nhận ở đây. Không nhận; gọi cơ quan để hỏi lại.",
    "other_receiver": "Biên nhận {name} ghi tên một cơ quan nhưng do bên khác ký. Không nhận; gọi cơ quan để hỏi lại.",
    "not_accepted": "Cơ quan ghi là không tiếp nhận {name}. Gọi cơ quan để hỏi lý do rồi gửi lại.",
    "not_ours": "Biên nhận là của gói {name}, không phải gói gửi từ dữ liệu này. Mở đúng dữ liệu của đơn vị đã gửi rồi nhận lại.",
    "other_content": "Biên nhận ghi gói {name} với nội dung khác gói đã gửi. Chưa coi là đã đến; gọi cơ quan để đối chiếu.",
}
