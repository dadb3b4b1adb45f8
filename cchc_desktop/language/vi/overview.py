"""What is left to do, on the overview."""

TEXTS: dict[str, str] = {
    "plan_errors": "Sửa {count} lỗi của kế hoạch",
    "late_tasks": "{count} nhiệm vụ của kế hoạch đã quá hạn",
    "near_tasks": "{count} nhiệm vụ của kế hoạch sắp đến hạn",
    "late_task": "{title} · hạn {due:date}",
    "open_row": "Chấm điểm: {label}",
    "answer_error": "Sửa số liệu: {label}",
    "no_evidence": "Bổ sung minh chứng: {label}",
    "lost_points": "Lấy lại điểm: {label}",
    "row_open": "{code} · chưa nhập số liệu",
    "row_partly": "{code} · chưa nhập đủ số liệu",
    "row_fault": "{code} · {fault}",
    "evidence_wanted": "{code} · chưa có tệp; cần: {evidence}",
    "evidence_none": "{code} · chưa có tệp minh chứng",
    "reached": "{code} · mới đạt {numerator:number}/{denominator:number}",
    "points_lost": "{code} · đang mất {lost:points} điểm",
}
