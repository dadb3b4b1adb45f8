"""The five steps of handing in, with their state; a finished or current one can be gone back to."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import LEFT, centred, paint_text
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panel import row

STEPS = ("check", "sign", "place", "progress", "done")


@dataclass(frozen=True, slots=True)
class StepState:
    """`note` is the second line ("0 lỗi, 1 cảnh báo")."""

    mark: Mark
    note: str
    enabled: bool


class _Step(PaintedButton):
    def __init__(self, number: int, name: str) -> None:
        super().__init__(own_focus=True)
        self._name = f"{number}. {text(f'submit_page.step_{name}')}"
        self._state = StepState(Mark.OPEN, "", False)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, state: StepState) -> None:
        self._state = state
        self.setEnabled(state.enabled)
        said = ". ".join(part for part in (self._name, state.mark.word, state.note) if part)
        self.setAccessibleName(said)
        self.setToolTip(f"{self._name}\n{state.note}".strip())
        self.update()

    @property
    def state(self) -> StepState:
        return self._state

    def sizeHint(self) -> QSize:
        return QSize(180, line() + line(Size.SMALL) + 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        here = self.isChecked()
        room = self.rect()
        with QPainter(self) as painter:
            if here:
                painter.fillRect(room, color(Role.SELECTION))
                painter.fillRect(QRect(0, room.bottom() - 2, room.width(), 3), color(Role.ACCENT))
            painter.fillRect(QRect(room.right(), 0, 1, room.height()), color(Role.LINE))
            if not here:
                painter.fillRect(QRect(0, room.bottom(), room.width(), 1), color(Role.LINE))
            narrow = room.width() < 150
            left = 8 if narrow else 16
            paint_mark(painter, self._state.mark, centred(room, SIZE, left))
            left += SIZE + (6 if narrow else 14)
            wide, high, low = room.width() - left - 6, line(), line(Size.SMALL)
            top = (room.height() - high - low) // 2
            ink = color(Role.TEXT if self.isEnabled() or here else Role.MUTED)
            fits = metrics(bold=True).horizontalAdvance(self._name) <= wide
            size = Size.BASE if fits else Size.SMALL
            paint_text(
                painter,
                QRect(left, top, wide, high),
                self._name,
                font(size, bold=True),
                ink,
                LEFT,
                elide=True,
            )
            note = QRect(left, top + high, wide, low)
            muted = color(Role.MUTED)
            paint_text(painter, note, self._state.note, font(Size.SMALL), muted, LEFT, elide=True)
            if self.hasFocus():
                painter.setPen(QPen(color(Role.FOCUS), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(room).adjusted(2, 2, -3, -3))


class StepBar(QWidget):
    """`chosen(name)` when the user presses a step."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(text("submit_page.steps"))
        self._steps = {name: _Step(number, name) for number, name in enumerate(STEPS, start=1)}
        for name, step in self._steps.items():
            step.set_state(StepState(Mark.OPEN, "", enabled=False))
            step.clicked.connect(lambda _on=False, name=name: self._press(name))
        self.setLayout(row(*self._steps.values(), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _press(self, name: str) -> None:
        self.show_step(name)
        self.chosen.emit(name)

    def show_step(self, name: str) -> None:
        for key, step in self._steps.items():
            step.setChecked(key == name)

    def set_state(self, name: str, state: StepState) -> None:
        self._steps[name].set_state(state)

    def state(self, name: str) -> StepState:
        return self._steps[name].state
