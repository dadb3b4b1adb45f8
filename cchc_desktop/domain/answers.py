"""What a unit states for a row: its figures or its option, and its explanation (số liệu kê khai)."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class Answer:
    """`entry` holds the answer's fields (numbers as strings or integers); None when nothing was filled in.

    `explanation` (giải trình) is the unit's own text where points or evidence are missing.
    """

    entry: Mapping[str, object] | None = None
    explanation: str = ""


class Repeated:
    """Stands where a foreign file gave two values for one name: neither is believed."""


REPEATED = Repeated()
