"""A unit, an office, and the line between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cchc_desktop.services import (
    receipts,
    uploads,
)
from cchc_desktop.services.profile import Profile
from tests.delivery.office_server import TOKEN, OfficeServer, office_server, receipt_command

SECRET = "mật khẩu của văn phòng"


@dataclass
class Both:
    """A unit whose certificate an office issued, with a package in its outbox, and that office.

    Made once, copied for each test; the package goes to a server on one port of loopback.
    """

    unit: Path
    office: Path
    round_id: str
    port: int
    package_id: str
    delivery_id: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/files"


@contextmanager
def receiving(both: Both, folder: Path, port: int) -> Iterator[OfficeServer]:
    """Its receipts are signed by the office's own command."""
    secret = folder / "mật khẩu.txt"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    command = receipt_command(
        *("-m", "cchc_desktop", "receipt", "{package}", "--to", "{folder}"),
        *("--office", str(both.office), "--passphrase-file", str(secret)),
    )
    with office_server(folder / "máy chủ", RECEIPT_COMMAND=command, PORT=port) as started:
        yield started


def ready(profile: Profile, address: str) -> str:
    """What the user types once; this machine has no store of secrets."""
    kept = uploads.set_address(profile, address)
    assert not uploads.use_token(profile, TOKEN, remember=True)
    return kept


def receipted(profile: Profile, delivery_id: str) -> receipts.Taken:
    file = uploads.fetch_receipt(profile, delivery_id, wait=60)
    assert file is not None
    return receipts.take(profile, file, delivery_id)[1]
