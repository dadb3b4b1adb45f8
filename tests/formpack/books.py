"""Workbooks as an office would write them, made cell by cell with openpyxl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from cchc_desktop.formpack.compiler import Compilation, compile_workbook, is_wanted
from cchc_desktop.intake.workbook import parse_workbook

Rows = list[list[Any]]


def small_book() -> dict[str, Rows]:
    """A sound workbook of two sections, four rows and a bonus; rows and columns as lists."""
    return {
        "Thông tin": [
            ["Khóa", "Giá trị"],
            ["id", "thu-2026"],
            ["version", 1],
            ["title", "Bộ thử"],
            ["year", 2026],
            ["unit_kinds", "commune, department"],
            ["effective_from", "01/01/2026"],
            ["total_max", 10],
        ],
        "Tiêu chí": [
            [
                *("Khóa", "Mã", "Loại", "Tên", "Điểm tối đa", "Cách chấm", "Ngưỡng", "Mục tiêu"),
                *("Điểm mỗi lần", "Công thức", "Minh chứng", "Mẫu số bằng 0", "Không áp dụng", "Cho vượt"),
            ],
            ["muc_1", "1", "section", "Lĩnh vực 1", 6],
            ["ke_hoach", "1.1", "row", "Kế hoạch", 2, "choice", *[None] * 4, "Kế hoạch"],
            [
                "dung_han",
                "1.2",
                "row",
                "Đúng hạn",
                4,
                "ratio_threshold",
                "80%",
                *[None] * 3,
                "Kết xuất",
                "exclude",
            ],
            ["muc_2", "2", "section", "Lĩnh vực 2", 4],
            ["muc_21", "2.1", "group", "Nhóm 2.1", 4],
            ["bao_cao", "2.1.1", "row", "Báo cáo", 1, "deduction_count", None, None, 0.25, None, "Báo cáo"],
            [
                "cong_thuc",
                "2.1.2",
                "row",
                "Công thức",
                3,
                "formula",
                *[None] * 3,
                "if(y > 0, x / y, 0) * 3",
                "Bảng",
            ],
            ["thuong", "9.1", "bonus", "Thưởng", 2, None, None, None, 1, None, "Quyết định"],
        ],
        "Mức điểm": [
            ["Khóa", "Nhãn", "Từ", "Điểm"],
            ["ke_hoach", "Đủ", None, 2],
            ["ke_hoach", "Thiếu", None, "0,5"],
            ["cong_thuc", "x"],
            ["cong_thuc", "y"],
        ],
        "Xếp loại": [["Nhãn", "Từ"], ["Tốt", 80], ["Yếu", 0]],
        "Nhóm loại trừ": [["Mã", "Nhãn", "Tiêu chí"], ["khong_bc", "Không báo cáo", "2.1.1"]],
        "Kiểm thử": [
            ["Trường hợp", "Mã", "Số liệu", "Giá trị"],
            ["A", "1.1", "option", "Đủ"],
            ["A", "1.2", "numerator", 9],
            ["A", "1.2", "denominator", 10],
            ["A", "1.2", "points", "3,6"],
            ["A", "2.1.1", "count", 1],
            ["A", "2.1.2", "variables.x", 1],
            ["A", "2.1.2", "variables.y", 3],
            ["A", "TỔNG", "points", 7.35],
            ["A", "TỔNG", "class", "Yếu"],
        ],
    }


def book_bytes(sheets: Mapping[str, Sequence[Sequence[Any]]], edit: Any = None) -> bytes:
    """The sheets as .xlsx; `edit` may change the openpyxl workbook before it is saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if edit is not None:
        edit(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def compiled(content: bytes) -> Compilation:
    return compile_workbook(parse_workbook(content, "thu.xlsx", is_wanted))


def errors_of(sheets: Mapping[str, Sequence[Sequence[Any]]], edit: Any = None) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of every error."""
    return [(e.code, e.sheet, e.cell) for e in compiled(book_bytes(sheets, edit)).errors]


def warnings_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> list[tuple[str, str, str]]:
    return [(w.code, w.sheet, w.cell) for w in compiled(book_bytes(sheets)).warnings]
