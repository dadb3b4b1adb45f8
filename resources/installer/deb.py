"""The .deb: the program in /opt/cchc-desktop, its two commands, menu entry, icon and MIME type.

It has no maintainer scripts: Debian's own triggers take up the menu entry and the type. Removing it leaves
every unit's data, which lies in the users' folders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from resources.installer import SOURCE_DATE_EPOCH, BuildError, tools
from resources.installer.linux_program import LAUNCHERS, PARTS, set_modes

NAME = "cchc-desktop"
HOME = Path("opt/cchc-desktop")
ARCHITECTURE = "amd64"
MAINTAINER = "CCHC Desktop maintainers <maintainers@cchc-desktop.invalid>"
_FILES = {
    "cchc-desktop.desktop": "usr/share/applications/cchc-desktop.desktop",
    "cchc-desktop.xml": "usr/share/mime/packages/cchc-desktop.xml",
    "cchc-desktop.svg": "usr/share/icons/hicolor/scalable/apps/cchc-desktop.svg",
}
_SESSION = ("xdg-utils",)
"""Opens evidence and links in the user's own programs."""
DESCRIPTION = """yearly administrative-reform plans and self-scores of offices
 CCHC Desktop walks a department or commune of Viet Nam through its yearly plan,
 the scoring of itself row by row with evidence, and the signed package that it
 hands in. It works without a network."""


def file_name(version: str) -> str:
    return f"{NAME}_{version}_{ARCHITECTURE}.deb"


def control(version: str, depends: Iterable[str], installed_bytes: int) -> str:
    """The `control` file; `depends` as in its field, `Installed-Size` in KiB as Debian counts."""
    return (
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {ARCHITECTURE}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {-(-installed_bytes // 1024)}\nDepends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(_SESSION)}\nSection: misc\nPriority: optional\n"
        f"Description: {DESCRIPTION}\n"
    )


def depends(system: Iterable[str], glibc: tuple[int, ...]) -> tuple[str, ...]:
    """The packages of the system, with the oldest C library that has everything."""
    oldest = ".".join(map(str, glibc))
    return tuple(f"libc6 (>= {oldest})" if name == "libc6" else name for name in sorted(set(system)))


def build(
    program: Path, version: str, needed: Iterable[str], copyright_file: Path, work: Path, to: Path
) -> Path:
    """Write the .deb `to` out of a program folder (which is moved into `work`, an empty folder)."""
    tools.need("dpkg-deb")
    tree = work / "tree"
    (tree / HOME.parent).mkdir(parents=True)
    shutil.move(program, tree / HOME)
    for source, target in _FILES.items():
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PARTS / source, tree / target)
    document = tree / f"usr/share/doc/{NAME}/copyright"
    document.parent.mkdir(parents=True)
    shutil.copyfile(copyright_file, document)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    (tree / "usr/bin").mkdir()
    set_modes(tree)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(control(version, needed, size), encoding="utf-8")
    for name in LAUNCHERS:
        (tree / "usr/bin" / name).symlink_to(f"/{HOME}/{name}")
    answer = subprocess.run(
        [
            *("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=2"),
            *("--build", str(tree), str(to)),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(SOURCE_DATE_EPOCH)},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0 or answer.stderr:
        raise BuildError(f"dpkg-deb could not build {to.name}:\n{answer.stdout}{answer.stderr}".rstrip())
    check(to, version)
    return to


def check(package: Path, version: str) -> None:
    """What dpkg itself reads in the .deb: name and version, root's files, no bit set for others to write."""
    field = subprocess.run(
        ["dpkg-deb", "--showformat=${Package} ${Version} ${Architecture}", "--show", package],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if field != f"{NAME} {version} {ARCHITECTURE}":
        raise BuildError(f"{package.name} calls itself {field}")
    listed = subprocess.run(
        ["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True
    ).stdout
    faults = [line for line in listed.splitlines() if fault(line)]
    if faults:
        raise BuildError("\n".join([f"{package.name} holds what no package should:", *faults]))


def fault(line: str) -> str:
    """What is wrong with a line of `dpkg-deb --contents`; empty when it is as it should be."""
    modes, owner, _size, _day, _time, name = line.split(maxsplit=5)
    if owner != "root/root":
        return "somebody else's"
    if modes[0] != "l" and (modes[8] == "w" or modes[5] == "w"):
        return "others may write it"
    if "s" in modes[1:] or "t" in modes[1:]:
        return "it has a special bit"
    if not name.startswith(("./opt/", "./usr/")) and name not in ("./",):
        return "it lies outside of /opt and /usr"
    return ""
