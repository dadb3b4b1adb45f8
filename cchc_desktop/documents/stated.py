"""What a unit states for a row (số liệu kê khai), in words: "Hồ sơ đúng hạn: 2.847"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from cchc_desktop.domain.criteria import Node
from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.language import format_number, render, text


def _number(value: object) -> str:
    """A stored number as it is printed; what is no number stays as it stands."""
    if isinstance(value, int | Decimal):
        return format_number(value)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return format_number(number) if number.is_finite() else str(value)


def _value(entry: Mapping[str, object], path: str) -> object:
    """The entry's value at a field's path ("counts.Khiển trách"): a label may itself hold points."""
    if path in entry:
        return entry[path]
    first, _, label = path.partition(".")
    inner = entry.get(first)
    return inner.get(label) if isinstance(inner, Mapping) and label else None


def _written(field: Field, value: object) -> str:
    if field.kind is FieldKind.YES_NO:
        return text("documents.stated.yes" if value else "documents.stated.no")
    if field.kind is FieldKind.CHOICE:
        chosen = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(field.choices)
        return field.choices[value - 1].label if chosen else str(value)  # type: ignore[operator]
    if field.kind is FieldKind.ITEMS:
        items = [str(item) for item in value] if isinstance(value, Sequence) else [str(value)]
        return "; ".join(items) or text("documents.stated.no_items")
    number = _number(value)
    unit = render(field.unit) if field.unit else ""
    if unit == "%":
        return text("documents.stated.with_percent", value=number)
    return text("documents.stated.with_unit", value=number, unit=unit) if unit else number


def stated(node: Node, entry: Mapping[str, object] | None) -> str:
    """The answer's figures, one per line; empty when nothing was stated.

    One yes/no or one choice needs no label: the criterion itself is the question.
    """
    if entry is None or node.rule is None:
        return ""
    if entry.get("not_applicable") is True:
        return text("documents.stated.not_applicable")
    fields = node.rule.fields(node.max_points)
    lines: list[str] = []
    for field in fields:
        value = _value(entry, field.path)
        if value is None:
            continue
        written = _written(field, value)
        bare = field.kind in (FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.ITEMS)
        if not bare:
            label = render(field.label)
            written = text("documents.stated.pair", label=f"{label[:1].upper()}{label[1:]}", value=written)
        lines.append(written)
    if not lines and entry.get("counts") == {}:
        return text("documents.stated.no_counts")
    return "\n".join(lines)
