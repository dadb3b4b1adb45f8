"""Cơ quan tiếp nhận: nơi cấp chứng thư, đăng ký của đơn vị, sổ tiếp nhận, biên nhận."""

TEXTS = {
    # lời báo
    "none": "Chưa có sổ của cơ quan trong {folder}. Chạy cchc office create để lập, hoặc chọn đúng thư mục bằng --office.",
    "exists": "Trong {folder} đã có nơi cấp chứng thư và khóa của cơ quan. Dùng tiếp, hoặc chọn thư mục khác bằng --office.",
    "no_list": "Chưa có danh sách thu hồi nào. Chạy cchc office crl để lập.",
    "refused": "Không tiếp nhận {name}. {reasons:list}",
    "other_kind": "Tệp {name} không phải kế hoạch, kết quả tự chấm điểm hay báo cáo nên không lập biên nhận. Chọn gói do đơn vị nộp.",
    "meanwhile": "Sổ tiếp nhận vừa có thêm gói trong lúc đọc {name}. Chạy lại lệnh để đối chiếu với gói mới.",
    "not_a_request": "Tệp {name} không phải tệp đăng ký của đơn vị. Đề nghị đơn vị lập tệp ở Thiết lập, mục Chữ ký và tin cậy.",
    "request_refused": "Không nhận tệp đăng ký {name}. {reasons:list}",
    "request_of_other_unit": "Tệp đăng ký {name} ghi mã của nhiều đơn vị khác nhau. Không nhận; đề nghị đơn vị lập lại tệp đăng ký.",
    "own_code": "Mã {unit} là mã của chính cơ quan này. Đơn vị phải dùng mã riêng rồi lập lại tệp đăng ký.",
    "revoked_key": "Khóa trong tệp của {name} đã bị thu hồi ở đây. Đề nghị đơn vị tạo khóa mới rồi lập lại tệp đăng ký.",
    "rotation_untrusted": "Tệp của {name} xin cấp cho khóa khác nhưng do khóa chưa được ghi nhận ký. Đề nghị đơn vị ký bằng khóa đang được ghi nhận, hoặc đăng ký khóa mới như lần đầu.",
    "code_needed": "Chưa ghi mã nghe từ {name}. Gọi đơn vị theo số điện thoại đã biết, nghe đọc mã 24 chữ rồi ghi vào --code.",
    "pin_authority": "Chứng thư của {name} là của một nơi cấp chứng thư nên không ghi nhận như một đơn vị. Chọn chứng thư ký của đơn vị.",
    "no_such_certificate": "Không có chứng thư nào còn hiệu lực ứng với {wanted}. Xem danh sách bằng cchc office list rồi ghi dấu chứng thư hoặc mã đơn vị.",
    "several_certificates": "Có nhiều chứng thư ứng với {wanted}: {prints:list}. Ghi phần đầu của dấu chứng thư cần thu hồi.",
    "revoke_in_future": "Ngày thu hồi {day:date} còn ở phía trước. Ghi ngày hôm nay hoặc ngày mất khóa.",
    "revoke_authority": "Không tự thu hồi được nơi cấp {name}. Báo các đơn vị bỏ ghi nhận nơi cấp này rồi lập nơi cấp mới ở thư mục khác.",
}
