"""Progress through the year: which tasks are done, late or near, and files that prove what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from cchc_desktop.domain.evidence import EvidenceLink, LinkKind
from cchc_desktop.domain.plan import Plan, Task, TaskState
from cchc_desktop.domain.plan_checks import Finding, Place
from cchc_desktop.domain.plan_progress import PROGRESS, Standing, TaskProgress, progress
from cchc_desktop.domain.room_name import room_key, room_of
from cchc_desktop.language import text
from cchc_desktop.services import history
from cchc_desktop.services import progress as service
from ui.context import Context
from ui.marks import WARN, Mark
from ui.pages.evidence.actions import EvidenceActions
from ui.pages.plan.progress_rows import STATES, ProgressRows
from ui.pages.plan.progress_sums import ProgressSums, TallyBar
from ui.pages.plan.section_head import SectionHead
from ui.pages.plan.step import Step
from ui.pages.plan.target_rows import area_name
from ui.widgets.button import Button
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.choice import Choice
from ui.widgets.drop_zone import dropped_files
from ui.widgets.edit_table import EditTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.panel import Strip, column
from ui.widgets.tree import TreeNode

ALL = "all"
_NARROW = 720
"""Below this width the tools go without what is said elsewhere."""
_TASKS, _SUMS = "tasks", "sums"
_FILTERS = (
    Filter(ALL, text("progress_page.filter_all")),
    Filter(Standing.LATE.value, text("progress_page.filter_late"), Mark.LOST),
    Filter(Standing.NEAR.value, text("progress_page.filter_near"), Mark.DOING),
    Filter(Standing.OPEN.value, text("progress_page.filter_open"), Mark.OPEN),
    Filter(Standing.DONE.value, text("progress_page.filter_done"), Mark.DONE),
)
_KEYS = dict(zip(STATES, ("Alt+1", "Alt+2", "Alt+3"), strict=True))


class ProgressStep(Step):
    """A task that was marked stays in sight until the filter is changed, so that nothing jumps away."""

    def __init__(self, context: Context, plan: Plan) -> None:
        super().__init__()
        self.context, self._plan = context, plan
        self._progress = progress(plan, context.today())
        self._kept: set[str] = set()
        self._stale = True
        self.evidence = EvidenceActions(context)
        self.rows = ProgressRows(context, plan.year)
        self.table = EditTable(text("progress_page.table"), self.rows, read_only=context.read_only)
        self.marks = {state: self._mark_button(state) for state in STATES}
        self.add = Button(text("progress_page.add_product"), self.add_product, icon="paperclip")
        self.add.set_help(text("progress_page.add_product_help"))
        self.history = Button(text("progress_page.history"), self.show_history, icon="history")
        self.history.set_help(text("progress_page.history_help"))
        self.head = SectionHead(*self.marks.values(), self.add, self.history)
        self.view = FilterChips(
            [
                Filter(_TASKS, text("progress_page.view_tasks"), counted=False),
                Filter(_SUMS, text("progress_page.view_sums"), counted=False),
            ]
        )
        self.filters = FilterChips(_FILTERS, columns=len(_FILTERS))
        self.area = Choice(text("progress_page.area"))
        self.room = Choice(text("progress_page.room"))
        self.bar = TallyBar()
        self.sums = ProgressSums()
        self.nothing = EmptyState("list-checks", "", "")
        self._lay_out()
        self._wire()

    def _mark_button(self, state: TaskState) -> Button:
        button = Button(text(f"progress_page.mark_{state.value}"), lambda: self.set_state(state))
        button.set_help(text("progress_page.mark_help", keys=_KEYS[state]))
        return button

    def _lay_out(self) -> None:
        self._tools = Strip("below")
        self._tools.box.setContentsMargins(16, 6, 16, 6)
        for widget in (self.view, self.area, self.room):
            self._tools.box.addWidget(widget)
        self._tools.box.addWidget(self.bar)
        self._tools.box.setAlignment(self.view, Qt.AlignmentFlag.AlignLeft)
        self._tools.box.setAlignment(self.bar, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chips = Strip("below")
        self._chips.box.setContentsMargins(16, 6, 16, 6)
        self._chips.box.addWidget(self.filters)
        self._chips.box.addStretch(1)
        for choice in (self.area, self.room):
            choice.setMinimumWidth(120)
            choice.setMaximumWidth(270)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        empty = QWidget()
        empty.setLayout(column(self.nothing, None, margin=16))
        tasks = QWidget()
        self._tasks = QStackedWidget()
        self._tasks.addWidget(self.table)
        self._tasks.addWidget(empty)
        tasks.setLayout(column(self._chips, self._tasks, gap=0))
        self._stack = QStackedWidget()
        self._stack.addWidget(tasks)
        self._stack.addWidget(self.sums)
        whole = column(self.head, self._tools, self._stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.view.chosen.connect(self._show_view)
        self.filters.chosen.connect(lambda _key: self._filter_anew())
        self.area.chosen.connect(lambda _key: self._filter_anew())
        self.room.chosen.connect(lambda _room: self._filter_anew())
        self.sums.area_chosen.connect(lambda key: self.show_tasks(area=key))
        self.sums.room_chosen.connect(lambda room: self.show_tasks(room=room))
        self.table.row_changed.connect(lambda _row: self._block())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._block())
        for state, keys in _KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda state=state: self.set_state(state))
        self.table.viewport().setAcceptDrops(not self.context.read_only)
        self.table.viewport().installEventFilter(self)

    # What is shown

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        self._plan = plan
        if self.context.edits.pending:
            return
        self._stale = True
        if self.isVisible():
            self._look()

    def minimumSizeHint(self) -> QSize:
        return QSize(480, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.bar.setVisible(not narrow)
        for button in (self.add, self.history):
            button.set_bare(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._look()

    def _look(self) -> None:
        self._stale = False
        proofs = service.proofs(self.context.profile, self._plan.id)
        self._progress = progress(self._plan, self.context.today(), proofs, self._departments())
        total = self._progress.total
        count = text("progress_page.count", done=total.done, total=total.total)
        self.head.set_words(
            text("progress_page.heading"), count if total.total else text("progress_page.count_none")
        )
        self.bar.set_tally(total)
        self.sums.show_progress(self._progress)
        self._fill_choices()
        self._show_rows()

    def _departments(self) -> Sequence[str]:
        return self.context.round.unit.departments or self._plan.template.departments

    def _fill_choices(self) -> None:
        areas = [(area.key, area_name(area)) for area, _tally in self._progress.by_area]
        self._set_choices(self.area, areas, text("progress_page.every_area"))
        nobody = text("progress_page.no_room")
        rooms = [(room, room or nobody) for room, _tally in self._progress.by_lead]
        self._set_choices(self.room, rooms, text("progress_page.every_room"))

    @staticmethod
    def _set_choices(choice: Choice, offers: Sequence[tuple[str, str]], every: str) -> None:
        before = choice.value()
        kept = before if before in [key for key, _words in offers] else None
        choice.set_choices([(None, every), *offers], kept)

    def _filter_anew(self) -> None:
        self._kept = set()
        self._show_rows()

    def _narrowed(self) -> list[TaskProgress]:
        """The tasks of the chosen area and room, whatever their standing."""
        area, room = self.area.value(), self.room.value()
        return [
            line
            for line in self._progress.lines
            if area in (None, line.task.area) and (room is None or self._leads(str(room), line.task))
        ]

    def _leads(self, room: str, task: Task) -> bool:
        return room_key(room_of(task.lead, self._departments())) == room_key(room)

    def _show_rows(self) -> None:
        mine = self._narrowed()
        counts = {standing.value: 0 for standing in Standing}
        for line in mine:
            counts[line.standing.value] += 1
        self.filters.set_counts({ALL: len(mine), **counts})
        wanted = self.filters.value()
        shown = [line for line in mine if wanted in (ALL, line.standing.value) or line.task.id in self._kept]
        self._kept = {line.task.id for line in shown}
        here = self._current()
        self.rows.lines = shown
        self.table.rows_changed()
        if here is not None and (row := self.rows.row_of(here.id)) is not None and row != self.table.row():
            self.table.setCurrentIndex(self.table.model().index(row, self.table.currentIndex().column()))
        elif shown and not 0 <= self.table.row() < len(shown):
            self.table.setCurrentIndex(self.table.model().index(0, 1))
        self._tasks.setCurrentIndex(0 if shown else 1)
        which = "none_found" if self._progress.lines else "nothing"
        self.nothing.set_words(text(f"progress_page.{which}"), text(f"progress_page.{which}_hint"))
        self._block()

    def _show_view(self, key: str) -> None:
        self._stack.setCurrentIndex(0 if key == _TASKS else 1)
        for choice in (self.area, self.room):
            choice.setVisible(key == _TASKS)
        self._block()

    def show_tasks(self, *, standing: str = ALL, area: str | None = None, room: str | None = None) -> None:
        """The list of tasks, narrowed down."""
        self.view.set_value(_TASKS)
        self.area.set_value(area)
        self.room.set_value(room)
        self.filters.set_value(standing)

    def go_to(self, place: Place | None) -> None:
        """A late task is shown among the late ones."""
        if self._stale:
            self._look()
        wanted = place.task_id if place is not None else ""
        found = next((line for line in self._progress.lines if line.task.id == wanted), None)
        cell = place.column if place is not None else ""
        if found is not None and not cell:
            self.show_tasks(standing=found.standing.value)
        elif found is not None and (self._stack.currentIndex() or self.rows.row_of(wanted) is None):
            self.show_tasks()
        row = self.rows.row_of(wanted) if found is not None else None
        if self.rows.count():
            self.table.go_to_cell(row if row is not None else max(0, self.table.row()), cell or "state")

    # What can be done

    def _chosen(self) -> tuple[int, ...]:
        if self._stack.currentIndex() or not self.rows.count():
            return ()
        row = self.table.row()
        here = (row,) if 0 <= row < self.rows.count() else ()
        return self.table.chosen_rows() or here

    def _current(self) -> Task | None:
        row = self.table.row()
        return self.rows.lines[row].task if 0 <= row < self.rows.count() else None

    def _block(self) -> None:
        closed = text("progress_page.read_only") if self.context.read_only else ""
        none = "" if self._chosen() else text("progress_page.choose_first")
        for button in (*self.marks.values(), self.add):
            button.set_blocked(closed or none)
        self.history.set_blocked(none)

    def set_state(self, state: TaskState) -> None:
        """Alt+1, Alt+2, Alt+3: the chosen tasks have not begun, are under way, are done."""
        rows = self._chosen()
        if self.context.read_only or not rows:
            return
        self.table.commit()
        self.rows.set_state(rows, state)
        self.table.rows_changed()

    def add_product(self) -> None:
        """Choose files that prove the current task."""
        task = self._current()
        if task is not None and (paths := self.evidence.choose_files()):
            self._add_files(paths, task)

    def _add_files(self, paths: Sequence[Path], task: Task) -> None:
        self.evidence.add(paths, (EvidenceLink(LinkKind.TASK, task.id),), task.title)

    def show_history(self) -> None:
        from ui.pages.scoring.history_dialog import MOST, ShowHistory

        task = self._current()
        if task is None:
            return
        profile, round_id, id_ = self.context.profile, self.context.round_id, task.id
        dialog = ShowHistory(
            self.context,
            text("progress_page.history_title", title=task.title),
            lambda: history.entries_of(profile, round_id, (id_,), MOST),
        )
        dialog.exec()
        dialog.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files may be dropped on a task; the row under them becomes the current one."""
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls() and not self.context.read_only:
            row = self.table.rowAt(event.position().toPoint().y())
            if 0 <= row < self.rows.count():
                self.table.setCurrentIndex(self.table.model().index(row, 1))
                event.acceptProposedAction()
                if not isinstance(event, QDragMoveEvent) and (files := dropped_files(event)):
                    self._add_files(files, self.rows.lines[row].task)
            else:
                event.ignore()
            return True
        return super().eventFilter(watched, event)


def node(plan: Plan, findings: Sequence[Finding]) -> TreeNode | None:
    """Its line among the steps: how many are done, and whether anything contradicts."""
    if not plan.tasks:
        return TreeNode(PROGRESS, text("progress_page.step"), mark=Mark.OPEN)
    done = sum(1 for task in plan.tasks if task.state is TaskState.DONE)
    wrong = any(finding.place.section == PROGRESS for finding in findings)
    mark = WARN if wrong else Mark.DONE if done == len(plan.tasks) else Mark.DOING
    figure = text("progress_page.sum", done=done, total=len(plan.tasks))
    return TreeNode(PROGRESS, text("progress_page.step"), figure=figure, mark=mark)
