"""The smaller sheets: classes, exclusion groups, renamed keys, and the office's sample answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cchc_desktop.domain.criteria import ClassBand, Exclusion, Node, NodeType, Rename, TestLine
from cchc_desktop.domain.reading import cleaned
from cchc_desktop.domain.rules.registry import RULES
from cchc_desktop.domain.sample_cases import (
    EXCLUSIONS,
    NAMED,
    ROW_RESULTS,
    TOTAL,
    TOTAL_FIELDS,
    YES_NO_FIELDS,
)
from cchc_desktop.formpack.compile_criteria import CriteriaPart
from cchc_desktop.formpack.criteria_codec import plain
from cchc_desktop.formpack.grid import Line, Table
from cchc_desktop.formpack.vocabulary import EXCLUSION_WORDS, STATES, TOTAL_WORDS, YES_NO, folded, near
from cchc_desktop.intake.workbook import CellKind

Read = tuple[list[Any], list[Line]]


def _lines(table: Table | None) -> list[Line]:
    return list(table.lines()) if table is not None and table.complete else []


def compile_classes(table: Table | None) -> Read:
    values: list[Any] = []
    lines: list[Line] = []
    for line in _lines(table):
        label = line.label("label", required=True)
        floor = _class_floor(line)
        if label is not None and floor is not None:
            values.append(ClassBand(label, floor))
            lines.append(line)
    return values, lines


def _class_floor(line: Line) -> Decimal | None:
    """Percent of the total as a number: 90, "90%", or a cell that Excel shows as 90%."""
    cell = line.cell("from")
    if cell is not None and cell.kind is CellKind.NUMBER and cell.percent and cell.number is not None:
        return cell.number * 100
    if cell is not None and cell.kind is CellKind.TEXT and cell.shown.endswith("%"):
        read = line.ratio("from")
        return None if read is None else read[0] * 100
    floor = line.number("from", required=True)
    if floor is not None and 0 < floor <= 1:
        line.doubtful("from", "class_floor_small", found=floor, meant=floor * 100)
    return floor


def compile_exclusions(table: Table | None) -> Read:
    values: list[Any] = []
    lines: list[Line] = []
    for line in _lines(table):
        id_ = line.label("id", required=True)
        label = line.label("label", required=True)
        written = line.code("codes")
        if id_ is not None and label is not None and written is not None:
            codes = [cleaned(code) for code in written.replace(";", ",").split(",")]
            values.append(Exclusion(id_, label, tuple(dict.fromkeys(code for code in codes if code))))
            lines.append(line)
    return values, lines


def compile_renames(table: Table | None) -> Read:
    values: list[Any] = []
    lines: list[Line] = []
    for line in _lines(table):
        old = line.label("old", required=True)
        new = line.label("new") or ""
        since = line.whole("since", required=True)
        if old is not None and since is not None:
            values.append(Rename(old, new, since))
            lines.append(line)
    return values, lines


def compile_tests(table: Table | None, part: CriteriaPart) -> Read:
    values: list[Any] = []
    lines: list[Line] = []
    nodes = {node.code: node for node in reversed(part.nodes)}
    for line in _lines(table):
        case = line.label("case", required=True)
        code = line.code("code")
        field = line.label("field", required=True)
        if case is None or code is None or field is None:
            continue
        value = _test_value(line, code, field, nodes, part.complete)
        if value is not None:
            values.append(TestLine(case, *value))
            lines.append(line)
    return values, lines


def _test_value(
    line: Line, code: str, field: str, nodes: dict[str, Node], complete: bool
) -> tuple[str, str, str] | None:
    """(code, field, value) in their plain form; None where something in the line is wrong."""
    if folded(code) in TOTAL_WORDS:
        return _expected(line, TOTAL, field, TOTAL_FIELDS)
    if folded(code) in EXCLUSION_WORDS:
        if folded(field) != "id":
            line.wrong("field", "test_field_unknown", code=code, found=field, known=("id",))
            return None
        id_ = line.label("value", required=True)
        return None if id_ is None else (EXCLUSIONS, "id", id_)
    node = nodes.get(code)
    if node is None:
        if complete:
            line.wrong("code", "test_code_unknown", found=code)
        return None
    if node.type in (NodeType.SECTION, NodeType.GROUP):
        return _expected(line, code, field, ("points",))
    if folded(field) in ROW_RESULTS:
        return _expected(line, code, field, ROW_RESULTS)
    return _given(line, node, field)


def _expected(line: Line, code: str, written: str, known: tuple[str, ...]) -> tuple[str, str, str] | None:
    field = folded(written)
    if field not in known:
        line.wrong("field", "test_field_unknown", code=code, found=written, known=known)
        return None
    if line.is_empty("value"):
        return code, field, ""
    if field == "state":
        state = line.word("value", STATES)
        return None if state is None else (code, field, state)
    if field == "class":
        label = line.label("value")
        return None if label is None else (code, field, label)
    number = line.number("value")
    return None if number is None else (code, field, plain(number))


def _given(line: Line, node: Node, written: str) -> tuple[str, str, str] | None:
    name, dot, label = written.partition(".")
    name = folded(name)
    # The fields of any rule where the row's own rule could not be read.
    rules = RULES.values() if node.rule is None else (node.rule,)
    known = (*dict.fromkeys(name for rule in rules for name in rule.answer_fields), "not_applicable")
    if name not in known or (dot and name not in NAMED):
        meant = near(name, known)
        shown = (meant,) if meant is not None else (*known, *ROW_RESULTS)
        line.wrong("field", "test_field_unknown", code=node.code, found=written, known=shown)
        return None
    field = f"{name}.{cleaned(label)}" if dot else name
    if name in YES_NO_FIELDS:
        yes = line.word("value", YES_NO, required=True)
        return None if yes is None else (node.code, field, "true" if yes else "false")
    value = line.label("value", required=name not in ("items", *NAMED))
    if value is None:
        return (node.code, field, "") if line.is_empty("value") else None
    cell = line.cell("value")
    if name not in ("option", "items") and cell is not None:
        number = line.decimal(cell)
        if number is not None:
            value = plain(number)
    return node.code, field, value
