"""The unit's certificate, as openssl shows it, and its spoken code, counted by hand."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.certificate import CertificateUnreadable, read_certificate, self_signed, spoken_code
from cchc_desktop.trust.trusted import LARGEST_FILE, load_trusted
from tests.trust.authority import DAY, Authority

NOW = datetime.now(UTC).replace(microsecond=0)


def test_openssl_shows_unit_name_and_code(tmp_path: Path) -> None:
    _key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)
    (tmp_path / "c.pem").write_bytes(read_certificate(der).pem)
    line = (
        "openssl x509 -in c.pem -noout -subject -nameopt utf8,sep_comma_plus -ext keyUsage,basicConstraints"
    )
    shown = subprocess.run(line.split(), cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "organizationIdentifier=CC:VN-XA-EA-KAO" in shown
    assert "CN=UBND xã Ea Kao" in shown
    assert "CA:FALSE" in shown
    assert "Digital Signature, Non Repudiation" in shown


def test_spoken_code_is_base32_of_fifteen_bytes() -> None:
    """By hand: five bits a letter, A to Z then 2 to 7, from the first 120 bits of the digest."""
    _key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(der).digest()[:15])
    letters = "".join(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[int(bits[at : at + 5], 2)] for at in range(0, 120, 5)
    )
    code = spoken_code(der)
    assert code.replace("-", "") == letters
    assert [len(group) for group in code.split("-")] == [4] * 6


def test_long_name_ends_at_a_word() -> None:
    name = "Ban Quản lý Khu kinh tế cửa khẩu quốc tế và các khu công nghiệp tỉnh Đắk Lắk"
    certificate = read_certificate(self_signed(name, "BQL", NOW)[1])
    assert certificate.name == "Ban Quản lý Khu kinh tế cửa khẩu quốc tế và các khu công nghiệp"
    assert certificate.unit_code == "BQL"


def test_name_cut_at_a_word_ends_without_a_hanging_sign() -> None:
    name = 'UBND xã “Ea Kao – Tân Lập” thuộc tỉnh Đắk Lắk (sau sắp xếp, "mới")'
    shown = read_certificate(self_signed(name, "X", NOW)[1]).name
    assert shown == "UBND xã “Ea Kao – Tân Lập” thuộc tỉnh Đắk Lắk (sau sắp xếp"
    assert read_certificate(self_signed("UBND xã Tân Lập (mới)", "X", NOW)[1]).name == "UBND xã Tân Lập (mới)"


@pytest.mark.parametrize("name", ["Ủ" * 100, "UBND " + "ộ" * 70, " UBND  xã\nEa Kao ", ""])
def test_any_name_makes_a_certificate(name: str) -> None:
    """A common name may have 64 bytes, an organisation 64 letters: Vietnamese letters take up to three."""
    shown = read_certificate(self_signed(name, "X", NOW)[1]).name
    assert 1 <= len(shown) <= 64
    assert "\n" not in shown


def test_certificate_without_a_unit_code() -> None:
    _key, certificate = Authority(NOW).issue("Nguyễn Văn A", "", NOW - DAY, NOW + DAY)
    assert (certificate.name, certificate.unit_code, certificate.is_ca) == ("Nguyễn Văn A", "", False)
    assert Authority(NOW).certificate.is_ca


@pytest.mark.parametrize("der", [b"", b"\x30\x00", b"hello", b"\x30\x82\xff\xff"])
def test_no_certificate_is_said_so(der: bytes) -> None:
    with pytest.raises(CertificateUnreadable):
        read_certificate(der)


def test_trust_files_hold_certificates_and_lists(tmp_path: Path) -> None:
    authority = Authority(NOW)
    unit = read_certificate(self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)[1])
    (tmp_path / "a.der").write_bytes(authority.revocations(NOW - DAY, NOW + DAY))
    line = "openssl crl -inform DER -in a.der -out a.pem"
    subprocess.run(line.split(), cwd=tmp_path, check=True)
    both = tmp_path / "trust.pem"
    both.write_bytes(authority.certificate.pem + unit.pem + (tmp_path / "a.pem").read_bytes())
    trusted = load_trusted([both])
    assert [certificate.name for certificate in trusted.certificates] == [
        authority.certificate.name,
        unit.name,
    ]
    assert trusted.authorities == (authority.certificate,)
    assert trusted.revocation_lists == ((tmp_path / "a.der").read_bytes(),)
    assert trusted.pins(unit)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "trust.file_not_pem"),
        (b"hello", "trust.file_not_pem"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "trust.file_not_pem"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "trust.file_not_pem"),
        (None, "trust.file_unreadable"),
    ],
)
def test_trust_file_without_certificates_is_advice(content: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / "trust.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        load_trusted([path])
    assert caught.value.code == code


def test_huge_trust_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "trust.pem"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(KnownError) as caught:
        load_trusted([path])
    assert caught.value.code == "trust.file_too_large"


def named(common: str, code: str) -> bytes:
    """A certificate as a careless or hostile authority writes it."""
    key, certificate = Authority(NOW).issue(common, code, NOW - DAY, NOW + DAY)
    assert key
    return certificate.der


def test_names_that_hide_or_turn_letters_are_shown_plain() -> None:
    found = read_certificate(named("UBND\u202e xã\n\u200bGiả", "XA-EA-KAO\u200b"))
    assert found.name == "UBND xã Giả"
    assert found.unit_code == "XA-EA-KAO\\u200b", "and equals no unit's code"


def test_certificate_that_never_expires_can_be_shown_in_any_zone() -> None:
    """RFC 5280, 4.1.2.5: 99991231235959Z says that there is no end."""
    key, certificate = Authority(NOW).issue(
        "UBND xã", "XA", NOW - DAY, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    )
    assert key and certificate.valid_to.astimezone(VIETNAM).year == 9999


def test_bytes_that_are_no_certificate_are_unreadable_whatever_the_library_says() -> None:
    der = named("UBND xã", "XA")
    version = der.index(b"\xa0\x03\x02\x01\x02") + 4
    broken = read_certificate(der[:version] + b"\x12" + der[version + 1 :])
    with pytest.raises(CertificateUnreadable):
        broken.public_key()
