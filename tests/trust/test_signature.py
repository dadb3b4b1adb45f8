"""The signature file: one form, read by openssl, and refused in every other form by its name."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.cades import SIGNING_CERTIFICATE_V2, assemble, sign_detached, signed_attributes
from cchc_desktop.trust.certificate import read_certificate, self_signed
from cchc_desktop.trust.der import SEQUENCE, integer, tlv, value_at
from cchc_desktop.trust.signature_check import SignatureRefused, check_signature, take_apart
from cchc_desktop.trust.signer import Signer, SoftwareSigner
from tests.trust.authority import DAY, AnySigner, Authority, rsa_key

NOW = datetime.now(UTC).replace(microsecond=0)
CONTENT = b"<manifest/>"
DIGEST = hashlib.sha256(CONTENT).digest()
KEY, DER = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)
SIGNER = SoftwareSigner(KEY, read_certificate(DER))


def openssl_verifies(signature: bytes, authority: bytes, folder: Path) -> bool:
    (folder / "s.p7s").write_bytes(signature)
    (folder / "content").write_bytes(CONTENT)
    (folder / "ca.pem").write_bytes(authority)
    line = "openssl cms -verify -cades -binary -inform DER -in s.p7s -content content -CAfile ca.pem -out out"
    answer = subprocess.run(line.split(), cwd=folder, capture_output=True, check=False)
    return answer.returncode == 0


def refusal(signature: bytes, digest: bytes = DIGEST) -> tuple[str, Outcome]:
    with pytest.raises(SignatureRefused) as caught:
        check_signature(signature, digest)
    return caught.value.code, caught.value.outcome


def test_good_signature_names_signer_and_time() -> None:
    found = check_signature(sign_detached(SIGNER, DIGEST, NOW), DIGEST)
    assert found.signer.fingerprint == hashlib.sha256(DER).hexdigest()
    assert found.signed_at == NOW
    assert found.intermediates == ()


def test_asn1crypto_reads_the_same_parts() -> None:
    """An independent reader of CMS finds what the profile asks for, and nothing else."""
    assert tsp.SigningCertificateV2  # the module teaches cms the fourth attribute
    content = cms.ContentInfo.load(sign_detached(SIGNER, DIGEST, NOW), strict=True)
    signed = content["content"]
    (signer,) = signed["signer_infos"]
    assert content["content_type"].native == "signed_data"
    assert signed["encap_content_info"]["content"].native is None
    assert [certificate.chosen.dump() for certificate in signed["certificates"]] == [DER]
    attributes = {a["type"].native: a["values"].native for a in signer["signed_attrs"]}
    assert set(attributes) == {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
    assert attributes["message_digest"] == [DIGEST]
    assert attributes["signing_time"] == [NOW]
    (named,) = attributes["signing_certificate_v2"]
    assert named["certs"][0]["cert_hash"] == hashlib.sha256(DER).digest()
    assert signer["signed_attrs"].untag().dump(force=True) == signed_attributes(
        take_apart(sign_detached(SIGNER, DIGEST, NOW))
    )


@pytest.mark.parametrize("bits", [2048, 3072])
@pytest.mark.parametrize("algorithm", [SignatureAlgorithm.RSA_PKCS1, SignatureAlgorithm.RSA_PSS])
def test_rsa_signatures_hold_here_and_in_openssl(
    algorithm: SignatureAlgorithm, bits: int, tmp_path: Path
) -> None:
    authority = Authority(NOW)
    key, certificate = authority.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY, rsa_key(bits))
    signature = sign_detached(AnySigner(key, certificate, algorithm), DIGEST, NOW)
    assert check_signature(signature, DIGEST).signer == certificate
    assert openssl_verifies(signature, authority.certificate.pem, tmp_path)
    assert refusal(signature, bytes(32)) == ("trust.signature_moved", Outcome.INVALID)


def test_ecdsa_with_an_intermediate_holds_here_and_in_openssl(tmp_path: Path) -> None:
    root = Authority(NOW, "Gốc")
    middle = Authority(NOW, "Trung gian", root)
    key, certificate = middle.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY)
    signer = AnySigner(key, certificate, intermediates=(middle.certificate.der,))
    signature = sign_detached(signer, DIGEST, NOW)
    found = check_signature(signature, DIGEST)
    assert (found.signer, found.intermediates) == (certificate, (middle.certificate,))
    assert openssl_verifies(signature, root.certificate.pem, tmp_path)


def test_self_signed_signature_holds_in_openssl(tmp_path: Path) -> None:
    assert openssl_verifies(sign_detached(SIGNER, DIGEST, NOW), SIGNER.certificate.pem, tmp_path)


def test_signing_outside_of_the_certificates_time_is_advice() -> None:
    with pytest.raises(KnownError) as caught:
        sign_detached(SIGNER, DIGEST, NOW + timedelta(days=6 * 365))
    assert caught.value.code == "trust.clock"


def test_time_after_2049_is_written_in_full() -> None:
    late = datetime(2050, 1, 1, tzinfo=UTC)
    key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", late)
    signature = sign_detached(SoftwareSigner(key, read_certificate(der)), DIGEST, late)
    assert b"20500101000000Z" in signature
    assert check_signature(signature, DIGEST).signed_at == late


# --- refused ----------------------------------------------------------------------------------------------


def tampered(**changes: object) -> bytes:
    """A signature laid out anew from changed parts, and not signed again."""
    return assemble(replace(take_apart(sign_detached(SIGNER, DIGEST, NOW)), **changes))  # type: ignore[arg-type]


OTHER_DER = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW)[1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed_at": NOW - DAY}, "trust.signature_wrong"),
        ({"message_digest": bytes(32)}, "trust.signature_moved"),
        ({"certificate_digest": bytes(32)}, "trust.signature_other_certificate"),
        ({"certificates": (DER, OTHER_DER), "serial": read_certificate(OTHER_DER).serial}, None),
        ({"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"}, "trust.signature_wrong"),
        ({"signature": b""}, "trust.signature_wrong"),
    ],
)
def test_changed_parts_are_invalid(changes: dict[str, object], code: str | None) -> None:
    expected = code or "trust.signature_other_certificate"
    assert refusal(tampered(**changes)) == (expected, Outcome.INVALID)


def test_signature_without_the_signers_certificate_is_unreadable() -> None:
    assert refusal(tampered(certificates=(OTHER_DER,))) == ("trust.signature_certificate", Outcome.UNREADABLE)


def test_rsa_label_on_an_ecdsa_key_is_unreadable() -> None:
    found = refusal(tampered(algorithm=SignatureAlgorithm.RSA_PKCS1))
    assert found == ("trust.signature_algorithm", Outcome.UNREADABLE)


@pytest.mark.parametrize("bits", [1024, 1536])
def test_short_rsa_keys_are_unreadable(bits: int) -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, bits)
    key, certificate = Authority(NOW).issue("UBND", "XA", NOW - DAY, NOW + DAY, key)
    signature = sign_detached(AnySigner(key, certificate, SignatureAlgorithm.RSA_PKCS1), DIGEST, NOW)
    assert refusal(signature) == ("trust.signature_algorithm", Outcome.UNREADABLE)


def test_other_curves_are_unreadable() -> None:
    key, certificate = Authority(NOW).issue(
        "UBND", "XA", NOW - DAY, NOW + DAY, ec.generate_private_key(ec.SECP384R1())
    )
    assert refusal(sign_detached(AnySigner(key, certificate), DIGEST, NOW)) == (
        "trust.signature_algorithm",
        Outcome.UNREADABLE,
    )


def test_certificate_for_encryption_only_is_invalid() -> None:
    key, certificate = Authority(NOW).issue("UBND", "XA", NOW - DAY, NOW + DAY, may_sign=False)
    signature = sign_detached(AnySigner(key, certificate), DIGEST, NOW)
    assert refusal(signature) == ("trust.certificate_usage", Outcome.INVALID)


def rebuilt(change: Callable[[cms.ContentInfo], None]) -> bytes:
    """The signature as another program would write it, re-encoded by asn1crypto."""
    content = cms.ContentInfo.load(sign_detached(SIGNER, DIGEST, NOW))
    change(content)
    encoded = content.dump(force=True)
    assert isinstance(encoded, bytes)
    return encoded


def two_signers(content: cms.ContentInfo) -> None:
    signers = content["content"]["signer_infos"]
    other = cms.SignerInfo.load(signers[0].dump())
    other["signature"] = b"\x30\x00"
    signers.append(other)


def unsigned_attribute(content: cms.ContentInfo) -> None:
    attribute = {"type": "1.2.3.4", "values": []}
    content["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])


def extra_attribute(content: cms.ContentInfo) -> None:
    attributes = content["content"]["signer_infos"][0]["signed_attrs"]
    attributes.append(cms.CMSAttribute({"type": "1.2.3.4", "values": []}))


def fewer_attributes(content: cms.ContentInfo) -> None:
    signer = content["content"]["signer_infos"][0]
    kept = [a for a in signer["signed_attrs"] if a["type"].native != "signing_time"]
    signer["signed_attrs"] = cms.CMSAttributes(kept)


def attached_content(content: cms.ContentInfo) -> None:
    content["content"]["encap_content_info"]["content"] = CONTENT


def other_version(content: cms.ContentInfo) -> None:
    content["content"]["version"] = "v3"


def digest_sha1(content: cms.ContentInfo) -> None:
    content["content"]["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (two_signers, "trust.signature_signers"),
        (unsigned_attribute, "trust.signature_attributes"),
        (extra_attribute, "trust.signature_attributes"),
        (fewer_attributes, "trust.signature_attributes"),
        (attached_content, "trust.signature_encoding"),
        (other_version, "trust.signature_encoding"),
        (digest_sha1, "trust.signature_algorithm"),
    ],
)
def test_other_forms_are_unreadable(change: Callable[[cms.ContentInfo], None], code: str) -> None:
    assert rebuilt(lambda _content: None) != rebuilt(change)
    assert refusal(rebuilt(change)) == (code, Outcome.UNREADABLE)


def test_the_twin_of_the_rebuilt_ones_passes() -> None:
    assert check_signature(rebuilt(lambda _content: None), DIGEST).signed_at == NOW


def test_longer_lengths_and_trailing_bytes_are_unreadable() -> None:
    good = sign_detached(SIGNER, DIGEST, NOW)
    assert good[:2] == b"\x30\x82"
    longer = b"\x30\x83\x00" + good[2:]
    indefinite = b"\x30\x80" + good[4:] + b"\x00\x00"
    for bad in (longer, indefinite, good + b"\x00", good[:-1], b"", b"\x30", b"\x30\x00", bytes(70_000)):
        code, outcome = refusal(bad)
        assert outcome is Outcome.UNREADABLE
        assert code in ("trust.signature_encoding", "trust.signature_not_cms", "trust.signature_too_large")


def test_every_flipped_byte_of_the_signature_is_refused() -> None:
    good = sign_detached(SIGNER, DIGEST, NOW)
    check_signature(good, DIGEST)
    for at in range(len(good)):
        changed = bytearray(good)
        changed[at] ^= 0x10
        refusal(bytes(changed))


def test_signer_is_one_shape() -> None:
    signer: Signer = SIGNER
    assert signer.intermediates == ()


def test_numbers_are_written_as_der_asks() -> None:
    """Known encodings (X.690, 8.3): the first bit is the sign."""
    assert [integer(n).hex() for n in (0, 127, 128, 256, -1)] == [
        "020100",
        "02017f",
        "02020080",
        "02020100",
        "0201ff",
    ]
    assert tlv(SEQUENCE, bytes(200))[:3].hex() == "3081c8"
    assert tlv(SEQUENCE, bytes(300))[:4].hex() == "3082012c"


@pytest.mark.parametrize("year", [9999, 1850])
def test_signing_time_at_the_end_of_the_calendar_is_refused(year: int) -> None:
    """No time zone could show it."""
    good = sign_detached(SIGNER, DIGEST, NOW)
    assert check_signature(good, DIGEST).signed_at == NOW
    parts = replace(take_apart(good), signed_at=datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC))
    with pytest.raises(SignatureRefused) as refused:
        check_signature(assemble(parts), DIGEST)
    assert refused.value.code in ("trust.signature_not_cms", "trust.signature_encoding")


def test_certificates_that_nobody_asked_for_are_refused() -> None:
    """The set of certificates is not signed: a stranger's, a second copy or the root could be slipped in."""
    root = Authority(NOW)
    middle = Authority(NOW, "Trung gian", root)
    key, certificate = middle.issue("UBND xã", "XA", NOW - DAY, NOW + DAY)
    good = take_apart(
        sign_detached(AnySigner(key, certificate, intermediates=(middle.certificate.der,)), DIGEST, NOW)
    )
    assert check_signature(assemble(good), DIGEST).intermediates == (middle.certificate,)
    for extra in (DER, certificate.der, middle.certificate.der, root.certificate.der):
        slipped = replace(good, certificates=(*good.certificates, extra))
        assert refusal(assemble(slipped)) == ("trust.signature_certificate", Outcome.UNREADABLE)


def test_empty_values_inside_are_refused() -> None:
    """Found by the fuzzer: a certificate identifier without its digest."""
    good = sign_detached(SIGNER, DIGEST, NOW)
    digest = tlv(0x04, hashlib.sha256(DER).digest())
    value = tlv(SEQUENCE, tlv(SEQUENCE, tlv(SEQUENCE, digest)))
    assert value in good and len(value) < 128
    kind = SIGNING_CERTIFICATE_V2
    whole = tlv(SEQUENCE, kind, tlv(0x31, value))
    for inner in (tlv(SEQUENCE), tlv(SEQUENCE, tlv(SEQUENCE)), tlv(SEQUENCE, tlv(SEQUENCE, tlv(SEQUENCE)))):
        assert refusal(shortened(good, whole, tlv(SEQUENCE, kind, tlv(0x31, inner))))[1] is Outcome.UNREADABLE


def shortened(good: bytes, old: bytes, new: bytes) -> bytes:
    """One value replaced, and every length around it right again."""
    tag, start, end = value_at(good, 0)
    if old == good[:end]:
        return new
    if not tag & 0x20 or old not in good[start:end]:
        return good[:end]
    parts, at = [], start
    while at < end:
        after = value_at(good[:end], at)[2]
        parts.append(shortened(good[at:after], old, new))
        at = after
    return tlv(tag, *parts)
