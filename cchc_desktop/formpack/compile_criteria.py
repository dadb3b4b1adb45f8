"""The sheets of criteria and of steps: nodes with their rules.

A rule's parameters are the fields of its dataclass, which bear the names of the columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.criteria import Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.rules.registry import RULES
from cchc_desktop.domain.rules.rule import Rule, Step, StepUse
from cchc_desktop.formpack.grid import Line, Report, Table
from cchc_desktop.formpack.vocabulary import (
    CRITERIA,
    NODE_TYPES,
    POLICIES,
    RULE_WORDS,
    SCORERS,
    YES_NO,
    ZERO_DENOMINATORS,
    near,
)
from cchc_desktop.intake.workbook import CellKind
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, field

_MOST_STEPS = 200


def _ratio(line: Line, alias: str) -> Decimal | None:
    read = line.ratio(alias)
    return None if read is None else read[0]


def _formula(line: Line, alias: str) -> str | None:
    cell = line.cell(alias)
    if cell is not None and cell.kind is CellKind.FORMULA:
        line.wrong(alias, "formula_with_equals")
        return None
    return line.text(alias)


PARAMETERS: dict[str, Callable[[Line, str], Any]] = {
    "numerator": Line.label,
    "denominator": Line.label,
    "figure": Line.label,
    "floor": _ratio,
    "target": _ratio,
    "per_unit": Line.number,
    "scale": Line.number,
    "formula": _formula,
    "allow_over": lambda line, alias: line.word(alias, YES_NO),
    "zero_denominator": lambda line, alias: line.word(alias, ZERO_DENOMINATORS),
}


@dataclass
class CriteriaPart:
    """Nodes as far as they could be read, each with its line.

    `complete` is False where a line has no usable code or type; `unsure` are codes without a usable maximum;
    `without_rule` are the indexes of nodes whose rule is reported already.
    """

    nodes: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    step_lines: dict[int, list[Line]] = field(default_factory=dict)
    complete: bool = True
    unsure: set[str] = field(default_factory=set)
    without_rule: set[int] = field(default_factory=set)


def compile_criteria(table: Table | None, steps: Table | None, report: Report) -> CriteriaPart:
    part = CriteriaPart()
    if table is None:
        part.complete = False
        return part
    if not table.complete:
        part.complete = False
        return part
    by_key = _steps_by_key(steps)
    keys: set[str] = set()
    for line in table.lines():
        key = line.label("name")
        _read_node(part, line, by_key.get(key or "", []), report)
        keys.add(key or "")
    if not part.nodes and not report.errors:
        report.add(table.name, "A1", message("compile.sheet_empty"))
    _report_strange_steps(part, by_key, keys)
    return part


def _steps_by_key(table: Table | None) -> dict[str, list[Line]]:
    by_key: dict[str, list[Line]] = {}
    if table is None or not table.complete:
        return by_key
    for line in table.lines():
        key = line.label("name")
        if key is None:
            if line.is_empty("name"):
                line.wrong("name", "step_without_key")
            continue
        by_key.setdefault(key, []).append(line)
    return by_key


def _report_strange_steps(part: CriteriaPart, by_key: dict[str, list[Line]], keys: set[str]) -> None:
    scored = {node.key for node in part.nodes if node.type is NodeType.ROW}
    for key, lines in by_key.items():
        for line in lines:
            if key in keys and key not in scored and part.complete:
                line.wrong("name", "step_of_group", found=key)
            elif key not in keys:
                meant = near(key, keys)
                if meant is not None:
                    line.wrong("name", "step_key_near", found=key, meant=meant)
                else:
                    line.wrong("name", "step_key_unknown", found=key)


def _read_node(part: CriteriaPart, line: Line, steps: list[Line], report: Report) -> None:
    key = line.label("name", required=True)
    code = line.code("code")
    kind = line.word("type", NODE_TYPES, required=True)
    label = line.label("label", required=True)
    maximum = line.number("max_points", required=True)
    common = _common(line, kind)
    if not line.is_empty("review"):
        line.doubtful("review", "review_left")
    if code is None or kind is None:
        part.complete = False
    if maximum is None and code is not None:
        part.unsure.add(code)
    index = len(part.nodes)
    before = len(report.errors)
    rule = _rule(line, kind, steps)
    if code is None or kind is None:
        return
    if len(report.errors) > before or rule is None:
        part.without_rule.add(index)
    earns = (maximum is None or maximum > 0) and kind in (NodeType.ROW, NodeType.BONUS)
    required = common.pop("evidence_required")
    part.nodes.append(
        Node(
            key or f"k{index}",
            code,
            kind,
            label or code,
            Decimal(0) if maximum is None else maximum,
            rule,
            evidence_required=earns if required is None else required,
            **common,
        )
    )
    part.lines.append(line)
    part.step_lines[index] = steps


def _common(line: Line, kind: NodeType | None) -> dict[str, Any]:
    scored_by = line.word("scored_by", SCORERS)
    policy = line.word("not_applicable", POLICIES)
    return {
        "not_applicable": policy or Policy.NO,
        "scored_by": scored_by or ScoredBy.SELF,
        "evidence": line.text("evidence") or "",
        "evidence_required": line.word("evidence_required", YES_NO),
        "guidance": line.text("guidance") or "",
        "legal_basis": line.text("legal_basis") or "",
        "source": line.text("source") or "",
    }


def _rule(line: Line, kind: NodeType | None, steps: list[Line]) -> Rule | None:
    if kind in (NodeType.SECTION, NodeType.GROUP):
        if not line.is_empty("rule"):
            told = message("formpack.rule_on_group")
            line.table.report.add(line.table.name, line.place("rule"), told, line.shown("rule"))
        return None
    if kind in (NodeType.BONUS, NodeType.PENALTY):
        if not line.is_empty("rule"):
            line.wrong("rule", "rule_on_adjustment")
        return _built(line, Adjustment, "bonus" if kind is NodeType.BONUS else "penalty", steps)
    name = line.word("rule", RULE_WORDS, required=True)
    return None if name is None else _built(line, RULES[name], name, steps)


def _built(line: Line, rule: type[Rule], name: str, steps: list[Line]) -> Rule | None:
    """The rule with its parameters; None where one that it needs is missing or wrong."""
    report = line.table.report
    before = len(report.errors)
    values: dict[str, Any] = {}
    own = {parameter.name: parameter for parameter in fields(rule)}
    for alias, read in PARAMETERS.items():
        header = CRITERIA.column(alias).header
        if alias not in own:
            if not line.is_empty(alias) and alias not in _WORDS_ONLY:
                line.doubtful(alias, "parameter_unused", rule=name, column=header)
            continue
        value = read(line, alias)
        if value is not None:
            values[alias] = value
        elif own[alias].default is MISSING and line.is_empty(alias):
            line.wrong(alias, "parameter_missing", rule=name, column=header)
    _add_steps(line, rule, name, steps, values)
    return None if len(report.errors) > before else rule(**values)


# Words about the figures do no harm where a rule does not show them.
_WORDS_ONLY = ("numerator", "denominator", "figure")


def _add_steps(line: Line, rule: type[Rule], name: str, steps: list[Line], values: dict[str, Any]) -> None:
    if rule.step_use is StepUse.NONE:
        if steps:
            steps[0].doubtful("name", "steps_unused", rule=name)
        return
    if not steps:
        line.wrong("rule", "steps_missing", rule=name, key=line.shown("name"))
    elif len(steps) > _MOST_STEPS:
        steps[_MOST_STEPS].wrong("name", "too_many_steps", most=_MOST_STEPS)
    else:
        values["steps"] = tuple(_step(step, rule.step_use) for step in steps)


def _step(line: Line, use: StepUse) -> Step:
    label = line.label("label", required=use is not StepUse.FLOOR_POINTS)
    floor, above, points = None, False, None
    if use is StepUse.FLOOR_POINTS:
        read = line.ratio("from", strict=True, required=True)
        floor, above = read if read is not None else (None, False)
    if use is not StepUse.LABEL:
        points = line.number("points", required=use is not StepUse.LABEL_MAYBE_POINTS)
    return Step(label or "", floor, above, points)
