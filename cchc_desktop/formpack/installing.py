"""Installing and removing packs in a data folder: immutable by id and version, never back to an older one.

A pack is written beside its place and renamed, so that none is ever there by half. The signed file that it
came in is kept in `forms/signed/`, so that it can be checked again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.document_template import DocumentTemplate
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.routing import Routing
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import calendar_codec, criteria_codec, document_codec, plan_codec, registry
from cchc_desktop.formpack.json_object import LARGEST_FILE
from cchc_desktop.quick_dataclass import dataclass

FORMS, SIGNED = "forms", "signed"


Pack = CriteriaSet | PlanTemplate | Routing | DocumentTemplate


@dataclass(frozen=True)
class ReadPack:
    """A pack as it came, not installed."""

    kind: PackKind
    pack: Pack
    content: bytes

    @property
    def ref(self) -> PackRef:
        return PackRef(self.pack.id, self.pack.version)


def read_pack(content: bytes, name: str) -> ReadPack:
    """Raises the codecs' KnownError where the bytes are no pack of a known kind."""
    if document_codec.is_pack(content) and not criteria_codec.is_pack(content):
        return ReadPack(PackKind.DOCUMENT, document_codec.decode(content, name), content)
    if calendar_codec.is_pack(content) and not criteria_codec.is_pack(content):
        return ReadPack(PackKind.CALENDAR, calendar_codec.decode(content), content)
    if plan_codec.FORMAT.encode() in content[:100_000] and not criteria_codec.is_pack(content):
        return ReadPack(PackKind.PLAN, plan_codec.decode(content), content)
    return ReadPack(PackKind.CRITERIA, criteria_codec.decode(content, name), content)


def of_pack(pack: Pack) -> ReadPack:
    """The pack as its codec writes it."""
    if isinstance(pack, CriteriaSet):
        return ReadPack(PackKind.CRITERIA, pack, criteria_codec.encode(pack))
    if isinstance(pack, PlanTemplate):
        return ReadPack(PackKind.PLAN, pack, plan_codec.encode(pack))
    if isinstance(pack, Routing):
        return ReadPack(PackKind.CALENDAR, pack, calendar_codec.encode(pack))
    return of_document(pack)


def read_bare(file: Path) -> ReadPack:
    """A pack as a bare file: so a calendar travels, which has no workbook. Raises as `read_pack` does."""
    try:
        if (size := file.stat().st_size) > LARGEST_FILE:
            raise KnownError("form_packs.too_large", name=file.name, size=size, limit=LARGEST_FILE)
        return read_pack(file.read_bytes(), file.name)
    except OSError as error:
        raise KnownError("formpack.pack_unreadable", name=file.name, detail=str(error)) from error


def of_criteria(criteria: CriteriaSet) -> ReadPack:
    return of_pack(criteria)


def of_document(template: DocumentTemplate) -> ReadPack:
    return ReadPack(PackKind.DOCUMENT, template, document_codec.encode(template))


def refusal(data: Path, new: ReadPack, needed: Collection[PackRef] = ()) -> KnownError | None:
    """Why the pack may not be installed; None when it may, or is there already.

    `needed` are packs that rounds were made with: an older version among them may come back.
    """
    folders = registry.pack_folders(data)
    for entry in registry.found_in(folders, new.kind):
        same = isinstance(entry, registry.Installed) and entry.info.ref == new.ref
        if same and entry.path.read_bytes() != new.content:
            return KnownError(
                "formpack.version_taken", unusable_input=False, id=new.ref.id, version=new.ref.version
            )
    newest = registry.newest(folders, new.kind, new.ref.id)
    known = is_installed(data, new)
    if newest is None or newest.info.ref.version <= new.ref.version or known or new.ref in needed:
        return None
    return KnownError(
        "formpack.older_than_installed",
        unusable_input=False,
        id=new.ref.id,
        version=new.ref.version,
        installed=newest.info.ref.version,
    )


def is_installed(data: Path, new: ReadPack) -> bool:
    entries = registry.installed(registry.pack_folders(data), new.kind)
    return any(entry.info.ref == new.ref for entry in entries)


def install(data: Path, new: ReadPack, needed: Collection[PackRef] = (), signed: Path | None = None) -> None:
    """Put the pack in its place; `signed` is the file it came in, already in the data folder, and is moved.

    Raises KnownError formpack.version_taken, formpack.older_than_installed, formpack.not_written.
    """
    if (why := refusal(data, new, needed)) is not None:
        raise why
    target = place(data, new.kind, new.ref)
    try:
        if signed is not None:
            kept = signed_place(data, new.kind, new.ref)
            kept.parent.mkdir(parents=True, exist_ok=True)
            signed.replace(kept)
        if not is_installed(data, new):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, new.content)
    except OSError as error:
        raise KnownError("formpack.not_written", name=str(target), detail=str(error)) from error


def bring_along(data: Path, old_folder: Path, wanted: Collection[PackRef]) -> None:
    """Install what the rounds of an old profile were made with, so that they still open here.

    Raises KnownError formpack.version_taken where this folder has another content of the same version.
    """
    for kind in PackKind:
        for entry in registry.installed((old_folder / FORMS,), kind):
            if entry.info.ref not in wanted:
                continue
            new = read_pack(entry.path.read_bytes(), entry.path.name)
            signed = signed_place(old_folder, kind, entry.info.ref)
            install(data, new, wanted, _copied(data, signed) if signed.is_file() else None)


def _copied(data: Path, signed: Path) -> Path:
    copy = data / FORMS / SIGNED / f"{signed.name}.part"
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(signed.read_bytes())
    except OSError as error:
        raise KnownError("formpack.not_written", name=str(copy), detail=str(error)) from error
    return copy


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def place(data: Path, kind: PackKind, ref: PackRef) -> Path:
    return data / FORMS / kind.value / f"{ref.id}-{ref.version}.json"


def signed_place(data: Path, kind: PackKind, ref: PackRef) -> Path:
    """Where the signed file of an installed pack is kept; not there for a trial from a workbook."""
    return data / FORMS / SIGNED / f"{kind.value}-{ref.id}-{ref.version}.asice"


def remove(data: Path, kind: PackKind, ref: PackRef) -> None:
    """Raises KnownError formpack.own_pack for a pack that came with the program, formpack.not_removed."""
    own = data / FORMS
    entry = registry.one(registry.pack_folders(data), kind, ref)
    if own not in entry.path.parents:
        raise KnownError("formpack.own_pack", unusable_input=False, id=ref.id, version=ref.version)
    try:
        entry.path.unlink()
        signed_place(data, kind, ref).unlink(missing_ok=True)
    except OSError as error:
        raise KnownError("formpack.not_removed", name=entry.path.name, detail=str(error)) from error
