"""The parts of a workbook: its list of sheets, shared texts, number formats, and the cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from cchc_desktop.intake.workbook import MOST_ROWS, Cell, CellKind, Merged, Row, Sheet, Workbook
from cchc_desktop.intake.workbook_archive import Archive, Elements
from cchc_desktop.quick_dataclass import dataclass

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# How the format writes characters that XML can't hold: _x000D_ is a carriage return, _x005F_ an underscore.
_ESCAPED = re.compile(r"_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)
_MOST_SHEETS = 200
_MOST_COLUMNS = 200
_MOST_MERGED = 10_000
_SHOWN = 32_767


@dataclass(frozen=True)
class _Listed:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class _Format:
    is_date: bool = False
    percent: bool = False


def read_parts(archive: Archive, wanted: Callable[[str], bool]) -> Workbook:
    """The wanted sheets with their cells; the others by name only."""
    if not archive.has("[Content_Types].xml"):
        raise archive.refused("not_xlsx")
    types = _ContentTypes()
    archive.parse("[Content_Types].xml", types)
    if types.macros:
        raise archive.refused("macros")
    part = types.workbook or "xl/workbook.xml"
    if not archive.has(part):
        raise archive.refused("not_xlsx")
    book = _Book()
    archive.parse(part, book)
    relations = _Relations()
    folder, name = posixpath.split(part)
    archive.parse(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels", relations)
    listed = [
        _Listed(title, posixpath.normpath(posixpath.join(folder, relations.targets.get(id_, ""))), hidden)
        for title, id_, hidden in book.sheets[:_MOST_SHEETS]
    ]
    texts = _Texts()
    if relations.texts and any(wanted(sheet.name) for sheet in listed):
        archive.parse(posixpath.normpath(posixpath.join(folder, relations.texts)), texts)
    styles = _Styles()
    if relations.styles:
        archive.parse(posixpath.normpath(posixpath.join(folder, relations.styles)), styles)
    convert = _Converter(texts.found, styles.formats(), book.from_1904)
    sheets = []
    for sheet in listed:
        if not wanted(sheet.name):
            sheets.append(Sheet(sheet.name, (), hidden=sheet.hidden))
            continue
        cells = _Cells(archive, convert)
        archive.parse(sheet.part, cells)
        rows = () if cells.too_many else tuple(cells.rows)
        sheets.append(Sheet(sheet.name, rows, tuple(cells.merged), sheet.hidden, cells.too_many))
    return Workbook(tuple(sheets))


class _ContentTypes(Elements):
    workbook = ""
    macros = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if "macroEnabled" in kind or "vbaProject" in kind:
            self.macros = True
        if name == "Override" and kind.endswith(".sheet.main+xml"):
            self.workbook = attributes.get("PartName", "").lstrip("/")


class _Book(Elements):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


class _Relations(Elements):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.texts = self.styles = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target, kind = attributes.get("Target", ""), attributes.get("Type", "")
        self.targets[attributes.get("Id", "")] = target
        if kind.endswith("/sharedStrings"):
            self.texts = target
        elif kind.endswith("/styles"):
            self.styles = target


class _Texts(Elements):
    """Shared texts; the reading aids of East Asian texts (`rPh`) are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._aid = True
        self._inside = name == "t" and not self._aid

    def text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._aid = False
        elif name == "si":
            self.found.append("".join(self._parts))


class _Styles(Elements):
    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._ids: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._ids.append(_whole(attributes.get("numFmtId")) or 0)
        elif name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId")) or 0] = attributes.get("formatCode", "")[:255]

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def formats(self) -> list[_Format]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        known: dict[int, _Format] = {}
        for id_ in set(self._ids):
            code = self._codes.get(id_, BUILTIN_FORMATS.get(id_, "General"))
            known[id_] = _Format(bool(is_date_format(code)), "%" in code)
        return [known[id_] for id_ in self._ids]


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else None


class _Converter:
    """Makes a cell out of what stands in the sheet."""

    def __init__(self, texts: list[str], formats: list[_Format], from_1904: bool) -> None:
        self._texts, self._formats, self._from_1904 = texts, formats, from_1904

    def cell(self, attributes: Mapping[str, str], value: str, formula: str | None) -> Cell | None:
        if formula is not None:
            return Cell(CellKind.FORMULA, f"={formula}"[:_SHOWN], result=value[:_SHOWN])
        kind = attributes.get("t", "n")
        if kind == "s":
            place = _whole(value)
            if place is None or place >= len(self._texts):
                return Cell(CellKind.ERROR, value[:_SHOWN]) if value else None
            return self._text(self._texts[place])
        if kind in ("inlineStr", "str"):
            return self._text(value)
        if kind == "b":
            return Cell(CellKind.YES_NO, "TRUE" if value == "1" else "FALSE", yes=value == "1")
        if kind == "e":
            return Cell(CellKind.ERROR, value[:_SHOWN])
        if kind == "d":
            return self._iso_date(value)
        return self._number(attributes, value) if value else None

    @staticmethod
    def _text(text: str) -> Cell | None:
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        trimmed = text.replace("\u00a0", " ").strip()
        return Cell(CellKind.TEXT, trimmed[:_SHOWN]) if trimmed else None

    @staticmethod
    def _iso_date(value: str) -> Cell:
        try:
            day = datetime.fromisoformat(value.rstrip("Z")).date()
        except ValueError:
            return Cell(CellKind.ERROR, value[:_SHOWN])
        return Cell(CellKind.DATE, day.isoformat(), day=day)

    def _number(self, attributes: Mapping[str, str], value: str) -> Cell:
        try:
            number = float(value)
            rounded = Decimal(f"{number:.15g}")
        except (ValueError, ArithmeticError, OverflowError):
            return Cell(CellKind.ERROR, value[:_SHOWN])
        if not rounded.is_finite():
            return Cell(CellKind.ERROR, value[:_SHOWN])
        place = _whole(attributes.get("s")) or 0
        look = self._formats[place] if place < len(self._formats) else _Format()
        if look.is_date and (day := self._day(number)) is not None:
            return Cell(CellKind.DATE, day.isoformat(), rounded, day)
        shown = f"{rounded * 100:f}%" if look.percent and abs(rounded) < 10**9 else f"{number:.15g}"
        return Cell(CellKind.NUMBER, _short(shown), rounded, percent=look.percent)

    def _day(self, number: float) -> date | None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if self._from_1904 else CALENDAR_WINDOWS_1900
        try:
            day = from_excel(number, epoch)
        except (ValueError, OverflowError, ArithmeticError):
            return None
        if isinstance(day, datetime):
            return day.date()
        return day if isinstance(day, date) else None


def _short(shown: str) -> str:
    body, percent = (shown[:-1], "%") if shown.endswith("%") else (shown, "")
    if "." in body and "e" not in body:
        body = body.rstrip("0").rstrip(".")
    return body + percent


class _Cells(Elements):
    def __init__(self, archive: Archive, convert: _Converter) -> None:
        self.rows: list[Row] = []
        self.merged: list[Merged] = []
        self.too_many = False
        self._archive, self._convert = archive, convert
        self._row, self._column, self._hidden = 0, 0, False
        self._cells: dict[int, Cell] = {}
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    @property
    def enough(self) -> bool:  # type: ignore[override]
        return self.too_many

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._into = None
        if name in ("v", "t"):
            self._into = self._value
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self._formula = self._into = []
        elif name == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column, self._cells = 0, {}
            self._hidden = attributes.get("hidden") in ("1", "true")
        elif name == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self._add_merged(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _column_number(found.group(1)) if found else self._column + 1
        self._attributes, self._value, self._formula = attributes, [], None

    def _add_merged(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if begin and end:
            self.merged.append(
                Merged(
                    int(begin.group(2)),
                    _column_number(begin.group(1)),
                    int(end.group(2)),
                    _column_number(end.group(1)),
                )
            )

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def end(self, name: str) -> None:
        self._into = None
        if name == "c":
            if self._column <= _MOST_COLUMNS:
                formula = None if self._formula is None else "".join(self._formula)
                cell = self._convert.cell(self._attributes, "".join(self._value), formula)
                if cell is not None:
                    self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self.rows.append(Row(self._row, self._cells, self._hidden))
            self._cells = {}
            # The header is one row more.
            if len(self.rows) > MOST_ROWS + 1:
                self.too_many = True


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
