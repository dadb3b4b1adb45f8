"""Check packages from anyone, one or a whole folder, without unpacking or importing anything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cchc_desktop.documents.output import whole_file
from cchc_desktop.documents.package_table import (
    package_remarks,
    summary_words,
    write_package_csv,
    write_package_xlsx,
)
from cchc_desktop.domain.package_history import KnownPackage
from cchc_desktop.domain.package_look import (
    FolderLook,
    PackageLook,
    Standing,
    listed_evidence,
    looked_over,
    stated_score,
)
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Aspect, FileFinding, Outcome, Reason, Verification
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import render, text
from cchc_desktop.message import Message, message
from cchc_desktop.package.content_codec import read_selfscore
from cchc_desktop.package.folder import packages_in
from cchc_desktop.package.head_codec import read_head
from cchc_desktop.package.layout import (
    FORMPACK_NAME,
    HEAD_NAME,
    PLAN_NAME,
    SELFSCORE_NAME,
    UPDATE_NAME,
    manifest_name,
    signature_name,
)
from cchc_desktop.package.verifier import verified_texts, verify_package
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.trust.confirmed import is_spoken
from cchc_desktop.trust.encryption import ENDING as ENCRYPTED
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.signature_check import check_signature
from cchc_desktop.trust.trusted import Trusted, load_trusted, trusted_files

_ENCRYPTED = Reason(message("package.encrypted"), Aspect.FORM, Outcome.UNREADABLE)
_TITLES = {
    HEAD_NAME: "title_head",
    PLAN_NAME: "title_plan",
    SELFSCORE_NAME: "title_selfscore",
    FORMPACK_NAME: "title_formpack",
    UPDATE_NAME: "title_update",
}


def verify(package: Path, trust: Sequence[Path] = (), progress: Progress | None = None) -> Verification:
    """The outcome with its reasons. `trust` are PEM files with certificates and revocation lists.

    Raises KnownError for a file that can't be opened (package.missing, package.no_file, package.unreadable)
    and for trust files that are none (trust.file_unreadable, trust.file_too_large, trust.file_not_pem).
    """
    found = verify_package(package, load_trusted(trust), vietnam_now(), progress)
    return replace(found, files=tuple(_titled(file) for file in found.files))


def look_into(
    package: Path,
    trust: Sequence[Path] = (),
    progress: Progress | None = None,
    known: Sequence[KnownPackage] = (),
    data: Path | None = None,
) -> PackageLook:
    """`verify`, and what the package says: score, documents, evidence. `known` are packages taken in before,
    `data` a profile whose criteria sets name the sections. Raises as `verify` does."""
    look = _look(package, package.name, load_trusted(trust), progress, data)
    return looked_over([look], known).packages[0]


def look_over(
    paths: Sequence[Path],
    trust: Sequence[Path] = (),
    progress: Progress | None = None,
    known: Sequence[KnownPackage] = (),
    data: Path | None = None,
) -> FolderLook:
    """Files as given and every package below the folders, held against each other and against `known`.

    A file that can't be opened is one line like the others. Progress counts bytes over all of them.
    Raises KnownError package.missing, package.folder_empty, package.folder_too_large, those of the trust
    files, and `Cancelled`.
    """
    progress = progress or Progress()
    trusted = load_trusted(trust)
    found = packages_in(paths, progress)
    if not found:
        raise KnownError("package.folder_empty", name=", ".join(path.name or str(path) for path in paths))
    total, done, looks = sum(each.size for each in found), 0, []
    for number, each in enumerate(found, 1):
        step = message("verification.step_package", number=number, count=len(found), name=each.name)
        progress.at(step, done, total)
        within = Progress(_report_within(progress, step, done, each.size, total))
        try:
            looks.append(_look(each.path, each.name, trusted, within, data))
        except KnownError as error:
            unreadable = Reason(error.message, Aspect.FORM, Outcome.UNREADABLE)
            verification = Verification(Outcome.UNREADABLE, (unreadable,))
            looks.append(PackageLook(each.path, each.name, verification, problem=error.message))
        done += each.size
    progress.at(message("verification.step_compare"), total, total)
    return looked_over(looks, known)


def _report_within(
    progress: Progress, step: Message, before: int, size: int, total: int
) -> Callable[[Message, int, int], None]:
    """The progress of one file as a part of the whole; stopping the whole stops the file."""

    def report(_step: Message, done: int, _of: int) -> None:
        progress.at(step, before + min(done, size), total)

    return report


def _look(
    package: Path, name: str, trusted: Trusted, progress: Progress | None, data: Path | None
) -> PackageLook:
    found, texts = verified_texts(package, trusted, vietnam_now(), progress)
    if found.outcome is Outcome.UNREADABLE and package.name.lower().endswith(ENCRYPTED):
        found = Verification(found.outcome, (_ENCRYPTED,))
    look = PackageLook(package, name, replace(found, files=tuple(_titled(file) for file in found.files)))
    if found.outcome in (Outcome.INVALID, Outcome.UNREADABLE) or not found.package_id:
        return look
    head = read_head(texts[HEAD_NAME])
    if SELFSCORE_NAME not in texts:
        return replace(look, head=head, evidence=listed_evidence(head))
    content = read_selfscore(texts[SELFSCORE_NAME])
    try:
        criteria = registry.criteria_set(content.criteria, data)
    except KnownError:
        criteria = None  # the office has not got the unit's set: codes instead of names
    score = stated_score(content, criteria)
    return replace(look, head=head, score=score, evidence=listed_evidence(head, content.evidence))


def trust_here(data: Path, scratch: Path) -> tuple[Path, ...]:
    """Files with what counts in a profile's folder: the certificates confirmed there, and the unit's own,
    which is written into `scratch`. The profile need not be open, nor be there at all."""
    own: tuple[Path, ...] = ()
    if KeyRoom(data).status().certificate is not None:
        file = scratch / "own.pem"
        file.write_bytes(KeyRoom(data).certificate().pem)
        own = (file,)
    return (*own, *trusted_files(data))


def heard_signer(package: Path, fingerprint: str, spoken: str, to: Path) -> Path:
    """The certificate of a signer, as a file in `to`, now that `spoken` was heard from them.

    Raises KnownError trust.code_differs, and as `verify` does.
    """
    found, texts = verified_texts(package, Trusted(), vietnam_now())
    for number, signer in enumerate(found.signers, 1):
        if signer.fingerprint == fingerprint:
            manifest = hashlib.sha256(texts[manifest_name(number)]).digest()
            certificate = check_signature(texts[signature_name(number)], manifest).signer
            if not is_spoken(certificate, spoken):
                raise KnownError("trust.code_differs", unusable_input=False, name=signer.name)
            file = to / f"{fingerprint}.pem"
            file.write_bytes(certificate.pem)
            return file
    raise KnownError("package.changed_meanwhile", name=package.name)


def write_table(look: FolderLook, to: Path, progress: Progress | None = None) -> Path:
    """The table of who handed in what, as CSV or XLSX by the ending of `to`; whole or not at all.

    Raises KnownError documents.… for a place that can't be written, verification.table_kind.
    """
    writers = {".csv": write_package_csv, ".xlsx": write_package_xlsx}
    write = writers.get(to.suffix.lower())
    if write is None:
        raise KnownError("verification.table_kind", name=to.name)
    with whole_file(to) as part:
        write(part, look, progress or Progress())
    return to


def _titled(file: FileFinding) -> FileFinding:
    """The files that every package has bear no title in the head; people read one here."""
    known = _TITLES.get(file.name)
    return file if known is None else replace(file, title=text(f"verification.{known}"))


def as_json(found: Verification) -> dict[str, Any]:
    """The object that `cchc verify --json` prints. What is not known is null."""
    return {
        "status": found.outcome.value,
        "reasons": [
            {
                "code": reason.code,
                "aspect": reason.aspect.value,
                "leads_to": reason.leads_to.value,
                "message": render(reason.message),
            }
            for reason in found.reasons
        ],
        "package_id": found.package_id or None,
        "kind": found.kind or None,
        "period": found.period or None,
        "sender": found.sender or None,
        "revision": found.revision,
        "manifest_sha256": found.manifest_sha256 or None,
        "signers": [
            {
                "name": signer.name,
                "fingerprint": signer.fingerprint,
                "signed_at": signer.signed_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
                "status": signer.outcome.value,
            }
            for signer in found.signers
        ],
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256, "ok": file.ok}
            for file in found.files
        ],
    }


def folder_json(look: FolderLook) -> dict[str, Any]:
    """The object that `cchc verify --json` prints of several packages."""
    return {
        "packages": [_package_json(one) for one in look.packages],
        "summary": {
            "packages": len(look.packages),
            "senders": look.senders(),
            "newest": sum(one.standing is Standing.NEWEST for one in look.packages),
            "superseded": sum(one.standing is Standing.SUPERSEDED for one in look.packages),
            "evidence_missing": sum(len(one.missing) for one in look.packages),
            "status": {outcome.value: count for outcome, count in look.counts().items()},
        },
    }


def _package_json(one: PackageLook) -> dict[str, Any]:
    total = one.score.total if one.score else None
    return {
        "file": one.name,
        **as_json(one.verification),
        "sender_name": one.verification.sender_name or None,
        "standing": one.standing.value,
        "stated_score": None
        if total is None
        else {
            "points": f"{total.points:f}",
            "max": f"{total.max_points:f}",
            "final": None if total.final is None else f"{total.final:f}",
            "class": total.class_label,
            "class_provisional": total.class_provisional,
            "open_points": f"{total.open_points:f}",
        },
        "evidence": {
            "listed": len(one.evidence),
            "missing": [
                {"name": missing.name, "size": missing.size, "sha256": missing.sha256}
                for missing in one.missing
            ],
        },
    }


def summary(look: FolderLook) -> str:
    """The folder in one sentence."""
    return summary_words(look)


def remarks(one: PackageLook) -> tuple[str, ...]:
    """What is wrong with a package or to be known of it, in words, the worst first."""
    return package_remarks(one)
