"""PySide6 imported without what the program never asks for: lighter, and otherwise the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRONG_CALLS = """
import sys
if sys.argv[1] == "ours":
    import ui
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
for call in (
    lambda: QWidget(nosuch=1),
    lambda: QWidget(1, 2, 3),
    lambda: QWidget().resize("x"),
    lambda: app.setFont("a", "b"),
    lambda: QTimer.singleShot("a"),
    lambda: QObject().nosuch,
):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(QWidget.resize.__doc__)
"""
ENUMERATIONS = """
import enum, sys
if sys.argv[1] == "ours":
    import ui
from PySide6 import QtCore, QtGui, QtWidgets
for module in (QtCore, QtGui, QtWidgets):
    for name in sorted(dir(module)):
        cls = getattr(module, name)
        for inner in vars(cls).values() if isinstance(cls, type) else ():
            if isinstance(inner, enum.EnumType):
                members = {member.name: member.value for member in inner.__members__.values()}
                print(inner.__qualname__, inner.__mro__[1].__name__, inner.__module__, members)
"""
OLD_NAMES = """
import ui
from PySide6.QtCore import Qt
before = hasattr(Qt, "AlignLeft")
print(before, Qt.AlignmentFlag.AlignLeft.value, len(Qt.AlignmentFlag.__members__), hasattr(Qt, "AlignLeft"))
"""
WARNING = """
import sys, warnings
if sys.argv[1] == "ours":
    import ui
from PySide6.QtCore import Qt
import bz2, lzma
print(bz2.decompress(bz2.compress(b"a")), lzma.decompress(lzma.compress(b"b")))
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    print((Qt.KeyboardModifier.ControlModifier + Qt.Key.Key_A).toCombined())
print([str(one.message) for one in told])
"""
TWO_THREADS = """
import sys, threading
sys.setswitchinterval(1e-6)
import ui, shutil, tempfile, textwrap
assert all("_real" in vars(module) for module in (shutil, tempfile, textwrap))
begin, said = threading.Barrier(8), []
def ask():
    begin.wait()
    said.append((shutil.copyfile, tempfile.mkdtemp, textwrap.dedent("  a")))
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(said), len(set(said)))
"""
LIGHT = """
import builtins, sys
import cchc_desktop  # has a finder for our own modules
before = builtins.__import__, [type(finder) for finder in sys.meta_path]
import ui
import PySide6.QtWidgets
from ui.qt_import import WHEN_ASKED
print(before == (builtins.__import__, [type(finder) for finder in sys.meta_path]))
print(sorted(WHEN_ASKED - set(sys.modules)))
print([name for name in WHEN_ASKED if "_real" not in vars(sys.modules[name])])
print([name for name in ("argparse", "ctypes", "logging", "inspect") if name in sys.modules])
"""


def _said(script: str, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", script, *arguments]
    answer = subprocess.run(call, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_wrong_calls_are_explained_as_ever() -> None:
    ours = _said(WRONG_CALLS, "ours")
    assert "Supported signatures:" in ours and "resize(self, w: int, h: int, /) -> None" in ours
    assert ours == _said(WRONG_CALLS, "plain")


def test_enumerations_are_the_same() -> None:
    ours = _said(ENUMERATIONS, "ours")
    assert "AlignHCenter" in ours and len(ours.splitlines()) > 500
    assert ours == _said(ENUMERATIONS, "plain")


def test_names_without_their_enumeration_are_off_whether_or_not_its_members_are_there() -> None:
    assert _said(OLD_NAMES) == "False 1 14 False\n"


def test_stub_writer_waits_and_python_keeps_its_import() -> None:
    assert _said(LIGHT) == "True\n[]\n[]\n[]\n"


def test_what_waits_works_once_it_is_needed() -> None:
    ours = _said(WARNING, "ours")
    assert "b'a' b'b'" in ours and "Please use" in ours
    assert ours == _said(WARNING, "plain")


def test_a_second_thread_waits_until_a_module_has_run() -> None:
    assert _said(TWO_THREADS) == "8 1\n"
