"""Figures of scoring rows as a table: one line per field of the row's rule, and one for its explanation.

Drawn from the rules' own fields, so a new rule kind needs nothing here. A line's key is "row key|path".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import cleaned
from cchc_desktop.domain.room_sheet import (
    RoomColumn,
    RoomRow,
    RoomSheet,
    ValueKind,
    ValueRule,
    number_value,
    settled,
    value_number,
)
from cchc_desktop.message import Message

FIGURES = "figures"
EXPLANATION, NOT_APPLICABLE = "#explanation", "#not_applicable"
_ITEM = "#item:"
_NUMBERS = (FieldKind.NUMBER, FieldKind.COUNT)
Say = Callable[[str], str]
Render = Callable[[Message | str], str]


def asked_of_units(criteria: CriteriaSet) -> tuple[Node, ...]:
    """The rows and adjustments whose figures the unit states."""
    return tuple(
        node
        for node in criteria.nodes
        if node.type not in (NodeType.SECTION, NodeType.GROUP)
        and node.rule is not None
        and node.scored_by is ScoredBy.SELF
    )


def figures_table(
    criteria: CriteriaSet, keys: Sequence[str], answers: Mapping[str, Answer], say: Say, render: Render
) -> RoomSheet:
    """The lines of these rows, in the set's order."""
    columns = (
        RoomColumn("code", say("column_code"), width=9),
        RoomColumn("criterion", say("column_criterion"), width=46),
        RoomColumn("figure", say("column_figure"), width=36),
        RoomColumn("value", say("column_value"), ValueRule(), 36, say("hint_value")),
        RoomColumn("unit", say("column_unit"), width=12),
    )
    wanted = set(keys)
    rows = tuple(
        line
        for node in asked_of_units(criteria)
        if node.key in wanted
        for line in _lines(node, answers.get(node.key, Answer()), say, render)
    )
    return RoomSheet(FIGURES, say("sheet_figures"), columns, rows)


def _lines(node: Node, answer: Answer, say: Say, render: Render) -> Iterator[RoomRow]:
    def line(path: str, label: str, value: str, rule: ValueRule, unit: str = "") -> RoomRow:
        label = settled(label)
        label = label[:1].upper() + label[1:]
        cells = {
            "code": node.code,
            "criterion": settled(node.label),
            "figure": label,
            "value": settled(value),
            "unit": unit,
        }
        name = f"{node.code} · {label}"
        return RoomRow(f"{node.key}|{path}", name, cells, {"value": rule})

    assert node.rule is not None
    yes, no = say("yes"), say("no")
    yes_no = ValueRule(ValueKind.CHOICE, (yes, no))
    for field in node.rule.fields(node.max_points):
        held, label = value_at(answer.entry, field.path), render(field.label)
        if field.kind is FieldKind.ITEMS:
            there = None if not isinstance(held, list | tuple) else {cleaned(str(item)) for item in held}
            for choice in field.choices:
                given = "" if there is None else (yes if cleaned(choice.label) in there else no)
                yield line(f"{field.path}{_ITEM}{choice.label}", choice.label, given, yes_no)
        else:
            unit = render(field.unit) if field.unit else ""
            yield line(field.path, label, _shown(field, held, yes, no), _rule(field, unit, yes_no), unit)
    if node.not_applicable is not Policy.NO:
        on = answer.entry is not None and answer.entry.get("not_applicable") is True
        rule = ValueRule(ValueKind.CHOICE, (yes,))
        yield line(NOT_APPLICABLE, say("not_applicable"), yes if on else "", rule)
    yield line(EXPLANATION, say("explanation"), answer.explanation, ValueRule())


def _rule(field: Field, unit: str, yes_no: ValueRule) -> ValueRule:
    if field.kind is FieldKind.CHOICE:
        return ValueRule(ValueKind.CHOICE, tuple(settled(choice.label) for choice in field.choices))
    if field.kind is FieldKind.YES_NO:
        return yes_no
    kind = ValueKind.COUNT if field.kind is FieldKind.COUNT else ValueKind.NUMBER
    return ValueRule(kind, upper=field.upper, percent=unit == "%")


def _shown(field: Field, held: object, yes: str, no: str) -> str:
    if held is None:
        return ""
    if isinstance(held, bool):
        return yes if held else no
    if field.kind is FieldKind.CHOICE and isinstance(held, int) and 1 <= held <= len(field.choices):
        return field.choices[held - 1].label
    if field.kind in _NUMBERS:
        try:
            return number_value(Decimal(str(held)))
        except ArithmeticError:
            return str(held)
    return str(held)


def value_at(entry: Mapping[str, object] | None, path: str) -> object | None:
    """What stands in an answer at a field's path ("counts.Khiển trách" goes one deeper)."""
    name, _dot, inner = path.partition(".")
    value = None if entry is None else entry.get(name)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None


def changed_answer(node: Node, answer: Answer, values: Mapping[str, str], say: Say) -> Answer:
    """The answer with these lines' values (by path) put in; all else stays as it is."""
    assert node.rule is not None
    entry: dict[str, object] = dict(answer.entry or {})
    yes = say("yes")
    explanation = values.get(EXPLANATION, answer.explanation)
    if NOT_APPLICABLE in values:
        entry.pop("not_applicable", None)
        if values[NOT_APPLICABLE] == yes:
            entry["not_applicable"] = True
    for field in node.rule.fields(node.max_points):
        if field.kind is FieldKind.ITEMS:
            _put_items(entry, field, values, yes)
        elif field.path in values:
            _put(entry, field.path, _held(field, values[field.path], yes))
    return Answer(entry or None, explanation)


def _held(field: Field, value: str, yes: str) -> object | None:
    if not value:
        return None
    if field.kind is FieldKind.YES_NO:
        return value == yes
    if field.kind is FieldKind.CHOICE:
        return next((choice.label for choice in field.choices if settled(choice.label) == value), value)
    number = value_number(value)
    return None if number is None else f"{number:f}"


def _put(entry: dict[str, object], path: str, value: object | None) -> None:
    name, _dot, inner = path.partition(".")
    if inner:
        held = entry.get(name)
        group = dict(held) if isinstance(held, Mapping) else {}
        group[inner] = value
        value = {key: one for key, one in group.items() if one is not None} or None
    if value is None:
        entry.pop(name, None)
    else:
        entry[name] = value


def _put_items(entry: dict[str, object], field: Field, values: Mapping[str, str], yes: str) -> None:
    own = {choice.label: values.get(f"{field.path}{_ITEM}{choice.label}") for choice in field.choices}
    given = {label: value for label, value in own.items() if value is not None}
    if not given:
        return
    held = entry.get(field.path)
    before = {cleaned(str(item)) for item in held} if isinstance(held, list | tuple) else None
    there = [
        label
        for label in own
        if (given[label] == yes if label in given else before is not None and cleaned(label) in before)
    ]
    said_no = any(value and value != yes for value in given.values())
    untouched = before is not None and len(given) < len(own)
    _put(entry, field.path, there if there or said_no or untouched else None)
