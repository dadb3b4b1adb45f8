"""What the unit has scored so far: the total, how far it may still get, and the sections as bars."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.next_class import NextClass, next_class, next_step
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.language import format_points, text
from ui.fonts import Size
from ui.pages.overview.outlook import Outlook, outlook
from ui.pages.overview.score_bar import ScoreBar
from ui.pages.overview.section_lines import Line, SectionLines
from ui.widgets.bars import Legend
from ui.widgets.button import LinkLabel
from ui.widgets.labels import Label, second, section
from ui.widgets.panel import HLine, Panel, column, row


class ScorePanel(Panel):
    """`open_section(code)`: a section is pressed; `open_next`: what leads to the next class."""

    def __init__(
        self, open_section: Callable[[str], object], open_next: Callable[[NextClass], object]
    ) -> None:
        super().__init__(padding=0, gap=0)
        self._total = Label(size=Size.TOTAL, bold=True)
        self._of = second()
        self._of_what = second(text("overview_page.of_applicable"))
        self._index, self._class = Label(size=Size.SMALL, rich=True), Label(size=Size.SMALL, rich=True)
        self._bar = ScoreBar()
        self._open = Label(size=Size.SMALL, wrap=True, rich=True)
        self._hope = Label(size=Size.SMALL, wrap=True, rich=True)
        self._shown: tuple[CriteriaSet, ScoreSheet] | None = None
        self._open_next = open_next
        self._placed = False
        self.next = LinkLabel("", self._show_next, Size.SMALL)
        self._sections = SectionLines()
        self._sections.chosen.connect(open_section)
        self._total.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for sentence in (self._open, self._hope):
            policy = sentence.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            sentence.setSizePolicy(policy)
        right = column(self._index, self._class, gap=0)
        for label in (self._index, self._class):
            label.setAlignment(label.alignment() | label.alignment().AlignRight)
        head = row(section(text("overview_page.score")), None, Legend())
        figures = row(self._total, column(self._of, self._of_what, gap=0), None, right, gap=10)
        upper = column(head, figures, self._bar, 4, self._open, self._hope, self.next, gap=4)
        upper.setContentsMargins(16, 8, 16, 10)
        lower = column(self._sections)
        lower.setContentsMargins(16, 6, 16, 6)
        self.box.addLayout(upper)
        self.box.addWidget(HLine())
        self.box.addLayout(lower, 1)

    def show_score(self, criteria: CriteriaSet, sheet: ScoreSheet) -> None:
        total, view = sheet.total, outlook(criteria, sheet)
        self._total.setText(format_points(total.points))
        self._of.setText(text("overview_page.of", maximum=total.applicable_max))
        self._total.setAccessibleName(
            text("overview_page.total_said", points=total.points, maximum=total.applicable_max)
        )
        self._index.setText(self._index_words(view))
        self._class.setText(self._class_words(view))
        self._bar.show_score(total.points, total.open_points, total.applicable_max, criteria.classes)
        self._open.setText(self._open_words(view))
        self._hope.setText(self._hope_words(view))
        self._hope.setVisible(bool(self._hope.text()))
        self._shown, higher = (criteria, sheet), next_step(criteria, sheet)
        self.next.setVisible(higher is not None)
        if higher is not None:
            words = text("overview_page.next_class_link", missing=higher.missing, label=higher.label)
            self.next.setText(words)
        self._fill_sections(criteria, sheet)
        if self._placed:  # else its size is still to come
            self._keep_whole()

    def _show_next(self) -> None:
        if self._shown is not None and (found := next_class(*self._shown)) is not None:
            self._open_next(found)

    def _fill_sections(self, criteria: CriteriaSet, sheet: ScoreSheet) -> None:
        self._sections.show_lines(
            tuple(
                Line(node.code, node.label, score.points, score.open_points, score.applicable_max)
                for node in criteria.sections
                if (score := sheet.sections.get(node.code)) is not None
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed = True
        self._keep_whole()

    def _keep_whole(self) -> None:
        """Sentences wrap: how low the panel may get hangs on how wide it is."""
        self.setMinimumHeight(self.box.minimumHeightForWidth(self.width()))

    def words(self) -> str:
        """All that stands above the sections, as one text."""
        labels = (self._total, self._of, self._index, self._class, self._open, self._hope)
        return "\n".join(label.text() for label in labels if label.text())

    def sections(self) -> tuple[str, ...]:
        return self._sections.said()

    @staticmethod
    def _index_words(view: Outlook) -> str:
        if view.final is None:
            return text("overview_page.index_none")
        if view.adjusted:
            return text("overview_page.index_adjusted", index=view.index, final=view.final)
        return text("overview_page.index", index=view.index)

    @staticmethod
    def _class_words(view: Outlook) -> str:
        if view.open_rows:
            return text("overview_page.self_points", points=view.self_points, maximum=view.self_max)
        return text("overview_page.class", name=view.class_label) if view.class_label else ""

    @staticmethod
    def _open_words(view: Outlook) -> str:
        if not view.open_rows:
            return text("overview_page.none_open")
        if view.waiting_points:
            return text(
                "overview_page.open_waiting",
                points=view.open_points,
                rows=view.open_rows,
                waiting=view.waiting_points,
            )
        return text("overview_page.open", points=view.open_points, rows=view.open_rows)

    @staticmethod
    def _hope_words(view: Outlook) -> str:
        if not view.open_rows or view.hoped is None:
            return ""
        if view.class_label and view.hoped_class:
            return text(
                "overview_page.hope_class", now=view.class_label, hoped=view.hoped, name=view.hoped_class
            )
        return text("overview_page.hope", hoped=view.hoped)
