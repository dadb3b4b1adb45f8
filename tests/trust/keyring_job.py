"""Runs inside a session with a real Secret Service; the test reads what it prints (one JSON object)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import keyring

from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
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


def account(room: KeyRoom) -> str:
    return f"signing-key:{room.certificate().fingerprint}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))) + "\n")
