"""A section or group that was picked in the tree: its points, and its rows to go on to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from cchc_desktop.domain.criteria import Node
from cchc_desktop.language import text
from ui.marks import MarkSign
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.bars import SectionBar
from ui.widgets.button import LinkLabel
from ui.widgets.labels import ElidedLabel, PointsLabel, second, section
from ui.widgets.panel import Panel, clear, column
from ui.widgets.scroll_column import ScrollColumn


class SectionPane(QWidget):
    """`wanted(code)`: on to one of its rows."""

    wanted = Signal(str)

    def __init__(self, sheet: LiveSheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._code = ""
        self._rows: Sequence[Node] = ()
        self._title, self._figures = section(wrap=True), second(wrap=True)
        self._bar = SectionBar(height=14, width=200)
        self._panel = Panel(padding=12)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._panel.box.addLayout(self._grid)
        whole = column(self._title, self._figures, self._bar, self._panel, None, gap=10)
        whole.setContentsMargins(20, 12, 20, 12)
        self.setLayout(column(ScrollColumn(whole), gap=0))
        sheet.changed.connect(lambda _codes: self._renew())

    def show_section(self, code: str, rows: Sequence[Node]) -> None:
        self._code, self._rows = code, rows
        self._renew(force=True)

    def _renew(self, *, force: bool = False) -> None:
        if not self._code or (not force and not self.isVisible()):
            return
        sheet = self._sheet
        node = sheet.criteria.by_code.get(self._code)
        clear(self._grid)
        if node is None:
            total = sheet.score.total
            self._title.setText(text("scoring_page.adjustments"))
            self._figures.setText(
                text("scoring_page.adjustment_figures", bonus=total.bonus, penalty=total.penalty)
            )
            self._bar.hide()
        else:
            score = sheet.score.sections[self._code]
            self._title.setText(f"{node.code} {node.label}")
            key = "section_open" if score.open_rows else "section_figures"
            self._figures.setText(
                text(
                    f"scoring_page.{key}",
                    points=score.points,
                    maximum=score.applicable_max,
                    rows=score.open_rows,
                    open=score.open_points,
                )
            )
            self._bar.set_points(node.label, score.points, score.open_points, score.applicable_max)
            self._bar.show()
        for place, row_node in enumerate(self._rows):
            self._line(place, row_node)

    def _line(self, place: int, node: Node) -> None:
        mark = self._sheet.mark(node)
        if mark is not None:
            self._grid.addWidget(MarkSign(mark), place, 0)
        self._grid.addWidget(LinkLabel(node.code, lambda: self.wanted.emit(node.code)), place, 1)
        self._grid.addWidget(ElidedLabel(node.label), place, 2)
        points = PointsLabel()
        points.set_points(self._sheet.row(node).points, node.max_points)
        self._grid.addWidget(points, place, 3, Qt.AlignmentFlag.AlignRight)
