"""Plan templates: what is wrong in one and how to mend it; two versions compared."""

TEXTS = {
    "id_shape": 'Khóa "{found}" chưa đúng. Chỉ dùng chữ thường không dấu, chữ số và gạch nối, tối đa 64 ký tự.',
    "too_many_parts": "Sheet này có quá {most:number} dòng. Bỏ bớt các dòng.",
    "too_large": "Khung kế hoạch dài {size:size}, vượt giới hạn {limit:size}. Rút ngắn các nội dung mẫu.",
    "key_shape": (
        'Khóa "{found}" chưa đúng. Bắt đầu bằng chữ thường không dấu, sau đó chỉ dùng chữ không dấu, chữ số, '
        "gạch dưới, gạch nối."
    ),
    "key_repeated": (
        'Khóa "{found}" đã dùng ở dòng khác cho cùng loại đơn vị. Đổi khóa, hoặc sửa cột Đơn vị áp dụng.'
    ),
    "preset_key_repeated": (
        'Khóa "{found}" đã dùng ở sheet Nhiệm vụ hoặc Chỉ tiêu cho cùng loại đơn vị. '
        "Mỗi nhiệm vụ, chỉ tiêu cần một khóa riêng."
    ),
    "section_kind_twice": "Mỗi loại đơn vị chỉ có một phần loại này. Đổi loại của một phần thành lời văn.",
    "no_task_section": "Chưa có phần nào thuộc loại nhiệm vụ. Ghi nhiệm vụ vào cột Loại của một phần.",
    "area_key_repeated": 'Khóa lĩnh vực "{found}" có hai lần. Đổi một khóa.',
    "area_code_repeated": 'Mã lĩnh vực "{found}" có hai lần. Đổi một mã.',
    "area_unknown": 'Sheet Lĩnh vực không có khóa "{found}". Dùng một trong: {known:list}.',
    "due_not_understood": (
        'Chương trình chưa hiểu thời gian "{found}". Viết như 30/06/{{year}}, Quý II, Tháng 6, Thường xuyên.'
    ),
    "lead_unknown": 'Sheet Bộ phận không có "{found}". Sửa tên cho khớp, hoặc thêm bộ phận.',
    "criterion_shape": 'Khóa tiêu chí "{found}" chưa đúng. Dùng khóa ở cột Khóa của bộ tiêu chí, không dùng mã in.',
    "no_figure": "Chỉ tiêu chưa có con số nên không đo được. Điền giá trị phải đạt, ví dụ ≥ 90.",
    "no_base_year": "Chỉ tiêu tăng hằng năm cần năm gốc. Điền năm mà giá trị ở cột Giá trị áp dụng.",
    "no_increment": "Có năm gốc hoặc giới hạn nhưng chưa có mức tăng mỗi năm. Điền cột Tăng mỗi năm, hoặc xóa hai ô kia.",
    "value_cannot_rise": 'Không cộng được mức tăng vào "{found}". Viết giá trị là một số, ví dụ ≥ 30.',
    "year_range": "Năm phải từ {lowest} đến {highest}.",
    "milestones_order": "Các mốc phải theo thứ tự năm, mỗi năm một mốc. Sắp lại các mốc.",
    "month_range": "Tháng phải từ 1 đến 12.",
    "day_range": "Không phải năm nào cũng có ngày {found}. Sửa ngày hoặc tháng.",
    "period_ends_early": "Ngày kết thúc sớm hơn ngày bắt đầu. Sửa một trong hai ngày.",
    "line_repeated": '"{found}" có hai lần. Giữ một dòng.',
    "placeholder_unknown": "Chương trình không điền được {found}. Dùng một trong: {known:list}.",
    "outcome_unknown": 'Câu hỏi này không có kết quả "{found}". Sửa cột Kết quả.',
    "outcome_and_option": "Kết quả và mức điểm đi cùng nhau: điền cả hai, hoặc để trống cả hai.",
    "suggestion_repeated": "Tiêu chí này đã có gợi ý cho cùng kết quả. Giữ một dòng.",
    "rename_still_there": 'Khóa cũ "{found}" vẫn còn trong sổ. Bỏ dòng đổi khóa này, hoặc đổi khóa kia.',
    "rename_nowhere": 'Sổ không có khóa mới "{found}". Sửa khóa, hoặc để trống nếu đã bỏ.',
}
