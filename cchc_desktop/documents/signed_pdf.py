"""Signs a drawn PDF inside: the box by the decree, then the signature."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cchc_desktop.documents.signature_box import Shown, draw_signature_box
from cchc_desktop.domain.pdf_signature import SignsIn
from cchc_desktop.trust import pades
from cchc_desktop.trust.signer import Signer


def signed_pdf(
    pdf: bytes,
    signer: Signer,
    at: datetime,
    signs_in: SignsIn = SignsIn.ORGANISATION,
    number: str = "",
    image: Path | None = None,
) -> bytes:
    """`pdf` with one more visible signature; its own bytes stay in front. Raises KnownError pades.…, trust.…

    Who signs stands in the box as the certificate says it.
    """
    certificate = signer.certificate
    shown = Shown(certificate.name, pades.organisation_of(certificate), at, number, signs_in, image)
    box, stamp = draw_signature_box(shown, pades.places(pdf))
    return pades.sign_pdf(pdf, signer, at, box, stamp)
