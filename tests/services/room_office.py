"""A unit with ten rooms and a plan, its workbooks, and a hand that edits them as a room would."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cchc_desktop.domain.room_merge import CellState, Choices, Prefer, RowState, advised
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.language import render
from cchc_desktop.services import packs, plan, rooms, rounds
from cchc_desktop.services.profile import Profile, create_profile

ROOMS = ("Văn phòng", "Văn phòng Đảng ủy", "Phòng Văn hóa, Xã hội", "Phòng Kinh tế")
ROOM = "Phòng Kinh tế"
"""The one whose workbook `Desk` has."""
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", departments=ROOMS)
HEAD_ROW = 4


def office(folder: Path, unit: Unit = UNIT) -> tuple[Profile, str]:
    criteria, template = packs.for_unit_kind(unit.kind, 2026)
    profile = create_profile(folder, unit, 2026, criteria, template, "Đầu mối")
    return profile, rounds.rounds(profile)[0].id


def small_plan(profile: Profile, round_id: str) -> dict[str, str]:
    """Three tasks and a target; their ids by title."""
    areas = [area.key for area in plan.plan(profile, round_id).template.areas]
    made = {}
    for title, area, lead, coworkers in (
        ("Rà soát thủ tục", areas[1], "Phòng Kinh tế", "Văn phòng; Phòng Văn hóa, Xã hội"),
        ("Công khai kết quả", areas[1], "Văn phòng", "Phòng Kinh tế"),
        ("Tuyên truyền", areas[0], "Phòng Văn hóa, Xã hội", "Văn phòng Đảng ủy"),
    ):
        _changes, task = plan.add_task(
            *(profile, round_id, area),
            title=title,
            product="Báo cáo",
            lead=lead,
            coworkers=coworkers,
            due="Quý II",
            cost=Decimal("12.50"),
        )
        made[title] = task.id
    _changes, target = plan.add_target(
        profile, round_id, areas[1], title="Hồ sơ đúng hạn", unit="%", value="98"
    )
    made[target.title] = target.id
    return made


def handed_out(profile: Profile, round_id: str, folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    return list(rooms.hand_out(profile, round_id, names, folder)[1])


class Sheet:
    """A table of a returned workbook, its cells by row key and column."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def column(self, name: str) -> int:
        marks = self.sheet[HEAD_ROW - 1]
        return next(cell.column for cell in marks if str(cell.value).endswith(f":{name}"))

    def row(self, key: str) -> int:
        return next(cell.row for cell in self.sheet["A"] if cell.value == key)

    def cell(self, key: str, name: str) -> Any:
        return self.sheet.cell(self.row(key), self.column(name))

    def put(self, key: str, name: str, value: object) -> str:
        """Set a cell; gives its place ("E5")."""
        cell = self.cell(key, name)
        cell.value = value
        return str(cell.coordinate)

    def free_row(self) -> int:
        title = self.column("title")
        return next(row for row in range(HEAD_ROW + 1, 500) if self.sheet.cell(row, title).value is None)

    def add(self, **values: object) -> int:
        row = self.free_row()
        for name, value in values.items():
            self.sheet.cell(row, self.column(name)).value = value
        return row


def edit(path: Path, change: Callable[[Sheet], object], sheet: str = "Nhiệm vụ") -> None:
    book = load_workbook(path)
    change(Sheet(book[sheet]))
    book.save(path)


def states(returned: RoomReturn) -> dict[str, RowState]:
    """Name → state of all rows that differ."""
    return {row.name: row.state for row in returned.differing}


def differences(returned: RoomReturn) -> dict[tuple[str, str], tuple[str, str, str, str]]:
    """(row, column) → (state, base, ours, theirs) of all cells that differ."""
    return {
        (row.name, cell.column): (cell.state.value, cell.base, cell.ours, cell.theirs)
        for row in returned.differing
        for cell in row.cells
        if cell.state.value != "same"
    }


def choices(returned: RoomReturn, prefer: Prefer = Prefer.NONE) -> Choices:
    return advised(returned.rows, prefer)


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
