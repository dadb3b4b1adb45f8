"""The appendix tables of a document: found by their headers, and joined where pages have cut them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_desktop.formpack.draft.codes import leading_code, read_code
from cchc_desktop.formpack.draft.headers import Columns, read_header
from cchc_desktop.formpack.draft.plain import folded, is_capitals, one_line
from cchc_desktop.formpack.draft.points import cell_points, split_suffix
from cchc_desktop.intake.tables import Document, Paragraph, Table, TableCell, TableRow
from cchc_desktop.quick_dataclass import dataclass, field

_APPENDIX = re.compile(r"^(?:phu luc|bieu mau|bieu so|mau so)\b")
_PAGE = re.compile(r"^(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?$")
_NUMBERED = re.compile(r"^\(?(\d{1,2}|[a-h])\)?(?:\s*=.*)?$")
_HEADING = re.compile(r"^(?:phan|linh vuc|muc|nhom)\b", re.IGNORECASE)
_ROW_TITLE = re.compile(
    r"^(?:phu luc|bang|bo tieu chi|phieu|bieu|\(|kem theo|ban hanh kem|uy ban|ubnd|cong hoa|doc lap)"
)
_MOST_TITLES = 12
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 40


@dataclass
class RawAppendix:
    """One appendix: what stands above its table, its columns, and its body rows with their tables.

    `below` are the texts after the table, up to the next one.
    """

    titles: list[str]
    columns: Columns
    rows: list[tuple[Table, TableRow, Columns]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    headers_seen: int = 1


def find_appendices(document: Document) -> tuple[list[RawAppendix], list[Table]]:
    """The appendices in the order of the document, and tables that look like none but are no mere layout."""
    finder = _Finder()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            finder.paragraph(block.text)
        else:
            finder.table(block)
    return [appendix for appendix in finder.found if appendix.rows], finder.left_out


class _Finder:
    def __init__(self) -> None:
        self.found: list[RawAppendix] = []
        self._texts: list[str] = []
        self._new_appendix = False
        self.left_out: list[Table] = []

    def paragraph(self, text: str) -> None:
        line = one_line(text)
        if not line or _PAGE.match(folded(line)):
            return
        if _APPENDIX.match(folded(line)):
            self._new_appendix = True
            self._texts = []
        self._texts.append(text)
        if self.found and not self._new_appendix:
            self.found[-1].below.append(line)

    def table(self, table: Table) -> None:
        rows = list(table.rows)
        if self.found and table.sheet and self.found[-1].tables[-1].sheet != table.sheet:
            self._new_appendix = self._new_appendix or self._begins_anew(rows, table)
            self._texts = []
        width = table.width
        if width > _MOST_COLUMNS:
            return
        place = 0
        open_: RawAppendix | None = None
        taken = False
        while place < len(rows):
            header = read_header(rows[place:], width)
            if header is not None:
                columns, height = header
                open_ = self._opened(columns, table, rows[place + height :], open_)
                place += height
                taken = True
                continue
            if open_ is None and self._continues_without_header(rows, table):
                open_ = self.found[-1]
                open_.tables.append(table)
            if open_ is not None and self._ends(rows, place, table):
                open_ = None
            taken = taken or open_ is not None
            if open_ is None:
                self._above(rows[place])
            else:
                open_.rows.append((table, rows[place], open_.columns))
            place += 1
        if not taken and width >= _LEAST_COLUMNS and len(rows) > 1:
            self.left_out.append(table)

    def _above(self, row: TableRow) -> None:
        texts = row.texts
        line = one_line(" ".join(texts))
        if not line:
            return
        if _APPENDIX.match(folded(line)):
            self._new_appendix = True
            self._texts = []
        self._texts.append("\n".join(texts))

    def _ends(self, rows: Sequence[TableRow], place: int, table: Table) -> bool:
        """Whether another appendix begins in the same sheet: its title before its own header."""
        line = folded(one_line(" ".join(rows[place].texts)))
        if not table.sheet or not _APPENDIX.match(line):
            return False
        return any(read_header(rows[n:], table.width) for n in range(place + 1, min(place + 12, len(rows))))

    def _opened(
        self, columns: Columns, table: Table, body: Sequence[TableRow], open_: RawAppendix | None
    ) -> RawAppendix:
        current = open_ or (self.found[-1] if self.found else None)
        joins = (
            current is not None
            and not self._new_appendix
            and _alike(current.columns, columns)
            and not _restarts(current, columns, body)
        )
        if joins and current is not None:
            current.headers_seen += 1
            if current.tables[-1] is not table:
                current.tables.append(table)
                self._headings(current, table)
            current.columns = columns
        else:
            current = RawAppendix(self._texts[-_MOST_TITLES:], columns, tables=[table])
            self.found.append(current)
            self._headings(current, table)
        self._texts, self._new_appendix = [], False
        return current

    def _headings(self, appendix: RawAppendix, table: Table) -> None:
        """A section's title that stands above its table is a row of it."""
        for text in self._texts[-2:]:
            line = one_line(text)
            plain = folded(line)
            if _APPENDIX.match(plain) or len(line) > 300:
                continue
            coded = leading_code(line)
            _, points = split_suffix(line, bare_too=True)
            if (
                coded is not None
                and (points is not None or is_capitals(coded[1]))
                and coded[0].style != "dash"
            ):
                cell = TableCell(0, line, max(appendix.columns.width, 1))
                appendix.rows.append((table, TableRow(0, (cell,)), appendix.columns))
                if line in appendix.below:
                    appendix.below.remove(line)

    def _continues_without_header(self, rows: Sequence[TableRow], table: Table) -> bool:
        if not self.found or self._new_appendix:
            return False
        last = self.found[-1]
        if table.width != last.tables[-1].width or table.width < 3:
            return False
        columns = last.columns
        for row in rows[:6]:
            code = row.at(columns.code) if columns.code is not None else row.at(columns.name)
            text = one_line(code.text) if code is not None else ""
            if read_code(text) is not None or leading_code(text) is not None:
                return True
            points = row.at(columns.points) if columns.points is not None else None
            if points is not None and cell_points(points.text).value is not None:
                return True
            rule = row.at(columns.rule) if columns.rule is not None else None
            if rule is not None and row.texts == (rule.text,):
                return True
        return False

    def _begins_anew(self, rows: Sequence[TableRow], table: Table) -> bool:
        for place in range(min(len(rows), 15)):
            header = read_header(rows[place:], table.width)
            if header is not None:
                columns, height = header
                return not _alike(self.found[-1].columns, columns) or _restarts(
                    self.found[-1], columns, rows[place + height :]
                )
        return True


def _alike(first: Columns, second: Columns) -> bool:
    def roles(columns: Columns) -> tuple[bool, ...]:
        return (columns.points is not None, columns.rule is not None, columns.outer_name is not None)

    return first.width == second.width and roles(first) == roles(second)


def _first_code(columns: Columns, rows: Sequence[TableRow]) -> str:
    for row in rows[:5]:
        at = columns.outer_code if columns.outer_code is not None else columns.code
        cell = row.at(columns.name if at is None else at)
        text = one_line(cell.text) if cell is not None else ""
        if (text and not _NUMBERED.match(text.strip())) or re.fullmatch(r"\d{1,2}\.?", text):
            others = [one_line(other) for other in row.texts]
            if len(others) > 1 and all(_NUMBERED.match(other) for other in others):
                continue
            return folded(text)
    return ""


def _restarts(appendix: RawAppendix, columns: Columns, body: Sequence[TableRow]) -> bool:
    """Whether the rows begin as the appendix did: then they are another one."""
    if not appendix.rows:
        return False
    begun = _first_code(appendix.columns, [row for _, row, _ in appendix.rows])
    again = _first_code(columns, body)
    return bool(begun) and begun == again


def is_repeated_header(row: TableRow, columns: Columns) -> bool:
    texts = [(cell.column, folded(one_line(cell.text))) for cell in row.cells if cell.text.strip()]
    same = [
        column < columns.width and folded(columns.headers[column]).startswith(text) for column, text in texts
    ]
    return len(texts) >= 2 and all(same)


def is_numbering(row: TableRow) -> bool:
    """A row "(1) (2) (3)" or "A B 1 2" under the header."""
    texts = [one_line(text) for text in row.texts]
    if len(texts) < 3 or not all(_NUMBERED.match(folded(text)) for text in texts):
        return False
    first_figure = next((n for n, text in enumerate(texts) if any(sign.isdigit() for sign in text)), 0)
    if any(not any(sign.isdigit() for sign in text) for text in texts[first_figure:]):
        return False
    figures = [int(found) for text in texts if (found := re.sub(r"\D", "", text.split("=")[0]))]
    return figures == list(range(figures[0], figures[0] + len(figures))) if figures else False
