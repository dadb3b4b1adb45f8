"""Runs a scene in a mount space of its own, so that it may mount what it needs and nobody else sees that.

Also where the tests are not run by root.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def played(module: str, scene: str, folder: Path, *more: object) -> dict[str, Any]:
    """What `python -m MODULE SCENE FOLDER …` printed as JSON; the folder is made for it."""
    folder.mkdir()
    rights = [] if os.geteuid() == 0 else ["--map-root-user"]
    answer = subprocess.run(
        ["unshare", "--mount", *rights, sys.executable, "-m", module, scene, folder, *map(str, more)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def plain_write_fails(folder: Path, size: int = 100_000) -> str:
    """The proof that the disk has the fault at all: what the system says of a plain write."""
    probe = folder / "thử"
    try:
        with probe.open("wb") as file:
            file.write(b"x" * size)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or "?"
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return ""
