"""The lines of the tree: sections, groups, rows, and the adjustments under a line of their own."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cchc_desktop.domain.criteria import Node, NodeType
from cchc_desktop.language import format_number, format_points, text
from cchc_desktop.quick_dataclass import replace
from ui.marks import Mark, worst
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.labels import points_text
from ui.widgets.tree import TreeNode

ADJUSTMENTS = "+"
"""The code of the line above bonus and penalty rows; no criterion has it."""


class Lines:
    """Which line stands below which, fixed for a set; and what each says now."""

    def __init__(self, sheet: LiveSheet) -> None:
        self._sheet = sheet
        self._below: dict[str, list[str]] = {"": []}
        self._above: dict[str, str] = {}
        self._rows: dict[str, list[Node]] = {}
        criteria = sheet.criteria
        for node in criteria.nodes:
            parent = ADJUSTMENTS if node.is_adjustment else criteria.parent_code(node.code) or ""
            if node.is_adjustment and ADJUSTMENTS not in self._below:
                self._put(ADJUSTMENTS, "")
            self._put(node.code, parent)
            if node.rule is not None:
                for code in self.upwards(node.code):
                    self._rows.setdefault(code, []).append(node)

    def _put(self, code: str, parent: str) -> None:
        self._below[code] = []
        self._below[parent].append(code)
        self._above[code] = parent

    def upwards(self, code: str) -> Iterable[str]:
        """The line itself and those above it."""
        while code:
            yield code
            code = self._above[code]

    def rows_below(self, code: str) -> list[Node]:
        return self._rows.get(code, [])

    def tree(self, opened: Iterable[str] = ()) -> list[TreeNode]:
        shown_open = frozenset(opened)
        return [self._whole(code, shown_open) for code in self._below[""]]

    def _whole(self, code: str, opened: frozenset[str]) -> TreeNode:
        line = self.line(code, opened=code in opened)
        children = tuple(self._whole(child, opened) for child in self._below[code])
        return replace(line, children=children) if children else line

    def line(self, code: str, *, opened: bool) -> TreeNode:
        """What a line says now. An open group needs no mark: its rows show theirs."""
        sheet = self._sheet
        if code == ADJUSTMENTS:
            total = sheet.score.total
            figure = _signed(total.bonus - total.penalty)
            name = text("scoring_page.adjustments")
            return TreeNode(code, name, figure=figure, mark=self._worst(code), section=True)
        node = sheet.criteria.by_code[code]
        if node.rule is not None:
            row = sheet.score.rows[code]
            figure = points_text(row.points)
            if node.type is NodeType.PENALTY and row.points:
                figure = f"-{figure}"
            maximum = f"/{format_number(node.max_points)}"
            return TreeNode(
                code, node.label, code, figure, maximum, sheet.mark(node), self._above[code] == ""
            )
        section = sheet.score.sections[code]
        scored = any(sheet.score.rows[row.code].points is not None for row in self.rows_below(code))
        return TreeNode(
            code,
            node.label,
            code,
            points_text(section.points if scored else None),
            f"/{format_number(section.applicable_max)}",
            None if opened and node.type is NodeType.GROUP else self._worst(code),
            self._above[code] == "",
        )

    def _worst(self, code: str) -> Mark | None:
        """What waits for others says nothing about the unit, unless that is all there is."""
        marks = {mark for row in self.rows_below(code) if (mark := self._sheet.mark(row)) is not None}
        if marks == {Mark.WAITING}:
            return Mark.WAITING
        return worst(marks) if marks else None


def _signed(points: Decimal) -> str:
    if not points:
        return "0"
    return f"+{format_points(points)}" if points > 0 else f"-{format_points(-points)}"
