"""Rescue of a damaged profile: what is said, and the words of the exported workbook."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "nothing": (
        "Không đọc được năm đánh giá nào từ dữ liệu hỏng. Khôi phục từ bản sao lưu; nếu không có, giữ nguyên thư mục "
        "này và nhờ người có chuyên môn."
    ),
    "not_written": 'Không ghi được tệp xuất vào "{folder}". Chọn thư mục khác rồi thử lại.',
    "step_reading": "Đọc những gì còn đọc được",
    "step_writing": "Ghi tệp xuất",
    "file_stem": "Dữ liệu cứu được",
    "sheet_report": "Tình trạng",
    "report_title": "Dữ liệu đọc được từ hồ sơ hỏng",
    "report_subject": "Nội dung",
    "report_rows": "Số mục đọc được",
    "report_journal": "Dòng nhật ký đọc được",
    "report_spoilt": "Dòng nhật ký đã bị sửa: {rows:list}",
}
