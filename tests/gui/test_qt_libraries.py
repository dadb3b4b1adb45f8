"""Qt's libraries are loaded beside Python, and Qt takes the first thread for its own all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "ui" / "qt_libraries.py"
WITHOUT_THE_WINDOW = f"""
import runpy, sys, time
from pathlib import Path
runpy.run_path({str(FILE)!r})["load_beside"]()
wanted, last = {{"libQt6Widgets", "libQt6Svg", "libfontconfig"}}, time.monotonic() + 30
while time.monotonic() < last:
    maps = Path("/proc/self/maps").read_text()
    there = {{name for name in wanted if name in maps}}
    if there == wanted:
        break
    time.sleep(0.01)
print(sorted(there), "PySide6" in sys.modules)
"""
WITH_QT_ALREADY = f"""
import _thread, runpy
import PySide6.QtCore
before = _thread._count()
runpy.run_path({str(FILE)!r})["load_beside"]()
print(_thread._count() - before)
"""
ON_WINDOWS = f"""
import _ctypes, _thread, runpy, sys
del _ctypes.dlopen, _ctypes.dlsym
sys.platform = "win32"
before = _thread._count()
runpy.run_path({str(FILE)!r})["load_beside"]()
print(_thread._count() - before, "sqlite3" in sys.modules)
"""
THE_WINDOW = """
import sys
import ui
from PySide6.QtCore import QThread
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("Ở đây")
label.show()
app.processEvents()
print(QThread.isMainThread(), app.thread().isCurrentThread(), len(QFontDatabase.families()) > 0)
"""


def said(script: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(FILE.parents[1])}
    call = [sys.executable, "-c", script]
    answer = subprocess.run(call, capture_output=True, text=True, timeout=60, check=True, env=environment)
    assert "main() thread" not in answer.stderr
    assert "Traceback" not in answer.stderr
    return answer.stdout.strip()


def test_they_are_loaded_without_python_s_part() -> None:
    assert said(WITHOUT_THE_WINDOW) == "['libQt6Svg', 'libQt6Widgets', 'libfontconfig'] False"


def test_where_qt_is_there_nothing_begins() -> None:
    assert said(WITH_QT_ALREADY) == "0"


def test_on_windows_nothing_begins() -> None:
    """Whose Python has not got the functions that load them."""
    assert said(ON_WINDOWS) == "0 False"


def test_the_first_thread_is_qt_s() -> None:
    """Whichever thread loads them, the one that makes the application is the window's."""
    assert said(THE_WINDOW) == "True True True"
