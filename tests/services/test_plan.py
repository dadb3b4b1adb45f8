"""The plan on a real profile: writing, checking, presets, undo, and the PDF that comes of it."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Milestone, PlanIssue, TaskState
from cchc_desktop.domain.plan_checks import Severity
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import documents, history, packs, plan, rounds, samples
from cchc_desktop.services.profile import Profile, create_profile, open_profile

UNIT = Unit(
    UnitKind.COMMUNE,
    "UBND xã Ea Kao",
    "XA-EA-KAO",
    "UBND tỉnh Đắk Lắk",
    "Đắk Lắk",
    "Ea Kao",
    Person("Lê Đình Khải", "Chủ tịch UBND xã"),
)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    with create_profile(tmp_path / "p", UNIT, 2026, criteria, template) as opened:
        yield opened


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


def titles(profile: Profile, round_id: str, area: str) -> list[str]:
    return [task.title for task in plan.plan(profile, round_id).area_tasks(area)]


def test_a_new_plan_has_the_units_names_in_its_standing_texts(profile: Profile, round_id: str) -> None:
    written = plan.plan(profile, round_id)
    assert (written.year, written.tasks, written.targets, written.texts) == (2026, (), (), {})
    purpose = written.text_of(written.template.sections[0])
    assert "hoạt động của UBND xã Ea Kao" in purpose
    assert "Kế hoạch cải cách hành chính năm 2026 của UBND tỉnh Đắk Lắk" in written.citations
    assert "UBND tỉnh Đắk Lắk (báo cáo);" in written.recipients


def test_an_empty_plan_is_far_from_whole(profile: Profile, round_id: str) -> None:
    found = plan.findings(profile, round_id)
    ids = [f.message.id for f in found if f.severity is Severity.ERROR]
    assert ids.count("plan.area_without_tasks") == 8
    assert ids.count("plan.area_without_target") == 8
    assert len(ids) == 16


def test_tasks_are_added_changed_moved_and_removed(profile: Profile, round_id: str) -> None:
    _, first = plan.add_task(profile, round_id, "direction", title="Một", cost=Decimal("12.5"))
    changes, second = plan.add_task(profile, round_id, "direction", title="Hai")
    assert changes.subjects == {"tasks"}
    _, between = plan.add_task(profile, round_id, "direction", 2, title="Giữa")
    assert titles(profile, round_id, "direction") == ["Một", "Giữa", "Hai"]
    assert plan.update_task(
        profile, first.id, state=TaskState.DONE, done_on=date(2026, 3, 2), lead="Văn phòng"
    )
    plan.move_task(profile, second.id, 1)
    assert titles(profile, round_id, "direction") == ["Hai", "Một", "Giữa"]
    plan.move_task(profile, between.id, 1, "digital")
    assert titles(profile, round_id, "direction") == ["Hai", "Một"]
    assert titles(profile, round_id, "digital") == ["Giữa"]
    kept = next(task for task in plan.plan(profile, round_id).tasks if task.id == first.id)
    assert (kept.cost, kept.state, kept.done_on, kept.lead) == (
        Decimal("12.5"),
        TaskState.DONE,
        date(2026, 3, 2),
        "Văn phòng",
    )
    plan.remove_tasks(profile, [first.id, between.id])
    assert titles(profile, round_id, "direction") == ["Hai"]
    assert titles(profile, round_id, "digital") == []


def test_an_empty_cost_stays_empty(profile: Profile, round_id: str) -> None:
    _, task = plan.add_task(profile, round_id, "finance", title="Không ghi kinh phí")
    assert task.cost is None
    plan.update_task(profile, task.id, cost=Decimal(0))
    assert plan.plan(profile, round_id).tasks[0].cost == Decimal(0)
    plan.update_task(profile, task.id, cost=None)
    assert plan.plan(profile, round_id).tasks[0].cost is None


def test_targets(profile: Profile, round_id: str) -> None:
    _, one = plan.add_target(profile, round_id, "digital", title="Ký số", unit="%", value="100")
    _, two = plan.add_target(profile, round_id, "digital", title="Toàn trình", value="≥ 70")
    plan.update_target(profile, one.id, baseline="96,8")
    plan.move_target(profile, two.id, 1)
    found = plan.plan(profile, round_id).area_targets("digital")
    assert [(t.title, t.baseline, t.value) for t in found] == [
        ("Toàn trình", "", "≥ 70"),
        ("Ký số", "96,8", "100"),
    ]
    plan.move_target(profile, two.id, 1, "procedures")
    assert [t.title for t in plan.plan(profile, round_id).area_targets("procedures")] == ["Toàn trình"]
    plan.remove_targets(profile, [one.id, two.id])
    assert plan.plan(profile, round_id).targets == ()


def test_everything_survives_closing(tmp_path: Path) -> None:
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    with create_profile(tmp_path / "p", UNIT, 2026, criteria, template) as first:
        id_ = rounds.rounds(first)[0].id
        plan.set_text(first, id_, "budget", "Kinh phí 316 triệu đồng.")
        plan.set_issue(first, id_, PlanIssue("14/KH-UBND", date(2026, 2, 12)))
        plan.add_task(first, id_, "finance", title="Công khai", criteria=("a", "b"))
    with open_profile(tmp_path / "p") as again:
        written = plan.plan(again, id_)
        assert written.texts == {"budget": "Kinh phí 316 triệu đồng."}
        assert written.issue == PlanIssue("14/KH-UBND", date(2026, 2, 12))
        assert written.tasks[0].criteria == ("a", "b")


def test_each_write_is_one_step_that_undo_takes_back(profile: Profile, round_id: str) -> None:
    before = plan.plan(profile, round_id)
    _, task = plan.add_task(profile, round_id, "direction", title="Việc")
    after_add = plan.plan(profile, round_id)
    plan.set_issue(profile, round_id, PlanIssue("1/KH", date(2026, 1, 5)))
    plan.take_presets(profile, round_id, ["a_plan", "t_reports", "b2_on_time"])
    taken = plan.plan(profile, round_id)
    plan.remove_tasks(profile, [task.id])
    history.undo(profile, round_id)
    assert plan.plan(profile, round_id) == taken
    history.undo(profile, round_id)
    history.undo(profile, round_id)
    assert plan.plan(profile, round_id) == after_add
    history.undo(profile, round_id)
    assert plan.plan(profile, round_id) == before
    history.redo(profile, round_id)
    assert plan.plan(profile, round_id) == after_add


def test_presets_are_taken_once_with_their_rows(profile: Profile, round_id: str) -> None:
    every = plan.untaken_presets(profile, round_id)
    plan.take_presets(profile, round_id, ["b2_on_time", "t_on_time"])
    plan.take_presets(profile, round_id, ["b2_on_time", "a_plan"])
    written = plan.plan(profile, round_id)
    assert sorted(task.preset for task in written.tasks) == ["a_plan", "b2_on_time"]
    assert [target.preset for target in written.targets] == ["t_on_time"]
    assert len(plan.untaken_presets(profile, round_id)) == len(every) - 3
    on_time = written.area_tasks("procedures")[0]
    assert on_time.lead == "Trung tâm Phục vụ hành chính công"
    criteria = packs.newest_criteria_set("xa-mau-2026")
    assert [criteria.by_key[key].code for key in on_time.criteria] == ["3.3.1"]
    assert next(t for t in written.tasks if t.preset == "a_plan").due == "28/02/2026"


def test_rows_that_another_criteria_set_does_not_have_are_not_linked(tmp_path: Path) -> None:
    with create_profile(
        tmp_path / "p", UNIT, 2026, PackRef("so-mau-2026", 1), PackRef("ke-hoach-xa", 1)
    ) as opened:
        id_ = rounds.rounds(opened)[0].id
        known = set(packs.newest_criteria_set("so-mau-2026").by_key)
        plan.take_presets(opened, id_, [task.key for task in plan.plan(opened, id_).template.tasks])
        linked = {key for task in plan.plan(opened, id_).tasks for key in task.criteria}
        assert linked
        assert linked <= known


def test_all_presets_make_a_plan_without_errors(profile: Profile, round_id: str) -> None:
    plan.take_presets(profile, round_id, [preset.key for preset in plan.untaken_presets(profile, round_id)])
    found = plan.findings(profile, round_id)
    assert [f for f in found if f.severity is Severity.ERROR] == []
    assert {f.message.id for f in found} == {"plan.no_cost", "plan.not_issued"}


def test_own_citations_and_recipients(profile: Profile, round_id: str) -> None:
    plan.set_text(profile, round_id, CITATIONS_TEXT, "Luật A\n\n  Luật B  ")
    plan.set_text(profile, round_id, RECIPIENTS_TEXT, "Sở Nội vụ;")
    written = plan.plan(profile, round_id)
    assert written.citations == ("Luật A", "Luật B")
    assert written.recipients == ("Sở Nội vụ;",)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda p, r: plan.add_task(p, r, "nowhere", title="x"), "plan.no_such_area"),
        (lambda p, r: plan.set_text(p, r, "nowhere", "x"), "plan.no_such_section"),
        (lambda p, r: plan.take_presets(p, r, ["nothing"]), "plan.no_such_preset"),
        (lambda p, r: plan.add_task(p, r, "finance", title="x" * 10_001), "plan.cell_too_long"),
        (
            lambda p, r: plan.add_task(p, r, "finance", milestones=(Milestone(2026, "x" * 10_001),)),
            "plan.cell_too_long",
        ),
        (lambda p, r: plan.add_task(p, r, "finance", cost=Decimal(-1)), "plan.cost_out_of_range"),
        (lambda p, r: plan.add_task(p, r, "finance", cost=Decimal("NaN")), "plan.cost_out_of_range"),
        (lambda p, r: plan.add_task(p, r, "finance", cost=Decimal("1E+400")), "plan.cost_out_of_range"),
        (lambda p, r: plan.update_task(p, "gone", title="x"), "store.row_gone"),
        (lambda p, r: plan.remove_tasks(p, ["gone"]), "store.row_gone"),
    ],
)
def test_bad_input_is_advice_and_changes_nothing(profile: Profile, round_id: str, call, code) -> None:  # type: ignore[no-untyped-def]
    before = plan.plan(profile, round_id)
    with pytest.raises(KnownError) as raised:
        call(profile, round_id)
    assert raised.value.code == code
    assert render(raised.value.message)
    assert plan.plan(profile, round_id) == before


AWKWARD = "Rà soát \"tài liệu\" 'A/B' \\ ; <b>&amp;</b> {year} %s"


def test_awkward_text_comes_back_as_it_went_in(profile: Profile, round_id: str) -> None:
    long = "Nội dung dài " * 769 + "hết"
    assert len(long) == 10_000
    decomposed = unicodedata.normalize("NFD", "Số hóa hồ sơ, kết quả giải quyết")
    for title in (AWKWARD, long, decomposed, "=1+1", "dòng một\ndòng hai"):
        plan.add_task(profile, round_id, "digital", title=title, product=title)
    found = titles(profile, round_id, "digital")
    assert found == [AWKWARD, long, unicodedata.normalize("NFC", decomposed), "=1+1", "dòng một\ndòng hai"]


def pdf_words(path: Path) -> str:
    """The PDF's text in drawing order, with one space where a line was broken."""
    answer = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", answer.stdout))


def found_in(words: str, wanted: str) -> bool:
    """Lines may break inside a long word behind a hyphen or slash: compare without any blank."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", wanted)) in words.replace(" ", "")


@pytest.mark.parametrize("kind", samples.KINDS)
def test_the_pdf_says_each_tasks_title_product_lead_and_date(kind: str, tmp_path: Path) -> None:
    sample = samples.load(kind)
    with create_profile(
        tmp_path / "p", sample.unit, sample.year, sample.criteria, sample.plan_template
    ) as opened:
        samples.fill(opened, sample)
        id_ = rounds.rounds(opened)[0].id
        words = pdf_words(documents.write_plan_pdf(opened, id_, tmp_path / "plan.pdf"))
    for task in sample.tasks:
        for value in (task.title, task.product, task.lead, task.due):
            assert found_in(words, value), value
    for target in sample.targets:
        assert found_in(words, target.title), target.title
    assert found_in(words, sample.issue.number)
    assert found_in(words, sample.unit.head.name)


def test_the_pdf_of_awkward_cells_is_whole(profile: Profile, round_id: str, tmp_path: Path) -> None:
    marks = [f"mục-{number:04d}" for number in range(1, 1112)]
    long = " ".join(marks)
    assert len(long) == 9_998
    plan.add_task(
        profile, round_id, "direction", title=AWKWARD, product=long, lead="P'Êban/Niê", due="Quý II"
    )
    plan.add_task(profile, round_id, "digital", title=unicodedata.normalize("NFD", "Số hóa"), due="=1+1")
    words = pdf_words(documents.write_plan_pdf(profile, round_id, tmp_path / "plan.pdf"))
    for value in (AWKWARD, "P'Êban/Niê", "Số hóa", "=1+1", *marks):
        assert found_in(words, value), value
