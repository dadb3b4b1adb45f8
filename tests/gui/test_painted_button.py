"""Buttons that draw themselves: the keyboard presses them like any other, and each shows its focus once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.hands import NO_KEYS, press
from ui.app import application
from ui.widgets.button import Button, LinkLabel
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.painted_button import PaintedButton

UI = Path(__file__).resolve().parents[2] / "ui"


class _Square(PaintedButton):
    def paintEvent(self, event: object) -> None:
        pass


def shown(qtbot: QtBot, *parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_enter_and_space_press_it(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    link = LinkLabel("Mở", lambda: pressed.append("mở"))
    window = shown(qtbot, link)
    assert window.isVisible()
    press(link, key)
    assert pressed == ["mở"]


@pytest.mark.parametrize("kind", [Button, LinkLabel])
def test_a_key_that_is_held_presses_once(qtbot: QtBot, kind: type[Button] | type[LinkLabel]) -> None:
    pressed: list[str] = []
    one = kind("Mở", lambda: pressed.append("mở"))
    window = shown(qtbot, one)
    assert window.isVisible()
    for again in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_KEYS, "\r", again)
        QApplication.sendEvent(one, event)
    assert pressed == ["mở"]


def test_enter_chooses_a_filter(qtbot: QtBot) -> None:
    chips = FilterChips([Filter("all", "Tất cả"), Filter("open", "Chưa chấm")])
    chosen: list[str] = []
    chips.chosen.connect(chosen.append)
    window = shown(qtbot, chips)
    assert window.isVisible()
    second = chips.findChildren(PaintedButton)[1]
    press(second, Qt.Key.Key_Return)
    assert (chosen, chips.value()) == (["open"], "open")


@pytest.mark.parametrize(("own_focus", "rings"), [(False, 1), (True, 0)])
def test_the_focus_is_shown_once(qtbot: QtBot, own_focus: bool, rings: int) -> None:
    application()  # has the ring
    square = _Square(own_focus=own_focus)
    window = shown(qtbot, square)
    square.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(square.hasFocus)
    found = [part for part in window.findChildren(QWidget) if type(part).__name__ == "_Ring"]
    assert [part.parent() for part in found if part.isVisible()] == [window] * rings


def test_none_is_written_again() -> None:
    """Whoever draws a button goes on from this one."""
    others = [
        f"{file.relative_to(UI)}: {node.name}"
        for file in sorted(UI.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QAbstractButton" for base in node.bases)
    ]
    assert others == ["widgets/painted_button.py: PaintedButton"]
