"""An appendix as an Excel workbook."""

from __future__ import annotations

import re
from io import BytesIO
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.formpack.draft.appendix import ROMAN, Appendix
from tests.formpack.draft.printed_lines import Line, Printer, Typist


class ExcelFile:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.typist = Typist(random)
        self.numeric = random.random() < 0.2

    def write(self, appendices: list[Appendix]) -> bytes:
        book = Workbook()
        sheets = self.random.random() < 0.6
        sheet = book.active
        row = 1
        for number, appendix in enumerate(appendices, start=1):
            if number > 1 and sheets:
                sheet, row = book.create_sheet(f"PL{number}"), 1
            elif number == 1:
                sheet.title = self.random.choice(("Sheet1", "Phụ lục", "Tiêu chí"))
            row = self._sheet(sheet, row, appendix, number, len(appendices) > 1) + 2
        written = BytesIO()
        book.save(written)
        return written.getvalue()

    def _sheet(self, sheet: Any, row: int, appendix: Appendix, number: int, many: bool) -> int:
        printer = Printer(self.random, self.typist, appendix)
        columns = printer.columns
        left = self.random.choice((1, 1, 2))
        width = len(columns)
        if self.random.random() < 0.3 and number == 1:
            sheet.cell(row, left, "ỦY BAN NHÂN DÂN TỈNH X")
            sheet.cell(row, left + width - 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            row += 1
        if many or self.random.random() < 0.5:
            sheet.cell(row, left, f"Phụ lục {ROMAN[number - 1]}")
            row += 1
        sheet.cell(row, left, appendix.title)
        sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=left + width - 1)
        row += 2
        for place, head in enumerate(printer.header()):
            sheet.cell(row, left + place, head)
        row += 1
        merged_from: int | None = None
        for line in printer.lines():
            if line.total_over and merged_from is not None:
                self._merge_section(sheet, left, merged_from, row - 1)
                merged_from = None
            if line.section is not None:
                if merged_from is not None:
                    self._merge_section(sheet, left, merged_from, row - 1)
                merged_from = row
            self._line(sheet, row, left, columns, line)
            row += 1
        if merged_from is not None:
            self._merge_section(sheet, left, merged_from, row - 1)
        if self.random.random() < 0.3:
            sheet.cell(row + 1, left + 1, "Nơi nhận: Như Điều 2")
            sheet.cell(row + 1, left + width - 1, "TM. ỦY BAN NHÂN DÂN")
            sheet.cell(row + 2, left + width - 1, "CHỦ TỊCH")
            row += 3
        return row

    def _merge_section(self, sheet: Any, left: int, first: int, last: int) -> None:
        if last > first:
            for column in (left, left + 1):
                sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)

    def _line(self, sheet: Any, row: int, left: int, columns: list[str], line: Line) -> None:
        end = left + len(columns) - 1
        if line.span:
            self._put(sheet, row, left, line.span)
            sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=end)
            return
        if line.total_over:
            last = left + columns.index("points") - 1
            self._put(sheet, row, left, line.total_over)
            if last > left:
                sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=last)
            self._number(sheet, row, last + 1, line.cells["points"])
            return
        cells = dict(line.cells)
        if line.nested:
            cells["rule"] = "\n".join(f"- {label}: {worth}" for label, worth in line.nested)
        for place, kind in enumerate(columns):
            text = cells.get(kind, "")
            if kind == "code" and self.numeric and re.fullmatch(r"\d+(\.\d)?", text):
                sheet.cell(row, left + place, float(text) if "." in text else int(text))
            elif kind == "points":
                self._number(sheet, row, left + place, text)
            elif text:
                self._put(sheet, row, left + place, text)

    def _put(self, sheet: Any, row: int, column: int, text: str) -> None:
        cell = sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True)

    def _number(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Points as Excel has them: mostly numbers, sometimes text."""
        try:
            value = float(text.replace(" ", "").replace(",", "."))
        except ValueError:
            self._put(sheet, row, column, text)
            return
        if self.random.random() < 0.8:
            sheet.cell(row, column, int(value) if value.is_integer() else value)
        else:
            self._put(sheet, row, column, text)
