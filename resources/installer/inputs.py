"""Bring the pinned inputs: wheels through pip, Debian packages through apt. Nothing else comes through."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from resources.installer import BuildError
from resources.installer.pins import Pin, check

WINDOWS_TAGS = (
    *("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"),
    *("--abi", "cp311", "--abi", "abi3", "--abi", "none"),
)


def wheel(pin: Pin, folder: Path, tags: Sequence[str] = ()) -> Path:
    """The pinned wheel in `folder`, fetched unless it lies there already."""
    path = folder / pin.file
    if not path.is_file():
        wheels([f"{pin.file.partition('-')[0]}=={pin.version} --hash=sha256:{pin.sha256}"], folder, tags)
    return check(pin, path)


def wheels(lines: Iterable[str], folder: Path, tags: Sequence[str] = ()) -> None:
    """All wheels that these lines (as in requirements.lock, with hashes) ask for. No line adds others."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download"),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", *tags),
        *("--dest", str(folder), "--requirement", str(wanted)),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    wanted.unlink()
    if answer.returncode != 0:
        raise BuildError(f"pip could not bring the libraries:\n{answer.stderr.strip()}")


def debian_package(pin: Pin, folder: Path) -> Path:
    """The pinned .deb in `folder`, fetched unless it lies there already."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / pin.file
    name = pin.file.partition("_")[0]
    if not path.is_file():
        command = ["apt-get", "--quiet=2", "download", f"{name}={pin.version}"]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            raise BuildError(
                f"apt has no {name} {pin.version} (any more): {answer.stderr.strip()}\n"
                "After `apt-get update` look at `apt-cache policy`, and pin what is offered in pins.toml."
            )
    return check(pin, path)


def unpack_debian_package(package: Path, to: Path) -> None:
    answer = subprocess.run(["dpkg-deb", "-x", package, to], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise BuildError(f"{package.name} can't be unpacked: {answer.stderr.strip()}")


def unpack_zip(archive: Path, to: Path, below: str = "") -> list[Path]:
    """Unpack a wheel or zip, or a folder of it. A name that leads elsewhere is a BuildError."""
    written = []
    with zipfile.ZipFile(archive) as packed:
        for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
            name = PurePosixPath(entry.filename)
            if entry.is_dir() or not name.is_relative_to(below):
                continue
            if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename:
                raise BuildError(f"{archive.name} holds a name that leads elsewhere: {entry.filename}")
            target = to / name.relative_to(below)
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(entry) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
            written.append(target)
    return written
