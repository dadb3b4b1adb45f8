"""Rows of a workbook for people, written downwards in the fonts and borders that all sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cchc_desktop.documents.xlsx import FONT, GROUP_FILL, HEAD_FILL, put, row_height

Value = str | Decimal | int | None


class SheetWriter:
    """`row` is the next row's number, from 1; `widths` are in characters."""

    def __init__(self, sheet: Any, widths: Sequence[int]) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.utils import get_column_letter

        self.sheet, self.row, self.columns, self.widths = sheet, 1, len(widths), tuple(widths)
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        side = Side(style="thin", color="76818D")
        self._border = Border(left=side, right=side, top=side, bottom=side)
        self._regular, self._bold = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
        self._title = Font(name=FONT, size=14, bold=True)
        self._muted = Font(name=FONT, size=11, color="76818D")
        self._head_fill = PatternFill("solid", fgColor=HEAD_FILL)
        self._group_fill = PatternFill("solid", fgColor=GROUP_FILL)
        self._top = Alignment(vertical="top", wrap_text=True, indent=0)
        self._right = Alignment(vertical="top", horizontal="right", indent=1)
        self._middle = Alignment(vertical="center", horizontal="center", wrap_text=True)

    def title(self, words: str) -> None:
        cell = self.sheet.cell(self.row, 1)
        put(cell, words)
        cell.font = self._title
        self.row += 1

    def remark(self, words: str) -> None:
        cell = self.sheet.cell(self.row, 1)
        put(cell, words)
        cell.font = self._bold
        self.row += 1

    def head(self, titles: Sequence[str]) -> None:
        for column, words in enumerate(titles, 1):
            cell = self.sheet.cell(self.row, column)
            put(cell, words)
            cell.font, cell.fill, cell.border, cell.alignment = (
                self._bold,
                self._head_fill,
                self._border,
                self._middle,
            )
        self._fit(titles, bold=True)
        self.row += 1

    def _fit(self, values: Sequence[Value], bold: bool) -> None:
        """Give the row its height: LibreOffice does not work it out when it opens or prints a file."""
        words = [value if isinstance(value, str) else "" for value in values]
        self.sheet.row_dimensions[self.row].height = row_height(words, self.widths, bold=bold)

    def line(
        self,
        values: Sequence[Value],
        *,
        bold: bool = False,
        whole: Sequence[int] = (),
        muted: bool = False,
    ) -> None:
        """`whole`: indexes of numbers without decimals. `muted`: grey, for what counts no more."""
        for index, value in enumerate(values):
            cell = self.sheet.cell(self.row, index + 1)
            put(cell, value, "#,##0" if index in whole else "#,##0.00")
            cell.font = self._bold if bold else self._muted if muted else self._regular
            cell.border = self._border
            cell.alignment = self._top if isinstance(value, str) or value is None else self._right
            if bold:
                cell.fill = self._group_fill
        self._fit(values, bold)
        self.row += 1
