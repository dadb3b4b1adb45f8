"""Tổng quan: what to do next, the score so far, and the year's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.next_class import NextClass
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.todo import Where
from cchc_desktop.language import text
from cchc_desktop.services import overview
from ui.context import Context
from ui.pages.overview.calendar_panel import CalendarPanel
from ui.pages.overview.jobs import job_of, target
from ui.pages.overview.score_panel import ScorePanel
from ui.pages.overview.todo_list import Job
from ui.pages.overview.todo_panel import TodoPanel
from ui.widgets.button import Button
from ui.widgets.page import PageBase
from ui.widgets.panel import MARGIN, PANEL_GAP, column

_NARROW = 900
"""Below this width the panels stand one under the other."""


class Page(PageBase):
    def __init__(self, context: Context) -> None:
        super().__init__(context, text("overview_page.title"), margin=0)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(PANEL_GAP)
        content = QWidget()
        self._whole_year = column(self._upper, gap=PANEL_GAP)
        self._whole_year.setStretch(0, 1)
        self._whole_year.setContentsMargins(MARGIN, PANEL_GAP, MARGIN, PANEL_GAP)
        content.setLayout(self._whole_year)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self.body.addWidget(self._scroll)

    def build(self) -> Iterator[None]:
        context = self.context
        self.view = Button(text("overview_page.view_sheet"), self._view, icon="eye")
        self.add_action(self.view)
        self.todo = TodoPanel(
            self._act, lambda: context.go_to("plan", None), lambda: context.go_to("submit", None)
        )
        self._upper.addWidget(self.todo, 61)
        self._let_todo_shrink()
        yield
        self.score = ScorePanel(lambda code: context.go_to("scoring", code), self._next_class)
        self._upper.addWidget(self.score, 39)
        yield
        self.calendar = CalendarPanel(self._export_calendar)
        self._whole_year.addWidget(self.calendar)

    def refresh(self, changes: Changes | None) -> None:
        profile, round_id, today = self.context.profile, self.context.round_id, self.context.today()
        year = self.context.round.year
        found = overview.overview(profile, round_id, today)
        jobs = [job_of(item) for item in found.todo]
        empty = found.untouched and not self.context.read_only
        self._note(today, found.criteria.title, found.criteria.version)
        self.todo.show_jobs(jobs, today, year, empty_year=empty)
        self.score.show_score(found.criteria, found.sheet)
        self.calendar.show_year(year, found.calendar, today)

    def _note(self, today: date, criteria: str, version: int) -> None:
        weekday = text(f"overview_page.weekday_{today.weekday()}")
        self.set_subtitle(
            text("overview_page.note", weekday=weekday, today=today, criteria=criteria, version=version)
        )

    def _act(self, job: Job) -> None:
        if isinstance(job.where, Where):
            self.context.go_to(*target(job.where))

    def _next_class(self, found: NextClass) -> None:
        from ui.pages.scoring.next_class_dialog import ShowNextClass

        dialog = ShowNextClass(self.context, found, lambda code: self.context.go_to("scoring", code))
        dialog.exec()
        dialog.deleteLater()

    def _view(self) -> None:
        from ui.preview import preview

        context = self.context
        name = text("overview_page.sheet_file", year=str(context.round.year))

        def write(path: Path, progress: Progress) -> None:
            from cchc_desktop.services.documents import write_selfscore_pdf

            write_selfscore_pdf(context.profile, context.round_id, path, progress)

        preview(context, name, write)

    def _export_calendar(self) -> None:
        from ui.preview import save_document

        context = self.context
        profile, round_id, today = context.profile, context.round_id, context.today()
        save_document(
            context,
            text("overview_page.export_calendar"),
            overview.calendar_file_name(profile, round_id),
            "ics",
            lambda path, _progress: overview.write_calendar(profile, round_id, path, today),
        )

    def fit(self) -> None:
        narrow = self.width() < _NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._upper.direction() != way:
            self._upper.setDirection(way)
        self._let_todo_shrink()

    def _let_todo_shrink(self) -> None:
        if self._upper.count():  # it is built
            upright = self._upper.direction() == QBoxLayout.Direction.TopToBottom
            self.todo.setMinimumHeight(360 if upright else 240)
