"""Installed form packs: those that come with the program, and those received into the data folder.

A pack is found by its place (`criteria/*.json`, `plan/*.json`, `calendar/*.json`,
`documents/*.json`) and known by its id and
version, which are immutable: two files that claim the same pair with different bytes are refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop import paths
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackInfo, PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.routing import Routing
from cchc_desktop.domain.text_shapes import is_set_id
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.formpack import calendar_codec, criteria_codec, plan_codec
from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from cchc_desktop.domain.document_template import DocumentTemplate


@dataclass(frozen=True)
class Installed:
    """A pack file and what it holds."""

    info: PackInfo
    path: Path
    pack: CriteriaSet | PlanTemplate | Routing | DocumentTemplate


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
        if kind is PackKind.CALENDAR:
            routing = calendar_codec.decode(content)
            return Installed(
                PackInfo(PackRef(routing.id, routing.version), kind, routing.title, ()), path, routing
            )
        if kind is PackKind.DOCUMENT:
            from cchc_desktop.formpack import document_codec  # the start reads no such pack

            wording = document_codec.decode(content, path.name)
            ref = PackRef(wording.id, wording.version)
            return Installed(PackInfo(ref, kind, wording.title, wording.unit_kinds), path, wording)
        template = plan_codec.decode(content)
        ref = PackRef(template.id, template.version)
        info = PackInfo(ref, kind, template.title, template.unit_kinds, plan_kind=template.kind)
        return Installed(info, path, template)
    except KnownError as error:
        return Broken(path, error)
    except OSError as error:
        return Broken(path, KnownError("formpack.pack_unreadable", name=path.name, detail=str(error)))


def found_in(
    folders: Sequence[Path], kind: PackKind, refs: Collection[PackRef] | None = None
) -> tuple[Installed | Broken, ...]:
    """Every pack of that kind, the program's own first, then by name; of `refs` only what may be one."""
    files = _files(folders, kind)
    likely = files if refs is None else (file for file in files if _claimed(*file) in {None, *refs})
    return tuple(_load(path, kind, changed, size) for path, changed, size in likely)


def number_of(folders: Sequence[Path]) -> int:
    """How many pack files there are, usable or not."""
    return sum(1 for kind in PackKind for _file in _files(folders, kind))


def _files(folders: Sequence[Path], kind: PackKind) -> Iterator[tuple[Path, int, int]]:
    """Looked for anew each time, so that a pack that was put there by hand is found: it has to be quick."""
    for folder in folders:
        place = folder / kind.value
        try:
            with os.scandir(place) as entries:
                found = {one.name: one.stat() for one in entries if one.name.endswith(".json")}
        except FileNotFoundError:
            continue
        for name, state in sorted(found.items()):
            yield place / name, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=64)
def _claimed(path: Path, _changed: int, _size: int) -> PackRef | None:
    try:
        return claimed_by(path.read_bytes())
    except OSError:
        return None


def claimed_by(content: bytes) -> PackRef | None:
    """What a file says it is, without reading it as a pack; None where only reading can tell.

    Our codecs write the two fields of the outermost object with one blank before, on a line of their own.
    """
    id_, version = _line_after(b'\n "id": "', content), _line_after(b'\n "version": ', content)
    if id_.endswith('"') and is_set_id(id_[:-1]) and version.isdecimal() and len(version) < 10:
        return PackRef(id_[:-1], int(version))
    return None


def _line_after(mark: bytes, content: bytes) -> str:
    """The rest of the line that begins so, without the comma at its end; "" unless there is just one."""
    found = content.find(mark)
    begin = found + len(mark)
    end = content.find(b"\n", begin)
    if found < 0 or end < 0 or content.find(mark, begin) >= 0:
        return ""
    return content[begin:end].decode("ascii", "replace").removesuffix(",")


def installed(folders: Sequence[Path], kind: PackKind) -> tuple[Installed, ...]:
    """The usable packs of that kind, each id and version once."""
    by_ref: dict[PackRef, Installed] = {}
    for entry in found_in(folders, kind):
        if isinstance(entry, Installed):
            by_ref.setdefault(entry.info.ref, entry)
    return tuple(by_ref.values())


def _wanted(folders: Sequence[Path], kind: PackKind, is_one: Callable[[PackRef], bool]) -> list[Installed]:
    """The usable ones among the files that may be one; of most it is known at a glance what they are."""
    claims = [(file, _claimed(*file)) for file in _files(folders, kind)]
    likely = [file for file, claimed in claims if claimed is None or is_one(claimed)]
    read = (_load(path, kind, changed, size) for path, changed, size in likely)
    return [entry for entry in read if isinstance(entry, Installed) and is_one(entry.info.ref)]


def one(folders: Sequence[Path], kind: PackKind, ref: PackRef) -> Installed:
    """The pack of that id and version. `KnownError` where it is missing, broken, or there are two of it."""
    same = _wanted(folders, kind, lambda found: found == ref)
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
    versions = _wanted(folders, kind, lambda ref: ref.id == id_)
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


def routing(data: Path | None = None) -> Routing:
    """Deadlines, routes and ended bodies as they hold for a data folder.

    The program's own below, over it the newest version of each calendar that was received, by their ids.
    """
    whole = Routing()
    for folder in pack_folders(data):
        newest_of: dict[str, Routing] = {}
        for entry in installed((folder,), PackKind.CALENDAR):
            if isinstance(entry.pack, Routing):
                known = newest_of.get(entry.pack.id)
                if known is None or known.version < entry.pack.version:
                    newest_of[entry.pack.id] = entry.pack
        for _id, pack in sorted(newest_of.items()):
            whole = pack.over(whole)
    return whole


def document_template(unit_kind: UnitKind, data: Path | None = None, chosen: str = "") -> DocumentTemplate:
    """How a unit of that kind words and lays out its documents: by the template with the `chosen` id.

    Without one: the unit's own before the program's; of those the highest version. None fits: as printed by
    the program itself.
    """
    from cchc_desktop.domain.document_template import DocumentTemplate

    own = paths.data_folder(data) / "forms"
    found = [
        ((entry.pack.id == chosen, own in entry.path.parents, entry.pack.version, entry.pack.id), entry.pack)
        for entry in installed(pack_folders(data), PackKind.DOCUMENT)
        if isinstance(entry.pack, DocumentTemplate) and unit_kind in entry.pack.unit_kinds
    ]
    return max(found, key=lambda each: each[0])[1] if found else DocumentTemplate()
