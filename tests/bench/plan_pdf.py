"""The plan of a department with 500 tasks, as PDF."""

from __future__ import annotations

import time
from pathlib import Path

from cchc_desktop.services import documents, plan, plan_rows, rounds, samples
from cchc_desktop.services.profile import open_profile


def prepare(folder: Path, times: int = 1) -> None:
    samples.make_profile(folder / "profile", "department")
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        missing = 500 * times - len(plan.plan(profile, round_id).tasks)
        edits = [
            plan_rows.RowEdit(
                None,
                "procedures",
                {
                    "title": f"Rà soát, đơn giản hóa nhóm thủ tục hành chính số {number} được giao quản lý",
                    "product": f"Báo cáo kết quả rà soát nhóm {number} gửi Sở Nội vụ",
                    "lead": "Văn phòng Sở",
                    "due": "Quý III",
                },
            )
            for number in range(missing)
        ]
        plan_rows.write(profile, round_id, plan_rows.Rows.TASKS, edits)


def measure(folder: Path) -> float:
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        begin = time.perf_counter()
        documents.write_plan_pdf(profile, round_id, folder / "plan.pdf")
        return time.perf_counter() - begin
