"""The user's hands: typing and pressing as real events. (`qtbot.keyClicks` aborts on Vietnamese letters.)"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cchc_desktop.language import render
from cchc_desktop.message import Message
from ui.dialogs import Dialogs, FileKinds
from ui.marks import Mark

NO_KEYS = Qt.KeyboardModifier.NoModifier
PATIENCE = float(os.environ.get("CCHC_TEST_PATIENCE", "1"))
"""How many times longer to wait for what has to happen; the Windows program is tried out under wine."""


def type_text(widget: QWidget, words: str) -> None:
    """One key event per letter, as a keyboard with a Vietnamese layout sends them."""
    widget.setFocus()
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget() or widget
            QApplication.sendEvent(target, QKeyEvent(kind, 0, NO_KEYS, letter))


def compose(widget: QWidget, steps: str, word: str) -> None:
    """An input method at work: each of `steps` is shown as being composed, then `word` is committed."""
    widget.setFocus()
    for end in range(1, len(steps) + 1):
        QApplication.sendEvent(widget, QInputMethodEvent(steps[:end], []))
    done = QInputMethodEvent("", [])
    done.setCommitString(word)
    QApplication.sendEvent(widget, done)


def retype_last(widget: QWidget, count: int, word: str) -> None:
    """How UniKey works: it takes back the last letters and sends new ones."""
    for _ in range(count):
        press(widget, Qt.Key.Key_Backspace)
    type_text(widget, word)


def press(widget: QWidget | None, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    """A key without a letter: F5, Enter, arrows."""
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    place = at or widget.rect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, place)


def button(inside: QWidget, name: str) -> QAbstractButton:
    """The one visible button of that name."""
    found = [made for made in inside.findChildren(QAbstractButton) if made.accessibleName() == name]
    shown = [made for made in found if made.isVisible()]
    assert len(shown) == 1, f"{name!r}: {len(shown)} visible of {len(found)}"
    return shown[0]


class AnsweringDialogs(Dialogs):
    """Answers at once from `answers` (in order), else it steps back. `asked` lists what came."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.asked: list[tuple[str, str]] = []
        self.detail = ""

    def _answer(self, kind: str, words: str, otherwise: object) -> object:
        self.asked.append((kind, words))
        return self.answers.pop(0) if self.answers else otherwise

    def ask(  # type: ignore[override]
        self, heading: str, words: Message | str, act: str, keep: str = "", *, danger: bool = False
    ) -> bool:
        return bool(self._answer("ask", heading, False))

    def choose(self, heading, words, options, mark: Mark | None = None):  # type: ignore[no-untyped-def,override]
        return self._answer("choose", heading, None)

    def choose_way(self, heading, words, ways, leave, mark: Mark | None = None):  # type: ignore[no-untyped-def,override]
        return self._answer("choose_way", f"{heading}: {render(words)}", None)

    def message(self, heading, words, mark: Mark = Mark.INFO, detail: str = "") -> None:  # type: ignore[no-untyped-def,override]
        self._answer("message", f"{heading}: {words}", None)

    def offer(self, heading, words, mark: Mark, detail: str, act: str) -> bool:  # type: ignore[no-untyped-def,override]
        self.detail = detail
        return bool(self._answer("offer", f"{heading}: {render(words)}", False))

    def show_text(self, heading: str, words: str) -> None:
        self._answer("show_text", heading, None)

    def ask_text(self, heading, words, act, *, secret: bool = False, start: str = ""):  # type: ignore[no-untyped-def,override]
        return self._answer("ask_text", heading, None)

    def choose_files(self, heading: str, kinds: FileKinds) -> tuple[Path, ...]:
        found = self._answer("choose_files", heading, ())
        assert isinstance(found, tuple)
        return found

    def choose_file(self, heading: str, kinds: FileKinds) -> Path | None:
        return self._path("choose_file", heading)

    def save_file(self, heading: str, suggestion: str, kinds: FileKinds) -> Path | None:
        return self._path("save_file", heading)

    def choose_folder(self, heading: str) -> Path | None:
        return self._path("choose_folder", heading)

    def _path(self, kind: str, heading: str) -> Path | None:
        found = self._answer(kind, heading, None)
        assert found is None or isinstance(found, Path)
        return found

    def open_path(self, path: Path) -> bool:
        return bool(self._answer("open_path", str(path), True))


def widgets_below(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    yield from widget.findChildren(QWidget)


def rest(milliseconds: int) -> None:
    """The window's loop runs as it does for a user. (QTest.qWait keeps other threads from running Python.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(until: Callable[[], bool] = lambda: True, seconds: float = 10.0) -> None:
    """Let events, threads and timers run until `until` holds."""
    end = time.monotonic() + seconds * PATIENCE
    QApplication.processEvents()
    while not until():
        assert time.monotonic() < end, "did not settle"
        rest(5)
    for _round in range(3):  # a box that grew asks the one around it, which answers in the next round
        QApplication.processEvents()
