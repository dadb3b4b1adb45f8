"""Printed sums that do not agree with what stands below them: they are named, never mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_desktop.formpack.draft.hierarchy import Item
from cchc_desktop.formpack.draft.rows import Total
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class Disagreement:
    """`item` is the criterion whose sum it is, None for the total of the whole table."""

    item: Item | None
    code: str
    declared: Decimal
    found: Decimal
    message: Message


def disagreements(roots: Sequence[Item], totals: Sequence[Total]) -> tuple[Disagreement, ...]:
    """All of them, in the order of the table, the totals last."""
    found = [one for root in roots for item in root.walk() for one in _of(item)]
    found.extend(_of_totals(roots, totals))
    return tuple(found)


def worth(item: Item) -> Decimal | None:
    """The printed maximum, or the sum of what stands below where none is printed."""
    if item.entry.maximum is not None:
        return item.entry.maximum
    return below(item)


def below(item: Item) -> Decimal | None:
    known = [worth(child) for child in item.children if not child.entry.points.sign]
    if not known or None in known:
        return None
    return sum((points for points in known if points is not None), start=Decimal(0))


def _of(item: Item) -> Iterator[Disagreement]:
    declared, total = item.entry.maximum, below(item)
    if declared is not None and total is not None and declared != total:
        told = message(
            "draft.sum_differs", code=item.code, label=item.entry.label, declared=declared, sum=total
        )
        yield Disagreement(item, item.code, declared, total, told)


def _of_totals(roots: Sequence[Item], totals: Sequence[Total]) -> Iterator[Disagreement]:
    order = {id(item.entry): place for place, item in enumerate(i for root in roots for i in root.walk())}
    for total in totals:
        if (total.grand and total is totals[-1]) or (len(roots) == 1 and total.grand):
            tops = [worth(root) for root in roots if not root.entry.points.sign]
            known = sum((points for points in tops if points is not None), start=Decimal(0))
            if None not in tops and known != total.points:
                told = message("draft.total_differs", declared=total.points, sum=known)
                yield Disagreement(None, "TOTAL", total.points, known, told)
            continue
        section = next((r for r in reversed(roots) if order[id(r.entry)] < total.after), None)
        declared = worth(section) if section is not None else None
        if section is not None and declared is not None and declared != total.points:
            told = message(
                "draft.subtotal_differs",
                label=total.label,
                declared=total.points,
                sum=declared,
                code=section.code,
            )
            yield Disagreement(section, section.code, total.points, declared, told)
