"""Every visible enabled action of a page changes a state, opens something, or says why not."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QWidget

from tests.gui.hands import AnsweringDialogs, settle
from ui import pages
from ui.main_window import MainWindow


def picture(window: QWidget) -> str:
    image = window.grab().toImage()
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def actions(window: MainWindow) -> list[QAbstractButton]:
    """What can be pressed now, without what already holds (the page that is open, the chosen filter)."""
    return [
        made
        for made in window.findChildren(QAbstractButton)
        if made.isVisible() and made.isEnabled() and not (made.isCheckable() and made.isChecked())
    ]


def bring_into_view(made: QWidget) -> None:
    """As a user scrolls to what they press: a change below the edge would not be in the picture."""
    above = made.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(made)
        above = above.parentWidget()


def name(made: QAbstractButton) -> str:
    return f"{type(made).__name__} {made.accessibleName()}"


class Watch:
    """What a press may change besides the picture."""

    def __init__(self, window: MainWindow, dialogs: AnsweringDialogs) -> None:
        self._window, self._dialogs = window, dialogs
        self.modal: list[str] = []
        self._told: list[Any] = []
        window.edits.changed.connect(self._told.append)

    def state(self) -> tuple[object, ...]:
        tops = sorted(
            type(widget).__name__
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not self._window
        )
        page = self._window.page_id()
        return (page, len(self._dialogs.asked), len(self._told), tuple(tops), len(self.modal))


@pytest.fixture
def modal_dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Dialogs and menus of a page's own that would wait for the user: noted, and left at once."""
    from PySide6.QtWidgets import QDialog

    seen: list[str] = []

    def leave(self: QWidget, *_where: object) -> int:
        seen.append(f"{type(self).__name__} {self.windowTitle()}")
        return 0

    monkeypatch.setattr(QDialog, "exec", leave)
    monkeypatch.setattr(QMenu, "exec", leave)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("page", [entry.id for entry in pages.PAGES])
def test_every_action_does_something(
    window: MainWindow, dialogs: AnsweringDialogs, modal_dialogs: list[str], page: str
) -> None:
    watch = Watch(window, dialogs)
    watch.modal = modal_dialogs
    pressed: set[str] = set()
    idle: list[str] = []
    while True:
        window.go_to(page)
        settle(lambda: not window.work.running)
        waiting = [made for made in actions(window) if name(made) not in pressed]
        if not waiting:
            break
        made = waiting[0]
        label = name(made)
        pressed.add(label)
        bring_into_view(made)
        made.setFocus()
        settle()
        before = (picture(window), watch.state())
        made.click()
        looked = window.work.running  # for tokens, for drives: what it finds may well be what it found before
        settle(lambda: not window.work.running)
        for open_widget in QApplication.topLevelWidgets():
            if open_widget.isVisible() and open_widget is not window:
                watch.modal.append(type(open_widget).__name__)
                open_widget.close()
        if (picture(window), watch.state()) == before and not looked:
            idle.append(label)
    assert idle == []
    assert len(pressed) > len(pages.PAGES)
