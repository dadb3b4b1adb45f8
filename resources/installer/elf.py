"""What Linux libraries and programs ask for: other libraries, and a C library that is new enough.

Read with objdump, which the freezing needs anyway.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import BuildError

MAGIC = b"\x7fELF"
_FILE = re.compile(r"^(?P<path>/.*):\s+file format ")
_NEEDED = re.compile(r"^\s+NEEDED\s+(?P<name>\S+)$")
_VERSION = re.compile(r"^\s+0x\S+ 0x\S+ \d+ GLIBC_(?P<version>\d+(\.\d+)+)$")


@dataclass(frozen=True)
class Needs:
    """`libraries` by the loader's names for them; `glibc` is the newest version asked for, () for none."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def files(folder: Path) -> Iterator[Path]:
    """Every library and program below a folder, in order of name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(MAGIC)) == MAGIC:
                    yield path


def needs(paths: Iterable[Path]) -> Mapping[Path, Needs]:
    """What each of these files asks for."""
    wanted = [path.absolute() for path in paths]
    if not wanted:
        return {}
    answer = subprocess.run(["objdump", "-p", *wanted], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise BuildError(f"objdump could not read the libraries: {answer.stderr.strip()}")
    return parsed(answer.stdout)


def parsed(words: str) -> Mapping[Path, Needs]:
    """Read what `objdump -p FILE…` prints."""
    found: dict[Path, tuple[set[str], tuple[int, ...]]] = {}
    libraries: set[str] = set()
    path: Path | None = None
    for line in words.splitlines():
        if match := _FILE.match(line):
            path, libraries = Path(match["path"]), set()
            found[path] = (libraries, ())
        elif path is not None and (match := _NEEDED.match(line)):
            libraries.add(match["name"])
        elif path is not None and (match := _VERSION.match(line)):
            version = tuple(int(part) for part in match["version"].split("."))
            found[path] = (libraries, max(found[path][1], version))
    return {path: Needs(frozenset(libraries), glibc) for path, (libraries, glibc) in found.items()}
