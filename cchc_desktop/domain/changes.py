"""What a write changed, so that each page can decide whether it has to look again."""

from __future__ import annotations

from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """`subjects` are table names ("answers", "tasks", "evidence", …); `keys` the changed rows' keys.

    `batch` is the journal's number of this transaction (0: nothing was changed).
    """

    batch: int = 0
    round_id: str = ""
    subjects: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.batch > 0
