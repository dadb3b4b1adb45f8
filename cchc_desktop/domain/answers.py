"""What a unit states for one row: the figures or the option, and its explanation (giải trình)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """`entry` holds the answer fields of the workbook contract (decimals as strings); None = not answered.

    Complete and empty is an answer: `{"items": []}` means none, and is not None.
    """

    entry: Mapping[str, object] | None = None
    explanation: str = ""
