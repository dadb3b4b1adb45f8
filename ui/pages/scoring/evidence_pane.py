"""The right side: what the set asks for, the evidence of the row, and where more is dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from cchc_desktop.domain.criteria import CriteriaSet, Node, ScoredBy
from cchc_desktop.domain.evidence import Evidence, EvidenceLink, LinkKind
from cchc_desktop.language import format_date, format_size, text
from ui import icons
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.evidence.actions import EvidenceActions
from ui.pages.scoring.live_sheet import LiveSheet
from ui.stylesheet import strip_name
from ui.theme import Role
from ui.widgets.button import LinkLabel
from ui.widgets.drop_zone import DropZone, brings_files, dropped_files
from ui.widgets.icon_sign import IconSign
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.panel import HLine, Strip, clear, column, row
from ui.widgets.scroll_column import ScrollColumn

_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")


class Requirement(QWidget):
    """What the set asks for, with a mark that says whether anything is there."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._words = MarkSign(Mark.INFO), Label(size=Size.SMALL, wrap=True, rich=True)
        line = row(self._sign, self._words, gap=8)
        line.setStretch(1, 1)
        line.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def show_row(self, node: Node, count: int, *, needed: bool) -> None:
        wanted = node.evidence or text("scoring_page.evidence_unsaid")
        if count:
            mark, key = Mark.DONE, "evidence_there"
        elif needed:
            mark, key = Mark.NO_EVIDENCE, "evidence_lacking"
        else:
            mark, key = Mark.INFO, "evidence_optional"
        self.say(mark, text(f"scoring_page.{key}", wanted=escape(wanted)))

    def say(self, mark: Mark, words: str) -> None:
        """`words` may hold our own markup; text of the set is escaped."""
        self._sign.set_mark(mark)
        self._words.setText(words)


class Card(QFrame):
    """One piece of evidence of the row."""

    def __init__(
        self,
        piece: Evidence,
        node: Node,
        criteria: CriteriaSet,
        actions: EvidenceActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.piece = piece
        self.setObjectName(strip_name(side="below"))
        record = piece.record
        picture = piece.name.lower().endswith(_PICTURES)
        sign = IconSign("image" if picture else "file-text", icons.RAIL, Role.MUTED)
        lines: list[QWidget | QLayout] = [ElidedLabel(record.number or piece.name, bold=True)]
        facts = " · ".join(
            part
            for part in (format_date(record.issued_on) if record.issued_on else "", record.issuer)
            if part
        )
        if facts:
            lines.append(ElidedLabel(facts, Size.SMALL))
        if record.abstract:
            lines.append(second(record.abstract, wrap=True))
        page = text("scoring_page.page_of", page=record.page) if record.page else ""
        name = piece.name if record.number else ""
        lines.append(
            ElidedLabel(
                " · ".join(part for part in (page, format_size(piece.size), name) if part),
                Size.SMALL,
                Role.MUTED,
            )
        )
        others = [link.key for link in piece.links if link.kind is LinkKind.ROW and link.key != node.key]
        codes = [criteria.by_key[key].code for key in others if key in criteria.by_key]
        if codes:
            lines.append(second(text("scoring_page.also_for", rows=codes), wrap=True))
        lacking = not record.number or record.issued_on is None
        called = record.number or piece.name
        links = [
            self._link("fill_in" if lacking else "edit", called, lambda: actions.edit(piece)),
            self._link("open_file", called, lambda: actions.open(piece)),
        ]
        if not actions.read_only:
            link = EvidenceLink(LinkKind.ROW, node.key)
            links.append(self._link("unlink", called, lambda: actions.unlink(piece, link)))
        else:
            links.pop(0).deleteLater()
        lines.append(row(*links, None, gap=12))
        line = row(sign, column(*lines, gap=2), gap=10)
        line.setStretch(1, 1)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setContentsMargins(12, 8, 12, 8)
        self.setLayout(line)

    def _link(self, key: str, called: str, act: Callable[[], object]) -> LinkLabel:
        link = LinkLabel(text(f"scoring_page.{key}"), act, Size.SMALL)
        link.setAccessibleName(text("scoring_page.act_on", act=text(f"scoring_page.{key}"), what=called))
        return link


class EvidencePane(Strip):
    """`count_changed(n)` for whoever shows the pane as a tab."""

    count_changed = Signal(int)

    def __init__(self, context: Context, sheet: LiveSheet, actions: EvidenceActions, parent: QWidget) -> None:
        super().__init__("left", upright=True, parent=parent)
        self._context, self._sheet, self._actions = context, sheet, actions
        self._node: Node | None = None
        self._shown: tuple[Evidence, ...] | None = None
        self._count = second()
        self._requirement = Requirement()
        head = row(section(text("scoring_page.evidence")), None, self._count)
        top = column(head, self._requirement, gap=6)
        top.setContentsMargins(12, 12, 20, 10)
        self._cards = column(gap=0)
        self._scroll = ScrollColumn(column(self._cards, None, gap=0))
        self.drop = DropZone()
        self._existing = LinkLabel(text("scoring_page.link_existing"), self._pick_existing)
        foot = column(self.drop, self._existing, gap=8)
        foot.setContentsMargins(12, 10, 12, 12)
        self.box.setSpacing(0)
        self.box.addLayout(top)
        self.box.addWidget(HLine())
        self.box.addWidget(self._scroll, 1)
        self.box.addLayout(foot)
        self.setAcceptDrops(not context.read_only)
        self.drop.dropped.connect(self.add)
        self.drop.choose.clicked.connect(self._choose)
        sheet.changed.connect(self._renew)

    def show_row(self, node: Node) -> None:
        self._node, self._shown = node, None
        self._block(text("scoring_page.archived") if self._context.read_only else "")
        self._draw()

    def show_nothing(self) -> None:
        """A section is shown: evidence hangs on rows."""
        self._node, self._shown = None, None
        self._count.setText("")
        clear(self._cards)
        self._requirement.say(Mark.INFO, text("scoring_page.evidence_of_rows"))
        self._block(text("scoring_page.evidence_of_rows"))

    def _block(self, reason: str) -> None:
        self.drop.set_blocked(reason)
        self._existing.setEnabled(not reason)
        self._existing.setToolTip(reason)

    def _renew(self, codes: frozenset[str]) -> None:
        if self._node is not None and self._node.code in codes:
            self._draw()

    def _draw(self) -> None:
        node = self._node
        if node is None:
            return
        pieces = self._sheet.evidence(node)
        own = node.scored_by is ScoredBy.SELF and not (
            node.is_adjustment and not self._sheet.row(node).points
        )
        self._requirement.show_row(node, len(pieces), needed=own and node.evidence_required)
        if pieces == self._shown:
            return
        self._shown = pieces
        self._count.setText(text("scoring_page.evidence_count", count=len(pieces)))
        clear(self._cards)
        for piece in pieces:
            where = self._cards.parentWidget()
            self._cards.addWidget(Card(piece, node, self._sheet.criteria, self._actions, where))
        self.count_changed.emit(len(pieces))

    def cards(self) -> Sequence[Card]:
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(card for card in found if isinstance(card, Card))

    # Adding

    def add(self, paths: Sequence[Path]) -> None:
        if self._node is not None:
            link = EvidenceLink(LinkKind.ROW, self._node.key)
            self._actions.add(paths, (link,), f"{self._node.code} {self._node.label}")

    def _choose(self) -> None:
        if paths := self._actions.choose_files():
            self.add(paths)

    def _pick_existing(self) -> None:
        if self._node is not None:
            self._actions.link_existing(EvidenceLink(LinkKind.ROW, self._node.key))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The whole pane takes files, not only the zone."""
        if brings_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.add(files)
