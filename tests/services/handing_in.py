"""A sample unit's profile with a key behind a passphrase, ready to hand in; and what was handed in."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from cchc_desktop.services import keys, packs, profile, rounds, samples
from cchc_desktop.services.profile import Profile

PASSPHRASE = "một câu chỉ tôi biết"
YEAR = 2026

Opened = tuple[Profile, str]
"""A profile and its round's id."""


@cache
def _filled() -> Path:
    """The sample commune, filled once for all tests; each test works on a copy."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-"))
    sample = samples.load("commune")
    criteria, template = packs.for_unit_kind(sample.unit.kind, YEAR)
    with profile.create_profile(folder / "xã", sample.unit, YEAR, criteria, template) as opened:
        samples.fill(opened, sample)
    return folder / "xã"


@contextmanager
def sample_profile(folder: Path, *, key: bool = True) -> Iterator[Opened]:
    shutil.copytree(_filled(), folder)
    with profile.open_profile(folder) as opened:
        round_ = rounds.rounds(opened)[0]
        if key:
            keys.create_key(opened, round_.unit, PASSPHRASE)
        yield opened, round_.id


def unpacked(package: Path, to: Path) -> Path:
    subprocess.run(["unzip", "-q", str(package), "-d", str(to)], check=True)
    return to


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
