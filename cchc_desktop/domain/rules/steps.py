"""Checks of the sheet of steps that several rule kinds share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_desktop.domain.rules.rule import Problem, Step
from cchc_desktop.message import message


def repeated_labels(steps: Sequence[Step]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, step in enumerate(steps):
        if step.label in seen:
            yield Problem(
                "label",
                message("formpack.label_repeated", label=step.label),
                step=index,
                found=step.label,
            )
        seen.add(step.label)


def points_within(steps: Sequence[Step], max_points: Decimal) -> Iterator[Problem]:
    """An option or interval may not be worth more than its row."""
    for index, step in enumerate(steps):
        if step.points is not None and step.points > max_points:
            yield Problem(
                "points",
                message("formpack.points_above_maximum", points=step.points, max=max_points),
                step=index,
                found=str(step.points),
            )


def highest_short_of_maximum(steps: Sequence[Step], max_points: Decimal) -> Iterator[Problem]:
    highest = max((step.points for step in steps if step.points is not None), default=None)
    if highest is not None and highest < max_points:
        yield Problem(
            "max_points",
            message("formpack.maximum_unreachable", highest=highest, max=max_points),
            warning=True,
            found=str(max_points),
        )
