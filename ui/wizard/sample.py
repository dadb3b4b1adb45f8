"""The sample unit: a folder of its own, so that it never mixes with the user's data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text
from ui.dialogs import Dialogs

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile

KINDS = ("commune", "department")


def ask_kind(dialogs: Dialogs) -> str | None:
    """Which sample; None when the user steps back."""
    words = tuple(text(f"wizard.sample_{kind}") for kind in KINDS)
    place = dialogs.choose(text("wizard.sample_heading"), text("wizard.sample_words"), words)
    return None if place is None else KINDS[place]


def sample_folder(beside: Path, kind: str) -> Path:
    """Where the sample lies: next to the unit's own data folder."""
    return beside.with_name(f"{beside.name}-sample-{kind}")


def make_sample(folder: Path, kind: str, progress: Progress) -> None:
    """Make the sample profile, whole or not at all: it is filled beside and renamed. None is made twice."""
    from cchc_desktop.services import samples
    from cchc_desktop.services.profile import create_profile, exists

    if exists(folder):
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    sample = samples.load(kind)
    try:
        with create_profile(part, sample.unit, sample.year, sample.criteria, sample.plan_template) as profile:
            samples.fill(profile, sample, progress)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def open_sample(folder: Path, kind: str, progress: Progress) -> Profile:
    """The sample profile of that folder, made when it is not there yet."""
    from cchc_desktop.services.profile import open_profile

    make_sample(folder, kind, progress)
    return open_profile(folder)
