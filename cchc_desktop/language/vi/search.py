"""The search over all years: its window, its lines, its command."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "title": "Tìm kiếm",
    "field": "Tìm trong mọi năm",
    "placeholder": "Tìm trong mọi năm, không cần gõ dấu",
    "list": "Kết quả tìm kiếm",
    "empty": "Tìm trong mọi năm của hồ sơ",
    "empty_hint": (
        "Nhiệm vụ, chỉ tiêu của kế hoạch, dòng tiêu chí cùng giải trình, và minh chứng theo số, ngày, trích yếu, "
        "tên tệp. Gõ có dấu hay không dấu đều tìm được, thứ tự các từ không quan trọng."
    ),
    "none": "Không có kết quả nào cho “{typed}”",
    "none_hint": "Kết quả phải có đủ mọi từ đã gõ. Bỏ bớt từ, hoặc gõ phần ngắn hơn của từ rồi xem lại.",
    "failed": "Chưa tìm được",
    "count": "{count:number} kết quả",
    "count_of_years": "{count:number} kết quả trong {years} năm",
    "keys": "Phím lên, xuống để chọn · Enter để đến chỗ đó · Esc để đóng",
    "year_heading": "{year} · {count:number} kết quả",
    "year_shown": "{year} (đang mở) · {count:number} kết quả",
    "more_hidden": "Còn {count:number} kết quả {kind}",
    "more_left": "Còn {count:number} kết quả {kind}, gõ thêm từ để thu hẹp",
    "kind_row": "Tiêu chí",
    "kind_task": "Nhiệm vụ",
    "kind_target": "Chỉ tiêu",
    "kind_evidence": "Minh chứng",
    "kinds_row": "về tiêu chí",
    "kinds_task": "về nhiệm vụ",
    "kinds_target": "về chỉ tiêu",
    "kinds_evidence": "về minh chứng",
    "of_rows": "Tiêu chí {rows}",
    "of_rows_more": "Tiêu chí {rows} và {more} dòng khác",
    "plan_competitiveness": "Kế hoạch năng lực cạnh tranh {year}",
    "plan_five_year": "Kế hoạch {year}–{last}",
    "plan_part_year": "Kế hoạch phần còn lại của năm {year}",
    "plan_indices": "Kế hoạch nâng chỉ số {year}",
    "no_row": "Chưa gắn với tiêu chí",
    "cli_text": "các từ cần tìm, gõ có dấu hay không dấu đều được",
    "cli_json": "in một đối tượng JSON",
    "cli_most": "nhiều nhất bao nhiêu kết quả mỗi loại trong một năm",
}
