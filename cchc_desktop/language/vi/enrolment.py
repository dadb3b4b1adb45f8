"""Đăng ký của đơn vị với cơ quan tiếp nhận."""

TEXTS = {
    "key_of_other_unit": "Dấu xác thực đang dùng ghi mã {key}, không phải mã {unit} của đơn vị. Tạo khóa ký mới rồi lập tệp đăng ký.",
    "not_an_answer": "Tệp {name} không phải phản hồi đăng ký của cơ quan. Chọn tệp cơ quan gửi sau khi nhận đăng ký.",
    "refused": "Không nhận phản hồi {name}. {reasons:list}",
    "answer_broken": "Phản hồi {name} không có chứng thư đúng cho đơn vị này. Đề nghị cơ quan lập lại phản hồi.",
    "code_needed": "Chưa có mã nghe từ {name}. Gọi cơ quan theo số điện thoại đã biết, nghe đọc mã 24 chữ rồi nhập.",
}
