"""Chữ ký bên trong tệp PDF: khung hiện trên trang, ký và kiểm tra."""

TEXTS = {
    # khung chữ ký trên trang
    "box_signer": "Ký bởi: {name}",
    "box_organisation": "Cơ quan: {name}",
    "box_number": "Số và ký hiệu: {number}",
    "box_time": "Thời gian ký: {time}",
    "image_unreadable": "Không đọc được hình “{name}”. Chọn tệp .png có nền trong suốt.",
    "image_too_large": "Hình “{name}” quá lớn. Chọn tệp .png dưới {limit:size} và không quá 4.000 × 4.000 điểm ảnh.",
    "no_room": "Không còn chỗ trống ở lề các trang cho chữ ký này. Ký mà không hiện khung, hoặc bỏ bớt chữ ký cũ.",
    # tệp
    "unreadable": "Không mở được “{name}”. Kiểm tra tệp còn ở đó và quyền đọc, rồi thử lại.",
    "too_large": "Tệp PDF lớn hơn {limit:size} nên không được đọc. Tách hoặc nén tệp rồi thử lại.",
    "too_intricate": "Tệp PDF có quá nhiều phần, lần lưu hoặc chữ ký nên không được đọc. Xuất lại tệp rồi ký lại.",
    "encrypted": "Tệp PDF đang khóa bằng mật khẩu hoặc mã hóa. Lưu lại bản không khóa rồi thử lại.",
    "hybrid": "Tệp PDF có hai bảng mục lục đối tượng (kiểu lai), hai chương trình đọc có thể thấy hai nội dung khác nhau. Xuất lại tệp rồi ký lại.",
    "broken": "Tệp PDF bị hỏng hoặc không đúng chuẩn nên không đọc được. Chép lại tệp, hoặc xuất lại rồi ký lại.",
    "certified": "Người ký đầu tiên đã khóa tệp, không cho ký thêm. Đề nghị người đó ký lại kiểu ký duyệt, hoặc xuất lại tệp rồi ký.",
    # kiểm tra
    "unsigned": "Tệp PDF không có chữ ký số nào. Ký tệp rồi nhập lại.",
    "unchanged": "Chữ ký của {name} bao trùm toàn bộ tệp; nội dung không đổi từ khi ký.",
    "only_signed_since": "Nội dung mà {name} đã ký không đổi; sau đó tệp chỉ được ký thêm.",
    "no_signature_data": "Một ô chữ ký không chứa chữ ký đọc được. Không tiếp nhận; đề nghị ký lại từ bản xuất ban đầu.",
    "byte_range": "Vùng dữ liệu mà chữ ký khai là đã ký không khớp với tệp: tệp đã bị sắp xếp lại để che phần thay đổi. Không tiếp nhận; đề nghị ký lại từ bản xuất ban đầu.",
    "changed": "Nội dung tệp đã thay đổi so với lúc {name} ký. Không tiếp nhận; đề nghị ký lại từ bản xuất ban đầu.",
    "changed_since": "Sau khi {name} ký, tệp bị thêm phần làm thay đổi nội dung hiện ra. Không tiếp nhận; đề nghị ký lại từ bản xuất ban đầu.",
    "covering_box": "Sau khi {name} ký, tệp có thêm khung chữ ký trống hoặc quá lớn, che được nội dung. Không tiếp nhận; đề nghị ký lại từ bản xuất ban đầu.",
    "signature_wrong": "Chữ ký không đúng với chứng thư kèm theo. Không tiếp nhận; đề nghị ký lại.",
    "signature_kind": "Kiểu chữ ký trong tệp PDF không được chấp nhận. Ký lại theo kiểu PAdES hoặc PKCS#7 tách rời với SHA-256.",
    "no_time": "Chữ ký không ghi thời gian ký. Kiểm tra phần mềm ký rồi ký lại.",
    "time_order": "Giờ ký của {name} sớm hơn chữ ký đứng trước. Kiểm tra đồng hồ của các máy ký.",
}
