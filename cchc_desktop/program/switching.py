"""One version takes another's place: a new folder beside the old, renamed when whole, then the pointer.

Whenever the power goes, `current` names a whole version: the old one or the new one. No file that is in use
is ever written to, so it works while the program runs, on Windows too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

from cchc_desktop import file_lock
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.update import Update
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.program import listing as listings
from cchc_desktop.program.building import TakeOut, build, free_part, is_sound
from cchc_desktop.program.disk import alone, known, patiently, write_whole
from cchc_desktop.program.place import CURRENT, PART, Installation

_held: list[int] = []


def switch(place: Installation, base: Path, update: Update, take_out: TakeOut, progress: Progress) -> None:
    """Make the new version out of `base` and what `take_out` brings, and point at it.

    Raises KnownError update.busy, update.base_damaged, update.pack_damaged, update.wrong_list,
    update.bad_path, update.disk_full, update.read_only, update.input_output, and `Cancelled`: then nothing
    has changed, but for a folder that nothing points at.
    """
    with known(place.root), alone(place.versions_folder):
        now = place.current()
        if now is None or now[1] != base:  # another program has updated meanwhile
            raise KnownError("update.busy", unusable_input=False)
        _sweep_parts(place)
        new = place.versions_folder / update.version
        if new.exists() and not is_sound(new, update.listing, progress):
            _remove(new)
        if not new.exists():
            build(base, update, take_out, progress, new)
        # From here on there is no way back by cancelling: it would only leave the question which one counts.
        point_at(place.root, update.version)


def go_back(place: Installation) -> str:
    """Point at the version before; its name. Raises KnownError update.no_way_back and those of `switch`."""
    with known(place.root), alone(place.versions_folder):
        before = place.before()
        if before is None:
            raise KnownError("update.no_way_back", unusable_input=False)
        version, folder = before
        if folder.parent.parent == place.root:
            point_at(place.root, version)
        else:  # the system's own: without a pointer here the launcher takes that one
            (place.root / CURRENT).unlink(missing_ok=True)
            sync_folder(place.root)
        return version


def tidy(place: Installation) -> None:
    """Remove what a killed update left, and versions that nobody needs any more: neither the current one nor
    the one before it, and not in use. Another program's update under way is left alone. Never fails.
    """
    with contextlib.suppress(KnownError, OSError), alone(place.versions_folder):
        _sweep_parts(place)
        now, before = place.current(), place.before()
        if now is None:
            return
        kept = {now[0], *([before[0]] if before else [])}
        for version, folder in place.own_versions().items():
            needed = version in kept and place.versions().get(version) == folder
            if not needed and folder != place.running and not _is_used(folder):
                with contextlib.suppress(OSError):
                    _remove(folder)


def hold(place: Installation) -> None:
    """While this process lives, no other one's `tidy` takes its version away."""
    with contextlib.suppress(OSError):
        file = os.open(place.running / listings.NAME, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        _held.append(file)  # Windows renames no folder with an open file in it
        if sys.platform != "win32":
            file_lock.lock(file, shared=True)


def _is_used(folder: Path) -> bool:
    if sys.platform == "win32":
        return False  # renaming it away fails then
    file = os.open(folder / listings.NAME, os.O_RDONLY)
    try:
        return not file_lock.lock(file)
    except OSError:
        return True
    finally:
        file_lock.close(file)


def point_at(root: Path, version: str) -> None:
    """`current` names that version now, whole or not at all."""
    part = root / f"{CURRENT}{PART}"
    part.unlink(missing_ok=True)
    write_whole(part, f"{version}\n".encode("ascii"))
    patiently(lambda: part.replace(root / CURRENT))
    sync_folder(root)


def _remove(folder: Path) -> None:
    """First the name, so that no half version ever bears one. On Windows this fails for one in use."""
    gone = free_part(folder)
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _sweep_parts(place: Installation) -> None:
    for part in place.versions_folder.glob(f"*{PART}"):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
    for part in place.root.glob(f"*{PART}"):
        part.unlink(missing_ok=True)
