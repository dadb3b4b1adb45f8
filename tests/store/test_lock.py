"""The lock of a profile is free as soon as its holder lets go, whoever else still has the file open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.store.lock import ProfileLock


def test_a_program_started_meanwhile_does_not_keep_it(tmp_path: Path) -> None:
    """Between its fork and its own start, a child has every file of ours open: the lock's too."""
    first = ProfileLock(tmp_path)
    wait = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, pass_fds=[first._file]) as child:
        with pytest.raises(KnownError, match=r"store\.locked"):
            ProfileLock(tmp_path)
        first.release()
        ProfileLock(tmp_path).release()
        child.communicate()
