"""Everything that touches a secret, in one process with a real Secret Service, logging at its loudest.

Prints one JSON object: the secrets that must be found nowhere else. `ps` is asked all the while.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import keyring

from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.package.letter import Letter
from cchc_desktop.services import enrolment, keys, office_certificates, office_enrolment, packs, profile
from cchc_desktop.trust import key_room
from cchc_desktop.trust.key_file import read_key_file, secret_from_passphrase
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.keyring_secret import SERVICE
from cchc_desktop.trust.signer import SoftwareSigner

PASSPHRASE, CA_PASSPHRASE = "mật khẩu riêng của đơn vị", "mật khẩu riêng của nơi cấp"


def watch(to: Path, stop: threading.Event) -> None:
    with to.open("w", encoding="utf-8") as file:
        while not stop.wait(0.4):
            line = ["ps", "-e", "-o", "args", "e", "ww"]
            file.write(subprocess.run(line, capture_output=True, text=True, check=False).stdout)


def work(folder: Path) -> list[str]:
    """With keyring and with passphrases: made, unlocked, mistyped, rotated, revoked, lost."""
    now = vietnam_now()
    by_keyring, by_passphrase = folder / "kho khóa", folder / "mật khẩu"
    office_certificates.create(by_keyring, "Sở Nội vụ", "SNV", None, None)
    office_certificates.create(by_passphrase, "Sở Tài chính", "STC", PASSPHRASE, CA_PASSPHRASE)
    rooms = [
        KeyRoom(by_keyring),
        KeyRoom(by_keyring / "ca"),
        KeyRoom(by_passphrase),
        KeyRoom(by_passphrase / "ca"),
    ]
    secrets = [PASSPHRASE, CA_PASSPHRASE]
    for room, passphrase in zip(rooms, (None, None, PASSPHRASE, CA_PASSPHRASE), strict=True):
        room.signer().sign(b"x") if not room.certificate().is_ca else room.authority()
        key_file = room._needed()
        if passphrase is None:
            secrets.append(str(keyring.get_password(SERVICE, key_file.account)))
        else:
            secrets.append(secret_from_passphrase(passphrase, key_file.salt))
            room.lock()
            try:
                room.unlock(passphrase + "x")
            except KnownError as error:
                logging.exception("%s", error)
            room.unlock(passphrase)
        secrets += private_parts(key_room._unlocked[key_file.key_id])
    rooms[0].prepare("Sở Nội vụ", "SNV", None, now)
    waiting = rooms[0]._known("next")
    assert waiting is not None
    secrets.append(str(keyring.get_password(SERVICE, waiting.account)))
    secrets += unit(folder / "xã", by_keyring, folder)
    office_certificates.make_list(by_keyring)
    office_certificates.make_list(by_passphrase)
    return secrets


def unit(folder: Path, office: Path, post: Path) -> list[str]:
    """A profile with its journal: enrolled, its key changed, the passphrase of the next key typed."""
    who = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    with profile.create_profile(folder, who, 2026, *packs.for_unit_kind(who.kind, 2026)) as made:
        keys.create_key(made, who)
        room = KeyRoom(folder)
        first = str(keyring.get_password(SERVICE, room._needed().account))
        secrets = [first, *private_parts(key_room._unlocked[room._needed().key_id])]
        for rotation in (False, True):
            if rotation:
                file, _asked = enrolment.rotate(made, who, post, PASSPHRASE)
            else:
                file, _asked = enrolment.write_enrolment(made, who, post)
            code = room.certificate().spoken_code
            _row, answer = office_enrolment.enrol(office, file, code, post)
            enrolment.take_answer(made, answer, office_certificates.state(office).authority.spoken_code)
        own = room._needed()
        secrets.append(secret_from_passphrase(PASSPHRASE, own.salt))
        return [*secrets, *private_parts(key_room._unlocked[own.key_id])]


def private_parts(key: object) -> list[str]:
    """The private number itself, as text and as it would stand in a traceback or a log."""
    number = key.private_numbers().private_value  # type: ignore[attr-defined]
    return [str(number), f"{number:x}", f"{number:X}"]


def crash(folder: Path) -> str:
    """A bug at the worst place: while the secret is in hand. The report as the window would show it."""
    from ui.crash import CrashReport
    from ui.dialogs import Dialogs

    said: list[str] = []

    class Silent(Dialogs):
        def offer(self, heading: object, words: object, mark: object, detail: str, act: str) -> bool:
            said.append(f"{heading}\n{words}\n{detail}")
            return False

    room = KeyRoom(folder / "mật khẩu")
    room.lock()
    for place in ("open", "sign"):
        try:
            if place == "open":
                broken = read_key_file(next((folder / "mật khẩu/keys").glob("*.pem")))
                object.__setattr__(broken, "encrypted", None)  # a slip of our own
                broken.open_with(secret_from_passphrase(PASSPHRASE, broken.salt))
            else:
                room.unlock(PASSPHRASE)
                SoftwareSigner(None, room.certificate()).sign(b"x")
        except Exception as error:
            CrashReport(Silent()).report(type(error), error, error.__traceback__)
            said.append(traceback.format_exc())
    assert said
    return "\n".join(said)


def main(folder: Path) -> list[str]:
    logging.basicConfig(filename=folder / "log.txt", level=logging.DEBUG, encoding="utf-8")
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(folder / "ps.txt", stop))
    watcher.start()
    try:
        secrets = work(folder)
        (folder / "crash.txt").write_text(crash(folder), "utf-8")
        rooms = [KeyRoom(folder / "kho khóa"), KeyRoom(folder / "mật khẩu/ca")]
        said = [repr(room.status()) + repr(room) + repr(room._needed().certificate) for room in rooms]
        said.append(repr(rooms[1].authority()) + repr(Letter("", "", b"")))
        (folder / "said.txt").write_text("\n".join(said), "utf-8")
    finally:
        stop.set()
        watcher.join()
    return secrets


if __name__ == "__main__":
    secrets = main(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(secrets) + "\n")
