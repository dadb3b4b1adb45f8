"""Typing into a plan of 500 tasks until it is saved, shown and checked again: the longest pause."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from tests.bench.plan_of_500 import AREA, TASKS, at_rest, longest_pause, make
from tests.bench.window import open_window


def prepare(folder: Path, times: int = 1) -> None:
    make(folder, times)


def measure(folder: Path) -> float:
    with open_window(folder / "profile", "plan") as window:
        window.go_to("plan", AREA)
        longest_pause(window, lambda: None, lambda: at_rest(window))
        page = window.page("plan")
        table = page.step(f"area:{AREA}").table  # type: ignore[attr-defined]
        pauses = []
        for number in range(11):
            row = number * (TASKS // 11)
            table.go_to_cell(row, "product")
            longest_pause(window, lambda: None, lambda: at_rest(window))
            cell = table.currentIndex()

            said = f"{time.time()}"

            def write(cell: object = cell, said: str = said) -> None:
                table.model().setData(cell, said)

            pauses.append(longest_pause(window, write, lambda: at_rest(window)))
            if cell.data() != said:
                raise RuntimeError("the edit is not shown")
        return statistics.median(pauses)
