"""The result of scoring: exact points, and for each row the sentence that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class RowState(StrEnum):
    SCORED = "scored"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"
    EXCLUDED = "excluded"
    ERROR = "error"


@dataclass(frozen=True)
class AnswerError:
    """A figure that can't be right. `field` is the field's path in the answer ("" = the whole row)."""

    code: str
    field: str
    message: Message


@dataclass(frozen=True)
class RowScore:
    """`points` is None unless the row is scored, or not applicable by `full` or `zero`.

    `ratio` (numerator/denominator, for the ruler under the points) is None where the rule has none.
    `marks` are thresholds worth drawing on that ruler: (ratio, points reached there).
    """

    code: str
    key: str
    state: RowState
    max_points: Decimal
    points: Decimal | None
    explanation: Message
    errors: tuple[AnswerError, ...] = ()
    ratio: Fraction | None = None
    marks: tuple[tuple[Fraction, Decimal], ...] = ()


@dataclass(frozen=True)
class SectionScore:
    """Of a section or group: `points` sums rounded rows; `open_points` is what open rows may still bring."""

    code: str
    points: Decimal
    max_points: Decimal
    applicable_max: Decimal
    open_points: Decimal
    open_rows: int


@dataclass(frozen=True)
class Total:
    """`self_*` leave out what only the appraiser scores.

    Index, final and class are None where nothing is applicable.
    """

    points: Decimal
    max_points: Decimal
    applicable_max: Decimal
    self_points: Decimal
    self_max: Decimal
    index: Decimal | None
    bonus: Decimal
    penalty: Decimal
    final: Decimal | None
    class_label: str | None
    class_provisional: bool
    open_rows: int
    open_points: Decimal


@dataclass(frozen=True)
class ScoreSheet:
    rows: Mapping[str, RowScore]
    sections: Mapping[str, SectionScore]
    total: Total
    errors: tuple[AnswerError, ...]
