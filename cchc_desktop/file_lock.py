"""A lock on an open file: one program at a time. The system frees it when its holder dies."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    # Windows' locks are mandatory: the locked byte lies far behind the text, which others can still read.
    _LOCKED_BYTE = 1 << 30

    def lock(file: int, *, shared: bool = False) -> bool:
        """Take the lock without waiting; False when another program holds it."""
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBRLCK if shared else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def close(file: int) -> None:
        """Close the file and free its lock."""
        os.close(file)

else:
    import fcntl

    def lock(file: int, *, shared: bool = False) -> bool:
        """Take the lock without waiting; False when another program holds it. Raises OSError."""
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(file: int) -> None:
        """Close the file and free its lock.

        Closing alone would leave it to any child that was forked and has not started its own program yet.
        """
        try:
            fcntl.flock(file, fcntl.LOCK_UN)
        finally:
            os.close(file)
