"""`cchc.lock`: one program per profile. The system frees it when the holder dies, however it dies."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from cchc_desktop import file_lock
from cchc_desktop.domain.vietnam_time import in_vietnam
from cchc_desktop.errors import KnownError

LOCK_NAME = "cchc.lock"


class ProfileLock:
    """Holds the lock from construction to `release()`.

    Raises `KnownError("store.locked")` with who, host and since when another program holds it; `OSError`
    when the file can't be made. `shared` only makes sure that nobody writes (for reading an old profile).
    """

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        self._path = folder / LOCK_NAME
        flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
        self._file = os.open(self._path, flags | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if not file_lock.lock(self._file, shared=shared):
                raise self._held_by_another()
            if not shared:
                self._sign()
        except BaseException:
            file_lock.close(self._file)
            raise

    def _sign(self) -> None:
        holder = {
            "pid": os.getpid(),
            "host": host_name(),
            "user": user_name(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, json.dumps(holder, ensure_ascii=False).encode())

    def _held_by_another(self) -> KnownError:
        os.lseek(self._file, 0, os.SEEK_SET)
        folder = str(self._path.parent)
        try:
            holder = json.loads(os.read(self._file, 4096))
            since = in_vietnam(datetime.fromisoformat(holder["since"]))
            return KnownError(
                "store.locked", folder=folder, who=str(holder["user"]), host=str(holder["host"]), since=since
            )
        except (ValueError, KeyError, TypeError):
            # The holder has the lock but has not signed yet, or the text was spoilt.
            return KnownError("store.locked_unknown", folder=folder)

    def release(self) -> None:
        if self._file >= 0:
            file_lock.close(self._file)
            self._file = -1


if sys.platform == "win32":

    def user_name() -> str:
        """The user as the system calls them; never empty."""
        return os.environ.get("USERNAME") or "?"

    def host_name() -> str:
        return os.environ.get("COMPUTERNAME") or "?"

else:
    import pwd

    def user_name() -> str:
        """The user as the system calls them; never empty."""
        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # a container may run as a user that it does not know
            return os.environ.get("USER") or str(os.getuid())

    def host_name() -> str:
        return os.uname().nodename
