"""Releases of a small program, installed as every target has it, and packs that really are signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.update import Update
from cchc_desktop.package.layout import UPDATE_NAME
from cchc_desktop.package.naming import new_package_id
from cchc_desktop.package.strict_json import write_json
from cchc_desktop.package.writer import Part, write_package
from cchc_desktop.program.place import Installation
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.signer import Signer
from resources.installer import listing, update_pack
from tests.trust.authority import AnySigner, Authority

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
OLD, NEW = "1.0.0", "1.1.0"
Files = dict[str, bytes]

FILES: Files = {
    "cchc_desktop/__init__.pyc": b"version 1.0.0",
    "cchc_desktop/scoring.pyc": b"old scoring " * 500,
    "cchc_desktop/gone.pyc": b"a module that the new version has no more",
    "lib/libQt6Core.so.6": b"\x7fELF" + b"Qt " * 20_000,
    "lib/python311.zip": b"PK" + b"library " * 5000,
    "resources/help/pages.md": "# Trợ giúp\n".encode(),
    "forms/criteria/xa-mau-2026.json": b"{}\n",
    "cchc-program": b"\x7fELF the version's own start",
    **{f"resources/icons/{number:02d}.svg": b"<svg/>" * number for number in range(1, 9)},
}
CHANGED: Files = {
    "cchc_desktop/__init__.pyc": b"version 1.1.0",
    "cchc_desktop/scoring.pyc": b"new scoring " * 600,
    "cchc_desktop/rules/new_rule.pyc": b"a rule that was not there",
    "cchc-program": b"\x7fELF the new version's own start",
}
NEW_FILES: Files = {path: content for path, content in (FILES | CHANGED).items() if "gone" not in path}


def lay(root: Path, version: str, files: Files, target: str = "linux") -> Path:
    """A whole version below `root`, listed by the very code that lists a build; its folder."""
    folder = root / "versions" / version
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "cchc-program").chmod(0o755)
    listing.write(listing.of_folder(folder, version, target), folder)
    return folder


def install(
    root: Path, version: str = OLD, files: Files | None = None, target: str = "linux"
) -> Installation:
    """An installed program: version, pointer, launcher."""
    folder = lay(root, version, FILES if files is None else files, target)
    (root / "current").write_text(f"{version}\n", encoding="ascii")
    (root / "cchc-desktop").write_bytes(b"#!/bin/sh\n")
    return Installation(root, folder)


@dataclass
class Publisher:
    """A CA and the release key that it issued; `files` are what a program that knows them comes with."""

    authority: Authority
    signer: Signer
    certificate: Certificate
    folder: Path

    def files(self) -> tuple[Path, ...]:
        return tuple(sorted(self.folder.glob("*.pem")))

    def know(self, *certificates: Certificate) -> None:
        for certificate in certificates:
            (self.folder / f"{certificate.fingerprint[:16]}.pem").write_bytes(certificate.pem)

    def issue(self, **changes: Any) -> AnySigner:
        """Another key of the same CA."""
        times = {"start": NOW - DAY, "end": NOW + DAY} | changes
        key, certificate = self.authority.issue("Nhà phát hành khác", "CCHC-DESKTOP", **times)
        return AnySigner(key, certificate)


def publisher(folder: Path, code: str = "CCHC-DESKTOP") -> Publisher:
    """A new one, whose certificate lies in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = Authority(NOW, "Nhà phát hành CCHC (CA mẫu)")
    key, certificate = authority.issue("Nhà phát hành CCHC", code, NOW - 400 * DAY, NOW + 400 * DAY)
    made = Publisher(authority, AnySigner(key, certificate), certificate, folder)
    made.know(certificate)
    return made


def difference(old: Path, new: Path, notes: str = "Sửa cách làm tròn điểm.") -> Update:
    return update_pack.difference(update_pack.release(old), update_pack.release(new), notes)


def pack(
    to: Path,
    signer: Signer,
    old: Path,
    new: Path,
    now: datetime | None = None,
    **changes: Any,
) -> Path:
    """A pack from the one version's folder to the other's; `changes` go into its list, signed and all."""
    update = replace(difference(old, new), **changes)
    return update_pack.write(update, new, signer, to, now)


def shape(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expected(files: Files) -> dict[str, str]:
    """The same, worked out from what was meant; without `files.json`."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def version_files(folder: Path) -> dict[str, str]:
    """The shape of a version's folder, without `files.json`."""
    found = shape(folder)
    del found["files.json"]
    return found


def versions_in(program: Installation) -> list[str]:
    return sorted(path.name for path in program.versions_folder.iterdir() if path.name != "update.lock")


def forged(to: Path, signer: Signer, words: dict[str, Any], contents: dict[str, bytes]) -> Path:
    """A pack that is signed and whole, and says in its list whatever it likes."""
    now = datetime.now(UTC)
    head = PackageHead(
        package_id=new_package_id(),
        kind=PackageKind.UPDATE,
        period="2026",
        sender_id="CCHC-DESKTOP",
        sender_name="Nhà phát hành CCHC",
        recipient_id="",
        revision=0,
        previous_manifest_sha256="",
        created_at=now,
        counter=0,
        journal_head="",
        form_pack=PackRef("", 0),
    )
    parts = [
        Part(UPDATE_NAME, write_json(words)),
        *(Part(name, content) for name, content in contents.items()),
    ]
    path = to / "goi.asice"
    with path.open("wb") as file:
        write_package(file, head, parts, signer, now)
    return path
