"""The key behind a passphrase, and what the room says when something is wrong with it."""

from __future__ import annotations

import hashlib
import logging
import stat
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.signing_key import KeyState, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import key_room
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.key_file import secret_from_passphrase
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.keyring_secret import KeyringAbsent
from cchc_desktop.trust.signature_check import check_signature

NOW = datetime.now(UTC)
PASSPHRASE = "một câu chỉ tôi biết"
DIGEST = hashlib.sha256(b"x").digest()


@pytest.fixture
def room(tmp_path: Path) -> KeyRoom:
    room = KeyRoom(tmp_path)
    room.create("UBND xã Ea Kao", "XA-EA-KAO", PASSPHRASE, NOW)
    return room


def code_of(caught: pytest.ExceptionInfo[KnownError]) -> str:
    assert render(caught.value.message)
    return caught.value.code


def test_no_key_yet(tmp_path: Path) -> None:
    status = KeyRoom(tmp_path).status()
    assert (status.state, status.certificate, status.reason) == (KeyState.NONE, None, None)
    with pytest.raises(KnownError) as caught:
        KeyRoom(tmp_path).signer()
    assert code_of(caught) == "trust.no_key"


def test_without_keyring_and_passphrase_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyringAbsent) as caught:
        KeyRoom(tmp_path).create("UBND xã Ea Kao", "XA-EA-KAO", None, NOW)
    assert code_of(caught) == "trust.keyring_absent"
    assert KeyRoom(tmp_path).status().state is KeyState.NONE
    assert list(tmp_path.rglob("*.pem")) == []


def test_passphrase_locks_and_unlocks(room: KeyRoom) -> None:
    assert room.status().state is KeyState.READY
    room.lock()
    locked = room.status()
    assert (locked.state, locked.protection) == (KeyState.LOCKED, Protection.PASSPHRASE)
    assert locked.certificate is not None
    assert locked.certificate.name == "UBND xã Ea Kao"
    with pytest.raises(KnownError) as caught:
        room.signer()
    assert code_of(caught) == "trust.key_locked"
    with pytest.raises(KnownError) as caught:
        room.unlock(PASSPHRASE + "!")
    assert code_of(caught) == "trust.wrong_passphrase"
    assert room.status().state is KeyState.LOCKED
    room.unlock(PASSPHRASE)
    signature = sign_detached(room.signer(), DIGEST, NOW)
    assert check_signature(signature, DIGEST).signer == room.certificate()


def test_passphrase_is_the_same_however_it_was_typed(room: KeyRoom) -> None:
    room.lock()
    room.unlock(unicodedata.normalize("NFD", PASSPHRASE))
    assert room.status().state is KeyState.READY


def test_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        KeyRoom(tmp_path).create("UBND xã Ea Kao", "XA-EA-KAO", "ngắn quá", NOW)
    assert code_of(caught) == "trust.passphrase_short"
    assert list(tmp_path.rglob("*")) == []


def test_scrypt_has_the_promised_cost() -> None:
    """N = 2^17, r = 8, p = 1, 32 bytes; compared with `cryptography`'s own scrypt."""
    import base64

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    derived = Scrypt(salt=b"s" * 16, length=32, n=2**17, r=8, p=1).derive(PASSPHRASE.encode())
    assert base64.urlsafe_b64decode(secret_from_passphrase(PASSPHRASE, b"s" * 16)) == derived


def test_files_are_private_and_hold_no_secret(room: KeyRoom, tmp_path: Path) -> None:
    (key_file,) = (tmp_path / "keys").glob("*.pem")
    text = key_file.read_text("ascii")
    salt = bytes.fromhex(next(line for line in text.splitlines() if line.startswith("Salt: "))[6:])
    secret = secret_from_passphrase(PASSPHRASE, salt)
    for path in tmp_path.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
        if path.is_file():
            assert PASSPHRASE.encode() not in path.read_bytes()
            assert secret.encode() not in path.read_bytes()
    answer = subprocess.run(
        ["openssl", "pkey", "-in", str(key_file), "-noout", "-text", "-passin", "stdin"],
        input=secret,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ASN1 OID: prime256v1" in answer.stdout, answer.stderr


def test_nothing_secret_is_said_or_logged(room: KeyRoom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    room.lock()
    with pytest.raises(KnownError) as caught:
        room.unlock("một câu khác hẳn rồi")
    room.unlock(PASSPHRASE)
    said = f"{caught.value} {caught.value.detail} {caplog.text} {room.signer()!r} {room.status()!r}"
    assert PASSPHRASE not in said
    assert "một câu khác" not in said


def test_replaced_key_keeps_the_old_certificate(room: KeyRoom, tmp_path: Path) -> None:
    old = room.certificate()
    new = room.create("UBND xã Ea Kao", "XA-EA-KAO", PASSPHRASE, NOW)
    assert room.certificate() == new != old
    assert len(list((tmp_path / "keys").glob("*.pem"))) == 2


def test_keys_of_two_profiles_do_not_mix(room: KeyRoom, tmp_path: Path) -> None:
    other = KeyRoom(tmp_path / "other")
    other.create("UBND xã Hòa Phú", "XA-HOA-PHU", PASSPHRASE, NOW)
    other.lock()
    assert (room.status().state, other.status().state) == (KeyState.READY, KeyState.LOCKED)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:200]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"CCHC-Key: 1", b"CCHC-Key: 9")),
        lambda path: path.write_bytes(path.read_bytes().replace(b"n=131072", b"n=2")),
        lambda path: path.write_bytes(path.read_bytes().replace(b"Secret: passphrase", b"Secret: none")),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(bytes(100_000)),
    ],
)
def test_damaged_key_file_is_lost_and_replaceable(damage: object, room: KeyRoom, tmp_path: Path) -> None:
    (key_file,) = (tmp_path / "keys").glob("*.pem")
    assert callable(damage)
    damage(key_file)
    status = room.status()
    assert status.state is KeyState.LOST
    assert status.reason is not None
    assert render(status.reason)
    with pytest.raises(KnownError) as caught:
        room.signer()
    assert code_of(caught) == "trust.key_file_damaged"
    room.create("UBND xã Ea Kao", "XA-EA-KAO", PASSPHRASE, NOW)
    assert room.status().state is KeyState.READY


def test_pointer_out_of_the_folder_is_not_followed(room: KeyRoom, tmp_path: Path) -> None:
    (tmp_path / "keys/current").write_text("../elsewhere.pem\n")
    assert room.status().state is KeyState.LOST


def test_folder_that_can_not_be_written_is_advice(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(KnownError) as caught:
        KeyRoom(tmp_path).create("UBND xã Ea Kao", "XA-EA-KAO", PASSPHRASE, NOW)
    assert code_of(caught) == "trust.key_not_written"


def test_keyring_key_without_its_keyring_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made where there was a keyring, opened where there is none (the tests' own backend fails)."""
    stored: dict[str, str] = {}
    monkeypatch.setattr(key_room.keyring_secret, "keep", stored.__setitem__)
    room = KeyRoom(tmp_path)
    certificate = room.create("UBND xã Ea Kao", "XA-EA-KAO", None, NOW)
    assert list(stored) == [f"signing-key:{certificate.fingerprint}"]
    room.lock()
    status = room.status()
    assert (status.state, status.protection) == (KeyState.LOST, Protection.KEYRING)
    assert status.reason is not None
    assert status.reason.id == "trust.key_lost_with_keyring"
    monkeypatch.setattr(key_room.keyring_secret, "recall", stored.get)
    assert room.status().state is KeyState.READY


def test_nothing_heavy_is_imported_by_asking_for_the_state(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from cchc_desktop.trust.key_room import KeyRoom;"
        f"KeyRoom(Path({str(tmp_path)!r})).status();"
        "print([m for m in ('cryptography', 'asn1crypto', 'keyring', 'pyhanko') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
