"""The workbook that a room gets: the same bytes for the same content, drop-downs, locked heads, notes."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from cchc_desktop.documents.room_book import room_book
from cchc_desktop.documents.room_xlsx import write_room_book
from cchc_desktop.domain.plan import PlanContent
from cchc_desktop.domain.room_plan import PlanTables
from cchc_desktop.language import text
from cchc_desktop.services import plan, rooms, rounds
from tests.services.room_office import HEAD_ROW, ROOM, ROOMS, Desk, Sheet


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
