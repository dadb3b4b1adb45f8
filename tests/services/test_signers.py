"""Signing with a file or a token through the services: what is remembered, and that no secret is."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import countersigning, signers, submissions
from cchc_desktop.services import profile as profiles
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.verification import verify
from cchc_desktop.store import unfinished
from tests.package.samples import NOW as SIGNED
from tests.package.samples import on_disk, packed
from tests.services.handing_in import PASSPHRASE, sample_profile
from tests.trust.authority import DAY, Authority, rsa_key
from tests.trust.soft_token import LIBRARY, PIN, SoftToken, make_token
from tests.trust.test_pkcs12 import made

NOW = datetime.now(UTC)
AUTHORITY = Authority(NOW)
PASSWORD = "mật-khẩu-của-tệp-8817"
SENDER = "XA-EA-KAO"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    folder = tmp_path / "hsm"
    folder.mkdir()
    made_token = make_token(folder, monkeypatch)
    made_token.take(*AUTHORITY.issue("Lê Văn Á", SENDER, SIGNED - DAY, NOW + 400 * DAY, rsa_key(2048)))
    return made_token


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Profile, str]]:
    with sample_profile(tmp_path / "xã", key=False) as pair:
        yield pair


def file_of(folder: Path, code: str = SENDER) -> Path:
    folder.mkdir(exist_ok=True)
    return made(folder, *AUTHORITY.issue("Lê Văn Á", code, SIGNED - DAY, NOW + 400 * DAY), password=PASSWORD)


def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir(exist_ok=True)
    return folder


def authority(tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    path.write_bytes(AUTHORITY.certificate.pem)
    return path


@pytest.mark.parametrize(
    "choice",
    [
        SignerChoice(),
        SignerChoice(SignerKind.PKCS12, "/media/USB của xã/khóa=1.p12", certificate="ab" * 32),
        SignerChoice(
            SignerKind.TOKEN, "C:\\Windows\\System32\\x.dll", "0123", "Tên token", "cd" * 32, True, False
        ),
    ],
)
def test_a_choice_is_remembered_as_it_was(opened: tuple[Profile, str], choice: SignerChoice) -> None:
    profile, _round = opened
    signers.choose(profile, choice)
    assert signers.chosen(profile) == choice


@pytest.mark.parametrize("kept", ["", "kind=laser", "kind=token", "nonsense", "kind=pkcs12\npath="])
def test_a_setting_that_makes_no_sense_is_the_programs_own_key(kept: str) -> None:
    assert SignerChoice.from_text(kept) == SignerChoice()


def test_the_state_of_the_chosen_signer(opened: tuple[Profile, str], tmp_path: Path) -> None:
    profile, _round = opened
    assert signers.status(profile).state is KeyState.NONE
    file = file_of(tmp_path / "p12")
    (found,) = signers.certificates_of_file(file, PASSWORD)
    choice = SignerChoice(SignerKind.PKCS12, str(file), certificate=found.summary.fingerprint)
    signers.choose(profile, choice)
    assert signers.status(profile).state is KeyState.NONE  # a file, but no certificate yet
    signers.choose(profile, choice, found)
    status = signers.status(profile, SENDER)
    assert (status.state, status.certificate) == (KeyState.READY, found.summary)
    other = signers.status(profile, "XA-KHAC")
    assert other.reason is not None and other.reason.id == "signers.unit_differs"
    file.unlink()
    gone = signers.status(profile, SENDER)
    assert gone.state is KeyState.LOST
    assert gone.reason is not None and gone.reason.id == "signers.p12_missing"


def test_a_token_hands_in_and_its_certificate_goes_along(
    opened: tuple[Profile, str], tmp_path: Path, token: SoftToken
) -> None:
    profile, round_id = opened
    (facts,) = signers.tokens(LIBRARY)
    (found,) = signers.certificates_of_token(LIBRARY, facts)
    choice = replace(token.choice, serial=facts.serial, certificate=found.summary.fingerprint)
    signers.choose(profile, choice, found)
    assert not submissions.readiness(profile, round_id, PackageKind.PLAN).gaps.blockers
    made_one = submissions.export(
        *(profile, round_id, PackageKind.PLAN, usb(tmp_path)),
        sign_with=SignWith(choice, PIN),
        with_certificate=True,
    )
    package = Path(made_one.folder) / made_one.file_name
    pinned = verify(package, [usb(tmp_path) / "trust.pem"])
    assert pinned.outcome is Outcome.VALID
    assert pinned.signers[0].fingerprint == found.summary.fingerprint


@pytest.mark.parametrize("secret", ["", "000000"])
def test_a_signer_that_is_not_opened_leaves_neither_file_nor_row(
    opened: tuple[Profile, str], tmp_path: Path, token: SoftToken, secret: str
) -> None:
    profile, round_id = opened
    with pytest.raises(KnownError):
        submissions.export(
            *(profile, round_id, PackageKind.PLAN, usb(tmp_path)), sign_with=SignWith(token.choice, secret)
        )
    assert list(usb(tmp_path).iterdir()) == []
    assert submissions.submissions_of(profile, round_id) == ()


def test_the_focal_point_signs_and_the_head_signs_over_it_on_another_pc(
    tmp_path: Path, token: SoftToken
) -> None:
    """One profile with its own key, another PC with a token and no profile at all."""
    with sample_profile(tmp_path / "văn phòng") as (profile, round_id):
        first = submissions.export(
            *(profile, round_id, PackageKind.PLAN, usb(tmp_path)), with_certificate=True
        )
    other_pc = tmp_path / "máy của chủ tịch"
    other_pc.mkdir()
    package = usb(tmp_path) / first.file_name
    second = countersigning.countersign(package, other_pc, SignWith(token.choice, PIN), other_pc)
    assert second.path.name == package.name.replace(".asice", "_K02.asice")
    found = verify(second.path, [usb(tmp_path) / "trust.pem", authority(tmp_path)])
    assert [signer.outcome for signer in found.signers] == [Outcome.VALID, Outcome.VALID_WITH_WARNINGS]
    assert found.manifest_sha256 == first.manifest_sha256


def test_a_countersigned_file_never_replaces_another(tmp_path: Path, token: SoftToken) -> None:
    package = on_disk(tmp_path, packed()[0])
    made_one = countersigning.countersign(package, tmp_path, SignWith(token.choice, PIN), tmp_path)
    before = made_one.path.read_bytes()
    with pytest.raises(KnownError) as caught:
        countersigning.countersign(package, tmp_path, SignWith(token.choice, PIN), tmp_path)
    assert caught.value.code == "delivery.exists"
    assert made_one.path.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []


def test_what_stands_in_the_way_is_told_before_a_pin_is_used(tmp_path: Path, token: SoftToken) -> None:
    """A changed package costs no try of the PIN, even of a wrong one."""
    content = bytearray(packed()[0])
    content[content.index(b"% a scan")] ^= 1
    with pytest.raises(KnownError) as caught:
        countersigning.countersign(
            on_disk(tmp_path, bytes(content)), tmp_path, SignWith(token.choice, "000000"), tmp_path
        )
    assert caught.value.code == "signers.countersign_not_intact"
    assert signers.tokens(LIBRARY)[0].pin.value == "good"


_KILLED = """
import os, signal, sys
from pathlib import Path
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.package import countersign as room
from cchc_desktop.services import countersigning, profile
room.sign_detached = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
package, folder = Path(sys.argv[2]), Path(sys.argv[3])
with_file = SignWith(SignerChoice(SignerKind.PKCS12, sys.argv[4]), sys.stdin.buffer.read().decode())
with profile.open_profile(Path(sys.argv[1])) as opened:
    countersigning.countersign(package, folder, with_file, opened.folder, profile=opened)
"""


def test_killed_while_it_signs_nothing_stays_after_the_next_start(tmp_path: Path) -> None:
    package, unit = on_disk(tmp_path, packed()[0]), tmp_path / "xã"
    with sample_profile(unit, key=False):
        pass
    line = [sys.executable, "-c", _KILLED, unit, package, usb(tmp_path), file_of(tmp_path / "p12")]
    killed = subprocess.run(line, input=PASSWORD.encode(), capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (left,) = usb(tmp_path).iterdir()
    assert left.name.endswith("_K02.asice.part")
    with profiles.open_profile(unit) as profile:
        unfinished.sweep(profile)
    assert list(usb(tmp_path).iterdir()) == []


# Secrets


def holders(folder: Path, *secrets: str) -> list[str]:
    """Files that hold one of the secrets, in any of the ways in which text is stored."""
    forms = [secret.encode(code) for secret in secrets for code in ("utf-8", "utf-16-le")]
    return [
        str(file)
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


def test_no_secret_is_in_the_profile_the_database_the_logs_or_the_output(
    opened: tuple[Profile, str], tmp_path: Path, token: SoftToken, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    profile, round_id = opened
    file = file_of(tmp_path / "p12")
    (of_file,) = signers.certificates_of_file(file, PASSWORD)
    (of_token,) = signers.certificates_of_token(LIBRARY, signers.tokens(LIBRARY)[0])
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        for choice, found, secret in (
            (SignerChoice(SignerKind.PKCS12, str(file)), of_file, PASSWORD),
            (token.choice, of_token, PIN),
        ):
            signers.choose(profile, choice, found)
            with pytest.raises(KnownError) as caught:
                submissions.export(
                    *(profile, round_id, PackageKind.PLAN, usb(tmp_path)),
                    sign_with=SignWith(choice, secret[::-1]),
                )
            assert secret[::-1] not in render(caught.value.message) + caught.value.detail
            submissions.export(
                *(profile, round_id, PackageKind.PLAN, usb(tmp_path)), sign_with=SignWith(choice, secret)
            )
            assert secret not in repr(SignWith(choice, secret))
    secrets = (PASSWORD, PIN, PASSWORD[::-1], PIN[::-1])
    assert holders(profile.folder, *secrets) == []  # database, journal, WAL, settings, drafts
    assert holders(usb(tmp_path), *secrets) == []
    assert [one for one in secrets if one in caplog.text + said.getvalue()] == []


def test_no_secret_is_in_a_crash_report(
    tmp_path: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own slip in the middle of signing: the report is made of the traceback, as the window makes it."""

    def slip(*_arguments: object) -> bytes:
        raise RuntimeError("a slip")

    monkeypatch.setattr("cchc_desktop.trust.token.TokenSigner.sign", slip)
    package = on_disk(tmp_path, packed()[0])
    with pytest.raises(RuntimeError) as caught:
        countersigning.countersign(package, tmp_path, SignWith(token.choice, PIN), tmp_path)
    report = "".join(traceback.format_exception(caught.value))
    assert "a slip" in report
    assert PIN not in report
    assert list(tmp_path.glob("*_K02*")) == []


def test_no_secret_is_in_the_list_of_processes(tmp_path: Path, token: SoftToken) -> None:
    """`cchc countersign --token` with the PIN in a file: every command line and environment while it runs."""
    package, pin = on_disk(tmp_path, packed()[0]), tmp_path / "pin"
    pin.write_text(PIN)
    line = [sys.executable, "-m", "cchc_desktop", "countersign", str(package), "--to", str(usb(tmp_path))]
    line += ["--token", str(LIBRARY), "--token-label", token.label, "--passphrase-file", str(pin)]
    seen: set[int] = set()
    leaks: list[str] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            for place in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):
                    if b"cchc_desktop" not in (shown := (place / "cmdline").read_bytes()):
                        continue
                    seen.add(int(place.name))
                    if PIN.encode() in shown + (place / "environ").read_bytes():
                        leaks.append(place.name)
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        ran = subprocess.run(line, capture_output=True, text=True, check=False, env={**os.environ})
    finally:
        ended.set()
        watcher.join()
    assert ran.returncode == 0, ran.stderr
    assert len(seen) >= 2, "the command and the token's process were seen"
    assert leaks == []
    assert PIN not in ran.stdout + ran.stderr
    assert holders(usb(tmp_path), PIN) == []


def test_the_keys_passphrase_of_the_program_opens_it_for_one_work(tmp_path: Path) -> None:
    from cchc_desktop.trust.key_room import KeyRoom

    with sample_profile(tmp_path / "xã") as (profile, round_id):
        KeyRoom(profile.folder).lock()
        with pytest.raises(KnownError) as caught:
            submissions.export(profile, round_id, PackageKind.PLAN, usb(tmp_path))
        assert caught.value.code == "trust.key_locked"
        sign_with = SignWith(SignerChoice(), PASSPHRASE)
        assert submissions.export(profile, round_id, PackageKind.PLAN, usb(tmp_path), sign_with=sign_with)
        assert holders(profile.folder, PASSPHRASE) == []
