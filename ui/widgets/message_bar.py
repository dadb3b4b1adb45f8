"""A message in its place: bar at the left, mark, what happened and what to do, at most one action."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import render
from cchc_desktop.message import Message
from ui.fonts import Size, line
from ui.marks import SIZE as MARK
from ui.marks import Mark, MarkSign
from ui.theme import Role, color
from ui.widgets.button import LinkLabel
from ui.widgets.labels import Label
from ui.widgets.painted import chip
from ui.widgets.panel import column, row


class Tone(Enum):
    """Mark, line and ground of a message."""

    INFO = (Mark.INFO, Role.INFO, Role.INFO_SOFT)
    OK = (Mark.DONE, Role.OK, Role.OK_SOFT)
    WARN = (Mark.NO_EVIDENCE, Role.WARN, Role.WARN_SOFT)
    ERROR = (Mark.ERROR, Role.ERROR, Role.ERROR_SOFT)


def _lowered(size: Size) -> int:
    """How far down a mark goes to stand in the middle of the first line."""
    return max(0, (line(size) - MARK) // 2)


class MessageBar(QWidget):
    """Hidden until `say`; `hush` hides it again. Its parts are made when there is something to say: most bars
    of a page never say anything, and a page opens the faster the less is on it. `more` stands behind them.
    """

    def __init__(self, *more: QWidget) -> None:
        super().__init__()
        self._more = more
        self._tone = Tone.INFO
        self._act: Callable[[], object] | None = None
        self._is_made = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def _make(self) -> None:
        self._is_made = True
        self._sign = MarkSign(Mark.INFO)
        self._words = Label(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = LinkLabel("", self._pressed)
        box = row(
            column(_lowered(Size.BASE), self._sign, None, gap=0),
            self._words,
            self._action,
            *self._more,
            gap=12,
        )
        box.setContentsMargins(17, 9, 13, 9)
        box.setStretch(1, 1)
        self.setLayout(box)

    def say(
        self,
        words: Message | str,
        tone: Tone = Tone.INFO,
        action: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        if not self._is_made:
            self._make()
        self._tone, self._act = tone, act
        self._sign.set_mark(tone.value[0])
        self._words.setText(render(words))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{tone.value[0].word}: {render(words)}")
        self.show()
        self.update()

    def hush(self) -> None:
        self.hide()

    def words(self) -> str:
        """What is being said; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def _pressed(self) -> None:
        if self._act is not None:
            self._act()

    def paintEvent(self, event: QPaintEvent) -> None:
        _mark, line, ground = self._tone.value
        with QPainter(self) as painter:
            chip(painter, QRectF(self.rect()), color(ground), color(line), 2)
            painter.fillRect(QRectF(0, 0, 4, self.height()), color(line))


class FieldNote(QWidget):
    """The small red (or amber) line under a field: mark and words. Hidden while all is well, and made when
    something is not."""

    def __init__(self) -> None:
        super().__init__()
        self._is_made = False
        self.hide()

    def _make(self) -> None:
        self._is_made = True
        self._sign = MarkSign(Mark.ERROR)
        self._words = Label(size=Size.SMALL, wrap=True)
        box = row(column(_lowered(Size.SMALL), self._sign, None, gap=0), self._words, gap=6)
        box.setStretch(1, 1)
        self.setLayout(box)

    def say(self, words: Message | str, tone: Tone = Tone.ERROR) -> None:
        if not self._is_made:
            self._make()
        self._sign.set_mark(tone.value[0])
        self._words.setText(render(words))
        self._words.set_role(tone.value[1])
        self.show()

    def hush(self) -> None:
        self.hide()

    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()
