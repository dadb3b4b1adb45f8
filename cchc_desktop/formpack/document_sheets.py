"""The workbook in which an office words and lays out its documents: read into a template, and written.

A row says one thing; a row whose own cell is empty leaves it to the program. Every error has its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.document_layout import Layout, bounds_fault
from cchc_desktop.domain.document_template import (
    LONGEST_WORDING,
    PARTS,
    WORDINGS,
    DocumentTemplate,
    PlanDocument,
    parts_faults,
    wording_faults,
)
from cchc_desktop.domain.text_shapes import is_pack_id
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.document_codec import LAYOUT_NAMES
from cchc_desktop.formpack.grid import Line, Report, Table, WorkbookFinding
from cchc_desktop.formpack.sheets import by_name, in_order, tables_of
from cchc_desktop.formpack.vocabulary import UNIT_KINDS, Column, SheetWords, folded
from cchc_desktop.formpack.workbook_writer import write_sheets
from cchc_desktop.intake.workbook import Workbook
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

MAIN = SheetWords(
    "document",
    "Mẫu văn bản",
    (Column("key", "Khóa", True), Column("value", "Giá trị", True), Column("meaning", "Ý nghĩa")),
    required=True,
)
LAYOUT = SheetWords(
    "layout",
    "Trình bày",
    (
        Column("key", "Khóa", True),
        Column("meaning", "Ý nghĩa"),
        Column("value", "Giá trị", True),
        Column("range", "Được phép"),
    ),
)
WORDS = SheetWords(
    "wordings",
    "Câu chữ",
    (
        Column("key", "Khóa", True),
        Column("standing", "Câu chữ của chương trình"),
        Column("value", "Câu chữ của đơn vị", True),
        Column("placeholders", "Chỗ điền được dùng"),
    ),
)
PART_ROWS = SheetWords(
    "parts",
    "Thành phần",
    (
        Column("document", "Văn bản", True),
        Column("key", "Phần", True),
        Column("use", "Có dùng", True),
        Column("meaning", "Ý nghĩa"),
    ),
)
SHEETS = (MAIN, LAYOUT, WORDS, PART_ROWS)
_BY_NAME = by_name(SHEETS)
_DOCUMENTS = {document.value: document for document in PlanDocument}
_YES_NO = {"yes": True, "có": True, "no": False, "không": False}
# A cell with this alone leaves a wording out that the program would print.
NOTHING = "-"
_MAIN_KEYS = ("id", "version", "title", "unit_kinds", "source")
_NEEDED_KEYS = _MAIN_KEYS[:4]


@dataclass(frozen=True)
class DocumentCompilation:
    """`template` is None where there are errors."""

    template: DocumentTemplate | None
    errors: tuple[WorkbookFinding, ...]
    warnings: tuple[WorkbookFinding, ...]


def is_wanted(sheet_name: str) -> bool:
    return folded(sheet_name) in _BY_NAME


def is_document_workbook(sheet_names: Iterable[str]) -> bool:
    """Whether a workbook with these sheets is one of document templates."""
    return any(_BY_NAME.get(folded(name)) is MAIN for name in sheet_names)


def compile_document(workbook: Workbook) -> DocumentCompilation:
    report = Report()
    tables = tables_of(workbook, SHEETS, report)
    template = DocumentTemplate(
        **_main(tables.get(MAIN.alias), report),
        layout=_layout(tables.get(LAYOUT.alias)),
        wordings=_wordings(tables.get(WORDS.alias)),
        parts=_parts(tables.get(PART_ROWS.alias)),
    )
    return DocumentCompilation(
        None if report.errors else template,
        in_order(report.errors, SHEETS),
        in_order(report.warnings, SHEETS),
    )


def _main(table: Table | None, report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {}
    lines: dict[str, Line] = {}
    for line in table.lines() if table is not None else ():
        if (key := line.label("key", required=True)) is None:
            continue
        if (key := folded(key)) in _MAIN_KEYS:
            lines.setdefault(key, line)
        else:
            line.doubtful("key", "setting_unknown", found=key)
    for key, line in lines.items():
        match key:
            case "version":
                value: Any = line.whole("value", required=True)
                if value is not None and not 1 <= value <= 9_999:
                    _wrong(line, message("document_template.bad_version"))
            case "unit_kinds":
                value = _unit_kinds(line)
            case "id":
                value = line.label("value", required=True)
                if value is not None and not is_pack_id(value):
                    _wrong(line, message("document_template.bad_id"))
            case _:
                value = line.label("value", required=key in _NEEDED_KEYS)
        found[key] = value
    for key in _NEEDED_KEYS:
        if key not in lines:
            report.add(MAIN.name, "", message("compile.setting_missing", key=key))
    return {key: value for key, value in found.items() if value is not None}


def _wrong(line: Line, fault: Message, alias: str = "value") -> None:
    line.table.report.add(line.table.name, line.place(alias), fault, line.shown(alias))


def _unit_kinds(line: Line) -> tuple[UnitKind, ...]:
    written = line.label("value", required=True)
    kinds: list[UnitKind] = []
    for part in (written or "").replace(";", ",").split(","):
        kind = UNIT_KINDS.get(folded(part))
        if kind is None and part.strip():
            known = tuple(known.value for known in UnitKind)
            line.wrong("value", "word_unknown", found=part.strip(), known=known)
        elif kind is not None and kind not in kinds:
            kinds.append(kind)
    return tuple(kinds)


def _layout(table: Table | None) -> Layout:
    values: dict[str, Decimal] = {}
    for line in table.lines() if table is not None else ():
        key = folded(line.label("key", required=True) or "")
        if key and key not in LAYOUT_NAMES:
            line.wrong("key", "word_unknown", found=key, known=LAYOUT_NAMES)
        elif key and not line.is_empty("value") and (value := line.number("value")) is not None:
            if (fault := bounds_fault(key, value)) is not None:
                _wrong(line, fault)
            else:
                values[key] = value
    return Layout(**values)


def _wordings(table: Table | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in table.lines() if table is not None else ():
        key = line.label("key", required=True)
        words = line.text("value", longest=LONGEST_WORDING)
        if key is None or words is None:
            continue
        found[key] = "" if words.strip() == NOTHING else words.strip()
        for fault in wording_faults(key, found[key]):
            _wrong(line, fault)
    return found


def _parts(table: Table | None) -> dict[PlanDocument, tuple[str, ...]]:
    named: dict[PlanDocument, list[str]] = {}
    first: dict[PlanDocument, Line] = {}
    for line in table.lines() if table is not None else ():
        document = line.word("document", _DOCUMENTS, required=True)
        key = line.label("key", required=True)
        used = line.word("use", _YES_NO)
        if document is None or key is None:
            continue
        first.setdefault(document, line)
        names = named.setdefault(document, [])
        if used is not False:
            names.append(folded(key))
    for document, names in named.items():
        line = first[document]
        for fault in parts_faults(document, tuple(names)):
            _wrong(line, fault, "key")
    # An order that is the program's own is left to the program.
    return {
        document: tuple(names)
        for document, names in named.items()
        if tuple(names) != tuple(part.name for part in PARTS[document])
    }


def write_document(template: DocumentTemplate, words: WorkbookWords) -> bytes:
    """The workbook of a template, with what the program says by itself beside what the office may say."""
    return write_sheets(
        (
            (MAIN, [(key, getattr(template, key), words.setting(key)) for key in _MAIN_KEYS]),
            (LAYOUT, [_layout_row(name, template.layout, words) for name in LAYOUT_NAMES]),
            (WORDS, [_wording_row(key, template, words) for key in WORDINGS]),
            (PART_ROWS, list(_part_rows(template, words))),
        )
    )


@dataclass(frozen=True)
class WorkbookWords:
    """What the sheets say to people, which only rooms above this one can word."""

    settings: dict[str, str]
    layout: dict[str, str]
    ranges: dict[str, str]
    standing: dict[str, str]
    parts: dict[str, str]

    def setting(self, key: str) -> str:
        return self.settings.get(key, "")


def _layout_row(name: str, layout: Layout, words: WorkbookWords) -> Sequence[Any]:
    return (name, words.layout.get(name, ""), getattr(layout, name), words.ranges.get(name, ""))


def _wording_row(key: str, template: DocumentTemplate, words: WorkbookWords) -> Sequence[Any]:
    own = template.wordings.get(key)
    shown = "" if own is None else own or NOTHING
    known = " ".join("{" + name + "}" for name in sorted(WORDINGS[key]))
    return (key, words.standing.get(key, ""), shown, known)


def _part_rows(template: DocumentTemplate, words: WorkbookWords) -> Iterable[Sequence[Any]]:
    for document in PlanDocument:
        used = template.parts_of(document)
        unused = [part.name for part in PARTS[document] if part.name not in used]
        for name in (*used, *unused):
            yield (document.value, name, name in used, words.parts.get(f"{document.value}.{name}", ""))
