"""The tables of a foreign document (.docx or .xlsx) as they stand, with the paragraphs between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass

LARGEST_FILE = 10_000_000
MOST_ROWS = 1_000
LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of all tables; `text` may hold line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over `width` columns from `column` (from 0) on; its lines are parted by "\\n".

    `continues` is a cell that is merged with the one above. `notes` are the texts of footnotes that it refers
    to. `by_excel` is set where Excel may have changed what was typed: "number", "date", "formula" or "error".
    """

    column: int
    text: str
    width: int = 1
    continues: bool = False
    notes: tuple[str, ...] = ()
    by_excel: str = ""

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.width)


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` is the row's place in its table, as Excel or a reader counts (from 1)."""

    number: int
    cells: tuple[TableCell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells that have any."""
        return tuple(cell.text for cell in self.cells if cell.text)

    def at(self, column: int) -> TableCell | None:
        """The cell that covers the column."""
        return next((cell for cell in self.cells if column in cell.columns), None)


@dataclass(frozen=True, slots=True)
class Table:
    """`sheet` is the name of the Excel sheet, empty in a Word document; `number` counts tables from 1."""

    rows: tuple[TableRow, ...]
    number: int
    sheet: str = ""

    @property
    def width(self) -> int:
        return max((cell.columns.stop for row in self.rows for cell in row.cells), default=0)


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Paragraph | Table, ...]

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))


def read_document(path: Path) -> Document:
    """The document in the file. Raises `KnownError` "draft.…" or "workbook.…" where it can't be read."""
    name = path.name
    try:
        if path.is_dir():
            raise KnownError("draft.is_folder", name=name)
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise KnownError("draft.too_large", name=name, size=size, limit=LARGEST_FILE)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise KnownError("draft.missing", name=name) from error
    except (OSError, ValueError) as error:
        raise KnownError("draft.unreadable", name=name, detail=str(error)) from error
    return parse_document(content, name)


def parse_document(content: bytes, name: str) -> Document:
    """The document in these bytes, whatever the name says; see `read_document`."""
    from cchc_desktop.intake.docx_tables import is_word, parse_word
    from cchc_desktop.intake.xlsx_tables import parse_excel

    if len(content) > LARGEST_FILE:
        raise KnownError("draft.too_large", name=name, size=len(content), limit=LARGEST_FILE)
    if is_word(content, name):
        return parse_word(content, name)
    return parse_excel(content, name)
