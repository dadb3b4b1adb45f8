"""Notes in the cells of a workbook: what is wrong (in a copy of the office's own), or how to fill it in.

Only workbooks that were read within bounds before come here: openpyxl opens them whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cchc_desktop.formpack.vocabulary import SETTING_KEYS, SETTINGS, SheetWords
from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "CCHC Desktop"
_WIDTH, _LINE, _LETTERS = 360, 18, 46
_ERROR, _WARNING = "FADEDB", "FBEACF"
FIRST = "A1"


@dataclass(frozen=True, slots=True)
class Note:
    """`sheet` and `cell` as Excel names them; "" (or a sheet that is not there) means the first cell."""

    sheet: str
    cell: str
    words: str
    warning: bool = False


def annotated(content: bytes, notes: Iterable[Note]) -> bytes:
    """A copy of the workbook with each note as a comment of its cell, in the colour of an error or warning.

    What the office wrote in comments of its own stays above ours.
    """
    from openpyxl import load_workbook
    from openpyxl.styles import PatternFill

    book = load_workbook(BytesIO(content))
    for (sheet, cell), found in _by_place(book, notes).items():
        words = "\n".join(dict.fromkeys(note.words for note in found))
        colour = _WARNING if all(note.warning for note in found) else _ERROR
        _comment(book[sheet][cell], words)
        book[sheet][cell].fill = PatternFill("solid", fgColor=colour)
    return _saved(book)


def header_notes(
    sheets: Iterable[SheetWords], words: Callable[[str], str], keys: Iterable[str] = SETTING_KEYS
) -> dict[tuple[str, str], str]:
    """How to fill in each column and each of the settings' `keys`; `words` gives the sentence by
    "note_criteria_code"."""
    heads = {
        (sheet.name, column.header): words(f"note_{sheet.alias}_{column.alias}")
        for sheet in sheets
        for column in sheet.columns
    }
    return heads | {(SETTINGS.name, key): words(f"note_settings_{key}") for key in keys}


def with_header_notes(content: bytes, notes: Mapping[tuple[str, str], str], text_rows: int) -> bytes:
    """A new workbook of ours with a note on each header or key: (sheet, header or key) → words.

    Columns that hold text get that format down to `text_rows`, so that "1.10" typed there stays "1.10".
    """
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        for cell in [*sheet[1], *(row[0] for row in sheet.iter_rows(min_row=2, max_col=1))]:
            if (words := notes.get((sheet.title, str(cell.value)))) is not None:
                _comment(cell, words)
        for place in range(1, sheet.max_column + 1) if sheet.title != SETTINGS.name else ():
            letter = get_column_letter(place)
            if sheet[f"{letter}2"].number_format == "@":
                for row in range(2, text_rows + 1):
                    sheet[f"{letter}{row}"].number_format = "@"
    return _saved(book)


def _by_place(book: Workbook, notes: Iterable[Note]) -> dict[tuple[str, str], list[Note]]:
    found: dict[tuple[str, str], list[Note]] = {}
    names = {name.strip().casefold(): name for name in book.sheetnames}
    for note in notes:
        name = names.get(note.sheet.strip().casefold())
        sheet = book[name or book.sheetnames[0]]
        cell = _top_left(sheet, note.cell or FIRST) if name else FIRST
        found.setdefault((sheet.title, cell), []).append(note)
    return found


def _top_left(sheet: Worksheet, cell: str) -> str:
    """Of a merged block only the first cell can bear anything."""
    for block in sheet.merged_cells.ranges:
        if cell in block:
            return str(block.coord).partition(":")[0]
    return cell


def _comment(cell: Any, words: str) -> None:
    from openpyxl.comments import Comment

    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    text = before + words
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)


def _saved(book: Workbook) -> bytes:
    from cchc_desktop.intake.repack import with_fixed_dates

    written = BytesIO()
    book.save(written)
    return with_fixed_dates(written.getvalue())
