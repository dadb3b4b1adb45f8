"""Seeded appendices as offices issue them, in Word and Excel, with what they mean. Imports no parser.

Layout, numbering, typing quirks and wording vary by the seed; the truth is made first and printed then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Alignment

from . import wordings
from .wordings import Rule, n

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
LETTERS = "abcdđeghik"
FORMS = (
    "dotted", "dotted", "dotted", "roman", "roman_dotted", "parts", "merged", "in_name", "levels",
    "options_below",
    "no_maximum", "articles", "lettered",
)  # fmt: skip


@dataclass
class Node:
    """A criterion. `printed` is its number as it is to be read, `path` where that does not say the place."""

    printed: str
    label: str
    maximum: Decimal
    level: int
    kind: str
    rule: Rule | None = None
    path: str = ""
    max_printed: bool = True
    children: list[Node] = field(default_factory=list)
    shown_code: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Appendix:
    form: str
    roots: list[Node]
    checks: list[dict[str, str]]
    title: str

    @property
    def total(self) -> Decimal:
        return sum((root.maximum for root in self.roots), start=Decimal(0))

    def truth(self) -> dict[str, Any]:
        rows = []
        for node in (one for root in self.roots for one in root.walk()):
            row: dict[str, Any] = {
                "code": node.printed,
                "label": node.label,
                "max": str(node.maximum),
                "level": node.level,
                "type": node.kind,
            }
            if node.path:
                row["path"] = node.path
            if node.rule is not None:
                row |= {"rule": node.rule.truth, "rule_text": node.rule.text, "evidence": node.rule.evidence}
            rows.append(row)
        return {"form": self.form, "rows": rows, "check": self.checks, "total": str(self.total)}


@dataclass
class Made:
    """A file and what it means, one truth for each appendix in it."""

    name: str
    content: bytes
    truths: list[dict[str, Any]]


def make(seed: int) -> Made:
    """The appendix file of that seed."""
    random = Random(seed)
    count = 1 if random.random() < 0.88 else random.choice((2, 3))
    appendices = [_appendix(random) for _ in range(count)]
    truths = [appendix.truth() for appendix in appendices]
    if random.random() < 0.65:
        return Made(f"{seed}.docx", _Word(random).write(appendices), truths)
    return Made(f"{seed}.xlsx", _Excel(random).write(appendices), truths)


def write(seed: int, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    made = make(seed)
    path = folder / made.name
    path.write_bytes(made.content)
    return path, made.truths


# --- what it means


def _appendix(random: Random) -> Appendix:
    form = random.choice(FORMS)
    names = random.sample(wordings.NAMES, len(wordings.NAMES))
    sections = random.sample(wordings.SECTIONS, random.randint(2, 6))
    roots = [_section(random, form, place, label, names) for place, label in enumerate(sections, start=1)]
    if form == "levels":
        _count_through(roots)
    checks: list[dict[str, str]] = []
    if random.random() < 0.15:
        wrong = random.choice(roots)
        found = wrong.maximum
        wrong.maximum += random.choice((Decimal(1), Decimal(2), Decimal("-0.5")))
        checks.append(
            {"code": wrong.path or wrong.printed, "declared": str(wrong.maximum), "sum": str(found)}
        )
    title = random.choice(
        (
            "BỘ TIÊU CHÍ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH",
            "BẢNG TIÊU CHÍ VÀ THANG ĐIỂM",
            "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH",
        )
    )
    return Appendix(form, roots, checks, title)


def _maximum(random: Random) -> Decimal:
    return Decimal(random.choice(("0.5", "1", "1", "1.5", "2", "2", "2.5", "3", "4", "6", "8", "10")))


def _section(random: Random, form: str, place: int, label: str, names: list[str]) -> Node:
    code = {"roman": ROMAN[place - 1], "levels": f"{ROMAN[place - 1]}.", "parts": "ABCDEGHI"[place - 1]}.get(
        form, str(place)
    )
    if form == "roman_dotted":
        code = ROMAN[place - 1]
    if form == "articles":
        code = f"Điều {place + 3}"
    section = Node(code, label, Decimal(0), 1, "section")
    base = code.strip(".").removeprefix("Điều ")
    for number in range(1, random.randint(2, 4) + 1):
        if form == "articles":
            section.children.append(_group(random, form, section, number, base, names))
        elif form == "roman" or (form != "levels" and random.random() < 0.4):
            section.children.append(_row(random, form, section, number, base, 2, names))
        else:
            section.children.append(_group(random, form, section, number, base, names))
    section.maximum = sum((child.maximum for child in section.children), start=Decimal(0))
    return section


def _child_code(form: str, parent: Node, number: int, base: str, level: int) -> tuple[str, str]:
    """The number as printed, and the path where the number does not carry the place."""
    if form == "roman":
        return str(number), f"{base}.{number}"
    if form == "roman_dotted":
        return f"{base}.{number}", ""
    if form == "parts":
        printed = str(number) if level == 2 else f"{parent.printed}.{number}"
        return printed, f"{base}.{number}"
    if (form == "merged" and level == 3) or (form == "articles" and level == 3):
        return "", f"{base}.{number}"
    if form == "articles":
        return LETTERS[number - 1], f"{base}.{LETTERS[number - 1]}"
    if form == "lettered" and level == 3:
        return f"{LETTERS[number - 1]})", f"{base}.{LETTERS[number - 1]}"
    if form == "levels":
        return (f"{number}.", f"{base}/{number}") if level == 2 else (str(number), f"{base}/{number}")
    return f"{base}.{number}", ""


def _group(random: Random, form: str, parent: Node, number: int, base: str, names: list[str]) -> Node:
    printed, path = _child_code(form, parent, number, base, 2)
    group = Node(printed, random.choice(wordings.GROUPS), Decimal(0), 2, "group", path=path)
    below = path.replace("/", "/") or printed
    for child in range(1, random.randint(2, 3) + 1):
        group.children.append(_row(random, form, group, child, below, 3, names))
    group.maximum = sum((child.maximum for child in group.children), start=Decimal(0))
    return group


def _row(
    random: Random, form: str, parent: Node, number: int, base: str, level: int, names: list[str]
) -> Node:
    printed, path = _child_code(form, parent, number, base, level)
    maximum = _maximum(random)
    label = names[random.randrange(len(names))]
    if form in ("options_below", "no_maximum"):
        rule = (
            wordings.choice(random, maximum) if random.random() < 0.7 else wordings.two_cases(random, maximum)
        )
        rule.text = ""
    else:
        rule = wordings.make_rule(random, maximum)
    return Node(printed, label, maximum, level, "row", rule, path)


def _count_through(roots: list[Node]) -> None:
    """Rows counted through the whole table, as 1, 2, 3 … under 1., 2., …"""
    number = 0
    for root in roots:
        for group in root.children:
            for row in group.children:
                number += 1
                row.printed = str(number)
                row.path = f"{group.path}/{number}"


# --- how it is typed


class _Typist:
    """The quirks of whoever typed the file."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.messy = random.random() < 0.4
        self.point = random.random() < 0.15
        self.suffix = random.choice(("", "", "", "đ", " điểm"))

    def text(self, text: str) -> str:
        if not self.messy:
            return text
        roll = self.random.randrange(7)
        if roll == 0:
            return unicodedata.normalize("NFD", text)
        if roll == 1:
            return text.replace(" ", "\u00a0", 3)
        if roll == 2:
            return f"  {text} "
        if roll == 3:
            return text.replace("- ", "– ")
        if roll == 4:
            return text.replace("  ", " ").replace(", ", ",  ")
        return text

    def code(self, code: str, form: str) -> str:
        if not self.messy or form in ("levels", "roman") or not code:
            return code
        roll = self.random.randrange(5)
        if roll == 0 and "." in code:
            return f"{code}."
        if roll == 1 and "." in code:
            return code.replace(".", ". ", 1)
        if roll == 2:
            return f" {code}\u00a0"
        return code

    def points(self, value: Decimal) -> str:
        text = n(value)
        if self.point:
            text = text.replace(",", ".")
        if self.messy and "," in text and self.random.random() < 0.4:
            text = text.replace(",", " ,")
        if self.messy and self.random.random() < 0.2:
            return f"{text}đ"
        return f"{text}{self.suffix}"


HEADS = {
    "code": ("STT", "TT", "Số TT", "Mã số"),
    "name": (
        "Lĩnh vực, tiêu chí, tiêu chí thành phần", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Nội dung đánh giá",
        "Tiêu chí, nội dung đánh giá", "Chỉ số/Chỉ số thành phần", "Nội dung tiêu chí",
    ),
    "points": ("Điểm tối đa", "Điểm chuẩn", "Điểm số tối đa", "Thang điểm", "Điểm"),
    "rule": ("Cách tính điểm", "Cách chấm", "Cách xác định và tính điểm", "Phương pháp chấm điểm"),
    "evidence": ("Tài liệu kiểm chứng", "Hồ sơ minh chứng", "Minh chứng", "TLKC",
                 "Các yêu cầu và tài liệu kiểm chứng"),
    "later": ("Điểm tự chấm", "Tự đánh giá", "Điểm thẩm định", "Ý kiến hội đồng thẩm định"),
    "remark": ("Ghi chú",),
}  # fmt: skip


@dataclass
class Line:
    """A printed row: cells by column kind; `span` is a text over the whole row."""

    cells: dict[str, str] = field(default_factory=dict)
    span: str = ""
    section: Node | None = None
    nested: list[tuple[str, str]] = field(default_factory=list)
    total_over: str = ""
    carried: str = ""


class _Printer:
    """The lines of an appendix, before they are a Word or Excel table."""

    def __init__(self, random: Random, typist: _Typist, appendix: Appendix) -> None:
        self.random, self.typist, self.appendix = random, typist, appendix
        self.form = appendix.form
        self.columns = self._columns()
        self.heads = {
            kind: random.choice(HEADS[kind.rstrip("2")])
            for kind in self.columns
            if kind in HEADS or kind[:-1] in HEADS
        }
        if self.form == "merged":
            self.heads |= {"outer_code": "TT", "outer": "Lĩnh vực", "code": "Mã"}
        self.box = random.random() < 0.5
        self.noted = random.random() < 0.15

    def _columns(self) -> list[str]:
        columns = ["code", "name", "points", "rule", "evidence"]
        if self.form in ("options_below", "no_maximum"):
            columns = ["code", "name", "points", "evidence"]
        if self.form == "merged":
            columns = ["outer_code", "outer", *columns]
        if self.form in ("in_name", "articles"):
            columns.remove("code")
        if self.random.random() < 0.3:
            columns.insert(columns.index("points") + 1, "later")
        if self.random.random() < 0.2:
            columns.append("remark")
        return columns

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        subtotals = self.form == "merged" or self.random.random() < 0.15
        for place, root in enumerate(self.appendix.roots, start=1):
            lines.extend(self._section(root))
            if subtotals:
                points = self.typist.points(root.maximum)
                lines.append(Line({"points": points}, total_over=f"Cộng lĩnh vực {place}"))
        if subtotals or self.random.random() < 0.4:
            total = self.random.choice(("TỔNG CỘNG", "Tổng điểm", "TỔNG ĐIỂM", "Tổng cộng"))
            lines.append(Line({"points": self.typist.points(self.appendix.total)}, total_over=total))
        return lines

    def _section(self, root: Node) -> Iterator[Line]:
        typist = self.typist
        if self.form == "parts":
            yield Line(span=typist.text(f"PHẦN {root.printed}: {root.label} ({n(root.maximum)} ĐIỂM)"))
        elif self.form != "merged":
            yield Line(self._cells(root))
        first = True
        for node in (one for child in root.children for one in child.walk()):
            line = Line(self._cells(node))
            if self.form == "merged":
                line.section = root if first else None
                line.cells["outer_code"] = root.printed if first else ""
                line.cells["outer"] = typist.text(f"{root.label} ({n(root.maximum)} điểm)") if first else ""
            first = False
            if node.rule is not None and self.form in ("options_below", "no_maximum"):
                if self.form == "no_maximum":
                    line.cells["points"] = ""
                yield line
                mark = "☐ " if self.box else "- "
                for label, value in node.rule.options:
                    yield Line({"code": "", "name": mark + label, "points": typist.points(value)})
                continue
            if node.rule is not None and node.rule.options and self.random.random() < 0.06:
                line.cells["rule"] = ""
                line.nested = [(label, f"{n(value)} điểm") for label, value in node.rule.options]
            yield line

    def _cells(self, node: Node) -> dict[str, str]:
        typist = self.typist
        cells = {
            "code": typist.code(node.shown_code or node.printed, self.form),
            "name": typist.text(node.label),
            "points": typist.points(node.maximum),
        }
        if self.form == "merged" and node.level == 3:
            cells["name"] = f"- {cells['name'].strip()}"
        if self.form == "articles":
            mark = {1: f"{node.printed}. ", 2: f"{node.printed}) ", 3: "- "}[node.level]
            cells["name"] = mark + cells["name"].strip()
        if self.form == "in_name":
            mark = node.printed + (". " if node.level == 1 or self.random.random() < 0.5 else " ")
            cells["name"] = mark + cells["name"].strip()
        if node.rule is not None:
            cells["rule"] = typist.text(node.rule.text)
            cells["evidence"] = typist.text(node.rule.evidence)
        return cells

    def header(self) -> list[str]:
        return [self.heads[kind] for kind in self.columns]


# --- Word


class _Word:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.typist = _Typist(random)

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
        printer = _Printer(self.random, self.typist, appendix)
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

    def _piece(
        self, document: Any, printer: _Printer, lines: list[Line], repeat: bool, tracked: bool
    ) -> None:
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

    def _header(self, table: Any, printer: _Printer) -> None:
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
        if kind == "points" and text and tracked and self.random.random() < 0.1:
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


# --- Excel


class _Excel:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.typist = _Typist(random)
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
        printer = _Printer(self.random, self.typist, appendix)
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
