"""`sum_of_items`: points for each item that is there, at most the maximum (cộng theo mục)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.answers import Repeated
from cchc_desktop.domain.fields import Choice as FieldChoice
from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader, cleaned, shown
from cchc_desktop.domain.rounding import NOTHING
from cchc_desktop.domain.rounding import total as summed
from cchc_desktop.domain.rules.rule import Earned, Problem, Rule, Step, StepUse
from cchc_desktop.domain.rules.sentences import joined
from cchc_desktop.domain.rules.steps import repeated_labels
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class SumOfItems(Rule):
    """Each step is an item; its points, or `per_unit` where it has none of its own."""

    kind: ClassVar[str] = "sum_of_items"
    answer_fields: ClassVar[tuple[str, ...]] = ("items",)
    step_use: ClassVar[StepUse] = StepUse.LABEL_MAYBE_POINTS

    steps: tuple[Step, ...]
    per_unit: Decimal | None = None

    def worth(self, step: Step) -> Decimal:
        if step.points is not None:
            return step.points
        return self.per_unit if self.per_unit is not None else Decimal(0)

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        choices = tuple(FieldChoice(step.label, self.worth(step)) for step in self.steps)
        return (Field("items", FieldKind.ITEMS, message("scoring.field_items"), choices),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        given = answer.list_at("items")
        if given is None:
            return None
        labels = tuple(step.label for step in self.steps)
        present: set[str] = set()
        for value in given:
            label = cleaned(value) if isinstance(value, str) else None
            if isinstance(value, Repeated) or (label is not None and label in present):
                answer.fault("items", "item_repeated", found=shown(value))
            elif label is None or label not in labels:
                answer.fault("items", "unknown_item", found=shown(value), known=labels)
            else:
                present.add(label)
        if answer.faults:
            return None
        there = [step for step in self.steps if step.label in present]
        if not there:
            return Earned(NOTHING, message("scoring.no_items"))
        total = summed(self.worth(step) for step in there)
        one = "" if len(there) > 1 else "_one"
        told = message(
            f"scoring.items{one}_over" if total > max_points else f"scoring.items{one}",
            items=tuple(message("scoring.quoted", label=step.label) for step in there),
            terms=joined("plus", [message("scoring.worth", worth=self.worth(step)) for step in there]),
            total=total,
        )
        return Earned(min(total, max_points), told)

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        yield from repeated_labels(self.steps)
        for index, step in enumerate(self.steps):
            if step.points is None and self.per_unit is None:
                yield Problem("points", message("formpack.item_without_points", label=step.label), step=index)
        total = sum((self.worth(step) for step in self.steps), start=Decimal(0))
        if total != max_points and all(s.points is not None or self.per_unit is not None for s in self.steps):
            yield Problem(
                "max_points",
                message("formpack.items_do_not_reach", total=total, max=max_points)
                if total < max_points
                else message("formpack.items_pass_maximum", total=total, max=max_points),
                warning=True,
                found=str(max_points),
            )
