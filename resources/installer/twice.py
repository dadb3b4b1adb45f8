"""The same build once more, from a copy of the checkout in another folder with an environment of its own.

Its bytes have to be the same: then a folder, a clock or an environment has no say in what is packed. It runs
beside the first build, which is being tried out for most of the time.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from resources.installer import ROOT, BuildError
from resources.installer.build import REPORT, SUMS

LOG = "second-build.txt"
"""Beside the results: what the second build said."""


@contextmanager
def building_again(
    work: Path, out: Path, words: Sequence[str], root: Path = ROOT
) -> Iterator[Callable[[], None]]:
    """Build below `work`, an empty folder, in a process of its own, which is ended with this context.

    `words` are the arguments of build_installer.py, without `--out`. Gives what waits for the end and holds
    the results against those in `out`; that raises BuildError when a byte differs.
    """
    checkout, second = work / "another-checkout", work / "out"
    copy_checkout(root, checkout)
    command = [
        *(sys.executable, str(checkout / "build_installer.py"), *words),
        *("--no-smoke", "--out", str(second)),
    ]
    log = out / LOG
    with (
        log.open("wb") as said,
        subprocess.Popen(
            command, cwd=checkout, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):

        def compared() -> None:
            if process.wait() != 0:
                end = log.read_text("utf-8", "replace")[-4000:]
                raise BuildError(f"the second build failed (see {log}):\n{end}".rstrip())
            if differing := compare(out, second):
                names = ", ".join(differing)
                raise BuildError(f"the second build gave other bytes: {names} (see {second})")
            shutil.rmtree(work)

        try:
            yield compared
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)


def copy_checkout(root: Path, to: Path) -> None:
    """Copy what git tracks or would add, as it lies there now."""
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if answer.returncode != 0:
        raise BuildError("a second build takes its files from git; run it in a clone")
    for name in answer.stdout.decode().split("\0"):
        if name and (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, to / name)


def compare(one: Path, two: Path) -> list[str]:
    """The results whose bytes differ or that only one side has, by what both sides wrote down."""
    if (one / REPORT).read_bytes() == (two / REPORT).read_bytes() and sums(one) == sums(two):
        return []
    here, there = sums(one), sums(two)
    names = sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
    return names or [REPORT]


def sums(folder: Path) -> dict[str, str]:
    """File → SHA-256, out of SHA256SUMS."""
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
