"""An office's own wording and layout of documents: what may be chosen, and what is wrong with a choice."""

TEXTS = {
    "document_plan": "Kế hoạch",
    "document_decision": "Quyết định",
    "document_letter": "Công văn gửi kế hoạch",
    "layout_top": "Lề trên",
    "layout_bottom": "Lề dưới",
    "layout_left": "Lề trái",
    "layout_right": "Lề phải",
    "layout_body_size": "Cỡ chữ nội dung",
    "layout_title_size": "Cỡ chữ tên loại và trích yếu",
    "layout_page_number_size": "Cỡ chữ số trang",
    "layout_table_size": "Cỡ chữ trong bảng",
    "layout_indent": "Lùi đầu dòng",
    "layout_paragraph_space": "Khoảng cách giữa các đoạn",
    "layout_line_spacing": "Khoảng cách dòng",
    "range": "{lowest} - {highest} {unit}",
    "new_title": "Mẫu văn bản của đơn vị",
    "main_id": "Mã của mẫu: chữ thường không dấu, chữ số, gạch nối. Mẫu của đơn vị mang mã riêng",
    "main_version": "Tăng thêm 1 mỗi lần sửa mẫu đã dùng",
    "main_title": "Tên mẫu, hiện trong danh sách biểu mẫu",
    "main_unit_kinds": "Loại đơn vị dùng mẫu: sở, xã, cách nhau bằng dấu phẩy",
    "main_source": "Ghi chú về nguồn của mẫu",
    "part_plan_letterhead": "Tên cơ quan, Quốc hiệu, số, ngày",
    "part_plan_title": "Tên loại và trích yếu",
    "part_plan_grounds": "Căn cứ",
    "part_plan_opening": "Câu mở đầu",
    "part_plan_sections": "Các phần của kế hoạch",
    "part_plan_closing": "Nơi nhận, chữ ký",
    "part_plan_tasks": "Phụ lục danh mục nhiệm vụ",
    "part_decision_letterhead": "Tên cơ quan, Quốc hiệu, số, ngày",
    "part_decision_title": "Tên loại và trích yếu",
    "part_decision_authority": "Thẩm quyền ban hành",
    "part_decision_grounds": "Căn cứ",
    "part_decision_order": "Chữ QUYẾT ĐỊNH",
    "part_decision_articles": "Các điều",
    "part_decision_closing": "Nơi nhận, chữ ký",
    "part_decision_plan": "Kế hoạch kèm theo",
    "part_decision_tasks": "Phụ lục danh mục nhiệm vụ",
    "part_letter_letterhead": "Tên cơ quan, Quốc hiệu, số, ngày, trích yếu",
    "part_letter_addressees": "Kính gửi",
    "part_letter_body": "Nội dung",
    "part_letter_closing": "Nơi nhận, chữ ký",
    "cli_new": "ghi sổ mẫu văn bản (câu chữ, trình bày, thành phần) để đơn vị sửa theo ý mình",
    "cli_check": "kiểm tra sổ mẫu văn bản đã sửa, chưa cài đặt",
    "cli_book": "sổ mẫu văn bản",
    "cli_from": "mã của mẫu đã cài đặt để sửa tiếp; không có thì là mẫu của chương trình",
    "made": "Đã ghi sổ mẫu văn bản {name}. Sửa các ô ở cột của đơn vị rồi cài đặt sổ này.",
    "sound": "Mẫu văn bản {id}, phiên bản {version}, dùng được.",
    "unit_mm": "mm",
    "unit_pt": "pt",
    "unit_lines": "dòng đơn",
    "bad_id": "mã mẫu văn bản chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối. Sửa mã",
    "bad_version": "phiên bản là số nguyên từ 1 đến 9999. Sửa số phiên bản",
    "out_of_range": (
        "{name} là {value}, ngoài khoảng {lowest} - {highest} {unit} mà Nghị định 30/2020/NĐ-CP và chương trình "
        "cho phép. Nhập số trong khoảng đó"
    ),
    "unknown_wording": 'không có câu chữ nào mang khóa "{key}". Xóa dòng đó, hoặc sửa khóa như trong mẫu gốc',
    "empty_wording": 'câu chữ "{key}" còn trống, mà văn bản bắt buộc phải có. Nhập câu chữ hoặc xóa dòng đó',
    "long_wording": 'câu chữ "{key}" dài {length} ký tự, quá mức {limit}. Viết ngắn lại',
    "unknown_placeholder": (
        'câu chữ "{key}" có chỗ điền {found} mà chương trình không biết. Chỉ dùng: {known:list}'
    ),
    "unknown_part": '{document}: không có phần "{part}". Các phần có thể dùng: {known:list}',
    "part_twice": '{document}: phần "{part}" đứng hai lần. Chỉ giữ lại một',
    "part_missing": '{document}: thiếu phần "{part}" mà văn bản bắt buộc phải có. Thêm lại phần đó',
    "part_order": (
        '{document}: phần "{first}" phải đứng đầu, các phần {last:list} phải đứng cuối theo đúng thứ tự đó. '
        "Xếp lại thứ tự các phần"
    ),
    "faulty": (
        'Chưa dùng được mẫu văn bản trong tệp "{name}": có {count} chỗ sai. {faults:list}. '
        "Sửa các chỗ đó trong tệp rồi thử lại."
    ),
}
