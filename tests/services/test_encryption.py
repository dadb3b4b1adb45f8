"""From the office's encryption key to the opened package: at the unit, on the way, at the office."""

from __future__ import annotations

import email
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.office import RevocationReason
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.services import (
    encryption,
    keys,
    office,
    office_certificates,
    outbox,
    rounds,
    submissions,
    trusted,
)
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.verification import verify
from cchc_desktop.trust.key_room import KeyRoom
from tests.cli.commands import run
from tests.services.handing_in import PASSPHRASE, sample_profile

SECRET = "mật khẩu của văn phòng"


@pytest.fixture(scope="module")
def office_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "sở"
    office_certificates.create(folder, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    encryption.make_key(folder, "", "", SECRET)
    return folder


@pytest.fixture
def place(office_made_once: Path, tmp_path: Path) -> Path:
    """An office with a CA, its keys open, and its encryption certificate in `mã hóa.pem`."""
    folder = Path(shutil.copytree(office_made_once, tmp_path / "sở"))
    encryption.write_certificate(folder, tmp_path / "mã hóa.pem")
    return folder


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[tuple[Profile, str]]:
    with sample_profile(tmp_path / "xã", key=False) as opened:
        yield opened


def know(profile: Profile, place: Path, tmp_path: Path) -> None:
    """The unit takes the office's CA as known."""
    pem = KeyRoom(place / "ca").certificate().pem
    (tmp_path / "ca.pem").write_bytes(pem)
    trusted.confirm(profile, tmp_path / "ca.pem", trusted.look_at(tmp_path / "ca.pem").spoken_code)


def test_package_goes_encrypted_and_comes_out_equal(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, round_id = unit
    keys.create_key(profile, rounds.round_of(profile, round_id).unit, PASSPHRASE)
    know(profile, place, tmp_path)
    assert encryption.needs_code(profile, tmp_path / "mã hóa.pem") is None
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    assert [one.fingerprint for one in encryption.receivers(profile)] == [kept.fingerprint]
    assert kept.name == "Sở Nội vụ tỉnh mẫu"
    sent = submissions.export(profile, round_id, PackageKind.PLAN, tmp_path)
    package = tmp_path / sent.file_name
    hidden = encryption.encrypt(profile, package, kept.fingerprint)
    assert hidden.name == f"{sent.file_name}.p7m"
    assert encryption.is_encrypted(hidden)
    assert not encryption.is_encrypted(package)
    assert b"Ea Kao" not in hidden.read_bytes()
    assert verify(hidden).outcome is Outcome.UNREADABLE
    post = tmp_path / "mở"
    post.mkdir()
    assert encryption.decrypt(place, hidden, post, SECRET).read_bytes() == package.read_bytes()
    assert [file.name for file in post.iterdir()] == [sent.file_name]


def test_office_key_file_is_what_openssl_opens(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    """Without this program: the office's own key file and openssl."""
    profile, _round_id = unit
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    (tmp_path / "x.asice").write_bytes(b"PK content")
    hidden = encryption.encrypt(profile, tmp_path / "x.asice", kept.fingerprint)
    (key_file,) = (place / "encryption/keys").glob("*.pem")
    salt = bytes.fromhex(
        next(line for line in key_file.read_text().splitlines() if line.startswith("Salt: "))[6:]
    )
    from cchc_desktop.trust.key_file import secret_from_passphrase

    place_of = ("-in", str(hidden), "-out", str(tmp_path / "out"), "-binary", "-passin", "stdin")
    found = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-inkey", str(key_file), *place_of],
        input=secret_from_passphrase(SECRET, salt),
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "out").read_bytes() == b"PK content"


def test_changed_on_the_way_leaves_nothing(place: Path, unit: tuple[Profile, str], tmp_path: Path) -> None:
    profile, _round_id = unit
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    (tmp_path / "x.asice").write_bytes(hashlib.shake_256(b"x").digest(3_000_000))
    hidden = encryption.encrypt(profile, tmp_path / "x.asice", kept.fingerprint)
    content = bytearray(hidden.read_bytes())
    content[-2_000_000] ^= 4
    hidden.write_bytes(content)
    post = tmp_path / "mở"
    post.mkdir()
    with pytest.raises(KnownError) as fault:
        encryption.decrypt(place, hidden, post, SECRET)
    assert fault.value.code == "encryption.changed_on_the_way"
    assert list(post.iterdir()) == []


def test_certificate_without_a_ca_needs_its_code(unit: tuple[Profile, str], tmp_path: Path) -> None:
    profile, _round_id = unit
    made, pem = encryption.make_key(tmp_path / "sở nhỏ", "Phòng Nội vụ", "PNV", SECRET)
    file = tmp_path / "mã hóa.pem"
    file.write_bytes(pem)
    seen = encryption.needs_code(profile, file)
    assert seen is not None
    assert seen.spoken_code == made.spoken_code
    for heard, code in (("", "encryption.not_trusted"), ("AAAA-" * 6, "trust.code_differs")):
        with pytest.raises(KnownError) as fault:
            encryption.add_receiver(profile, file, heard)
        assert fault.value.code == code
    assert encryption.receivers(profile) == ()
    encryption.add_receiver(profile, file, made.spoken_code.lower())
    assert [one.name for one in encryption.receivers(profile)] == ["Phòng Nội vụ"]
    encryption.remove_receiver(profile, made.fingerprint)
    assert encryption.receivers(profile) == ()


def test_signing_certificate_is_not_taken_for_encrypting(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, _round_id = unit
    know(profile, place, tmp_path)
    (tmp_path / "ký.pem").write_bytes(KeyRoom(place).certificate().pem)
    with pytest.raises(KnownError) as fault:
        encryption.add_receiver(profile, tmp_path / "ký.pem")
    assert fault.value.code == "encryption.other_purpose"


def test_revoked_certificate_is_used_no_more(place: Path, unit: tuple[Profile, str], tmp_path: Path) -> None:
    profile, _round_id = unit
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    office_certificates.revoke(place, kept.fingerprint, RevocationReason.KEY_COMPROMISE)
    listed = office_certificates.write_list(place, tmp_path / "crl.pem")
    assert encryption.receivers(profile) != (), "the unit has not heard of it yet"
    from cchc_desktop.trust.revocation import keep_newer

    keep_newer(profile.folder, listed.read_text())
    assert encryption.receivers(profile) == ()
    (tmp_path / "x.asice").write_bytes(b"x")
    with pytest.raises(KnownError) as fault:
        encryption.encrypt(profile, tmp_path / "x.asice", kept.fingerprint)
    assert fault.value.code == "encryption.revoked"
    assert list(tmp_path.glob("*.p7m*")) == []


def test_ca_that_is_no_longer_trusted_takes_its_receivers_along(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, _round_id = unit
    know(profile, place, tmp_path)
    encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    (authority,) = trusted.certificates(profile)
    trusted.forget(profile, authority.fingerprint)
    assert encryption.receivers(profile) == ()


def test_commands_of_the_office(
    capsys: pytest.CaptureFixture[str], unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, _round_id = unit
    secret = tmp_path / "mật khẩu.txt"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    place, pem = tmp_path / "sở", tmp_path / "mã hóa.pem"
    who = ("--office", place, "--passphrase-file", secret)
    refused = run(capsys, "office", "encryption-key", *who, "--to", pem)
    assert (refused.code, refused.out) == (2, "")
    assert "--name" in refused.err
    made = run(capsys, "office", "create", "--name", "Sở Nội vụ", "--code", "SNV", *who)
    assert made.code == 0, made.err
    made = run(capsys, "office", "encryption-key", *who, "--to", pem, "--json")
    assert made.code == 0, made.err
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, pem)
    assert made.json["fingerprint"] == kept.fingerprint
    (tmp_path / "x.asice").write_bytes(b"PK content")
    hidden = encryption.encrypt(profile, tmp_path / "x.asice", kept.fingerprint)
    post = tmp_path / "mở"
    post.mkdir()
    opened = run(capsys, "office", "decrypt", hidden, *who, "--to", post)
    assert (opened.code, opened.out) == (0, f"{post / 'x.asice'}\n")
    assert (post / "x.asice").read_bytes() == b"PK content"
    again = run(capsys, "office", "decrypt", hidden, *who, "--to", post)
    assert again.code != 0
    assert "x.asice" in again.err
    strange = run(capsys, "office", "decrypt", tmp_path / "x.asice", *who, "--to", post)
    assert strange.code == 2
    assert office.exists(place)


@pytest.mark.parametrize("channel", ["folder", "email"])
def test_only_the_encrypted_copy_leaves_the_house(
    channel: str, place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, round_id = unit
    keys.create_key(profile, rounds.round_of(profile, round_id).unit, PASSPHRASE)
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    stick = tmp_path / "USB"
    stick.mkdir()
    target = str(stick) if channel == "folder" else "sonoivu@daklak.gov.vn"
    made, queued = submissions.prepare(
        profile, round_id, PackageKind.PLAN, channel, target, encrypt_for=kept.fingerprint
    )
    (file,) = queued.files
    assert (file.name, file.package_name) == (f"{made.file_name}.p7m", made.file_name)
    assert not list(stick.iterdir())
    sent = outbox.send(profile, queued.id)
    if channel == "folder":
        (out,) = stick.iterdir()
        assert out.name == f"{made.file_name}.p7m"
        content = out.read_bytes()
    else:
        (draft,) = sent.made
        letter = email.message_from_bytes(draft.read_bytes())
        (attached,) = (part for part in letter.walk() if part.get_filename())
        content = attached.get_payload(decode=True)  # type: ignore[assignment]
    (tmp_path / "came.p7m").write_bytes(content)
    post = tmp_path / "mở"
    post.mkdir()
    opened = encryption.decrypt(place, tmp_path / "came.p7m", post, SECRET)
    assert opened.read_bytes() == (Path(made.folder) / made.file_name).read_bytes()
    again = submissions.submissions_of(profile, round_id)[0]
    assert again.file_name == made.file_name


def test_nothing_is_queued_when_the_receiver_may_not_be_used(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    """A package that was to be encrypted never stays behind to be sent in the clear."""
    profile, round_id = unit
    keys.create_key(profile, rounds.round_of(profile, round_id).unit, PASSPHRASE)
    with pytest.raises(KnownError) as fault:
        submissions.prepare(
            profile, round_id, PackageKind.PLAN, "upload", "https://nop.vn/files", encrypt_for="ab" * 32
        )
    assert fault.value.code == "encryption.no_receiver"
    assert submissions.submissions_of(profile, round_id) == ()
    assert [file for file in (profile.folder / "outbox").rglob("*") if file.is_file()] == []
    assert place.is_dir()


def test_encrypted_copy_that_was_changed_in_the_outbox_is_not_sent(
    place: Path, unit: tuple[Profile, str], tmp_path: Path
) -> None:
    profile, round_id = unit
    keys.create_key(profile, rounds.round_of(profile, round_id).unit, PASSPHRASE)
    know(profile, place, tmp_path)
    kept = encryption.add_receiver(profile, tmp_path / "mã hóa.pem")
    stick = tmp_path / "USB"
    stick.mkdir()
    made, queued = submissions.prepare(
        profile, round_id, PackageKind.PLAN, "folder", str(stick), encrypt_for=kept.fingerprint
    )
    hidden = Path(made.folder) / queued.files[0].name
    hidden.write_bytes(hidden.read_bytes()[:-1])
    with pytest.raises(KnownError) as fault:
        outbox.send(profile, queued.id)
    assert fault.value.code == "delivery.package_changed"
    assert list(stick.iterdir()) == []
