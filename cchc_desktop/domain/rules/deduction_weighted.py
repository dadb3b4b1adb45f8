"""`deduction_weighted`: the maximum less the weight of each occurrence by its kind, not below 0."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import NOTHING, less
from cchc_desktop.domain.rules.rule import Earned, Problem, Rule, Step, StepUse
from cchc_desktop.domain.rules.sentences import joined
from cchc_desktop.domain.rules.steps import repeated_labels
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class DeductionWeighted(Rule):
    """Each step is a kind of occurrence with the points that one of it costs."""

    kind: ClassVar[str] = "deduction_weighted"
    answer_fields: ClassVar[tuple[str, ...]] = ("counts",)
    step_use: ClassVar[StepUse] = StepUse.LABEL_POINTS

    steps: tuple[Step, ...]

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return tuple(Field(f"counts.{step.label}", FieldKind.COUNT, step.label) for step in self.steps)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        given = answer.named_at("counts", tuple(step.label for step in self.steps), "unknown_item")
        if given is None:
            return None
        counts: dict[str, Decimal] = {}
        for label, value in given.items():
            if value is None:
                answer.missing.append(f"counts.{label}")
            elif (count := answer.count(f"counts.{label}", value)) is not None:
                counts[label] = count
        if answer.faults or len(counts) < len(given):
            return None
        used = [step for step in self.steps if step.label in counts]
        if not used:
            return Earned(max_points, message("scoring.nothing_deducted"))
        left = less(max_points, *((counts[step.label], step.points or Decimal(0)) for step in used))
        told = message(
            "scoring.weighted_below_zero" if left < 0 else "scoring.weighted",
            kinds=tuple(message("scoring.kind", label=s.label, count=counts[s.label]) for s in used),
            terms=joined(
                "plus",
                [
                    message("scoring.product", count=counts[s.label], worth=s.points or Decimal(0))
                    for s in used
                ],
            ),
            left=left,
        )
        return Earned(max(left, NOTHING), told)

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        yield from repeated_labels(self.steps)
        for index, step in enumerate(self.steps):
            if step.points is not None and step.points > max_points:
                yield Problem(
                    "points",
                    message("formpack.weight_above_maximum", points=step.points, max=max_points),
                    step=index,
                    warning=True,
                    found=str(step.points),
                )


def _product(count: Decimal, worth: Decimal) -> Message:
    return message("scoring.product", count=count, worth=worth)
