"""The same build once more, from a copy of the checkout in another folder with an environment of its own.

Its bytes have to be the same: then a folder, a clock or an environment has no say in what is packed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from resources.installer import ROOT, BuildError
from resources.installer.build import REPORT, SUMS


def build_again(work: Path, out: Path, words: Sequence[str], root: Path = ROOT) -> None:
    """Build below `work`, an empty folder, and hold the results against those in `out`.

    `words` are the arguments of build_installer.py, without `--out`. Raises BuildError when a byte differs.
    """
    checkout, second = work / "another-checkout", work / "out"
    copy_checkout(root, checkout)
    command = [
        sys.executable,
        str(checkout / "build_installer.py"),
        *words,
        "--no-smoke",
        "--out",
        str(second),
    ]
    if subprocess.run(command, cwd=checkout, check=False).returncode != 0:
        raise BuildError("the second build failed")
    if differing := compare(out, second):
        raise BuildError("the second build gave other bytes: " + ", ".join(differing) + f" (see {second})")
    shutil.rmtree(work)


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
