"""The office's own sample answers: score each case and compare with what the office expects.

The lines are normalised by the compiler: codes `TOTAL` and `EXCLUSIONS`, plain decimals, true and false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from cchc_desktop.domain.criteria import CriteriaSet, TestLine
from cchc_desktop.domain.reading import cleaned
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.scorer import score_by_code
from cchc_desktop.domain.scoring import RowState, ScoreSheet
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field

TOTAL, EXCLUSIONS = "TOTAL", "EXCLUSIONS"
TOTAL_FIELDS = ("points", "index", "final", "class", "open_rows")
ROW_RESULTS = ("points", "state")
NAMED = ("counts", "variables")
YES_NO_FIELDS = ("yes", "not_applicable")


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """What is wrong with line `index` of the tests; `column` is the sheet's alias."""

    index: int
    column: str
    message: Message
    found: str = ""


@dataclass
class _Case:
    first: int
    answers: dict[str, dict[str, object]] = field(default_factory=dict)
    exclusions: list[str] = field(default_factory=list)
    expected: list[tuple[int, TestLine]] = field(default_factory=list)
    given_at: dict[str, int] = field(default_factory=dict)


def run_cases(criteria: CriteriaSet) -> list[CaseFinding]:
    """Every mismatch of every case, and each case that expects nothing."""
    cases: dict[str, _Case] = {}
    found: list[CaseFinding] = []
    seen: dict[tuple[str, str, str], int] = {}
    for index, line in enumerate(criteria.tests):
        case = cases.setdefault(line.case, _Case(index))
        place = (line.case, line.code, line.field)
        if place in seen and line.code != EXCLUSIONS:
            told = message("compile.test_twice", case=line.case, field=line.field, code=_printed(line))
            found.append(CaseFinding(index, "field", told, line.field))
            continue
        seen[place] = index
        if line.code == TOTAL or (line.code != EXCLUSIONS and line.field in ROW_RESULTS):
            case.expected.append((index, line))
        elif line.code == EXCLUSIONS:
            case.exclusions.append(line.value)
        else:
            case.given_at.setdefault(line.code, index)
            _give(criteria, case.answers.setdefault(line.code, {}), line)
    for name, case in cases.items():
        if not case.expected:
            told = message("compile.test_expects_nothing", case=name)
            found.append(CaseFinding(case.first, "case", told, name))
            continue
        sheet = score_by_code(criteria, case.answers, case.exclusions)
        found.extend(_compared(case, sheet))
    return sorted(found, key=lambda finding: finding.index)


def _give(criteria: CriteriaSet, entry: dict[str, object], line: TestLine) -> None:
    name, _, label = line.field.partition(".")
    node = criteria.by_code.get(line.code)
    if name in NAMED:
        named = entry.setdefault(name, {})
        if label and isinstance(named, dict):
            named[label] = line.value
    elif name in YES_NO_FIELDS:
        entry[name] = {"true": True, "false": False}.get(line.value, line.value)
    elif name == "items":
        entry[name] = [item for part in line.value.split(";") if (item := cleaned(part))]
    elif name == "option" and node is not None and isinstance(node.rule, Choice):
        labels = [step.label for step in node.rule.steps]
        position = line.value.isascii() and line.value.isdigit() and line.value not in labels
        entry[name] = int(line.value) if position else line.value
    else:
        entry[name] = line.value


def _compared(case: _Case, sheet: ScoreSheet) -> Iterator[CaseFinding]:
    wrong_states = {line.code for _, line in case.expected if line.field == "state" and line.value == "error"}
    for error in sheet.errors:
        if error.code not in wrong_states:
            at = case.given_at.get(error.code, case.first)
            told = message("compile.test_answer", code=error.code, told=error.message)
            yield CaseFinding(at, "value", told, error.field)
    for index, line in case.expected:
        got = _result(sheet, line)
        if not _same(line.value, got):
            told = message(
                "compile.test_mismatch",
                case=line.case,
                code=_printed(line),
                field=line.field,
                expected=line.value or message("compile.test_null"),
                got=message("compile.test_null") if got is None else got,
            )
            yield CaseFinding(index, "value", told, line.value)


def _printed(line: TestLine) -> str | Message:
    """The code as the office writes it."""
    words = {TOTAL: "compile.test_total", EXCLUSIONS: "compile.test_exclusions"}
    return message(words[line.code]) if line.code in words else line.code


def _result(sheet: ScoreSheet, line: TestLine) -> Decimal | str | None:
    if line.code == TOTAL:
        total = sheet.total
        results: Mapping[str, Decimal | str | None] = {
            "points": total.points,
            "index": total.index,
            "final": total.final,
            "class": total.class_label,
            "open_rows": Decimal(total.open_rows),
        }
        return results[line.field]
    if line.code in sheet.sections:
        return sheet.sections[line.code].points if line.field == "points" else None
    row = sheet.rows[line.code]
    if line.field == "state":
        return row.state.value
    return row.points


def _same(expected: str, got: Decimal | str | None) -> bool:
    if got is None:
        return not expected
    if isinstance(got, str):
        return expected == got
    try:
        return Decimal(expected) == got
    except InvalidOperation:
        return False


STATES = tuple(state.value for state in RowState)
