"""The small CA by itself: what it writes, held against OpenSSL, GnuTLS and NSS, and what it refuses."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.office import RevocationReason, Way
from cchc_desktop.domain.receipt import ListNews
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import confirmed
from cchc_desktop.trust.authority import (
    AUTHORITY_LIFETIME,
    CERTIFICATE_LIFETIME,
    LIST_LIFETIME,
    Authority,
    authority_certificate,
    certificate_request,
    is_issued_by,
    issued,
    next_list,
    read_request,
    same_key,
)
from cchc_desktop.trust.certificate import Certificate, read_certificate, self_signed
from cchc_desktop.trust.revocation import ders_of, keep_newer, newest, read_list
from cchc_desktop.trust.trusted import load_trusted

NOW = vietnam_now().replace(microsecond=0)
DAY = timedelta(days=1)
UNIT, CODE = "Ủy ban nhân dân xã Ea Kao", "XA-EA-KAO"
LONG = "Ủy ban nhân dân phường Buôn Ma Thuột, thành phố Buôn Ma Thuột, tỉnh Đắk Lắk và các khu phố trực thuộc"


def authority(name: str = "Sở Nội vụ tỉnh mẫu", code: str = "SNV-MAU") -> Authority:
    key, der = authority_certificate(name, code, NOW)
    return Authority(key, read_certificate(der))


CA = authority()


def issue(name: str = UNIT, code: str = CODE, ca: Authority = CA) -> Certificate:
    key, _der = self_signed(name, code, NOW)
    return ca.issue(read_request(certificate_request(key, name, code)), NOW)


UNITS = issue()


def run(*line: object) -> subprocess.CompletedProcess[str]:
    parts = [str(part) for part in line]
    return subprocess.run(parts, capture_output=True, text=True, check=False)


def test_ca_certificate_says_what_it_is(tmp_path: Path) -> None:
    own = CA.certificate
    assert (own.is_ca, own.may_sign, own.unit_code) == (True, False, "SNV-MAU")
    assert own.name == "Sở Nội vụ tỉnh mẫu"
    assert own.valid_to - own.valid_from == AUTHORITY_LIFETIME
    parsed = x509.load_der_x509_certificate(own.der)
    constraints = parsed.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (constraints.critical, constraints.value.path_length) == (True, 0)
    assert own.subject != UNITS.subject


def test_issued_certificate_says_who_asked_and_lasts_two_years() -> None:
    assert (UNITS.name, UNITS.unit_code, UNITS.is_ca, UNITS.may_sign) == (UNIT, CODE, False, True)
    assert UNITS.issuer == CA.certificate.subject
    assert UNITS.valid_to == (NOW + CERTIFICATE_LIFETIME).astimezone(UNITS.valid_to.tzinfo)
    assert timedelta(days=2 * 365) == CERTIFICATE_LIFETIME
    assert is_issued_by(UNITS, CA.certificate)
    assert not is_issued_by(UNITS, UNITS)
    assert not is_issued_by(UNITS, authority().certificate), "the same name is not the same CA"


def test_serials_differ_and_are_random() -> None:
    serials = {issue().serial for _ in range(5)}
    assert len(serials) == 5
    assert min(serials).bit_length() > 100


def test_long_names_are_cut_at_a_word_in_both_kinds_of_certificate() -> None:
    for certificate in (issue(LONG), authority(LONG, "SNV").certificate):
        assert 20 < len(certificate.name) <= 64
        assert LONG.startswith(certificate.name)


def test_certificate_ends_with_its_ca_at_the_latest() -> None:
    near = CA.certificate.valid_to - 30 * DAY
    key, _der = self_signed(UNIT, CODE, NOW)
    request = read_request(certificate_request(key, UNIT, CODE))
    assert CA.issue(request, near).valid_to == CA.certificate.valid_to
    for late in (CA.certificate.valid_to, CA.certificate.valid_from - DAY):
        with pytest.raises(KnownError) as caught:
            CA.issue(request, late)
        assert caught.value.code == "trust.authority_expired"
        assert render(caught.value.message)


def test_request_without_our_scheme_of_codes_is_refused() -> None:
    key, _der = self_signed(UNIT, CODE, NOW)
    from cryptography.hazmat.primitives import hashes, serialization

    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "UBND")])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    with pytest.raises(KnownError) as caught:
        read_request(csr.public_bytes(serialization.Encoding.PEM))
    assert caught.value.code == "trust.request_without_code"


def test_openssl_reads_our_request(tmp_path: Path) -> None:
    key, _der = self_signed(UNIT, CODE, NOW)
    (tmp_path / "r.pem").write_bytes(certificate_request(key, UNIT, CODE))
    answer = run("openssl", "req", "-in", tmp_path / "r.pem", "-noout", "-verify", "-subject", "-utf8")
    assert answer.returncode == 0, answer.stderr
    assert "CC:VN-XA-EA-KAO" in answer.stdout
    certificate = read_certificate(self_signed(UNIT, CODE, NOW)[1])
    assert not same_key(certificate, read_request((tmp_path / "r.pem").read_bytes()).public_der)


def _revoked(reason: RevocationReason = RevocationReason.KEY_COMPROMISE) -> bytes:
    row = replace(issued(UNITS, Way.ISSUED, NOW), since=NOW - DAY, reason=reason)
    return ders_of(next_list(CA, None, [row], NOW).pem)[0]


def test_gnutls_checks_the_chain_and_the_list(tmp_path: Path) -> None:
    ca, leaf, crl = tmp_path / "ca.pem", tmp_path / "leaf.pem", tmp_path / "crl.pem"
    ca.write_bytes(CA.certificate.pem)
    leaf.write_bytes(UNITS.pem)
    line = ["certtool", "--verify", "--load-ca-certificate", ca, "--infile", leaf]
    good = run(*line)
    assert good.returncode == 0, good.stdout + good.stderr
    crl.write_text(next_list(CA, None, (), NOW).pem)
    assert run(*line, "--load-crl", crl).returncode == 0
    assert run("certtool", "--verify-crl", "--load-ca-certificate", ca, "--infile", crl).returncode == 0
    from cchc_desktop.trust.authority import list_pem

    crl.write_bytes(list_pem(_revoked()))
    bad = run(*line, "--load-crl", crl)
    assert bad.returncode != 0
    assert "revoked" in bad.stdout + bad.stderr
    foreign = tmp_path / "foreign.pem"
    foreign.write_bytes(issue(ca=authority("Sở khác", "SK")).pem)
    assert run(*line[:-1], foreign).returncode != 0


def test_nss_checks_the_chain_and_the_list(tmp_path: Path) -> None:
    db = f"sql:{tmp_path}"
    ca, leaf, crl = tmp_path / "ca.der", tmp_path / "leaf.der", tmp_path / "crl.der"
    ca.write_bytes(CA.certificate.der)
    leaf.write_bytes(UNITS.der)
    crl.write_bytes(_revoked())
    assert run("certutil", "-N", "-d", db, "--empty-password").returncode == 0
    assert run("certutil", "-A", "-d", db, "-n", "ca", "-t", "C,C,C", "-i", ca).returncode == 0
    assert run("certutil", "-A", "-d", db, "-n", "unit", "-t", ",,", "-i", leaf).returncode == 0
    good = run("certutil", "-V", "-d", db, "-n", "unit", "-u", "S", "-e")
    assert "is valid" in good.stdout, good.stdout + good.stderr
    taken = run("crlutil", "-I", "-d", db, "-i", crl)
    assert taken.returncode == 0, taken.stderr
    bad = run("certutil", "-V", "-d", db, "-n", "unit", "-u", "S", "-e")
    assert "revoked" in (bad.stdout + bad.stderr).lower()


# Lists


def test_lists_are_numbered_and_last_35_days() -> None:
    first = next_list(CA, None, (), NOW)
    second = next_list(CA, first, (), NOW + DAY)
    assert (first.number, second.number) == (1, 2)
    assert first.until - first.issued_at == timedelta(days=35) == LIST_LIFETIME
    assert not first.is_stale(NOW + 35 * DAY)
    assert first.is_stale(NOW + 35 * DAY + timedelta(seconds=1))
    assert not first.is_due(NOW + 17 * DAY)
    assert first.is_due(NOW + 18 * DAY)
    found = read_list(ders_of(second.pem)[0], [authority().certificate, CA.certificate])
    assert found is not None
    assert (found.authority, found.number, found.until) == (CA.certificate, 2, second.until)


@pytest.mark.parametrize("reason", list(RevocationReason))
def test_reason_stands_in_the_list_but_for_none(reason: RevocationReason) -> None:
    parsed = x509.load_der_x509_crl(_revoked(reason))
    entry = parsed.get_revoked_certificate_by_serial_number(UNITS.serial)
    assert entry is not None
    assert entry.revocation_date_utc == (NOW - DAY).astimezone(entry.revocation_date_utc.tzinfo)
    said = [extension.value.reason.name for extension in entry.extensions]
    assert said == ([] if reason is RevocationReason.UNSPECIFIED else [reason.value])


def test_only_what_the_ca_issued_is_on_its_list() -> None:
    """A pinned certificate is nobody's to revoke: it is taken off the list of the known ones."""
    rows = [
        replace(issued(UNITS, way, NOW), since=NOW, reason=RevocationReason.SUPERSEDED)
        for way in (Way.PINNED, Way.AUTHORITY)
    ]
    assert len(x509.load_der_x509_crl(ders_of(next_list(CA, None, rows, NOW).pem)[0])) == 0


def test_keeping_takes_only_newer_lists_of_known_cas(tmp_path: Path) -> None:
    first = next_list(CA, None, (), NOW - 2 * DAY)
    second = next_list(CA, first, (), NOW - DAY)
    assert keep_newer(tmp_path, first.pem) is ListNews.STRANGE, "nobody is trusted yet"
    confirmed.keep(tmp_path, CA.certificate)
    assert keep_newer(tmp_path, "") is ListNews.NONE
    assert keep_newer(tmp_path, first.pem) is ListNews.NEWER
    assert keep_newer(tmp_path, first.pem) is ListNews.SAME
    assert keep_newer(tmp_path, second.pem) is ListNews.NEWER
    assert keep_newer(tmp_path, first.pem) is ListNews.OLDER
    assert keep_newer(tmp_path, next_list(authority(), second, (), NOW).pem) is ListNews.STRANGE
    lists = load_trusted(sorted((tmp_path / "trusted").iterdir())).revocation_lists
    found = newest(lists, CA.certificate)
    assert found is not None
    assert (len(lists), found.number) == (1, 2)


def test_list_of_a_forger_with_the_cas_name_is_not_kept(tmp_path: Path) -> None:
    """It would lift every revocation; or, with a high number, keep all later ones out."""
    confirmed.keep(tmp_path, CA.certificate)
    forger = Authority(authority().key, CA.certificate)
    forged = next_list(forger, replace(next_list(CA, None, (), NOW), number=10**6), (), NOW)
    assert keep_newer(tmp_path, forged.pem) is ListNews.STRANGE
    assert keep_newer(tmp_path, next_list(CA, None, (), NOW).pem) is ListNews.NEWER


def test_request_that_a_library_cannot_name_is_unreadable() -> None:
    """Found by the fuzzer: a version that no PKCS#10 request has."""
    key = ec.generate_private_key(ec.SECP256R1())
    good = certificate_request(key, "UBND xã Ea Kao", "XA-EA-KAO")
    assert read_request(good).unit_code == "XA-EA-KAO"
    _kind, _headers, der = pem.unarmor(good)
    at = der.index(b"\x02\x01\x00") + 2
    with pytest.raises(KnownError, match=r"trust\.request_unreadable"):
        read_request(pem.armor("CERTIFICATE REQUEST", der[:at] + b"\x51" + der[at + 1 :]))


def test_name_in_a_request_is_shown_plain() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert read_request(certificate_request(key, "UBND\u202e xã", "XA")).name == "UBND xã"
