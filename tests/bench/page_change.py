"""The slowest page of the rail, opened for the first time by somebody who clicks at once after the start."""

from __future__ import annotations

from pathlib import Path

from tests.bench.page_opening import make, visits


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    return max(visits(folder)[0].values())
