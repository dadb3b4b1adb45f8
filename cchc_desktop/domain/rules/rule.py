"""What every rule kind offers: the fields to fill in, the check of an answer, points and explanation.

A rule kind is one file with one frozen dataclass. Its dataclass fields bear the names of the workbook's
columns (`floor`, `per_unit`, …; `steps` for the sheet of steps), so the compiler, the codec and the workbook
writer handle a new kind without knowing it; a field without a default is one that the workbook must fill.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.fields import Field
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class ZeroDenominator(StrEnum):
    """What a denominator of 0 does to a row: take it out of both sums, give the maximum, give 0."""

    EXCLUDE = "exclude"
    FULL = "full"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the sheet of steps: an option, an interval, an item, a kind of deduction or a variable.

    `floor` is the interval's lower bound as a ratio (0.9 is 90 %); `above` means strictly above it.
    """

    label: str = ""
    floor: Decimal | None = None
    above: bool = False
    points: Decimal | None = None


class StepUse(StrEnum):
    """What the steps of a rule must hold."""

    NONE = "none"
    LABEL = "label"
    LABEL_POINTS = "label_points"
    LABEL_MAYBE_POINTS = "label_maybe_points"
    FLOOR_POINTS = "floor_points"


@dataclass(frozen=True, slots=True)
class Earned:
    """Exact points before rounding, and how they came about.

    The scorer adds `points` (rounded) and `max` to the explanation's arguments. `stated` are points that the
    sentence names as the set gives them; where rounding changes them, the scorer says so.
    """

    points: Fraction | Decimal
    explanation: Message
    ratio: Fraction | None = None
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NothingArose:
    """Numerator and denominator are both 0; `policy` None means that the set does not say what then."""

    policy: ZeroDenominator | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or, `warning`, doubtful) in a rule as the office wrote it.

    `column` is the workbook column's alias; `step` the index of the step meant, None for the criterion's row.
    """

    column: str
    message: Message
    step: int | None = None
    warning: bool = False
    found: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    kind: ClassVar[str]
    answer_fields: ClassVar[tuple[str, ...]]
    step_use: ClassVar[StepUse] = StepUse.NONE

    @abstractmethod
    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        """What the unit fills in for this row."""

    @abstractmethod
    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | NothingArose | None:
        """The exact points; None when the answer has a fault or is not complete (the reader says which)."""

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        """Thresholds for the ruler under the points: (ratio, points reached there)."""
        return ()

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        """What the compiler must tell the office about this rule's figures."""
        yield from ()
