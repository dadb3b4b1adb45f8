"""Filters as a grid of chips, each with its mark, its words and how many there are; exactly one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, width_of
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import LEFT, RIGHT, centred, chip, paint_text
from ui.widgets.painted_button import PaintedButton


@dataclass(frozen=True)
class Filter:
    key: str
    words: str
    mark: Mark | None = None
    counted: bool = True


class _Chip(PaintedButton):
    def __init__(self, filter_: Filter) -> None:
        super().__init__()
        self._filter, self._count = filter_, 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        words = self._filter.words
        self.setAccessibleName(f"{words}: {count}" if self._filter.counted else words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sign = SIZE + 8 if self._filter.mark else 0
        words = width_of(self._all_words(), Size.SMALL, bold=True)
        return QSize(sign + words + 18, line(Size.SMALL) + 12)

    def _all_words(self) -> str:
        return f"{self._filter.words}  {self._count}" if self._filter.counted else self._filter.words

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            fill = Role.SELECTION if on else Role.COMPUTED if self.underMouse() else Role.SURFACE
            chip(painter, QRectF(self.rect()), color(fill), color(Role.ACCENT if on else Role.EDGE))
            left = 8
            if self._filter.mark is not None:
                paint_mark(painter, self._filter.mark, centred(self.rect(), SIZE, left))
                left += SIZE + 8
            figure = str(self._count) if self._filter.counted else ""
            width = width_of(figure, Size.SMALL, bold=True) + 1
            right = QRect(self.width() - 8 - width, 0, width, self.height())
            paint_text(painter, right, figure, font(Size.SMALL, bold=True), color(Role.TEXT), RIGHT)
            where = QRect(left, 0, right.left() - left - 2, self.height())
            paint_text(painter, where, self._filter.words, font(Size.SMALL, bold=on), color(Role.TEXT), LEFT)


class FilterChips(QWidget):
    chosen = Signal(str)

    def __init__(self, filters: Sequence[Filter], columns: int = 2) -> None:
        super().__init__()
        self._chips = {filter_.key: _Chip(filter_) for filter_ in filters}
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, (key, made) in enumerate(self._chips.items()):
            self._group.addButton(made)
            grid.addWidget(made, place // columns, place % columns)
            made.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
        next(iter(self._chips.values())).setChecked(True)

    def chips(self) -> Sequence[QWidget]:
        return tuple(self._chips.values())

    def value(self) -> str:
        return next(key for key, made in self._chips.items() if made.isChecked())

    def set_value(self, key: str) -> None:
        """Choose as if the user had."""
        self._chips[key].setChecked(True)
        self.chosen.emit(key)

    def set_counts(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            self._chips[key].set_count(count)
