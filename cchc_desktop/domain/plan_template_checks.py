"""Is a plan template sound? Everything that can be checked without its workbook: keys, areas, dates, words.

Each finding names its place by part and column, so that the compiler can turn it into a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from cchc_desktop.domain.unit import UnitKind

YEARS = (2000, 2100)


class Keyed(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def unit_kinds(self) -> tuple[UnitKind, ...]: ...


def repeated_keys(parts: Iterable[Keyed]) -> Iterator[int]:
    """The places of parts whose key some kind of unit would get a second time."""
    seen: dict[str, set[UnitKind]] = {}
    for index, part in enumerate(parts):
        kinds = set(part.unit_kinds or UnitKind)
        taken = seen.setdefault(part.key, set())
        if taken & kinds:
            yield index
        taken |= kinds
