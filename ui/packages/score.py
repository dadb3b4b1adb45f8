"""The score that the unit states in its package: total, class, sections. Nobody has appraised it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cchc_desktop.domain.package_look import StatedScore
from cchc_desktop.language import text
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.bars import SectionBar, share_text
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.panel import clear, column

_WIDEST = 760
"""Bars further off than this from their names are hard to follow."""


class Score(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._total = Label(size=Size.SECTION, bold=True, wrap=True)
        self._note = second(text("package_view.score_note"), wrap=True)
        self._confirmed = second(wrap=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        head = section(text("package_view.score"))
        table = QWidget()
        table.setLayout(self._grid)
        table.setMaximumWidth(_WIDEST)
        self.setLayout(column(head, self._total, self._note, self._confirmed, table, gap=4))

    def show_score(self, score: StatedScore | None) -> None:
        self.setVisible(score is not None)
        clear(self._grid)
        if score is None:
            return
        total = score.total
        words = [text("package_view.score_total", points=total.points, most=total.max_points)]
        if total.open_points:
            words.append(text("package_view.score_open", points=total.open_points))
        if total.class_label:
            provisional = "class_provisional" if total.class_provisional else "class"
            words.append(text(f"package_view.{provisional}", name=total.class_label))
        if total.bonus or total.penalty:
            words.append(text("package_view.bonus_penalty", bonus=total.bonus, penalty=total.penalty))
        self._total.setText(" · ".join(words))
        confirmed = score.confirmation
        self._confirmed.setText(
            text("package_view.not_confirmed")
            if confirmed is None
            else text("package_view.confirmed", name=confirmed.name, day=confirmed.confirmed_on)
        )
        for line, part in enumerate(score.sections):
            name = ElidedLabel(f"{part.code}. {part.label}" if part.label else part.code)
            bar = SectionBar(12, 180)
            bar.set_points(part.label or part.code, part.points, part.open_points, part.max_points)
            figure = Label(share_text(part.points, part.max_points), Size.SMALL, Role.MUTED)
            self._grid.addWidget(name, line, 0)
            self._grid.addWidget(bar, line, 1)
            self._grid.addWidget(figure, line, 2, Qt.AlignmentFlag.AlignRight)

    def words(self) -> str:
        return self._total.text()
