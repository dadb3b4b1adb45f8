"""A search as typed, over a sample commune with 500 more tasks, its rows and its evidence."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from cchc_desktop.services import plan, rounds, samples, search
from cchc_desktop.services.profile import open_profile


def prepare(folder: Path) -> None:
    samples.make_profile(folder / "profile", "commune")
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        for number in range(500):
            plan.add_task(profile, round_id, "procedures", title=f"Nhiệm vụ số {number} về lĩnh vực đất đai")


def measure(folder: Path) -> float:
    times = []
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        for typed in ("dat dai", "499", "khong co gi", "bao cao", "hanh chinh"):
            begin = time.perf_counter()
            search.find(profile, round_id, typed)
            times.append(time.perf_counter() - begin)
    return statistics.median(times)
