"""Reading the figures of one answer: what can't be right is a fault, what is absent keeps the row open."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from cchc_desktop.domain.answers import Repeated
from cchc_desktop.domain.text_shapes import is_plain_number
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern

MOST_DIGITS = 28
_WITH_COMMA = pattern(r"([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+),[0-9]+")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A figure that can't be right: its path in the answer ("counts.Khiển trách"), and the mend."""

    field: str
    message: Message


def cleaned(label: str) -> str:
    """A label as labels are compared: NFC, spaces collapsed, ends trimmed."""
    return unicodedata.normalize("NFC", " ".join(label.split()))


def shown(value: object) -> str:
    """The value that was found, short enough for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).split()) if isinstance(value, str) else str(value)[: 4 * _SHOWN]
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def digits_of(value: Decimal) -> int:
    """How many digits the number takes when written out without an exponent."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return MOST_DIGITS + 1
    return max(value.adjusted() + 1, 1) + max(-exponent, 0)


class AnswerReader:
    """Reads one entry. Each method gives the figure, or None after noting a fault or a missing field."""

    def __init__(self, entry: Mapping[str, object]) -> None:
        self.entry = entry
        self.faults: list[Fault] = []
        self.missing: list[str] = []

    def fault(self, field: str, id_: str, **args: object) -> None:
        self.faults.append(Fault(field, message(f"scoring.{id_}", **args)))

    def present(
        self, path: str, source: Mapping[str, object] | None = None, name: str | None = None
    ) -> object:
        """The raw value at the path; None after noting that it is missing or given twice."""
        value = (self.entry if source is None else source).get(path if name is None else name)
        if value is None:
            self.missing.append(path)
        elif isinstance(value, Repeated):
            self.fault(path, "given_twice")
            return None
        return value

    def number(self, path: str, value: object) -> Decimal | None:
        """A number, zero or more, of at most 28 digits."""
        if value is None:
            return None
        if type(value) is int and 0 <= value < 10**MOST_DIGITS:
            return Decimal(value)
        figure: Decimal
        if isinstance(value, bool):
            self.fault(path, "not_a_number", found=shown(value))
            return None
        if isinstance(value, int):
            figure = Decimal(value) if -(10**40) < value < 10**40 else Decimal("1E+40")
        elif isinstance(value, Decimal):
            figure = value
        elif isinstance(value, float):
            figure = Decimal(repr(value))
        elif isinstance(value, str) and len(value) <= 400 and is_plain_number(value.strip(), "+-"):
            figure = Decimal(value.strip())
        else:
            # Only a file can say "1,5": the window's fields hand over plain numbers.
            comma = isinstance(value, str) and len(value) <= _SHOWN and _WITH_COMMA.fullmatch(value.strip())
            self.fault(path, "comma_in_number" if comma else "not_a_number", found=shown(value))
            return None
        if not figure.is_finite():
            self.fault(path, "not_a_number", found=shown(value))
            return None
        if figure < 0:
            self.fault(path, "negative", found=figure if digits_of(figure) <= MOST_DIGITS else shown(value))
            return None
        short = type(value) is str and len(value) <= MOST_DIGITS
        if not short and digits_of(figure) > MOST_DIGITS:
            self.fault(path, "too_many_digits", most=MOST_DIGITS)
            return None
        return figure

    def count(self, path: str, value: object) -> Decimal | None:
        """A whole number, zero or more."""
        figure = self.number(path, value)
        if figure is not None and figure != figure.to_integral_value():
            self.fault(path, "not_a_count", found=figure)
            return None
        return figure

    def number_at(self, path: str) -> Decimal | None:
        return self.number(path, self.present(path))

    def count_at(self, path: str) -> Decimal | None:
        return self.count(path, self.present(path))

    def number_up_to(self, path: str, upper: Decimal, fault_id: str) -> Decimal | None:
        """A number of at most `upper`; above it the fault `fault_id` names both."""
        figure = self.number_at(path)
        if figure is not None and figure > upper:
            self.fault(path, fault_id, found=figure, upper=upper)
            return None
        return figure

    def yes_no_at(self, path: str) -> bool | None:
        value = self.present(path)
        if value is None or isinstance(value, bool):
            return value
        self.fault(path, "not_yes_no", found=shown(value))
        return None

    def list_at(self, path: str) -> Sequence[object] | None:
        value = self.present(path)
        if value is None or isinstance(value, list | tuple):
            return value
        self.fault(path, "not_a_list", found=shown(value))
        return None

    def named_at(self, path: str, known: Sequence[str], unknown_id: str) -> dict[str, object] | None:
        """A mapping of known labels to raw values; unknown and repeated labels are faults."""
        value = self.present(path)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.fault(path, "not_a_mapping", found=shown(value))
            return None
        named: dict[str, object] = {}
        for raw, figure in value.items():
            label = cleaned(str(raw))
            if label not in known:
                self.fault(f"{path}.{label}", unknown_id, found=shown(label), known=tuple(known))
            elif label in named or isinstance(figure, Repeated):
                self.fault(f"{path}.{label}", "given_twice")
            else:
                named[label] = figure
        return named
