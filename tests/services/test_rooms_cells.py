"""What a room writes in a cell is read in whatever dress, or told by its cell and not taken over."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from openpyxl import load_workbook

from cchc_desktop.domain.room_merge import CellState, Choices
from cchc_desktop.errors import KnownError
from cchc_desktop.services import rooms
from tests.services.room_office import HEAD_ROW, Desk, Sheet, choices, differences


@pytest.mark.parametrize(
    ("name", "value", "found", "said"),
    [
        ("due", "31/02/2026", "31/02/2026", "không phải thời hạn đọc được"),
        ("due", "Quý V", "Quý V", "không phải thời hạn đọc được"),
        ("due", 46203, "46203", "không phải thời hạn đọc được"),
        ("done_on", "hôm qua", "hôm qua", "không phải ngày"),
        ("done_on", "29/02/2026", "29/02/2026", "không phải ngày"),
        ("done_on", "15/3", "15/3", "không phải ngày"),
        ("cost", "chưa rõ", "chưa rõ", "không phải số"),
        ("cost", "12 triệu", "12 triệu", "không phải số"),
        ("cost", -3, "-3", "là số âm"),
        ("cost", "=6*7", "=6*7", "công thức"),
        ("cost", "9" * 13, "9" * 13, "lớn hơn mức cao nhất"),
        ("percent", 101, "101", "lớn hơn mức cao nhất là 100"),
        ("percent", "33,5", "33,5", "không phải số nguyên"),
        ("state", "Xong rồi", "Xong rồi", "không có trong danh sách"),
        ("area", "Nội dung khác", "Nội dung khác", "không có trong danh sách"),
        ("title", None, "", "không được để trống"),
        ("product", "=1+1", "=1+1", "công thức"),
        ("product", True, "TRUE", "cần chữ"),
        ("product", "#N/A", "#N/A", "báo lỗi"),
        ("product", "x" * 10_001, "x" * 10_001, "dài 10.001 ký tự, quá mức 10.000"),
    ],
)
def test_a_value_that_cannot_be_one_is_told_by_its_cell(
    desk: Desk, name: str, value: object, found: str, said: str
) -> None:
    place, theirs, sentence = desk.fault(name, value)
    sheet = Sheet(load_workbook(desk.path)["Nhiệm vụ"])
    assert place == sheet.cell(desk.key, name).coordinate
    assert theirs == found
    assert said in sentence


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("due", date(2026, 6, 30), "30/06/2026"),
        ("due", "trong tháng 6", "trong tháng 6"),
        ("due", "theo chỉ đạo của tỉnh", "theo chỉ đạo của tỉnh"),
        ("cost", "1.250,5", "1250,5"),
        ("cost", 0, "0"),
        ("cost", None, ""),
        ("percent", 0.5, "50"),
        ("percent", "75 %", "75"),
        ("state", "đã hoàn thành", "Đã hoàn thành"),
        ("state", "DANG THUC HIEN", "Đang thực hiện"),
        ("done_on", "5-3-2026", "05/03/2026"),
        ("done_on", "2026-03-05", "05/03/2026"),
        ("product", "x" * 10_000, "x" * 10_000),
        ("product", "'Đề án số 5' / \"phụ lục\"; a|b\\c", "'Đề án số 5' / \"phụ lục\"; a|b\\c"),
        ("product", "=" + "không phải công thức", "=không phải công thức"),
        ("product", 2026, "2026"),
        ("lead", unicodedata.normalize("NFD", "Tổ công nghệ số"), "Tổ công nghệ số"),
        ("coworkers", None, ""),
    ],
)
def test_values_in_other_dress_are_read(desk: Desk, name: str, value: object, taken: str) -> None:
    def put(sheet: Sheet) -> None:
        sheet.put(desk.key, name, value)
        cell = sheet.cell(desk.key, name)
        if name == "percent" and isinstance(value, float):
            cell.number_format = "0%"
        if isinstance(value, str):
            cell.data_type = "s"

    returned = desk.returned(put)
    assert {cell[3] for cell in differences(returned).values()} == {taken}
    rooms.take_over(desk.profile, returned, choices(returned))
    assert rooms.preview(desk.profile, desk.path, desk.round_id).differing == ()


def test_nfd_text_that_says_the_same_is_no_change(desk: Desk) -> None:
    def decompose(sheet: Sheet) -> None:
        for line in sheet.sheet.iter_rows(min_row=HEAD_ROW):
            for cell in line:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)

    returned = desk.returned(decompose)
    assert (returned.differing, returned.findings) == ((), ())


def test_a_new_row_with_faults_is_shown_but_not_taken(desk: Desk) -> None:
    def add(sheet: Sheet) -> None:
        sheet.add(title="Việc thiếu nội dung", cost="nhiều")

    returned = desk.returned(add)
    (row,) = returned.differing
    assert {cell.column for cell in row.having(CellState.UNREADABLE)} == {"area", "cost"}
    assert choices(returned).rows == frozenset()
    with pytest.raises(KnownError, match="row_not_complete"):
        rooms.take_over(desk.profile, returned, Choices(rows=frozenset({(row.sheet, row.id)})))
