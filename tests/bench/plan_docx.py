"""The plan of a department with 500 tasks, as DOCX."""

from __future__ import annotations

import time
from pathlib import Path

from cchc_desktop.services import documents, rounds
from cchc_desktop.services.profile import open_profile
from tests.bench.plan_pdf import prepare

__all__ = ["measure", "prepare"]


def measure(folder: Path) -> float:
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        begin = time.perf_counter()
        documents.write_plan_docx(profile, round_id, folder / "plan.docx")
        return time.perf_counter() - begin
