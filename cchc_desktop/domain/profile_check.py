"""What a check of a profile looked at, what it found, and what was mended."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class CheckStep(StrEnum):
    """In the order in which they are looked at."""

    DATABASE = "database"
    FOREIGN_KEYS = "foreign_keys"
    JOURNAL = "journal"
    ROWS = "rows"
    FILES = "files"
    LEFTOVERS = "leftovers"
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One sentence. `ok`: nothing is wrong (any more); `repaired`: it was, and is mended now."""

    step: CheckStep
    ok: bool
    message: Message
    repaired: bool = False
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    lines: tuple[CheckLine, ...]

    @property
    def sound(self) -> bool:
        return all(line.ok for line in self.lines)

    @property
    def damaged(self) -> bool:
        """The database or its history is at fault: what a rescue or a restore is for."""
        bad = (CheckStep.DATABASE, CheckStep.JOURNAL, CheckStep.ROWS, CheckStep.FOREIGN_KEYS)
        return any(not line.ok and line.step in bad for line in self.lines)
