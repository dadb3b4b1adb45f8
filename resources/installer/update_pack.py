"""A signed update pack out of two releases: only the files that differ, in the container of all packages.

python3 build_installer.py update --from RELEASE --to RELEASE --key KEY.p12
    RELEASE               a portable ZIP, a .tar.xz, a program's folder; for --from its files.json is enough
    --passphrase-file F   of the key; else $CCHC_RELEASE_PASSPHRASE, else asked for
    --notes FILE          what is new, in Vietnamese, for the people who apply it
    --out DIR             where the pack goes (dist/)
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import hashlib
import os
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.domain.update import (
    LONGEST_NOTES,
    Action,
    Listing,
    Update,
    UpdateFile,
    applied,
    clash,
    path_fault,
    version_order,
)
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.package.layout import EXTENSION, FILES_FOLDER, MOST_ENTRIES, UPDATE_NAME
from cchc_desktop.package.naming import new_package_id
from cchc_desktop.package.update_codec import write_update
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.package.writer import Part, write_package
from cchc_desktop.program import listing as listings
from cchc_desktop.trust.pkcs12_file import pkcs12_signer
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import Trusted, load_trusted
from resources.installer import ROOT, BuildError

PASSPHRASE = "CCHC_RELEASE_PASSPHRASE"  # noqa: S105 - the name of a variable
_NO_CODE = "CCHC-DESKTOP"
_BESIDE = 5
"""Entries of a pack besides the files: head, list, digests, manifest, signature, type."""


@dataclass(frozen=True)
class Release:
    """`listing_sha256` is of its `files.json`; `folder` is None where only that is at hand."""

    listing: Listing
    listing_sha256: str
    folder: Path | None


def difference(old: Release, new: Release, notes: str = "") -> Update:
    """What turns `old` into `new`. Raises BuildError where no program could apply it."""
    if old.listing.target != new.listing.target:
        raise BuildError(f"{old.listing.target} can't become {new.listing.target} by an update")
    if version_order(new.listing.version) <= version_order(old.listing.version):
        raise BuildError(f"version {new.listing.version} is no update of {old.listing.version}")
    if len(notes) > LONGEST_NOTES:
        raise BuildError(f"the notes have more than {LONGEST_NOTES} letters")
    before, after = old.listing.files, new.listing.files
    bad = [path for path in after if path_fault(path) is not None]
    if bad or (bad := [path for path in [clash([*after, listings.NAME])] if path]):
        raise BuildError(f"{bad[0]} can't be a program's file on every system")
    changed = [path for path in sorted(after) if before.get(path) != after[path]]
    if len(changed) > MOST_ENTRIES - 1 - _BESIDE:
        raise BuildError(f"{len(changed)} files differ: too many for an update pack, hand out the installer")
    written = [
        UpdateFile(
            path,
            Action.WRITE,
            after[path].sha256,
            after[path].size,
            after[path].executable,
            f"{FILES_FOLDER}/{number:04d}.bin",
        )
        for number, path in enumerate(changed, 1)
    ]
    removed = [UpdateFile(path, Action.REMOVE) for path in sorted(before.keys() - after.keys())]
    update = Update(
        version=new.listing.version,
        from_version=old.listing.version,
        target=new.listing.target,
        from_listing=old.listing_sha256,
        listing=new.listing_sha256,
        files=(*written, *removed),
        notes=notes,
    )
    made = hashlib.sha256(listings.as_bytes(applied(old.listing, update))).hexdigest()
    if made != new.listing_sha256:
        raise BuildError("the new files.json is not in the form that installed programs write; build anew")
    return update


def write(update: Update, program: Path, signer: Signer, to: Path, now: datetime | None = None) -> Path:
    """Write the pack into the folder `to` and read it back. An older one of that name is replaced."""
    at = now or vietnam_now()
    certificate = signer.certificate
    head = PackageHead(
        package_id=new_package_id(),
        kind=PackageKind.UPDATE,
        period=str(at.year),
        sender_id=certificate.unit_code or _NO_CODE,
        sender_name=certificate.name,
        recipient_id="",
        revision=0,
        previous_manifest_sha256="",
        created_at=at,
        counter=0,
        journal_head="",
        form_pack=PackRef("", 0),
    )
    files = [
        Part(file.entry, program / file.path, file.path, file.size, file.sha256) for file in update.written
    ]
    to.mkdir(parents=True, exist_ok=True)
    pack = to / f"cchc-desktop_{update.from_version}-{update.version}_{update.target}{EXTENSION}"
    part = pack.with_name(f"{pack.name}.part")
    try:
        with part.open("wb") as file:
            write_package(file, head, [Part(UPDATE_NAME, write_update(update)), *files], signer, at)
        found = verify_package(part, Trusted((certificate,)), at)
        if found.outcome not in (Outcome.VALID, Outcome.VALID_WITH_WARNINGS):
            codes = ", ".join(reason.code for reason in found.reasons)
            raise BuildError(f"the pack does not verify ({codes})")
        part.replace(pack)
    except KnownError as error:
        raise BuildError(f"the pack was not written: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return pack


def release(path: Path) -> Release:
    """A release by its `files.json`, or by the folder that holds it: the version's or the program's."""
    if path.is_file():
        content = path.read_bytes()
        try:
            return Release(listings.parsed(content), hashlib.sha256(content).hexdigest(), None)
        except ValueError as error:
            raise BuildError(f"{path} is no files.json: {error}") from error
    found = sorted(path.glob(f"**/versions/*/{listings.NAME}")) or sorted(path.glob(listings.NAME))
    if len(found) != 1:
        raise BuildError(f"{path} holds {len(found)} versions of the program; name the folder of one")
    listing, digest = listings.read(found[0].parent)
    return Release(listing, digest, found[0].parent)


@contextmanager
def opened(path: Path) -> Iterator[Release]:
    """The same of a portable ZIP or a .tar.xz, unpacked for as long as it is needed."""
    if path.is_dir() or path.suffix == ".json":
        yield release(path)
        return
    with tempfile.TemporaryDirectory(prefix="cchc-release-") as folder:
        try:
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    archive.extractall(folder)
            else:
                with tarfile.open(path) as unpacked:
                    unpacked.extractall(folder, filter="data")
        except (OSError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise BuildError(f"{path} can't be unpacked: {error}") from error
        yield release(Path(folder))


def key(file: Path, passphrase: str) -> Signer:
    """The release key. Raises BuildError with what is wrong with the file or the passphrase."""
    try:
        return pkcs12_signer(SignerChoice(SignerKind.PKCS12, str(file)), passphrase)
    except KnownError as error:
        raise BuildError(f"{file.name} can't sign: {error}") from error


def passphrase_of(file: Path | None) -> str:
    if file is not None:
        return file.read_text("utf-8").rstrip("\r\n")
    return os.environ.get(PASSPHRASE) or getpass.getpass("Passphrase of the release key: ")


def takes(program: Path, signer: Signer) -> bool:
    """Whether that version knows the signer: programs of that version take packs of this key."""
    known = load_trusted(sorted(program.glob("**/resources/trusted/publishers/*.pem")))
    issuers = {certificate.subject for certificate in known.authorities}
    return known.pins(signer.certificate) or signer.certificate.issuer in issuers


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build_installer.py update", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--from", dest="old", type=Path, required=True, metavar="RELEASE")
    parser.add_argument("--to", dest="new", type=Path, required=True, metavar="RELEASE")
    parser.add_argument("--key", type=Path, required=True, metavar="KEY.p12")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE")
    parser.add_argument("--notes", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    return parser.parse_args(words)


def run(words: Sequence[str]) -> int:
    chosen = arguments_of(words)
    notes = chosen.notes.read_text("utf-8").strip() if chosen.notes else ""
    signer = key(chosen.key, passphrase_of(chosen.passphrase_file))
    with opened(chosen.old) as old, opened(chosen.new) as new:
        if new.folder is None:
            raise BuildError("--to needs the program itself, its files.json is not enough")
        update = difference(old, new, notes)
        pack = write(update, new.folder, signer, chosen.out)
        unknown = old.folder is not None and not takes(old.folder, signer)
    removed = len(update.files) - len(update.written)
    sys.stdout.write(
        f"{pack}: {update.from_version} to {update.version} for {update.target}, "
        f"{len(update.written)} files written, {removed} removed, {pack.stat().st_size / 1e6:.2f} MB\n"
    )
    if unknown:
        sys.stdout.write(
            f"but {update.from_version} does not know {signer.certificate.name} and will refuse it\n"
        )
    return 0
