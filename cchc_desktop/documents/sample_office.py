"""Sample evidence as PDF, DOCX and XLSX."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.letterhead import full_name
from cchc_desktop.documents.model import (
    Block,
    Closing,
    Column,
    Document,
    Letterhead,
    Row,
    Signature,
    Table,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.sample_evidence import SampleEvidence
from cchc_desktop.documents.xlsx import FONT, HEAD_FILL, print_setup, put, row_height, save
from cchc_desktop.documents.zip_times import still_the_clock
from cchc_desktop.language import format_date, parse_number, text

# Columns together are at least so wide that a title fits above them (in digits of Excel's default font).
_NARROWEST = 90


def dated(sample: SampleEvidence) -> str:
    """ "Ea Kao, ngày 05 tháng 02 năm 2026"."""
    day = sample.issued_on
    return text(
        "documents.place_date",
        place=clean(sample.place),
        day=f"{day.day:02d}",
        month=f"{day.month:02d}" if day.month <= 2 else str(day.month),
        year=str(day.year),
    )


def numbered(sample: SampleEvidence) -> str:
    return text("documents.number_line_whole", number=clean(sample.number))


def write_pdf_sample(path: Path, sample: SampleEvidence) -> None:
    """A page or two in the format of Nghị định 30/2020/NĐ-CP."""
    blocks: list[Block] = [
        Letterhead(
            superior=full_name(sample.superior),
            issuer=full_name(sample.issuer),
            number_line=numbered(sample),
            place_date=dated(sample),
        ),
        Title(sample.title, sample.abstract),
        *(Text(line) for line in sample.lines),
    ]
    if sample.table:
        head, *rows = sample.table
        shares = _shares(sample.table)
        columns = tuple(Column(title, share) for title, share in zip(head, shares, strict=True))
        blocks.append(Table(columns, tuple(Row(tuple(row)) for row in rows)))
    blocks += [
        Text(text("documents.sample.note"), TextKind.NOTE),
        Closing(
            Signature((sample.signer_title.upper(),), sample.signer),
            text("documents.recipients"),
            (text("documents.as_above") + ";", text("documents.archive")),
        ),
    ]
    heading = f"{sample.title} {sample.number}"
    write_pdf(Document(heading, full_name(sample.issuer), clean(sample.abstract), tuple(blocks)), path)


def _shares(table: tuple[tuple[str, ...], ...]) -> list[float]:
    """Column widths by the longest text, none below a sixth of the widest."""
    longest = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [float(max(length, max(longest) / 6)) for length in longest]


def write_docx_sample(path: Path, sample: SampleEvidence) -> None:
    """A report in Word's format: letterhead as a table without lines, title, text, signature."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)

    def write(paragraph: Any, words: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> Any:
        run = paragraph.add_run(clean(words))
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        return paragraph

    def centred(cell: Any, words: str, **look: Any) -> None:
        paragraph = cell.paragraphs[0] if not cell.paragraphs[0].runs else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, words, **look).alignment = WD_ALIGN_PARAGRAPH.CENTER

    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    # Word's own 1.9 mm beside each cell would break the nation's name.
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    head._tbl.tblPr.append(margins)
    left, right = head.rows[0].cells
    for index, cell, width in ((0, left, 72), (1, right, 93)):
        cell.width = head.columns[index].width = Mm(width)
    if sample.superior:
        centred(left, full_name(sample.superior).upper(), size=12)
    centred(left, full_name(sample.issuer).upper(), size=12, bold=True)
    centred(left, numbered(sample), size=13)
    centred(right, text("documents.nation"), size=12, bold=True)
    centred(right, text("documents.motto"), size=13, bold=True)
    centred(right, dated(sample), size=13, italic=True)
    document.add_paragraph()
    for words in (sample.title.upper(), sample.abstract):
        write(document.add_paragraph(), words, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in sample.lines:
        paragraph = write(document.add_paragraph(), line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_after = Pt(6)
    if sample.table:
        table = document.add_table(rows=0, cols=len(sample.table[0]), style="Table Grid")
        for number, row in enumerate(sample.table):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                write(cell.paragraphs[0], words, size=12, bold=number == 0)
    write(document.add_paragraph(), text("documents.sample.note"), size=12, italic=True)
    foot = document.add_table(rows=1, cols=2).rows[0].cells
    centred(foot[1], sample.signer_title.upper(), bold=True)
    for _ in range(3):
        foot[1].add_paragraph()
    paragraph = foot[1].add_paragraph()
    write(paragraph, sample.signer, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    written = datetime(2000, 1, 1)  # noqa: DTZ001 - the property has no zone; fixed for equal bytes
    properties = document.core_properties
    properties.title, properties.author = clean(f"{sample.title} {sample.number}"), clean(sample.issuer)
    properties.created = properties.modified = written
    properties.last_modified_by = clean(sample.issuer)
    properties.comments = ""
    document.save(str(path))
    still_the_clock(path)


def _stamp(sample: SampleEvidence) -> str:
    return text("documents.sample.number_date", number=sample.number, date=format_date(sample.issued_on))


def write_xlsx_sample(path: Path, sample: SampleEvidence) -> None:
    """An export of figures with the number and date of the document that it belongs to."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    sheet = workbook.create_sheet(text("documents.sample.sheet"))
    table = sample.table or ((text("documents.sample.content"),), *((line,) for line in sample.lines))
    widths = [float(min(max(len(cell) for cell in column) + 4, 60)) for column in zip(*table, strict=True)]
    stretch = max(_NARROWEST / sum(widths), 1)
    widths = [width * stretch for width in widths]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, (words, bold) in enumerate(
        (
            (full_name(sample.issuer), True),
            (f"{sample.title} {sample.abstract}", True),
            (_stamp(sample), False),
            (text("documents.sample.note"), False),
        ),
        1,
    ):
        put(sheet.cell(row, 1), words)
        sheet.cell(row, 1).font = Font(name=FONT, size=12, bold=bold)
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        if len(widths) > 1:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        sheet.row_dimensions[row].height = row_height([words], [sum(widths)], bold=bold, size=12)
    first = 6
    side = Side(style="thin", color="76818D")
    for offset, cells in enumerate(table):
        for column, words in enumerate(cells, 1):
            cell = sheet.cell(first + offset, column)
            figure = parse_number(words) if offset else None
            put(cell, words if figure is None else figure, "#,##0.##")
            cell.font = Font(name=FONT, size=11, bold=offset == 0)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if offset == 0:
                cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
        sheet.row_dimensions[first + offset].height = row_height(cells, widths, bold=offset == 0)
    print_setup(sheet, head_rows=first, columns=len(widths))
    save(workbook, path, title=f"{sample.title} {sample.number}", author=sample.issuer)
