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
LIGHT = """
import builtins, sys
before = builtins.__import__, [type(finder) for finder in sys.meta_path]
import ui
import PySide6.QtWidgets
from ui.qt_import import WHEN_ASKED
print(before == (builtins.__import__, [type(finder) for finder in sys.meta_path]))
print(sorted(WHEN_ASKED - set(sys.modules)))
print([name for name in ("argparse", "logging", "inspect") if name in sys.modules])
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


def test_stub_writer_waits_and_python_keeps_its_import() -> None:
    assert _said(LIGHT) == "True\n[]\n[]\n"
