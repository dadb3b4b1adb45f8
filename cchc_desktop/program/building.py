"""Make a new version's folder out of the present one and an update: beside it, checked, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.disk_faults import FULL
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.update import Listing, Update, applied, clash, path_fault
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.program import listing as listings
from cchc_desktop.program.disk import known, patiently, sync_quietly, write_whole
from cchc_desktop.program.place import PART, Installation

TakeOut = Callable[[str, BinaryIO], None]
"""Writes the content of an entry of the pack."""
_TRIAL = "trial-"
_WINDOWS = os.name == "nt"
_MAPPED = (".dll", ".pyd", ".exe", ".qm")


def build(base: Path, update: Update, take_out: TakeOut, progress: Progress, new: Path) -> None:
    """Write the folder `new`, whole or not at all. Raises as `switching.switch` says, and OSError."""
    present, digest = listings.read(base)
    if digest != update.from_listing:
        raise _base_damaged(base, [listings.NAME])
    wanted = applied(present, update)
    content = listings.as_bytes(wanted)
    if hashlib.sha256(content).hexdigest() != update.listing:
        raise KnownError("update.wrong_list", unusable_input=False)
    _check_paths(wanted)
    part = free_part(new)
    try:
        _fill(part, base, update, wanted, take_out, progress)
        write_whole(part / listings.NAME, content)
        _check(part, base, update, wanted, progress)
        for folder, _folders, _files in os.walk(part, topdown=False):
            sync_folder(Path(folder))
        patiently(lambda: part.rename(new))
        sync_folder(new.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        sync_quietly(new.parent)
        raise


def free_part(version: Path) -> Path:
    """A name beside a version's folder, for what is no whole version. What an earlier try left is swept away
    before; where that can't be done yet, it stays aside.
    """
    number, part = 1, version.with_name(f"{version.name}{PART}")
    while part.exists():
        number, part = number + 1, version.with_name(f"{version.name}.{number}{PART}")
    return part


def _check_paths(wanted: Listing) -> None:
    """Once more, over old and new together and before anything is written."""
    for path in wanted.files:
        if path_fault(path) is not None:
            raise KnownError("update.bad_path", unusable_input=False, name=ascii(path)[1:-1])
    if (path_found := clash([*wanted.files, listings.NAME])) is not None:
        raise KnownError("update.bad_path", unusable_input=False, name=ascii(path_found)[1:-1])


def _fill(
    part: Path, base: Path, update: Update, wanted: Listing, take_out: TakeOut, progress: Progress
) -> None:
    brought = {file.path: file for file in update.written}
    total, done = sum(file.size for file in wanted.files.values()), 0
    part.mkdir(parents=True)
    links = True
    for path, file in wanted.files.items():
        progress.at(message("update.step_files"), done, total)
        to = part / path
        to.parent.mkdir(parents=True, exist_ok=True)
        if path in brought:
            with to.open("xb") as opened:
                take_out(brought[path].entry, opened)
                opened.flush()
                os.fsync(opened.fileno())
        else:
            try:
                if not (links and may_link(path)):
                    _copy(base / path, to)
                elif not _linked(base / path, to):
                    links = False
                    _copy(base / path, to)
            except FileNotFoundError as error:
                raise _base_damaged(base, [path]) from error
        if file.executable and path in brought and os.name == "posix":
            to.chmod(0o755)
        done += file.size


def may_link(path: str) -> bool:
    """Windows removes no name of a file that is loaded or mapped somewhere, not even another one: a version
    could not be tidied away while its follower runs.
    """
    return not _WINDOWS or not path.lower().endswith(_MAPPED)


def _linked(source: Path, to: Path) -> bool:
    """False where the file system knows no links."""
    try:
        os.link(source, to)
        return True
    except OSError as error:
        if isinstance(error, FileNotFoundError) or error.errno in FULL:
            raise
        return False


def _copy(source: Path, to: Path) -> None:
    with source.open("rb") as original, to.open("xb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copymode(source, to)


def _check(part: Path, base: Path, update: Update, wanted: Listing, progress: Progress) -> None:
    """Read every file of the new version back: what was there before, what was brought, all of it."""
    brought = {file.path for file in update.written}
    wrong: dict[bool, list[str]] = {True: [], False: []}
    for path in _differing(part, wanted, progress):
        wrong[path in brought].append(path)
    if wrong[False]:
        raise _base_damaged(base, wrong[False])
    if wrong[True]:
        raise KnownError("update.pack_damaged", unusable_input=False, name=wrong[True][0])


def _differing(folder: Path, wanted: Listing, progress: Progress) -> Iterator[str]:
    """Files that read otherwise than they should. Raises OSError for one that can't be read."""
    total, done = sum(file.size for file in wanted.files.values()), 0
    for path, file in wanted.files.items():
        progress.at(message("update.step_checking"), done, total)
        if listings.digest_of(folder / path) != (file.sha256, file.size):
            yield path
        done += file.size


def _base_damaged(base: Path, paths: list[str]) -> KnownError:
    return KnownError("update.base_damaged", unusable_input=False, name=paths[0], folder=str(base))


def is_sound(folder: Path, listing_sha256: str, progress: Progress) -> bool:
    """Whether a version that is there already (gone back from, or not pointed at yet) is the one meant."""
    try:
        found, digest = listings.read(folder)
        return digest == listing_sha256 and next(_differing(folder, found, progress), None) is None
    except (KnownError, OSError):
        return False


def copied_size(base: Path, present: Listing, folder: Path) -> int:
    """Bytes of unchanged files that have to be copied into `folder`: all on FAT, or from another drive."""
    every = not _can_link(base, folder)
    return sum(file.size for path, file in present.files.items() if every or not may_link(path))


def _can_link(base: Path, folder: Path) -> bool:
    trial = _trial(folder)
    try:
        trial.unlink(missing_ok=True)
        os.link(base / listings.NAME, trial)
        trial.unlink()
    except OSError:
        return False
    return True


def _trial(folder: Path) -> Path:
    """A name of this thread's own: two packs may be looked at side by side."""
    return folder / f"{_TRIAL}{os.getpid()}-{threading.get_ident()}{PART}"


def missing_files(base: Path, present: Listing) -> tuple[str, ...]:
    """Files of an installed version that are gone or of another size (their contents are read by `build`)."""
    wrong = []
    for path, file in present.files.items():
        try:
            if (base / path).stat().st_size != file.size:
                wrong.append(path)
        except OSError:
            wrong.append(path)
    return tuple(wrong)


def write_fault(place: Installation) -> KnownError | None:
    """Why the program's folder can't be written to, tried out; None when it can."""
    try:
        with known(place.root):
            place.versions_folder.mkdir(parents=True, exist_ok=True)
            for folder in (place.root, place.versions_folder):
                trial = _trial(folder)
                trial.unlink(missing_ok=True)  # of a killed process that had the same number
                write_whole(trial, b"")
                trial.unlink(missing_ok=True)  # an update under way sweeps such names away
    except KnownError as error:
        return error
    return None
