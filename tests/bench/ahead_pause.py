"""The longest pause while the window, left alone, builds the other pages."""

from __future__ import annotations

from pathlib import Path

from tests.bench.page_opening import FIRST, left_alone, make
from tests.bench.window import open_window, settle


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    with open_window(folder / "profile", FIRST) as window:
        settle(window)
        return left_alone(window)
