"""From the process's start to the first page painted with its data, against an empty window with a tree."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from tests.bench import started


def prepare(folder: Path, times: int = 1) -> None:
    started.prepare(folder, times)


def _until_painted(script: str, folder: Path) -> float:
    call = started.call(script, folder)
    begin = time.perf_counter()
    with subprocess.Popen(
        call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        painted = process.stdout.readline()
        spent = time.perf_counter() - begin
        process.kill()
    if not painted:
        raise SystemExit("the window did not come up")
    return spent


def measure(folder: Path) -> float:
    return _until_painted(started.PROGRAM, folder)


def reference(folder: Path) -> float:
    return _until_painted(started.EMPTY, folder)
