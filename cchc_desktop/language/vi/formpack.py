"""Form packs: what is wrong in a criteria workbook and how to mend it; installed packs."""

TEXTS = {
    # A compiled pack, an installed pack.
    "pack_unreadable": (
        "Không đọc được bộ biểu mẫu {name}: tệp hỏng hoặc không phải bộ tiêu chí của chương trình. "
        "Biên dịch lại từ sổ Excel hoặc xin lại tệp."
    ),
    "pack_too_large": "Bộ biểu mẫu {name} lớn {size:size}, vượt giới hạn {limit:size}. Xin lại tệp đúng.",
    "pack_wrong": "Bộ biểu mẫu {name} có chỗ sai nên không dùng được. {fault}",
    "pack_unknown": (
        "Chưa cài bộ biểu mẫu {id}. Xem các bộ đã cài bằng lệnh cchc forms list, hoặc chỉ đường dẫn tới tệp."
    ),
    "pack_version_unknown": (
        "Chưa cài bộ biểu mẫu {id} phiên bản {version}. Xin cơ quan ban hành gửi lại rồi nhận vào ở Thiết lập, "
        "mục Bộ biểu mẫu."
    ),
    "pack_conflict": (
        "Có hai tệp khác nhau cùng là bộ biểu mẫu {id} phiên bản {version}: {names:list}. Giữ một tệp, bỏ tệp kia."
    ),
    "version_taken": (
        "Máy này đã có bộ {id} phiên bản {version} với nội dung khác. Mỗi phiên bản chỉ có một nội dung: "
        "đề nghị cơ quan ban hành gửi bản có số phiên bản mới, hoặc gỡ bản dùng thử rồi nhận lại."
    ),
    "older_than_installed": (
        "Không nhận bộ {id} phiên bản {version} vì máy đã có phiên bản {installed} mới hơn. "
        "Xin bản mới nhất của cơ quan ban hành."
    ),
    "own_pack": "Bộ {id} phiên bản {version} đi cùng chương trình nên không gỡ được.",
    "no_workbook": "Bộ {id} thuộc loại không xuất thành sổ Excel được.",
    "not_criteria": "{name} không phải là bộ tiêu chí. Chọn một bộ tiêu chí.",
    "kinds_differ": "Hai bộ này khác loại nên không so sánh được. Chọn hai bộ cùng loại.",
    "no_comparison": "Chưa so sánh được hai bộ loại này. So sánh được bộ tiêu chí và khung kế hoạch.",
    "not_removed": "Không gỡ được {name}. Kiểm tra quyền ghi của thư mục dữ liệu rồi thử lại.",
    "no_pack_for_unit": (
        "Chưa có bộ biểu mẫu cho loại đơn vị này năm {year}. Nhận bộ biểu mẫu từ cơ quan ban hành rồi thử lại."
    ),
    # Settings.
    "set_id_shape": 'Khóa bộ tiêu chí "{found}" chưa đúng. Chỉ dùng chữ thường không dấu, chữ số và gạch nối.',
    "version_range": "Phiên bản phải là số nguyên 1, 2, 3 và tiếp theo.",
    "setting_empty": "Khóa {key} chưa có giá trị. Điền giá trị vào cột Giá trị.",
    "year_range": "Năm phải là số từ {lowest} đến {highest}.",
    "effective_to_early": "Ngày hết hiệu lực sớm hơn ngày có hiệu lực. Sửa một trong hai ngày.",
    "total_max_range": "Tổng điểm tối đa phải là số lớn hơn 0.",
    "decimals_range": "Số chữ số thập phân phải là số nguyên từ 0 đến {most}.",
    "set_policy": "Cách tính dòng không áp dụng của cả bộ phải là rescale, full hoặc zero.",
    "final_cap_range": "Điểm trần phải là số lớn hơn 0, hoặc để trống.",
    # Criteria.
    "key_shape": (
        'Khóa "{found}" chưa đúng. Bắt đầu bằng chữ thường không dấu, sau đó chỉ dùng chữ thường, chữ số và gạch dưới.'
    ),
    "key_repeated": 'Khóa "{key}" đã dùng ở dòng khác. Mỗi dòng cần một khóa riêng.',
    "code_shape": 'Mã "{found}" chưa đúng. Viết như 3.3.1, không có dấu cách, không có dấu chấm ở đầu hoặc cuối.',
    "code_repeated": "Mã {code} đã dùng ở dòng khác. Mỗi dòng cần một mã riêng.",
    "label_empty": "Chưa có tên tiêu chí. Điền tên như trong quyết định.",
    "section_inside": "Lĩnh vực {code} nằm bên trong {parent}. Đổi loại thành nhóm, hoặc sửa mã.",
    "outside_section": "Dòng {code} không nằm trong lĩnh vực nào. Sửa mã theo lĩnh vực, ví dụ 1.{code}.",
    "parent_missing": "Dòng {code} không có dòng cha {parent}. Thêm dòng {parent} loại nhóm, hoặc sửa mã.",
    "parent_not_group": "Dòng cha {parent} của {code} là dòng chấm điểm. Đổi loại của {parent} thành nhóm, hoặc sửa mã.",
    "maximum_range": "Điểm tối đa phải là số từ 0 trở lên.",
    "maximum_finer": (
        "Điểm tối đa {max:number} có nhiều chữ số thập phân hơn {decimals} chữ số mà điểm được làm tròn."
    ),
    "rule_on_group": "Lĩnh vực và nhóm không có cách chấm. Xóa ô này, hoặc đổi loại thành dòng.",
    "rule_missing": "Chưa có cách chấm. Chọn một cách chấm trong danh sách.",
    "evidence_empty": "Dòng {code} cần minh chứng nhưng chưa nói là minh chứng gì.",
    "group_sum": (
        "Điểm tối đa của {code} ghi {declared:number} nhưng các dòng bên dưới cộng được {sum:number}. Sửa cho khớp."
    ),
    "group_empty": "{code} ghi {declared:number} điểm nhưng không có dòng nào bên dưới. Thêm dòng, hoặc xóa {code}.",
    "total_sum": (
        "Tổng điểm tối đa ghi {declared:number} nhưng các dòng cộng được {sum:number}. Sửa tổng, hoặc sửa điểm các dòng."
    ),
    # Rules and their steps.
    "label_repeated": 'Nhãn "{label}" có hai lần trong cùng một tiêu chí. Đổi một nhãn.',
    "points_above_maximum": "{points:number} điểm lớn hơn điểm tối đa {max:number} của dòng. Sửa một trong hai số.",
    "maximum_unreachable": "Mức cao nhất chỉ {highest:number} điểm, không mức nào đạt điểm tối đa {max:number}.",
    "floor_is_zero": "Ngưỡng 0% thì không mức nào bị 0 điểm. Nếu đúng ý, dùng cách chấm ratio_linear.",
    "target_is_zero": "Mục tiêu phải lớn hơn 0%.",
    "scale_is_zero": "Thang điểm phải lớn hơn 0.",
    "band_repeated": "Có hai khoảng cùng bắt đầu từ {bound:percent}. Bỏ một khoảng, hoặc sửa cột Từ.",
    "band_unreachable": (
        "Khoảng từ {bound:percent} không bao giờ đạt được, vì tử số không được vượt mẫu số. "
        "Sửa cột Từ, hoặc ghi có ở cột Cho vượt."
    ),
    "band_falls": "Khoảng cao hơn lại ít điểm hơn khoảng thấp hơn. Kiểm tra lại điểm.",
    "weight_above_maximum": "Mỗi lần trừ {points:number} điểm, nhiều hơn điểm tối đa {max:number} của dòng.",
    "item_without_points": 'Mục "{label}" chưa có điểm. Điền cột Điểm, hoặc điền Điểm mỗi lần ở sheet Tiêu chí.',
    "items_do_not_reach": "Đủ mọi mục cũng chỉ được {total:number} điểm, chưa đến điểm tối đa {max:number}.",
    "items_pass_maximum": "Đủ mọi mục được {total:number} điểm, vượt điểm tối đa {max:number}.",
    "variable_name": (
        'Tên biến "{label}" chưa đúng. Dùng chữ, chữ số và gạch dưới, không dùng if, and, or, not, min, max, round.'
    ),
    "variable_unused": 'Biến "{label}" không có trong công thức.',
    # Formulas.
    "formula_empty": "Chưa có công thức. Viết công thức vào cột Công thức.",
    "formula_too_long": "Công thức dài {length} ký tự, vượt giới hạn {longest}. Rút ngắn công thức.",
    "formula_too_deep": "Công thức lồng quá {deepest} lớp ở ký tự {at}. Viết đơn giản hơn.",
    "formula_character": 'Không hiểu ký tự "{found}" ở vị trí {at} của công thức. Xóa hoặc thay ký tự đó.',
    "formula_unexpected": 'Công thức không đúng ở "{found}", vị trí {at}. Kiểm tra dấu và dấu ngoặc ở đó.',
    "formula_ends": 'Công thức còn thiếu "{wanted}" ở cuối.',
    "formula_capitals": 'Viết "{meant}" bằng chữ thường thay cho "{found}" ở vị trí {at}.',
    "formula_number_too_long": "Số ở vị trí {at} có quá {most} chữ số. Rút ngắn số đó.",
    "formula_variable": (
        'Công thức dùng "{found}" ở vị trí {at} nhưng sheet Mức điểm không có biến này. Các biến: {known:list}.'
    ),
    "formula_variable_near": 'Không có biến "{found}" (vị trí {at}). Có phải là "{meant}"?',
    "formula_is_condition": "Công thức phải cho ra một số, không phải đúng hoặc sai. Dùng if để chọn giữa hai số.",
    "formula_needs_condition": "Ở vị trí {at} cần một điều kiện như x > 0.",
    "formula_needs_number": "Ở vị trí {at} cần một số, không phải điều kiện.",
    "formula_divides_by_zero": "Công thức chia cho 0 ở vị trí {at}. Sửa số chia.",
    "formula_arguments": "Hàm {name} cần {wanted} giá trị nhưng có {found} (vị trí {at}).",
    "formula_mixed_branches": "Hai nhánh của if phải cùng là số hoặc cùng là điều kiện (vị trí {at}).",
    # Classes, exclusions, renames.
    "class_label_repeated": 'Xếp loại "{found}" có hai lần. Đổi một nhãn.',
    "class_floor_repeated": "Có hai xếp loại cùng bắt đầu từ {found}. Sửa cột Từ.",
    "class_floor_range": "Cột Từ của xếp loại là số phần trăm, ví dụ 90. Sửa {found}.",
    "class_floor_open": "Điểm dưới {lowest:number}% tổng điểm không có xếp loại nào.",
    "exclusion_repeated": 'Nhóm loại trừ "{id}" có hai lần. Đổi một mã.',
    "exclusion_empty": 'Nhóm loại trừ "{id}" chưa nói loại tiêu chí nào. Điền mã vào cột Tiêu chí.',
    "exclusion_code": "Không có tiêu chí mã {code}. Sửa mã trong cột Tiêu chí.",
    "rename_twice": 'Khóa cũ "{found}" được đổi hai lần. Giữ một dòng.',
    "rename_still_there": 'Khóa cũ "{found}" vẫn còn trong sheet Tiêu chí. Bỏ dòng đổi khóa này, hoặc đổi khóa tiêu chí.',
    "rename_collides": 'Hai khóa cũ cùng đổi thành "{found}". Mỗi khóa mới chỉ nhận một khóa cũ.',
    "rename_nowhere": 'Sheet Tiêu chí không có khóa mới "{found}". Sửa khóa, hoặc để trống nếu tiêu chí đã bỏ.',
    "rename_since": "Cột Từ phiên bản phải là số từ 1 đến phiên bản của bộ này.",
    "rename_circle": 'Khóa "{found}" đổi vòng tròn về chính nó. Sửa cột Mới.',
    # Answers files and written packs.
    "answers_missing": "Không tìm thấy tệp số liệu {name}. Kiểm tra lại đường dẫn.",
    "answers_unreadable": "Không đọc được tệp số liệu {name}: tệp hỏng hoặc không phải JSON. Kiểm tra lại tệp.",
    "answers_too_large": "Tệp số liệu {name} lớn {size:size}, vượt giới hạn {limit:size}. Kiểm tra lại tệp.",
    "answers_shape": (
        'Tệp {name} không phải là tệp số liệu. Tệp cần có dạng {{"answers": {{"mã": {{…}}}}, "exclusions": […]}}.'
    ),
    "not_written": "Không ghi được {name}. Kiểm tra quyền ghi và chỗ trống rồi thử lại.",
    # Two versions compared.
    "diff_setting": "Đổi {name}: từ {old} thành {new}.",
    "setting_title": "tên bộ tiêu chí",
    "setting_year": "năm đánh giá",
    "setting_total_max": "tổng điểm tối đa",
    "setting_decimals": "số chữ số thập phân",
    "setting_not_applicable": "cách tính dòng không áp dụng",
    "setting_final_cap": "điểm trần",
    "setting_effective_from": "ngày có hiệu lực",
    "value_none": "không có",
    "value_text": "{value}",
    "value_number": "{value:number}",
    "value_date": "{value:date}",
    "policy_no": "không",
    "policy_yes": "có",
    "policy_rescale": "tính lại",
    "policy_full": "điểm tối đa",
    "policy_zero": "0 điểm",
    "zero_exclude": "loại ra",
    "zero_full": "điểm tối đa",
    "zero_zero": "0 điểm",
    "diff_classes": "Các mức xếp loại đã đổi.",
    "diff_exclusions": "Các nhóm loại trừ đã đổi.",
    "diff_added": "Thêm {code} {label} ({max:number} điểm).",
    "diff_dropped": "Bỏ {code} {label} ({max:number} điểm).",
    "diff_renamed": "{code} {label}: khóa {old} đổi thành {new}.",
    "diff_renumbered": "{label}: mã {old} đổi thành {new}.",
    "diff_repointed": "{code} {label}: điểm tối đa từ {old} thành {new}.",
    "diff_steps_repointed": "{code} {label}: điểm các mức từ {old} thành {new}.",
    "diff_reruled": "{code} {label}: cách chấm từ {old} thành {new}.",
    "diff_relabelled": 'Mã {code}: tên từ "{old}" thành "{new}".',
    "rule_told": "{parts:list}",
    "step_told": "{label} = {points:number}",
    "step_named": "{label}",
    "type_section": "lĩnh vực",
    "type_group": "nhóm",
    "type_row": "dòng",
    "type_bonus": "điểm thưởng",
    "type_penalty": "điểm phạt",
    "rule_adjustment": "cộng hoặc trừ theo lần",
    "rule_choice": "chọn một mức",
    "rule_yes_no": "có hoặc không",
    "rule_ratio_linear": "tỷ lệ × điểm tối đa",
    "rule_ratio_threshold": "tỷ lệ có ngưỡng",
    "rule_ratio_bands": "tỷ lệ theo khoảng",
    "rule_ratio_to_target": "tỷ lệ theo mục tiêu",
    "rule_deduction_count": "trừ theo lần",
    "rule_deduction_weighted": "trừ theo loại",
    "rule_sum_of_items": "cộng theo mục",
    "rule_external_score": "điểm từ hệ thống khác",
    "rule_survey": "điều tra xã hội học",
    "rule_formula": "công thức",
    "parameter_floor": "ngưỡng {value:percent}",
    "parameter_target": "mục tiêu {value:percent}",
    "parameter_per_unit": "mỗi lần {value:number} điểm",
    "parameter_scale": "thang {value:number}",
    "parameter_formula": '"{value}"',
    "parameter_allow_over": "cho vượt 100%",
    "parameter_zero_denominator": "mẫu số bằng 0: {value}",
    "parameter_not_applicable": "không áp dụng: {value}",
    "parameter_appraiser": "cơ quan thẩm định chấm",
}
