"""Opening a foreign Excel workbook: why it can't be read, and what to do."""

TEXTS = {
    "missing": "Không tìm thấy tệp {name}. Kiểm tra lại đường dẫn.",
    "is_folder": "{name} là thư mục. Chọn một tệp Excel (.xlsx).",
    "unreadable": "Không mở được tệp {name}. Đóng tệp đang mở ở chương trình khác rồi thử lại.",
    "empty": "Tệp {name} trống. Chọn tệp khác.",
    "too_large": "Tệp {name} lớn {size:size}, vượt giới hạn {limit:size}. Xóa hình ảnh và các sheet không cần.",
    "not_xlsx": (
        "{name} không phải là sổ Excel .xlsx. Mở tệp bằng Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx)."
    ),
    "old_excel": "{name} là sổ Excel đời cũ (.xls). Mở bằng Excel rồi lưu thành kiểu Excel Workbook (.xlsx).",
    "binary_excel": "{name} là sổ Excel nhị phân (.xlsb). Mở bằng Excel rồi lưu thành kiểu Excel Workbook (.xlsx).",
    "password": "Sổ {name} có mật khẩu. Mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
    "macros": "Sổ {name} có macro nên không được nhận. Lưu thành kiểu Excel Workbook (.xlsx), không có macro.",
    "external_links": (
        "Sổ {name} lấy số liệu từ tệp khác. Sao chép, dán giá trị cho các ô đó, ngắt liên kết rồi lưu lại."
    ),
    "damaged": "Tệp {name} hỏng hoặc tải chưa đủ. Mở bằng Excel rồi lưu lại, hoặc xin lại tệp.",
    "too_many_parts": "Tệp {name} có quá nhiều thành phần. Chép các sheet cần dùng sang một sổ mới.",
    "too_many_cells": "Sổ {name} có quá nhiều ô. Xóa các hàng, cột không dùng rồi lưu lại.",
    "unpacks_too_large": (
        "Tệp {name} bung ra lớn hơn {limit:size} nên không được nhận. Chép các sheet cần dùng sang một sổ mới."
    ),
}
