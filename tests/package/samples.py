"""Small real packages for the tests, and the keys that sign them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from uuid6 import uuid7

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackagedEvidence, PackagedFile, PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.writer import Part, Written, write_package
from cchc_desktop.trust.certificate import read_certificate, self_signed
from cchc_desktop.trust.signer import SoftwareSigner

NOW = datetime.now(UTC).replace(microsecond=0)
PDF = b"%PDF-1.4\n% a scan\n%%EOF\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(40))


@cache
def signer_of(name: str = "UBND xã Ea Kao", code: str = "XA-EA-KAO") -> SoftwareSigner:
    key, der = self_signed(name, code, NOW - timedelta(days=1))
    return SoftwareSigner(key, read_certificate(der))


def parts() -> list[Part]:
    return [
        Part("documents/selfscore.pdf", b"%PDF-1.4\n%%EOF\n", "Bảng tự chấm điểm năm 2026.pdf"),
        Part("evidence/0001.pdf", PDF, "Quyết định 12.pdf", len(PDF), hashlib.sha256(PDF).hexdigest()),
        Part("evidence/0002.png", PICTURE, "Ảnh một cửa.png"),
    ]


def head(**changes: object) -> PackageHead:
    plain = PackageHead(
        package_id=str(uuid7()),
        kind=PackageKind.SELFSCORE,
        period="2026",
        sender_id="XA-EA-KAO",
        sender_name="UBND xã Ea Kao",
        recipient_id="SO-NOI-VU",
        revision=0,
        previous_manifest_sha256="",
        created_at=NOW,
        counter=1,
        journal_head="ab" * 32,
        form_pack=PackRef("commune-2026-sample", 1),
        documents=(PackagedFile("documents/selfscore.pdf", "Bảng tự chấm điểm năm 2026.pdf"),),
        evidence=(
            _evidence("e1", "Quyết định 12.pdf", PDF, "evidence/0001.pdf"),
            _evidence("e2", "Ảnh một cửa.png", PICTURE, "evidence/0002.png"),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def _evidence(id_: str, name: str, content: bytes, entry: str) -> PackagedEvidence:
    return PackagedEvidence(id_, name, len(content), hashlib.sha256(content).hexdigest(), entry)


def packed(
    package_head: PackageHead | None = None,
    files: list[Part] | None = None,
    signer: SoftwareSigner | None = None,
    at: datetime = NOW,
) -> tuple[bytes, Written]:
    """A package as bytes."""
    to = io.BytesIO()
    written = write_package(
        to, package_head or head(), parts() if files is None else files, signer or signer_of(), at
    )
    return to.getvalue(), written


def on_disk(folder: Path, content: bytes, name: str = "XA-EA-KAO_TCD_2026_L00.asice") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def pinned(folder: Path, signer: SoftwareSigner | None = None) -> Path:
    """The certificate as the receiver pins it."""
    path = folder / "trust.pem"
    path.write_bytes((signer or signer_of()).certificate.pem)
    return path
