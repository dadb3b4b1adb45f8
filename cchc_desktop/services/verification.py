"""Check a package from anyone, without unpacking or importing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import FileFinding, Verification
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.language import render, text
from cchc_desktop.package.layout import FORMPACK_NAME, HEAD_NAME, PLAN_NAME, SELFSCORE_NAME
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import load_trusted

_TITLES = {
    HEAD_NAME: "title_head",
    PLAN_NAME: "title_plan",
    SELFSCORE_NAME: "title_selfscore",
    FORMPACK_NAME: "title_formpack",
}


def verify(package: Path, trust: Sequence[Path] = (), progress: Progress | None = None) -> Verification:
    """The outcome with its reasons. `trust` are PEM files with certificates and revocation lists.

    Raises KnownError for a file that can't be opened (package.missing, package.no_file, package.unreadable)
    and for trust files that are none (trust.file_unreadable, trust.file_too_large, trust.file_not_pem).
    """
    found = verify_package(package, load_trusted(trust), vietnam_now(), progress)
    return replace(found, files=tuple(_titled(file) for file in found.files))


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
