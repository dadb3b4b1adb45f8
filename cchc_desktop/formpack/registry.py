"""Installed form packs: those that come with the program, and those received into the data folder.

A pack is found by its place (`criteria/*.json`, `plan/*.json`) and known by its id and version, which are
immutable: two files that claim the same pair with different bytes are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cchc_desktop import paths
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackInfo, PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.formpack import criteria_codec, plan_codec


@dataclass(frozen=True)
class Installed:
    """A pack file and what it holds."""

    info: PackInfo
    path: Path
    pack: CriteriaSet | PlanTemplate


@dataclass(frozen=True)
class Broken:
    """A file among the packs that can't be used, and why."""

    path: Path
    error: KnownError


@lru_cache(maxsize=64)
def _load(path: Path, kind: PackKind, _changed: int, _size: int) -> Installed | Broken:
    try:
        content = path.read_bytes()
        if kind is PackKind.CRITERIA:
            criteria = criteria_codec.decode(content, path.name)
            ref = PackRef(criteria.id, criteria.version)
            info = PackInfo(ref, kind, criteria.title, criteria.unit_kinds, criteria.year)
            return Installed(info, path, criteria)
        template = plan_codec.decode(content)
        info = PackInfo(PackRef(template.id, template.version), kind, template.title, template.unit_kinds)
        return Installed(info, path, template)
    except KnownError as error:
        return Broken(path, error)
    except OSError as error:
        return Broken(path, KnownError("formpack.pack_unreadable", name=path.name, detail=str(error)))


def found_in(folders: Sequence[Path], kind: PackKind) -> tuple[Installed | Broken, ...]:
    """Every pack of that kind, the program's own first, then by name."""
    found: list[Installed | Broken] = []
    for folder in folders:
        for path in sorted((folder / kind.value).glob("*.json")):
            state = path.stat()
            found.append(_load(path, kind, state.st_mtime_ns, state.st_size))
    return tuple(found)


def installed(folders: Sequence[Path], kind: PackKind) -> tuple[Installed, ...]:
    """The usable packs of that kind, each id and version once."""
    by_ref: dict[PackRef, Installed] = {}
    for entry in found_in(folders, kind):
        if isinstance(entry, Installed):
            by_ref.setdefault(entry.info.ref, entry)
    return tuple(by_ref.values())


def one(folders: Sequence[Path], kind: PackKind, ref: PackRef) -> Installed:
    """The pack of that id and version. `KnownError` where it is missing, broken, or there are two of it."""
    same = [e for e in found_in(folders, kind) if isinstance(e, Installed) and e.info.ref == ref]
    if not same:
        raise KnownError("formpack.pack_version_unknown", id=ref.id, version=ref.version)
    if len(same) > 1 and len({entry.path.read_bytes() for entry in same}) > 1:
        raise KnownError(
            "formpack.pack_conflict",
            id=ref.id,
            version=ref.version,
            names=tuple(entry.path.name for entry in same),
        )
    return same[0]


def newest(folders: Sequence[Path], kind: PackKind, id_: str) -> Installed | None:
    """The highest version of that id, None where the id is not installed."""
    versions = [entry for entry in installed(folders, kind) if entry.info.ref.id == id_]
    return max(versions, key=lambda entry: entry.info.ref.version, default=None)


def pack_folders(data: Path | None = None) -> tuple[Path, ...]:
    """Where packs lie: the program's own, then those received into the data folder."""
    return (paths.forms_folder(), paths.data_folder(data) / "forms")


def criteria_set(ref: PackRef, data: Path | None = None) -> CriteriaSet:
    """The set of that id and version; read once, then kept."""
    pack = one(pack_folders(data), PackKind.CRITERIA, ref).pack
    if not isinstance(pack, CriteriaSet):
        raise BugError(f"{ref} is no criteria set")
    return pack


def plan_template(ref: PackRef, data: Path | None = None) -> PlanTemplate:
    """The template of that id and version; read once, then kept."""
    pack = one(pack_folders(data), PackKind.PLAN, ref).pack
    if not isinstance(pack, PlanTemplate):
        raise BugError(f"{ref} is no plan template")
    return pack
