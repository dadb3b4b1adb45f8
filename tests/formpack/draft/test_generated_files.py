"""Appendices from the seeded generator: all codes, names and maxima, most rules, none wrong in silence.

Seeds from 3000 on were not looked at while the parser was written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.services.form_drafts import draft_appendix
from tests.formpack.draft.comparison import Score, compare
from tests.formpack.draft.generator import write

SEEN, UNSEEN = range(100), range(3000, 3100)


def measured(seeds: range, folder: Path) -> Score:
    score = Score()
    for seed in seeds:
        path, truths = write(seed, folder)
        drafts = draft_appendix(path, folder / f"{seed}-draft.xlsx")
        assert len(drafts) == len(truths), path.name
        for number, (draft, truth) in enumerate(zip(drafts, truths, strict=True), start=1):
            score.add(compare(draft.path, truth, f"{path.name}/{number} {truth['form']}"))
    return score


def hold(score: Score) -> None:
    assert score.structure == []
    assert score.codes == score.names == score.maxima == score.types == score.rows
    assert score.silent == []
    assert score.right >= 0.8 * score.rules, score.wrong
    assert score.unknown_marked == score.unknown


def test_a_few_of_both_halves(tmp_path: Path) -> None:
    score = measured(range(0, 100, 10), tmp_path)
    score.add(measured(range(3005, 3100, 10), tmp_path))
    assert score.rows > 400
    assert score.rules > 200
    hold(score)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.long
@pytest.mark.parametrize("seeds", [SEEN, UNSEEN], ids=["seen", "unseen"])
def test_hundred_files(seeds: range, tmp_path: Path) -> None:
    score = measured(seeds, tmp_path)
    print(score.line)  # noqa: T201 - the figures for the note: pytest -s
    assert score.rows > 3000
    hold(score)
