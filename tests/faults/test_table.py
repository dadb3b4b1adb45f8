"""The tables are whole, and every test that they name is there."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.faults.mounted import ROOT
from tests.faults.table import DAMAGED, FAULTS, MOMENTS, MORE

OF_THE_ISSUE = {
    *("SIGKILL", "disk full", "quota", "fsync fails", "write fails", "read-only folder", "network drive"),
    *("removable drive", "two programs", "clock jumps back", "time zone changed", "crash in a page"),
}
NAMED_DAMAGES = {
    *("first page zeroed", "a leaf of the journal zeroed", "cut in half", "wrong header", "the log deleted"),
    *("evidence removed", "evidence moved or renamed", "a journal row edited"),
}


def test_every_fault_has_every_moment() -> None:
    assert set(FAULTS) == OF_THE_ISSUE
    for fault, moments in FAULTS.items():
        assert tuple(moments) == MOMENTS, fault
        assert all(moments.values()), fault


def test_there_are_more_than_twenty_damages() -> None:
    assert set(DAMAGED) >= NAMED_DAMAGES
    assert len(DAMAGED) >= 35


def test_every_named_test_is_there() -> None:
    named = {test for moments in FAULTS.values() for tests in moments.values() for test in tests}
    named |= {test for tests in (*MORE.values(), *DAMAGED.values()) for test in tests}
    files = sorted({test.partition("::")[0] for test in named})
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "", *files],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert named - set(answer.stdout.splitlines()) == set()
