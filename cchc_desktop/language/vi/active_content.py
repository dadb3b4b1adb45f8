"""Điều một tệp từ nơi khác có thể làm hoặc che giấu khi mở ra."""

_ASK = "Chỉ mở khi đơn vị gửi giải thích được vì sao."

TEXTS = {
    "looking": "Xem bên trong tệp",
    "not_looked_into": "Chưa xem được bên trong “{name}” nên chưa biết tệp có mã tự chạy hay không. Thử lại, hoặc chỉ mở trên máy không có dữ liệu quan trọng.",
    "type_differs": "Nội dung không phải là tệp {extension} như tên gọi. Không mở; đề nghị bên gửi gửi lại đúng loại tệp.",
    # PDF
    "pdf_script": f"Tệp PDF có đoạn mã tự chạy. {_ASK} Mở bằng trình xem đã tắt mã.",
    "pdf_launch": f"Tệp PDF có lệnh chạy chương trình khác. Không bấm đồng ý khi trình xem hỏi. {_ASK}",
    "pdf_files": "Tệp PDF giấu tệp khác bên trong. Đọc phần văn bản; không mở các tệp đính kèm trong đó.",
    "pdf_media": "Tệp PDF có phim, âm thanh hoặc hình động nhúng. Đọc phần văn bản; không bấm vào các khung đó.",
    "pdf_form": "Tệp PDF có biểu mẫu gửi dữ liệu đi nơi khác. Đọc phần văn bản; không điền và không bấm gửi.",
    "pdf_xfa": "Tệp PDF chứa biểu mẫu động, nội dung có thể đổi khi mở. Đề nghị bên gửi in lại thành tệp PDF thường.",
    "pdf_on_open": "Tệp PDF tự làm một việc ngay khi mở. Nếu trình xem hỏi có cho phép không thì chọn không.",
    "pdf_other_file": "Tệp PDF mở sang một tệp khác. Đọc phần văn bản; không bấm vào liên kết trong đó.",
    "pdf_encrypted": "Tệp PDF bị khóa nên chưa xem được hết bên trong. Đề nghị bên gửi lưu lại tệp không đặt mật khẩu, hoặc mở một cách thận trọng.",
    "pdf_link": "Tệp PDF có liên kết ra mạng. Chỉ bấm khi biết rõ địa chỉ đó.",
    "pdf_unsearched": "Một phần của tệp PDF được đóng gói khác thường nên chưa xem được. Đề nghị bên gửi in lại thành tệp PDF thường.",
    # Office, OpenDocument, ZIP
    "macros": "Tệp có macro (chương trình bên trong). Không bấm Bật nội dung; đề nghị bên gửi lưu lại tệp không có macro.",
    "template": "Tệp lấy mẫu từ nơi khác trên mạng khi mở, cách hay dùng để đưa macro vào máy. Không mở; đề nghị bên gửi lưu lại tệp.",
    "external": "Tệp lấy nội dung từ nơi khác khi mở. Nếu chương trình hỏi có cập nhật liên kết không thì chọn không.",
    "external_from": "Tệp lấy nội dung từ nơi khác khi mở ({target}). Nếu chương trình hỏi có cập nhật liên kết không thì chọn không.",
    "dde": "Tệp có công thức gọi chương trình khác trên máy. Không bấm đồng ý khi được hỏi; đề nghị bên gửi xóa công thức đó.",
    "embedded": "Tệp nhúng đối tượng hoặc tệp khác bên trong. Không bấm đúp vào đối tượng đó.",
    "encrypted": "Tệp bị khóa bằng mật khẩu nên chưa xem được bên trong. Đề nghị bên gửi lưu lại tệp không đặt mật khẩu.",
    "unpacks_huge": "Tệp bung ra tới {size:size}, có thể làm treo máy. Không mở; đề nghị bên gửi gửi lại.",
    "archive_unsearched": "Tệp hỏng hoặc được đóng gói khác thường nên chưa xem được hết bên trong. Đề nghị bên gửi lưu lại tệp.",
    "programs": "Tệp nén chứa {count:number} tệp chạy được hoặc có mã. Không mở các tệp đó; chỉ xem văn bản và ảnh.",
    "paths_outside": "Tệp nén có tên tệp trỏ ra ngoài thư mục giải nén. Không giải nén; đề nghị bên gửi gửi lại.",
    "xml_entities": "Tệp khai báo thực thể XML, cách hay dùng để làm treo máy hoặc đọc trộm tệp. Không mở; đề nghị bên gửi gửi lại.",
    "xml_program": "Tệp XML đòi mở bằng chương trình hoặc bảng kiểu riêng. Xem bằng trình soạn thảo văn bản, không bấm đúp.",
    # ảnh
    "image_huge": "Ảnh rộng {width:number} × {height:number} điểm, có thể làm treo máy khi mở. Đề nghị bên gửi quét lại ở độ phân giải thấp hơn.",
    "image_enormous": "Ảnh khai kích thước lớn đến mức có thể làm treo máy khi mở. Không mở; đề nghị bên gửi quét lại.",
    "image_damaged": "Ảnh hỏng hoặc ghi khác thường. Đề nghị bên gửi quét lại.",
}
