"""An appendix as a Word document."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.formpack.draft.appendix import ROMAN, Appendix
from tests.formpack.draft.printed_lines import Line, Printer, Typist


class WordFile:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.typist = Typist(random)

    def write(self, appendices: list[Appendix]) -> bytes:
        document = Document()
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        if self.random.random() < 0.5:
            self._letterhead(document)
        for number, appendix in enumerate(appendices, start=1):
            many = len(appendices) > 1
            if many or self.random.random() < 0.7:
                document.add_paragraph(f"Phụ lục {ROMAN[number - 1]}" if many else "PHỤ LỤC")
            document.add_paragraph(appendix.title)
            if self.random.random() < 0.5:
                document.add_paragraph(
                    "(Kèm theo Quyết định số 45/QĐ-UBND ngày 12 tháng 3 năm 2026 của UBND tỉnh)"
                )
            self._table(document, appendix)
        if self.random.random() < 0.3:
            document.add_paragraph("Ghi chú: TLKC là tài liệu kiểm chứng; TTHC là thủ tục hành chính.")
        if self.random.random() < 0.3:
            self._signature(document)
        written = BytesIO()
        document.save(written)
        return written.getvalue()

    def _letterhead(self, document: Any) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH X"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        table.cell(1, 0).text = "Số: 45/QĐ-UBND"
        table.cell(1, 1).text = "X, ngày 12 tháng 3 năm 2026"
        document.add_paragraph("QUYẾT ĐỊNH")
        document.add_paragraph("Điều 1. Ban hành kèm theo Quyết định này Bộ tiêu chí, tổng điểm 100 điểm.")
        self._signature(document)

    def _signature(self, document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT."
        table.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"

    def _table(self, document: Any, appendix: Appendix) -> None:
        printer = Printer(self.random, self.typist, appendix)
        lines = printer.lines()
        cuts = self._cuts(len(lines)) if appendix.form != "merged" else []
        tracked = self.random.random() < 0.2
        start = 0
        for stop in cuts:
            self._cut_rule(lines, stop)
        for number, stop in enumerate([*cuts, len(lines)]):
            self._piece(
                document,
                printer,
                lines[start:stop],
                repeat=number == 0 or self.random.random() < 0.8,
                tracked=tracked,
            )
            if stop < len(lines):
                document.add_paragraph(str(number + 1))
            start = stop

    def _cuts(self, count: int) -> list[int]:
        if self.random.random() < 0.65 or count < 12:
            return []
        return sorted(self.random.sample(range(4, count - 2), self.random.randint(1, 3)))

    def _cut_rule(self, lines: list[Line], stop: int) -> None:
        """Sometimes the end of a rule stands under the next page's header, beside an empty number."""
        text = lines[stop - 1].cells.get("rule", "")
        if "\n" not in text or lines[stop - 1].nested or self.random.random() < 0.4:
            return
        head, _, tail = text.rpartition("\n")
        lines[stop - 1].cells["rule"] = head
        lines[stop].carried = tail

    def _piece(self, document: Any, printer: Printer, lines: list[Line], repeat: bool, tracked: bool) -> None:
        columns = printer.columns
        table = document.add_table(0, len(columns))
        table.style = "Table Grid"
        if repeat:
            self._header(table, printer)
            if self.random.random() < 0.25:
                self._fill(table.add_row(), [f"({place})" for place in range(1, len(columns) + 1)])
        open_section: Any = None
        for line in lines:
            if line.carried:
                table.add_row().cells[columns.index("rule")].text = line.carried
            row = table.add_row()
            if line.span:
                row.cells[0].merge(row.cells[-1]).text = line.span
                continue
            if line.total_over:
                last = columns.index("points") - 1
                row.cells[0].merge(row.cells[last]).text = line.total_over
                row.cells[last + 1].text = line.cells["points"]
                open_section = None
                continue
            for place, kind in enumerate(columns):
                self._write(row.cells[place], line.cells.get(kind, ""), kind, tracked)
            if line.nested and "rule" in columns:
                cell = row.cells[columns.index("rule")]
                inner = cell.add_table(0, 2)
                for label, worth in line.nested:
                    self._fill(inner.add_row(), [label, worth])
            if "outer" in columns:
                open_section = self._merge_down(columns, row, line, open_section)

    def _header(self, table: Any, printer: Printer) -> None:
        """The header; where there are self-scores it may have two rows."""
        heads = [self._broken(head) for head in printer.header()]
        self._fill(table.add_row(), heads)
        columns = printer.columns
        if "later" not in columns or not printer.noted:
            return
        below = table.add_row()
        for place, kind in enumerate(columns):
            if kind == "later":
                table.rows[-2].cells[place].text = "Điểm đánh giá"
                below.cells[place].text = "Tự đánh giá"
            else:
                text = table.rows[-2].cells[place].text
                table.rows[-2].cells[place].merge(below.cells[place]).text = text

    def _merge_down(self, columns: list[str], row: Any, line: Line, open_section: Any) -> Any:
        for kind in ("outer_code", "outer"):
            cell = row.cells[columns.index(kind)]._tc
            merge = OxmlElement("w:vMerge")
            if line.section is not None:
                merge.set(qn("w:val"), "restart")
            cell.get_or_add_tcPr().append(merge)
        return row

    def _fill(self, row: Any, texts: list[str]) -> None:
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text

    def _broken(self, head: str) -> str:
        return head.replace(" ", "\n", 1) if self.random.random() < 0.2 else head

    def _write(self, cell: Any, text: str, kind: str, tracked: bool) -> None:
        if kind == "points" and text and tracked and "\n" not in text and self.random.random() < 0.1:
            self._tracked(cell, text)
            return
        if (
            kind in ("points", "name")
            and text
            and tracked
            and "\n" not in text
            and self.random.random() < 0.05
        ):
            cell.text = text
            cell.paragraphs[0].add_run("1").font.superscript = True
            return
        lines = text.split("\n")
        if len(lines) > 1 and self.random.random() < 0.25:
            cell.text = text
            return
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)

    def _tracked(self, cell: Any, text: str) -> None:
        paragraph = cell.paragraphs[0]._p
        for name, tag, said in (("w:del", "w:delText", "77"), ("w:ins", "w:t", text)):
            change = OxmlElement(name)
            change.set(qn("w:id"), "1")
            change.set(qn("w:author"), "SNV")
            run, word = OxmlElement("w:r"), OxmlElement(tag)
            word.text = said
            run.append(word)
            change.append(run)
            paragraph.append(change)
