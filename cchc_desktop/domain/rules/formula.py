"""`formula`: an expression over the row's own variables, within 0 and the maximum (công thức)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import exact
from cchc_desktop.domain.rules.rule import Earned, Problem, Rule, Step, StepUse
from cchc_desktop.domain.rules.steps import repeated_labels
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass

_HUGE = 10**28
# The window's font has no glyphs for these.
_LEGIBLE = str.maketrans({"≥": ">=", "≤": "<=", "−": "-"})


@dataclass(frozen=True, kw_only=True)
class FormulaRule(Rule):
    """Each step names a variable."""

    kind: ClassVar[str] = "formula"
    answer_fields: ClassVar[tuple[str, ...]] = ("variables",)
    step_use: ClassVar[StepUse] = StepUse.LABEL

    formula: str
    steps: tuple[Step, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(step.label for step in self.steps)

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return tuple(Field(f"variables.{name}", FieldKind.NUMBER, name) for name in self.variables)

    # The language itself is read when a set has a formula: most have none, and the first page reads a set.

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        from cchc_desktop.domain.expression import DividedByZeroError, RoundingError
        from cchc_desktop.domain.formula import parse, values_shown

        given = answer.named_at("variables", self.variables, "unknown_variable")
        if given is None:
            return None
        values: dict[str, Fraction] = {}
        for name in self.variables:
            if given.get(name) is None:
                answer.missing.append(f"variables.{name}")
            elif (figure := answer.number(f"variables.{name}", given[name])) is not None:
                values[name] = exact(figure)
        if answer.faults or len(values) < len(self.variables):
            return None
        try:
            value = parse(self.formula, self.variables).number(values)
        except DividedByZeroError as error:
            field = f"variables.{error.variables[0]}" if error.variables else "variables"
            answer.fault(field, "divided_by_zero", names=error.variables or (self.formula,))
            return None
        except RoundingError:
            answer.fault("variables", "rounding_decimals")
            return None
        told = message(
            _bounded_id(value, max_points),
            formula=self.formula.translate(_LEGIBLE),
            figures=values_shown(self.variables, values),
            value=value if abs(value) < _HUGE else message("scoring.huge"),
        )
        return Earned(min(max(value, Fraction(0)), exact(max_points)), told)

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        from cchc_desktop.domain.formula import FormulaFault, is_variable, parse

        yield from repeated_labels(self.steps)
        for index, name in enumerate(self.variables):
            if not is_variable(name):
                yield Problem("label", message("formpack.variable_name", label=name), step=index, found=name)
        try:
            used = parse(self.formula, self.variables).variables()
        except FormulaFault as fault:
            yield Problem("formula", fault.message, found=self.formula)
            return
        for index, name in enumerate(self.variables):
            if name not in used:
                yield Problem(
                    "label",
                    message("formpack.variable_unused", label=name),
                    step=index,
                    warning=True,
                    found=name,
                )


def _bounded_id(value: Fraction, max_points: Decimal) -> str:
    if value < 0:
        return "scoring.formula_below_zero"
    return "scoring.formula_over" if value > max_points else "scoring.formula"
