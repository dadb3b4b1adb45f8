"""Handing in through the network: the office's server, the token, what is under way, and the receipt."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cchc_desktop.delivery import upload, upload_access, upload_receipt
from cchc_desktop.delivery.upload_address import host_of, normal
from cchc_desktop.delivery.upload_line import Server, check_authority
from cchc_desktop.domain.delivery import UPLOAD, Delivery, DeliveryState, FileRole
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.transfer import Transfer
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import deliveries, settings, submissions
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.transfers import StoredTransfer
from cchc_desktop.trust import upload_token
from cchc_desktop.trust.keyring_secret import KeyringAbsent, KeyringShut

SERVER_SETTING, AUTHORITY_SETTING, REMEMBER_SETTING = "upload_server", "upload_authority", "upload_remember"
LARGEST_AUTHORITY = 256 * 1024


@dataclass(frozen=True)
class Office:
    """The server as the unit set it. `has_token`: nothing has to be typed. `has_authority`: an own CA."""

    address: str
    host: str
    has_token: bool
    has_authority: bool
    remembers: bool


@dataclass(frozen=True)
class Begun:
    """An upload that was begun and can go on: what the server had at last, of how much (bytes)."""

    delivery: Delivery
    sent: int
    size: int


def office(profile: Profile) -> Office:
    """What is known of the server; asks the system's store of secrets, so it may take a moment."""
    address, authority, remembers = _settings(profile)
    return Office(
        address=address,
        host=host_of(address) if address else "",
        has_token=bool(address) and _token(address) is not None,
        has_authority=bool(authority),
        remembers=remembers,
    )


def set_address(profile: Profile, typed: str) -> str:
    """The address as it is kept. Raises KnownError upload.bad_address, upload.not_encrypted."""
    address = normal(typed)
    profile.write(lambda change: change.set_setting(SERVER_SETTING, address))
    return address


def set_authority(profile: Profile, file: Path | None) -> None:
    """Trust also the CA in this PEM file for the server's own certificate; None: only the system's.

    The file's content is kept, not its place. Raises KnownError upload.authority_unreadable.
    """
    pem = ""
    if file is not None:
        try:
            if file.stat().st_size > LARGEST_AUTHORITY:
                raise KnownError("upload.authority_unreadable")
            pem = file.read_text("ascii")
        except (OSError, ValueError) as error:
            raise KnownError("upload.authority_unreadable", detail=str(error)) from error
        check_authority(pem)
    profile.write(lambda change: change.set_setting(AUTHORITY_SETTING, pem))
    upload_access.forget(_settings(profile)[0])


def use_token(profile: Profile, typed: str, *, remember: bool) -> bool:
    """Hand in with this token while the program runs; with `remember` the system's store keeps it.

    Whether it was kept: False where there is no store of secrets, then it is asked for each time. The token
    goes nowhere else. Raises KnownError upload.no_address, upload.bad_token.
    """
    address, authority, _remembers = _settings(profile)
    if not address:
        raise KnownError("upload.no_address", unusable_input=False)
    token = upload_token.checked(typed)
    upload_access.use(Server(address, token, authority))
    profile.write(lambda change: change.set_setting(REMEMBER_SETTING, "1" if remember else "0"))
    if not remember:
        upload_token.forget(address)
        return False
    try:
        upload_token.keep(address, token)
    except (KeyringAbsent, KeyringShut):
        return False
    return True


def forget_token(profile: Profile) -> None:
    """Here and in the system's store."""
    address = _settings(profile)[0]
    upload_access.forget(address)
    upload_token.forget(address)


def be_ready(profile: Profile) -> str:
    """The server's address, now that everything needed to reach it is at hand.

    Raises KnownError upload.no_address, upload.no_token, upload.authority_unreadable.
    """
    address, authority, _remembers = _settings(profile)
    if not address:
        raise KnownError("upload.no_address", unusable_input=False)
    token = _token(address)
    if token is None:
        raise KnownError("upload.no_token", unusable_input=False, host=host_of(address))
    upload_access.use(Server(address, token, authority))
    return address


def check_server(profile: Profile) -> int | None:
    """Ask the server once, sending nothing: the largest package that it takes in bytes, None for any.

    Raises KnownError upload.… with what is wrong and what to do.
    """
    return upload.look_at(upload_access.server(be_ready(profile))).largest


def begun(profile: Profile, round_id: str) -> tuple[Begun, ...]:
    """Uploads of this round that stopped on their way; newest first."""
    found = []
    for delivery in _uploads(profile, round_id):
        if delivery.state not in (DeliveryState.QUEUED, DeliveryState.WRITTEN, DeliveryState.FAILED):
            continue
        transfers = [known for _name, known in _transfers(profile, delivery) if known is not None]
        size = sum(file.size for file in delivery.files)
        if transfers:
            found.append(Begun(delivery, sum(known.offset for known in transfers), size))
    return tuple(found)


def waiting(profile: Profile, round_id: str) -> tuple[Delivery, ...]:
    """Uploads of this round that arrived whole, and whose receipt has not come yet; newest first."""
    return tuple(one for one in _uploads(profile, round_id) if one.state is DeliveryState.WAITING)


def fetch_receipt(
    profile: Profile, delivery_id: str, progress: Progress | None = None, *, wait: float = 0.0
) -> Path | None:
    """Ask the server for the receipt of that delivery's package, at most `wait` seconds long.

    A file in a folder of its own under the system's temporary one, for `receipts.take` to check: nothing of
    it is believed here. None: there is none yet. Raises KnownError upload.….
    """
    delivery = profile.read(lambda db: deliveries.one(db, delivery_id))
    submission = profile.read(lambda db: submissions.one(db, delivery.submission_id))
    be_ready(profile)
    server = upload_access.server(delivery.target)
    content = upload_receipt.fetch(server, submission.package_id, progress, wait=wait)
    if content is None:
        return None
    file = Path(tempfile.mkdtemp(prefix="cchc-")) / f"{submission.package_id}.asice"
    file.write_bytes(content)
    return file


def give_up(profile: Profile, delivery_id: str) -> None:
    """Forget how far the upload came, and let the server remove its part, if it can be reached."""
    delivery = profile.read(lambda db: deliveries.one(db, delivery_id))
    server = upload_access.known(delivery.target) or Server(normal(delivery.target), "")
    for name, known in _transfers(profile, delivery):
        if known is not None:
            upload.give_up(server, StoredTransfer(profile, delivery.id, name))


def _uploads(profile: Profile, round_id: str) -> tuple[Delivery, ...]:
    known = profile.read(lambda db: deliveries.of_round(db, round_id))
    return tuple(delivery for delivery in known if delivery.channel == UPLOAD)


def _transfers(profile: Profile, delivery: Delivery) -> list[tuple[str, Transfer | None]]:
    names = [file.name for file in delivery.files if file.role is not FileRole.DRAFT]
    return [(name, StoredTransfer(profile, delivery.id, name).recall()) for name in names]


def _settings(profile: Profile) -> tuple[str, str, bool]:
    """Address, CA, and whether the token is remembered."""
    return profile.read(
        lambda db: (
            settings.setting(db, SERVER_SETTING),
            settings.setting(db, AUTHORITY_SETTING),
            settings.setting(db, REMEMBER_SETTING, "1") == "1",
        )
    )


def _token(address: str) -> str | None:
    """The one in use, else the one that the system's store keeps."""
    server = upload_access.known(address)
    return server.token if server is not None else upload_token.recall(address)
