"""A returned workbook before it is taken over: its rows at the left, the cells of one at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from cchc_desktop.domain.room_merge import CellState, Choices, MergedRow, Prefer, RowState
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass
from ui.context import Context
from ui.marks import Mark
from ui.pages.plan.rooms_cells import RoomCells
from ui.pages.plan.rooms_choices import RoomChoices
from ui.widgets.button import Button, Kind
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.labels import ElidedLabel, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import HLine, Strip, column, row
from ui.widgets.tree import Tree, TreeNode

MARKS = {
    RowState.SAME: Mark.INFO,
    RowState.CHANGED: Mark.DOING,
    RowState.ADDED: Mark.DONE,
    RowState.CLASH: Mark.NO_EVIDENCE,
    RowState.GONE: Mark.NO_EVIDENCE,
    RowState.MISSING: Mark.NOT_APPLICABLE,
    RowState.UNREADABLE: Mark.UNREADABLE,
}
_FILTERS = ("all", "changed", "added", "clash", "missing", "unreadable")
_WIDTH, _HEIGHT, _AROUND, _NARROW = 1180, 680, 48, 820
_SHOWN_FINDINGS = 3


@dataclass(frozen=True)
class _Line(TreeNode):
    """The mark's own word is about scoring rows; here the figure says the state."""

    def said(self) -> str:
        return f"{self.name}. {self.figure}"


class ReviewRoom(QDialog):
    """`choices()` after it was accepted. `place` of `count`: which of several files this is."""

    def __init__(self, context: Context, returned: RoomReturn, place: int = 1, count: int = 1) -> None:
        super().__init__(context.dialogs.parent)
        heading = text("rooms_page.in_title", room=returned.handout.room)
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.setModal(True)
        self._returned = returned
        self._rows = {f"{one.sheet}/{one.id}": one for one in returned.differing}
        self._choices = RoomChoices(returned)
        note = "in_note" if count == 1 else "in_note_many"
        self._note = ElidedLabel(
            text(
                f"rooms_page.{note}",
                name=returned.file_name,
                on=returned.handout.made_at,
                place=place,
                count=count,
            )
        )
        self.findings = MessageBar()
        self.filters = FilterChips(
            [Filter(key, text(f"rooms_page.filter_{key}"), _filter_mark(key)) for key in _FILTERS],
            columns=len(_FILTERS),
        )
        self.filters.chosen.connect(self._narrow_down)
        self.tree = Tree(text("rooms_page.rows"), quiet=True)
        self.cells = RoomCells(context, self._choices, self._renew)
        self.tree.picked.connect(lambda key: self.cells.show_row(self._rows.get(key)))
        self.tree.setMinimumHeight(72)
        self._summary = ElidedLabel()
        self._make_buttons()
        self._lay_out(heading)
        self._say_findings()
        self._fill()

    def _make_buttons(self) -> None:
        self.next = Button(text("rooms_page.next_clash"), self.next_clash, shortcut="F8")
        self.theirs = Button(text("rooms_page.all_theirs"), lambda: self._prefer(Prefer.THEIRS))
        self.ours = Button(text("rooms_page.all_ours"), lambda: self._prefer(Prefer.OURS))
        self.skip = Button(text("rooms_page.skip"), self.reject)
        self.take = Button("", self.accept, kind=Kind.PRIMARY)

    def _lay_out(self, heading: str) -> None:
        room = self.screen().availableGeometry().size()
        width, height = min(_WIDTH, room.width() - _AROUND), min(_HEIGHT, room.height() - _AROUND)
        narrow = width < _NARROW
        top = column(self._note, self.findings, gap=4)
        if not narrow:  # else the window's own title has to do
            top.insertWidget(0, section(heading, wrap=True))
        edge = Strip("above" if narrow else "left", upright=True)
        edge.box.addWidget(self.cells)
        self._middle = row(self.tree, edge, gap=0)
        chips = row(self.filters, None) if not narrow else row(self.filters)
        self.filters.setVisible(not narrow)
        body = QWidget()
        body.setLayout(self._middle)
        body.setMinimumHeight(120)
        tools = row(self.next, self.theirs, self.ours, None, self._summary, gap=8)
        foot = row(None, self.skip, self.take, gap=8)
        if narrow:
            # What is left is needed; both sweeps need an eye on all rows anyway.
            tools, foot = row(), row(self.next, None, self.skip, self.take, gap=8)
            for spare in (self.theirs, self.ours, self._summary):
                spare.setParent(self)
                spare.hide()
        whole = column(top, chips, HLine(), body, HLine(), tools, foot, gap=8, margin=12 if narrow else 20)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.resize(width, height)
        self._fit(width)
        self.tree.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        """Where it is narrow, the rows stand above the cells."""
        narrow = width < _NARROW
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(down if narrow else right)
        self._middle.setStretch(0, 2)
        self._middle.setStretch(1, 3)

    def _say_findings(self) -> None:
        told = [render(finding) for finding in self._returned.findings]
        if told:
            more = len(told) - _SHOWN_FINDINGS
            words = told[:_SHOWN_FINDINGS]
            if more > 0:
                words.append(text("rooms_page.more_findings", count=more))
            self.findings.say("\n".join(words), Tone.WARN)

    # Rows

    def _fill(self) -> None:
        counts = dict.fromkeys(_FILTERS, 0) | {"all": len(self._rows)}
        for one in self._rows.values():
            for key in _kinds(one):
                counts[key] += 1
        self.filters.set_counts(counts)
        self.tree.set_nodes([self._line(key, one) for key, one in self._rows.items()])
        first = next((key for key, one in self._rows.items() if self._choices.waits(one)), "")
        self.tree.pick(first or next(iter(self._rows), ""))
        self._renew()

    def _line(self, key: str, one: MergedRow) -> _Line:
        name = one.name or text("rooms.row_unnamed")
        return _Line(key, name.replace("\n", " "), figure=self._state(one), mark=_mark(one))

    def _state(self, one: MergedRow) -> str:
        if one.state is RowState.ADDED and one.complete:
            return text("rooms_page.said_added_copy" if one.copied else "rooms_page.said_added")
        if one.state in (RowState.CLASH, RowState.GONE) and not self._choices.waits(one):
            return text("rooms_page.said_decided")
        cells = {
            RowState.CHANGED: CellState.CHANGED,
            RowState.CLASH: CellState.CLASH,
            RowState.UNREADABLE: CellState.UNREADABLE,
            RowState.ADDED: CellState.UNREADABLE,
        }
        count = len(one.having(cells[one.state])) if one.state in cells else 0
        said = RowState.UNREADABLE if one.state is RowState.ADDED else one.state
        return text(f"rooms_page.said_{said.value}", count=count)

    def _narrow_down(self, kind: str) -> None:
        if kind == "all":
            self.tree.show_only(None)
            return
        self.tree.show_only({key for key, one in self._rows.items() if kind in _kinds(one)})

    def next_clash(self) -> None:
        """F8: the next row that waits for a decision."""
        keys = list(self._rows)
        here = keys.index(self.tree.current_key()) if self.tree.current_key() in keys else -1
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if self._choices.waits(self._rows[key]):
                self.filters.set_value("all")
                self.tree.pick(key)
                self.cells.focus()
                return

    # Decisions

    def _prefer(self, which: Prefer) -> None:
        self._choices.prefer(which)
        self.cells.show_row(self._rows.get(self.tree.current_key()))
        self._renew()

    def _renew(self) -> None:
        for key, one in self._rows.items():
            self.tree.renew(self._line(key, one))
        cells, added, removed = self._choices.counts()
        waiting = self._choices.waiting()
        summary = text("rooms_page.summary", cells=cells, added=added, removed=removed)
        self._summary.set_words(text("rooms_page.waiting", count=waiting) if waiting else summary)
        count = cells + added + removed
        self.take.setText(text("rooms_page.take" if count else "rooms_page.take_none", count=count))
        self.take.set_blocked(text("rooms_page.waiting", count=waiting) if waiting else "")
        self.next.set_blocked("" if waiting else text("rooms_page.no_clash"))

    def choices(self) -> Choices:
        return self._choices.choices()


def _kinds(one: MergedRow) -> Iterator[str]:
    """The filters that show this row."""
    if one.state is RowState.GONE:
        yield "clash"
    elif one.state.value in _FILTERS:
        yield one.state.value
    if one.state in (RowState.CLASH, RowState.ADDED) and one.having(CellState.UNREADABLE):
        yield "unreadable"


def _mark(one: MergedRow) -> Mark:
    return MARKS[one.state if one.state is not RowState.ADDED or one.complete else RowState.UNREADABLE]


def _filter_mark(key: str) -> Mark | None:
    return None if key == "all" else MARKS[RowState(key)]
