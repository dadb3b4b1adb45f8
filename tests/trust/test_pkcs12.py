"""PKCS#12 files as openssl, NSS and old programs write them, and everything that can be wrong with one."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import pkcs12_file
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.pkcs12_file import pkcs12_signer, read_pkcs12
from cchc_desktop.trust.signature_check import check_signature
from tests.trust.authority import DAY, Authority, rsa_key

NOW = datetime.now(UTC)
DIGEST = hashlib.sha256(b"a manifest").digest()
PASSWORD = "Mật khẩu của tệp"
AUTHORITY = Authority(NOW)


def issued(key: Any = None, name: str = "Lê Văn Á", **changes: Any) -> tuple[Any, Certificate]:
    start, end = changes.pop("start", NOW - DAY), changes.pop("end", NOW + DAY)
    return AUTHORITY.issue(name, "XA-EA-KAO", start, end, key, **changes)


def clear(key: Any) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))


def made(
    folder: Path,
    key: Any,
    certificate: Certificate,
    *words: str,
    others: bytes = b"",
    password: str = PASSWORD,
) -> Path:
    """By openssl's own hand."""
    (folder / "key.pem").write_bytes(clear(key))
    (folder / "certificates.pem").write_bytes(certificate.pem + others)
    (folder / "password").write_text(password, encoding="utf-8")
    to = folder / "unit.p12"
    line = ["openssl", "pkcs12", "-export", "-inkey", "key.pem", "-in", "certificates.pem", *words]
    line += ["-passout", "file:password" if password else "pass:", "-out", to.name]
    subprocess.run(line, cwd=folder, check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return to


def choice(file: Path, **changes: Any) -> SignerChoice:
    return SignerChoice(SignerKind.PKCS12, str(file), **changes)


def refused(file: Path, password: str = PASSWORD, **changes: Any) -> str:
    with pytest.raises(KnownError) as caught:
        pkcs12_signer(choice(file, **changes), password)
    assert not password or password not in render(caught.value.message) + str(caught.value)
    return caught.value.code


def signs(file: Path, password: str = PASSWORD, **changes: Any) -> SignatureAlgorithm:
    signer = pkcs12_signer(choice(file, **changes), password)
    signature = sign_detached(signer, DIGEST, NOW)
    assert check_signature(signature, DIGEST).signer == signer.certificate
    assert not password or password not in repr(signer)
    return signer.algorithm


@pytest.mark.parametrize(
    ("key", "pss", "algorithm"),
    [
        (lambda: None, False, SignatureAlgorithm.ECDSA_P256),
        (lambda: rsa_key(2048), False, SignatureAlgorithm.RSA_PKCS1),
        (lambda: rsa_key(2048), True, SignatureAlgorithm.RSA_PSS),
    ],
)
def test_it_signs(tmp_path: Path, key: Any, pss: bool, algorithm: SignatureAlgorithm) -> None:
    assert signs(made(tmp_path, *issued(key())), pss=pss) is algorithm


@pytest.mark.parametrize(
    "words",
    [
        ("-legacy",),  # RC2-40 for the certificates, 3DES for the key: what old Windows wrote
        ("-legacy", "-descert"),
        ("-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-128"),
        ("-keypbe", "NONE", "-certpbe", "NONE"),
        ("-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC", "-macalg", "sha512"),
    ],
)
def test_older_and_other_ciphers_are_read(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert signs(made(tmp_path, *issued(rsa_key(2048)), *words)) is SignatureAlgorithm.RSA_PKCS1


def test_where_the_old_ciphers_are_missing_the_advice_is_to_export_anew(tmp_path: Path) -> None:
    """OpenSSL 3 without its legacy provider can't read RC2; that is not called a wrong password."""
    file = made(tmp_path, *issued(rsa_key(2048)), "-legacy")
    told = (
        "import sys; from pathlib import Path\n"
        "from cchc_desktop.errors import KnownError\n"
        "from cchc_desktop.trust.pkcs12_file import read_pkcs12\n"
        "try: read_pkcs12(Path(sys.argv[1]), sys.stdin.read())\n"
        "except KnownError as error: print(error.code)"
    )
    line = [sys.executable, "-c", told, str(file)]
    environment = {**os.environ, "CRYPTOGRAPHY_OPENSSL_NO_LEGACY": "1", "PYTHONUTF8": "1"}
    for password, code in ((PASSWORD, "signers.p12_old_encryption"), ("sai", "signers.p12_wrong_password")):
        heard = subprocess.run(
            line, input=password, env=environment, capture_output=True, text=True, check=True
        )
        assert heard.stdout.strip() == code


def test_a_wrong_password(tmp_path: Path) -> None:
    file = made(tmp_path, *issued())
    assert refused(file, "mật khẩu khác") == "signers.p12_wrong_password"
    assert refused(file, "") == "signers.p12_wrong_password"


def test_a_password_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    file = made(tmp_path, *issued(), password=unicodedata.normalize("NFD", PASSWORD))
    assert signs(file, unicodedata.normalize("NFC", PASSWORD)) is SignatureAlgorithm.ECDSA_P256


def test_an_empty_password(tmp_path: Path) -> None:
    assert signs(made(tmp_path, *issued(), password=""), "") is SignatureAlgorithm.ECDSA_P256


def test_no_key_in_it(tmp_path: Path) -> None:
    key, certificate = issued()
    file = made(tmp_path, key, certificate)
    line = ["openssl", "pkcs12", "-export", "-nokeys", "-in", "certificates.pem", "-passout", "file:password"]
    subprocess.run([*line, "-out", file.name], cwd=tmp_path, check=True, capture_output=True)
    assert refused(file) == "signers.no_key"


def test_several_keys_as_nss_exports_them(tmp_path: Path) -> None:
    """A renewed certificate has the old one's name, and NSS exports both; it writes BER, not DER."""
    store = tmp_path / "nss"
    store.mkdir()
    old, new = issued(rsa_key(2048), end=NOW + 5 * DAY), issued(rsa_key(2048), end=NOW + 9 * DAY)

    def nss(*words: str) -> None:
        subprocess.run([*words, "-d", f"sql:{store}"], cwd=tmp_path, check=True, capture_output=True)

    nss("certutil", "-N", "--empty-password")
    for pair in (old, new):
        made(tmp_path, *pair, "-name", "unit", password="x")
        nss("pk12util", "-i", "unit.p12", "-W", "x")
    nss("pk12util", "-o", "both.p12", "-n", "unit", "-W", "x")
    both = tmp_path / "both.p12"
    assert {one.fingerprint for one in read_pkcs12(both, "x").keys} == {
        pair[1].fingerprint for pair in (old, new)
    }
    assert refused(both, "x") == "signers.several_certificates"
    for _key, certificate in (old, new):
        signer = pkcs12_signer(choice(both, certificate=certificate.fingerprint), "x")
        assert signer.certificate == certificate
        check_signature(sign_detached(signer, DIGEST, NOW), DIGEST)


def test_the_certificate_in_force_is_taken_when_the_other_one_expired(tmp_path: Path) -> None:
    key, good = issued()
    _same, expired = issued(key, start=NOW - 9 * DAY, end=NOW - DAY)
    file = made(tmp_path, key, good, others=expired.pem)
    assert pkcs12_signer(choice(file), PASSWORD).certificate == good


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"start": NOW - 9 * DAY, "end": NOW - DAY}, "signers.certificate_expired"),
        ({"start": NOW + DAY, "end": NOW + 9 * DAY}, "signers.certificate_not_yet"),
        ({"may_sign": False}, "signers.certificate_not_for_signing"),
        ({"ca": True}, "signers.certificate_of_authority"),
        ({"key": ec.generate_private_key(ec.SECP384R1())}, "signers.key_kind"),
        ({"key": rsa_key(1024)}, "signers.key_kind"),
    ],
)
def test_certificates_that_nobody_could_accept(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    assert refused(made(tmp_path, *issued(**changes))) == code


def test_intermediates_go_along_and_the_root_does_not(tmp_path: Path) -> None:
    above = Authority(NOW, "CA cấp hai", AUTHORITY)
    key, certificate = above.issue("Lê Văn Á", "XA-EA-KAO", NOW - DAY, NOW + DAY)
    file = made(tmp_path, key, certificate, others=AUTHORITY.certificate.pem + above.certificate.pem)
    assert pkcs12_signer(choice(file), PASSWORD).intermediates == (above.certificate.der,)


def test_files_that_are_none(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.p12") == "signers.p12_missing"
    other = tmp_path / "other.p12"
    for content in (b"", b"PK\3\4", AUTHORITY.certificate.der, AUTHORITY.certificate.pem, bytes(2_000_000)):
        other.write_bytes(content)
        assert refused(other) == "signers.p12_unreadable"
    whole = made(tmp_path, *issued()).read_bytes()
    other.write_bytes(whole[: len(whole) // 2])
    assert refused(other) == "signers.p12_unreadable"


def test_a_file_that_only_wants_to_keep_us_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rounds of the key derivation stand in the file; beyond the bound they are not begun."""
    file = made(tmp_path, *issued(), "-iter", "300000", "-macalg", "sha256")
    assert signs(file) is SignatureAlgorithm.ECDSA_P256
    monkeypatch.setattr(pkcs12_file, "MOST_ROUNDS", 200_000)
    assert refused(file) == "signers.p12_unreadable"


def test_nothing_of_it_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    file = made(tmp_path, *issued())
    signs(file)
    refused(file, "một mật khẩu sai")
    assert PASSWORD not in caplog.text
    assert "một mật khẩu sai" not in caplog.text
