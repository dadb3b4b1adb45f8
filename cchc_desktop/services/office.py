"""A receiving office takes packages in: checked with their history, noted in its register, receipted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cchc_desktop import paths
from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.office import Received
from cchc_desktop.domain.package_history import TRUSTED, KnownPackage, refusals, with_history
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.receipt import Receipt
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.package.json_fields import LONGEST_NAME, is_plain
from cchc_desktop.package.layout import RECEIPT_NAME
from cchc_desktop.package.letter import write_letter
from cchc_desktop.package.naming import answer_file_name, package_file_name
from cchc_desktop.package.receipt_codec import write_receipt
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.store import office_register
from cchc_desktop.store.office_register import OfficeRegister
from cchc_desktop.trust.authority import next_list
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import keep_newer
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import load_trusted, trusted_files

OFFICE_FOLDER, AUTHORITY_FOLDER = "office", "ca"
TAKEN_KINDS = frozenset({PackageKind.PLAN.value, PackageKind.SELFSCORE.value, PackageKind.REPORT.value})


def office_folder(data: Path | None, chosen: Path | None = None) -> Path:
    """Where an office keeps its keys, CA and register: chosen, else `office` in the data folder."""
    return chosen.expanduser().absolute() if chosen else paths.data_folder(data) / OFFICE_FOLDER


def exists(folder: Path) -> bool:
    return office_register.exists(folder)


def key_status(folder: Path) -> KeyStatus:
    """Of the key that signs receipts and answers."""
    return KeyRoom(folder).status()


def unlock(folder: Path, passphrase: str) -> None:
    """Raises KnownError trust.wrong_passphrase, trust.no_key, trust.key_file_damaged."""
    KeyRoom(folder).unlock(passphrase)


def received(folder: Path) -> tuple[Received, ...]:
    """In the order in which they came. Raises KnownError office.none, store.…"""
    with OfficeRegister.opened(folder) as register:
        return register.received()


def known_packages(folder: Path) -> tuple[KnownPackage, ...]:
    """The register as history of a package that is looked at."""
    return tuple(_known(one) for one in received(folder))


def trust_files(folder: Path) -> tuple[Path, ...]:
    """What this office trusts: its CA with its newest list, and what it pinned."""
    return trusted_files(folder)


def take_in(
    folder: Path,
    package: Path,
    to: Path,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> tuple[Verification, Received, Path]:
    """Check the package with its history, note it, and write the signed receipt into the folder `to`.

    The same package again gets the same receipt again, byte by byte, and no second row. Raises KnownError
    office.refused (all reasons) for an older revision, a repeated id with other content and everything but
    the first two outcomes; office.other_kind; those of the key (trust.…) and of the medium (delivery.…).
    """
    at = now or vietnam_now()
    with OfficeRegister.opened(folder) as register:
        found = verify_package(package, load_trusted(trusted_files(folder)), at, progress)
        row = _same(register, found)
        if row is None:
            known = [_known(one) for one in register.received()]
            found = with_history(found, known)
            _refuse(found, package.name)
            signer = KeyRoom(folder).office_signer(at)
            receipt = Receipt(
                package_id=found.package_id,
                manifest_sha256=found.manifest_sha256,
                file_name=_plain_name(package.name, found),
                received_at=at,
                receiver_id=signer.certificate.unit_code,
                receiver_name=signer.certificate.name,
                outcome=found.outcome,
                revocation_list=_revocations(folder, register, at),
            )
            with register.writing():
                row = _same(register, found)  # another program may have been as fast
                if row is None:
                    if len(register.received()) != len(known):
                        raise KnownError("office.meanwhile", unusable_input=False, name=package.name)
                    row = _row(found, receipt, signer, register.next_counter())
                    register.add_received(row)
    return found, row, _placed(to.absolute(), row)


def _row(found: Verification, receipt: Receipt, signer: Signer, counter: int) -> Received:
    """What the register keeps of the package, with the receipt as it is signed now."""
    revision = found.revision or 0
    letter = write_letter(
        PackageKind.RECEIPT,
        RECEIPT_NAME,
        write_receipt(receipt),
        signer,
        receipt.received_at,
        period=found.period,
        recipient=found.sender,
        revision=revision,
        counter=counter,
    )
    return Received(
        package_id=found.package_id,
        manifest_sha256=found.manifest_sha256,
        sender_id=found.sender,
        sender_name=found.sender_name,
        kind=found.kind,
        period=found.period,
        revision=revision,
        signed_at=found.signers[0].signed_at,
        received_at=receipt.received_at,
        file_name=receipt.file_name,
        outcome=found.outcome,
        receipt_id=letter.package_id,
        receipt=letter.content,
    )


def _same(register: OfficeRegister, found: Verification) -> Received | None:
    """The row of this very package; a package that is no longer trusted gets no receipt, not even again."""
    row = register.receipt_of(found.package_id) if found.outcome in TRUSTED else None
    return row if row is not None and row.manifest_sha256 == found.manifest_sha256 else None


def _refuse(found: Verification, name: str) -> None:
    if reasons := refusals(found):
        said = tuple(reason.message for reason in reasons)
        unusable = found.outcome is Outcome.UNREADABLE
        raise KnownError("office.refused", unusable_input=unusable, name=name, reasons=said)
    if found.kind not in TAKEN_KINDS:
        raise KnownError("office.other_kind", unusable_input=False, name=name)


def _revocations(folder: Path, register: OfficeRegister, now: datetime) -> str:
    """The newest list, made anew where it is due and the CA's key is at hand; else the last one as it is."""
    last = register.newest_list()
    room = KeyRoom(folder / AUTHORITY_FOLDER)
    if (last is None or last.is_due(now)) and room.status().state is KeyState.READY:
        with register.writing():
            last = next_list(room.authority(), register.newest_list(), register.certificates(), now)
            register.add_list(last)
        keep_newer(folder, last.pem)
    return "" if last is None else last.pem


def _placed(to: Path, row: Received) -> Path:
    """Named after the package; packs of one filing share that name, so a second one gets its id's end too."""
    name = answer_file_name(
        row.sender_id, PackageKind(row.kind), row.period, row.revision, PackageKind.RECEIPT
    )
    try:
        return channel.place_small(to / name, row.receipt)
    except KnownError as error:
        if error.code != "delivery.exists":
            raise
    stem, dot, extension = name.partition(".")
    return channel.place_small(to / f"{stem}_{row.receipt_id[-8:]}{dot}{extension}", row.receipt)


def _plain_name(name: str, found: Verification) -> str:
    """The name as the file came, where it can be signed and read out; else the one that it should have."""
    if is_plain(name) and len(name) <= LONGEST_NAME and not set("/\\") & set(name):
        return name
    return package_file_name(found.sender, PackageKind(found.kind), found.period, found.revision or 0)


def _known(row: Received) -> KnownPackage:
    return KnownPackage(
        row.package_id,
        row.manifest_sha256,
        row.sender_id,
        row.kind,
        row.period,
        row.revision,
        row.signed_at,
    )
