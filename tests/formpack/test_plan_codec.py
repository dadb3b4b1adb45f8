"""The plan template's codec: round trip, canonical bytes, bounds; and what the two shipped templates hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc_desktop import paths
from cchc_desktop.domain.criteria import ScoredBy
from cchc_desktop.domain.dated_rule import Deadline, Route
from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import criteria_codec, plan_codec
from cchc_desktop.language import render

FILES = ("ke-hoach-xa-2026.json", "ke-hoach-so-2026.json")
COMMUNE = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk")


def path_of(name: str) -> Path:
    return paths.forms_folder() / "plan" / name


def template(name: str) -> PlanTemplate:
    return plan_codec.decode(path_of(name).read_bytes())


def faults(content: bytes) -> list[str]:
    with pytest.raises(KnownError) as raised:
        plan_codec.decode(content)
    assert render(raised.value.message)
    return [render(fault) for fault in raised.value.message.args["faults"]]


OWN_DATES = (
    Deadline("plan", "plan", "Ban hành kế hoạch", 2, 15, "{superior}", "ý riêng"),
    Deadline("selfscore", "selfscore", "Nộp tự chấm điểm", 12, 20),
)
OWN_ROUTE = Route("plan", "{superior}", "Văn phòng UBND tỉnh", date(2026, 1, 1))


def changed(change: Callable[[Any], None]) -> bytes:
    own = replace(template(FILES[0]), deadlines=OWN_DATES, routes=(OWN_ROUTE,))
    content = json.loads(plan_codec.encode(own))
    change(content)
    return json.dumps(content).encode()


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_file_is_canonical(name: str) -> None:
    content = path_of(name).read_bytes()
    assert plan_codec.encode(plan_codec.decode(content)) == content


text = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=40
)


@settings(deadline=None)
@given(words=text.filter(str.strip), number=st.integers(1, 9_999), day=st.dates(date(2000, 1, 1)))
def test_round_trip_of_any_words(words: str, number: int, day: date) -> None:
    first = template(FILES[0])
    awkward = replace(
        first,
        version=number,
        title=words,
        effective_to=day,
        departments=(words, "Phòng 'A' / \"B\""),
        tasks=(replace(first.tasks[0], title=words, product=words, lead=words, due=words), *first.tasks[1:]),
        targets=(replace(first.targets[0], value=words, exception=words), *first.targets[1:]),
        deadlines=OWN_DATES,
        routes=(replace(OWN_ROUTE, valid_to=day),),
        grounds=(replace(first.grounds[0], text=words, valid_from=day),),
        citations=(words,),
    )
    content = plan_codec.encode(awkward)
    assert plan_codec.decode(content) == awkward
    assert plan_codec.encode(plan_codec.decode(content)) == content


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda c: c.pop("title"), "title"),
        (lambda c: c.update(title=" "), "title"),
        (lambda c: c.update(id="Kế hoạch"), "id"),
        (lambda c: c.update(version=0), "version"),
        (lambda c: c.update(version=True), "version"),
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c.update(format="cchc-criteria/1"), "format"),
        (lambda c: c["unit_kinds"].append("village"), "unit_kinds[1]"),
        (lambda c: c["tasks"][3].update(area="nowhere"), "tasks[3].area"),
        (lambda c: c["tasks"][2].update(criteria=["1.1.1"]), "tasks[2].criteria[0]"),
        (lambda c: c["tasks"][2].update(criteria="x"), "tasks[2].criteria"),
        (lambda c: c["tasks"][1].update(key=c["tasks"][0]["key"]), "tasks, targets[1].key"),
        (lambda c: c["targets"][0].update(key=c["tasks"][0]["key"]), "tasks, targets[92].key"),
        (lambda c: c["targets"][1].update(title="x" * 10_001), "targets[1].title"),
        (lambda c: c["sections"][0].update(text="a\ud800"), "sections[0].text"),
        (lambda c: c["sections"][0].update(kind="chapter"), "sections[0].kind"),
        (lambda c: c["deadlines"][0].update(day=29, month=2), "deadlines[0].day"),
        (lambda c: c["deadlines"][0].update(month=13), "deadlines[0].month"),
        (lambda c: c["deadlines"][0].update(subject="party"), "deadlines[0].subject"),
        (lambda c: c["citations"][0].update(valid_from="31/12/2026"), "citations[0].valid_from"),
        (lambda c: c["areas"].insert(0, "A"), "areas[0]."),
        (lambda c: c.update(departments=["P"] * 1_001), "departments"),
    ],
)
def test_each_fault_names_its_place(change: Callable[[Any], None], place: str) -> None:
    assert any(fault.startswith(f"{place}:") for fault in faults(changed(change)))


def test_all_faults_are_told_at_once() -> None:
    def break_it(content: Any) -> None:
        content["title"] = ""
        content["tasks"][0]["area"] = "x"
        content["deadlines"][1]["day"] = 40

    assert len(faults(changed(break_it))) == 3


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"a": NaN}', b'{"id": 1, "id": 2}', b"[" * 100_000),
        b" " * 2_000_001,
    ],
)
def test_what_is_no_template_is_refused_with_a_sentence(content: bytes) -> None:
    assert faults(content)


@pytest.mark.parametrize("name", FILES)
def test_presets_cover_every_area_and_are_whole(name: str) -> None:
    found = template(name)
    areas = {area.key for area in found.areas}
    assert len(found.tasks) >= 30
    assert {task.area for task in found.tasks} == areas
    assert {target.area for target in found.targets} == areas
    for value in ("title", "product"):
        assert [t for t, n in Counter(getattr(task, value) for task in found.tasks).items() if n > 1] == []
    own = found.for_unit(COMMUNE, 2026)
    for task in own.tasks:
        due = parse_due(task.due, 2026)
        assert due is not None, task.due
        assert due.inside(2026), task.due
        assert task.lead in own.departments
        assert task.source
    for target in own.targets:
        assert target.source
        assert target.level
        assert any(c.isdigit() for c in target.value)


@pytest.mark.parametrize("name", FILES)
def test_presets_name_rows_that_the_criteria_set_has(name: str) -> None:
    found = template(name)
    content = (paths.forms_folder() / "criteria" / f"{found.criteria_set}.json").read_bytes()
    rows = criteria_codec.decode(content, name).rows
    linked = {key for task in found.tasks for key in task.criteria}
    assert linked - {node.key for node in rows} == set()
    # every row that the unit scores itself has a task that serves it
    assert {node.key for node in rows if node.scored_by is ScoredBy.SELF} - linked == set()


@pytest.mark.parametrize("name", FILES)
def test_dates_and_routes_are_left_to_the_calendar(name: str) -> None:
    """One truth: a template says only what is its own, and the shipped ones say nothing of it."""
    assert template(name).deadlines == ()
    assert template(name).routes == ()


@pytest.mark.parametrize("name", FILES)
def test_no_placeholder_is_left_for_a_unit(name: str) -> None:
    written = template(name).for_unit(COMMUNE, 2026)
    own = plan_codec.encode(replace(written, grounds=())).decode()
    assert "{year}" not in own
    assert "{unit}" not in own
    assert not [word for word in ("{place}", "{superior}", "{last_year}") if word in own]
    assert "năm 2026 của UBND tỉnh Đắk Lắk" in own
    assert "huyện" not in own


def test_names_with_braces_stay_as_they_are() -> None:
    own = template(FILES[0]).for_unit(replace(COMMUNE, name="UBND xã {0} {year"), 2026)
    assert "UBND xã {0} {year" in own.sections[1].text


def test_each_unit_and_year_gets_its_own_form_however_many_ask() -> None:
    found = template(FILES[0])
    for number in range(20):  # more than are kept
        own = found.for_unit(replace(COMMUNE, name=f"UBND xã số {number}."), 2020 + number)
        assert f"UBND xã số {number}." in own.sections[1].text
    assert found.for_unit(COMMUNE, 2026) == template(FILES[0]).for_unit(COMMUNE, 2026)
    assert found.for_unit(COMMUNE, 2026) != found.for_unit(COMMUNE, 2027)


def test_a_citation_out_of_force_is_left_out() -> None:
    found = template(FILES[0])
    old = replace(found.grounds[0], text="Luật cũ", valid_to=date(2025, 12, 31))
    own = replace(found, grounds=(old, *found.grounds[1:])).for_unit(COMMUNE, 2026)
    assert "Luật cũ" not in own.citations
    assert len(own.citations) == len(found.citations) - 1


def test_a_template_of_before_keeps_its_bytes() -> None:
    """Fields that came later are not written where they say nothing: id and version stay what they were."""

    def before(content: Any) -> None:
        for name in ("kind", "bodies", "checks", "renames", "suggestions"):
            content.pop(name, None)
        later = {
            "citations": ("preset", "replaced_by"),
            "sections": ("unit_kinds",),
            "tasks": ("slogan", "milestones", "unit_kinds"),
            "targets": (
                *("increment", "base_year", "limit", "measure"),
                *("slogan", "milestones", "unit_kinds"),
            ),
            "deadlines": ("plan_kind", "valid_from", "valid_to", "unit_kinds"),
            "routes": ("unit_kinds",),
        }
        for name, fields in later.items():
            for part in content[name]:
                for field in fields:
                    part.pop(field, None)

    content = json.loads(path_of(FILES[0]).read_bytes())
    before(content)
    old = (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    found = plan_codec.decode(old)
    assert found.kind is PlanKind.YEARLY
    assert found.targets[0].increment is None
    assert plan_codec.encode(found) == old


@given(
    text=st.one_of(
        st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", fullmatch=True),
        st.from_regex(r"-?[0-9]{19,22}(\.[0-9]{9,12})?\n?", fullmatch=True),
        st.text("-+.0159٣ \n", max_size=24),
    )
)
@example("9" * 20 + "." + "9" * 10)
@example("9" * 21)
@example("1." + "9" * 11)
@example("")
def test_a_number_has_at_most_20_figures_before_the_point_and_10_behind(text: str) -> None:
    given_number = changed(lambda raw: raw["targets"][0].update(increment=text))
    if re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", text):
        assert plan_codec.decode(given_number).targets[0].increment == Decimal(text)
    else:
        assert len(faults(given_number)) == 1
