"""The panel Việc cần làm: its head, what to do first in an empty year, and the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import text
from ui.fonts import Size, font, line, width_of
from ui.pages.overview.todo_list import Job, TodoList
from ui.stylesheet import strip_name
from ui.theme import Role, color
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label, section
from ui.widgets.painted import LEFT, RIGHT, paint_text
from ui.widgets.panel import HLine, Panel, column, row

SOON_DAYS = 14


class _Columns(QWidget):
    """The words over the two columns of figures, where the list draws them."""

    def __init__(self, jobs: TodoList) -> None:
        super().__init__()
        self._jobs = jobs
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, line(Size.SMALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        right, left = (at - self.x() + self._jobs.x() for at in self._jobs.column_lefts())
        with QPainter(self) as painter:
            for words, at, align in (
                (text("overview_page.column_points"), right, RIGHT),
                (text("overview_page.column_due"), left, LEFT),
            ):
                wide = width_of(words, Size.SMALL) + 1
                where = QRect(at - wide if align == RIGHT else at, 0, wide, self.height())
                paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), align)


class TodoPanel(Panel):
    """`act(job)` does what the job's button says; `start` and `submit` are the two ends of a year."""

    def __init__(
        self, act: Callable[[Job], object], start: Callable[[], object], submit: Callable[[], object]
    ) -> None:
        super().__init__(padding=0, gap=0)
        self._count = Label(role=Role.MUTED)
        self.list = TodoList()
        self.list.acted.connect(act)
        self._columns = _Columns(self.list)
        head = row(section(text("overview_page.todo")), self._count, self._columns, gap=10)
        head.setStretch(2, 1)
        head.setContentsMargins(16, 10, 0, 10)
        self._start, self._submit = start, submit
        self._empty = column(gap=0)
        self.box.addLayout(head)
        self.box.addWidget(HLine())
        self.box.addLayout(self._empty)
        inner = column(self.list)
        inner.setContentsMargins(1, 0, 1, 1)
        self.box.addLayout(inner, 1)
        self._spare = QWidget()
        self.box.addWidget(self._spare, 1)

    @cached_property
    def start(self) -> Button:
        """The one step in a year in which nothing is written yet."""
        return Button(text("overview_page.start_action"), self._start, kind=Kind.PRIMARY)

    @cached_property
    def submit(self) -> Button:
        """The one step when nothing is left to do."""
        return Button(text("overview_page.go_submit"), self._submit, kind=Kind.PRIMARY)

    @cached_property
    def _first(self) -> EmptyState:
        return self._in_place(EmptyState("list-checks", "", text("overview_page.start_hint"), self.start))

    @cached_property
    def _none(self) -> EmptyState:
        words, hint = text("overview_page.nothing_to_do"), text("overview_page.nothing_to_do_hint")
        return self._in_place(EmptyState("check", words, hint, self.submit))

    def _in_place(self, made: EmptyState) -> EmptyState:
        made.setObjectName(strip_name("surface"))
        self._empty.addWidget(made)
        return made

    def show_jobs(self, jobs: Sequence[Job], today: date, year: int, *, empty_year: bool) -> None:
        for name, wanted in (("_first", empty_year), ("_none", not jobs and not empty_year)):
            if wanted or name in vars(self):  # most years need neither
                getattr(self, name).setVisible(wanted)
        if empty_year:
            words = text("overview_page.start", year=str(year))
            self._first.set_words(words, text("overview_page.start_hint"))
        self.list.setVisible(bool(jobs))
        self._columns.setVisible(bool(jobs))
        self._spare.setVisible(not jobs)
        self._count.setText(text("overview_page.jobs", count=len(jobs)) if jobs else "")
        self.list.show_jobs(_grouped(jobs, today))
        self._columns.update()

    def resizeEvent(self, event: object) -> None:
        self._columns.update()


def _grouped(jobs: Sequence[Job], today: date) -> list[tuple[str, list[Job]]]:
    """Late, soon, the rest of the year, next year, without a day. The order inside is the service's."""
    late: list[Job] = []
    soon: list[Job] = []
    this_year: list[Job] = []
    later: list[Job] = []
    undated: list[Job] = []
    for job in jobs:
        if job.due is None or job.days_left is None:
            undated.append(job)
        elif job.days_left < 0:
            late.append(job)
        elif job.days_left <= SOON_DAYS:
            soon.append(job)
        elif job.due.year <= today.year:
            this_year.append(job)
        else:
            later.append(job)
    last = max((job.due for job in this_year if job.due), default=today)
    last_later = max((job.due for job in later if job.due), default=today)
    return [
        (text("overview_page.group_late"), late),
        (text("overview_page.group_soon", days=SOON_DAYS), soon),
        (text("overview_page.group_before", due=last), this_year),
        (text("overview_page.group_before", due=last_later), later),
        (text("overview_page.group_undated"), undated),
    ]
