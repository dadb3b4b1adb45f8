"""The evidence that a package lists: there, in another pack, or missing; with a search; opened read-only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.package_look import ListedEvidence, Presence
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.language import format_size, text
from ui import fonts
from ui.marks import Mark
from ui.widgets.button import Button
from ui.widgets.edit_table import EditTable
from ui.widgets.labels import second, section
from ui.widgets.panel import column, row
from ui.widgets.search_field import SearchField
from ui.widgets.table_rows import Column, ColumnKind, Problem

_MOST_ROWS = 12
_COLUMNS = (
    Column("name", text("package_view.evidence_name"), width=200, stretch=3),
    Column("about", text("package_view.evidence_about"), width=120, stretch=3),
    Column("size", text("package_view.evidence_size"), ColumnKind.NUMBER, width=108),
    Column("presence", text("package_view.evidence_presence"), width=150, stretch=1),
)


class EvidenceLines:
    """Implements `Rows` over what the search lets through. Nothing can be typed."""

    def __init__(self) -> None:
        self._all: Sequence[ListedEvidence] = ()
        self._shown: list[ListedEvidence] = []

    def load(self, pieces: Sequence[ListedEvidence]) -> None:
        self._all = pieces
        self.narrow("")

    def narrow(self, wanted: str) -> None:
        words = folded(wanted).split()
        self._shown = [
            one for one in self._all if all(word in folded(f"{one.name} {one.about}") for word in words)
        ]

    def piece(self, row: int) -> ListedEvidence | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @property
    def columns(self) -> Sequence[Column]:
        return _COLUMNS

    def count(self) -> int:
        return len(self._shown)

    def shown(self, row: int, key: str) -> str:
        piece = self._shown[row]
        match key:
            case "name":
                return piece.name
            case "about":
                return piece.about
            case "size":
                return format_size(piece.size)
        return text(f"package_view.presence_{piece.presence.value}", pack=piece.pack)

    def put(self, row: int, key: str, typed: str) -> None:
        """Nothing here is the user's."""

    def problem(self, row: int, key: str) -> Problem | None:
        if key == "presence" and self._shown[row].presence is Presence.MISSING:
            return Problem(Mark.NO_EVIDENCE, "", text("package_view.presence_advice"))
        return None


class EvidenceList(QWidget):
    """`open_piece(piece)` opens one that is in the package."""

    def __init__(self, open_piece: Callable[[ListedEvidence], object]) -> None:
        super().__init__()
        self._open_piece = open_piece
        self.rows = EvidenceLines()
        self._note = second()
        words = text("package_view.evidence_search")
        self.search = SearchField(words)
        self.search.textChanged.connect(self._narrow)
        self.open = Button(text("package_view.open"), self._open, icon="eye")
        self.table = EditTable(text("package_view.evidence"), self.rows, read_only=True, lines=1)
        self.table.row_changed.connect(lambda _row: self._fit_open())
        self.table.doubleClicked.connect(lambda _index: self._open())
        head = row(section(text("package_view.evidence")), self._note, None, gap=10)
        tools = row(self.search, self.open, gap=8)
        tools.setStretch(0, 1)
        self.setLayout(column(head, tools, self.table, gap=6))

    def show_evidence(self, pieces: Sequence[ListedEvidence]) -> None:
        self.setVisible(bool(pieces))
        missing = [one for one in pieces if one.presence is Presence.MISSING]
        note = "evidence_note" if not missing else "evidence_note_missing"
        size = sum(one.size for one in pieces)
        self._note.setText(text(f"package_view.{note}", count=len(pieces), size=size, missing=len(missing)))
        self.rows.load(pieces)
        self.search.setText("")
        self._fit()

    def _narrow(self, wanted: str) -> None:
        self.rows.narrow(wanted)
        self._fit()

    def _fit(self) -> None:
        self.table.rows_changed()
        rows = max(2, min(_MOST_ROWS, self.rows.count()))
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + rows * fonts.row_height(1) + 4
        )
        self._fit_open()

    def _fit_open(self) -> None:
        piece = self.rows.piece(self.table.row())
        if piece is None:
            self.open.set_blocked(text("package_view.choose_first"))
        elif piece.presence is not Presence.INSIDE:
            self.open.set_blocked(text("package_view.not_inside"))
        else:
            self.open.set_blocked("")

    def _open(self) -> None:
        piece = self.rows.piece(self.table.row())
        if piece is not None and piece.presence is Presence.INSIDE:
            self._open_piece(piece)
