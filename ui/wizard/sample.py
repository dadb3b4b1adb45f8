"""The sample unit: a folder of its own, so that it never mixes with the user's data."""

from __future__ import annotations

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


def open_sample(folder: Path, kind: str, progress: Progress) -> Profile:
    """The sample profile of that folder, made when it is not there yet."""
    from cchc_desktop.services import samples
    from cchc_desktop.services.profile import open_profile

    samples.make_profile(folder, kind, progress)
    return open_profile(folder)
