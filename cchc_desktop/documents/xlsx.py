"""Workbooks for people: text is text, numbers are numbers, ready to print. openpyxl writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.zip_times import still_the_clock

# What a spreadsheet program takes for the beginning of a formula when a cell is typed again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel's own bound on the text of one cell.
MOST_CHARACTERS = 32_767
MOST_HEIGHT = 409
_WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's properties hold times without a zone

FONT = "Times New Roman"
HEAD_FILL = "E8ECF0"
GROUP_FILL = "F3F5F7"


def cell_text(words: str) -> str:
    """Text as a cell can hold it; what is longer than Excel allows ends in "…"."""
    fit = clean(words)
    return fit if len(fit) <= MOST_CHARACTERS else fit[: MOST_CHARACTERS - 1] + "…"


def put(cell: Any, value: str | Decimal | int | None, number_format: str = "#,##0.00") -> None:
    """Write a value. Text never becomes a formula, an error value or a link, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, str):
        words = cell_text(value)
        if not words:
            return
        cell.value = words
        cell.data_type = "s"
        if words.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
        return
    cell.value = value
    cell.number_format = number_format


def row_height(words: Sequence[str], widths: Sequence[float], *, bold: bool, size: float = 11) -> float:
    """Points that a row needs so that no cell is cut off, at most Excel's 409.

    A column's width counts digits of 7 pixels, with 5 pixels of edge; the document font has Times' widths.
    """
    from cchc_desktop.documents.pdf import fonts
    from cchc_desktop.documents.pdf.lines import broken

    fonts.register()
    font = fonts.BOLD if bold else fonts.REGULAR
    most = max(
        (
            len(broken(cell_text(text), font, size, width * 5.25 - 4))
            for text, width in zip(words, widths, strict=False)
        ),
        default=1,
    )
    return min(most * size * 1.2 + 4, MOST_HEIGHT)


def save(workbook: Any, path: Path, *, title: str, author: str) -> None:
    """Write the workbook; the same content gives the same bytes."""
    from openpyxl.packaging.core import DocumentProperties

    class _Still(DocumentProperties):
        """openpyxl sets the time of the change to now when it saves."""

        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, _WRITTEN if name in ("created", "modified") else value)

    workbook.properties = _Still(creator=clean(author), title=clean(title), created=_WRITTEN)
    workbook.save(path)
    still_the_clock(path)


def print_setup(sheet: Any, *, head_rows: int, columns: int, footer: str = "&P/&N") -> None:
    """A4 landscape, all columns on one page's width, the head repeated and frozen."""
    from openpyxl.utils import get_column_letter

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_rows}:{head_rows}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{max(sheet.max_row, head_rows)}"
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 1.18, 0.6, 0.79, 0.79
    sheet.oddFooter.center.text = footer
    sheet.freeze_panes = f"A{head_rows + 1}"
    sheet.sheet_view.showGridLines = False
