"""The page itself: puts the panes beside each other and carries the keys between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import Node
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from ui.context import Context
from ui.marks import Mark
from ui.pages.evidence.actions import EvidenceActions
from ui.pages.scoring.bottom_bar import TotalFigures
from ui.pages.scoring.evidence_pane import EvidencePane
from ui.pages.scoring.head_actions import HeadActions
from ui.pages.scoring.live_sheet import LiveSheet
from ui.pages.scoring.narrow_head import EVIDENCE, ROW, NarrowHead
from ui.pages.scoring.row_pane import RowPane
from ui.pages.scoring.section_pane import SectionPane
from ui.pages.scoring.tree_pane import TreePane
from ui.pages.scoring.version_note import VersionNote
from ui.widgets.button import Button, Kind
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.note_slot import NoteSlot
from ui.widgets.page import PageBase
from ui.widgets.panel import column, row
from ui.widgets.progress_panel import ProgressPanel

_TREE_WIDTH, _TREE_NARROW, _EVIDENCE_WIDTH = 330, 270, 286
EVIDENCE_AS_TAB, TREE_AS_CHOICE = 1000, 800


class Page(PageBase):
    """`go_to(code or permanent key)` shows a row, "open" the first open one, "version" the newer set."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, text("window.page_scoring"), margin=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.sheet = LiveSheet(context)
        self.evidence_actions = EvidenceActions(context)
        self._code = ""
        self._loaded = self._came = False

    def build(self) -> Iterator[None]:
        self._panes: QHBoxLayout = row(gap=0)
        self.body.addLayout(self._panes, 1)
        self.tree_pane = TreePane(self.sheet)
        self._panes.addWidget(self.tree_pane)
        yield
        centre = column(gap=0)
        self._panes.addLayout(centre, 1)
        self._make_above(centre)
        yield
        self._middle = QStackedWidget()
        centre.addWidget(self._middle, 1)
        self.row_pane = RowPane(self.context, self.sheet, self._middle)
        self._middle.addWidget(self.row_pane)
        yield
        self._narrow_evidence = QWidget()
        self._narrow_evidence.setLayout(column(gap=0))
        self._middle.addWidget(self._narrow_evidence)
        yield
        self.evidence_pane = EvidencePane(self.context, self.sheet, self.evidence_actions, self)
        self._panes.addWidget(self.evidence_pane)
        yield
        self._make_below()
        self.actions_ = HeadActions(self, self.sheet)
        self._wire()

    @cached_property
    def section_pane(self) -> SectionPane:
        """Made when a section is picked: a page that opens shows a row."""
        made = SectionPane(self.sheet)
        made.wanted.connect(self.show_code)
        self._middle.addWidget(made)
        return made

    def _make_above(self, centre: QVBoxLayout) -> None:
        self.narrow = NarrowHead(self.sheet)
        centre.addWidget(self.narrow)
        self.note, self.progress = MessageBar(), ProgressPanel()
        self.version_note = VersionNote(self.context, self.commit, self.say)
        centre.addWidget(NoteSlot(self.version_note, self.note, self.progress))

    def _make_below(self) -> None:
        bar = self.bottom_bar()
        self.total = TotalFigures(bar.parentWidget())
        self.previous = Button(
            text("scoring_page.previous"), self.go_previous, icon="chevron-left", tall=True
        )
        self.next_open = Button(
            text("scoring_page.next_open"),
            self.go_next_open,
            kind=Kind.PRIMARY,
            icon="chevron-right",
            shortcut="F8",
            tall=True,
            after=True,
        )
        bar.setSpacing(16)
        bar.addWidget(self.total, 1)
        bar.addWidget(self.previous)
        bar.addWidget(self.next_open)

    def _wire(self) -> None:
        self.sheet.loaded.connect(self._sheet_loaded)
        self.sheet.total_changed.connect(self._show_total)
        self.sheet.refused.connect(self._refused)
        self.tree_pane.chosen.connect(self.show_code)
        self.tree_pane.entered.connect(self._enter_row)
        self.narrow.picked.connect(self.show_code)
        self.narrow.turned.connect(self._show_middle)
        self.evidence_pane.count_changed.connect(self.narrow.set_count)
        self.sheet.typed.connect(self.note.hush)
        for key, act in (
            ("F7", self.go_next_error),
            ("Ctrl+F", self._search),
            ("Alt+Down", self.go_next),
            ("Alt+Up", self.go_previous),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # What the window asks of a page

    def read(self) -> Iterator[None]:
        self._loaded = True
        yield from self.sheet.loading()
        # Beside the window, while Qt dresses and lays out: Python has its time then.
        self.row_pane.suggestions.refresh(None)
        yield
        self.actions_.refresh(None)
        self._look_for_version(None)
        yield

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or not self._loaded:
            self._loaded = True
            self.sheet.load()
        else:
            self.sheet.refresh(changes)
            self.row_pane.take_over()
        self.row_pane.suggestions.refresh(changes)
        self.actions_.refresh(changes)
        self._look_for_version(changes)

    def _look_for_version(self, changes: Changes | None) -> None:
        if self.isVisible() and (changes is None or "rounds" in changes.subjects):
            self.version_note.look()  # else when it is shown

    def go_to(self, where: object) -> None:
        if not self._loaded:
            self.refresh(None)
        criteria = self.sheet.criteria
        wanted = str(where)
        if wanted == "open":
            self.go_next_open()
        elif wanted == "version":
            self.version_note.want()
        elif wanted in criteria.by_key:
            self.show_code(criteria.by_key[wanted].code)
            self._enter_row()
        elif wanted in criteria.by_code:
            self.show_code(wanted)
            self._enter_row()

    def place(self) -> str:
        """Where the user is, for the next start."""
        return self._code

    def commit(self) -> None:
        self.row_pane.commit()
        super().commit()

    # Going from row to row

    def _sheet_loaded(self) -> None:
        criteria = self.sheet.criteria
        self.set_subtitle(
            text(
                "scoring_page.subtitle",
                title=criteria.title,
                version=criteria.version,
                rows=len(criteria.rows),
            )
        )
        known = self._code in criteria.by_code
        code = self._code if known else next((node.code for node in self._wanted_first()), "")
        if code:
            self._draw(code)

    def _wanted_first(self) -> list[Node]:
        rows = [*self.sheet.criteria.rows]
        open_rows = [node for node in rows if self.sheet.mark(node) is Mark.OPEN]
        return open_rows or rows

    def show_code(self, code: str) -> None:
        """Show a row (or a section), saving what was typed into the one before."""
        if code != self._code:
            self.note.hush()
            self.row_pane.commit()
            self._draw(code)

    def _draw(self, code: str) -> None:
        self._code = code
        self.tree_pane.show_code(code)
        node = self.sheet.criteria.by_code.get(code)
        if node is None or node.rule is None:
            self.section_pane.show_section(code, self.tree_pane.section_rows(code))
            self.evidence_pane.show_nothing()
        else:
            self.narrow.set_code(code)
            self.row_pane.show_row(node)
            self.evidence_pane.show_row(node)
        self._show_middle()
        self._block_keys()

    def _show_middle(self) -> None:
        node = self.sheet.criteria.by_code.get(self._code) if self._loaded else None
        is_row = node is not None and node.rule is not None
        if not is_row:
            self._middle.setCurrentWidget(self.section_pane)
        elif self.narrow.tab() == EVIDENCE:
            self._middle.setCurrentWidget(self._narrow_evidence)
        else:
            self._middle.setCurrentWidget(self.row_pane)

    def _enter_row(self) -> None:
        self.narrow.set_tab(ROW)
        self._show_middle()
        if not self.row_pane.figures.focus_first():
            self.row_pane.explanation.field.setFocus()

    def _rows_in_sight(self) -> list[Node]:
        return self.tree_pane.rows_in_sight()

    def _neighbour(self, step: int) -> Node | None:
        nodes = self._rows_in_sight()
        order = [node.code for node in (*self.sheet.criteria.rows, *self.sheet.criteria.adjustments)]
        rows = {code: place for place, code in enumerate(order)}
        below = self.tree_pane.section_rows(self._code)
        here = rows.get(self._code, rows[below[0].code] if below else -1)
        after = [node for node in nodes if (rows[node.code] - here) * step > 0]
        return min(after, key=lambda node: abs(rows[node.code] - here), default=None)

    def go_previous(self) -> None:
        if (node := self._neighbour(-1)) is not None:
            self.show_code(node.code)
            self._enter_row()

    def go_next(self) -> None:
        if (node := self._neighbour(1)) is not None:
            self.show_code(node.code)
            self._enter_row()

    def go_next_open(self) -> None:
        """F8: the next row that the unit has not scored, in the order of the set, from here and round."""
        self._go_round(lambda node: self.sheet.mark(node) is Mark.OPEN, "scoring_page.none_open")

    def go_next_error(self) -> None:
        """F7: the next row with a figure that can't be right."""
        self._go_round(lambda node: self.sheet.row(node).state is RowState.ERROR, "scoring_page.none_wrong")

    def _go_round(self, wanted: Callable[[Node], bool], none: str) -> None:
        self.row_pane.commit()
        nodes = [*self.sheet.criteria.rows, *self.sheet.criteria.adjustments]
        codes = [node.code for node in nodes]
        below = self.tree_pane.section_rows(self._code)
        here = (
            codes.index(self._code)
            if self._code in codes
            else codes.index(below[0].code) - 1
            if below
            else -1
        )
        found = next((node for node in nodes[here + 1 :] + nodes[: here + 1] if wanted(node)), None)
        if found is None:
            self.say(text(none), Tone.OK)
            return
        self.note.hush()
        self.show_code(found.code)
        self._enter_row()

    def _block_keys(self) -> None:
        at_start = self._neighbour(-1) is None
        self.previous.set_blocked(text("scoring_page.first_row") if at_start else "")

    def _search(self) -> None:
        self.tree_pane.search.setFocus()
        self.tree_pane.search.selectAll()

    # What is said

    def _show_total(self) -> None:
        self.total.show_total(self.sheet.score)
        done = not any(self.sheet.mark(node) is Mark.OPEN for node in self.sheet.criteria.rows)
        self.next_open.set_blocked(text("scoring_page.none_open") if done else "")

    def say(self, words: str, tone: Tone = Tone.INFO) -> None:
        """One line above the row; the next move takes it away."""
        self.note.say(words, tone)

    def _refused(self, error: KnownError) -> None:
        self.say(render(error.message), Tone.ERROR)
        self.sheet.load()

    # Widths

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._came = self._loaded

    def paintEvent(self, event: QPaintEvent) -> None:
        """What needs no painted page is looked for after it: the two would get in each other's way."""
        super().paintEvent(event)
        if self._came:
            self._came = False
            QTimer.singleShot(0, self, self.version_note.look)

    def fit(self) -> None:
        """As the width of the whole window asks for."""
        width = self.window().width()
        tree_away, evidence_away = width < TREE_AS_CHOICE, width < EVIDENCE_AS_TAB
        self.tree_pane.setVisible(not tree_away)
        least = self.tree_pane.chips.minimumSizeHint().width() + 24
        self.tree_pane.setFixedWidth(max(least, _TREE_NARROW if width < 1180 else _TREE_WIDTH))
        self.narrow.fit(tree_away=tree_away, evidence_away=evidence_away)
        self.previous.set_bare(width < 900)
        self.actions_.fit(width)
        holder = self._narrow_evidence.layout()
        inside = self.evidence_pane.parent() is self._narrow_evidence
        if evidence_away and not inside and holder is not None:
            self._panes.removeWidget(self.evidence_pane)
            self.evidence_pane.setMinimumWidth(0)
            self.evidence_pane.setMaximumWidth(16_777_215)
            holder.addWidget(self.evidence_pane)
        elif not evidence_away:
            if inside and holder is not None:
                holder.removeWidget(self.evidence_pane)
                self._panes.addWidget(self.evidence_pane)
            self.evidence_pane.setFixedWidth(_EVIDENCE_WIDTH)
        self.evidence_pane.show()
        if self._loaded:
            self._show_middle()

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 360)
