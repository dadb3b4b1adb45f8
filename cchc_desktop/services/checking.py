"""Checking a profile from end to end, and mending what can be mended, each in a sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.backup import Backup
from cchc_desktop.domain.profile_check import CheckLine, CheckReport, CheckStep
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import in_vietnam
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.store import backup, inspection, rebuild, restore, salvage
from cchc_desktop.store import profile as store
from cchc_desktop.store.backup_files import Pool
from cchc_desktop.store.database import BESIDE, DATABASE_NAME
from cchc_desktop.store.faults import known
from cchc_desktop.store.inspection import DatabaseLook, FilesLook
from cchc_desktop.store.lock import LOCK_NAME, ProfileLock
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.rebuild import Rebuilt

__all__ = ["check", "check_open", "is_sound", "needs_rescue", "repair"]

_SHOWN = 5
_CHANGED = ".changed"


def needs_rescue(folder: Path) -> bool:
    """Whether there are remains of a profile without its database: no place for a new, blank one."""
    if store.exists(folder):
        return False
    log = folder / f"{DATABASE_NAME}-wal"
    return log.exists() or any((folder / store.EVIDENCE_FOLDER).glob("??/*")) or bool(_backups(folder))


def is_sound(profile: Profile) -> bool:
    """SQLite's quick check of an open profile, for the background: about 1 to 4 ms per MB."""
    try:
        return profile.read(lambda db: str(db.execute("PRAGMA quick_check(1)").fetchone()[0])) == "ok"
    except KnownError as error:
        return error.code != "store.damaged"


def check(folder: Path, progress: Progress | None = None, second: Path | None = None) -> CheckReport:
    """Look everything through and change nothing. Raises `KnownError` store.no_profile, store.locked."""
    if not store.exists(folder) and not needs_rescue(folder):
        raise KnownError("store.no_profile", folder=str(folder))
    lock = ProfileLock(folder, shared=True) if (folder / LOCK_NAME).exists() else None
    try:
        return _report(folder, progress or Progress(), _backups(folder, second), {})
    finally:
        if lock is not None:
            lock.release()


def check_open(profile: Profile, progress: Progress | None = None) -> CheckReport:
    """The same of an open profile, on one unchanging state of its data."""
    step, folder = progress or Progress(), profile.folder
    step.at(message("check.step_database"), 0, 0)
    try:
        found = profile.read(inspection.look)
        files = profile.read(lambda db: inspection.look_at_files(folder, db, step))
    except KnownError as error:
        if error.code != "store.damaged":
            raise
        found = DatabaseLook((error.detail or "database",))
        files = inspection.look_at_files(folder, None, step)
    lines = [*_database_lines(found, {}), *_file_lines(files, {}), _backup_line(_backups(folder))]
    return CheckReport(tuple(lines))


def repair(folder: Path, progress: Progress | None = None, second: Path | None = None) -> CheckReport:
    """Mend what can be mended; what was there before is kept among the backups.

    Indexes are made anew; a damaged database or history is rebuilt from all that can be read of it and of
    the backups; missing files are looked for by their digest; half copies go. Raises `KnownError`
    store.no_profile, store.locked, store.newer, rescue.nothing, store.* and `Cancelled`.
    """
    if not store.exists(folder) and not needs_rescue(folder):
        raise KnownError("store.no_profile", folder=str(folder))
    step = progress or Progress()
    with known(folder):
        lock = ProfileLock(folder)
        try:
            kept = _backups(folder, second)
            mended = _mend_database(folder, kept, step)
            mended |= _mend_files(folder, kept, step)
            return _report(folder, step, _backups(folder, second), mended)
        finally:
            lock.release()


def _backups(folder: Path, second: Path | None = None) -> tuple[Backup, ...]:
    found = [*backup.backups(backup.own_root(folder))]
    if second is not None:
        with contextlib.suppress(OSError):
            for root in sorted((second / backup.SECOND_FOLDER).iterdir()):
                found += backup.backups(root, second=True)
    return tuple(found)


Mended = dict[CheckStep, tuple[CheckLine, ...]]


def _mend_database(folder: Path, kept: Sequence[Backup], progress: Progress) -> Mended:
    progress.at(message("check.step_database"), 0, 0)
    found = inspection.look_closed(folder)
    if found.sound:
        return {}
    if found.only_indexes and not (found.homeless or found.chain or found.rows):
        inspection.reindex(folder)
        if inspection.look_closed(folder).sound:
            return {CheckStep.DATABASE: (_line(CheckStep.DATABASE, message("check.reindexed")),)}
    progress.at(message("check.step_rebuild"), 0, 0)
    readable = salvage.read(folder, kept)
    if found.log_gone:
        readable.whole.discard("journal")  # it went on in the log
    done = rebuild.rebuild(readable, folder / f"{DATABASE_NAME}.new")
    put_away = restore.keep_raw(folder)
    for suffix in BESIDE:
        (folder / f"{DATABASE_NAME}{suffix}").unlink(missing_ok=True)
    (folder / f"{DATABASE_NAME}.new").replace(folder / DATABASE_NAME)
    sync_folder(folder)
    return _rebuilt_lines(found, done, put_away)


def _line(step: CheckStep, words: Message) -> CheckLine:
    return CheckLine(step, ok=True, message=words, repaired=True)


def _rebuilt_lines(found: DatabaseLook, done: Rebuilt, put_away: Path) -> Mended:
    """What was kept and what was lost, exactly."""
    lost = done.lost_history
    parts = [
        message("check.rebuilt", rows=sum(done.counts.values()), history=done.history, kept=str(put_away))
    ]
    if lost:
        parts.append(message("check.lost_history", n=len(lost), first=str(lost[0]), last=str(lost[-1])))
    if done.lost_content and done.whole_until:
        whole = in_vietnam(datetime.fromisoformat(done.whole_until))
        parts.append(message("check.lost_content", n=done.lost_content, at=whole))
    if done.mended:
        parts.append(message("check.mended", subjects=_subjects(done.mended)))
    if done.set_back:
        parts.append(message("check.set_back", subjects=_subjects(done.set_back)))
    if done.dropped:
        parts.append(message("check.dropped", subjects=_subjects(done.dropped)))
    if not done.end_known and done.last_at:
        last = in_vietnam(datetime.fromisoformat(done.last_at))
        parts.append(message("check.end_unknown", at=last))
    elif not (lost or done.mended or done.dropped):
        parts.append(message("check.nothing_lost"))
    step = CheckStep.JOURNAL if found.chain else CheckStep.ROWS
    if found.faults or found.log_gone:
        step = CheckStep.DATABASE
    return {step: tuple(_line(step, words) for words in parts)}


def _subjects(counts: dict[str, int]) -> tuple[Message, ...]:
    return tuple(
        message("check.subject_count", name=message(f"backup.subject_{table}"), n=n)
        for table, n in counts.items()
    )


def _mend_files(folder: Path, kept: Sequence[Backup], progress: Progress) -> Mended:
    with inspection.reading(folder) as db:
        found = inspection.look_at_files(folder, db, progress)
    mended: Mended = {}
    for path in found.leftovers:
        (folder / path).unlink(missing_ok=True)
    if found.leftovers:
        words = message("check.leftovers_gone", n=len(found.leftovers))
        mended[CheckStep.LEFTOVERS] = (_line(CheckStep.LEFTOVERS, words),)
    wanted = (*found.missing, *found.changed)
    for path in found.changed:  # what somebody made of it is kept beside
        (folder / path).replace(folder / f"{path}{_CHANGED}")
    back = [path for path in wanted if _from_backups(folder, path, kept)]
    rest = {path.rpartition("/")[2]: path for path in wanted if path not in back}
    if rest:
        for digest, source in inspection.find_by_digest(folder, set(rest), progress).items():
            if _moved_here(source, folder / rest[digest]):
                back.append(rest[digest])
    for path in found.changed:
        if path not in back:
            (folder / f"{path}{_CHANGED}").replace(folder / path)
    if back:
        words = message("check.files_back", n=len(back))
        line = CheckLine(CheckStep.FILES, ok=True, message=words, repaired=True, paths=tuple(back))
        mended[CheckStep.FILES] = (line,)
    return mended


def _from_backups(folder: Path, path: str, kept: Sequence[Backup]) -> bool:
    for one in kept:
        for file in one.content.files:
            if file.path == path and restore.put_back(folder, file, Pool(one.folder.parent)):
                return True
    return False


def _moved_here(source: Path, place: Path) -> bool:
    """A copy into its place, beside and renamed; where it lay it stays."""
    from cchc_desktop.store.evidence_files import keep_in

    try:
        keep_in(place.parent.parent, source, source.stat().st_size, Progress())
    except (KnownError, OSError):
        return False
    return True


def _report(folder: Path, progress: Progress, kept: Sequence[Backup], mended: Mended) -> CheckReport:
    progress.at(message("check.step_database"), 0, 0)
    found = inspection.look_closed(folder)
    files = inspection.files_closed(folder, progress)
    lines = [*_database_lines(found, mended), *_file_lines(files, mended), _backup_line(kept)]
    return CheckReport(tuple(lines))


def _database_lines(found: DatabaseLook, mended: Mended) -> list[CheckLine]:
    """At least one per step; a mended step says what was done, as long as all is well now."""

    def told(step: CheckStep, wrong: Message | None, fine: Message) -> tuple[CheckLine, ...]:
        if wrong is not None:
            return (CheckLine(step, ok=False, message=wrong),)
        return mended.get(step, (CheckLine(step, ok=True, message=fine),))

    faults, chain, rows = found.faults, found.chain, found.rows
    database = message("check.database_bad", n=len(faults), first=faults[0]) if faults else None
    if database is None and found.log_gone:
        database = message("check.log_gone")
    lines = [*told(CheckStep.DATABASE, database, message("check.database_good"))]
    if found.history or not faults:
        homeless = (
            message("check.homeless", subjects=_subjects(dict(found.homeless))) if found.homeless else None
        )
        lines.extend(told(CheckStep.FOREIGN_KEYS, homeless, message("check.references_good")))
        broken = message(f"check.journal_{chain.what}", seq=str(chain.seq)) if chain else None
        lines.extend(told(CheckStep.JOURNAL, broken, message("check.journal_good", n=found.history)))
        if not chain:
            behind = None
            if rows:
                name = message(f"backup.subject_{rows.table}")
                behind = message("check.row_bad", name=name, key=rows.key, seq=str(rows.seq))
            lines.extend(told(CheckStep.ROWS, behind, message("check.rows_good")))
    return lines


def _file_lines(found: FilesLook, mended: Mended) -> list[CheckLine]:
    lines = list[CheckLine]()
    lines += mended.get(CheckStep.FILES, ())
    for what, paths in (("missing", found.missing), ("changed", found.changed)):
        if paths:
            named = [message("check.file", name=found.names[path]) for path in paths[:_SHOWN]]
            more = [message("check.more_files", n=len(paths) - _SHOWN)] if len(paths) > _SHOWN else []
            words = message(f"check.files_{what}", n=len(paths), names=(*named, *more))
            lines.append(CheckLine(CheckStep.FILES, ok=False, message=words, paths=paths))
    if not lines:
        lines.append(CheckLine(CheckStep.FILES, ok=True, message=message("check.files_good", n=found.total)))
    if found.unknown:
        words = message("check.files_unknown", n=len(found.unknown), paths=found.unknown[:_SHOWN])
        lines.append(CheckLine(CheckStep.FILES, ok=True, message=words, paths=found.unknown))
    if found.leftovers:
        words = message("check.leftovers", n=len(found.leftovers))
        lines.append(CheckLine(CheckStep.LEFTOVERS, ok=False, message=words, paths=found.leftovers))
    elif CheckStep.LEFTOVERS in mended:
        lines += mended[CheckStep.LEFTOVERS]
    return lines


def _backup_line(kept: Sequence[Backup]) -> CheckLine:
    if not kept:
        return CheckLine(CheckStep.BACKUPS, ok=True, message=message("check.no_backup"))
    bad = [one for one in kept if backup.fault(one.folder, one.content)]
    newest = max(kept, key=lambda one: one.content.number).content
    if bad:
        numbers = tuple(str(one.content.number) for one in bad)
        words = message("check.backups_bad", n=len(bad), numbers=numbers)
        return CheckLine(CheckStep.BACKUPS, ok=False, message=words)
    words = message("check.backups_good", n=len(kept), at=newest.made_at)
    return CheckLine(CheckStep.BACKUPS, ok=True, message=words)
