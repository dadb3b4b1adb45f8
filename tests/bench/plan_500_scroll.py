"""Scrolling in a plan of 500 tasks, three rows a step: the longest pause of fifty steps."""

from __future__ import annotations

from pathlib import Path

from tests.bench.plan_of_500 import AREA, at_rest, longest_pause, make
from tests.bench.window import open_window


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    with open_window(folder / "profile", "plan") as window:
        window.go_to("plan", AREA)
        longest_pause(window, lambda: None, lambda: at_rest(window))
        table = window.page("plan").step(f"area:{AREA}").table  # type: ignore[attr-defined]
        bar = table.verticalScrollBar()
        step = 3 * table.rowHeight(0)

        def scroll() -> None:
            bar.setValue(bar.value() + step)

        longest = max(longest_pause(window, scroll, lambda: at_rest(window)) for _ in range(50))
        if bar.value() < 50 * step:
            raise RuntimeError("the table did not scroll")
        return longest
