"""500 MB of evidence in 200 files of 2.5 MiB, for the figures of writing and verifying a package."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackagedEvidence, PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.writer import Part, write_package
from cchc_desktop.trust.certificate import read_certificate, self_signed
from cchc_desktop.trust.signer import SoftwareSigner
from cchc_desktop.trust.trusted import Trusted

FILES, SIZE = 200, 5 << 19
NOW = datetime.now(UTC).replace(microsecond=0)


def prepare(folder: Path, times: float = 1) -> None:
    """The files, which don't shrink, as they lie in an evidence store."""
    store = folder / "evidence"
    if store.exists():
        return
    store.mkdir()
    for number in range(round(FILES * times)):
        (store / f"{number:04d}.pdf").write_bytes(os.urandom(SIZE))


def package(folder: Path) -> tuple[PackageHead, list[Part], SoftwareSigner]:
    """What the writer is given: the head says each file's size and digest."""
    parts, listed = [], []
    for path in sorted((folder / "evidence").iterdir()):
        digest, entry = _digest(path), f"evidence/{path.name}"
        parts.append(Part(entry, path, path.name, SIZE, digest))
        listed.append(PackagedEvidence(path.stem, path.name, SIZE, digest, entry))
    key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)
    head = PackageHead(
        package_id="01900000-0000-7000-8000-000000000000",
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
        form_pack=PackRef("xa-mau-2026", 1),
        evidence=tuple(listed),
    )
    return head, parts, SoftwareSigner(key, read_certificate(der))


def write(folder: Path, name: str) -> Trusted:
    """A package on the disk, for good; who signed it is trusted."""
    head, parts, signer = package(folder)
    with (folder / name).open("wb") as file:
        write_package(file, head, parts, signer, NOW)
        file.flush()
        os.fsync(file.fileno())
    return Trusted((signer.certificate,))


def _digest(path: Path) -> str:
    """Without filling the memory that is measured."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        buffer = memoryview(bytearray(1 << 20))
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
    return digest.hexdigest()


def most_memory() -> float:
    """The most that this process ever held, in MB (what getrusage says may be its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
