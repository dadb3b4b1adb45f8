"""Whom we trust, when, and what a revocation list changes: one test for each row of the table of outcomes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.verification import Outcome, worst
from cchc_desktop.language import render
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.certificate import Certificate, read_certificate, self_signed
from cchc_desktop.trust.judgement import judge
from cchc_desktop.trust.signature_check import check_signature
from cchc_desktop.trust.signer import Signer, SoftwareSigner
from cchc_desktop.trust.trusted import Trusted
from tests.trust.authority import DAY, AnySigner, Authority

NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
DIGEST = hashlib.sha256(b"manifest").digest()
MINUTE = timedelta(minutes=1)
CA = Authority(NOW)
KEY, ISSUED = CA.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - 100 * DAY, NOW + 100 * DAY)
FRESH = CA.revocations(NOW - DAY, NOW + DAY)


def judged(
    trusted: Trusted, signed_at: datetime = NOW, now: datetime = NOW, signer: Signer | None = None
) -> tuple[Outcome, list[str]]:
    signature = check_signature(sign_detached(signer or AnySigner(KEY, ISSUED), DIGEST, signed_at), DIGEST)
    reasons = judge(signature, trusted, now)
    assert all(render(reason.message) for reason in reasons)
    outcome = worst(reason.leads_to for reason in reasons)
    return outcome, [reason.code for reason in reasons if reason.leads_to is outcome]


def own() -> SoftwareSigner:
    key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW - 100 * DAY)
    return SoftwareSigner(key, read_certificate(der))


def trust(*certificates: Certificate, lists: tuple[bytes, ...] = ()) -> Trusted:
    return Trusted(certificates, lists)


def test_pinned_signer_is_valid() -> None:
    signer = own()
    outcome, codes = judged(trust(signer.certificate), signer=signer)
    assert outcome is Outcome.VALID
    assert "trust.pinned" in codes


def test_signer_of_the_same_name_but_another_key_is_unknown() -> None:
    assert judged(trust(own().certificate), signer=own()) == (
        Outcome.UNKNOWN_SIGNER,
        ["trust.unknown_signer"],
    )


def test_issued_with_a_fresh_list_is_valid() -> None:
    outcome, codes = judged(trust(CA.certificate, lists=(FRESH,)))
    assert outcome is Outcome.VALID
    assert {"trust.issued", "trust.not_revoked"} <= set(codes)


def test_issued_without_a_list_is_valid_with_a_warning() -> None:
    expected = (Outcome.VALID_WITH_WARNINGS, ["trust.revocation_unknown"])
    assert judged(trust(CA.certificate)) == expected


@pytest.mark.parametrize("until", [NOW - MINUTE, NOW - 50 * DAY])
def test_issued_with_an_old_list_is_valid_with_a_warning(until: datetime) -> None:
    old = CA.revocations(NOW - 60 * DAY, until)
    assert judged(trust(CA.certificate, lists=(old,))) == (
        Outcome.VALID_WITH_WARNINGS,
        ["trust.revocation_old"],
    )


def test_list_signed_by_someone_else_does_not_count() -> None:
    forged = CA.revocations(NOW - DAY, NOW + DAY, key=ec.generate_private_key(ec.SECP256R1()))
    expected = (Outcome.VALID_WITH_WARNINGS, ["trust.revocation_unknown"])
    assert judged(trust(CA.certificate, lists=(forged, b"\x30\x00"))) == expected


@pytest.mark.parametrize("since", [NOW - 10 * DAY, NOW])
def test_revoked_at_signing_is_invalid(since: datetime) -> None:
    lists = (CA.revocations(NOW - DAY, NOW + DAY, ((ISSUED.serial, since, None),)),)
    assert judged(trust(CA.certificate, lists=lists)) == (Outcome.INVALID, ["trust.revoked"])


def test_revoked_on_an_old_list_is_invalid_too() -> None:
    lists = (CA.revocations(NOW - 60 * DAY, NOW - 30 * DAY, ((ISSUED.serial, NOW - 61 * DAY, None),)),)
    assert judged(trust(CA.certificate, lists=lists)) == (Outcome.INVALID, ["trust.revoked"])


def test_revoked_after_signing_is_a_warning() -> None:
    reason = x509.ReasonFlags.superseded
    lists = (CA.revocations(NOW - DAY, NOW + DAY, ((ISSUED.serial, NOW - 2 * DAY, reason),)),)
    assert judged(trust(CA.certificate, lists=lists), signed_at=NOW - 5 * DAY) == (
        Outcome.VALID_WITH_WARNINGS,
        ["trust.revoked_since"],
    )


def test_stolen_key_is_invalid_whatever_signing_time_it_claims() -> None:
    reason = x509.ReasonFlags.key_compromise
    lists = (CA.revocations(NOW - DAY, NOW + DAY, ((ISSUED.serial, NOW - 2 * DAY, reason),)),)
    expected = (Outcome.INVALID, ["trust.revoked"])
    assert judged(trust(CA.certificate, lists=lists), signed_at=NOW - 5 * DAY) == expected


def test_pinned_signer_on_his_authoritys_list_is_invalid() -> None:
    lists = (CA.revocations(NOW - DAY, NOW + DAY, ((ISSUED.serial, NOW - 2 * DAY, None),)),)
    assert judged(trust(ISSUED, CA.certificate, lists=lists)) == (Outcome.INVALID, ["trust.revoked"])


def test_pinned_signer_needs_no_list() -> None:
    assert judged(trust(ISSUED))[0] is Outcome.VALID
    assert judged(trust(ISSUED, CA.certificate))[0] is Outcome.VALID


def test_other_authority_is_unknown() -> None:
    other = Authority(NOW, "CA khác")
    assert judged(trust(other.certificate)) == (Outcome.UNKNOWN_SIGNER, ["trust.unknown_signer"])


def test_authority_of_the_same_name_but_another_key_is_unknown() -> None:
    twin = Authority(NOW)
    assert twin.certificate.subject == CA.certificate.subject
    assert judged(trust(twin.certificate)) == (Outcome.UNKNOWN_SIGNER, ["trust.unknown_signer"])


def test_certificate_issued_by_a_unit_is_unknown() -> None:
    """A unit's certificate is no authority: what it signs makes nobody known."""
    unit = Authority(NOW, "UBND xã Hòa Phú", CA)
    leaf_key, leaf = CA.issue("UBND xã Hòa Phú", "XA-HOA-PHU", NOW - DAY, NOW + DAY, unit.key)
    unit.name = x509.Name.from_rfc4514_string("CN=x")
    forged_key, forged = _issued_by(leaf_key, leaf)
    signer = AnySigner(forged_key, forged, intermediates=(leaf.der,))
    assert judged(trust(CA.certificate), signer=signer) == (Outcome.UNKNOWN_SIGNER, ["trust.unknown_signer"])


def _issued_by(key: ec.EllipticCurvePrivateKey, issuer: Certificate) -> tuple[object, Certificate]:
    fake = Authority(NOW)
    fake.key = key
    fake.name = x509.load_der_x509_certificate(issuer.der).subject
    return fake.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY)


def test_intermediate_authority_is_followed_and_each_list_is_needed() -> None:
    middle = Authority(NOW, "CA cấp dưới", CA)
    key, leaf = middle.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + DAY)
    signer = AnySigner(key, leaf, intermediates=(middle.certificate.der,))
    below = middle.revocations(NOW - DAY, NOW + DAY)
    assert judged(trust(CA.certificate, lists=(FRESH, below)), signer=signer)[0] is Outcome.VALID
    half = judged(trust(CA.certificate, lists=(below,)), signer=signer)
    assert half[0] is Outcome.VALID_WITH_WARNINGS
    gone = CA.revocations(NOW - DAY, NOW + DAY, ((middle.certificate.serial, NOW - 2 * DAY, None),))
    found = judged(trust(CA.certificate, lists=(gone, below)), signer=signer)
    assert found == (Outcome.INVALID, ["trust.revoked"])


def test_expired_since_signing_is_a_warning() -> None:
    later = NOW + 200 * DAY
    lists = (CA.revocations(later - DAY, later + DAY),)
    found = judged(trust(CA.certificate, lists=lists), now=later)
    assert found == (Outcome.VALID_WITH_WARNINGS, ["trust.expired_since"])


@pytest.mark.parametrize("start", [1, 400])
def test_not_valid_at_signing_is_invalid(start: int) -> None:
    """Not yet, and no longer: `sign_detached` would refuse it, another program would not."""
    begin = NOW + DAY if start == 1 else NOW - 400 * DAY
    key, certificate = CA.issue("UBND xã Ea Kao", "XA-EA-KAO", begin, begin + 10 * DAY)
    signature = check_signature(_signed_anyway(AnySigner(key, certificate)), DIGEST)
    reasons = judge(signature, trust(CA.certificate, certificate, lists=(FRESH,)), NOW)
    assert worst(reason.leads_to for reason in reasons) is Outcome.INVALID
    assert "trust.not_valid_then" in [reason.code for reason in reasons]


def _signed_anyway(signer: AnySigner) -> bytes:
    from dataclasses import replace

    from cchc_desktop.trust.cades import assemble, signed_attributes
    from cchc_desktop.trust.signature_check import take_apart

    inside = replace(take_apart(sign_detached(signer, DIGEST, signer.certificate.valid_from)), signed_at=NOW)
    return assemble(replace(inside, signature=signer.sign(signed_attributes(inside))))


@pytest.mark.parametrize(
    ("ahead", "outcome"),
    [
        (timedelta(0), Outcome.VALID),
        (10 * MINUTE, Outcome.VALID),
        (10 * MINUTE + timedelta(seconds=1), Outcome.INVALID),
        (365 * DAY, Outcome.INVALID),
    ],
)
def test_signing_time_may_be_ten_minutes_ahead(ahead: timedelta, outcome: Outcome) -> None:
    signer = own()
    assert judged(trust(signer.certificate), NOW + ahead, signer=signer)[0] is outcome


def test_clock_a_year_behind_is_a_claim_within_the_certificate() -> None:
    key, der = self_signed("UBND xã Ea Kao", "XA-EA-KAO", NOW - 800 * DAY)
    signer = SoftwareSigner(key, read_certificate(der))
    assert judged(trust(signer.certificate), NOW - 365 * DAY, signer=signer)[0] is Outcome.VALID
