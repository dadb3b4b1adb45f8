"""The country's calendar: who a plan goes to and until when, by hand from seed 002 and the two-tier change.

Seed 002 (Bắc Kạn 7946/UBND-NCPC, 1 b): sở and huyện by 30/01 to UBND tỉnh through Sở Nội vụ, for
competitiveness through Sở KH&ĐT; xã by 28/02 to UBND huyện through phòng Nội vụ and phòng TC-KH.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_desktop import paths
from cchc_desktop.domain.dated_rule import Body, Deadline, Route
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import calendar_codec, registry
from cchc_desktop.language import render

OWN = paths.forms_folder() / "calendar" / "quoc-gia.json"
NATIONAL = calendar_codec.decode(OWN.read_bytes())

SO = Unit(UnitKind.DEPARTMENT, "Sở Tư pháp", "SO-TP", "UBND tỉnh Đắk Lắk")
HUYEN = Unit(UnitKind.DISTRICT, "UBND huyện Krông Ana", "HUYEN-KA", "UBND tỉnh Đắk Lắk")
XA = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk")
DANG = Unit(UnitKind.PARTY_BODY, "Ban Tổ chức Tỉnh ủy", "BTC-TU", "Tỉnh ủy Đắk Lắk")

Y, C, F, P, INDICES = PlanKind  # yearly, competitiveness, five_year, part_year, indices
TINH, HUYEN_UY_BAN = "UBND tỉnh Đắk Lắk", "UBND huyện"

JAN29_25, FEB28_25 = date(2025, 1, 29), date(2025, 2, 28)
MAR1_25, JUN30_25, JUL1_25 = date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)
JAN29_26, FEB28_26, JUL1_26 = date(2026, 1, 29), date(2026, 2, 28), date(2026, 7, 1)
DAYS = (JAN29_25, FEB28_25, MAR1_25, JUN30_25, JUL1_25, JAN29_26, FEB28_26, JUL1_26)

NOI_VU = (TINH, "Sở Nội vụ")
KHDT = (TINH, "Sở Kế hoạch và Đầu tư")
TAI_CHINH = (TINH, "Sở Tài chính")
P_NOI_VU = (HUYEN_UY_BAN, "Phòng Nội vụ")
P_TCKH = (HUYEN_UY_BAN, "Phòng Tài chính - Kế hoạch")
TINH_UY = ("Văn phòng Tỉnh ủy", "")

# One entry per day of DAYS: the offices on that day.
CCHC_OF = {
    SO: ((NOI_VU,),) * 8,
    HUYEN: (*((NOI_VU,),) * 4, (), (), (), ()),
    XA: (*((P_NOI_VU,),) * 4, *((NOI_VU,),) * 4),
    DANG: ((TINH_UY,),) * 8,
}
COMPETITIVENESS_OF = {
    SO: (*((KHDT,),) * 2, *((TAI_CHINH,),) * 6),
    HUYEN: (*((KHDT,),) * 2, *((TAI_CHINH,),) * 2, (), (), (), ()),
    XA: (*((P_TCKH,),) * 4, *((TAI_CHINH,),) * 4),
    DANG: ((TINH_UY,),) * 8,
}


def offices(
    unit: Unit, kind: PlanKind, day: date, routing: Routing = NATIONAL
) -> tuple[tuple[str, str], ...]:
    found = UnitRouting(routing, unit).sending(kind, day.year, day).routes
    return tuple((route.addressee, route.via) for route in found)


@pytest.mark.parametrize("unit", [SO, HUYEN, XA, DANG], ids=lambda unit: unit.kind.value)
@pytest.mark.parametrize("kind", [Y, F, P])
def test_cchc_plans_go_through_the_office_of_internal_affairs(unit: Unit, kind: PlanKind) -> None:
    assert tuple(offices(unit, kind, day) for day in DAYS) == CCHC_OF[unit]


@pytest.mark.parametrize("unit", [SO, HUYEN, XA, DANG], ids=lambda unit: unit.kind.value)
def test_competitiveness_goes_to_the_office_of_investment_and_to_its_heir(unit: Unit) -> None:
    assert tuple(offices(unit, C, day) for day in DAYS) == COMPETITIVENESS_OF[unit]


@pytest.mark.parametrize("unit", [SO, HUYEN, XA], ids=lambda unit: unit.kind.value)
def test_raising_the_indices_concerns_both_offices(unit: Unit) -> None:
    for day in DAYS:
        both = {*offices(unit, Y, day), *offices(unit, C, day)}
        assert set(offices(unit, INDICES, day)) == both
    assert offices(DANG, INDICES, JAN29_26) == (TINH_UY,)


@pytest.mark.parametrize(
    ("unit", "kind", "year", "due"),
    [
        (SO, Y, 2025, date(2025, 1, 30)),
        (SO, C, 2025, date(2025, 1, 30)),
        (SO, Y, 2026, date(2026, 1, 30)),
        (SO, C, 2026, date(2026, 1, 30)),
        (HUYEN, Y, 2025, date(2025, 1, 30)),
        (HUYEN, C, 2025, date(2025, 1, 30)),
        (XA, Y, 2025, date(2025, 2, 28)),
        (XA, C, 2025, date(2025, 2, 28)),
        (XA, Y, 2026, date(2026, 2, 28)),
        (XA, C, 2026, date(2026, 2, 28)),
        (XA, Y, 2028, date(2028, 2, 28)),
    ],
)
def test_until_when_a_plan_is_issued(unit: Unit, kind: PlanKind, year: int, due: date) -> None:
    found = UnitRouting(NATIONAL, unit).sending(kind, year, due)
    assert found.due == due
    assert found.deadline is not None
    assert "7946/UBND-NCPC" in found.deadline.source


@pytest.mark.parametrize("unit", [SO, HUYEN, XA, DANG], ids=lambda unit: unit.kind.value)
@pytest.mark.parametrize("kind", [F, P, INDICES])
def test_where_no_source_says_a_date_there_is_none(unit: Unit, kind: PlanKind) -> None:
    assert UnitRouting(NATIONAL, unit).sending(kind, 2025, JUL1_25).due is None


def test_whom_a_thing_due_goes_to_follows_the_day_that_it_is_due() -> None:
    def recipient(unit: Unit, kind: PlanKind, year: int) -> str:
        line = UnitRouting(NATIONAL, unit).sending(kind, year, date(year, 12, 31)).deadline
        assert line is not None
        return line.recipient

    assert recipient(XA, Y, 2025) == "UBND huyện (qua Phòng Nội vụ)"
    assert recipient(XA, Y, 2026) == "UBND tỉnh Đắk Lắk (qua Sở Nội vụ)"
    assert recipient(SO, C, 2025) == "UBND tỉnh Đắk Lắk (qua Sở Kế hoạch và Đầu tư)"
    assert recipient(SO, C, 2026) == "UBND tỉnh Đắk Lắk (qua Sở Tài chính)"


@pytest.mark.parametrize(
    ("superior", "day", "addressee"),
    [
        ("UBND thành phố Hải Phòng", JUL1_25, "UBND thành phố Hải Phòng"),
        ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", JUL1_25, "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"),
        ("UBND thị xã Buôn Hồ", JUN30_25, "UBND thị xã Buôn Hồ"),
        ("UBND huyện Krông Ana", JUN30_25, "UBND huyện Krông Ana"),
        # a profile that still names the district after it ended
        ("UBND huyện Krông Ana", JUL1_25, "UBND tỉnh"),
        ("", JUL1_25, "UBND tỉnh"),
    ],
)
def test_the_units_own_superior_is_named(superior: str, day: date, addressee: str) -> None:
    assert offices(replace(XA, superior=superior), Y, day) == (
        (addressee, "Sở Nội vụ" if day >= JUL1_25 else "Phòng Nội vụ"),
    )


PROVINCE = Routing(
    id="lich-dak-lak",
    version=1,
    title="Lịch của tỉnh Đắk Lắk",
    province="Đắk Lắk",
    deadlines=(
        Deadline(
            *("som", "plan", "Ban hành kế hoạch", 1, 15, "{addressee}"),
            unit_kinds=(UnitKind.COMMUNE,),
            valid_from=date(2026, 1, 1),
        ),
        Deadline("nua-nam", "plan", "Kế hoạch 6 tháng cuối năm", 7, 31, plan_kind="part_year"),
        Deadline("tu-cham", "selfscore", "Nộp tự chấm điểm", 11, 30),
    ),
    routes=(
        Route(
            *("plan", "UBND tỉnh", "Văn phòng UBND tỉnh", date(2026, 2, 1)), unit_kinds=(UnitKind.COMMUNE,)
        ),
    ),
    bodies=(Body("Sở Kế hoạch và Đầu tư", valid_to=date(2025, 2, 19), successor="Sở Tài chính Đắk Lắk"),),
)


def test_a_provinces_own_lines_override_one_by_one() -> None:
    own = PROVINCE.over(NATIONAL)

    def due(unit: Unit, kind: PlanKind, year: int) -> date | None:
        return UnitRouting(own, unit).sending(kind, year, date(year, 3, 1)).due

    assert due(XA, Y, 2026) == date(2026, 1, 15)
    assert due(XA, Y, 2025) == date(2025, 2, 28)  # its line holds from 2026 only
    assert due(XA, C, 2026) == date(2026, 2, 28)
    assert due(SO, Y, 2026) == date(2026, 1, 30)
    assert due(XA, P, 2025) == date(2025, 7, 31)
    assert offices(XA, Y, date(2026, 1, 31), own) == (NOI_VU,)
    assert offices(XA, Y, date(2026, 2, 1), own) == ((TINH, "Văn phòng UBND tỉnh"),)
    assert offices(XA, C, date(2026, 2, 1), own) == (TAI_CHINH,)
    assert offices(SO, Y, date(2026, 2, 1), own) == (NOI_VU,)
    days = {line.subject: (line.month, line.day) for line in own.yearly_deadlines(UnitKind.COMMUNE, 2026)}
    assert days == {
        "report-Q1": (3, 15),
        "report-H1": (6, 15),
        "report-Q3": (9, 15),
        "report-year": (12, 15),
        "selfscore": (11, 30),
    }
    ended = {body.name: body.successor for body in own.ended_bodies(date(2025, 2, 20))}
    assert ended == {"Sở Kế hoạch và Đầu tư": "Sở Tài chính Đắk Lắk"}


def test_what_the_data_folder_holds_lies_over_the_programs_own(tmp_path: Path) -> None:
    place = tmp_path / "forms" / "calendar"
    place.mkdir(parents=True)
    earlier = replace(PROVINCE, deadlines=())
    (place / "a.json").write_bytes(calendar_codec.encode(replace(PROVINCE, version=2)))
    (place / "b.json").write_bytes(calendar_codec.encode(earlier))
    (place / "c.json").write_bytes(b"{ broken")
    found = registry.routing(tmp_path)
    assert [(layer.id, layer.version) for layer in found.layers()][:2] == [
        ("lich-dak-lak", 2),
        ("lich-quoc-gia", NATIONAL.version),
    ]
    assert UnitRouting(found, XA).sending(Y, 2026, JAN29_26).due == date(2026, 1, 15)


# The codec


def test_the_shipped_file_is_canonical() -> None:
    assert calendar_codec.encode(NATIONAL) == OWN.read_bytes()


@settings(deadline=None)
@given(
    words=st.text(
        st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=40
    ).filter(str.strip),
    day=st.dates(date(2000, 1, 1)),
)
def test_round_trip_of_any_words(words: str, day: date) -> None:
    awkward = replace(
        PROVINCE,
        title=words,
        past_marks=(words,),
        levels=((words, "UBND 'tỉnh'/thành phố"),),
        routes=(replace(PROVINCE.routes[0], addressee=words, valid_to=day),),
        bodies=(Body(words, day, day, words, words),),
        deadlines=(replace(PROVINCE.deadlines[0], title=words, valid_to=day), *PROVINCE.deadlines[1:]),
    )
    content = calendar_codec.encode(awkward)
    assert calendar_codec.decode(content) == awkward
    assert calendar_codec.encode(calendar_codec.decode(content)) == content


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda c: c.update(version=0), "version"),
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c["deadlines"][0].update(day=29, month=2), "deadlines[0].day"),
        (lambda c: c["deadlines"][1].update(key=c["deadlines"][0]["key"]), "deadlines[1].key"),
        (lambda c: c["deadlines"][0].update(plan_kind="yearly"), "deadlines[0].plan_kind"),
        (lambda c: c["deadlines"][0].update(subject="party"), "deadlines[0].subject"),
        (lambda c: c["routes"][0].update(unit_kinds=["village"]), "routes[0].unit_kinds[0]"),
        (lambda c: c["routes"][0].update(addressee=" "), "routes[0].addressee"),
        (lambda c: c["bodies"][0].update(valid_to="28/02/2025"), "bodies[0].valid_to"),
        (lambda c: c.update(levels=[["a", 1]]), "levels[0][1]"),
    ],
)
def test_each_fault_names_its_place(change: Callable[[Any], None], place: str) -> None:
    content = json.loads(calendar_codec.encode(PROVINCE))
    change(content)
    with pytest.raises(KnownError) as raised:
        calendar_codec.decode(json.dumps(content).encode())
    told = [render(fault) for fault in raised.value.message.args["faults"]]
    assert any(fault.startswith(f"{place}:") for fault in told)
