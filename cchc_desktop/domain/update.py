"""An update of the program: which files of a named release change, and why it can't be applied here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern

VERSION = pattern(r"[0-9]{1,5}(\.[0-9]{1,5}){1,3}")
TARGET = pattern(r"[a-z0-9][a-z0-9-]{0,39}")
LONGEST_PATH = 240
LONGEST_NOTES = 20_000
MOST_FILES = 20_000
# What no file name on Windows holds, and what turns a path into another one.
_FORBIDDEN = pattern(r'[<>:"|?*\\\x00-\x1f\x7f]')
_DEVICE = pattern(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])( *\..*)?", re.IGNORECASE)


class Action(StrEnum):
    WRITE = "write"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ProgramFile:
    """A file of a version: SHA-256 in hex, bytes, and whether the system starts it (Linux)."""

    sha256: str
    size: int
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Every file of one version by its path within the version's folder (`files.json`)."""

    version: str
    target: str
    files: Mapping[str, ProgramFile]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


@dataclass(frozen=True, slots=True)
class UpdateFile:
    """`entry` names the content within the pack; with `REMOVE` there is neither content nor digest."""

    path: str
    action: Action
    sha256: str = ""
    size: int = 0
    executable: bool = False
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What turns `from_version` into `version`. `from_listing` and `listing` are the SHA-256 of the two
    `files.json`: the one that has to be there, and the one that comes out.
    """

    version: str
    from_version: str
    target: str
    from_listing: str
    listing: str
    files: tuple[UpdateFile, ...]
    notes: str = ""

    @property
    def written(self) -> tuple[UpdateFile, ...]:
        return tuple(file for file in self.files if file.action is Action.WRITE)

    @property
    def size(self) -> int:
        """Bytes of all files that it brings."""
        return sum(file.size for file in self.files)


def version_order(version: str) -> tuple[int, ...]:
    """What versions are compared by; "1.2" is the same as "1.2.0"."""
    numbers = [int(part) for part in version.split(".")] if VERSION.fullmatch(version) else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_version(name: str) -> bool:
    return VERSION.fullmatch(name) is not None


def path_fault(path: str) -> str | None:
    """Why a path can't be a program's file on every system, as a catalogue id; None for a good one."""
    if not path or len(path) > LONGEST_PATH or not path.isascii():
        return "package.update_path_form"
    if path.startswith(("/", "\\")) or path[1:2] == ":":
        return "package.update_path_absolute"
    parts = re.split(r"[/\\]", path)
    if ".." in parts or "." in parts:
        return "package.update_path_outside"
    if _FORBIDDEN.search(path) or "" in parts:
        return "package.update_path_form"
    if any(part.endswith((".", " ")) or part.startswith(" ") for part in parts):
        return "package.update_path_form"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "package.update_path_device"
    return None


def clash(paths: Iterable[str]) -> str | None:
    """The first path that takes another one's place where letters' case means nothing, or that would have to
    be a file and a folder at once; None when all can stand side by side.
    """
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in sorted(paths):
        low = path.lower()
        if low in seen or low in folders:
            return path
        seen[low] = path
        parent, spelled = low.rpartition("/")[0], path.rpartition("/")[0]
        while parent:
            if parent in seen or folders.setdefault(parent, spelled) != spelled:
                return path
            parent, spelled = parent.rpartition("/")[0], spelled.rpartition("/")[0]
    return None


def applied(base: Listing, update: Update) -> Listing:
    """The files of the new version. Says nothing about whether `update` fits `base`."""
    files = dict(base.files)
    for file in update.files:
        if file.action is Action.REMOVE:
            files.pop(file.path, None)
        else:
            files[file.path] = ProgramFile(file.sha256, file.size, file.executable)
    return Listing(update.version, update.target, dict(sorted(files.items())))


def misfits(update: Update, present: Listing, listing_sha256: str) -> tuple[Message, ...]:
    """All reasons why it does not belong on what is there; `listing_sha256` is of the `files.json` there."""
    found = []
    if update.target != present.target:
        meant, here = system_name(update.target), system_name(present.target)
        found.append(message("update.other_target", target=meant, here=here))
    if version_order(update.version) == version_order(present.version):
        found.append(message("update.same_version", version=update.version))
    elif version_order(update.version) < version_order(present.version):
        found.append(message("update.lower_version", version=update.version, here=present.version))
    elif version_order(update.from_version) != version_order(present.version):
        found.append(
            message(
                "update.other_base", wanted=update.from_version, here=present.version, version=update.version
            )
        )
    elif update.target == present.target and update.from_listing != listing_sha256:
        found.append(message("update.base_differs", version=present.version))
    return tuple(found)


def system_name(target: str) -> Message:
    """The system that a target is for, as people call it."""
    known = {"windows": "update.target_windows", "linux": "update.target_linux"}
    return message(known.get(target.partition("-")[0], "update.target_other"), target=target)
