"""What is left and what is due, on a real profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.calendar import EntryState
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.todo import TodoKind
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.language import render
from cchc_desktop.services import evidence, overview, packs, plan, rounds, scoring
from cchc_desktop.services.profile import Profile, create_profile

UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk")


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    with create_profile(tmp_path / "p", UNIT, 2026, criteria, template) as opened:
        yield opened


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


def key_of(code: str) -> str:
    return packs.newest_criteria_set("xa-mau-2026").by_code[code].key


def test_a_new_year_begins_with_the_plan(profile: Profile, round_id: str) -> None:
    today = date(2026, 2, 12)
    found = overview.overview(profile, round_id, today)
    first, second = found.todo[:2]
    assert (first.kind, first.due, first.days_left) == (TodoKind.PLAN_ERROR, date(2026, 2, 28), 16)
    assert render(first.message) == "Sửa 16 lỗi của kế hoạch"
    assert second.kind is TodoKind.OPEN_ROW
    # 56 rows, of which one is the appraiser's; the largest stands first
    rows = [item for item in found.todo if item.kind is TodoKind.OPEN_ROW]
    assert len(rows) == 55
    assert (rows[0].code, rows[0].points) == ("3.3.1", Decimal(5))
    assert sum((item.points for item in rows if item.points is not None), Decimal(0)) == Decimal(88)
    assert found.next_deadline is not None
    assert (found.next_deadline.subject, found.next_deadline.days_left) == ("plan", 16)
    assert overview.todo(profile, round_id, today) == found.todo
    assert overview.calendar(profile, round_id, today) == found.calendar
    assert overview.next_deadline(profile, round_id, today) == found.next_deadline


def test_an_answer_a_file_and_an_issue_take_their_items_away(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    today = date(2026, 12, 7)
    key = key_of("3.3.1")

    def items(code: str) -> list[tuple[TodoKind, Decimal | None]]:
        return [(i.kind, i.points) for i in overview.todo(profile, round_id, today) if i.code == code]

    assert items("3.3.1") == [(TodoKind.OPEN_ROW, Decimal(5))]
    scoring.set_answer(profile, round_id, key, {"numerator": "2847", "denominator": "2913"})
    # 2847 / 2913 × 5 = 4.8867, so 4.89
    assert items("3.3.1") == [(TodoKind.NO_EVIDENCE, Decimal("4.89"))]
    proof = tmp_path / "kết xuất.txt"
    proof.write_text("đúng hạn 2.847/2.913", encoding="utf-8")
    evidence.add(profile, round_id, proof, EvidenceRecord(number="1/BC"), [EvidenceLink(LinkKind.ROW, key)])
    assert items("3.3.1") == [(TodoKind.LOST_POINTS, Decimal("0.11"))]
    assert items("plan") == [(TodoKind.DEADLINE, None)]
    plan.set_issue(profile, round_id, PlanIssue("14/KH-UBND", date(2026, 2, 12)))
    assert items("plan") == []


def test_the_calendar_of_the_year(profile: Profile, round_id: str) -> None:
    plan.set_issue(profile, round_id, PlanIssue("14/KH-UBND", date(2026, 3, 2)))
    found = overview.calendar(profile, round_id, date(2026, 12, 7))
    assert [(e.subject, e.due, e.state) for e in found] == [
        ("plan", date(2026, 2, 28), EntryState.DONE_LATE),
        ("report-Q1", date(2026, 3, 15), EntryState.PASSED),
        ("report-H1", date(2026, 6, 15), EntryState.PASSED),
        ("report-Q3", date(2026, 9, 15), EntryState.PASSED),
        ("report-year", date(2026, 12, 15), EntryState.SOON),
        ("selfscore", date(2026, 12, 31), EntryState.LATER),
    ]
    assert found[0].days_late == 2
    assert found[-1].recipient == "UBND tỉnh Đắk Lắk (qua Sở Nội vụ)"
