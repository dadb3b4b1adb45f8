"""A plan's whole year: a department's with 120 tasks of 10 rooms, a commune's with 40 of 5.

Template → rooms out → edited with openpyxl → back with two clashes → checks → issued → progress → suggestions
for rows 1.1.1–1.1.4 → next year's copy. Task n (from 0) is led by room n modulo the number of rooms; its time
is DUES[n modulo 4]; the two last ones are added by rooms in their workbooks. All figures are by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanIssue, Task, TaskState
from cchc_desktop.domain.plan_checks import Severity
from cchc_desktop.domain.plan_progress import Tally
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.room_merge import Choices, Prefer
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.language import render
from cchc_desktop.services import history, plan, progress, rooms, rounds, scoring, suggestions
from tests.services.room_office import Sheet, choices, edit, handed_out, office

DUES = ("31/03/2026", "Quý II", "Thường xuyên", "31/12/2026")
TODAY = date(2026, 12, 20)
ROWS = ("ke_hoach_ban_hanh", "ke_hoach_du_noi_dung", "ke_hoach_ro_trach_nhiem", "ke_hoach_hoan_thanh")


@dataclass(frozen=True)
class Case:
    """`left` are the tasks that stay unfinished and do not recur; points are those of rows 1.1.1–1.1.4."""

    unit: Unit
    tasks: int
    done: int
    issued_on: date
    tally: Tally
    per_room: tuple[Tally, ...]
    left: int
    options: tuple[str, str, str]
    points: tuple[str, str, str, str]

    @property
    def rooms(self) -> tuple[str, ...]:
        return self.unit.departments


# 97 of 120 are done. Of 97 … 119: 31/03 (n mod 4 = 0) 100, 104, 108, 112, 116 and quý II (1) 97, 101, 105,
# 109, 113, 117 are late, 11 in all; "thường xuyên" (2) are 98, 102, 106, 110, 114, 118; 31/12 (3) are 99,
# 103, 107, 111, 115, 119, eleven days ahead. So 23 are open and 23 - 6 = 17 of them a debt. Room r leads r,
# r+10 …: of its last three tasks (90+r, 100+r, 110+r) 90+r is done up to room 6.
DEPARTMENT = Case(
    Unit(
        UnitKind.DEPARTMENT,
        "Sở Khoa học và Công nghệ",
        "SKHCN",
        departments=tuple(f"Phòng chuyên môn số {number}" for number in range(1, 11)),
    ),
    tasks=120,
    done=97,
    issued_on=date(2026, 2, 5),  # six days after 30/01
    tally=Tally(total=120, done=97, late=11, near=6),
    per_room=(
        Tally(12, 10, 1, 0),  # 100 late, 110 recurs
        Tally(12, 10, 1, 1),  # 101 late, 111 near
        Tally(12, 10, 1, 0),  # 102 recurs, 112 late
        Tally(12, 10, 1, 1),  # 103 near, 113 late
        Tally(12, 10, 1, 0),  # 104 late, 114 recurs
        Tally(12, 10, 1, 1),  # 105 late, 115 near
        Tally(12, 10, 1, 0),  # 106 recurs, 116 late
        Tally(12, 9, 2, 1),  # 97 late, 107 near, 117 late
        Tally(12, 9, 1, 0),  # 98 recurs, 108 late, 118 recurs
        Tally(12, 9, 1, 2),  # 99 near, 109 late, 119 near
    ),
    left=17,
    options=("Quá hạn", "Đủ", "Đạt"),
    points=("0.5", "1", "1", "0.5"),  # 97/120 = 80,83 %: from 70 to 90 %
)
# 33 of 40 are done. Late: 36 (31/03), 33 and 37 (quý II); recurring: 34, 38; near: 35, 39. 7 - 2 = 5 a debt.
COMMUNE = Case(
    Unit(
        UnitKind.COMMUNE,
        "UBND xã Ea Kao",
        "XA-EA-KAO",
        departments=(
            "Văn phòng HĐND và UBND",
            "Phòng Kinh tế",
            "Phòng Văn hóa, Xã hội",
            "Công an xã",
            "Trạm Y tế",
        ),
    ),
    tasks=40,
    done=33,
    issued_on=date(2026, 2, 28),  # the last day
    tally=Tally(total=40, done=33, late=3, near=2),
    per_room=(
        Tally(8, 7, 0, 1),  # 35 near
        Tally(8, 7, 1, 0),  # 36 late
        Tally(8, 7, 1, 0),  # 37 late
        Tally(8, 6, 1, 0),  # 33 late, 38 recurs
        Tally(8, 6, 0, 1),  # 34 recurs, 39 near
    ),
    left=5,
    options=("Đúng hạn (chậm nhất ngày 28/02)", "Đủ nhiệm vụ và có kinh phí", "Đạt"),
    points=("1", "1", "0.5", "1.24"),  # 33/40 = 82,5 %, above the threshold of 80 %: 1,5 × 0,825 = 1,2375
)


def title(number: int) -> str:
    return f"Nhiệm vụ {number:03d} năm 2026"


class Year:
    """The office of one case and what it does through the year."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.profile, self.round_id = office(folder / "p", case.unit)

    def plan(self) -> Plan:
        return plan.plan(self.profile, self.round_id)

    def ids(self) -> dict[int, str]:
        """The tasks' ids by their number."""
        return {int(task.title.split()[2]): task.id for task in self.plan().tasks}

    def task(self, number: int) -> Task:
        return next(task for task in self.plan().tasks if task.title == title(number))

    def room(self, number: int) -> str:
        return self.case.rooms[number % len(self.case.rooms)]

    def write_plan(self) -> None:
        """From the template: its targets, and its first tasks, made the unit's own; the rest is typed."""
        untaken = plan.untaken_presets(self.profile, self.round_id)
        targets = [preset.key for preset in untaken if isinstance(preset, PresetTarget)]
        first = [preset.key for preset in untaken if isinstance(preset, PresetTask)][:16]
        plan.take_presets(self.profile, self.round_id, [*targets, *first])
        taken = [task.id for task in self.plan().tasks]
        areas = [area.key for area in self.plan().template.areas]
        typed = self.case.tasks - 2
        for number in range(typed):
            fields = {
                "title": title(number),
                "lead": self.room(number),
                "coworkers": self.room(6) if number == 5 else "",
                "due": DUES[number % 4],
                "product": "",
            }
            if number < len(taken):
                plan.update_task(self.profile, taken[number], **fields)
            else:
                plan.add_task(self.profile, self.round_id, areas[number % len(areas)], **fields)
        plan.set_text(self.profile, self.round_id, "budget", "Kinh phí thực hiện: 316 triệu đồng.")

    def fill(self, room: int, path: Path) -> None:
        """Room `room` writes the product of each task it leads; two rooms add a task of their own."""
        ids, count = self.ids(), len(self.case.rooms)
        area = self.plan().template.areas[0]

        def write(sheet: Sheet) -> None:
            for number, id_ in ids.items():
                if number % count == room:
                    sheet.put(id_, "product", f"Báo cáo {number:03d}")
            if room == 0:
                sheet.put(ids[0], "due", "15/04/2026")
            if room == 6 % count:
                sheet.put(ids[5], "product", "Ý kiến phối hợp")
            for number in (self.case.tasks - 2, self.case.tasks - 1):
                if number % count == room:
                    sheet.add(
                        area=f"{area.code} {area.short_title}",
                        title=title(number),
                        product=f"Báo cáo {number:03d}",
                        due=DUES[number % 4],
                    )

        edit(path, write)

    def clashes(self, returned: RoomReturn) -> set[tuple[str, str, str, str]]:
        return {
            (row.name, cell.column, cell.ours, cell.theirs)
            for row in returned.rows
            for cell in row.cells
            if cell.state.value == "clash"
        }

    def go_through_rooms(self) -> list[tuple[str, str, str, str]]:
        """Out, edited, back. Meanwhile the focal point moves task 0; rooms 5 and 6 both write on task 5."""
        paths = handed_out(self.profile, self.round_id, self.folder / "ra", *self.case.rooms)
        assert len(paths) == len(self.case.rooms)
        for room, path in enumerate(paths):
            self.fill(room, path)
        plan.update_task(self.profile, self.ids()[0], due="30/04/2026")
        met = []
        for room in self._order():
            returned = rooms.preview(self.profile, paths[room], self.round_id)
            assert returned.findings == ()
            found = self.clashes(returned)
            met += sorted(found)
            prefer = Prefer.OURS if found else Prefer.NONE
            chosen: Choices = choices(returned, prefer)
            rooms.take_over(self.profile, returned, chosen)
        return met

    def _order(self) -> list[int]:
        """The lead of task 5 comes back before its co-worker."""
        count = len(self.case.rooms)
        rest = [room for room in range(count) if room not in (5 % count, 6 % count)]
        return [5 % count, *rest, 6 % count]


@pytest.fixture(params=(DEPARTMENT, COMMUNE), ids=("department", "commune"))
def year(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Year]:
    made = Year(request.param, tmp_path)
    with made.profile:
        yield made


def test_a_plan_goes_the_whole_way_through_its_year(year: Year) -> None:
    case, profile, round_id = year.case, year.profile, year.round_id
    year.write_plan()
    assert len(year.plan().tasks) == case.tasks - 2

    # Rooms: everything they wrote is in the plan, and both clashes were met.
    met = year.go_through_rooms()
    assert sorted(met) == [
        (title(0), "due", "30/04/2026", "15/04/2026"),
        (title(5), "product", "Báo cáo 005", "Ý kiến phối hợp"),
    ]
    tasks = year.plan().tasks
    assert len(tasks) == case.tasks
    assert sorted(task.product for task in tasks) == [f"Báo cáo {n:03d}" for n in range(case.tasks)]
    assert (year.task(0).due, year.task(case.tasks - 1).lead) == ("30/04/2026", year.room(case.tasks - 1))

    # Checks: only that it is not issued yet.
    found = plan.findings(profile, round_id)
    assert [finding.message.id for finding in found if finding.severity is Severity.ERROR] == []
    assert "plan.not_issued" in {finding.message.id for finding in found}
    assert ROWS[0] not in suggestions.suggestions(profile, round_id, TODAY), "it may still be issued"
    plan.set_issue(profile, round_id, PlanIssue("06/KH", case.issued_on))
    late = "plan.issued_late" in {finding.message.id for finding in plan.findings(profile, round_id)}
    assert late is (case is DEPARTMENT)

    # Progress.
    ids = year.ids()
    progress.set_state(profile, [ids[n] for n in range(case.done)], TaskState.DONE, date(2026, 11, 30))
    progress.set_percent(profile, [ids[case.done]], 60, TODAY)
    stands = progress.progress(profile, round_id, TODAY)
    assert stands.total == case.tally
    assert dict(stands.by_lead) == dict(zip(case.rooms, case.per_room, strict=True))
    assert year.task(case.done).state is TaskState.DOING
    assert not any(line.faults for line in stands.lines)

    # Suggestions, taken over only when the user agrees, and undone like any edit.
    offered = suggestions.suggestions(profile, round_id, TODAY)
    assert tuple(offered[row].entry.get("option") for row in ROWS[:3]) == case.options
    assert offered[ROWS[3]].entry == {"numerator": str(case.done), "denominator": str(case.tasks)}
    ground = render(offered[ROWS[3]].ground)
    assert ground == f"{case.done}/{case.tasks} nhiệm vụ hoàn thành — theo kế hoạch năm 2026"
    assert scoring.sheet(profile, round_id).answers == {}, "nothing is entered by itself"
    for row in ROWS:
        scoring.set_answer(profile, round_id, row, offered[row].entry)
    sheet = scoring.sheet(profile, round_id)
    points = tuple(sheet.score.rows[sheet.criteria.by_key[row].code].points for row in ROWS)
    assert points == tuple(Decimal(one) for one in case.points)
    history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).answer(ROWS[3]).entry is None

    # Next year: what was left unfinished, and the targets from where they stood.
    record = year.plan().record
    assert record is not None
    criteria = scoring.sheet(profile, round_id).criteria
    _changes, new = rounds.start_year(
        profile, 2027, round_id, PackRef(criteria.id, criteria.version), record.template
    )
    ((earlier, left),) = plan.left_over(profile, new.id)
    assert (earlier.id, len(left)) == (round_id, case.left)
    targets = year.plan().targets
    plan.take_from_year(
        profile, new.id, round_id, [*(task.id for task in left), *(target.id for target in targets)]
    )
    copied = plan.plan(profile, new.id)
    assert {task.carried_from for task in copied.tasks} == {2026}
    assert len(copied.tasks) == case.left
    assert all("năm 2027" in task.title and "2026" not in task.due for task in copied.tasks)
    assert all(task.state is TaskState.NOT_STARTED and task.percent is None for task in copied.tasks)
    assert sorted(one.baseline for one in copied.targets) == sorted(one.value for one in targets)
    assert plan.left_over(profile, new.id) == ()
    history.undo(profile, new.id)
    assert (plan.plan(profile, new.id).tasks, plan.plan(profile, new.id).targets) == ((), ())
