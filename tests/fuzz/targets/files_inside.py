"""Evidence as other programs would open it: looked into, never opened."""

from __future__ import annotations

from pathlib import Path
from random import Random

from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.language import render
from tests.fuzz import samples
from tests.fuzz.mutations import TOKENS, damaged
from tests.fuzz.targets.good import must


def evidence_file(random: Random, folder: Path) -> None:
    """Files as other programs would open them: looked into, never opened."""
    name, good = random.choice(samples.files())
    path = folder / f"case{Path(name).suffix}"
    path.write_bytes(damaged(random, good) if random.random() < 0.9 else random.choice(TOKENS) + good)
    for found in look_inside(path, name):
        must(bool(render(found)), found)


def office_part(random: Random, folder: Path) -> None:
    """One part of an Office file damaged, and packed again so that it is read."""
    name, parts = random.choice(samples.office_files())
    at = random.randrange(len(parts))
    bent = [(n, damaged(random, c) if i == at else c) for i, (n, c) in enumerate(parts)]
    path = folder / f"case{Path(name).suffix}"
    path.write_bytes(samples.packed(bent))
    for found in look_inside(path, name):
        must(bool(render(found)), found)
