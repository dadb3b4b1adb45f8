"""Read a foreign Excel workbook (.xlsx) within bounds: cells as Excel shows them, and nothing is computed.

The parts are streamed through expat by our own small reader instead of openpyxl's: it stops at the first row
too many, never expands a gap of empty rows or columns, keeps a formula apart from its cached value, and knows
hidden rows and merged cells. openpyxl lends its knowledge of number formats and dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass

LARGEST_FILE = 10_000_000
MOST_ROWS = 5_000


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """`shown` is the value as text; `number` and `day` are set for their kinds.

    A number is its value to 15 significant digits, as Excel shows it. `percent` is the cell's number format.
    `result` is what Excel last computed for a formula, as it was stored: never trusted, only offered.
    """

    kind: CellKind
    shown: str
    number: Decimal | None = None
    day: date | None = None
    yes: bool | None = None
    percent: bool = False
    result: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is Excel's (from 1); `cells` by column number (from 1), without the empty ones."""

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A block of merged cells, from its first to its last row and column."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` without the empty ones. A sheet with too many rows has `too_many_rows` and no rows at all."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    too_many_rows: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    sheets: tuple[Sheet, ...]


def read_workbook(path: Path, wanted: Callable[[str], bool]) -> Workbook:
    """The workbook in the file; sheets that are not `wanted` by name are listed without their rows.

    Raises `KnownError` "workbook.…" where the file is no readable .xlsx within bounds.
    """
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise KnownError("workbook.is_folder", name=name)
        if size > LARGEST_FILE:
            raise KnownError("workbook.too_large", name=name, size=size, limit=LARGEST_FILE)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise KnownError("workbook.missing", name=name) from error
    except (OSError, ValueError) as error:
        raise KnownError("workbook.unreadable", name=name, detail=str(error)) from error
    return parse_workbook(content, name, wanted)


def parse_workbook(content: bytes, name: str, wanted: Callable[[str], bool]) -> Workbook:
    """The workbook in these bytes; see `read_workbook`."""
    from cchc_desktop.intake.workbook_archive import Archive
    from cchc_desktop.intake.workbook_parts import read_parts

    if len(content) > LARGEST_FILE:
        raise KnownError("workbook.too_large", name=name, size=len(content), limit=LARGEST_FILE)
    with Archive(content, name) as archive:
        return read_parts(archive, wanted)


def column_letters(column: int) -> str:
    """1 → "A", 27 → "AA"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
