"""Evidence by content: `evidence/<2 hex>/<sha256>`, each content once, whole or not there at all.

The order that a power cut can't hurt: write beside, fsync the file, rename, fsync the folder; only then may a
row name it. Reading is in blocks of 1 MiB and never beyond the limit, whatever the file says of its size.
"""

from __future__ import annotations

import contextlib
import os
import stat
from hashlib import sha256
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.faults import known
from cchc_desktop.store.profile import Profile, make_private_folder

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file now in the store. `size` in bytes."""

    sha256: str
    size: int


def place(folder: Path, digest: str) -> Path:
    """Where content lies below an evidence folder."""
    return folder / digest[:2] / digest


def keep(profile: Profile, source: Path, size_limit: int, progress: Progress) -> Kept:
    """Copy a file into the store and make it durable.

    Raises `KnownError` evidence.unreadable, evidence.empty, evidence.too_large and the store's for its own
    disk, and `Cancelled`; nothing is left behind then.
    """
    return keep_in(profile.evidence_folder, source, size_limit, progress)


def keep_in(folder: Path, source: Path, size_limit: int, progress: Progress) -> Kept:
    with known(folder.parent):
        make_private_folder(folder.parent)
        make_private_folder(folder)
        part = folder / f"{new_id()}.part"
    try:
        kept = _copy(source, part, size_limit, progress)
        with known(folder.parent):
            _settle(part, place(folder, kept.sha256), kept.size)
    finally:
        # A disk that fails here fails again at the next write, where it is told.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return kept


def _copy(source: Path, part: Path, size_limit: int, progress: Progress) -> Kept:
    name, digest, done = source.name, sha256(), 0
    try:
        # Not to hang where a pipe stands for a file.
        reading = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise KnownError("evidence.unreadable", name=name, detail=str(error)) from error
    try:
        state = os.fstat(reading)
        if not stat.S_ISREG(state.st_mode):
            raise KnownError("evidence.not_a_file", name=name)
        step = message("evidence.copying", name=name)
        with known(part.parent.parent):
            writing = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            while True:
                progress.at(step, done, state.st_size)
                try:
                    block = os.read(reading, min(BLOCK, size_limit + 1 - done))
                except OSError as error:
                    raise KnownError("evidence.unreadable", name=name, detail=str(error)) from error
                if not block:
                    break
                done += len(block)
                if done > size_limit:
                    raise KnownError("evidence.too_large", name=name, size=state.st_size, limit=size_limit)
                digest.update(block)
                with known(part.parent.parent):
                    _write_all(writing, block)
            if done == 0:
                raise KnownError("evidence.empty", name=name)
            with known(part.parent.parent):
                os.fsync(writing)
        finally:
            os.close(writing)
    finally:
        os.close(reading)
    return Kept(digest.hexdigest(), done)


def _write_all(file: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(file, rest) :]


def _settle(part: Path, final: Path, size: int) -> None:
    if not final.parent.is_dir():
        make_private_folder(final.parent)
        sync_folder(final.parent.parent)
    if final.is_file() and final.stat().st_size == size and _digest(final) == final.name:
        return
    # Absent, or spoilt since: the fresh copy takes its place.
    part.replace(final)
    sync_folder(final.parent)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def checked(folder: Path, digest: str, name: str) -> Path:
    """The stored file of that content, read through and found unchanged.

    Raises `KnownError` evidence.file_missing or evidence.file_changed.
    """
    path = place(folder, digest)
    with known(folder.parent):
        if not path.is_file():
            raise KnownError("evidence.file_missing", name=name)
        if _digest(path) != digest:
            raise KnownError("evidence.file_changed", name=name)
    return path


def copy_for_opening(profile: Profile, digest: str, name: str, kept_in: Path | None = None) -> Path:
    """A read-only copy under its own name, in a folder that goes when the profile is closed.

    `kept_in` is another folder of the profile than that of the evidence.
    """
    source = checked(kept_in or profile.evidence_folder, digest, name)
    folder = profile.copies_folder() / digest[:16]
    target = folder / name
    with known(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if target.exists():
            target.chmod(0o600)
            target.unlink()
        with source.open("rb") as reading, target.open("xb") as writing:
            while block := reading.read(BLOCK):
                writing.write(block)
        target.chmod(0o400)
    return target
