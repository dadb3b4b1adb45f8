"""PAdES signatures over algorithms and signers, held against pdfsig, openssl and pyHanko's own word."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from cchc_desktop.domain.pdf_signature import Box, PdfCheck
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.pades import organisation_of, places, sign_pdf
from cchc_desktop.trust.pades_check import check_pdf
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.token import token_signer
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.pdf_forge import (
    AUTHORITY,
    BOX,
    NOW,
    OTHER,
    SIGNER,
    TRUSTED,
    plain,
    range_of,
    signed,
    with_contents,
)
from tests.trust.authority import DAY, AnySigner, Authority, rsa_key
from tests.trust.soft_token import PIN, make_token

ALGORITHMS = tuple(SignatureAlgorithm)
SECOND = Box(0, 20, 20, 240, 80)


def key_of(algorithm: SignatureAlgorithm) -> Any:
    return None if algorithm is SignatureAlgorithm.ECDSA_P256 else rsa_key(2048)


def software(algorithm: SignatureAlgorithm) -> AnySigner:
    key, certificate = AUTHORITY.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY, key_of(algorithm))
    return AnySigner(key, certificate, algorithm)


@contextmanager
def as_it_is(signer: Signer) -> Iterator[Signer]:
    yield signer


@pytest.fixture(params=["software", "token"])
def signer(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """algorithm → the opened signer."""

    def opened(algorithm: SignatureAlgorithm) -> AbstractContextManager[Signer]:
        if request.param == "software":
            return as_it_is(software(algorithm))
        soft = make_token(tmp_path, monkeypatch)
        key, certificate = AUTHORITY.issue(
            "UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY, key_of(algorithm) or software(algorithm)._key
        )
        soft.take(key, certificate)
        choice = replace(soft.choice, pss=algorithm is SignatureAlgorithm.RSA_PSS)
        return token_signer(choice, PIN)

    return opened


def pdfsig(pdf: bytes, folder: Path) -> list[str]:
    """What pdfsig says, one text for each signature."""
    file = folder / "x.pdf"
    file.write_bytes(pdf)
    answer = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    return answer.stdout.split("Signature #")[1:]


def openssl(pdf: bytes, folder: Path) -> bool:
    """The last signature, taken out of the file and held against the bytes that it names."""
    _zero, first, second, rest = range_of(pdf)
    raw = bytes.fromhex(pdf[first + 1 : second - 1].decode())
    (folder / "x.p7s").write_bytes(raw[: 4 + int.from_bytes(raw[2:4], "big")])
    (folder / "x.bin").write_bytes(pdf[:first] + pdf[second : second + rest])
    (folder / "ca.pem").write_bytes(AUTHORITY.certificate.pem)
    line = "openssl cms -verify -cades -binary -inform DER -in x.p7s -content x.bin -CAfile ca.pem -out x.out"
    return subprocess.run(line.split(), cwd=folder, capture_output=True, check=False).returncode == 0


def pyhanko_bottom_line(pdf: bytes) -> list[bool]:
    context = ValidationContext(trust_roots=[x509.Certificate.load(AUTHORITY.certificate.der)])
    found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    usage = [validate_pdf_signature(one, context) for one in found]
    return [one.bottom_line and one.coverage >= SignatureCoverageLevel.ENTIRE_REVISION for one in usage]


def changed(pdf: bytes) -> bytes:
    assert b"76,50" in pdf
    return pdf.replace(b"76,50", b"99,50", 1)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_and_two_signers_hold_in_every_tool_and_no_tool_takes_the_tampered_file(
    algorithm: SignatureAlgorithm, signer: Any, tmp_path: Path
) -> None:
    with signer(algorithm) as opened:
        once = sign_pdf(plain(), opened, NOW, BOX)
        twice = sign_pdf(signed(), opened, NOW, SECOND)
    for pdf, count in ((once, 1), (twice, 2)):
        told = pdfsig(pdf, tmp_path)
        assert [("Signature is Valid." in one) for one in told] == [True] * count
        assert ["Total document signed" in one for one in told] == [False] * (count - 1) + [True]
        assert openssl(pdf, tmp_path)
        assert pyhanko_bottom_line(pdf) == [True] * count
        found = check_pdf(pdf, TRUSTED, NOW)
        assert found.outcome is Outcome.VALID and len(found.signatures) == count

        tampered = changed(pdf)
        assert not any("Signature is Valid." in one for one in pdfsig(tampered, tmp_path))
        assert not openssl(tampered, tmp_path)
        assert pyhanko_bottom_line(tampered) == [False] * count
        assert check_pdf(tampered, TRUSTED, NOW).outcome is Outcome.INVALID


def test_what_was_there_stays_byte_for_byte_in_front() -> None:
    pdf = plain()
    once = signed(pdf)
    assert once.startswith(pdf) and signed(once, OTHER, SECOND).startswith(once)


def test_without_a_box_nothing_is_shown() -> None:
    pdf = signed(box=None)
    assert check_pdf(pdf, TRUSTED, NOW).outcome is Outcome.VALID
    assert places(pdf).taken == ()


def test_time_is_the_one_that_the_box_shows() -> None:
    """PAdES keeps it in the signature dictionary, which is signed; with Viet Nam's offset."""
    pdf = signed()
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert found.sig_object["/M"] == f"D:{NOW.astimezone(VIETNAM):%Y%m%d%H%M%S}+07'00'"
    (one,) = check_pdf(pdf, TRUSTED, NOW).signatures
    assert one.signer.signed_at == NOW


def test_name_and_organisation_are_the_certificates() -> None:
    assert organisation_of(SIGNER.certificate) == "" and organisation_of(OTHER.certificate) == ""
    (one,) = check_pdf(signed(), TRUSTED, NOW).signatures
    assert (one.signer.name, one.signer.unit_code, one.organisation) == ("UBND xã Ea Kao", "XA-EA-KAO", "")


# --- the same rules of trust as for packages ---------------------------------------------------------------


def word(check: PdfCheck) -> tuple[Outcome, set[str]]:
    return check.outcome, {reason.code for reason in check.reasons}


def test_signer_nobody_here_knows() -> None:
    outcome, codes = word(check_pdf(signed(), Trusted(), NOW))
    assert outcome is Outcome.UNKNOWN_SIGNER
    assert {"pades.unchanged", "trust.unknown_signer"} <= codes


def test_pinned_signer() -> None:
    outcome, codes = word(check_pdf(signed(), Trusted((SIGNER.certificate,)), NOW))
    assert outcome is Outcome.VALID and "trust.pinned" in codes


def test_one_unknown_of_two_signers_makes_the_file_unknown() -> None:
    stranger = AnySigner(*Authority(NOW, "CA lạ").issue("Ai đó", "", NOW - DAY, NOW + DAY))
    found = check_pdf(signed(signed(), stranger, SECOND), TRUSTED, NOW)
    assert found.outcome is Outcome.UNKNOWN_SIGNER
    assert [one.signer.outcome for one in found.signatures] == [Outcome.VALID, Outcome.UNKNOWN_SIGNER]


def at(moment: datetime, signer: AnySigner = SIGNER) -> bytes:
    return sign_pdf(plain(), signer, moment, None)


def test_signed_in_the_future() -> None:
    late = NOW + timedelta(minutes=11)
    outcome, codes = word(check_pdf(at(late), TRUSTED, NOW))
    assert (outcome, "trust.signed_in_future" in codes) == (Outcome.INVALID, True)
    assert check_pdf(at(late), TRUSTED, late).outcome is Outcome.VALID


def test_certificate_not_valid_at_the_signing_time_does_not_sign() -> None:
    with pytest.raises(KnownError) as caught:
        at(NOW - 5 * DAY)
    assert caught.value.code == "trust.clock"


def test_revoked_before_signing() -> None:
    serial = SIGNER.certificate.serial
    revoked = AUTHORITY.revocations(NOW - DAY, NOW + DAY, ((serial, NOW - DAY, None),))
    outcome, codes = word(check_pdf(signed(), Trusted((AUTHORITY.certificate,), (revoked,)), NOW))
    assert (outcome, "trust.revoked" in codes) == (Outcome.INVALID, True)


def test_second_signature_earlier_than_the_first_is_said() -> None:
    pdf = sign_pdf(signed(), OTHER, NOW - timedelta(hours=2), SECOND)
    outcome, codes = word(check_pdf(pdf, TRUSTED, NOW))
    assert (outcome, "pades.time_order" in codes) == (Outcome.VALID_WITH_WARNINGS, True)


def test_certificate_that_is_not_for_signing() -> None:
    key, certificate = AUTHORITY.issue("Máy chủ", "", NOW - DAY, NOW + DAY, may_sign=False)
    outcome, codes = word(check_pdf(signed(signer=AnySigner(key, certificate)), TRUSTED, NOW))
    assert (outcome, "trust.certificate_usage" in codes) == (Outcome.INVALID, True)


def test_short_key_is_refused() -> None:
    key, certificate = AUTHORITY.issue("Khóa ngắn", "", NOW - DAY, NOW + DAY, rsa_key(1024))
    pdf = signed(signer=AnySigner(key, certificate, SignatureAlgorithm.RSA_PKCS1))
    outcome, codes = word(check_pdf(pdf, TRUSTED, NOW))
    assert (outcome, "trust.signature_algorithm" in codes) == (Outcome.INVALID, True)


def test_certificate_of_another_with_the_same_name_and_number_is_refused() -> None:
    """The signature names its certificate by digest; another one in its place signs nothing."""
    _key, twin = AUTHORITY.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + 300 * DAY)
    pdf = signed()
    _zero, first, second, _rest = range_of(pdf)
    raw = bytes.fromhex(pdf[first + 1 : second - 1].decode())
    swapped = raw.replace(SIGNER.certificate.der, twin.der)
    assert swapped != raw
    found = check_pdf(
        with_contents(pdf, b"<" + swapped[: (second - first) // 2 - 1].hex().encode() + b">"), TRUSTED, NOW
    )
    assert found.outcome is Outcome.INVALID


# --- what other programs write -----------------------------------------------------------------------------


def test_signature_of_the_older_kind_with_intermediates_is_read(tmp_path: Path) -> None:
    """adbe.pkcs7.detached, as many signing programs write it, made by pyHanko's own signer."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    middle = Authority(NOW, "CA công vụ", above=AUTHORITY)
    key, certificate = middle.issue("Lê Đình Khải", "", NOW - DAY, NOW + DAY, rsa_key(2048))
    from asn1crypto import keys
    from cryptography.hazmat.primitives import serialization

    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple([x509.Certificate.load(middle.certificate.der)])
    foreign = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.der),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=store,
    )
    meta = PdfSignatureMetadata(
        field_name="Signature1", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, md_algorithm="sha512"
    )
    output = PdfSigner(meta, foreign).sign_pdf(IncrementalPdfFileWriter(BytesIO(plain())))
    found = check_pdf(output.getvalue(), TRUSTED, datetime.now(NOW.tzinfo))
    assert found.outcome is Outcome.VALID_WITH_WARNINGS, "nobody has a list of the intermediate authority"
    assert found.signatures[0].signer.name == "Lê Đình Khải"


def test_sha1_is_refused() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key, certificate = AUTHORITY.issue("Cũ", "", NOW - DAY, NOW + DAY, rsa_key(2048))
    from asn1crypto import keys
    from cryptography.hazmat.primitives import serialization

    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    old = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.der),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )
    for digest, outcome in (("sha256", Outcome.VALID), ("sha1", Outcome.INVALID)):
        meta = PdfSignatureMetadata(field_name="Signature1", md_algorithm=digest)
        output = PdfSigner(meta, old).sign_pdf(IncrementalPdfFileWriter(BytesIO(plain())))
        assert check_pdf(output.getvalue(), TRUSTED, datetime.now(NOW.tzinfo)).outcome is outcome


def test_author_who_allows_no_further_signature_is_obeyed() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import MDPPerm

    from cchc_desktop.trust.pades import _adapted

    meta = PdfSignatureMetadata(
        field_name="Signature1", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256"
    )
    certified = PdfSigner(meta, _adapted(SIGNER)).sign_pdf(IncrementalPdfFileWriter(BytesIO(plain())))
    assert check_pdf(certified.getvalue(), TRUSTED, datetime.now(NOW.tzinfo)).outcome is Outcome.VALID
    with pytest.raises(KnownError) as caught:
        sign_pdf(certified.getvalue(), OTHER, NOW, SECOND)
    assert caught.value.code == "pades.certified"
