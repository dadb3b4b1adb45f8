"""Signatures inside PDFs: of any file, and of the documents that a package carries. Nothing is imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.domain.pdf_signature import LARGEST_PDF, PdfCheck
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.package.layout import DOCUMENTS_FOLDER
from cchc_desktop.package.reader import Copying
from cchc_desktop.package.verifier import verified_copy, verify_package
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.pades_check import check_pdf
from cchc_desktop.trust.trusted import load_trusted


@dataclass(frozen=True, slots=True)
class SignedInside:
    """A document of a package that bears signatures of its own. `entry` is its name in the package."""

    entry: str
    title: str
    check: PdfCheck


def pdf_signatures(pdf: bytes | Path, trust: Sequence[Path] = ()) -> PdfCheck:
    """Every signature of a PDF, judged by the same rules as a package's; `unsigned` where there is none.

    `trust` are PEM files as for a package. Raises KnownError trust.file_… for those only.
    """
    return check_pdf(pdf, load_trusted(trust), vietnam_now())


def signed_inside(
    package: Path, trust: Sequence[Path] = (), progress: Progress | None = None
) -> tuple[SignedInside, ...]:
    """The PDFs in a package's documents that are signed, or that look signed and are not in order.

    It says nothing new of the package itself, whose signature covers every byte of them. Empty for a package
    that is invalid or unreadable. Raises those of `verification.verify` and `Cancelled`.
    """
    trusted, now = load_trusted(trust), vietnam_now()
    found = verify_package(package, trusted, now, progress)
    if found.outcome in (Outcome.INVALID, Outcome.UNREADABLE):
        return ()
    signed = []
    for file in found.files:
        if not file.name.startswith(f"{DOCUMENTS_FOLDER}/") or not file.name.endswith(".pdf"):
            continue
        if file.size > LARGEST_PDF:
            continue
        content = bytearray()
        verified_copy(package, trusted, now, Copying(file.name, content.extend), progress)
        check = check_pdf(bytes(content), trusted, now)
        if not check.unsigned:
            signed.append(SignedInside(file.name, file.title, check))
    return tuple(signed)
