"""Read the tables and paragraphs of a Word document (.docx) within bounds.

The parts are streamed through expat as those of a workbook are: nothing is expanded, fetched or computed.
Deleted (tracked) text is left out and inserted text is read; a nested table becomes lines of the cell it
stands in; footnote marks are taken out of the text and their footnotes kept with the cell.
"""

from __future__ import annotations

import re
from typing import Any

from cchc_desktop.errors import KnownError
from cchc_desktop.intake.docx_numbering import Numbering
from cchc_desktop.intake.tables import (
    LONGEST_CELL,
    MOST_ROWS,
    Document,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from cchc_desktop.intake.workbook_archive import Archive, Elements
from cchc_desktop.quick_dataclass import dataclass, field

_BODY = "word/document.xml"
_ZIP = b"PK\x03\x04"
_MOST_COLUMNS = 200
_DEEPEST = 8
_LONGEST_PARAGRAPH = 4_000
_MARK = re.compile(r"[\s\d*()\[\],]+")
_IGNORED_CHANGES = ("pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange", "sectPrChange")
_SKIPPED = ("moveFrom", "drawing", "pict", "object", "txbxContent", *_IGNORED_CHANGES)
_ROOM = {"old_excel": "old_office", "not_xlsx": "not_office"}


class _WordArchive(Archive):
    most_unpacked = 24_000_000
    most_elements = 300_000

    def refused(self, why: str, **args: Any) -> KnownError:
        return KnownError(f"draft.{_ROOM.get(why, why)}", name=self.name, **args)

    def damaged(self, detail: str) -> KnownError:
        return KnownError("draft.damaged", name=self.name, detail=detail)

    def _check_parts(self) -> None:
        if any(part.endswith("vbaproject.bin") for part in self._names):
            raise self.refused("macros")


def is_word(content: bytes, name: str) -> bool:
    """Whether the bytes are a Word document, or nothing that can be read but called one."""
    if content.startswith(_ZIP):
        return _BODY.encode() in content or not (b"xl/" in content or b"xl\\" in content)
    return not name.casefold().endswith((".xlsx", ".xlsm", ".xls"))


def parse_word(content: bytes, name: str) -> Document:
    """Its tables and paragraphs. Raises `KnownError` "draft.…"."""
    with _WordArchive(content, name) as archive:
        if not archive.has(_BODY):
            raise archive.refused("not_office")
        notes = _Footnotes()
        if archive.has("word/footnotes.xml"):
            archive.parse("word/footnotes.xml", notes)
        numbering = Numbering()
        if archive.has("word/numbering.xml"):
            archive.parse("word/numbering.xml", numbering)
        body = _Body(archive, notes.found, numbering)
        archive.parse(_BODY, body)
        return Document(tuple(body.blocks))


@dataclass
class _Cell:
    column: int
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    width: int = 1
    continues: bool = False
    joins_left: bool = False

    def text(self) -> str:
        return "\n".join(line for line in (raw.strip() for raw in self.lines) if line)


@dataclass
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    column: int = 0
    deleted: bool = False


@dataclass
class _Table:
    rows: list[TableRow] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    cell: _Cell | None = None
    count: int = 0


def _value(attributes: dict[str, str], name: str = "val") -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), None)


def _whole(text: str | None, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text and re.fullmatch(r"[0-9]{1,6}", text) else least


class _Footnotes(Elements):
    """The texts of the footnotes by their ids."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._id = ""
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "footnote":
            self._id = _value(attributes, "id") or ""
            self.found[self._id] = ""
        self._inside = name == "t"

    def end(self, name: str) -> None:
        self._inside = False

    def text(self, text: str) -> None:
        if self._inside and len(self.found.get(self._id, "")) < _LONGEST_PARAGRAPH:
            self.found[self._id] = self.found.get(self._id, "") + text


class _Body(Elements):
    def __init__(self, archive: Archive, notes: dict[str, str], numbering: Numbering) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._archive, self._notes, self._numbering = archive, notes, numbering
        self._tables: list[_Table] = []
        self._path: list[str] = []
        self._skipping = 0
        self._parts: list[str] = []
        self._length = 0
        self._run: list[str] | None = None
        self._reading = self._raised = self._hidden = False
        self._list: tuple[str, str] = ("", "0")
        self._rows = self._tables_seen = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        inside = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._skipping or name in _SKIPPED or (name == "del" and inside not in ("rPr", "trPr")):
            self._skipping += 1
            return
        self._reading = False
        if name == "t":
            self._reading = True
        elif name == "r":
            self._run, self._raised, self._hidden = [], False, False
        elif name == "p":
            self._parts, self._length, self._list = [], 0, ("", "0")
        elif name in ("tbl", "tr", "tc"):
            self._open(name)
        elif inside == "rPr" and self._run is not None:
            self._look(name, attributes)
        elif inside in ("tcPr", "trPr", "numPr"):
            self._property(name, attributes)
        else:
            self._sign(name, attributes)

    def _open(self, name: str) -> None:
        if name == "tbl":
            if len(self._tables) >= _DEEPEST:
                raise self._archive.damaged("tables nested too deep")
            self._tables.append(_Table())
        elif self._tables and name == "tr":
            self._tables[-1].row = _Row()
        elif self._tables:
            table = self._tables[-1]
            table.cell = _Cell(table.row.column)

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        off = _value(attributes) in ("0", "false", "none")
        if name == "vertAlign":
            self._raised = _value(attributes) == "superscript"
        elif name in ("vanish", "webHidden"):
            self._hidden = not off

    def _property(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("ilvl", "numId"):
            number, level = self._list
            value = _value(attributes) or "0"
            self._list = (value, level) if name == "numId" else (number, value)
            return
        if not self._tables:
            return
        table = self._tables[-1]
        if name == "del":
            table.row.deleted = True
        elif name == "gridBefore":
            table.row.column += _whole(_value(attributes), 0, _MOST_COLUMNS)
        elif table.cell is None:
            return
        elif name == "gridSpan":
            table.cell.width = _whole(_value(attributes), 1, _MOST_COLUMNS)
        elif name == "vMerge":
            table.cell.continues = _value(attributes) != "restart"
        elif name == "hMerge":
            table.cell.joins_left = _value(attributes) != "restart"

    def _sign(self, name: str, attributes: dict[str, str]) -> None:
        """What stands for a letter, and footnote marks."""
        if name in ("br", "cr"):
            self._add("\n")
        elif name in ("tab", "ptab"):
            # In the properties of a paragraph it is a tab stop.
            if "r" in self._path[-3:]:
                self._add(" ")
        elif name == "noBreakHyphen":
            self._add("-")
        elif name == "sym":
            self._add("☐")
        elif name == "footnoteReference" and self._tables and self._tables[-1].cell is not None:
            note = self._notes.get(_value(attributes, "id") or "", "")
            self._tables[-1].cell.notes.append(" ".join(note.split()))

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_CELL:
            if self._tables:
                limit = LONGEST_CELL
                raise self._archive.refused("cell_too_long", length=self._length, limit=limit)
            return
        (self._parts if self._run is None else self._run).append(text)

    def text(self, text: str) -> None:
        if self._reading and not self._skipping:
            self._add(text.replace("\n", " "))

    def end(self, name: str) -> None:
        self._path.pop()
        if self._skipping:
            self._skipping -= 1
            return
        self._reading = False
        if name == "r":
            self._end_run()
        elif name == "p":
            self._end_paragraph()
        elif name == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif name == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._end_table(self._tables.pop())

    def _end_run(self) -> None:
        text, self._run = "".join(self._run or ()), None
        if not text or self._hidden:
            return
        square = re.search(r"(?:^|[\W\d])[ck]?m$", "".join(self._parts[-3:]))
        if self._raised and _MARK.fullmatch(text) and not square:
            if self._tables and self._tables[-1].cell is not None and text.strip():
                self._tables[-1].cell.notes.append(text.strip())
            return
        self._parts.append(text)

    def _end_paragraph(self) -> None:
        text = "".join(self._parts)
        number, level = self._list
        if number and number != "0":
            label = self._numbering.next_label(number, level)
            text = f"{label} {text}" if label else text
        self._parts, self._run = [], None
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None:
            cell.lines.append(text)
            if sum(map(len, cell.lines)) > LONGEST_CELL:
                length = sum(map(len, cell.lines))
                raise self._archive.refused("cell_too_long", length=length, limit=LONGEST_CELL)
        elif not self._tables and text.strip():
            self.blocks.append(Paragraph(text.strip()[:_LONGEST_PARAGRAPH]))

    def _end_cell(self, table: _Table) -> None:
        cell, table.cell = table.cell, None
        if cell is None:
            return
        if cell.joins_left and table.row.cells:
            table.row.cells[-1].width += cell.width
            table.row.cells[-1].lines.extend(cell.lines)
        else:
            table.row.cells.append(cell)
        table.row.column += cell.width
        if table.row.column > _MOST_COLUMNS:
            raise self._archive.damaged("too many columns")

    def _end_row(self, table: _Table) -> None:
        table.count += 1
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise self._archive.refused("too_many_rows", most=MOST_ROWS)
        if table.row.deleted:
            return
        cells = tuple(
            TableCell(
                cell.column,
                "" if cell.continues else cell.text(),
                cell.width,
                cell.continues,
                tuple(cell.notes),
            )
            for cell in table.row.cells
        )
        table.rows.append(TableRow(table.count, cells))

    def _end_table(self, table: _Table) -> None:
        outer = self._tables[-1].cell if self._tables else None
        if outer is not None:
            for row in table.rows:
                parts = [" ".join(text.split()) for text in row.texts]
                outer.lines.append(": ".join(part.rstrip(" :") for part in parts))
                outer.notes.extend(note for cell in row.cells for note in cell.notes)
        elif not self._tables:
            self._tables_seen += 1
            self.blocks.append(Table(tuple(table.rows), self._tables_seen))
