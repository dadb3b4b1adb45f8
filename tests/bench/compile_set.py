"""Reading and compiling a workbook of 120 rows, as `cchc forms compile` does."""

from __future__ import annotations

import time
from pathlib import Path

from cchc_desktop.formpack.workbook_writer import write_workbook
from cchc_desktop.services.criteria_files import open_set
from tests.domain.test_scorer import big_set


def prepare(folder: Path, times: int = 1) -> None:
    criteria = big_set(120 * times)[0]
    (folder / "set.xlsx").write_bytes(write_workbook(criteria))
    (folder / "rows").write_text(str(len(criteria.rows)), encoding="ascii")


def measure(folder: Path) -> float:
    rows = int((folder / "rows").read_text(encoding="ascii"))
    begin = time.perf_counter()
    opened = open_set(str(folder / "set.xlsx"))
    spent = time.perf_counter() - begin
    if opened.criteria is None or len(opened.criteria.rows) != rows:
        raise SystemExit(f"the set did not compile: {opened.errors[:3]}")
    return spent
