"""What the whole sheet comes to. While rows are open there is no bare class: it is called provisional."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.language import format_percent, text
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.bars import SectionBar
from ui.widgets.labels import Label
from ui.widgets.panel import column, row


class _Figure(QWidget):
    """A caption above its value."""

    def __init__(self) -> None:
        super().__init__()
        self._caption, self._value = Label(size=Size.SMALL, role=Role.MUTED), Label(bold=True)
        box = column(self._caption, self._value, gap=0)
        self.setLayout(box)

    def say(self, caption: str, value: str) -> None:
        self._caption.setText(caption)
        self._value.setText(value)
        self._value.setAccessibleName(f"{caption}: {value}")

    def value(self) -> str:
        return self._value.text()


class TotalFigures(QWidget):
    """Total, index, class, what is open, and the bar. Gives up the bar and the class before any figure."""

    def __init__(self) -> None:
        super().__init__()
        self.total, self.index, self.grade, self.open = _Figure(), _Figure(), _Figure(), _Figure()
        self.bar = SectionBar(height=12, width=150)
        line = row(self.total, self.index, self.grade, self.open, self.bar, None, gap=24)
        self.setLayout(line)

    def show_total(self, score: ScoreSheet) -> None:
        total = score.total
        provisional = bool(total.open_rows)
        waiting = total.applicable_max - total.self_max
        words = text("scoring_page.total_self", points=total.self_points, maximum=total.self_max)
        if waiting > 0 and provisional:
            words = text(
                "scoring_page.total_waiting",
                points=total.self_points,
                maximum=total.self_max,
                waiting=waiting,
            )
        elif not provisional and total.final is not None:
            words = text("scoring_page.total_final", points=total.final, maximum=total.max_points)
        caption = "total_provisional" if provisional else "total"
        self.total.say(text(f"scoring_page.{caption}"), words)
        index = "–" if total.index is None else format_percent(total.index / 100)
        self.index.say(text("scoring_page.index_provisional" if provisional else "scoring_page.index"), index)
        grade = total.class_label or "–"
        self.grade.say(text("scoring_page.class_provisional" if provisional else "scoring_page.class"), grade)
        left = text("scoring_page.open_value", points=total.open_points, rows=total.open_rows)
        self.open.say(text("scoring_page.open"), left if provisional else text("scoring_page.open_none"))
        self.bar.set_points(text("scoring_page.total"), total.points, total.open_points, total.applicable_max)

    def fit(self, width: int) -> None:
        """What has room at that width of the window; figures never elide."""
        self.bar.setVisible(width >= 1340)
        self.grade.setVisible(width >= 1100)
        self.index.setVisible(width >= 960)
        self.open.setVisible(width >= 800)
