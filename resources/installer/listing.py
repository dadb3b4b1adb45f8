"""`files.json`: every file of one version of the program with its SHA-256 and size.

Updates are made of two such lists, and the program checks by it what it has before it is built upon. The list
names itself nowhere. Paths are relative to the version's folder, with `/`, in order of name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import BuildError
from resources.installer.pins import digest

NAME = "files.json"


@dataclass(frozen=True)
class Entry:
    """`executable` is said for files that the system starts (Linux only)."""

    sha256: str
    size: int
    executable: bool = False


@dataclass(frozen=True)
class Listing:
    """`target` is windows or linux."""

    version: str
    target: str
    files: Mapping[str, Entry]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files.values())


def of_folder(folder: Path, version: str, target: str) -> Listing:
    """List a version's folder.

    A link, or anything else that is no plain file, is a BuildError: zips and sticks lose it.
    """
    files: dict[str, Entry] = {}
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BuildError(f"{name} is no plain file; a program that is copied to a stick would lose it")
        if path.is_file() and name != NAME:
            state = path.stat()
            starts = target == "linux" and bool(state.st_mode & 0o100)
            files[name] = Entry(digest(path), state.st_size, starts)
    return Listing(version, target, files)


def as_json(listing: Listing) -> str:
    """The one written form: the same list gives the same bytes."""
    files = {
        name: {"sha256": entry.sha256, "size": entry.size}
        | ({"executable": True} if entry.executable else {})
        for name, entry in sorted(listing.files.items())
    }
    whole = {"version": listing.version, "target": listing.target, "files": files}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def write(listing: Listing, folder: Path) -> Path:
    path = folder / NAME
    path.write_text(as_json(listing), encoding="utf-8", newline="\n")
    return path


def read(path: Path) -> Listing:
    """A list that a build wrote. Raises BuildError when it is none."""
    try:
        whole = json.loads(path.read_text("utf-8"))
        files = {
            str(name): Entry(str(entry["sha256"]), int(entry["size"]), bool(entry.get("executable", False)))
            for name, entry in whole["files"].items()
        }
        return Listing(str(whole["version"]), str(whole["target"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(f"{path} is no list of a program's files: {error}") from error


def changed(old: Listing, new: Listing) -> tuple[str, ...]:
    """Files of `new` that `old` doesn't hold with the same content and bits, in order of name."""
    return tuple(name for name, entry in new.files.items() if old.files.get(name) != entry)
