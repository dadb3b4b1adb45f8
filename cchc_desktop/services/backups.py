"""Backups: making them, the second drive, the list, and one file to carry to a new PC."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.backup import Backup, BackupDone, BackupReason, JournalHead
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.store import backup, carried_file, journal, settings
from cchc_desktop.store.profile import Profile

__all__ = ["ENDING", "back_up", "backups", "carry", "is_due", "second_drive", "set_second_drive"]

ENDING = carried_file.ENDING
SHORTEST_PASSPHRASE = 12
_SECOND = "backup.second_drive"


def second_drive(profile: Profile) -> Path | None:
    """The folder on another drive that gets every backup too; None when the user named none."""
    named = profile.read(lambda db: settings.setting(db, _SECOND))
    return Path(named) if named else None


def set_second_drive(profile: Profile, folder: Path | None) -> None:
    """Raises `KnownError` backup.second_inside for a folder within the profile's own."""
    if folder is not None and folder.resolve().is_relative_to(profile.folder.resolve()):
        raise KnownError("backup.second_inside", folder=str(folder))
    profile.write(lambda change: change.set_setting(_SECOND, "" if folder is None else str(folder)))


def backups(profile: Profile) -> tuple[Backup, ...]:
    """All whole backups, the profile's own first, each newest first."""
    own = backup.backups(backup.own_root(profile.folder))
    root = _second_root(profile)
    return own if root is None else (*own, *backup.backups(root, second=True))


def _second_root(profile: Profile) -> Path | None:
    drive = second_drive(profile)
    return None if drive is None else backup.second_root(drive, profile.read(backup.identity))


def is_due(profile: Profile) -> bool:
    """Whether something changed since the newest backup (or there is none); the second drive counts too."""
    head = profile.read(journal.head)
    end = JournalHead(head.seq, head.hash)
    roots = [backup.own_root(profile.folder)]
    second = _second_root(profile)
    if second is not None and second.parent.parent.is_dir():
        roots.append(second)
    return any(_newest_head(root) != end for root in roots)


def _newest_head(root: Path) -> JournalHead | None:
    found = backup.backups(root)
    return found[0].content.head if found else None


def back_up(
    profile: Profile,
    reason: BackupReason = BackupReason.DEMAND,
    progress: Progress | None = None,
    *,
    thorough: bool = True,
) -> BackupDone:
    """One backup in the profile's folder and, where one is named, on the second drive.

    `thorough` reads every file of the backup again, not only new ones. Raises `KnownError` backup.*,
    store.damaged and `Cancelled` about the first; what is wrong with the second drive is in the result.
    """

    def made(root: Path) -> Backup:
        return profile.read(
            lambda db: backup.make(db, profile.folder, root, reason, progress, thorough=thorough)
        )

    first = made(backup.own_root(profile.folder))
    drive, root = second_drive(profile), _second_root(profile)
    if drive is None or root is None:
        return BackupDone(first)
    if not drive.is_dir():
        gone = KnownError("backup.second_gone", folder=str(drive))
        return BackupDone(first, second_fault=gone.message)
    try:
        return BackupDone(first, made(root))
    except KnownError as error:
        return BackupDone(first, second_fault=error.message)


def carry(
    profile: Profile,
    target: Path,
    passphrase: str | None = None,
    progress: Progress | None = None,
    *,
    overwrite: bool = False,
) -> Path:
    """Write the whole profile as one file; `target` is a file, or a folder for a file named by the unit.

    With a passphrase the file is encrypted. Raises `KnownError` backup.target_exists,
    backup.passphrase_short, backup.*, `Cancelled`.
    """
    if passphrase is not None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise KnownError("backup.passphrase_short", least=SHORTEST_PASSPHRASE)
    step = progress or Progress()
    root = backup.own_root(profile.folder)
    kept = profile.read(
        lambda db: backup.make(db, profile.folder, root, BackupReason.CARRY, step, thorough=True)
    )
    path = _target(target, kept, overwrite)
    carried_file.write(kept, path, passphrase, step)
    return path


def _target(target: Path, kept: Backup, overwrite: bool) -> Path:
    if not target.is_dir():
        named = target if target.suffix == ENDING else target.with_name(f"{target.name}{ENDING}")
        if named.exists() and not overwrite:
            raise KnownError("backup.target_exists", name=named.name)
        return named
    stem = file_stem(kept)
    free: Callable[[str], Path] = lambda more: target / f"{stem}{more}{ENDING}"  # noqa: E731
    return next(path for path in [free(""), *(free(f" ({n})") for n in range(2, 1000))] if not path.exists())


def file_stem(kept: Backup) -> str:
    """ "UBND xã Ea Kao 2026-11-22", without what file systems refuse."""
    unit = "".join(letter for letter in kept.content.unit if letter.isalnum() or letter in " -").strip()
    return f"{unit[:60] or 'CCHC'} {kept.content.made_at:%Y-%m-%d}"
