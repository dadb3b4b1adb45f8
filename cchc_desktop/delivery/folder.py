"""Write a file into a folder so that it is there whole and read back, or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from cchc_desktop.delivery.destination import check_room, look_at
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError

PART = ".part"
T = TypeVar("T")


def _nobody(_path: Path) -> None:
    """No one keeps in mind what was begun."""


_CODES = {
    errno.ENOSPC: "delivery.disk_full",
    errno.EDQUOT: "delivery.disk_full",
    errno.EFBIG: "delivery.file_too_large",
    errno.EROFS: "delivery.read_only",
    errno.EACCES: "delivery.not_allowed",
    errno.EPERM: "delivery.not_allowed",
    errno.EIO: "delivery.gone",
    errno.ENODEV: "delivery.gone",
    errno.ENXIO: "delivery.gone",
    errno.ENOENT: "delivery.gone",
    errno.ESTALE: "delivery.gone",
}


def place(
    folder: Path,
    name: str,
    size: int,
    write: Callable[[BinaryIO], T],
    read_back: Callable[[Path, T], bool],
    begins: Callable[[Path], None] = _nobody,
) -> tuple[Path, T]:
    """Write `name` into `folder`; its path and what `write` returned.

    `begins` hears of each name before a file is there under it: what a killed program leaves is found again.

    Room is checked for `size` bytes, then `write` fills `name.part`; it is flushed, dropped from the cache,
    and `read_back` has to find on the medium what `write` says it wrote; only then it takes its name. On any
    failure, and when cancelled, neither name stays. Raises KnownError delivery.exists, delivery.no_space,
    delivery.fat_limit, delivery.disk_full, delivery.read_only, delivery.not_allowed, delivery.gone,
    delivery.file_too_large, delivery.read_back_differs, delivery.not_written; `Cancelled` goes through.
    """
    final, part = folder / name, folder / f"{name}{PART}"
    check_room(look_at(folder), size)
    try:
        _refuse_existing(final)
        # What a killed run left of this very file is worth nothing.
        part.unlink(missing_ok=True)
        begins(part)
        with part.open("xb") as file:
            written = write(file)
            file.flush()
            os.fsync(file.fileno())
            _drop_cache(file.fileno())
        if not read_back(part, written):
            raise KnownError("delivery.read_back_differs", folder=str(folder))
        _refuse_existing(final)
        begins(final)
        part.rename(final)
        try:
            sync_folder(folder)
        except OSError:
            final.unlink(missing_ok=True)
            raise
    except OSError as error:
        _remove(part)
        code = _CODES.get(error.errno or 0, "delivery.not_written")
        raise KnownError(code, folder=str(folder), name=name, detail=str(error)) from error
    except BaseException:
        _remove(part)
        raise
    return final, written


def place_small(path: Path, content: bytes, begins: Callable[[Path], None] = _nobody) -> Path:
    """A file of few bytes by the same way; when it is there already with this content, nothing is to do."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return path
    placed, _count = place(
        path.parent,
        path.name,
        len(content),
        lambda file: file.write(content),
        lambda part, _count: part.read_bytes() == content,
        begins,
    )
    return placed


def remove(path: Path) -> None:
    """Take a placed file back, as far as that is still possible."""
    _remove(path)


def _refuse_existing(final: Path) -> None:
    if os.path.lexists(final):
        raise KnownError("delivery.exists", name=final.name, folder=str(final.parent))


def _drop_cache(descriptor: int) -> None:
    """So that reading back asks the medium, not the memory. Only a hint, and not on every system."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
