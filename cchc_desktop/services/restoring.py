"""Restoring: what there is to restore from, what would differ, doing it, and taking it back."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.domain.backup import Backup, BackupReason, RestorePreview
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.store import backup, carried_file, restore
from cchc_desktop.store import profile as store
from cchc_desktop.store.drive import refuse_unsafe
from cchc_desktop.store.faults import known
from cchc_desktop.store.lock import ProfileLock
from cchc_desktop.store.migrations import SCHEMA_VERSION
from cchc_desktop.store.profile import Profile

__all__ = [
    "before_upgrade",
    "candidates",
    "needs_passphrase",
    "number",
    "preview",
    "restore_backup",
    "take_file",
    "take_folder",
    "undo_candidate",
]

needs_passphrase = carried_file.needs_passphrase


def candidates(
    folder: Path, second: Path | None = None, *, sound: bool = False, progress: Progress | None = None
) -> tuple[Backup, ...]:
    """Backups to restore the profile in `folder` from, newest first; `second` is a second drive's folder.

    `sound` leaves out those whose own database does not read back: all of it is read. An open profile's
    second drive is `services.backups`' to say; a folder that can't be opened is asked for its own only.
    Raises `Cancelled`.
    """
    found = [*backup.backups(backup.own_root(folder))]
    if second is not None:
        with contextlib.suppress(OSError):
            for root in sorted((second / backup.SECOND_FOLDER).iterdir()):
                found += backup.backups(root, second=True)
    newest = sorted(found, key=lambda one: (one.content.head.seq, one.content.number), reverse=True)
    return _sound(newest, progress or Progress()) if sound else tuple(newest)


def _sound(found: Sequence[Backup], progress: Progress) -> tuple[Backup, ...]:
    good = []
    for done, one in enumerate(found):
        progress.at(message("backup.step_verifying"), done, len(found))
        if not backup.fault(one.folder, one.content):
            good.append(one)
    return tuple(good)


def before_upgrade(folder: Path, progress: Progress | None = None) -> tuple[Backup, ...]:
    """Sound backups that this version can read, newest first: the way back for a profile that a newer version
    brought up to date. What they replace stays as a backup that the newer version can restore. Raises
    `Cancelled`.
    """
    readable = [one for one in candidates(folder) if one.content.schema <= SCHEMA_VERSION]
    return _sound(readable, progress or Progress())


def number(folder: Path, wanted: int) -> Backup:
    """The profile's own backup of that number. Raises `KnownError` backup.no_such."""
    for one in backup.backups(backup.own_root(folder)):
        if one.content.number == wanted:
            return one
    raise KnownError("backup.no_such", number=str(wanted))


def take_file(
    folder: Path, source: Path, passphrase: str | None = None, progress: Progress | None = None
) -> Backup:
    """Lay a carried file's content down among the backups of `folder`, verified; nothing is restored yet.

    Raises `KnownError` backup.file_gone, backup.sealed, backup.wrong_passphrase, backup.not_a_backup, store.*
    and `Cancelled`.
    """
    refuse_unsafe(folder)
    return carried_file.unpack(source, backup.own_root(folder), passphrase, progress or Progress())


def take_folder(folder: Path, source: Path, progress: Progress | None = None) -> Backup:
    """A closed profile that lies elsewhere (a network drive, a stick) as a backup of `folder`, verified.

    `source` is only read, so it may lie on a network drive or a stick. Raises `KnownError` store.* about
    both, backup.* about `folder`, and `Cancelled`.
    """
    refuse_unsafe(folder)
    with store.old_profile(source) as (db, _files):
        return backup.make(
            db, source, backup.own_root(folder), BackupReason.CARRY, progress or Progress(), thorough=True
        )


def preview(folder: Path, chosen: Backup, profile: Profile | None = None) -> RestorePreview:
    """What restoring would change; `profile` is the open one, else the folder is read in a private copy.

    Raises `KnownError` backup.newer, backup.backup_damaged.
    """
    restore.refuse_unfit(chosen)
    if profile is not None:
        return profile.read(lambda db: restore.preview(db, chosen, folder))
    with restore.present(folder) as now:
        return restore.preview(now, chosen, folder)


def restore_backup(folder: Path, chosen: Backup, progress: Progress | None = None) -> tuple[str, ...]:
    """Put a backup in place of the closed profile in `folder`; what was there is kept, see `undo_candidate`.

    Gives the paths of files that are nowhere to be found. Raises `KnownError` store.locked, backup.*, store.*
    and `Cancelled`; what was there stays then.
    """
    with known(folder):
        store.make_private_folder(folder)
        lock = ProfileLock(folder)
    try:
        return restore.restore(folder, chosen, progress)
    finally:
        lock.release()


def undo_candidate(folder: Path) -> Backup:
    """The state that the last restore replaced. Raises `KnownError` backup.undo_none, backup.undo_damaged."""
    return restore.to_undo(folder)
