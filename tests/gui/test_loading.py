"""The code of the other pages, loaded beside the window: by the window's own thread where it knows Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, threading
from pathlib import Path
import PySide6.QtGui, PySide6.QtWidgets
import cchc_desktop  # has a finder for our own modules; the watch stands before it

asked = {"start": set(), "window": set(), "beside": set()}
now = ["start"]

class Watch:
    def find_spec(self, name, path=None, target=None):
        own = threading.current_thread() is threading.main_thread()
        asked[now[0] if own else "beside"].add(name)

sys.meta_path.insert(0, Watch())

from ui.app import application, first_window
from ui.dialogs import Dialogs
app = application()
window = first_window(Path(sys.argv[1]), None, Dialogs())
window.show()
app.processEvents()
now[0] = "window"
while not window.at_rest:
    app.processEvents()
print(sorted(name for name in asked["beside"] if name.startswith(("ui.", "PySide6", "shiboken6"))))
print([name for name in sys.argv[2:] if name not in sys.modules])
print("cchc_desktop.language.vi.plan_page" in asked["beside"])
print([name for name in asked["window"] if name.startswith("cchc_desktop.services.")])
window.close()
"""
PAGES = [f"ui.pages.{name}.page" for name in ("plan", "scoring", "evidence", "submit", "settings")]


def test_only_what_knows_nothing_of_qt_is_loaded_on_another_thread(sample_folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", PROGRAM, str(sample_folder), *PAGES]
    answer = subprocess.run(call, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == ["[]", "[]", "True", "[]"]
