"""Runs inside a session with a real Secret Service; the test reads what it prints (one JSON object)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import keyring

from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.authority import authority_certificate, next_list, request_for
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.keyring_secret import SERVICE


def main(job: str, folder: Path) -> dict[str, object]:
    room = KeyRoom(folder)
    if job == "create":
        room.create("UBND xã Ea Kao", "XA-EA-KAO", None, vietnam_now())
    elif job == "forget":
        keyring.delete_password(SERVICE, account(room))
    elif job == "replace":
        room.create("UBND xã Ea Kao", "XA-EA-KAO", None, vietnam_now())
    elif job == "create-ca":
        room.create("Sở Nội vụ", "SNV", None, vietnam_now(), authority_certificate)
    elif job == "issue":
        return issue(room, folder)
    elif job == "prepare":
        room.prepare("UBND xã Ea Kao", "XA-EA-KAO", None, vietnam_now())
    elif job == "take":
        taken(room)
    status = room.status()
    found: dict[str, object] = {
        "backend": type(keyring.get_keyring()).__module__,
        "state": status.state.value,
        "reason": status.reason.id if status.reason else None,
        "protection": status.protection.value if status.protection else None,
        "fingerprint": status.certificate.fingerprint if status.certificate else None,
    }
    try:
        found["signature"] = len(room.signer().sign(b"message"))
        found["secret"] = keyring.get_password(SERVICE, account(room))
    except KnownError as error:
        found["error"] = error.code
    return found


def issue(room: KeyRoom, folder: Path) -> dict[str, object]:
    """The CA of this room issues a certificate and makes a list; the secrets of both keys are told."""
    unit = KeyRoom(folder / "xã")
    unit.create("UBND xã Ea Kao", "XA-EA-KAO", None, vietnam_now())
    first = account(unit)
    authority = room.authority()
    issued = authority.issue(request_for(unit.certificate()), vietnam_now())
    unit.take(issued)
    (folder / "ca.pem").write_bytes(authority.certificate.pem)
    (folder / "unit.pem").write_bytes(issued.pem)
    (folder / "crl.pem").write_text(next_list(authority, None, (), vietnam_now()).pem)
    return {
        "ca_secret": keyring.get_password(SERVICE, account(room)),
        "unit_secret": keyring.get_password(SERVICE, first),
        "issued": unit.certificate().fingerprint == issued.fingerprint,
    }


def taken(room: KeyRoom) -> None:
    """What an office would do with the key that waits."""
    waiting = room.next_certificate()
    assert waiting is not None
    ca = KeyRoom(room._folder.parent / "ca")
    ca.create("Sở Nội vụ", "SNV", None, vietnam_now(), authority_certificate)
    room.take(ca.authority().issue(request_for(waiting), vietnam_now()))


def account(room: KeyRoom) -> str:
    key_file = room._needed()
    return key_file.account


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))) + "\n")
