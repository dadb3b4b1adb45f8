"""Tokens behind PKCS#11, with SoftHSM as the token: every algorithm, every fault, a library that crashes."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.signer_choice import PinState, SignerChoice, SignerKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import token as token_room
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.signature_check import check_signature
from cchc_desktop.trust.token import TokenLibrary, token_signer
from cchc_desktop.trust.token_faults import FAULTS, fault_of
from cchc_desktop.trust.token_work import TokenFault, ecdsa_der
from tests.trust.authority import DAY, Authority, rsa_key
from tests.trust.soft_token import LIBRARY, PIN, SoftToken, initialise, make_token, use_store

NOW = datetime.now(UTC)
DIGEST = hashlib.sha256(b"a manifest").digest()
AUTHORITY = Authority(NOW)


def issued(key: Any = None, name: str = "Lê Văn Á", **changes: Any) -> tuple[Any, Certificate]:
    start, end = changes.pop("start", NOW - DAY), changes.pop("end", NOW + DAY)
    return AUTHORITY.issue(name, "XA-EA-KAO", start, end, key, **changes)


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return make_token(tmp_path, monkeypatch)


def signed(choice: SignerChoice, pin: str = PIN) -> SignatureAlgorithm:
    """Sign in one session and check what came out."""
    with token_signer(choice, pin) as signer:
        signature = sign_detached(signer, DIGEST, NOW)
        assert check_signature(signature, DIGEST).signer == signer.certificate
        return signer.algorithm


def refused(choice: SignerChoice, pin: str = PIN) -> str:
    with pytest.raises(KnownError) as caught, token_signer(choice, pin) as signer:
        sign_detached(signer, DIGEST, NOW)
    sentence = render(caught.value.message)
    assert pin == "" or pin not in sentence + repr(caught.value) + str(caught.value.message)
    return caught.value.code


@pytest.mark.parametrize(
    ("key", "pss", "algorithm"),
    [
        (lambda: None, False, SignatureAlgorithm.ECDSA_P256),
        (lambda: rsa_key(2048), False, SignatureAlgorithm.RSA_PKCS1),
        (lambda: rsa_key(2048), True, SignatureAlgorithm.RSA_PSS),
        (lambda: rsa_key(3072), False, SignatureAlgorithm.RSA_PKCS1),
    ],
)
def test_it_signs(token: SoftToken, key: Any, pss: bool, algorithm: SignatureAlgorithm) -> None:
    token.take(*issued(key()))
    assert signed(replace(token.choice, pss=pss)) is algorithm


def test_the_certificate_shows_without_a_pin_and_the_serial_names_the_token(token: SoftToken) -> None:
    _key, certificate = pair = issued()
    token.take(*pair)
    with TokenLibrary(LIBRARY) as library:
        (facts,) = library.tokens()
        assert (facts.label, facts.pin, facts.pin_pad) == ("Ký thử", PinState.GOOD, False)
        assert library.certificates(facts.serial) == (certificate,)
    assert signed(replace(token.choice, label="", serial=facts.serial)) is SignatureAlgorithm.ECDSA_P256


def test_a_certificate_behind_the_pin_is_found_when_signing(token: SoftToken) -> None:
    key, certificate = issued()
    token.take(key, certificate, private=True)
    with TokenLibrary(LIBRARY) as library:
        assert library.certificates() == ()
    assert signed(token.choice) is SignatureAlgorithm.ECDSA_P256


def test_one_of_several_certificates_is_chosen_by_its_id(token: SoftToken) -> None:
    first, second = issued(), issued(rsa_key(2048), "Trần Thị B")
    token.take(*first, b"\1")
    token.take(*second, b"\2")
    assert refused(token.choice) == "signers.several_certificates"
    assert signed(replace(token.choice, certificate=second[1].fingerprint)) is SignatureAlgorithm.RSA_PKCS1
    assert signed(replace(token.choice, certificate=first[1].fingerprint)) is SignatureAlgorithm.ECDSA_P256
    assert refused(replace(token.choice, certificate="00" * 32)) == "signers.chosen_missing"


def test_intermediates_on_the_token_go_along_and_the_root_does_not(token: SoftToken) -> None:
    above = Authority(NOW, "CA cấp hai", AUTHORITY)
    key, certificate = above.issue("Lê Văn Á", "XA-EA-KAO", NOW - DAY, NOW + DAY)
    token.take(key, certificate, b"\1")
    token.take(None, above.certificate, b"\2")
    token.take(None, AUTHORITY.certificate, b"\3")
    with token_signer(token.choice, PIN) as signer:
        assert signer.intermediates == (above.certificate.der,)


def test_a_wrong_pin_is_counted_and_the_right_one_forgets_the_count(token: SoftToken) -> None:
    token.take(*issued())
    for wrong in (1, 2):
        with pytest.raises(KnownError) as caught, token_signer(token.choice, "000000"):
            pass
        assert caught.value.code == "signers.pin_wrong"
        assert caught.value.message.args["wrong"] == wrong
        assert f"lần thứ {wrong}" in render(caught.value.message)
    with TokenLibrary(LIBRARY) as library:
        assert library.tokens()[0].pin is PinState.FEW_LEFT  # the token's own word
    signed(token.choice)
    with TokenLibrary(LIBRARY) as library:
        assert library.tokens()[0].pin is PinState.GOOD
    with pytest.raises(KnownError) as caught, token_signer(token.choice, "000000"):
        pass
    assert caught.value.message.args["wrong"] == 1


def test_no_pin_is_never_tried(token: SoftToken) -> None:
    """It would count as a wrong one."""
    assert refused(token.choice, "") == "signers.pin_missing"
    with TokenLibrary(LIBRARY) as library:
        assert library.tokens()[0].pin is PinState.GOOD


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (PinState.FEW_LEFT, "signers.pin_wrong"),
        (PinState.LAST_TRY, "signers.pin_last_try"),
        (PinState.LOCKED, "signers.pin_locked"),
    ],
)
def test_what_the_token_says_of_its_tries_is_told(state: PinState, code: str) -> None:
    """SoftHSM has neither a last try nor a lock, so the flags that other tokens give are put in here."""
    error = token_room._wrong_pin(state, 3)
    assert error.code == code
    assert render(error.message)


def test_a_locked_token_and_its_kin_have_words_of_their_own() -> None:
    """SoftHSM never locks: CKR_PIN_LOCKED comes as the exception that python-pkcs11 makes of it."""
    assert fault_of(pkcs11.PinLocked()) == "signers.pin_locked"
    assert fault_of(pkcs11.PinIncorrect()) == "signers.pin_wrong"
    assert fault_of(pkcs11.PinExpired()) == "signers.pin_expired"
    assert fault_of(pkcs11.DeviceRemoved()) == "signers.token_removed"
    assert fault_of(pkcs11.FunctionCancelled()) == "signers.token_cancelled"
    assert fault_of(pkcs11.GeneralError()) == "signers.token_failed"
    for name in FAULTS:
        assert issubclass(getattr(pkcs11, name), pkcs11.PKCS11Error)


def test_no_token_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_store(tmp_path, monkeypatch)
    with TokenLibrary(LIBRARY) as library:
        assert library.tokens() == ()
    assert refused(SignerChoice(SignerKind.TOKEN, str(LIBRARY), label="Ký thử")) == "signers.no_token"


def test_another_token_and_two_of_one_name(token: SoftToken) -> None:
    assert refused(replace(token.choice, label="Token khác")) == "signers.other_token"
    token.take(*issued())
    with TokenLibrary(LIBRARY) as library:
        serial = library.tokens()[0].serial
    initialise(token.label)
    assert refused(token.choice) == "signers.several_tokens"
    assert signed(replace(token.choice, serial=serial)) is SignatureAlgorithm.ECDSA_P256


def test_a_token_without_key_or_with_an_expired_certificate(token: SoftToken) -> None:
    assert refused(token.choice) == "signers.no_key"
    token.take(None, issued()[1], b"\1")
    assert refused(token.choice) == "signers.no_key"
    token.take(*issued(start=NOW - 9 * DAY, end=NOW - DAY), b"\2")
    assert refused(token.choice) == "signers.certificate_expired"


def test_a_key_of_a_kind_that_packages_do_not_take(token: SoftToken) -> None:
    token.take(*issued(ec.generate_private_key(ec.SECP384R1())))
    assert refused(token.choice) == "signers.key_kind"


def test_pulled_out_in_the_middle(token: SoftToken) -> None:
    token.take(*issued())
    with pytest.raises(KnownError) as caught, token_signer(token.choice, PIN) as signer:
        signer.sign(b"before")
        shutil.rmtree(token.store)
        signer.sign(b"after")
    assert caught.value.code == "signers.token_removed"
    assert refused(token.choice) in ("signers.no_token", "signers.token_failed")


def test_the_session_ends_with_the_work(token: SoftToken) -> None:
    token.take(*issued())
    with token_signer(token.choice, PIN) as signer:
        process = signer._library._process
        assert process.poll() is None
    assert process.poll() == 0


def test_a_library_that_crashes_takes_nothing_down(token: SoftToken) -> None:
    token.take(*issued())
    with pytest.raises(KnownError) as caught, token_signer(token.choice, PIN) as signer:
        os.kill(signer._library._process.pid, signal.SIGSEGV)  # what a null pointer in it comes to
        signer.sign(b"x")
    assert caught.value.code == "signers.library_crashed"
    assert render(caught.value.message)
    assert signed(token.choice) is SignatureAlgorithm.ECDSA_P256


def test_a_library_that_hangs_is_cut_off(token: SoftToken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_room, "ANSWER_SECONDS", 1.0)
    with pytest.raises(KnownError) as caught, TokenLibrary(LIBRARY) as library:
        os.kill(library._process.pid, signal.SIGSTOP)
        library.tokens()
    assert caught.value.code == "signers.token_hangs"
    assert library._process.returncode == -signal.SIGKILL


def test_a_library_that_prints_does_not_speak_into_the_answers() -> None:
    prints = (
        "import os; from cchc_desktop.trust.token_process import _private_output\n"
        "own = _private_output(); os.write(1, b'noise'); os.write(2, b'noise'); print('noise', flush=True)\n"
        "own.write(b'answer'); own.flush()"
    )
    heard = subprocess.run([sys.executable, "-c", prints], capture_output=True, check=True)
    assert (heard.stdout, heard.stderr) == (b"answer", b"")


def loaded(library: Path) -> str:
    with pytest.raises(KnownError) as caught:
        TokenLibrary(library)
    assert render(caught.value.message)
    return caught.value.code


def test_files_that_are_no_pkcs11_library(tmp_path: Path) -> None:
    text = tmp_path / "token.dll"
    text.write_text("not a library")
    assert loaded(text) == "signers.not_a_library"
    libc = next(Path("/lib").rglob("libc.so.6"))
    assert loaded(libc) == "signers.not_a_library"
    assert loaded(tmp_path / "none.so") == "signers.library_missing"


def test_the_pin_is_in_no_process_list_and_in_no_environment(token: SoftToken) -> None:
    token.take(*issued())
    with token_signer(token.choice, PIN) as signer:
        signer.sign(b"x")
        place = Path("/proc") / str(signer._library._process.pid)
        assert PIN.encode() not in (place / "cmdline").read_bytes()
        assert PIN.encode() not in (place / "environ").read_bytes()
        limits = (place / "limits").read_text()
        assert limits.split("Max core file size")[1].split()[0] == "0"  # a crash leaves no memory on a disk
        assert PIN not in repr(signer) + repr(signer.__dict__) + repr(signer._library.__dict__)


def test_raw_ecdsa_becomes_der() -> None:
    """r || s of 32 bytes each; a high first bit gets its zero byte, leading zeros go (X.690, 8.3)."""
    raw = bytes.fromhex("80" + "00" * 30 + "01" + "00" * 31 + "7f")
    assert ecdsa_der(raw).hex() == "3026" + "0221" + "0080" + "00" * 30 + "01" + "0201" + "7f"
    with pytest.raises(TokenFault):
        ecdsa_der(b"\1" * 63)


def test_a_token_that_signs_something_else_is_not_believed(token: SoftToken) -> None:
    """The certificate beside the key belongs to another key: nobody could verify it, so it never goes out."""
    key, _own = issued()
    _other, certificate = issued()
    token.take(key, certificate)
    assert refused(token.choice) == "signers.token_signature_wrong"
