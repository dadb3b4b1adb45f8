"""The sample units' codec, and what the two shipped samples hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop import paths
from cchc_desktop.domain.criteria import CriteriaSet, ScoredBy
from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.plan import TaskState
from cchc_desktop.domain.sample import FileKind, Sample
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry, sample_codec
from cchc_desktop.language import render

KINDS = ("commune", "department")


def path_of(kind: str) -> Path:
    return paths.forms_folder() / "samples" / f"{kind}.json"


@pytest.fixture(params=KINDS)
def sample(request: pytest.FixtureRequest) -> Sample:
    return sample_codec.decode(path_of(request.param).read_bytes())


@pytest.fixture
def criteria(sample: Sample) -> CriteriaSet:
    return registry.criteria_set(sample.criteria)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_file_is_canonical(kind: str) -> None:
    content = path_of(kind).read_bytes()
    assert sample_codec.encode(sample_codec.decode(content)) == content


def test_tasks_are_distinct_and_cover_every_area(sample: Sample) -> None:
    assert len(sample.tasks) >= 25
    for value in ("id", "title", "product", "lead", "due"):
        assert [t for t, n in Counter(getattr(task, value) for task in sample.tasks).items() if n > 1] == []
    template = registry.plan_template(sample.plan_template)
    assert {task.area for task in sample.tasks} == {area.key for area in template.areas}
    assert {target.area for target in sample.targets} == {area.key for area in template.areas}
    assert all(target.baseline and target.value for target in sample.targets)
    assert all(task.cost is not None for task in sample.tasks)


def test_done_tasks_say_when(sample: Sample) -> None:
    for task in sample.tasks:
        assert (task.state is TaskState.DONE) == (task.done_on is not None)


def test_every_row_that_the_unit_scores_is_answered_without_a_fault(
    sample: Sample, criteria: CriteriaSet
) -> None:
    own = {node.key for node in criteria.rows if node.scored_by is ScoredBy.SELF}
    assert set(sample.answers) == own
    sheet = score(criteria, {key: answer.entry for key, answer in sample.answers.items()})
    assert sheet.errors == ()
    lost = 0
    for node in criteria.rows:
        row = sheet.rows[node.code]
        if node.key not in own:
            assert row.state is RowState.OPEN
            continue
        assert row.state in (RowState.SCORED, RowState.NOT_APPLICABLE)
        if row.points is not None and row.points < node.max_points:
            lost += 1
            told = sample.answers[node.key].explanation
            # rows lose points for a reason that the unit gives
            assert told, node.code
    assert lost >= 8


def test_the_plan_and_the_answer_about_it_agree(sample: Sample, criteria: CriteriaSet) -> None:
    done = sum(task.state is TaskState.DONE for task in sample.tasks)
    entry = sample.answers[criteria.by_code["1.1.4"].key].entry
    assert entry == {"numerator": str(done), "denominator": str(len(sample.tasks))}


def test_the_budget_names_the_sum_of_the_costs(sample: Sample) -> None:
    total = sum((task.cost for task in sample.tasks if task.cost is not None), Decimal(0))
    assert f"{int(total):,}".replace(",", ".") + " triệu đồng" in sample.texts["budget"]


def test_evidence_is_distinct_and_hangs_on_rows_that_exist(sample: Sample, criteria: CriteriaSet) -> None:
    assert len(sample.evidence) >= 20
    assert {piece.kind for piece in sample.evidence} == set(FileKind)
    for value in ("number", "issued_on", "abstract"):
        records = Counter(getattr(piece.record, value) for piece in sample.evidence)
        assert [found for found, times in records.items() if times > 1] == []
    assert len({piece.name for piece in sample.evidence}) == len(sample.evidence)
    for piece in sample.evidence:
        assert piece.name.endswith(f".{piece.kind.value}")
        assert piece.lines
        assert {link.key for link in piece.links if link.kind is LinkKind.ROW} <= set(criteria.by_key)
    proven = {link.key for piece in sample.evidence for link in piece.links if link.kind is LinkKind.ROW}
    sheet = score(criteria, {key: answer.entry for key, answer in sample.answers.items()})
    for node in criteria.rows:
        if node.evidence_required and sheet.rows[node.code].state is RowState.SCORED:
            assert node.key in proven, node.code


def test_row_links_name_rows_not_groups(sample: Sample, criteria: CriteriaSet) -> None:
    rows = {node.key for node in criteria.rows}
    for piece in sample.evidence:
        assert {link.key for link in piece.links if link.kind is LinkKind.ROW} <= rows
    assert {key for task in sample.tasks for key in task.criteria} <= rows


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda c: c["unit"].pop("name"), "unit.name"),
        (lambda c: c["unit"]["head"].update(name=3), "unit.head.name"),
        (lambda c: c["tasks"][0].update(cost="1,5"), "tasks[0].cost"),
        (lambda c: c["tasks"][1].update(state="gone"), "tasks[1].state"),
        (lambda c: c["evidence"][0].update(tasks=["nothing"]), "evidence tasks[0]"),
        (lambda c: c["evidence"][0].update(kind="exe"), "evidence[0].kind"),
        (lambda c: c["evidence"][0].update(table=["x"]), "evidence[0].table[0]"),
        (lambda c: c["answers"].append(c["answers"][0]), "answers["),
        (lambda c: c["texts"].update(budget=1), "texts.budget"),
    ],
)
def test_each_fault_names_its_place(change: Callable[[Any], None], place: str) -> None:
    content = json.loads(path_of("commune").read_bytes())
    change(content)
    with pytest.raises(KnownError) as raised:
        sample_codec.decode(json.dumps(content).encode())
    told = [render(fault) for fault in raised.value.message.args["faults"]]
    assert any(fault.startswith(place) for fault in told), told
