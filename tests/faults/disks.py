"""Full, limited and read-only disks at every moment; `mounted.played` runs them.

    unshare --mount … python -m tests.faults.disks SCENE FOLDER TEMPLATE [MOMENT…]

Prints {moment: {"plain": what a plain write meets, "said": [code, sentence] or None, "after": what is wrong
then, "again": the same work on the mended disk, "at last": what is wrong after that}}.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.moments import CLOSED, MOMENTS, Unit, faults, prepared, strike
from tests.faults.mounted import mount, plain_write_fails

QUOTA = 60_000
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
Step = Callable[[], object]


def full(folder: Path, _unit: Unit, _moment: str) -> tuple[Step, Step]:
    """Not a byte is free on the small disk on which profile, packages and temporary files lie."""
    ballast = folder / "đầy"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    return fill, lambda: ballast.unlink()


def quota(_folder: Path, _unit: Unit, _moment: str) -> tuple[Step, Step]:
    """RLIMIT_FSIZE: no file may grow beyond it."""

    def limit(most: int) -> Step:
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    return limit(QUOTA), limit(resource.RLIM_INFINITY)


def read_only(folder: Path, unit: Unit, moment: str) -> tuple[Step, Step]:
    """Nothing is open in a closed profile: the whole disk. Else the folders into which the moment writes."""
    if moment in CLOSED or moment == "edit":
        return (
            lambda: mount("-o", "remount,ro", str(folder)),
            lambda: mount("-o", "remount,rw", str(folder)),
        )
    wanted = {"add evidence": unit.folder / "evidence", "back up": unit.folder / "backups"}
    place = wanted.get(moment, unit.post)

    def free() -> None:
        subprocess.run(["umount", place], check=True, capture_output=True)

    def hinder() -> None:
        mount("--bind", str(place), str(place))
        mount("-o", "remount,bind,ro", str(place))

    return hinder, free


SCENES = {scene.__name__: scene for scene in (full, quota, read_only)}


def main(scene: str, folder: Path, template: Path, moments: list[str]) -> dict[str, object]:
    mount("-t", "tmpfs", "-o", "size=60m", "tmpfs", str(folder))
    told = dict[str, object]()
    for moment in moments or MOMENTS:
        own = folder / moment
        own.mkdir()
        unit = Unit(own / "hồ sơ", own / "ổ rời")
        shutil.copytree(template, unit.folder)
        tempfile.tempdir = str(own)
        prepared(unit)
        hinder, free = SCENES[scene](folder, unit, moment)
        met = list[str]()

        def hindered(
            hinder: Step = hinder, met: list[str] = met, own: Path = own, moment: str = moment
        ) -> None:
            hinder()
            place = {"back up": own / "hồ sơ/backups", "add evidence": own / "hồ sơ/evidence"}
            met.append(
                plain_write_fails(own / "ổ rời" if moment in ("carry", "export") else place.get(moment, own))
            )

        early = scene == "read_only" and moment == "edit"
        said = strike(moment, unit, hindered, free, early=early)
        after = faults(unit)
        again = strike(moment, unit, lambda: None, lambda: None)
        told[moment] = {
            "plain": met[0],
            "said": said,
            "after": after,
            "again": again,
            "at last": faults(unit),
        }
        shutil.rmtree(own)
    return told


if __name__ == "__main__":
    found = main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
    sys.stdout.write(json.dumps(found))
