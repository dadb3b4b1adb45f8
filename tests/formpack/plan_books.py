"""Plan workbooks as an office would write them, made cell by cell with openpyxl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cchc_desktop.formpack.plan_compiler import PlanCompilation, compile_plan, is_plan_sheet
from cchc_desktop.intake.workbook import parse_workbook
from tests.formpack.books import Rows, book_bytes


def small_plan() -> dict[str, Rows]:
    """A sound workbook: five sections, two areas, two tasks, two targets, a line of each other sheet."""
    return {
        "Thông tin": [
            ["Khóa", "Giá trị"],
            ["id", "ke-hoach-thu"],
            ["version", 2],
            ["title", "Khung thử"],
            ["kind", "Kế hoạch năm"],
            ["unit_kinds", "xã, sở"],
            ["effective_from", "01/01/2026"],
            ["criteria_set", "xa-mau-2026"],
        ],
        "Các phần": [
            ["Khóa", "Mã", "Tên", "Loại", "Nội dung mẫu", "Đơn vị áp dụng"],
            ["muc_dich", "1", "Mục đích", "lời văn", "Của xã {unit} năm {year}.", "xã"],
            ["muc_dich", "1", "Mục đích", "text", "Của sở {unit} năm {year}.", "department"],
            ["chi_tieu", "2", "Chỉ tiêu", "chỉ tiêu"],
            ["nhiem_vu", "3", "Nhiệm vụ", "nhiệm vụ"],
            ["kinh_phi", "4", "Kinh phí", "kinh phí"],
        ],
        "Lĩnh vực": [
            ["Khóa", "Mã", "Tên", "Tên ngắn", "Bắt buộc"],
            ["chi_dao", "A", "Chỉ đạo, điều hành", "Chỉ đạo"],
            ["the_che", "B.1", "Cải cách thể chế", "Thể chế", "không"],
        ],
        "Nhiệm vụ": [
            ["Khóa", "Lĩnh vực", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời gian", "Tiêu chí", "Khẩu hiệu"],
            ["hop", "chi_dao", "Họp giao ban", "Thông báo", "Văn phòng", "Hằng tháng", "k_1, k_2"],
            ["ra_soat", "B.1", "Rà soát văn bản", "Báo cáo", "Văn phòng", "30/06/{year}", None, "4 tăng"],
        ],
        "Chỉ tiêu": [
            ["Khóa", "Lĩnh vực", "Chỉ tiêu", "Đơn vị tính", "Giá trị", "Tăng mỗi năm", "Năm gốc", "Giới hạn"],
            ["so_hoa", "chi_dao", "Số hóa", "%", "≥ 15", 20, 2021, 100],
            ["van_ban", "the_che", "Văn bản đúng trình tự", "%", 100],
        ],
        "Thời hạn": [
            ["Khóa", "Việc", "Tên", "Ngày", "Tháng", "Nơi nhận", "Từ ngày"],
            ["ban_hanh", "kế hoạch", "Ban hành", 28, 2, "{superior} (qua {via})", "01/07/2025"],
        ],
        "Nơi gửi": [
            ["Loại kế hoạch", "Gửi đến", "Qua", "Từ ngày", "Đến ngày"],
            ["kế hoạch năm", "{superior}", "Sở Nội vụ", "2025-07-01", None],
            ["năng lực cạnh tranh", "{superior}", "Sở Tài chính", "2025-07-01", None],
        ],
        "Căn cứ": [
            ["Văn bản", "Từ ngày", "Đến ngày", "Đưa sẵn vào"],
            ["Nghị quyết số 76/NQ-CP", "15/07/2021", "31/12/2030"],
            ["Văn bản cũ", None, "31/12/2020", "không"],
        ],
        "Nơi nhận": [["Nơi nhận"], ["{superior};"], ["Lưu: VT."]],
        "Bộ phận": [["Bộ phận"], ["Văn phòng"]],
        "Cơ quan": [
            ["Tên", "Đến ngày", "Thay bằng"],
            ["Sở Kế hoạch và Đầu tư", "28/02/2025", "Sở Tài chính"],
        ],
        "Kiểm tra": [["Việc kiểm tra", "Mức"], ["kinh phí", "bỏ qua"]],
        "Gợi ý chấm điểm": [
            ["Tiêu chí", "Câu hỏi", "Kết quả", "Mức điểm"],
            ["k_1", "ban hành đúng hạn", "đúng hạn", "Đúng hạn"],
            ["k_2", "tỷ lệ nhiệm vụ hoàn thành"],
        ],
        "Đổi khóa": [["Cũ", "Mới", "Từ phiên bản"], ["hop_cu", "hop", 2], ["da_bo", None, 2]],
    }


def compiled(content: bytes) -> PlanCompilation:
    return compile_plan(parse_workbook(content, "thu.xlsx", is_plan_sheet))


def plan_of(sheets: Mapping[str, Sequence[Sequence[Any]]], edit: Any = None) -> PlanCompilation:
    return compiled(book_bytes(sheets, edit))
