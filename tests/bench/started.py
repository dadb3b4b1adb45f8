"""The program started anew, and what it is held against: an empty window with a tree of 100 rows.

The window is painted when the event loop has met the system's first wish to see it; both sides ask the loop
for just that. `prepare` proves of the profile at hand that what is in sight by then is the first page with
its figures, which another process computes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from cchc_desktop.language import format_points
from cchc_desktop.services import scoring
from cchc_desktop.services.profile import open_profile
from tests.bench import NotHereError, two_years

_OURS = """
import sys
from pathlib import Path
from ui.app import application, first_window
from ui.dialogs import Dialogs
app = application()
window = first_window(Path(sys.argv[1]), None, Dialogs())
"""
_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeWidget, QTreeWidgetItem
app = QApplication(sys.argv[:1])
window = QMainWindow()
tree = QTreeWidget()
for number in range(100):
    QTreeWidgetItem(tree, [f"Dòng {number}"])
window.setCentralWidget(tree)
"""
_PAINTED = """
window.resize(1366, 768)
window.show()
app.processEvents()
"""
_SAY_SO = """
print(flush=True)
sys.stdin.read()
"""
_PROOF = """
import json
seen = app.topLevelWindows()[0].isExposed()
page = window.page(window.page_id())
picture = window.grab().toImage()
colors = {picture.pixelColor(x, y).rgb() for x in range(0, 1366, 2) for y in range(0, 768, 2)}
print(json.dumps([seen, window.page_id(), page.score.words(), len(page.todo.list.jobs()), len(colors)]))
window.close()
"""
PROGRAM, EMPTY = _OURS + _PAINTED + _SAY_SO, _EMPTY + _PAINTED + _SAY_SO


def call(script: str, folder: Path) -> list[str]:
    return [sys.executable, "-c", script, str(folder / "profile")]


def prepare(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile", times)
    answer = subprocess.run(
        call(_OURS + _PAINTED + _PROOF, folder), capture_output=True, text=True, check=True, env=offscreen()
    )
    seen, page, words, jobs, colors = json.loads(answer.stdout.splitlines()[-1])
    with open_profile(folder / "profile") as profile:
        total = scoring.sheet(profile, two_years.newest_round(profile)).score.total
    figures = words.splitlines()[0]
    if not seen or page != "overview" or figures != format_points(total.points) or not jobs or colors < 100:
        raise SystemExit(f"the first page is not what it should be: {page} {figures} {jobs} {colors} {seen}")


def offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def most_memory(script: str, folder: Path) -> float:
    """The most memory that the process held until its first page was painted, in MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        raise NotHereError("a system that says how much memory a process held at most (/proc)")
    told = f"""
for line in open("{status}"):
    if line.startswith("VmHWM:"):
        print(line.split()[1])
"""
    script = script.replace(_SAY_SO, told)
    answer = subprocess.run(call(script, folder), capture_output=True, text=True, check=True, env=offscreen())
    return int(answer.stdout.split()[-1]) / 1000
