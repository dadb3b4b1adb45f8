"""The key as the window sees it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.signing_key import KeyState, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.services import keys, packs, profile, rounds, samples
from cchc_desktop.services.profile import Profile
from tests.services.handing_in import PASSPHRASE, YEAR

UNIT = samples.load("commune").unit


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Profile]:
    criteria, template = packs.for_unit_kind(UNIT.kind, YEAR)
    with profile.create_profile(tmp_path / "xã", UNIT, YEAR, criteria, template) as found:
        yield found


def test_key_is_made_once_and_replaced_on_purpose(opened: Profile) -> None:
    assert keys.key_state(opened).state is KeyState.NONE
    made = keys.create_key(opened, UNIT, PASSPHRASE)
    assert (made.state, made.protection) == (KeyState.READY, Protection.PASSPHRASE)
    assert made.certificate is not None
    assert (made.certificate.name, made.certificate.unit_code) == (UNIT.name, UNIT.code)
    with pytest.raises(KnownError) as caught:
        keys.create_key(opened, UNIT, PASSPHRASE)
    assert caught.value.code == "trust.key_exists"
    replaced = keys.replace_key(opened, UNIT, PASSPHRASE)
    assert replaced.certificate is not None
    assert replaced.certificate.fingerprint != made.certificate.fingerprint


def test_without_keyring_a_passphrase_is_asked_for(opened: Profile) -> None:
    with pytest.raises(KnownError) as caught:
        keys.create_key(opened, UNIT)
    assert caught.value.code == "trust.keyring_absent"
    assert keys.key_state(opened).state is KeyState.NONE


def test_lost_key_leaves_the_data_open_and_a_new_one_can_be_made(opened: Profile) -> None:
    keys.create_key(opened, UNIT, PASSPHRASE)
    for file in (opened.folder / "keys").glob("*.pem"):
        file.unlink()
    lost = keys.key_state(opened)
    assert lost.state is KeyState.LOST
    assert lost.reason is not None
    assert rounds.rounds(opened)[0].unit == UNIT
    assert keys.create_key(opened, UNIT, PASSPHRASE).state is KeyState.READY


def test_certificate_is_written_for_the_receiver(opened: Profile, tmp_path: Path) -> None:
    made = keys.create_key(opened, UNIT, PASSPHRASE)
    path = keys.export_certificate(opened, tmp_path)
    assert path == tmp_path / "trust.pem"
    assert keys.export_certificate(opened, tmp_path / "đơn vị.pem").is_file()
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(path), "-noout", "-fingerprint", "-sha256"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert made.certificate is not None
    assert shown.partition("=")[2].strip().replace(":", "").lower() == made.certificate.fingerprint
    assert b"PRIVATE" not in path.read_bytes()


def test_enrolment_says_the_code_to_read_out(opened: Profile) -> None:
    made = keys.create_key(opened, UNIT, PASSPHRASE)
    assert made.certificate is not None
    said = keys.enrolment_text(opened)
    assert made.certificate.spoken_code in said
    assert made.certificate.fingerprint in said
    assert UNIT.name in said
    assert "dấu xác thực gói tin nội bộ" in said


def test_unlocking_says_when_the_passphrase_is_wrong(opened: Profile) -> None:
    keys.create_key(opened, UNIT, PASSPHRASE)
    with pytest.raises(KnownError) as caught:
        keys.unlock(opened, "một câu nào đó khác")
    assert caught.value.code == "trust.wrong_passphrase"
    assert keys.unlock(opened, PASSPHRASE).state is KeyState.READY
