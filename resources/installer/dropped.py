"""What a build leaves out, with its reason: the list that stands beside the results."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Dropped:
    """A file that is not packed. `size` in bytes as it lay in its source; `reason` a phrase."""

    name: str
    size: int
    reason: str


def as_json(dropped: Iterable[Dropped]) -> str:
    """In order of name."""
    rows = sorted((asdict(one) for one in dropped), key=lambda row: row["name"])
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
