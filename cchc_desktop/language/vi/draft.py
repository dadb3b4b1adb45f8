"""`cchc forms draft`: what was read of an appendix, what a person must look at, and why a file can't be read."""

TEXTS = {
    "cli_draft": "lập dự thảo sổ tiêu chí từ phụ lục của quyết định (Word hoặc Excel)",
    "cli_appendix": "tệp phụ lục (.docx hoặc .xlsx)",
    "cli_output": "sổ tiêu chí sẽ ghi; các phụ lục sau ghi thêm -2, -3 vào tên",
    "cli_counts": "{criteria} tiêu chí, trong đó {rows} dòng chấm điểm; nhận ra cách chấm của {rules} dòng.",
    "cli_sums": "Tổng điểm không khớp: {count} chỗ. Số trong sổ vẫn giữ như văn bản in.",
    "cli_marked": "Dòng cần xem: {count}",
    "cli_marked_row": "  {codes:list}: {reason}",
    # Why a document can't be read.
    "missing": "Không tìm thấy tệp {name}. Kiểm tra lại đường dẫn.",
    "is_folder": "{name} là thư mục. Chọn tệp phụ lục (.docx hoặc .xlsx).",
    "unreadable": "Không mở được tệp {name}. Đóng tệp đang mở ở chương trình khác rồi thử lại.",
    "empty": "Tệp {name} trống. Chọn tệp khác.",
    "too_large": "Tệp {name} lớn {size:size}, vượt giới hạn {limit:size}. Xóa hình ảnh, chỉ giữ phần phụ lục.",
    "not_office": (
        "{name} không phải là tệp Word (.docx) hay Excel (.xlsx). Mở tệp bằng Word hoặc Excel, chọn Lưu thành, "
        "kiểu Word Document (.docx) hoặc Excel Workbook (.xlsx)."
    ),
    "old_office": "{name} là tệp Word hoặc Excel đời cũ. Mở tệp rồi lưu thành kiểu .docx hoặc .xlsx.",
    "password": "Tệp {name} có mật khẩu. Mở tệp, bỏ mật khẩu rồi lưu lại.",
    "macros": "Tệp {name} có macro nên không được nhận. Lưu thành kiểu Word Document (.docx), không có macro.",
    "damaged": "Tệp {name} hỏng hoặc tải chưa đủ. Mở bằng Word rồi lưu lại, hoặc xin lại tệp.",
    "too_many_parts": "Tệp {name} có quá nhiều thành phần. Chép phần phụ lục sang một tệp mới.",
    "too_many_cells": "Tệp {name} quá dài để đọc. Chép phần phụ lục sang một tệp mới.",
    "too_many_rows": "Các bảng trong {name} có hơn {most} hàng. Chép phần phụ lục sang một tệp mới.",
    "cell_too_long": (
        "Tệp {name} có một ô dài {length} ký tự, vượt giới hạn {limit}. Chia ô đó ra hoặc chỉ giữ phần phụ lục."
    ),
    "unpacks_too_large": (
        "Tệp {name} bung ra lớn hơn {limit:size} nên không được nhận. Chép phần phụ lục sang một tệp mới."
    ),
    "no_table": (
        "Không thấy bảng tiêu chí nào trong {name}. Bảng cần có hàng tiêu đề với cột tiêu chí (hoặc nội dung) và cột "
        "điểm tối đa hoặc cách tính điểm."
    ),
    "same_file": "Tệp sẽ ghi trùng với tệp phụ lục {name}. Chọn tên khác.",
    "not_xlsx_target": "Tên tệp sẽ ghi phải có đuôi .xlsx, không phải {name}.",
    # Where a row comes from, and the sheet of notes.
    "place_word": "{name}, bảng {table}, hàng {row}",
    "place_excel": "{name}, sheet {sheet}, hàng {row}",
    "head_source": "Nguồn",
    "head_marked": "Cần xem",
    "head_marked_text": "{marked} trong {rows} dòng có ghi lý do cần xem",
    "head_sum": "Tổng không khớp",
    "head_note": "Ghi chú",
    "head_next": "Việc tiếp theo",
    "next_steps": (
        "Điền các dòng còn trống ở sheet Thông tin, xem từng dòng có ghi ở cột {column}, xóa nội dung cột đó khi đã "
        "xem xong, đặt lại khóa nếu cần, rồi chạy cchc forms check."
    ),
    "sum_differs": "Mã {code} {label}: văn bản ghi {declared} điểm, các dòng bên dưới cộng lại là {sum} điểm.",
    "total_differs": "Tổng điểm: văn bản ghi {declared}, các phần cộng lại là {sum}.",
    "subtotal_differs": 'Dòng cộng "{label}" ghi {declared} điểm, mã {code} ghi {sum} điểm.',
    "note_total_derived": "Văn bản không in tổng điểm; {total} là tổng điểm các phần.",
    "note_codes_joined": (
        "Số in trong văn bản không tự mang thứ bậc ở mọi dòng; cột Mã ghép thêm mã của dòng trên, cột Mã in giữ số như "
        "đã in."
    ),
    "note_codes_given": "Những dòng không in số (gạch đầu dòng) được đánh số theo thứ tự; cột Mã in của chúng để trống.",
    "note_maximum_of_options": "Điểm tối đa của dòng không in sẵn được lấy theo mức cao nhất của dòng đó.",
    "note_maximum_of_groups": "Điểm của nhóm không in sẵn là tổng điểm các dòng bên dưới.",
    "note_tables_joined": "Nối {count} bảng bị ngắt trang thành một.",
    "note_column": 'Cột "{header}" có nội dung ở {count} dòng, không đưa vào sổ.',
    "note_text": "{text}",
    # Why a person has to look at a row.
    "review_no_rule_text": "Văn bản không in cách chấm. Chọn cách chấm cho dòng này.",
    "review_rule_unread": "Chưa đọc được cách chấm. Đọc cột Hướng dẫn rồi chọn cách chấm.",
    "review_rule_too_long": "Cách chấm quá dài để tự đọc. Đọc cột Hướng dẫn rồi chọn cách chấm.",
    "review_rule_without_maximum": "Chưa có điểm tối đa nên chưa đọc được cách chấm.",
    "review_rule_of_group": "Nhóm có in cách chấm nhưng lại có dòng con. Xem cách chấm này thuộc dòng nào.",
    "review_unread": 'Còn câu chưa được đưa vào cách chấm: "{text}"',
    "review_problem": "{problem}",
    "review_ratio_unknown": "Chưa rõ tử số và mẫu số của tỷ lệ. Điền hai cột này.",
    "review_ratio_unsure": "Tử số và mẫu số có thể tách ở chỗ khác. Xem lại hai cột này.",
    "review_bands_or_options": (
        'Các mức ghi theo tỷ lệ kèm chữ "{text}". Nếu đơn vị không có số liệu tỷ lệ thì đổi thành chọn mức.'
    ),
    "review_intervals_do_not_fit": "Các khoảng tỷ lệ hở hoặc chồng nhau. Xem lại mốc của từng khoảng.",
    "review_points_fall": "Tỷ lệ cao hơn lại được ít điểm hơn. Xem có đúng ý văn bản không.",
    "review_not_the_maximum": "Công thức nhân với {found}, điểm tối đa là {max}. Xem số nào đúng.",
    "review_nothing_arose": 'Khi không phát sinh, điểm không phải là tối đa hay 0: "{text}"',
    "review_items_short": "Các mục cộng lại là {total} điểm, chưa tới điểm tối đa {max}.",
    "review_item_of_zero": "Có mục 0 điểm trong các mục cộng dồn.",
    "review_items_or_options": "Chưa rõ chọn một mức hay cộng các mục. Xem lại cách chấm.",
    "review_label_subtracts": "Có mức nói về trừ điểm. Xem lại cách chấm.",
    "review_highest_is_not_maximum": "Mức cao nhất là {highest} điểm, điểm tối đa là {max}.",
    "review_options_and_ratio": "Vừa có các mức vừa có tỷ lệ. Xem các mức có theo tỷ lệ đó không.",
    "review_options_by_ratio": "Các mức chia theo tỷ lệ. Nếu đơn vị có tử số và mẫu số thì đổi sang tính theo khoảng.",
    "review_counted_in_percent": "Điểm tính theo từng phần trăm, không theo số lần. Xem lại cách chấm.",
    "review_unit_vague": "Chưa rõ mỗi \"{text}\" là gì. Xem lại tên các mục.",
    "review_options_twice": "Lời ghi chú có nhắc đến điểm, ngoài các mức. Xem có cần thêm điều kiện không.",
    "review_options_or_rows": "Chưa rõ các dòng không có số bên dưới là mức điểm hay tiêu chí con.",
    "review_one_option": "Chỉ thấy một mức điểm. Thêm các mức còn lại.",
    "review_besides_deduction": 'Ngoài phần trừ điểm còn mức "{text}". Xem lại cách chấm.',
    "review_deduction_capped": "Văn bản chỉ cho trừ đến {cap} điểm, điểm tối đa là {max}. Cách chấm này trừ đến hết.",
    "review_once_or_each": 'Chưa rõ trừ một lần hay trừ theo từng lần: "{text}"',
    "review_labels_repeat": "Có các loại trùng tên. Đặt lại tên.",
    "review_escalation": "Điểm trừ tăng theo số lần, đã lập thành các mức. Xem lại tên và điểm từng mức.",
    "review_besides_items": 'Ngoài điểm cho từng mục còn mức "{text}". Xem lại cách chấm.',
    "review_items_capped": "Văn bản ghi không quá {cap} điểm, điểm tối đa là {max}.",
    "review_items_uneven": "Điểm tối đa {max} không chia hết cho {per_unit} điểm mỗi mục.",
    "review_items_many": "Cần đến {count} mục để đạt điểm tối đa. Xem lại các mục.",
    "review_survey_by_whom": "Lấy theo khảo sát; đã ghi người chấm là cơ quan thẩm định. Xem lại cột Người chấm.",
    "review_formula": "Xem số liệu nhập là tỷ lệ từ 0 đến 1 hay phần trăm. {figures}",
    "review_code_unread": 'Ô số thứ tự ghi "{found}", không đọc được thành mã.',
    "review_code_by_excel": 'Excel có thể đã đổi mã "{found}" (1.10 thành 1.1). So lại với văn bản.',
    "review_code_out_of_order": 'Mã "{found}" đứng sau "{before}", không theo thứ tự.',
    "review_code_repeated": "Mã {code} bị lặp; đã thêm số phía sau để phân biệt.",
    "review_parent_missing": "Không thấy dòng mã {parent} phía trên.",
    "review_without_parent": "Không thấy tiêu chí nào phía trên dòng này.",
    "review_row_without_section": "Dòng không nằm trong lĩnh vực nào. Thêm dòng lĩnh vực phía trên.",
    "review_points_differ": "Tên ghi {name} điểm, ô điểm ghi {cell}.",
    "review_points_unread": 'Ô điểm ghi "{found}", không đọc được thành số.',
    "review_points_thousands": 'Ô điểm ghi "{found}", đã đọc là {read}. Xem có đúng không.',
    "review_points_formula": "Ô điểm là công thức Excel; đã lấy kết quả lưu trong tệp.",
    "review_points_by_line": "Các mức và điểm nằm ở hai ô, đã ghép theo từng dòng.",
    "review_starred": "Dòng có dấu * chỉ đến chú thích. Đọc chú thích rồi xem lại cách chấm.",
    "review_footnote": 'Có chú thích cuối trang: "{text}"',
    "review_line_without_code": 'Có dòng không số, không điểm bên dưới: "{text}"',
    "review_label_missing": "Không thấy tên tiêu chí.",
    "review_label_of_parent": "Ô tên chỉ có các mức; tên lấy theo dòng trên.",
    "review_maximum_missing": "Không thấy điểm tối đa.",
    "review_bonus": "Có vẻ là điểm thưởng. Xem lại loại, điểm mỗi lần và mức trần.",
    "review_penalty": "Có vẻ là điểm trừ. Xem lại loại, điểm mỗi lần và mức trần.",
    "review_text_cut": "Nội dung dài hơn {longest} ký tự, đã cắt bớt.",
}
