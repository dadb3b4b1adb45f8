"""The libraries for Windows: chosen from the universal lock by its markers, from the program's needs on.

`pip download` evaluates markers for the machine that it runs on, so the lock is read here for Windows.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from resources.installer import ROOT, BuildError, inputs

WINDOWS = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.9",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.19045",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
    "extra": "",
}
"""The machine that markers are evaluated for."""


@dataclass(frozen=True)
class Locked:
    """One line of the lock with the SHA-256 of each of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """As pip reads it, without the marker."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{digest}" for digest in self.hashes)]
        )

    def is_wanted(self, environment: Mapping[str, str] = WINDOWS) -> bool:
        return not self.marker or Marker(self.marker).evaluate(dict(environment))


_PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?\s*$"
)
_HASH = re.compile(r"\s+--hash=sha256:(?P<digest>[0-9a-f]{64})\s*\\?\s*$")


def read_lock(words: str) -> dict[str, Locked]:
    """The lock's text as uv writes it, by name. Raises BuildError for a line that means something else."""
    found: dict[str, Locked] = {}
    current: Locked | None = None
    for number, line in enumerate(words.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (part := _HASH.match(line)) and current:
            current = Locked(current.name, current.version, current.marker, (*current.hashes, part["digest"]))
        elif part := _PINNED.match(line):
            name = canonicalize_name(part["name"])
            if name in found:
                raise BuildError(f"the lock has two lines for {name}; the build would have to choose")
            current = Locked(name, part["version"], part["marker"] or "", ())
        else:
            raise BuildError(f"line {number} of the lock is neither a library nor a hash: {line.strip()}")
        found[current.name] = current
    without = [name for name, locked in found.items() if not locked.hashes]
    if without:
        raise BuildError(f"no hash in the lock for {', '.join(without)}")
    return found


def direct_needs(root: Path = ROOT) -> tuple[str, ...]:
    """What pyproject.toml asks for, without the developers' tools."""
    return tuple(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])


def wanted_names(
    needs: Iterable[str], environment: Mapping[str, str] = WINDOWS
) -> list[tuple[str, frozenset[str]]]:
    """Names and extras of those requirements that count on this machine."""
    found = []
    for need in needs:
        requirement = Requirement(need)
        if requirement.marker is None or requirement.marker.evaluate(dict(environment)):
            found.append((str(canonicalize_name(requirement.name)), frozenset(requirement.extras)))
    return found


def fetch(lock: Mapping[str, Locked], folder: Path, needs: Iterable[str]) -> list[Path]:
    """The wheels of `needs` and of what they ask for themselves, in order of name. Each is in the lock."""
    have: dict[str, Path] = {}
    extras: dict[str, frozenset[str]] = {}
    waiting = wanted_names(needs)
    while waiting:
        fresh = []
        for name, wished in waiting:
            if name not in lock:
                raise BuildError(f"{name} is not in the lock; run `python3 dev.py lock`")
            if not lock[name].is_wanted():
                raise BuildError(
                    f"the lock keeps {name} from Windows ({lock[name].marker}), where it is needed"
                )
            if name not in extras or not wished <= extras[name]:
                extras[name] = extras.get(name, frozenset()) | wished
                fresh.append(name)
        bring([lock[name] for name in fresh if name not in have], folder, have)
        waiting = [need for name in fresh for need in needs_of(have[name], extras[name])]
    return [have[name] for name in sorted(have)]


def bring(wanted: list[Locked], folder: Path, have: dict[str, Path]) -> None:
    """Put the wheels of these lines in `folder` and note them in `have`; pip checks their hashes."""
    missing = [locked for locked in wanted if locked.name not in _lying_there(folder, wanted)]
    if missing:
        inputs.wheels([locked.line for locked in missing], folder, inputs.WINDOWS_TAGS)
    there = _lying_there(folder, wanted)
    for locked in wanted:
        if locked.name not in there:
            raise BuildError(f"pip brought no wheel of {locked.name} {locked.version} for Windows")
        have[locked.name] = there[locked.name]


def _lying_there(folder: Path, wanted: Iterable[Locked]) -> dict[str, Path]:
    """Those whose wheel lies in `folder` with a hash of the lock."""
    from resources.installer.pins import digest

    versions = {locked.name: locked for locked in wanted}
    found = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, _build, _tags = parse_wheel_filename(path.name)
        locked = versions.get(name)
        if locked and str(version) == locked.version and digest(path) in locked.hashes:
            found[str(name)] = path
    return found


def needs_of(wheel: Path, extras: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """What a wheel's metadata asks for on Windows, with these extras of it."""
    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        head = HeaderParser().parsestr(packed.read(name).decode("utf-8"))
    needs = head.get_all("Requires-Dist", [])
    found: dict[str, frozenset[str]] = {}
    for extra in ("", *sorted(extras)):
        for wanted, wished in wanted_names(needs, {**WINDOWS, "extra": extra}):
            found[wanted] = found.get(wanted, frozenset()) | wished
    return sorted(found.items())
