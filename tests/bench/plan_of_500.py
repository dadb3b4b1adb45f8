"""A plan of 500 tasks in one content area, and how long the window's thread is held up at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from cchc_desktop.services import plan_rows, rounds, samples
from cchc_desktop.services.profile import open_profile
from ui.main_window import MainWindow

AREA, TASKS = "procedures", 500


def make(folder: Path, times: int = 1) -> None:
    samples.make_profile(folder / "profile", "commune")
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        edits = [
            plan_rows.RowEdit(
                None,
                AREA,
                {
                    "title": f"Rà soát, đánh giá thủ tục hành chính nội bộ lần {number} của UBND xã",
                    "product": f"Báo cáo kết quả rà soát số {number}",
                    "lead": "Văn phòng HĐND và UBND",
                    "coworkers": "Phòng Kinh tế; Phòng Văn hóa - Xã hội",
                    "due": ("30/06/2026", "Quý II", "Thường xuyên", "Tháng 9")[number % 4],
                    "cost": Decimal(number),
                },
            )
            for number in range(1, TASKS * times + 1)
        ]
        plan_rows.write(profile, round_id, plan_rows.Rows.TASKS, edits)


def longest_pause(window: MainWindow, act: Callable[[], object], rest: Callable[[], bool]) -> float:
    """The longest stretch in which the window could not answer, from the act until all is shown and saved."""
    from ui.app import application

    app = application()
    begin = time.perf_counter()
    act()
    longest = time.perf_counter() - begin
    while True:
        begin = time.perf_counter()
        app.processEvents()
        longest = max(longest, time.perf_counter() - begin)
        if rest() and window.at_rest:
            return longest
        time.sleep(0.001)


def at_rest(window: MainWindow) -> bool:
    """The plan's page, if it is built, shows what is on the disk."""
    return bool(getattr(window.page("plan"), "at_rest", True)) if window.page_id() == "plan" else True
