"""What comes back is foreign: every oddity is told by its cell, and what can't be read changes nothing."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cchc_desktop.documents.room_book import room_book
from cchc_desktop.documents.room_xlsx import write_room_book
from cchc_desktop.domain.plan import PlanContent, TaskState
from cchc_desktop.domain.room_merge import CellState, Choices, RowState
from cchc_desktop.domain.room_plan import PlanTables
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import plan, rooms, rounds
from cchc_desktop.services.profile import Profile
from tests.services.room_office import (
    HEAD_ROW,
    ROOMS,
    Sheet,
    choices,
    differences,
    edit,
    handed_out,
    office,
    small_plan,
    states,
)

ROOM = "Phòng Kinh tế"


class Desk:
    """A profile, its tasks' ids by title, and a workbook that ROOM got."""

    def __init__(self, profile: Profile, round_id: str, folder: Path) -> None:
        self.profile, self.round_id = profile, round_id
        self.ids = small_plan(profile, round_id)
        self.key = self.ids["Rà soát thủ tục"]
        (self.path,) = handed_out(profile, round_id, folder, ROOM)

    def returned(self, change: Callable[[Sheet], object]) -> RoomReturn:
        edit(self.path, change)
        return rooms.preview(self.profile, self.path, self.round_id)

    def fault(self, name: str, value: object) -> tuple[str, str, str]:
        """What is said of a value in the task's cell: (place, what was found, the sentence)."""
        returned = self.returned(lambda sheet: sheet.put(self.key, name, value))
        (row,) = returned.differing
        (cell,) = row.having(CellState.UNREADABLE)
        assert row.state is RowState.UNREADABLE
        assert cell.fault is not None
        before = plan.plan(self.profile, self.round_id)
        rooms.take_over(self.profile, returned, choices(returned))
        assert plan.plan(self.profile, self.round_id) == before
        return cell.place, cell.theirs, render(cell.fault)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile, round_id = office(tmp_path / "p")
    with profile:
        yield Desk(profile, round_id, tmp_path / "ra")


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


def told(returned: RoomReturn) -> str:
    return " ".join(render(finding) for finding in returned.findings)


def test_a_deleted_column_changes_nothing_and_is_told(desk: Desk) -> None:
    returned = desk.returned(lambda sheet: sheet.sheet.delete_cols(sheet.column("product")))
    assert returned.differing == ()
    assert told(returned) == (
        "Bảng “Nhiệm vụ” thiếu cột Kết quả, sản phẩm. Nội dung các cột đó được giữ nguyên."
    )


def test_columns_in_another_order_and_a_strange_one(desk: Desk) -> None:
    def turn(sheet: Sheet) -> None:
        own, due, product = sheet.sheet, sheet.column("due"), sheet.column("product")
        for row in range(1, own.max_row + 1):
            left, right = own.cell(row, due), own.cell(row, product)
            left.value, right.value = right.value, left.value
        own.cell(HEAD_ROW, 20).value = "Ý kiến"
        own.cell(HEAD_ROW + 1, 20).value = "đồng ý"

    returned = desk.returned(turn)
    assert returned.differing == ()
    assert told(returned) == "Bảng “Nhiệm vụ” có cột lạ “Ý kiến” (cột T). Cột này không được đọc."


def test_without_the_marks_the_heads_tell_the_columns(desk: Desk) -> None:
    def strip(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        sheet.sheet.delete_rows(HEAD_ROW - 1)

    returned = desk.returned(strip)
    # The heads of the key column say nothing then: rows are known by their names.
    assert differences(returned) == {("Rà soát thủ tục", "due"): ("changed", "Quý II", "Quý II", "Quý IV")}
    assert "mất cột mã dòng" in told(returned)


def test_without_keys_rows_are_known_by_name(desk: Desk) -> None:
    def strip(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        other = desk.ids["Công khai kết quả"]
        sheet.put(other, "title", "Công khai mọi kết quả")
        sheet.sheet.delete_cols(1)

    returned = desk.returned(strip)
    assert states(returned) == {
        "Rà soát thủ tục": RowState.CHANGED,
        "Công khai kết quả": RowState.MISSING,
        "Công khai mọi kết quả": RowState.ADDED,
    }
    # A row that may be an old one under another name is not advised.
    assert choices(returned).rows == frozenset()


def test_a_copied_row_is_offered_as_new_and_the_original_stays(desk: Desk) -> None:
    def copy(sheet: Sheet) -> None:
        row, free = sheet.row(desk.key), sheet.free_row()
        for cell in sheet.sheet[row]:
            sheet.sheet.cell(free, cell.column).value = cell.value
        sheet.sheet.cell(row, sheet.column("title")).value = "Việc khác"

    returned = desk.returned(copy)
    (added,) = (row for row in returned.differing if row.state is RowState.ADDED)
    # The line that nobody changed is the original, wherever it stands.
    assert added.name == "Việc khác"
    assert "Mã dòng này còn có ở hàng" in render(added.remarks[0])
    assert choices(returned).rows == frozenset()
    assert returned.count(RowState.CHANGED) == 0


def test_merged_cells_lose_nothing(desk: Desk) -> None:
    other = desk.ids["Công khai kết quả"]
    rows: list[int] = []

    def merge(sheet: Sheet) -> None:
        rows[:] = sorted((sheet.row(desk.key), sheet.row(other)))
        column = sheet.column("product")
        sheet.sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)

    returned = desk.returned(merge)
    (row,) = returned.differing
    (cell,) = row.having(CellState.UNREADABLE)
    assert cell.column == "product"
    assert "bị gộp với ô" in render(cell.fault)  # type: ignore[arg-type]
    rooms.take_over(desk.profile, returned, choices(returned))
    assert {one.product for one in plan.plan(desk.profile, desk.round_id).tasks} == {"Báo cáo"}


def test_hidden_rows_are_read_and_told(desk: Desk) -> None:
    def hide(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        sheet.sheet.row_dimensions[sheet.row(desk.key)].hidden = True

    returned = desk.returned(hide)
    assert states(returned) == {"Rà soát thủ tục": RowState.CHANGED}
    assert "có hàng bị ẩn" in told(returned)


def test_a_new_row_with_faults_is_shown_but_not_taken(desk: Desk) -> None:
    def add(sheet: Sheet) -> None:
        sheet.add(title="Việc thiếu nội dung", cost="nhiều")

    returned = desk.returned(add)
    (row,) = returned.differing
    assert {cell.column for cell in row.having(CellState.UNREADABLE)} == {"area", "cost"}
    assert choices(returned).rows == frozenset()
    with pytest.raises(KnownError, match="row_not_complete"):
        rooms.take_over(desk.profile, returned, Choices(rows=frozenset({(row.sheet, row.id)})))


def test_a_sheet_that_is_gone_or_endless_changes_nothing(desk: Desk) -> None:
    book = load_workbook(desk.path)
    del book["Chỉ tiêu"]
    sheet = book["Nhiệm vụ"]
    for row in range(HEAD_ROW + 100, HEAD_ROW + 5_200):
        sheet.cell(row, 5).value = "x"
    book.save(desk.path)
    returned = rooms.preview(desk.profile, desk.path, desk.round_id)
    assert returned.differing == ()
    assert "“Nhiệm vụ” có quá nhiều hàng" in told(returned)
    assert "Không tìm thấy bảng “Chỉ tiêu”" in told(returned)


# --- unchanged and permuted workbooks -----------------------------------------------------------------

_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(
        [
            "=1+1",
            "-5",
            "+84",
            "@a",
            "#N/A",
            "_x0041_",
            "a\tb",
            " x ",
            "\u00a0y",
            "1,5",
            "30/06/2026",
            "'q",
            "TRUE",
        ]
    ),
)
_TASK = st.fixed_dictionaries(
    {
        "title": _TEXT,
        "product": _TEXT,
        "coworkers": _TEXT,
        "due": _TEXT,
        "cost_source": _TEXT,
        "cost": st.one_of(
            st.none(),
            st.decimals(min_value=0, max_value=10**11, places=3),
            st.just(Decimal("123456789012.123456")),
        ),
        "state": st.sampled_from(TaskState),
        "done_on": st.one_of(st.none(), st.dates(min_value=date(1890, 1, 1), max_value=date(2090, 1, 1))),
        "percent": st.one_of(st.none(), st.integers(0, 100)),
    }
)


def _permuted(path: Path, seed: int) -> None:
    """All rows of all tables in another order, free rows too."""
    book = load_workbook(path)
    for sheet in (book["Nhiệm vụ"], book["Chỉ tiêu"]):
        rows = [
            [(cell.value, cell.data_type, cell.number_format) for cell in line]
            for line in sheet.iter_rows(min_row=HEAD_ROW + 1)
        ]
        Random(seed).shuffle(rows)
        for number, row in enumerate(rows, HEAD_ROW + 1):
            for column, (value, kind, look) in enumerate(row, 1):
                cell: Any = sheet.cell(number, column)
                cell.value, cell.number_format = value, look
                if kind == "s":
                    cell.data_type = "s"
    book.save(path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=st.lists(_TASK, min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_unchanged_and_permuted_rows_have_no_difference(
    tmp_path_factory: pytest.TempPathFactory, tasks: list[dict[str, Any]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("hoán vị")
    profile, round_id = office(folder / "p")
    with profile:
        small_plan(profile, round_id)
        area = plan.plan(profile, round_id).template.areas[0].key
        for fields in tasks:
            plan.add_task(profile, round_id, area, lead=ROOM, **fields)
        (path,) = handed_out(profile, round_id, folder / "ra", ROOM)
        unchanged = rooms.preview(profile, path, round_id)
        assert [differences(unchanged), unchanged.differing, unchanged.findings] == [{}, (), ()]
        _permuted(path, seed)
        permuted = rooms.preview(profile, path, round_id)
        assert [differences(permuted), permuted.differing, permuted.findings] == [{}, (), ()]


@pytest.mark.slow
def test_libreoffice_saves_it_anew_without_a_difference(desk: Desk, tmp_path: Path) -> None:
    area = plan.plan(desk.profile, desk.round_id).template.areas[0].key
    for title in ("=1+1", "Dòng một\nDòng hai", '\'q / "x"', "1,5", "30/06/2026", "TRUE", "_x0041_"):
        plan.add_task(desk.profile, desk.round_id, area, title=title, product=title, lead=ROOM, due=title)
    (path,) = handed_out(desk.profile, desk.round_id, tmp_path / "ra2", ROOM)
    every = {ROOM: [row.key for row in rooms.figure_rows(desk.profile, desk.round_id)]}
    _changes, (figures,) = rooms.hand_out_figures(desk.profile, desk.round_id, every, tmp_path / "ra2")
    out = tmp_path / "lưu lại"
    done = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "xlsx"),
            *("--outdir", str(out), str(path), str(figures)),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for file in (path, figures):
        saved = out / file.name
        assert saved.read_bytes() != file.read_bytes()
        returned = rooms.preview(desk.profile, saved, desk.round_id)
        assert [differences(returned), returned.differing, returned.findings] == [{}, (), ()]


def test_the_same_content_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    written = plan.plan(desk.profile, desk.round_id)
    areas = written.template.areas
    maker = PlanTables(areas, (ROOM,), 2026, lambda name: text(f"rooms.{name}"))
    handout = rooms.preview(desk.profile, desk.path).handout
    of_round = rounds.round_of(desk.profile, desk.round_id)
    content = PlanContent({}, written.targets, written.tasks)
    for name in ("a.xlsx", "b.xlsx"):
        write_room_book(tmp_path / name, room_book(of_round, handout, maker.tables(ROOM, content)))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_drop_downs_locked_heads_and_notes(desk: Desk) -> None:
    book = load_workbook(desk.path)
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Nhiệm vụ", "visible"),
        ("Chỉ tiêu", "visible"),
        ("Hướng dẫn", "visible"),
        ("_cchc", "hidden"),
        ("_ds", "hidden"),
    ]
    own = book["Nhiệm vụ"]
    sheet = Sheet(own)
    assert own.protection.sheet
    assert own.protection.password is None
    assert own.column_dimensions["A"].hidden
    assert own.row_dimensions[HEAD_ROW - 1].hidden
    assert own.freeze_panes == f"C{HEAD_ROW + 1}"
    assert own.cell(HEAD_ROW, 5).protection.locked
    assert own.cell(sheet.row(desk.key), 1).protection.locked
    assert not sheet.cell(desk.key, "title").protection.locked

    def choices_of(name: str) -> tuple[list[str], bool, str]:
        place = sheet.cell(desk.key, name).coordinate
        rule = next(one for one in own.data_validations.dataValidation if place in one.sqref)
        listed, _mark, block = rule.formula1.partition("!")
        values = [cell.value for (cell,) in book[listed][block.replace("$", "")]]
        return values, bool(rule.showErrorMessage), rule.prompt

    assert choices_of("state")[0] == ["Chưa thực hiện", "Đang thực hiện", "Đã hoàn thành"]
    assert choices_of("state")[1]
    assert choices_of("lead")[0] == list(ROOMS)
    assert not choices_of("lead")[1]
    assert choices_of("due")[0][:2] == ["Quý I", "Quý II"]
    assert choices_of("area")[0][0].startswith("A ")
    assert choices_of("coworkers")[2] == "Chọn trong danh sách, hoặc gõ nhiều tên cách nhau bằng dấu phẩy."
