"""Self-scoring: the sentence behind each row's points, and what is wrong with a figure."""

TEXTS = {
    # What a field is called where the set gives it no words of its own.
    "field_option": "Mức đạt được",
    "field_yes": "Đã thực hiện",
    "field_numerator": "Tử số",
    "field_denominator": "Mẫu số",
    "field_count": "Số lần",
    "field_items": "Các mục đã có",
    "field_score": "Điểm được công bố",
    "field_percent": "Tỷ lệ hài lòng",
    "on_scale": "trên {scale:number}",
    "times": "lần",
    # Points, rule by rule. Each sentence holds every figure that its result comes from.
    "choice": 'Chọn mức "{option}" được {worth:number} điểm (tối đa {max:number} điểm).',
    "yes": "Có thực hiện nên được {points:number} điểm (tối đa {max:number} điểm).",
    "no": "Không thực hiện nên được {points:number} điểm (tối đa {max:number} điểm).",
    "ratio_linear": (
        "{numerator:number} : {denominator:number} = {percent:number}% nên được "
        "{numerator:number} : {denominator:number} × {max:number} = {points:number} điểm."
    ),
    "ratio_over": (
        "{numerator:number} : {denominator:number} = {percent:number}%, vượt 100% nên được {points:number} điểm "
        "(tối đa {max:number} điểm)."
    ),
    "below_floor": (
        "{numerator:number} : {denominator:number} = {percent:number}%, dưới ngưỡng {floor:number}% nên được "
        "{points:number} điểm (tối đa {max:number} điểm)."
    ),
    "floor_reached": (
        "{numerator:number} : {denominator:number} = {percent:number}%, đạt ngưỡng {floor:number}% nên được "
        "{numerator:number} : {denominator:number} × {max:number} = {points:number} điểm."
    ),
    "floor_over": (
        "{numerator:number} : {denominator:number} = {percent:number}%, đạt ngưỡng {floor:number}% và vượt 100% "
        "nên được {points:number} điểm (tối đa {max:number} điểm)."
    ),
    "target_reached": (
        "{numerator:number} : {denominator:number} = {percent:number}%, đạt mục tiêu {target:number}% nên được "
        "{points:number} điểm (tối đa {max:number} điểm)."
    ),
    "target_missed": (
        "{numerator:number} : {denominator:number} = {percent:number}%, chưa đạt mục tiêu {target:number}% nên được "
        "{numerator:number} : {denominator:number} : {target:number}% × {max:number} = {points:number} điểm."
    ),
    "band": (
        "{numerator:number} : {denominator:number} = {percent:number}%, thuộc mức {band} nên được {worth:number} điểm "
        "(tối đa {max:number} điểm)."
    ),
    "below_bands": (
        "{numerator:number} : {denominator:number} = {percent:number}%, chưa đến mức thấp nhất ({band}) nên được "
        "{points:number} điểm (tối đa {max:number} điểm)."
    ),
    "band_from": "từ {bound:number}%",
    "band_above": "trên {bound:number}%",
    "band_between": "{lower} {upper}",
    "band_below": "đến dưới {bound:number}%",
    "band_up_to": "đến {bound:number}%",
    "deduction": (
        "{count:number} {figure} nên được {max:number} - {count:number} × {per_unit:number} = {points:number} điểm."
    ),
    "deduction_below_zero": (
        "{count:number} {figure}: {max:number} - {count:number} × {per_unit:number} = {left:number}, dưới 0 nên được "
        "{points:number} điểm."
    ),
    "weighted": "{kinds:list} nên được {max:number} - ({terms}) = {points:number} điểm.",
    "weighted_below_zero": (
        "{kinds:list}: {max:number} - ({terms}) = {left:number}, dưới 0 nên được {points:number} điểm."
    ),
    "nothing_deducted": "Không có trường hợp nào bị trừ: {max:number} - 0 = {points:number} điểm.",
    "kind": "{label}: {count:number}",
    "product": "{count:number} × {worth:number}",
    "worth": "{worth:number}",
    "plus": "{left} + {right}",
    "quoted": '"{label}"',
    "items": "Có {items:list} nên được {terms} = {points:number} điểm (tối đa {max:number} điểm).",
    "items_over": (
        "Có {items:list}: {terms} = {total:number}, vượt mức tối đa nên được {points:number} điểm "
        "(tối đa {max:number} điểm)."
    ),
    "items_one": "Có {items:list} nên được {points:number} điểm (tối đa {max:number} điểm).",
    "items_one_over": (
        "Có {items:list}: {total:number} điểm, vượt mức tối đa nên được {points:number} điểm "
        "(tối đa {max:number} điểm)."
    ),
    "no_items": "Không có mục nào nên được {points:number} điểm (tối đa {max:number} điểm).",
    "external": "{figure} là {score:number} : {scale:number} × {max:number} = {points:number} điểm.",
    "survey": "{figure} là {percent:number}% × {max:number} = {points:number} điểm.",
    "figure_is": "{label} = {value}",
    "formula": 'Công thức "{formula}" với {figures:list} được {points:number} điểm (từ 0 đến {max:number} điểm).',
    "huge": "một số rất lớn",
    "formula_over": (
        'Công thức "{formula}" với {figures:list} cho kết quả {value}, vượt mức tối đa nên được {points:number} điểm '
        "(từ 0 đến {max:number} điểm)."
    ),
    "formula_below_zero": (
        'Công thức "{formula}" với {figures:list} cho kết quả {value}, dưới 0 nên được {points:number} điểm '
        "(từ 0 đến {max:number} điểm)."
    ),
    "no_occurrence": "Không có trường hợp nào: {points:number} điểm (tối đa {max:number} điểm).",
    "occurrences": (
        "{count:number} {figure}: {count:number} × {per_unit:number} = {points:number} điểm (tối đa {max:number} điểm)."
    ),
    "occurrences_over": (
        "{count:number} {figure}: {count:number} × {per_unit:number} = {total:number}, vượt mức tối đa nên tính "
        "{points:number} điểm (tối đa {max:number} điểm)."
    ),
    "rounded": "{sentence} Làm tròn còn {points:number} điểm.",
    # Rows without points of their own.
    "open": "Chưa kê khai, còn {max:number} điểm.",
    "open_partly": "Chưa đủ số liệu, còn {max:number} điểm. Điền thêm: {missing:list}.",
    "open_appraiser": "Cơ quan thẩm định chấm, tối đa {max:number} điểm.",
    "open_nothing_arose": (
        "Tử số và mẫu số đều bằng 0 mà bộ tiêu chí không nói cách tính, còn {max:number} điểm. Kiểm tra lại số liệu "
        "hoặc hỏi cơ quan ban hành."
    ),
    "open_nothing_arose_choose": (
        "Tử số và mẫu số đều bằng 0 mà bộ tiêu chí không nói cách tính, còn {max:number} điểm. Kiểm tra lại số liệu "
        "hoặc chọn Không áp dụng."
    ),
    "excluded": 'Đơn vị thuộc nhóm "{group}" nên không chấm dòng này ({max:number} điểm).',
    "not_applicable_rescale": "Không áp dụng: {max:number} điểm của dòng này không tính vào điểm tối đa.",
    "not_applicable_full": "Không áp dụng nên được đủ {points:number} điểm (tối đa {max:number} điểm).",
    "not_applicable_zero": "Không áp dụng nên được {points:number} điểm (tối đa {max:number} điểm).",
    "nothing_arose_rescale": (
        "Không phát sinh (0 : 0): {max:number} điểm của dòng này không tính vào điểm tối đa."
    ),
    "nothing_arose_full": "Không phát sinh (0 : 0) nên được đủ {points:number} điểm (tối đa {max:number} điểm).",
    "nothing_arose_zero": "Không phát sinh (0 : 0) nên được {points:number} điểm (tối đa {max:number} điểm).",
    "wrong": "Chưa chấm được, còn {max:number} điểm. {fault}",
    # Figures that can't be right.
    "comma_in_number": '"{found}" có dấu phẩy. Trong tệp số liệu, viết phần lẻ sau dấu chấm và bỏ dấu '
    "phân cách hàng nghìn, ví dụ 1234.5.",
    "not_a_number": '"{found}" không phải là số. Nhập số, ví dụ 12 hoặc 12,5.',
    "negative": "{found} là số âm. Nhập số từ 0 trở lên.",
    "too_many_digits": "Số có quá {most} chữ số. Kiểm tra lại số liệu.",
    "not_a_count": "{found:number} không phải là số nguyên. Nhập số đếm: 0, 1, 2.",
    "numerator_above_denominator": (
        "{numerator:number} lớn hơn {denominator:number}: tử số không được vượt mẫu số. Sửa một trong hai số."
    ),
    "numerator_without_denominator": (
        "Mẫu số bằng 0 mà tử số là {numerator:number}. Sửa mẫu số, hoặc sửa tử số thành 0."
    ),
    "above_hundred": "{found:number}% lớn hơn 100%. Nhập tỷ lệ từ 0 đến {upper:number}.",
    "above_scale": "{found:number} lớn hơn thang điểm {upper:number}. Nhập điểm từ 0 đến {upper:number}.",
    "unknown_option": 'Không có mức "{found}". Chọn một trong các mức: {known:list}.',
    "option_position": "Không có mức thứ {found:number}. Chọn từ 1 đến {last}.",
    "unknown_item": 'Không có mục "{found}". Các mục của dòng này: {known:list}.',
    "unknown_variable": 'Công thức không có biến "{found}". Các biến: {known:list}.',
    "item_repeated": 'Mục "{found}" được nêu hai lần. Mỗi mục chỉ nêu một lần.',
    "given_twice": "Số liệu này được nêu hai lần. Chỉ giữ một giá trị.",
    "not_yes_no": '"{found}" không phải là có hoặc không. Chọn Có hoặc Không.',
    "not_a_list": '"{found}" không phải là danh sách mục. Nêu các mục trong một danh sách.',
    "not_a_mapping": '"{found}" không phải là các cặp nhãn và số. Nêu từng nhãn với số của nhãn đó.',
    "unknown_field": 'Dòng này không có số liệu "{found}". Số liệu của dòng: {known:list}.',
    "not_an_entry": '"{found}" không phải là số liệu kê khai của một dòng. Nêu từng số liệu theo tên.',
    "not_applicable_forbidden": ("Dòng này không được chọn Không áp dụng. Bỏ chọn rồi kê khai số liệu."),
    "unknown_code": 'Bộ tiêu chí không có mã "{found}". Kiểm tra lại mã.',
    "unknown_code_near": 'Bộ tiêu chí không có mã "{found}". Có phải là {meant}?',
    "not_a_row": "{found} là nhóm tiêu chí, không chấm trực tiếp. Kê khai ở các dòng bên dưới.",
    "unknown_exclusion": 'Bộ tiêu chí không có nhóm loại trừ "{found}". Các nhóm: {known:list}.',
    "no_exclusions": 'Bộ tiêu chí không có nhóm loại trừ nào, kể cả "{found}". Bỏ nhóm này đi.',
    "divided_by_zero": "Công thức chia cho {names:list} đang bằng 0. Sửa số liệu đó.",
    "rounding_decimals": "Công thức làm tròn với số chữ số thập phân không đúng. Báo cơ quan ban hành bộ tiêu chí.",
}
