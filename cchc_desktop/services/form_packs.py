"""Form packs on their way: signed by the office, taken in by a unit, listed, checked, removed."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackInfo, PackKind, PackRef
from cchc_desktop.domain.package_head import PackagedFile, PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.routing import Routing
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import installing, registry
from cchc_desktop.formpack.grid import WorkbookFinding
from cchc_desktop.formpack.installing import Pack, ReadPack
from cchc_desktop.formpack.workbooks import compile_pack, is_wanted, with_workbook, workbook_of
from cchc_desktop.intake.workbook import read_workbook
from cchc_desktop.message import Message, message
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import MOST_REVISIONS, read_head
from cchc_desktop.package.layout import DOCUMENTS_FOLDER, EXTENSION, FORMPACK_NAME, HEAD_NAME
from cchc_desktop.package.verifier import manifest_digest, verified_texts
from cchc_desktop.package.writer import Part, Written, package_size, write_package
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import rounds
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.trusted import load_trusted, trusted_files

LARGEST_PACKAGE = 64 * 1024 * 1024
WORKBOOK, BARE = ".xlsx", ".json"
_TAKEN = (Outcome.VALID, Outcome.VALID_WITH_WARNINGS)


class Origin(StrEnum):
    PROGRAM = "program"
    SIGNED = "signed"
    TRIAL = "trial"
    """From a plain workbook or a bare file: nobody signed it."""


@dataclass(frozen=True)
class Listed:
    """A pack file among those of this profile. `broken` says why it can't be used; then `info` is None.

    `years` are the rounds that bear it or once bore it; with any, it can't be removed.
    """

    file_name: str
    origin: Origin
    info: PackInfo | None
    years: tuple[int, ...] = ()
    broken: Message | None = None


@dataclass(frozen=True)
class Offer:
    """What a file holds, before anything is installed. `verification` is None for a workbook.

    `known` when this very pack is here already; `warnings` are to be read before going on.
    """

    info: PackInfo
    known: bool
    verification: Verification | None
    warnings: tuple[Message, ...] = ()


def listed(profile: Profile, *, unused: bool = True) -> tuple[Listed, ...]:
    """All packs, criteria sets first, of each kind the program's own first; their `unused` ones if wanted."""
    used = profile.read(rounds.packs_ever_used)
    return tuple(_listed(profile, used, None if unused else used))


def number(profile: Profile) -> int:
    return registry.number_of(registry.pack_folders(profile.folder))


def _listed(
    profile: Profile, used: dict[PackRef, tuple[int, ...]], wanted: Collection[PackRef] | None
) -> Iterator[Listed]:
    programs, own = registry.pack_folders(profile.folder)
    for kind in PackKind:
        for entry in (*registry.found_in((programs,), kind, wanted), *registry.found_in((own,), kind)):
            origin = Origin.PROGRAM if entry.path.is_relative_to(programs) else Origin.TRIAL
            if isinstance(entry, registry.Broken):
                yield Listed(entry.path.name, origin, None, (), entry.error.message)
                continue
            ref = entry.info.ref
            if origin is Origin.TRIAL and installing.signed_place(profile.folder, kind, ref).is_file():
                origin = Origin.SIGNED
            yield Listed(entry.path.name, origin, entry.info, used.get(ref, ()))


def offer(profile: Profile, file: Path) -> Offer:
    """Look into a package (.asice) or workbook (.xlsx). Raises KnownError: why it can't be taken in."""
    with _opened(profile, file) as (new, verification, _copy):
        if (why := installing.refusal(profile.folder, new, _needed(profile))) is not None:
            raise why
        warnings = _warnings(verification) if verification else (message("form_packs.unsigned"),)
        return Offer(_info(new), installing.is_installed(profile.folder, new), verification, warnings)


def take(profile: Profile, file: Path) -> PackInfo:
    """Install the pack, or nothing. A package must be valid here; a workbook must compile without error.

    Raises KnownError form_packs.refused (why), form_packs.wrong_content, form_packs.not_compiled,
    formpack.version_taken, formpack.older_than_installed, formpack.not_written, and those of reading.
    """
    with _opened(profile, file) as (new, _verification, copy):
        installing.install(profile.folder, new, _needed(profile), copy)
        return _info(new)


def check(profile: Profile, kind: PackKind, ref: PackRef) -> tuple[Message, ...]:
    """What is wrong with an installed pack by now; nothing when it is as it was signed and still counts.

    Reading it runs the office's own sample answers too. Raises KnownError where it can't be read at all.
    """
    entry = registry.one(registry.pack_folders(profile.folder), kind, ref)
    content = entry.path.read_bytes()
    installing.read_pack(content, entry.path.name)
    signed = installing.signed_place(profile.folder, kind, ref)
    if not signed.is_file():
        return ()
    try:
        again, _verification = _verified(profile, signed, signed.name)
    except KnownError as error:
        return (error.message,)
    same = again.content == content
    return () if same else (message("form_packs.changed_since", id=ref.id, version=ref.version),)


def remove(profile: Profile, kind: PackKind, ref: PackRef) -> None:
    """Raises KnownError form_packs.in_use (a round bears it or bore it), formpack.own_pack."""
    used = profile.read(rounds.packs_ever_used)
    if years := used.get(ref):
        told = tuple(str(year) for year in years)
        raise KnownError("form_packs.in_use", unusable_input=False, years=told, **_named(ref))
    installing.remove(profile.folder, kind, ref)


def sign(pack: Pack | ReadPack, key_folder: Path, to: Path) -> tuple[Path, Written]:
    """Write the pack as a signed package; its workbook goes along for people without the program.

    The office's key lies in `key_folder` and is unlocked. Raises KnownError of the key (trust.…) and of the
    medium (delivery.…): then no file stays.
    """
    from uuid6 import uuid7

    new = pack if isinstance(pack, ReadPack) else installing.of_pack(pack)
    signer = KeyRoom(key_folder).signer()
    now = vietnam_now()
    documents = _documents(new)
    head = PackageHead(
        package_id=str(uuid7()),
        kind=PackageKind.FORMPACK,
        period=str(_year(new) or now.year),
        sender_id=signer.certificate.unit_code,
        sender_name=signer.certificate.name,
        recipient_id="",
        revision=min(new.ref.version - 1, MOST_REVISIONS),
        previous_manifest_sha256="",
        created_at=now,
        counter=new.ref.version,
        journal_head="",
        form_pack=new.ref,
        documents=tuple(PackagedFile(part.entry, part.title) for part in documents),
    )
    parts = [Part(FORMPACK_NAME, new.content), *documents]
    return channel.place(
        to.parent,
        to.name,
        package_size(head, parts),
        lambda file: write_package(file, head, parts, signer, now),
        lambda part, written: manifest_digest(part) == written.manifest_sha256,
    )


def _year(new: ReadPack) -> int | None:
    if isinstance(new.pack, CriteriaSet):
        return new.pack.year
    first = new.pack.effective_from if isinstance(new.pack, PlanTemplate) else None
    return first.year if first else None


def _documents(new: ReadPack) -> list[Part]:
    if not with_workbook(new.pack):
        return []
    name = f"{new.ref.id}-{new.ref.version}{WORKBOOK}"
    return [Part(f"{DOCUMENTS_FOLDER}/formpack{WORKBOOK}", workbook_of(new.pack), name)]


@contextmanager
def _opened(profile: Profile, file: Path) -> Iterator[tuple[ReadPack, Verification | None, Path | None]]:
    """The pack in the file. A package is copied first: what is checked is what is kept."""
    if file.suffix.lower() == WORKBOOK:
        yield _compiled(file), None, None
        return
    if file.suffix.lower() == BARE:
        yield installing.read_bare(file), None, None
        return
    copy = _copied(profile, file)
    try:
        new, verification = _verified(profile, copy, file.name)
        yield new, verification, copy
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)


def _copied(profile: Profile, file: Path) -> Path:
    folder = profile.folder / installing.FORMS / installing.SIGNED
    copy = folder / f"incoming{EXTENSION}.part"
    try:
        if not file.is_file():
            raise KnownError("package.missing", name=file.name)
        if (size := file.stat().st_size) > LARGEST_PACKAGE:
            raise KnownError("form_packs.too_large", name=file.name, size=size, limit=LARGEST_PACKAGE)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    except OSError as error:
        raise KnownError("package.unreadable", name=file.name, detail=str(error)) from error
    return copy


def _verified(profile: Profile, package: Path, name: str) -> tuple[ReadPack, Verification]:
    """Only what is valid for this profile's trusted certificates, and is what its head says."""
    trusted = load_trusted(trusted_files(profile.folder))
    found, texts = verified_texts(package, trusted, vietnam_now())
    if found.outcome not in _TAKEN:
        reasons = tuple(reason.message for reason in found.reasons if reason.leads_to is found.outcome)
        raise KnownError("form_packs.refused", unusable_input=False, name=name, reasons=reasons)
    if found.kind != PackageKind.FORMPACK.value:
        raise KnownError("form_packs.other_kind", unusable_input=False, name=name)
    if not found.is_from_office:
        signer = found.signers[0].name
        raise KnownError("form_packs.not_from_office", unusable_input=False, name=name, signer=signer)
    try:
        head = read_head(texts[HEAD_NAME])
    except ProfileBroken as broken:
        raise KnownError("form_packs.refused", name=name, reasons=(broken.reason.message,)) from broken
    new = installing.read_pack(texts[FORMPACK_NAME], name)
    if new.ref != head.form_pack:
        said: dict[str, Any] = {"head_id": head.form_pack.id, "head_version": head.form_pack.version}
        raise KnownError(
            "form_packs.wrong_content", unusable_input=False, name=name, **said, **_named(new.ref)
        )
    return new, found


def _compiled(file: Path) -> ReadPack:
    found = compile_pack(read_workbook(file, is_wanted))
    if found.pack is None:
        raise _not_compiled(file, found.errors)
    return installing.of_pack(found.pack)


def _not_compiled(file: Path, errors: Sequence[WorkbookFinding]) -> KnownError:
    first = errors[0]
    return KnownError(
        "form_packs.not_compiled",
        unusable_input=False,
        name=file.name,
        count=len(errors),
        sheet=first.sheet,
        cell=first.cell,
        first=first.message,
    )


def _warnings(verification: Verification) -> tuple[Message, ...]:
    return tuple(
        reason.message for reason in verification.reasons if reason.leads_to is Outcome.VALID_WITH_WARNINGS
    )


def _needed(profile: Profile) -> frozenset[PackRef]:
    return frozenset(profile.read(rounds.packs_ever_used))


def _info(new: ReadPack) -> PackInfo:
    year = new.pack.year if isinstance(new.pack, CriteriaSet) else None
    plan_kind = new.pack.kind if isinstance(new.pack, PlanTemplate) else None
    unit_kinds = () if isinstance(new.pack, Routing) else new.pack.unit_kinds
    return PackInfo(new.ref, new.kind, new.pack.title, unit_kinds, year, plan_kind)


def _named(ref: PackRef) -> dict[str, Any]:
    return {"id": ref.id, "version": ref.version}
