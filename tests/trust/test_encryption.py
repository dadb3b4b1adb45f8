"""Encryption to the office's certificate: openssl reads what we write and the other way round, and what was
changed or is for somebody else never gets a name."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.trust import encryption
from cchc_desktop.trust.certificate import Certificate, read_certificate
from cchc_desktop.trust.encryption_key import DecryptionRoom, Receiver, why_not
from cchc_desktop.trust.trusted import Trusted
from tests.trust.authority import Authority

NOW = datetime.now(UTC)
ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "mật khẩu giải mã"


def certificate_of(key: Any, usage: x509.KeyUsage | None, days: int = 30) -> Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sở Nội vụ")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=60))
        .not_valid_after(NOW + timedelta(days=days))
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return read_certificate(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))


def use(*, encipher: bool, sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(sign, sign, encipher, False, False, False, False, False, False)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Certificate, Path]:
    """Key, certificate, and a folder with both as PEM files for openssl."""
    folder = tmp_path_factory.mktemp("office")
    key = rsa.generate_private_key(65537, 3072)
    certificate = certificate_of(key, use(encipher=True))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*form))
    (folder / "office.pem").write_bytes(certificate.pem)
    return key, certificate, folder


def encrypted(content: bytes, certificate: Certificate) -> bytes:
    sink = io.BytesIO()
    written = encryption.encrypt(io.BytesIO(content), len(content), sink, certificate)
    assert written == len(sink.getvalue()) == encryption.encrypted_size(len(content), certificate)
    return sink.getvalue()


def decrypted(whole: bytes, key: Any) -> bytes:
    source, sink = io.BytesIO(whole), io.BytesIO()
    encryption.decrypt(source, encryption.read_envelope(source, len(whole)), sink, key)
    return sink.getvalue()


def openssl(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    line = ["openssl", "cms", "-binary", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("size", [1, 127, 128, 65_536, 20_000_000])
def test_openssl_decrypts_what_we_encrypt(
    size: int, office: tuple[Any, Certificate, Path], tmp_path: Path
) -> None:
    key, certificate, folder = office
    content = hashlib.shake_256(str(size).encode()).digest(size)
    whole = encrypted(content, certificate)
    (tmp_path / "x.asice.p7m").write_bytes(whole)
    place = ("-in", tmp_path / "x.asice.p7m", "-out", tmp_path / "x.asice")
    found = openssl(folder, "-decrypt", "-inform", "DER", "-inkey", "key.pem", "-recip", "office.pem", *place)
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "x.asice").read_bytes() == content
    assert decrypted(whole, key) == content


def test_we_decrypt_what_openssl_encrypts(office: tuple[Any, Certificate, Path], tmp_path: Path) -> None:
    key, _certificate, folder = office
    content = hashlib.shake_256(b"openssl").digest(300_000)
    (tmp_path / "in").write_bytes(content)
    padding = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
    place = ("-in", tmp_path / "in", "-out", tmp_path / "out", "-recip", "office.pem", *padding)
    made = openssl(folder, "-encrypt", "-aes-256-gcm", "-outform", "DER", *place)
    assert made.returncode == 0, made.stderr
    assert decrypted((tmp_path / "out").read_bytes(), key) == content


def test_form_is_auth_enveloped_data_with_oaep_and_gcm(
    office: tuple[Any, Certificate, Path], tmp_path: Path
) -> None:
    _key, certificate, folder = office
    (tmp_path / "x").write_bytes(encrypted(b"content", certificate))
    shown = openssl(folder, "-cmsout", "-print", "-inform", "DER", "-in", tmp_path / "x").stdout
    for wanted in ("id-smime-ct-authEnvelopedData", "rsaesOaep", "aes-256-gcm", "d.issuerAndSerialNumber"):
        assert wanted in shown
    assert "mgf1" in shown
    assert shown.count("sha256") >= 2


def test_every_flipped_byte_is_refused_and_the_good_file_passes_first(
    office: tuple[Any, Certificate, Path],
) -> None:
    """All of the head and the end, and every 1000th byte of the content."""
    key, certificate, _folder = office
    content = hashlib.shake_256(b"flip").digest(100_000)
    whole = encrypted(content, certificate)
    assert decrypted(whole, key) == content
    head = len(whole) - len(content) - 18
    places = [*range(head), *range(head, len(whole), 1000), *range(len(whole) - 20, len(whole))]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1
        envelope = encryption_of(bytes(changed))
        if envelope is not None and (envelope.issuer, envelope.serial) == (
            certificate.issuer,
            certificate.serial,
        ):
            with pytest.raises(KnownError) as fault:
                decrypted(bytes(changed), key)
            mac_head = place in (len(whole) - 18, len(whole) - 17)
            word = "unreadable" if mac_head else "changed_on_the_way"
            assert fault.value.code == f"encryption.{word}"
    assert len(places) > 600


def encryption_of(whole: bytes) -> encryption.Envelope | None:
    """None: refused already as another form."""
    try:
        return encryption.read_envelope(io.BytesIO(whole), len(whole))
    except KnownError as error:
        assert error.code == "encryption.unreadable"
        return None


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole[:-1],
        lambda whole: whole + b"\0",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"",
        lambda whole: b"\x30\x80" + whole[2:],
        lambda whole: b"0" * 100,
        lambda whole: b"\x30\x84\xff\xff\xff\xff" + b"\x30\x84\xff\xff\xff\xff" * 1000,
    ],
)
def test_other_forms_are_unreadable(
    change: Callable[[bytes], bytes], office: tuple[Any, Certificate, Path]
) -> None:
    _key, certificate, _folder = office
    whole = encrypted(b"some content", certificate)
    assert encryption_of(whole) is not None
    assert encryption_of(change(whole)) is None


def test_wrong_key_is_refused(office: tuple[Any, Certificate, Path]) -> None:
    _key, certificate, _folder = office
    whole = encrypted(b"some content", certificate)
    with pytest.raises(KnownError) as fault:
        decrypted(whole, rsa.generate_private_key(65537, 3072))
    assert fault.value.code == "encryption.changed_on_the_way"


def test_key_room_finds_the_key_that_the_file_names_also_after_a_new_one(tmp_path: Path) -> None:
    room = DecryptionRoom(tmp_path)
    first = room.make("Sở Nội vụ", "SNV", PASSPHRASE, NOW, None)
    second = room.make("Sở Nội vụ", "SNV", PASSPHRASE, NOW, None)
    assert room.certificate().fingerprint == second.fingerprint
    for certificate in (first, second):
        whole = encrypted(b"content", certificate)
        envelope = encryption.read_envelope(io.BytesIO(whole), len(whole))
        key, found = room.key_for(envelope)
        assert found.fingerprint == certificate.fingerprint
        assert decrypted(whole, key) == b"content"
    strange = certificate_of(rsa.generate_private_key(65537, 2048), use(encipher=True))
    whole = encrypted(b"content", strange)
    with pytest.raises(KnownError) as fault:
        room.key_for(encryption.read_envelope(io.BytesIO(whole), len(whole)))
    assert fault.value.code == "encryption.other_receiver"
    with pytest.raises(KnownError) as fault:
        DecryptionRoom(tmp_path / "none").key_for(encryption.read_envelope(io.BytesIO(whole), len(whole)))
    assert fault.value.code == "encryption.no_key"


def test_only_a_certificate_for_encrypting_that_is_trusted_and_in_time_is_used(tmp_path: Path) -> None:
    small = rsa.generate_private_key(65537, 2048)
    authority = Authority(NOW)
    fit = certificate_of(small, use(encipher=True))
    _key, signing = authority.issue("Xã", "X", NOW - timedelta(1), NOW + timedelta(9), small)
    _key, issued = authority.issue("Sở", "S", NOW - timedelta(1), NOW + timedelta(9), small, may_sign=False)
    _key, old = authority.issue("Sở", "S", NOW - timedelta(9), NOW - timedelta(1), small, may_sign=False)
    nobody, here = Trusted(), Trusted((authority.certificate,))
    revoking = Trusted(
        (authority.certificate,),
        (authority.revocations(NOW, NOW + timedelta(9), ((issued.serial, NOW, None),)),),
    )

    def word(certificate: Certificate, trusted: Trusted, *, pinned: bool = False) -> str:
        reason = why_not(Receiver(certificate, pinned), trusted, NOW)
        return "" if reason is None else reason.id.removeprefix("encryption.")

    assert word(fit, nobody, pinned=True) == ""
    assert word(issued, here) == ""
    assert word(fit, nobody) == "not_trusted"
    assert word(issued, nobody) == "not_trusted"
    assert word(signing, here) == "other_purpose"
    assert word(certificate_of(small, None), nobody, pinned=True) == "other_purpose"
    curve = ec.generate_private_key(ec.SECP256R1())
    assert word(certificate_of(curve, use(encipher=True)), nobody, pinned=True) == "other_purpose"
    assert word(old, here) == "not_valid_now"
    assert word(issued, revoking) == "revoked"
    assert word(issued, revoking, pinned=True) == "revoked"


def test_stop_is_heard(office: tuple[Any, Certificate, Path]) -> None:
    _key, certificate, _folder = office
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        encryption.encrypt(io.BytesIO(b"x"), 1, io.BytesIO(), certificate, progress)


def test_source_that_grew_or_shrank_is_said(office: tuple[Any, Certificate, Path]) -> None:
    _key, certificate, _folder = office
    for size in (9, 11):
        with pytest.raises(KnownError) as fault:
            encryption.encrypt(io.BytesIO(b"0123456789"), size, io.BytesIO(), certificate)
        assert fault.value.code == "encryption.changed"


MEASURE = """
import resource, sys
from pathlib import Path
from cryptography.hazmat.primitives import serialization
from cchc_desktop.trust import encryption
from cchc_desktop.trust.certificate import read_certificate
from cchc_desktop.trust.trusted import load_trusted
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
(certificate,) = load_trusted([folder / "office.pem"]).certificates
key = serialization.load_pem_private_key((folder / "key.pem").read_bytes(), None)
def both(size):
    with file.open("rb") as source, file.with_suffix(".p7m").open("wb") as sink:
        written = encryption.encrypt(source, size, sink, certificate)
    with file.with_suffix(".p7m").open("rb") as source, file.with_suffix(".back").open("wb") as sink:
        encryption.decrypt(source, encryption.read_envelope(source, written), sink, key)
with file.open("wb") as made:
    made.truncate(1000)
both(1000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with file.open("wb") as made:
    made.truncate(500_000_000)
both(500_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
def test_500_mb_pass_in_bounded_memory(office: tuple[Any, Certificate, Path], tmp_path: Path) -> None:
    _key, _certificate, folder = office
    line = [sys.executable, "-c", MEASURE, str(folder), str(tmp_path / "x.asice")]
    found = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(found.stdout) < 32 * 1024, "KiB on Linux"
    assert (tmp_path / "x.back").stat().st_size == 500_000_000
