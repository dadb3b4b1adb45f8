"""Scoring 120 rows of three kinds, answers by code."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from cchc_desktop.domain.scorer import score_by_code
from tests.domain.test_scorer import big_set


def prepare(folder: Path, times: int = 1) -> None:
    """Only how many: the set is made in memory."""
    (folder / "rows").write_text(str(120 * times), encoding="ascii")


def measure(folder: Path) -> float:
    criteria, answers = big_set(int((folder / "rows").read_text(encoding="ascii")))
    times = []
    for _ in range(21):
        begin = time.perf_counter()
        score_by_code(criteria, answers)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)
