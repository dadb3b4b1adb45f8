"""The page itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import Evidence
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import evidence as service
from cchc_desktop.services import history
from cchc_desktop.services import scoring as scoring_service
from ui.context import Context
from ui.marks import Mark
from ui.pages.evidence.actions import EvidenceActions
from ui.pages.evidence.details import Details
from ui.pages.evidence.evidence_rows import EvidenceRows
from ui.widgets.button import Button
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.drop_zone import DropZone, brings_files, dropped_files
from ui.widgets.edit_table import EditTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.note_slot import NoteSlot
from ui.widgets.page import PageBase
from ui.widgets.panel import column, row
from ui.widgets.search_field import SearchField
from ui.work import ENVIRONMENT

_CONCERNS = frozenset({"evidence", "evidence_links", "rounds"})
_DETAILS_WIDTH = 320
DETAILS_AS_TAB = 1000


class Page(PageBase):
    """`go_to(evidence id)` shows one piece; "unlinked" and "incomplete" are filters."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, text("window.page_evidence"), margin=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.actions_ = EvidenceActions(context)
        self.rows = EvidenceRows(self.actions_.save)
        self._loaded = False

    def build(self) -> Iterator[None]:
        self.note = MessageBar()
        self.body.addWidget(NoteSlot(self.note))
        self._left, left = QWidget(), column(gap=0)
        self._left.setLayout(left)
        panes = row(self._left, gap=0)
        self.body.addLayout(panes, 1)
        panes.setStretch(0, 1)
        self._make_head(left)
        yield
        self._stack = QStackedWidget()
        left.addWidget(self._stack, 1)
        self.table = EditTable(text("evidence_page.table"), self.rows, read_only=self.context.read_only)
        self._stack.addWidget(self.table)
        yield
        self._make_empty()
        yield
        self.drop = DropZone(slim=True)
        foot = column(self.drop)
        foot.setContentsMargins(20, 10, 20, 12)
        left.addLayout(foot)
        yield
        self.details = Details(self.context, self.actions_, self)
        panes.addWidget(self.details)
        yield
        self._make_actions()
        self.setAcceptDrops(not self.context.read_only)
        if self.context.read_only:
            self.drop.set_blocked(text("evidence_page.archived"))
        self._wire()

    def _make_head(self, left: QBoxLayout) -> None:
        words = text("evidence_page.search_all")
        self.search = SearchField(words)
        self.search.setMinimumWidth(160)
        self.chips = FilterChips(
            [
                Filter("all", text("evidence_page.filter_all")),
                Filter("unlinked", text("evidence_page.filter_unlinked"), Mark.OPEN),
                Filter("incomplete", text("evidence_page.filter_incomplete"), Mark.NO_EVIDENCE),
            ],
            columns=3,
        )
        self._head = head = row(self.search, self.chips, gap=12)
        head.setStretch(0, 1)
        head.setContentsMargins(20, 10, 20, 10)
        left.addLayout(head)

    def _make_empty(self) -> None:
        """What stands in the table's place while there is nothing in it."""
        self._nothing = second(text("evidence_page.nothing_found"))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._nothing)
        choose = Button(text("widgets.choose_files"), self._choose)
        choose.set_blocked(text("evidence_page.archived") if self.context.read_only else "")
        empty = EmptyState("paperclip", text("evidence_page.empty"), text("evidence_page.empty_hint"), choose)
        holder = QWidget()
        around = column(empty, None)
        around.setContentsMargins(20, 0, 20, 0)
        holder.setLayout(around)
        self._stack.addWidget(holder)

    def _make_actions(self) -> None:
        self.tabs = FilterChips(
            [
                Filter("table", text("evidence_page.tab_table"), counted=False),
                Filter("details", text("evidence_page.tab_details"), counted=False),
            ]
        )
        self.tabs.chosen.connect(lambda _tab: self.fit())
        self.undo_button = Button(text("scoring_page.undo"), self.undo, icon="undo-2", shortcut="Ctrl+Z")
        self.add_action(self.tabs)
        self.add_action(self.undo_button)

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.chosen.connect(lambda _key: self._narrow())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_chosen())
        self.table.remove_wanted.connect(lambda _rows: self.remove_chosen())
        self.table.add_wanted.connect(lambda _row: self._choose())
        self.drop.choose.clicked.connect(self._choose)
        self.drop.dropped.connect(self.add)
        self.actions_.added.connect(self._added)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    # What the window asks of a page

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or not self._loaded or changes.subjects & _CONCERNS:
            self._load()
        what = history.can_undo(self.context.profile, self.context.round_id)
        blocked = text("scoring_page.nothing_to_undo") if what is None else ""
        self.undo_button.set_blocked(text("evidence_page.archived") if self.context.read_only else blocked)
        if what is not None:
            self.undo_button.set_help(text("scoring_page.undo_what", what=what))

    def _load(self) -> None:
        self._loaded = True
        profile, round_id = self.context.profile, self.context.round_id
        pieces = service.all_evidence(profile, round_id)
        criteria = scoring_service.criteria_of(profile, self.context.round)
        chosen = {piece.id for piece in self._chosen()}
        self.rows.load(pieces, {node.key: node.code for node in criteria.nodes})
        self.chips.set_counts(self.rows.counts())
        size = sum(piece.size for piece in pieces)
        key = "subtitle" if pieces else "subtitle_none"
        self.set_subtitle(text(f"evidence_page.{key}", count=len(pieces), size=size))
        self._narrow(chosen)

    def go_to(self, where: object) -> None:
        if not self._loaded:
            self.refresh(None)
        wanted = str(where)
        if wanted in ("unlinked", "incomplete"):
            self.chips.set_value(wanted)
            return
        place = self.rows.row_of(wanted)
        if place < 0 and any(piece.id == wanted for piece in self.rows.all):
            self.search.clear()
            self.chips.set_value("all")
            place = self.rows.row_of(wanted)
        if place >= 0:
            self.table.go_to_cell(place, "number")

    # The table

    def _narrow(self, keep: set[str] | None = None) -> None:
        kept = keep if keep is not None else {piece.id for piece in self._chosen()}
        self.rows.narrow(self.chips.value(), self.search.text())
        self.table.rows_changed()
        none = not self.rows.count()
        self._stack.setCurrentIndex(0 if not none else 1 if self.rows.all else 2)
        places = [self.rows.row_of(id_) for id_ in kept]
        here = min((place for place in places if place >= 0), default=-1)
        if here < 0 and not none:
            here = 0
        if here >= 0 and (self.table.row() != here or not self._chosen()):
            self.table.selectRow(here)
        self._show_chosen()

    def _chosen(self) -> list[Evidence]:
        found = (self.rows.piece(row) for row in self.table.chosen_rows())
        return [piece for piece in found if piece is not None]

    def _show_chosen(self) -> None:
        pieces = self._chosen()
        self.details.show_pieces(pieces, self.rows.links_of(pieces[0]) if len(pieces) == 1 else "")

    # Adding and removing

    def _choose(self) -> None:
        if paths := self.actions_.choose_files():
            self.add(paths)

    def add(self, paths: Sequence[Path]) -> None:
        self.actions_.add(paths)

    def _added(self, pieces: Sequence[Evidence]) -> None:
        self._load()
        self.go_to(pieces[0].id)

    def remove_chosen(self) -> None:
        self.actions_.remove(self._chosen())

    def undo(self) -> None:
        """Take back the last change of this round, and say what it was."""
        self.commit()
        profile, round_id = self.context.profile, self.context.round_id

        def write() -> tuple[Changes, str]:
            what = history.can_undo(profile, round_id)
            return history.undo(profile, round_id), render(what) if what is not None else ""

        def failed(error: KnownError) -> None:
            if error.code not in ENVIRONMENT:
                self.note.say(error.message, Tone.INFO)

        self.context.edits.save(
            write, lambda result: self.note.say(text("scoring_page.undone", what=result[1]), Tone.OK), failed
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The whole page takes files, not only the zone."""
        if brings_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.add(files)

    def fit(self) -> None:
        """In a narrow window the record lies behind the table, as a tab."""
        width = self.window().width()
        narrow = width < DETAILS_AS_TAB
        self.tabs.setVisible(narrow)
        self._left.setVisible(not narrow or self.tabs.value() == "table")
        self.details.setVisible(not narrow or self.tabs.value() == "details")
        self.details.setMinimumWidth(0 if narrow else _DETAILS_WIDTH)
        self.details.setMaximumWidth(16_777_215 if narrow else _DETAILS_WIDTH)
        upright = QHBoxLayout.Direction.TopToBottom if width < 800 else QHBoxLayout.Direction.LeftToRight
        self._head.setDirection(upright)
