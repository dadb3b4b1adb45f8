"""The self-score as a workbook: the table, the result by section, and the list of evidence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_desktop.documents.letterhead import full_name
from cchc_desktop.documents.selfscore import codes_of, figures, lost_points
from cchc_desktop.documents.selfscore_lines import ScoreLine, SelfScoreInput, headline, lines
from cchc_desktop.documents.sheet_writer import SheetWriter, Value
from cchc_desktop.documents.xlsx import print_setup, save
from cchc_desktop.domain.criteria import NodeType
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import format_date, text
from cchc_desktop.message import message

_TABLE_WIDTHS = (8, 34, 10, 30, 38, 10, 44, 26)
_SECTION_WIDTHS = (8, 44, 14, 14, 12, 12, 12)
_EVIDENCE_WIDTHS = (6, 20, 12, 28, 60, 36, 16)


def _t(name: str, /, **args: object) -> str:
    return text(f"documents.selfscore.{name}", **args)


def _table_values(line: ScoreLine) -> tuple[Value, ...]:
    return (
        line.code,
        line.label,
        line.max_points,
        line.stated,
        line.calculation,
        line.points,
        line.evidence,
        line.explanation,
    )


def _write_table(sheet: Any, source: SelfScoreInput, heading: str, progress: Progress) -> None:
    writer = SheetWriter(sheet, _TABLE_WIDTHS)
    writer.title(heading)
    writer.remark(headline(source))
    columns = ("code", "criterion", "max", "stated", "calculation", "points", "evidence", "explanation")
    writer.head([_t(name) for name in columns])
    head_row = writer.row - 1
    table_lines = lines(source)
    adjustments = (NodeType.BONUS, NodeType.PENALTY)
    inside = [line for line in table_lines if line.type not in adjustments]
    outside = [line for line in table_lines if line.type in adjustments]
    for number, line in enumerate(inside):
        progress.at(message("documents.step_sheet"), number, len(table_lines))
        writer.line(_table_values(line), bold=not line.is_row)
    total = source.score.total
    writer.line(("", _t("total"), total.max_points, "", "", total.points, "", ""), bold=True)
    for line in outside:
        writer.line(_table_values(line))
    print_setup(sheet, head_rows=head_row, columns=writer.columns)


def _write_sections(sheet: Any, source: SelfScoreInput) -> None:
    writer = SheetWriter(sheet, _SECTION_WIDTHS)
    writer.title(headline(source))
    columns = ("code", "section", "max", "applicable", "reached", "open", "lost_points")
    writer.head([_capital(_t(name)) for name in columns])
    head_row = writer.row - 1
    for node in source.criteria.sections:
        section = source.score.sections[node.code]
        writer.line(
            (
                node.code,
                node.label,
                section.max_points,
                section.applicable_max,
                section.points,
                section.open_points,
                lost_points(section),
            )
        )
    total = source.score.total
    lost = sum((lost_points(source.score.sections[n.code]) for n in source.criteria.sections), Decimal(0))
    writer.line(
        (
            "",
            _t("total"),
            total.max_points,
            total.applicable_max,
            total.points,
            total.open_points,
            lost,
        ),
        bold=True,
    )
    writer.row += 1
    writer.head((text("documents.order"), _capital(_t("item")), _t("value")))
    for number, figure in enumerate(figures(source), 1):
        writer.line((number, figure.label, figure.value), whole=(0,))
    print_setup(sheet, head_rows=head_row, columns=writer.columns)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _write_evidence(sheet: Any, source: SelfScoreInput) -> None:
    writer = SheetWriter(sheet, _EVIDENCE_WIDTHS)
    names = ("number", "date", "issuer", "abstract", "file", "rows")
    writer.head([text("documents.order"), *(_t(f"evidence_{name}") for name in names)])
    head_row = writer.row - 1
    for number, each in enumerate(sorted(source.evidence, key=lambda e: (e.added_at, e.id)), 1):
        record = each.record
        day = format_date(record.issued_on) if record.issued_on else ""
        values = (number, record.number, day, record.issuer, record.abstract, each.name)
        writer.line((*values, codes_of(source, each)), whole=(0,))
    print_setup(sheet, head_rows=head_row, columns=writer.columns)


def write_selfscore_xlsx(path: Path, source: SelfScoreInput, progress: Progress | None = None) -> None:
    """The workbook in `path` (written in place: see `output.whole_file` for the safe way).

    Numbers have the points' own decimals; a row without points has an empty cell, never 0.
    """
    from openpyxl import Workbook

    progress = progress or Progress()
    unit = full_name(source.unit.name)
    heading = _t("title", year=str(source.year), unit=unit)
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    _write_table(workbook.create_sheet(_t("sheet_table")), source, heading, progress)
    _write_sections(workbook.create_sheet(_t("sheet_summary")), source)
    _write_evidence(workbook.create_sheet(_t("sheet_evidence")), source)
    save(workbook, path, title=heading, author=unit)
