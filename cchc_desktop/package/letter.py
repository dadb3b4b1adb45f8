"""A letter: a small signed package with one file of data, such as a receipt or an enrolment."""

from __future__ import annotations

import io
from datetime import datetime

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.writer import Part, write_package
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.signer import Signer

LARGEST_LETTER = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Letter:
    """The whole package, and what names it."""

    package_id: str
    manifest_sha256: str
    content: bytes


def write_letter(
    kind: PackageKind,
    entry: str,
    content: bytes,
    signer: Signer,
    now: datetime,
    *,
    period: str,
    recipient: str = "",
    revision: int = 0,
    counter: int = 0,
) -> Letter:
    """The sender is whom the signer's certificate names."""
    from uuid6 import uuid7

    certificate = signer.certificate
    head = PackageHead(
        package_id=str(uuid7()),
        kind=kind,
        period=period,
        sender_id=certificate.unit_code,
        sender_name=certificate.name,
        recipient_id=recipient,
        revision=revision,
        previous_manifest_sha256="",
        created_at=now,
        counter=counter,
        journal_head="",
        form_pack=PackRef("", 0),
    )
    to = io.BytesIO()
    written = write_package(to, head, [Part(entry, content)], signer, now)
    return Letter(head.package_id, written.manifest_sha256, to.getvalue())
