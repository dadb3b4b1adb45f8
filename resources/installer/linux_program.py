"""The installed shape of the Linux program (layout: `resources.installer`), and its archive."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from resources.installer import SOURCE_DATE_EPOCH, BuildError, listing
from resources.installer.linux_freeze import PROGRAM

PARTS = Path(__file__).with_name("linux")
READ_ME = "doc-truoc.txt"
LAUNCHERS = ("cchc", "cchc-desktop")
"""The same script under both names: on Linux a command and a window are started alike."""


def lay_out(version_folder: Path, version: str, to: Path) -> listing.Listing:
    """Move a version's folder into a new program folder `to`, with its list, pointer and launchers."""
    if not (version_folder / PROGRAM).is_file():
        raise BuildError(f"{version_folder} holds no {PROGRAM}")
    home = to / "versions" / version
    home.parent.mkdir(parents=True)
    shutil.move(version_folder, home)
    set_modes(home)
    listed = listing.of_folder(home, version, "linux")
    listing.write(listed, home).chmod(0o644)
    (to / "current").write_text(f"{version}\n", encoding="ascii")
    for name in LAUNCHERS:
        shutil.copyfile(PARTS / "launcher.sh", to / name)
    set_modes(to)
    return listed


def write_read_me(program: Path, system: Iterable[str]) -> None:
    """What somebody needs who unpacks the archive: there is no apt to bring the system's libraries."""
    words = (PARTS / READ_ME).read_text("utf-8").replace("{packages}", " ".join(sorted(system)))
    (program / READ_ME).write_text(words, "utf-8")
    set_modes(program)


def set_modes(folder: Path) -> None:
    """Bits and times that no umask or clock changes: 755 for what starts, 644 for the rest."""
    for path in [*sorted(folder.rglob("*")), folder]:
        path.chmod(0o755 if path.is_dir() or _starts(path) else 0o644)
        os.utime(path, (SOURCE_DATE_EPOCH, SOURCE_DATE_EPOCH))


def _starts(path: Path) -> bool:
    """A program or a script, not a library: those are read, not started."""
    with path.open("rb") as file:
        head = file.read(20)
    if head.startswith(b"#!"):
        return path.name in LAUNCHERS
    return head.startswith(b"\x7fELF") and path.name == PROGRAM


def pack(program: Path, name: str, to: Path) -> Path:
    """Write the program folder as a .tar.xz that unpacks to one folder `name`. The same bytes each time."""
    archive = subprocess.Popen(
        [
            *("tar", "--create", "--format=ustar", "--sort=name", f"--mtime=@{SOURCE_DATE_EPOCH}"),
            *("--owner=root:0", "--group=root:0", "--mode=u+rwX,go+rX-w"),
            *("--directory", str(program.parent), f"--transform=s,^{program.name},{name},", program.name),
        ],
        stdout=subprocess.PIPE,
    )
    assert archive.stdout is not None
    with to.open("wb") as file:
        # Two threads on blocks of a set size give the same bytes on one core and on many.
        packed = subprocess.run(
            ["xz", "--compress", "-6", "--threads=2", "--block-size=48MiB"],
            stdin=archive.stdout,
            stdout=file,
            check=False,
        )
    archive.stdout.close()
    if archive.wait() != 0 or packed.returncode != 0:
        raise BuildError(f"{to.name} could not be packed")
    return to
