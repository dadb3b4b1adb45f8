"""The slowest page of the rail, opened for the first time once the window was left alone and had built it."""

from __future__ import annotations

from pathlib import Path

from tests.bench.page_opening import make, visits


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    return max(visits(folder, alone=True)[0].values())
