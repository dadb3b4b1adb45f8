"""A click on the rail that opens the page of a plan with 500 tasks, then one on the step of the area that has
them: the longest pause."""

from __future__ import annotations

from pathlib import Path

from tests.bench.plan_of_500 import AREA, at_rest, longest_pause, make
from tests.bench.window import open_window, settle


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    with open_window(folder / "profile", "overview") as window:
        settle(window)
        page = longest_pause(window, lambda: window.open_page("plan"), lambda: at_rest(window))
        step = longest_pause(window, lambda: window.page("plan").go_to(AREA), lambda: at_rest(window))
        return max(page, step)
