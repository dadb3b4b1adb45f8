"""A search as typed, over five years of tasks, rows, targets and evidence: the slowest of six, the first one
included, for which nothing was read before."""

from __future__ import annotations

import time
from pathlib import Path

from cchc_desktop.services import search
from cchc_desktop.services.profile import open_profile
from tests.bench import two_years

YEARS = 5
NOTHING = "khong co gi nhu the"
TYPED = ("bao cao", "dat dai", "1.1.4", NOTHING, "hành chính", "12/BC-UBND")


def prepare(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile", times, YEARS)


def measure(folder: Path) -> float:
    times = []
    with open_profile(folder / "profile") as profile:
        for typed in TYPED:
            begin = time.perf_counter()
            hits = search.find(profile, typed)
            times.append(time.perf_counter() - begin)
            if bool(hits) is (typed == NOTHING):
                raise RuntimeError(f"{typed}: {len(hits)} hits")
    return max(times)
