"""What was found, line by line: years as headings, in them each kind with its best hits."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from cchc_desktop.domain.plain_text import folded, where_found
from cchc_desktop.domain.round import Round
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.services.search import Hit, HitKind, KindHits, YearHits
from ui import icons
from ui.fonts import Size, font, line, metrics
from ui.rail import year_words
from ui.theme import Role, color
from ui.widgets.found_text import paint_found
from ui.widgets.painted import LEFT, paint_text
from ui.widgets.painted_list import PaintedList

FIRST = 5
"""Hits of a kind in a year before "Còn N kết quả"."""
_ICONS = {
    HitKind.ROW: "calculator",
    HitKind.TASK: "list-checks",
    HitKind.TARGET: "check",
    HitKind.EVIDENCE: "paperclip",
}
_PADDING, _GAP = 16, 12
_DOT = " · "
_LONGEST, _BEFORE = 200, 24
"""Letters of a detail that are shown, and those before what was found in it."""

Group = tuple[str, HitKind]
"""A kind in a year (its round's id)."""


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """`title` and `detail` on one line each, with where in them the words were found."""

    hit: Hit
    year: str
    title: str
    in_title: tuple[tuple[int, int], ...]
    detail: str
    in_detail: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class More:
    """What is not listed: behind it (`hidden`), or left out for good."""

    words: str
    group: Group
    hidden: bool


Line = Heading | Found | More


def lines_of(years: Collection[YearHits], typed: str, shown: Round, whole: Collection[Group]) -> list[Line]:
    """`shown` is the round in the window; of the groups in `whole` all is listed that was brought.

    Touches nothing of Qt: it takes its time, and may run beside the window.
    """
    words = folded(typed).split()
    lines: list[Line] = []
    for year in years:
        lines.append(Heading(_year_heading(year, shown)))
        for found in year.kinds:
            lines += _group(found, year.round, words, (year.round.id, found.kind) in whole)
    return lines


def _year_heading(year: YearHits, shown: Round) -> str:
    words = year_words(year.round)
    heading = "search.year_shown" if year.round.id == shown.id else "search.year_heading"
    return text(heading, year=words, count=year.total)


def _group(found: KindHits, of: Round, words: list[str], whole: bool) -> Iterator[Line]:
    group = (of.id, found.kind)
    listed = found.hits if whole or found.total <= FIRST + 1 else found.hits[:FIRST]
    for hit in listed:
        yield _line(hit, year_words(of), words)
    if left := found.total - len(listed):
        hidden = len(found.hits) > len(listed)
        said = text(
            "search.more_hidden" if hidden else "search.more_left",
            count=left,
            kind=text(f"search.kinds_{found.kind}"),
        )
        yield More(said, group, hidden)


def _line(hit: Hit, year: str, words: list[str]) -> Found:
    between = " " if hit.kind is HitKind.ROW else _DOT
    title = _in_one_line(between.join(part for part in (hit.code, hit.title) if part))
    searched = folded(title)
    elsewhere = [word for word in words if word not in searched]
    detail = _in_one_line(hit.detail)
    if not elsewhere and hit.kind is HitKind.ROW:
        detail = ""  # how a row is scored is long, and says nothing of where it stands
    wanted = where_found(detail, elsewhere) if elsewhere else ()
    begin = wanted[0][0] if wanted else 0
    begin = 0 if begin <= 2 * _BEFORE else detail.rfind(" ", 0, begin - _BEFORE) + 1
    detail = ("…" if begin else "") + detail[begin : begin + _LONGEST]
    return Found(hit, year, title, where_found(title, words), detail, where_found(detail, words))


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


class HitList(PaintedList):
    """Up and down pass over headings. `opened(line)`, a `Found` or a `More`, on Enter, Space or a click."""

    def __init__(self) -> None:
        super().__init__(text("search.list"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        names = (text(f"search.kind_{kind}") for kind in HitKind)
        self._kind_wide = max(metrics(Size.SMALL).horizontalAdvance(name) for name in names) + 2

    # What a line says

    def words(self, shown: Line) -> str:
        if not isinstance(shown, Found):
            return shown.words
        kind = text(f"search.kind_{shown.hit.kind}")
        parts = (f"{kind}: {shown.title}", shown.hit.place, shown.detail, shown.year)
        return ". ".join(part for part in parts if part)

    def tip(self, shown: Line) -> str:
        if not isinstance(shown, Found):
            return ""
        return "\n".join(part for part in (shown.title, shown.hit.place, shown.detail) if part)

    def is_heading(self, shown: Line) -> bool:
        return isinstance(shown, Heading) or (isinstance(shown, More) and not shown.hidden)

    def height_of(self, shown: Line) -> int:
        if isinstance(shown, Found):
            return line() + line(Size.SMALL) + 8
        return line(Size.SMALL) + 10

    # How it looks

    def paint_line(self, painter: QPainter, room: QRect, shown: Line, *, chosen: bool) -> None:
        if isinstance(shown, Heading):
            inside = room.adjusted(_PADDING, 0, -_PADDING, 0)
            paint_text(painter, inside, shown.words, font(Size.SMALL, bold=True), color(Role.TEXT), LEFT)
        elif isinstance(shown, More):
            inside = room.adjusted(self._words_left(), 0, -_PADDING, 0)
            role = Role.ACCENT if shown.hidden else Role.MUTED
            paint_text(painter, inside, shown.words, font(Size.SMALL), color(role), LEFT)
        else:
            self._paint_hit(painter, room, shown)

    def _words_left(self) -> int:
        return _PADDING + icons.STATUS + _GAP // 2 + self._kind_wide + _GAP

    def _paint_hit(self, painter: QPainter, room: QRect, shown: Found) -> None:
        high, low = line(), line(Size.SMALL)
        top = room.top() + (room.height() - high - low) // 2
        at = QPointF(room.left() + _PADDING, top + (high - icons.STATUS) / 2)
        icons.paint(painter, _ICONS[shown.hit.kind], at, icons.STATUS, Role.MUTED)
        kind = QRect(room.left() + _PADDING + icons.STATUS + _GAP // 2, top, self._kind_wide, high)
        said, small = text(f"search.kind_{shown.hit.kind}"), font(Size.SMALL)
        paint_text(painter, kind, said, small, color(Role.MUTED), LEFT)
        left = room.left() + self._words_left()
        wide = room.right() - _PADDING - left
        paint_found(painter, QRect(left, top, wide, high), shown.title, shown.in_title)
        second = QRect(left, top + high, wide, low)
        self._paint_second(painter, second, shown)

    def _paint_second(self, painter: QPainter, where: QRect, shown: Found) -> None:
        """Where it is, at most half of the line when there is a detail to read; then the detail."""
        measure, small, muted = metrics(Size.SMALL), font(Size.SMALL), color(Role.MUTED)
        rest = where
        if place := shown.hit.place:
            most = where.width() // 2 if shown.detail else where.width()
            seen = measure.elidedText(place, Qt.TextElideMode.ElideRight, most)
            box = QRect(where.left(), where.top(), measure.horizontalAdvance(seen) + 1, where.height())
            paint_text(painter, box, place, small, muted, LEFT, elide=True)
            rest = where.adjusted(box.width(), 0, 0, 0)
            if shown.detail:
                paint_text(painter, rest, _DOT, small, muted, LEFT)
                rest = rest.adjusted(measure.horizontalAdvance(_DOT), 0, 0, 0)
        if shown.detail:
            paint_found(painter, rest, shown.detail, shown.in_detail, Size.SMALL, Role.MUTED)

    # Going through it

    def show_found(self, lines: list[Line], row: int | None = None) -> None:
        """The first line that can be opened is chosen, or the one at `row`."""
        self.clearSelection()
        self.show_lines(lines)
        rows = self._rows()
        if rows:
            self.choose(next((one for one in rows if row is not None and one >= row), rows[0]))
        if row is None:
            self.scrollToTop()

    def _rows(self) -> list[int]:
        return [row for row, shown in enumerate(self.lines()) if not self.is_heading(shown)]

    def move_by(self, steps: int) -> None:
        """Down, or up; it stays within the list."""
        if not (rows := self._rows()):
            return
        row = self.currentIndex().row()
        at = rows.index(row) if row in rows else 0
        self.choose(rows[max(0, min(len(rows) - 1, at + steps))])
        if self.currentIndex().row() == rows[0]:
            self.scrollToTop()

    def page(self) -> int:
        """Lines that are in sight at once."""
        return max(1, self.room.height() // (line() + line(Size.SMALL) + 8) - 1)

    def current(self) -> Found | More | None:
        shown = self.line_at(self.currentIndex())
        return shown if isinstance(shown, Found | More) else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        shown = self.line_at(self.indexAt(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and shown is not None and not self.is_heading(shown):
            self.opened.emit(shown)
