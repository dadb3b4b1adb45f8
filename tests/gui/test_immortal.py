"""PySide6 6.12 under Python 3.11 takes a reference of None with each call; the window must outlive that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANY_CALLS = """
import ui
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
app = QCoreApplication([])
class Bell(QObject):
    rung = Signal(object)
bell, timer = Bell(), QTimer()
for _ in range(60_000):
    timer.setInterval(5)
    bell.rung.emit(1)
print("alive")
"""


def test_none_and_true_outlive_many_calls() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (answer.returncode, answer.stdout) == (0, "alive\n"), answer.stderr
