"""What the whole sheet comes to. While rows are open there is no bare class: it is called provisional."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.language import format_percent, text
from ui.fonts import Size, metrics
from ui.theme import Role
from ui.widgets.bars import SectionBar
from ui.widgets.labels import Label
from ui.widgets.panel import column, row

_GAP = 20


class _Figure(QWidget):
    """A caption above its value."""

    def __init__(self) -> None:
        super().__init__()
        self._full = self._short = ""
        self._caption, self._value = Label(size=Size.SMALL, role=Role.MUTED), Label(bold=True)
        self.setLayout(column(None, self._caption, self._value, None, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def say(self, caption: str, value: str, short: str = "") -> None:
        """`short` for where even this one figure has no room for all its words."""
        self._full, self._short = value, short or value
        self._caption.setText(caption)
        self._value.setText(value)
        self._value.setAccessibleName(f"{caption}: {value}")

    def full_width(self) -> int:
        return metrics(bold=True).horizontalAdvance(self._full) + 2

    def shorten(self, short: bool) -> None:
        self._value.setText(self._short if short else self._full)
        self._value.setToolTip(self._full if short else "")

    def value(self) -> str:
        return self._value.text()

    def caption(self) -> str:
        return self._caption.text()


class TotalFigures(QWidget):
    """Total, class, what is open, the bar. Where room is short, whole figures go; none is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total, self.grade, self.open = _Figure(), _Figure(), _Figure()
        self.bar = SectionBar(height=12, width=150)
        self.bar.setMaximumWidth(150)
        self._parts: tuple[QWidget, ...] = (self.total, self.open, self.grade, self.bar)
        self.setLayout(row(self.total, self.grade, self.open, self.bar, None, gap=_GAP))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_total(self, score: ScoreSheet) -> None:
        total = score.total
        provisional = bool(total.open_rows)
        waiting = total.applicable_max - total.self_max
        key = "total_self"
        if not provisional and total.final is not None:
            key = "total_final"
        elif waiting > 0:
            key = "total_waiting"
        words = text(
            f"scoring_page.{key}",
            points=total.final if key == "total_final" else total.self_points,
            maximum=total.max_points if key == "total_final" else total.self_max,
            waiting=waiting,
        )
        short = text("scoring_page.total_final", points=total.self_points, maximum=total.self_max)
        caption = text("scoring_page.total_provisional" if provisional else "scoring_page.total")
        self.total.say(caption, words, short if key == "total_waiting" else "")
        index = "–" if total.index is None else format_percent(total.index / 100)
        nothing = total.open_points == total.applicable_max  # "Yếu" before the first answer says nothing
        label = None if nothing else total.class_label
        grade = text("scoring_page.class_value", grade=label or "–", index=index)
        self.grade.say(text("scoring_page.class_provisional" if provisional else "scoring_page.class"), grade)
        left = text("scoring_page.open_value", points=total.open_points, rows=total.open_rows)
        self.open.say(text("scoring_page.open"), left if provisional else text("scoring_page.open_none"))
        self.bar.set_points(text("scoring_page.total"), total.points, total.open_points, total.applicable_max)
        self._fit()

    def _fit(self) -> None:
        room = self.width() + _GAP
        self.total.shorten(self.total.full_width() > self.width())
        for part in self._parts:
            least = part.minimumSizeHint().width() if part is self.bar else part.sizeHint().width()
            room -= least + _GAP
            part.setVisible(room >= 0 or part is self.total)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
