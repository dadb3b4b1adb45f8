"""Minh chứng with 300 files, read and drawn anew."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.services import evidence
from cchc_desktop.services.profile import open_profile
from tests.bench import two_years
from tests.bench.window import open_window

FILES = 300


def prepare(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile")
    with open_profile(folder / "profile") as profile:
        round_id = two_years.newest_round(profile)
        for number in range(FILES * times - len(evidence.all_evidence(profile, round_id))):
            file = folder / f"bao cao {number}.txt"
            file.write_text(f"Báo cáo số {number}", encoding="utf-8")
            record = EvidenceRecord(f"{number}/BC-UBND", date(2026, 1, 1 + number % 28), "UBND xã", "Báo cáo")
            evidence.add(profile, round_id, file, record, ())


def measure(folder: Path) -> float:
    with open_window(folder / "profile", "evidence") as window:
        page = window.page("evidence")
        times = []
        for _ in range(9):
            begin = time.perf_counter()
            page.refresh(None)
            window.repaint()
            times.append(time.perf_counter() - begin)
        return statistics.median(times)
