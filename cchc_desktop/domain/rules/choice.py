"""`choice`: one of several options, each with its points (chọn một mức)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Choice as FieldChoice
from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader, cleaned, shown
from cchc_desktop.domain.rules.rule import Earned, Problem, Rule, Step, StepUse
from cchc_desktop.domain.rules.steps import highest_short_of_maximum, points_within, repeated_labels
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class Choice(Rule):
    kind: ClassVar[str] = "choice"
    answer_fields: ClassVar[tuple[str, ...]] = ("option",)
    step_use: ClassVar[StepUse] = StepUse.LABEL_POINTS

    steps: tuple[Step, ...]

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        choices = tuple(FieldChoice(step.label, step.points or Decimal(0)) for step in self.steps)
        return (Field("option", FieldKind.CHOICE, message("scoring.field_option"), choices),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        value = answer.present("option")
        if value is None:
            return None
        step = self._chosen(answer, value)
        if step is None or step.points is None:
            return None
        told = message("scoring.choice", option=step.label, worth=step.points)
        return Earned(step.points, told, stated=step.points)

    def _chosen(self, answer: AnswerReader, value: object) -> Step | None:
        labels = tuple(step.label for step in self.steps)
        if isinstance(value, str):
            wanted = cleaned(value)
            if wanted in labels:
                return self.steps[labels.index(wanted)]
            answer.fault("option", "unknown_option", found=shown(value), known=labels)
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            answer.fault("option", "unknown_option", found=shown(value), known=labels)
            return None
        position = answer.count("option", value)
        if position is None:
            return None
        if not 1 <= position <= len(self.steps):
            answer.fault("option", "option_position", found=position, last=len(self.steps))
            return None
        return self.steps[int(position) - 1]

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        yield from repeated_labels(self.steps)
        yield from points_within(self.steps, max_points)
        yield from highest_short_of_maximum(self.steps, max_points)
