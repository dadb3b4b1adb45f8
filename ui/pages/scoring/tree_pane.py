"""The left side: filters with their counts, search, and the tree."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal

from cchc_desktop.domain.criteria import Node
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.language import text
from ui.marks import Mark
from ui.pages.scoring.lines import ADJUSTMENTS, Lines
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.labels import second
from ui.widgets.panel import Strip, column
from ui.widgets.search_field import SearchField
from ui.widgets.tree import Tree
from ui.widgets.tree_delegate import NODE

FILTERS: dict[str, Mark | None] = {
    "all": None,
    "open": Mark.OPEN,
    "no_evidence": Mark.NO_EVIDENCE,
    "lost": Mark.LOST,
}


class TreePane(Strip):
    """`chosen(code)`: the user went to another line. `entered`: Enter on a row, on to its first field."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, sheet: LiveSheet) -> None:
        super().__init__("right", upright=True)
        self._sheet = sheet
        self._lines: Lines | None = None
        self._searched: dict[str, str] = {}
        self._current = ""
        self._counts: dict[str, int] = {}
        self.tree = Tree(text("scoring_page.tree"))
        self.chips = FilterChips(
            [Filter(key, text(f"scoring_page.filter_{key}"), mark) for key, mark in FILTERS.items()]
        )
        self.search = SearchField(text("scoring_page.search"))
        self._nothing = second(text("scoring_page.nothing_found"), wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(16, 16, 16, 16)
        self._nothing.hide()
        head = column(self.chips, self.search, gap=8)
        head.setContentsMargins(12, 10, 12, 10)
        self.box.setSpacing(0)
        self.box.addLayout(head)
        self.box.addWidget(self._nothing)
        self.box.addWidget(self.tree, 1)
        self.tree.picked.connect(self._picked)
        self.tree.activated.connect(self._activated)
        self.tree.expanded.connect(lambda index: self._turned(index, opened=True))
        self.tree.collapsed.connect(lambda index: self._turned(index, opened=False))
        self.chips.chosen.connect(lambda _key: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.returnPressed.connect(self.tree.setFocus)
        sheet.loaded.connect(self._build)
        sheet.changed.connect(self._renew)

    # The lines

    def _build(self) -> None:
        self._lines = lines = Lines(self._sheet)
        self._searched = {}
        self.tree.set_nodes(lines.tree(node.code for node in self._sheet.criteria.nodes))
        self._count()
        self._filter()

    def _renew(self, codes: frozenset[str]) -> None:
        """These rows have new points or marks: their lines and those above them, no others."""
        assert self._lines is not None
        opened = self.tree.open_keys()
        for code in {above for row in codes for above in self._lines.upwards(row)}:
            self.tree.renew(self._lines.line(code, opened=code in opened))
        self._count()
        if FILTERS[self.chips.value()] is not None:
            self._filter()

    def _turned(self, index: QModelIndex, *, opened: bool) -> None:
        node = index.data(NODE)
        if self._lines is not None and node is not None:
            self.tree.renew(self._lines.line(node.key, opened=opened))

    def _rows(self) -> tuple[Node, ...]:
        return (*self._sheet.criteria.rows, *self._sheet.criteria.adjustments)

    # Filters and search

    def _count(self) -> None:
        marks = [self._sheet.mark(node) for node in self._sheet.criteria.rows]
        counts = {key: sum(mark is wanted for mark in marks) for key, wanted in FILTERS.items()}
        counts["all"] = len(marks)
        if counts != self._counts:
            self._counts = counts
            self.chips.set_counts(counts)

    def _filter(self) -> None:
        wanted, words = FILTERS[self.chips.value()], folded(self.search.text()).split()
        if wanted is None and not words:
            self.tree.show_only(None)
            self._nothing.hide()
            return
        rows = self._rows()
        found = {
            node.code
            for node in rows
            if (wanted is None or self._sheet.mark(node) is wanted)
            and all(word in self._words_of(node) for word in words)
        }
        # What is being worked on stays in sight, even when the edit just took it out of the filter.
        is_row = any(node.code == self._current for node in rows)
        kept = found | {self._current} if not words and is_row else found
        self.tree.show_only(kept)
        self._nothing.setVisible(not kept)

    def _words_of(self, node: Node) -> str:
        """What a search goes through: the row and all above it."""
        if (known := self._searched.get(node.code)) is None:
            assert self._lines is not None
            by_code = self._sheet.criteria.by_code
            names = [by_code[code].label for code in self._lines.upwards(node.code) if code in by_code]
            known = self._searched[node.code] = folded(" ".join([node.code, *names]))
        return known

    # Going somewhere

    def _picked(self, code: str) -> None:
        if code != self._current:
            self._current = code
            self.chosen.emit(code)

    def _activated(self, index: QModelIndex) -> None:
        node = index.data(NODE)
        if node is None:
            return
        if self.tree.model().hasChildren(index):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
        else:
            self.entered.emit()

    def show_code(self, code: str) -> None:
        """Select that row; a filter or search that hides it gives way."""
        self._current = code
        if not self.tree.is_shown(code):
            self.search.clear()
            if not self.tree.is_shown(code):
                self.chips.set_value("all")
        self.tree.pick(code)
        at = self.tree.visualRect(self.tree.currentIndex())
        room = self.tree.viewport().rect().adjusted(0, at.height(), 0, -at.height())
        if not room.contains(at):
            self.tree.scrollTo(self.tree.currentIndex(), Tree.ScrollHint.PositionAtCenter)

    def rows_in_sight(self) -> list[Node]:
        """The rows that the filter and the search let through, in order."""
        return [node for node in self._rows() if self.tree.is_shown(node.code)]

    def section_rows(self, code: str) -> list[Node]:
        """The rows below a section or group."""
        if self._lines is None:
            return []
        return self._lines.rows_below(code)


__all__ = ["ADJUSTMENTS", "FILTERS", "TreePane"]
