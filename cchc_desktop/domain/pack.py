"""Which form pack: a pack is immutable by id + version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PackRef:
    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"
