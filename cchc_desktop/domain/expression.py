"""The parts of a parsed formula, each of which knows its value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import ClassVar

from cchc_desktop.domain.rounding import rounded
from cchc_desktop.quick_dataclass import dataclass

Values = Mapping[str, Fraction]
FURTHEST_ROUNDING = 28
_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


class DividedByZeroError(Exception):
    """A divisor came out as 0; `variables` are those it is made of."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        super().__init__(variables)
        self.variables = variables


class RoundingError(Exception):
    """`round` was asked for a number of decimals that is not whole or too far."""


class Expression(ABC):
    """`is_condition` parts are true or false; the others are numbers."""

    is_condition: bool = False

    def number(self, values: Values) -> Fraction:
        raise AssertionError

    def holds(self, values: Values) -> bool:
        raise AssertionError

    @abstractmethod
    def parts(self) -> Iterator[Expression]: ...

    def variables(self) -> tuple[str, ...]:
        """The variables in it, each once, in the order of writing."""
        found: dict[str, None] = {}
        stack: list[Expression] = [self]
        while stack:
            part = stack.pop()
            if isinstance(part, Variable):
                found.setdefault(part.label)
            stack.extend(reversed(tuple(part.parts())))
        return tuple(found)


@dataclass(frozen=True)
class Literal(Expression):
    value: Fraction

    def number(self, values: Values) -> Fraction:
        return self.value

    def parts(self) -> Iterator[Expression]:
        return iter(())


@dataclass(frozen=True)
class Variable(Expression):
    label: str

    def number(self, values: Values) -> Fraction:
        return values[self.label]

    def parts(self) -> Iterator[Expression]:
        return iter(())


@dataclass(frozen=True)
class Negation(Expression):
    inner: Expression

    def number(self, values: Values) -> Fraction:
        return -self.inner.number(values)

    def parts(self) -> Iterator[Expression]:
        yield self.inner


@dataclass(frozen=True)
class Arithmetic(Expression):
    """`first`, then each (sign, part) from left to right; all of one rank."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]

    def number(self, values: Values) -> Fraction:
        total = self.first.number(values)
        for sign, part in self.rest:
            value = part.number(values)
            if sign == "+":
                total += value
            elif sign == "-":
                total -= value
            elif sign == "*":
                total *= value
            elif value == 0:
                raise DividedByZeroError(part.variables())
            else:
                total /= value
        return total

    def parts(self) -> Iterator[Expression]:
        yield self.first
        yield from (part for _, part in self.rest)


@dataclass(frozen=True)
class Comparison(Expression):
    is_condition: ClassVar[bool] = True  # type: ignore[misc]

    sign: str
    left: Expression
    right: Expression

    def holds(self, values: Values) -> bool:
        return _COMPARE[self.sign](self.left.number(values), self.right.number(values))

    def parts(self) -> Iterator[Expression]:
        yield from (self.left, self.right)


@dataclass(frozen=True)
class Logic(Expression):
    is_condition: ClassVar[bool] = True  # type: ignore[misc]

    every: bool
    conditions: tuple[Expression, ...]

    def holds(self, values: Values) -> bool:
        answers = (condition.holds(values) for condition in self.conditions)
        return all(answers) if self.every else any(answers)

    def parts(self) -> Iterator[Expression]:
        yield from self.conditions


@dataclass(frozen=True)
class Not(Expression):
    is_condition: ClassVar[bool] = True  # type: ignore[misc]

    inner: Expression

    def holds(self, values: Values) -> bool:
        return not self.inner.holds(values)

    def parts(self) -> Iterator[Expression]:
        yield self.inner


class Condition(Expression):
    """`if(cond, yes, no)`: only the branch that holds is computed."""

    def __init__(self, condition: Expression, yes: Expression, no: Expression) -> None:
        self.condition, self.yes, self.no = condition, yes, no
        self.is_condition = yes.is_condition

    def number(self, values: Values) -> Fraction:
        return (self.yes if self.condition.holds(values) else self.no).number(values)

    def holds(self, values: Values) -> bool:
        return (self.yes if self.condition.holds(values) else self.no).holds(values)

    def parts(self) -> Iterator[Expression]:
        yield from (self.condition, self.yes, self.no)


@dataclass(frozen=True)
class Extreme(Expression):
    highest: bool
    arguments: tuple[Expression, ...]

    def number(self, values: Values) -> Fraction:
        found = [argument.number(values) for argument in self.arguments]
        return max(found) if self.highest else min(found)

    def parts(self) -> Iterator[Expression]:
        yield from self.arguments


@dataclass(frozen=True)
class Rounding(Expression):
    inner: Expression
    decimals: Expression

    def number(self, values: Values) -> Fraction:
        decimals = self.decimals.number(values)
        if decimals.denominator != 1 or abs(decimals) > FURTHEST_ROUNDING:
            raise RoundingError
        return rounded(self.inner.number(values), decimals.numerator)

    def parts(self) -> Iterator[Expression]:
        yield from (self.inner, self.decimals)
