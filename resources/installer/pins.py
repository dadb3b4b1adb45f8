"""Every input of a build by SHA-256: `pins.toml` names them, and `requirements.lock` by its own digest.

A line that is missing or a file that differs is a `BuildError` that names the input; a build never goes on
with something else.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import ROOT, BuildError

PINS = Path(__file__).with_name("pins.toml")
LOCK = ROOT / "requirements.lock"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"name", "version", "file", "sha256", "targets", "use"}
_LOCK_LINE = re.compile(r'^requirements_lock = "[0-9a-f]{64}"$', re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One input: `file` is its name as pip or a person brings it, `use` says what it is taken for."""

    name: str
    version: str
    file: str
    sha256: str
    targets: tuple[str, ...]
    use: str


def read(path: Path = PINS) -> Mapping[str, Pin]:
    """All inputs by name. Raises BuildError for a line that can't be used."""
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("input", [])
    except (OSError, ValueError) as error:
        raise BuildError(f"{path.name} can't be read: {error}") from error
    pins: dict[str, Pin] = {}
    for place, entry in enumerate(entries, 1):
        where = f"{path.name}: input {place} ({entry.get('name', 'without a name')})"
        if set(entry) != _FIELDS:
            raise BuildError(f"{where} has to have exactly the fields {', '.join(sorted(_FIELDS))}")
        if not _DIGEST.fullmatch(str(entry["sha256"])):
            raise BuildError(f"{where} has no SHA-256 of 64 small hexadecimal digits")
        if entry["name"] in pins:
            raise BuildError(f"{where} stands there twice")
        pins[entry["name"]] = Pin(**{**entry, "targets": tuple(entry["targets"])})
    return pins


def pin(name: str, path: Path = PINS) -> Pin:
    """The one input of this name."""
    try:
        return read(path)[name]
    except KeyError:
        raise BuildError(
            f"{path.name} has no input named {name}; add it with its version and SHA-256"
        ) from None


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(wanted: Pin, path: Path) -> Path:
    """`path` itself, when its bytes are the pinned ones."""
    if not path.is_file():
        raise BuildError(f"{wanted.name} {wanted.version}: there is no file {path}")
    found = digest(path)
    if found != wanted.sha256:
        raise BuildError(
            f"{wanted.name} {wanted.version}: {path} is not the pinned file.\n"
            f"    pinned {wanted.sha256}\n    found  {found}\n"
            f"Bring the file {wanted.file}, or pin another one in {PINS.name} after looking at it."
        )
    return path


def check_lock(lock: Path = LOCK, path: Path = PINS) -> None:
    """The libraries' lock is the one that was pinned."""
    wanted = tomllib.loads(path.read_text("utf-8")).get("requirements_lock")
    if wanted != digest(lock):
        raise BuildError(
            f"{lock.name} is not the one that {path.name} pins; `python3 dev.py lock` writes both anew"
        )


def note_lock(lock: Path = LOCK, path: Path = PINS) -> None:
    """Pin `requirements.lock` as it is now; `dev.py lock` calls this."""
    words = path.read_text("utf-8")
    path.write_text(_LOCK_LINE.sub(f'requirements_lock = "{digest(lock)}"', words), "utf-8")
