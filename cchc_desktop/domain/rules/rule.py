"""What every rule kind offers: the fields to fill in, the check of an answer, points and explanation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Field


class Rule(ABC):
    kind: ClassVar[str]

    @abstractmethod
    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        """What the unit fills in for this row."""
