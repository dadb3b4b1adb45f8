"""Files that were begun and not finished: what a killed program leaves is removed at its next start.

    with Beginnings(profile) as begun:
        path = place(…, begins=begun.note)          # noted before it is there under that name
        profile.write(lambda change: (add(change, row), begun.settle(change)))

A path is noted, durably, before the program makes a file of that name; it is struck out in the transaction
that gives the file its row. So what is noted and still there at the next start is ours, and nobody's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from cchc_desktop.store import submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import text_time, time_text
from cchc_desktop.store.profile import OUTBOX_FOLDER, Profile

REMEMBERED = timedelta(days=366)
"""How long a path on a medium that is not plugged in is kept in mind."""

_LONG_AGO = 3600.0

_live: set[tuple[Path, str]] = set()
_guard = threading.Lock()


class Beginnings:
    """The files of one piece of work. What is not settled at its end and still there stays noted."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._paths: list[str] = []

    def note(self, path: Path) -> None:
        """Durable when it returns; called before the file is there under this name."""
        name, at = str(path.absolute()), time_text(datetime.now(UTC))
        with _guard:
            _live.add((self._profile.folder, name))
        self._paths.append(name)

        def work(change: Change) -> None:
            change.db.execute("INSERT OR REPLACE INTO unfinished (path, made_at) VALUES (?, ?)", (name, at))

        self._profile.write(work)

    def settle(self, change: Change) -> None:
        """The files have their row now, in this transaction."""
        for name in self._paths:
            change.db.execute("DELETE FROM unfinished WHERE path = ?", (name,))

    def __enter__(self) -> Beginnings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Done: all are settled. Failed: only those that are really gone."""
        over = [name for name in self._paths if kind is None or _is_gone(Path(name))]
        if over:
            with contextlib.suppress(Exception):  # the failure itself is what the user has to hear of
                self._profile.write(lambda change: _strike(change, over))
        with _guard:
            for name in self._paths:
                _live.discard((self._profile.folder, name))


def sweep(profile: Profile) -> tuple[Path, ...]:
    """Remove what an earlier run left unfinished; the paths that were removed.

    Only plain files, only under a name that this program noted, and none that is being written just now. A
    medium that is not there keeps its note.
    """
    noted = profile.read(lambda db: db.execute("SELECT path, made_at FROM unfinished").fetchall())
    removed, over = [], []
    for name, made_at in noted:
        with _guard:
            if (profile.folder, name) in _live:
                continue
        path = Path(name)
        if not path.parent.is_dir():
            if datetime.now(UTC) - text_time(made_at) > REMEMBERED:
                over.append(name)
            continue
        try:
            if stat.S_ISREG(path.lstat().st_mode):
                path.unlink()
                removed.append(path)
            over.append(name)
        except FileNotFoundError:
            over.append(name)
        except OSError:
            continue  # write-protected just now: the next start tries again
    if over:
        profile.write(lambda change: _strike(change, over))
    return tuple(removed)


def tidy_outbox(profile: Profile) -> None:
    """Packages in the outbox that a correction superseded go, and folders that a killed run left empty."""
    outbox = profile.folder / OUTBOX_FOLDER
    if not outbox.is_dir():
        return
    superseded = profile.read(submissions.superseded_package_ids)
    for folder in outbox.iterdir():
        if folder.name in superseded:
            shutil.rmtree(folder, ignore_errors=True)
        elif time.time() - folder.stat().st_mtime > _LONG_AGO:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _strike(change: Change, names: list[str]) -> None:
    for name in names:
        change.db.execute("DELETE FROM unfinished WHERE path = ?", (name,))


def _is_gone(path: Path) -> bool:
    """Not there, although its folder is: a stick that is pulled out may well still hold it."""
    return path.parent.is_dir() and not os.path.lexists(path)
