"""Compiling a criteria workbook: what is wrong in which cell, and how to mend it."""

TEXTS = {
    # The workbook and its sheets.
    "sheet_missing": 'Sổ không có sheet "{sheet}". Thêm sheet này (tên khác được nhận: {alias}).',
    "sheet_near": 'Sheet "{found}": có phải là "{meant}"? Đổi tên sheet thành "{meant}".',
    "sheet_twice": 'Sổ có hai sheet cùng là "{sheet}". Giữ một sheet, thêm dấu _ vào đầu tên sheet kia.',
    "sheet_empty": "Sheet này trống. Điền hàng tiêu đề và các dòng bên dưới.",
    "sheet_hidden": "Sheet này đang ẩn nhưng vẫn được đọc. Bỏ ẩn, hoặc thêm dấu _ vào đầu tên nếu không dùng.",
    "too_many_rows": "Sheet có quá {most:number} dòng. Xóa các dòng không thuộc bộ tiêu chí.",
    "column_missing": 'Thiếu cột "{column}" ở hàng tiêu đề, hàng đầu tiên có chữ (tên khác được nhận: {alias}).',
    "column_near": 'Cột "{found}": có phải là "{meant}"? Sửa tiêu đề thành "{meant}".',
    "column_twice": 'Cột "{column}" có hai lần. Giữ một cột.',
    "cells_merged": "Các ô này bị gộp nên không rõ giá trị thuộc dòng nào. Bỏ gộp ô rồi điền từng ô.",
    "row_hidden": "Hàng {row} đang ẩn nhưng vẫn được đọc. Bỏ ẩn để kiểm tra, hoặc xóa hàng.",
    # Cells.
    "cell_empty": 'Ô cột "{column}" chưa có giá trị. Điền ô này.',
    "cell_formula": "Ô này là công thức Excel. Sao chép ô rồi dán giá trị.",
    "cell_error": "Ô này đang báo lỗi {found}. Nhập lại giá trị.",
    "text_too_long": "Ô này dài {length:number} ký tự, vượt giới hạn {longest:number}. Rút ngắn lại.",
    "code_is_number": (
        "Mã {found} đang là số nên Excel có thể đã đổi 1.10 thành 1.1. "
        "Định dạng ô là Văn bản (Text) rồi nhập lại mã."
    ),
    "code_is_date": ("Excel đã đổi mã thành ngày {found}. Định dạng ô là Văn bản (Text) rồi nhập lại mã."),
    "code_is_yes_no": "Ô này là TRUE hoặc FALSE, không phải mã. Nhập lại mã.",
    "not_a_number": '"{found}" không phải là số. Nhập số như 1,5 hoặc 1.5, không có dấu phân cách hàng nghìn.',
    "too_many_digits": "Số có quá {most} chữ số. Kiểm tra lại.",
    "negative": "{found} là số âm. Nhập số từ 0 trở lên.",
    "not_whole": '"{found}" không phải là số nguyên. Nhập số như 1, 2, 3.',
    "not_a_ratio": '"{found}" không phải là tỷ lệ. Viết như 80%.',
    "ratio_above_one": (
        "Số {found:number} lớn hơn 1: là {found:number}% hay {found:number} lần? "
        "Nếu là phần trăm, viết {found:number}% vào ô định dạng Văn bản, hoặc nhập {meant:number}."
    ),
    "ratio_sign": '"{found}": cột này chỉ nhận tỷ lệ như 80%, không có dấu lớn hơn.',
    "word_near": 'Không có "{found}". Có phải là "{meant}"?',
    "word_unknown": 'Không có "{found}". Dùng một trong các từ: {known:list}.',
    "not_a_date": '"{found}" không phải là ngày. Viết như 31/01/2026.',
    "due_fixed": (
        "Ô này là ngày {found} nên mọi năm đều ra ngày đó. Muốn theo năm của kế hoạch, định dạng ô là Văn bản rồi "
        "viết {meant}."
    ),
    "milestone_shape": 'Chưa hiểu mốc "{found}". Viết như 2026: 60; 2027: 70.',
    # Settings.
    "setting_missing": 'Thiếu khóa "{key}". Thêm một dòng có khóa này và giá trị của nó.',
    "review_left": "Dòng này còn ghi điều cần xem. Xem lại dòng, rồi xóa ghi chú trong ô này.",
    "setting_empty": 'Khóa "{key}" chưa có giá trị. Điền ô này.',
    "setting_near": 'Khóa "{found}": có phải là "{meant}"? Sửa lại khóa.',
    "setting_twice": 'Khóa "{key}" có hai lần. Giữ một dòng.',
    "setting_unknown": 'Chương trình không dùng khóa "{found}".',
    "unit_kind_twice": 'Loại đơn vị "{found}" có hai lần. Giữ một.',
    # Criteria and steps.
    "rule_on_adjustment": "Dòng thưởng, phạt không có cách chấm. Xóa ô này, điền Điểm mỗi lần.",
    "parameter_missing": 'Cách chấm {rule} cần cột "{column}". Điền ô này.',
    "parameter_unused": 'Cách chấm {rule} không dùng cột "{column}".',
    "formula_with_equals": (
        "Excel đang tính ô này như công thức của Excel. Định dạng ô là Văn bản rồi viết công thức không có dấu bằng."
    ),
    "steps_missing": 'Cách chấm {rule} cần các dòng của khóa "{key}" ở sheet Mức điểm. Thêm các dòng đó.',
    "steps_unused": "Cách chấm {rule} không dùng sheet Mức điểm.",
    "step_without_key": "Dòng này chưa nói thuộc tiêu chí nào. Điền khóa của tiêu chí.",
    "step_key_unknown": 'Sheet Tiêu chí không có khóa "{found}". Sửa khóa.',
    "step_key_near": 'Không có khóa "{found}". Có phải là "{meant}"?',
    "step_of_group": 'Khóa "{found}" không phải là dòng chấm điểm. Sửa khóa.',
    "too_many_steps": "Một dòng có quá {most} mức. Gộp bớt các mức.",
    # Lists.
    "class_floor_small": (
        "Xếp loại từ {found:number}% tổng điểm là rất thấp. Nếu muốn nói {meant:number}%, nhập {meant:number}."
    ),
    # Sample answers.
    "tests_missing": "Sổ chưa có trường hợp nào ở sheet Kiểm thử. Nên có ít nhất một trường hợp tính tay để kiểm tra bộ tiêu chí.",
    "test_code_unknown": "Không có tiêu chí mã {found}. Sửa mã, hoặc dùng TỔNG, LOẠI TRỪ.",
    "test_field_unknown": 'Mã {code} không có số liệu "{found}". Dùng một trong: {known:list}.',
    "test_value": '"{found}" không hợp với số liệu "{field}". Sửa giá trị.',
    "test_twice": 'Trường hợp "{case}" nêu hai lần số liệu "{field}" của mã {code}. Giữ một dòng.',
    "test_expects_nothing": (
        'Trường hợp "{case}" chưa nói kết quả mong đợi. Thêm dòng có số liệu points hoặc state, hoặc dòng mã TỔNG.'
    ),
    "test_total": "TỔNG",
    "test_exclusions": "LOẠI TRỪ",
    "test_mismatch": (
        'Trường hợp "{case}": {code} {field} mong đợi {expected} nhưng chương trình tính ra {got}. '
        "Sửa giá trị mong đợi hoặc sửa tiêu chí."
    ),
    "test_answer": "Số liệu mẫu của mã {code} không đúng: {told}",
    "test_null": "để trống",
}
