"""From the process's start to the first page painted with its data, against an empty window with a tree."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from cchc_desktop.services import samples

PROGRAM = """
import sys
from pathlib import Path
from ui.app import application, first_window
from ui.dialogs import Dialogs
app = application()
window = first_window(Path(sys.argv[1]), None, Dialogs())
window.resize(1366, 768)
window.show()
app.processEvents()
window.grab()
print(flush=True)
sys.stdin.read()
"""

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeWidget, QTreeWidgetItem
app = QApplication(sys.argv[:1])
window = QMainWindow()
tree = QTreeWidget()
for number in range(100):
    QTreeWidgetItem(tree, [f"Dòng {number}"])
window.setCentralWidget(tree)
window.resize(1366, 768)
window.show()
app.processEvents()
window.grab()
print(flush=True)
sys.stdin.read()
"""


def prepare(folder: Path) -> None:
    samples.make_profile(folder / "profile", "commune")


def _until_painted(script: str, folder: Path) -> float:
    call = [sys.executable, "-c", script, str(folder / "profile")]
    begin = time.perf_counter()
    with subprocess.Popen(
        call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        painted = process.stdout.readline()
        spent = time.perf_counter() - begin
        process.kill()
    if not painted:
        raise SystemExit("the window did not come up")
    return spent


def measure(folder: Path) -> float:
    return _until_painted(PROGRAM, folder)


def reference(folder: Path) -> float:
    return _until_painted(EMPTY, folder)
