"""What a row asks the unit for. The window draws a field from this; a new kind is one widget there."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class FieldKind(StrEnum):
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    COUNT = "count"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `path` is its place in the answer: "numerator", "counts.Khiển trách", "option".

    `label` is text of the set or a catalogue message. `upper` bounds a number; `unit` is shown behind it.
    CHOICE and ITEMS list their `choices` in sheet order.
    """

    path: str
    kind: FieldKind
    label: str | Message
    choices: tuple[Choice, ...] = ()
    upper: Decimal | None = None
    unit: str | Message = ""
