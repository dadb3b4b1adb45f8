"""`cchc forms` and `cchc score`: help, lists and tables."""

TEXTS = {
    "cli_set": "sổ Excel, bộ đã biên dịch (.json) hoặc khóa của bộ đã cài, ví dụ xa-mau-2026 hoặc ke-hoach-xa",
    "cli_answers": "tệp số liệu kê khai (.json)",
    "cli_json": "in kết quả dạng JSON",
    "cli_list": "các bộ biểu mẫu đã cài",
    "cli_check": "kiểm tra một sổ tiêu chí hoặc sổ khung kế hoạch",
    "cli_compile": "biên dịch sổ thành bộ biểu mẫu",
    "cli_diff": "so sánh hai bộ tiêu chí hoặc hai khung kế hoạch",
    "cli_export": "xuất bộ tiêu chí hoặc khung kế hoạch thành sổ Excel",
    "cli_workbook": "sổ của cơ quan ban hành (.xlsx)",
    "cli_output": "tệp bộ biểu mẫu sẽ ghi",
    "cli_export_output": "sổ Excel sẽ ghi",
    "criteria_sets": "Bộ tiêu chí: {count}",
    "plan_templates": "Khung kế hoạch: {count}",
    "pack_line": "  {id} phiên bản {version}: {title}",
    "errors": "Lỗi: {count}. Sửa hết các lỗi này rồi kiểm tra lại.",
    "warnings": "Lưu ý: {count}",
    "finding": "  {sheet}, ô {cell}: {message}",
    "finding_sheet": "  {sheet}: {message}",
    "sound": "Bộ tiêu chí {id} phiên bản {version} dùng được: {rows} dòng, tổng {total:number} điểm.",
    "sound_plan": (
        "Khung kế hoạch {id} phiên bản {version} dùng được: {tasks} nhiệm vụ, {targets} chỉ tiêu."
    ),
    "sound_other": "{title} ({id} phiên bản {version}) dùng được.",
    "written": "Đã ghi {name}.",
    "no_difference": "Hai bộ giống nhau.",
    "answer_error": "Mã {place}: {message}",
    "points": "{points:number}",
    "section_line": "{code} {label}: {points:number}/{max:number}",
    "row_line": "  {code} {label}: {points}/{max:number}. {told}",
    "total_line": "Tổng: {points:number}/{max:number} điểm",
    "open_line": "Còn {rows} dòng chưa chấm, {points:number} điểm",
    "final_line": (
        "Chỉ số {index:number}%, thưởng {bonus:number}, phạt {penalty:number}, điểm cuối cùng {final:number}"
    ),
    "class_line": "Xếp loại: {label}",
    "class_provisional": "Xếp loại tạm tính: {label}",
}
