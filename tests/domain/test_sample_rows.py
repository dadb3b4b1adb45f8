"""Every row of both sample sets against figures worked out by hand, and against its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.ratio_to_target import RatioToTarget
from cchc_desktop.domain.scorer import score_by_code
from cchc_desktop.language import render
from cchc_desktop.services import packs
from tests.domain.sample_rows import COMMUNE, DEPARTMENT, NOT_APPLICABLE, OPEN, Case
from tests.domain.sentence import recomputed, vietnamese

SETS: Mapping[str, Mapping[str, list[Case]]] = {"xa-mau-2026": COMMUNE, "so-mau-2026": DEPARTMENT}
CASES = [
    pytest.param(id_, code, answer, expected, id=f"{id_}-{code}-{name}")
    for id_, rows in SETS.items()
    for code, cases in rows.items()
    for name, (answer, expected) in zip(("good", "bad", "boundary"), cases, strict=True)
]


@pytest.mark.parametrize("id_", SETS)
def test_table_holds_every_row_of_the_set(id_: str) -> None:
    criteria = packs.newest_criteria_set(id_)
    assert list(SETS[id_]) == [node.code for node in criteria.nodes if node.rule is not None]
    assert len(criteria.rows) == 56
    assert sum(row.max_points for row in criteria.rows) == 100 == criteria.total_max


@pytest.mark.parametrize(("id_", "code", "answer", "expected"), CASES)
def test_points_and_sentence(id_: str, code: str, answer: dict[str, Any], expected: str) -> None:
    criteria = packs.newest_criteria_set(id_)
    sheet = score_by_code(criteria, {code: answer})
    row = sheet.rows[code]
    sentence = render(row.explanation)
    assert sheet.errors == ()
    if expected in (OPEN, NOT_APPLICABLE):
        assert (row.state.value, row.points) == (expected, None)
        assert vietnamese(row.max_points) in sentence
        return
    assert str(row.points) == expected
    assert recomputed(sentence) == Decimal(expected)
    assert f"{vietnamese(expected)} điểm" in sentence
    if row.state.value != NOT_APPLICABLE:
        for figure in _figures(answer):
            assert figure in sentence
        assert _rule_figure(criteria, code) in sentence


def _figures(answer: Mapping[str, Any]) -> Iterator[str]:
    """Every figure and label that the unit stated, as the sentence has to show it."""
    for name, value in answer.items():
        if name == "counts":
            for label, count in value.items():
                yield f"{label}: {vietnamese(count)}"
        elif name == "items":
            yield from value
        elif name == "option":
            yield value if isinstance(value, str) else ""
        elif name != "yes":
            yield vietnamese(str(value))


def _rule_figure(criteria: CriteriaSet, code: str) -> str:
    """The figure of the rule: floor or target where there is one, else the maximum."""
    node = criteria.by_code[code]
    if isinstance(node.rule, RatioThreshold):
        return f"{vietnamese(node.rule.floor * 100)}%"
    if isinstance(node.rule, RatioToTarget):
        return f"{vietnamese(node.rule.target * 100)}%"
    return vietnamese(node.max_points)


@pytest.mark.parametrize("id_", SETS)
def test_full_marks_make_the_total(id_: str) -> None:
    """The best answer of each row in the table, or of its maximum: 100 points, and the class."""
    criteria = packs.newest_criteria_set(id_)
    best: dict[str, Any] = {}
    for code, cases in SETS[id_].items():
        node = criteria.by_code[code]
        full = [answer for answer, expected in cases if expected == f"{node.max_points:.2f}"]
        if node.is_adjustment:
            continue
        best[code] = full[0] if full else {"numerator": 7, "denominator": 7}
        if node.rule is not None and node.rule.kind == "external_score":
            best[code] = {"score": 100}
        if node.rule is not None and node.rule.kind == "deduction_count":
            best[code] = {"count": 0}
        if node.rule is not None and node.rule.kind == "survey":
            best[code] = {"percent": 100}
    total = score_by_code(criteria, best).total
    assert (str(total.points), str(total.index), str(total.final)) == ("100.00", "100.00", "100.00")
    assert (total.class_label, total.class_provisional, total.open_rows) == ("Xuất sắc", False, 0)


def test_the_window_font_has_every_sign_of_the_sentences() -> None:
    from cchc_desktop.language.vi import scoring

    signs = {letter for text in scoring.TEXTS.values() for letter in text}
    assert not signs & set("−≥≤→≠")
