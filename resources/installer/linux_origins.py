"""Which part each file of the frozen program comes from; the libraries are byte for byte what the lock pins.

The wheels are fetched by the lock's hashes, and every packed file of a library is held against its wheel's
own list, so that nothing that was changed in the build's environment goes in.
"""

from __future__ import annotations

import base64
import csv
import importlib.metadata
import io
import platform
import re
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import ROOT, BuildError, inputs, parts, pins
from resources.installer.linux_freeze import Frozen
from resources.installer.parts import Part

_LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)")


@dataclass(frozen=True)
class Wheel:
    """`records` are the files of the wheel with their SHA-256 as the wheel itself writes it."""

    sha256: str
    records: Mapping[str, str]


def lock_lines(lock: str) -> Mapping[str, str]:
    """Each library of the lock → its whole line (with version, marker and hashes)."""
    lines: dict[str, str] = {}
    for line in lock.replace("\\\n", " ").splitlines():
        if match := _LOCKED.match(line):
            lines[match["name"]] = re.sub(r" +", " ", line)
    return lines


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def all_parts(frozen: Frozen, wheels: Path) -> list[Part]:
    """All parts of the frozen program. `wheels` keeps what is fetched."""
    owners = _owners()
    files: dict[str, dict[str, Path]] = {}
    rest: dict[str, Path] = {}
    for name, origin in frozen.origins.items():
        owner = owners.get(origin.resolve())
        if owner is None:
            rest[name] = origin
        else:
            files.setdefault(owner[0], {})[owner[1]] = origin
    found = [*parts.of_checkout(), _python()]
    known = _fetch(sorted(files), wheels)
    for distribution, packed in sorted(files.items()):
        _hold_against(known[normal(distribution)], distribution, packed)
        folder = Path(str(importlib.metadata.distribution(distribution)._path))  # type: ignore[attr-defined]
        found.append(parts.of_dist_info(folder, (known[normal(distribution)].sha256,)))
    debian = {part.name: part for part in map(parts.of_debian_file, _from_debian(rest))}
    return [*found, *debian.values()]


def _owners() -> dict[Path, tuple[str, str]]:
    """File of the environment → (distribution, its name in that distribution's list)."""
    owners = {}
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file))).resolve()] = (
                distribution.metadata["Name"],
                file.as_posix(),
            )
    return owners


def _fetch(distributions: list[str], folder: Path) -> dict[str, Wheel]:
    lines = lock_lines(pins.LOCK.read_text("utf-8"))
    if unknown := [name for name in distributions if normal(name) not in lines]:
        raise BuildError(f"these libraries are packed and not in requirements.lock: {', '.join(unknown)}")
    inputs.wheels([lines[normal(name)] for name in distributions], folder)
    found = {}
    for path in sorted(folder.glob("*.whl")):
        name = normal(path.name.partition("-")[0])
        with zipfile.ZipFile(path) as packed:
            (record,) = (entry for entry in packed.namelist() if entry.endswith(".dist-info/RECORD"))
            rows = csv.reader(io.StringIO(packed.read(record).decode("utf-8")))
            found[name] = Wheel(pins.digest(path), {row[0]: row[1] for row in rows if row})
    return found


def _hold_against(wheel: Wheel, distribution: str, packed: Mapping[str, Path]) -> None:
    for name, path in packed.items():
        if name.endswith((".dist-info/INSTALLER", ".dist-info/RECORD", ".dist-info/REQUESTED")):
            continue
        digest = base64.urlsafe_b64encode(bytes.fromhex(pins.digest(path))).decode().rstrip("=")
        if wheel.records.get(name) != f"sha256={digest}":
            raise BuildError(
                f"{name} of {distribution} is not the pinned wheel's: it was changed after installing.\n"
                "Delete .venv and build again."
            )


def _python() -> Part:
    texts = [
        *(Path(sysconfig.get_path("stdlib")) / name for name in ("LICENSE.txt", "LICENSE")),
        Path("/usr/share/doc/libpython3.11-stdlib/copyright"),
    ]
    text = next((path for path in texts if path.is_file()), None)
    if text is None:
        raise BuildError("this Python comes without the text of its licence")
    return parts.of_python(platform.python_version(), text.read_bytes())


def _from_debian(rest: Mapping[str, Path]) -> list[Path]:
    """What is neither a library of the environment, nor Python's, nor the checkout's."""
    ours = (ROOT, Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib")))
    prefixes = [str(path.resolve()) + "/" for path in (*ours, Path(sys.base_prefix) / "lib/python3.11")]
    return [
        path
        for path in rest.values()
        if not str(path.resolve()).startswith(tuple(prefixes)) and not path.name.startswith("libpython3")
    ]
