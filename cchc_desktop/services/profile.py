"""The profile folder: where it is, opening it, making it, and its settings."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop import paths
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.unit import Unit
from cchc_desktop.errors import KnownError
from cchc_desktop.store import profile as store
from cchc_desktop.store import rounds, settings
from cchc_desktop.store.profile import Profile

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

__all__ = [
    "Profile",
    "create_profile",
    "default_folder",
    "exists",
    "open_profile",
    "prepare_writing",
    "set_setting",
    "setting",
    "version",
]


def default_folder(chosen: str | Path | None = None) -> Path:
    """`--data`, else `CCHC_DATA_DIR`, else a portable folder, else the user's own."""
    return paths.data_folder(chosen)


def exists(folder: Path) -> bool:
    """Whether the folder holds a profile."""
    return store.exists(folder)


def open_profile(folder: Path, actor: str = "", *, sweep: bool = True) -> Profile:
    """Open an existing profile; `actor` is who the journal names (by default the system's user).

    With `sweep` what an earlier run began and did not finish is removed at once; the window does that later,
    in the background (`sweep`).

    Raises `KnownError` store.no_profile, store.locked (who, host, since), store.newer, store.damaged,
    store.read_only, store.disk_full.
    """
    opened = store.open_profile(folder, actor)
    if sweep:
        from cchc_desktop.store import unfinished

        # What can't be removed or noted now is tried again at the next start.
        with contextlib.suppress(KnownError):
            unfinished.sweep(opened)
    return opened


def sweep(profile: Profile) -> tuple[Path, ...]:
    """Remove what an earlier run began and did not finish, and packages that nobody needs in the outbox."""
    from cchc_desktop.store import unfinished

    removed = unfinished.sweep(profile)
    unfinished.tidy_outbox(profile)
    return removed


def create_profile(
    folder: Path,
    unit: Unit,
    year: int,
    criteria: PackRef,
    plan_template: PackRef,
    actor: str = "",
    old_folders: Sequence[Path] = (),
) -> Profile:
    """Make a profile with its first round. It appears whole or not at all.

    `old_folders` are profiles of units that merged into this one: their rounds come along archived.
    """
    from cchc_desktop.formpack import installing
    from cchc_desktop.store import merger

    if store.exists(folder):
        raise KnownError("store.exists", folder=str(folder))
    old_rounds = merger.gathered(old_folders, store.evidence_folder(folder))
    for old_folder, packs in merger.packs_of(old_rounds).items():
        installing.bring_along(folder, old_folder, packs)

    def first(change: Change) -> None:
        merger.insert(change, old_rounds)
        rounds.add(change, unit, year, criteria, plan_template)

    return store.create_profile(folder, first, actor)[0]


def setting(profile: Profile, key: str, default: str = "") -> str:
    return profile.read(lambda db: settings.setting(db, key, default))


def prepare_writing() -> None:
    """Have the code of writing at hand before the first edit needs it."""
    import cchc_desktop.store.writer  # noqa: F401


def version(profile: Profile) -> int:
    """Another number, on this thread, once anything at all was written since: settings too."""
    return profile.version()


def set_setting(profile: Profile, key: str, value: str) -> None:
    """Durable, but no part of the history."""
    profile.write(lambda change: change.set_setting(key, value))
