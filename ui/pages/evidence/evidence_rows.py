"""The evidence of the round as rows of a table: white cells for the record, grey ones for the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.language import format_date, format_size, text
from cchc_desktop.language.times import parse_date
from cchc_desktop.quick_dataclass import replace
from ui.marks import Mark
from ui.widgets.table_rows import Column, ColumnKind, Problem

FILTERS: Mapping[str, Callable[[Evidence], bool]] = {
    "all": lambda _piece: True,
    "unlinked": lambda piece: not piece.links,
    "incomplete": lambda piece: not piece.record.number or piece.record.issued_on is None,
}

_COLUMNS = (
    Column("number", text("evidence_page.number"), width=126),
    Column("date", text("evidence_page.date_short"), width=104),
    Column("issuer", text("evidence_page.issuer_short"), width=112, stretch=1),
    Column("abstract", text("evidence_page.abstract"), width=140, stretch=3),
    Column("file", text("evidence_page.file"), ColumnKind.COMPUTED, width=110, stretch=1),
    Column("size", text("evidence_page.size"), ColumnKind.COMPUTED, width=76),
    Column("links", text("evidence_page.links"), ColumnKind.COMPUTED, width=112),
)


class EvidenceRows:
    """Implements `Rows` over what the filter and the search let through."""

    def __init__(self, save: Callable[[Evidence, EvidenceRecord], None]) -> None:
        self._save = save
        self._all: list[Evidence] = []
        self._shown: list[Evidence] = []
        self._searched: dict[str, str] = {}
        self._codes: Mapping[str, str] = {}
        self._mistyped: dict[tuple[str, str], str] = {}
        self._filter, self._wanted = "all", ""

    def load(self, pieces: Iterable[Evidence], codes: Mapping[str, str]) -> None:
        """`codes`: printed codes by permanent key."""
        self._all, self._codes = list(pieces), codes
        self._searched = {}
        self._sift()

    def _searchable(self, piece: Evidence) -> str:
        record = piece.record
        words = (record.number, record.issuer, record.abstract, piece.name, self.links_of(piece))
        day = format_date(record.issued_on) if record.issued_on else ""
        return folded(" ".join((*words, day)))

    def narrow(self, filter_: str, wanted: str) -> None:
        self._filter, self._wanted = filter_, wanted
        self._sift()

    def _sift(self) -> None:
        words, fits = folded(self._wanted).split(), FILTERS[self._filter]
        self._shown = [piece for piece in self._all if fits(piece) and (not words or self._has(piece, words))]

    def _has(self, piece: Evidence, words: Sequence[str]) -> bool:
        """All of the words. What is searched is put together when somebody searches."""
        if (searched := self._searched.get(piece.id)) is None:
            searched = self._searched[piece.id] = self._searchable(piece)
        return all(word in searched for word in words)

    def counts(self) -> dict[str, int]:
        return {key: sum(fits(piece) for piece in self._all) for key, fits in FILTERS.items()}

    @property
    def all(self) -> Sequence[Evidence]:
        return self._all

    def piece(self, row: int) -> Evidence | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, evidence_id: str) -> int:
        return next((row for row, piece in enumerate(self._shown) if piece.id == evidence_id), -1)

    def links_of(self, piece: Evidence) -> str:
        """ "3.3.1, 1.2.2, 2 nhiệm vụ"."""
        return said_links(piece.links, self._codes)

    # Rows

    @property
    def columns(self) -> Sequence[Column]:
        return _COLUMNS

    def count(self) -> int:
        return len(self._shown)

    def shown(self, row: int, key: str) -> str:
        piece = self._shown[row]
        record = piece.record
        match key:
            case "number":
                return record.number
            case "date":
                typed = self._mistyped.get((piece.id, key))
                return typed or (format_date(record.issued_on) if record.issued_on else "")
            case "issuer":
                return record.issuer
            case "abstract":
                return record.abstract
            case "file":
                return piece.name
            case "size":
                return format_size(piece.size)
        return said_links(piece.links, self._codes, most=3) or text("evidence_page.not_linked")

    def put(self, row: int, key: str, typed: str) -> None:
        piece = self._shown[row]
        record = piece.record
        self._mistyped.pop((piece.id, key), None)
        match key:
            case "number":
                record = replace(record, number=typed.strip())
            case "date":
                day = parse_date(typed)
                if typed.strip() and day is None:
                    self._mistyped[piece.id, key] = typed
                    return
                record = replace(record, issued_on=day)
            case "issuer":
                record = replace(record, issuer=typed.strip())
            case "abstract":
                record = replace(record, abstract=typed.strip())
            case _:
                return
        if record != piece.record:
            self.replace(replace(piece, record=record))
            self._save(piece, record)

    def replace(self, piece: Evidence) -> None:
        """The same piece with another record, in its place."""
        for found in (self._all, self._shown):
            for place, old in enumerate(found):
                if old.id == piece.id:
                    found[place] = piece
        self._searched.pop(piece.id, None)

    def problem(self, row: int, key: str) -> Problem | None:
        piece = self._shown[row]
        if key == "number" and not piece.record.number:
            return Problem(Mark.NO_EVIDENCE, text("evidence_page.no_number"))
        if key == "date" and (piece.id, key) in self._mistyped:
            bad = text("evidence_page.bad_date")
            return Problem(Mark.ERROR, bad, bad)
        if key == "date" and piece.record.issued_on is None:
            return Problem(Mark.NO_EVIDENCE, text("evidence_page.no_date"))
        return None


def said_links(links: Sequence[EvidenceLink], codes: Mapping[str, str], most: int = 1000) -> str:
    """Rows by their codes, tasks by their number; from `most` on the rest is only counted."""
    rows = [codes.get(link.key, link.key) for link in links if link.kind is LinkKind.ROW]
    tasks = sum(link.kind is LinkKind.TASK for link in links)
    counted = [text("evidence_page.task_count", count=tasks)] if tasks else []
    if len(rows) > most:
        counted.insert(0, text("evidence_page.more_rows", count=len(rows) - most + 1))
        rows = rows[: most - 1]
    return ", ".join([*rows, *counted])
