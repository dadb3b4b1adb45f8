"""The table of outcomes in package.md, row by row, on whole packages; integrity, chain and revocation apart.

The CA is the program's own (`trust/authority.py`); every clock is written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cchc_desktop.domain.office import Issued, RevocationReason, Way
from cchc_desktop.domain.package_history import KnownPackage, refusals, with_history
from cchc_desktop.domain.verification import Aspect, Outcome, Verification
from cchc_desktop.language import render
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.authority import (
    Authority,
    authority_certificate,
    certificate_request,
    issued,
    next_list,
    read_request,
)
from cchc_desktop.trust.certificate import Certificate, read_certificate, self_signed
from cchc_desktop.trust.revocation import ders_of
from cchc_desktop.trust.signer import SoftwareSigner
from cchc_desktop.trust.trusted import Trusted
from tests.package.samples import head, on_disk, packed

NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
UNIT, CODE = "UBND xã Ea Kao", "XA-EA-KAO"


def authority(name: str = "Sở Nội vụ", code: str = "SNV", made: datetime = NOW - 3 * YEAR) -> Authority:
    key, der = authority_certificate(name, code, made)
    return Authority(key, read_certificate(der))


CA = authority()


def enrolled(at: datetime, code: str = CODE, ca: Authority = CA) -> SoftwareSigner:
    key, _own = self_signed(UNIT, code, at)
    return SoftwareSigner(key, ca.issue(read_request(certificate_request(key, UNIT, code)), at))


SIGNER = enrolled(NOW - 100 * DAY)


def lists(at: datetime, *revoked: Issued, ca: Authority = CA, days: int = 35) -> tuple[bytes, ...]:
    return ders_of(next_list(ca, None, revoked, at, timedelta(days=days)).pem)


def taken_back(signer: SoftwareSigner, since: datetime, reason: RevocationReason) -> Issued:
    row = issued(signer.certificate, Way.ISSUED, NOW)
    return replace(row, since=since, reason=reason)


@dataclass
class Case:
    """One package, signed at `signed_at` by the signer's clock, looked at at `now`."""

    folder: Path

    def found(
        self,
        trusted: Trusted,
        *,
        signer: SoftwareSigner = SIGNER,
        signed_at: datetime = NOW - DAY,
        now: datetime = NOW,
        sender: str = CODE,
        change: bool = False,
    ) -> Verification:
        content, _written = packed(
            head(sender_id=sender, created_at=signed_at), signer=any_time(signer), at=signed_at
        )
        if change:
            at = content.index(b"% a scan")
            content = content[:at] + b"% A scan" + content[at + 8 :]
        path = on_disk(self.folder, content)
        found = verify_package(path, trusted, now)
        assert all(render(reason.message) for reason in found.reasons)
        return found


def any_time(signer: SoftwareSigner) -> SoftwareSigner:
    """Signs whatever the clock says, as another program may; the certificate's bytes stay as they are."""
    always = replace(signer.certificate, valid_from=NOW - 50 * YEAR, valid_to=NOW + 50 * YEAR)
    return SoftwareSigner(signer._key, always)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def trust(*certificates: Certificate, revoked: Sequence[bytes] = ()) -> Trusted:
    return Trusted(certificates, tuple(revoked))


FRESH = trust(CA.certificate, revoked=lists(NOW - DAY))


def codes(found: Verification, aspect: Aspect) -> list[str]:
    return [reason.code for reason in found.about(aspect)]


def is_apart(found: Verification, integrity: Outcome, chain: Outcome, revocation: Outcome | None) -> None:
    """The three are reported each for itself, whatever the others say."""
    said = {
        aspect: [reason.leads_to for reason in found.about(aspect)]
        for aspect in (Aspect.INTEGRITY, Aspect.SIGNER, Aspect.REVOCATION)
    }
    assert said[Aspect.INTEGRITY] == [integrity]
    assert said[Aspect.SIGNER] == [chain]
    assert said[Aspect.REVOCATION] == ([] if revocation is None else [revocation])


# valid


def test_valid_signer_pinned_by_fingerprint(case: Case) -> None:
    found = case.found(trust(SIGNER.certificate))
    assert found.outcome is Outcome.VALID
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID)
    assert found.is_from_office, "pinned: it speaks for itself"


def test_valid_issued_by_a_trusted_ca_with_a_fresh_list_that_does_not_list_it(case: Case) -> None:
    found = case.found(FRESH)
    assert found.outcome is Outcome.VALID
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID)
    assert codes(found, Aspect.REVOCATION) == ["trust.not_revoked"]
    assert found.signers[0].authority == "Sở Nội vụ"
    assert not found.is_from_office, "the CA says who a unit is; that makes it no office"


def test_valid_after_rotation_the_old_keys_packages_too(case: Case) -> None:
    """Both certificates count; the old one was not taken back."""
    new = enrolled(NOW - 2 * DAY)
    for signer, signed_at in ((SIGNER, NOW - 50 * DAY), (new, NOW - DAY)):
        found = case.found(FRESH, signer=signer, signed_at=signed_at)
        assert found.outcome is Outcome.VALID
        assert found.signers[0].fingerprint == signer.certificate.fingerprint


def test_valid_though_somebody_elses_certificate_is_on_the_list(case: Case) -> None:
    other = taken_back(enrolled(NOW - 9 * DAY, "XA-HOA-PHU"), NOW - 5 * DAY, RevocationReason.KEY_COMPROMISE)
    found = case.found(trust(CA.certificate, revoked=lists(NOW - DAY, other)))
    assert found.outcome is Outcome.VALID


# valid with warnings


def test_warning_without_any_list_revocation_could_not_be_checked(case: Case) -> None:
    found = case.found(trust(CA.certificate))
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID_WITH_WARNINGS)
    assert codes(found, Aspect.REVOCATION) == ["trust.revocation_unknown"]


def test_warning_with_a_stale_list(case: Case) -> None:
    """35 days and a second after it was made, a list says nothing about today any more."""
    made = NOW - 35 * DAY
    assert case.found(trust(CA.certificate, revoked=lists(made))).outcome is Outcome.VALID
    stale = trust(CA.certificate, revoked=lists(made - timedelta(seconds=1)))
    found = case.found(stale)
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID_WITH_WARNINGS)
    assert codes(found, Aspect.REVOCATION) == ["trust.revocation_old"]


def test_warning_when_the_certificate_expired_since_signing(case: Case) -> None:
    later = SIGNER.certificate.valid_to + DAY
    found = case.found(trust(CA.certificate, revoked=lists(later - DAY)), now=later)
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    assert codes(found, Aspect.TIME) == ["trust.expired_since"]
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID)


def test_warning_when_a_replaced_key_was_revoked_after_signing(case: Case) -> None:
    row = taken_back(SIGNER, NOW - timedelta(hours=1), RevocationReason.SUPERSEDED)
    found = case.found(trust(CA.certificate, revoked=lists(NOW, row)))
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    assert codes(found, Aspect.REVOCATION) == ["trust.revoked_since"]


def _known(found: Verification, **other: object) -> KnownPackage:
    same = KnownPackage(
        found.package_id,
        found.manifest_sha256,
        found.sender,
        found.kind,
        found.period,
        found.revision or 0,
        found.signers[0].signed_at,
    )
    return replace(same, **other)  # type: ignore[arg-type]


OTHER_ID = "0198c0de-0000-7000-8000-000000000001"


def test_warning_signing_time_before_the_senders_last_one(case: Case) -> None:
    found = case.found(FRESH)
    last = _known(found, package_id=OTHER_ID, period="2025", signed_at=NOW - timedelta(hours=2))
    told = with_history(found, [last])
    assert told.outcome is Outcome.VALID_WITH_WARNINGS
    assert "package.time_goes_back" in codes(told, Aspect.TIME)
    assert refusals(told) == (), "a claim that is only odd does not stop taking in"


def test_warning_an_older_revision_and_refused_when_taking_in(case: Case) -> None:
    found = case.found(FRESH)
    told = with_history(found, [_known(found, package_id=OTHER_ID, revision=3)])
    assert told.outcome is Outcome.VALID_WITH_WARNINGS
    assert codes(told, Aspect.REVISION) == ["package.older_revision"]
    assert [reason.code for reason in refusals(told)] == ["package.older_revision"]


def test_warning_a_repeated_id_and_refused_with_other_content(case: Case) -> None:
    found = case.found(FRESH)
    again = with_history(found, [_known(found)])
    assert again.outcome is Outcome.VALID_WITH_WARNINGS
    assert codes(again, Aspect.REVISION) == ["package.repeated_id"]
    other = with_history(found, [_known(found, manifest_sha256="0" * 64)])
    assert other.outcome is Outcome.VALID_WITH_WARNINGS
    assert [reason.code for reason in refusals(other)] == ["package.repeated_id_other"]


# unknown signer


def test_unknown_foreign_signer(case: Case) -> None:
    found = case.found(trust(), signer=SIGNER)
    assert found.outcome is Outcome.UNKNOWN_SIGNER
    is_apart(found, Outcome.VALID, Outcome.UNKNOWN_SIGNER, None)


def test_unknown_signer_of_another_ca_even_of_the_same_name(case: Case) -> None:
    twin = authority()
    assert twin.certificate.subject == CA.certificate.subject
    found = case.found(FRESH, signer=enrolled(NOW - 9 * DAY, ca=twin))
    assert found.outcome is Outcome.UNKNOWN_SIGNER


def test_unknown_signer_whose_certificate_a_unit_issued(case: Case) -> None:
    """Path length 0, and a unit is no CA: an enrolled unit can enrol nobody."""
    forged = Authority(SIGNER._key, SIGNER.certificate)
    key, _der = self_signed(UNIT, "XA-HOA-PHU", NOW - DAY)
    request = read_request(certificate_request(key, UNIT, "XA-HOA-PHU"))
    signer = SoftwareSigner(key, forged.issue(request, NOW - 2 * DAY))
    signer.intermediates = (SIGNER.certificate.der,)
    found = case.found(FRESH, signer=_with_chain(signer), sender="XA-HOA-PHU")
    assert found.outcome is Outcome.UNKNOWN_SIGNER


def _with_chain(signer: SoftwareSigner) -> SoftwareSigner:
    class Chained(SoftwareSigner):
        intermediates = signer.intermediates

    return Chained(signer._key, signer.certificate)


# invalid


def test_invalid_changed_even_from_a_foreign_signer(case: Case) -> None:
    for trusted, chain in ((FRESH, Outcome.VALID), (trust(), Outcome.UNKNOWN_SIGNER)):
        found = case.found(trusted, change=True)
        assert found.outcome is Outcome.INVALID
        assert codes(found, Aspect.INTEGRITY) == ["package.file_changed"]
        assert [reason.leads_to for reason in found.about(Aspect.SIGNER)] == [chain], "told apart"


@pytest.mark.parametrize(
    ("ahead", "outcome"),
    [
        (timedelta(minutes=10), Outcome.VALID),
        (timedelta(minutes=10, seconds=1), Outcome.INVALID),
        (YEAR, Outcome.INVALID),
    ],
)
def test_invalid_signed_in_the_future_clock_ahead_by_a_year(
    case: Case, ahead: timedelta, outcome: Outcome
) -> None:
    found = case.found(FRESH, signed_at=NOW + ahead)
    assert found.outcome is outcome
    if outcome is Outcome.INVALID:
        assert codes(found, Aspect.TIME) == ["trust.signed_in_future"]
        is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.VALID)


def test_invalid_clock_behind_by_a_year_before_the_certificate(case: Case) -> None:
    """The claim lies before the certificate began: not valid at signing."""
    found = case.found(FRESH, signed_at=NOW - YEAR)
    assert found.outcome is Outcome.INVALID
    assert codes(found, Aspect.TIME) == ["trust.not_valid_then"]


def test_clock_behind_by_a_year_within_the_certificate_shows_only_in_history(case: Case) -> None:
    """Nothing inside one file can show it; the sender's last package does."""
    old = enrolled(NOW - 500 * DAY)
    found = case.found(FRESH, signer=old, signed_at=NOW - YEAR)
    assert found.outcome is Outcome.VALID
    told = with_history(found, [_known(found, package_id=OTHER_ID, signed_at=NOW - 30 * DAY, period="2025")])
    assert told.outcome is Outcome.VALID_WITH_WARNINGS
    assert "package.time_goes_back" in codes(told, Aspect.TIME)


@pytest.mark.parametrize("shift", [-YEAR, YEAR])
def test_verifiers_clock_wrong_by_a_year(case: Case, shift: timedelta) -> None:
    """Behind, everything seems to come from the future; ahead, the list seems stale: never silently valid."""
    found = case.found(FRESH, now=NOW + shift)
    if shift < timedelta(0):
        assert found.outcome is Outcome.INVALID
        assert codes(found, Aspect.TIME) == ["trust.signed_in_future"]
    else:
        assert found.outcome is Outcome.VALID_WITH_WARNINGS
        assert codes(found, Aspect.REVOCATION) == ["trust.revocation_old"]


def test_invalid_certificate_not_yet_valid_at_signing(case: Case) -> None:
    signer = enrolled(NOW - DAY)
    found = case.found(FRESH, signer=signer, signed_at=NOW - 3 * DAY)
    assert found.outcome is Outcome.INVALID
    assert codes(found, Aspect.TIME) == ["trust.not_valid_then"]


def test_invalid_certificate_expired_at_signing(case: Case) -> None:
    """Two years after it was issued, and a second."""
    signer = enrolled(NOW - 3 * YEAR)
    end = signer.certificate.valid_to
    assert end == NOW - 3 * YEAR + 2 * YEAR
    trusted = trust(CA.certificate, revoked=lists(NOW - DAY))
    good = case.found(trusted, signer=signer, signed_at=end)
    assert good.outcome is Outcome.VALID_WITH_WARNINGS, "expired since, not then"
    found = case.found(trusted, signer=signer, signed_at=end + timedelta(seconds=1))
    assert found.outcome is Outcome.INVALID
    assert codes(found, Aspect.TIME) == ["trust.not_valid_then"]


@pytest.mark.parametrize("reason", list(RevocationReason))
def test_invalid_revoked_at_signing_for_whatever_reason(case: Case, reason: RevocationReason) -> None:
    row = taken_back(SIGNER, NOW - 3 * DAY, reason)
    found = case.found(trust(CA.certificate, revoked=lists(NOW - DAY, row)))
    assert found.outcome is Outcome.INVALID
    is_apart(found, Outcome.VALID, Outcome.VALID, Outcome.INVALID)
    assert codes(found, Aspect.REVOCATION) == ["trust.revoked"]


def test_invalid_revoked_on_a_list_that_is_stale_by_now(case: Case) -> None:
    row = taken_back(SIGNER, NOW - 80 * DAY, RevocationReason.CESSATION)
    found = case.found(trust(CA.certificate, revoked=lists(NOW - 70 * DAY, row)))
    assert found.outcome is Outcome.INVALID


def test_invalid_stolen_key_whatever_signing_time_it_claims(case: Case) -> None:
    row = taken_back(SIGNER, NOW - timedelta(hours=1), RevocationReason.KEY_COMPROMISE)
    trusted = trust(CA.certificate, revoked=lists(NOW, row))
    assert case.found(trusted, signed_at=NOW - 60 * DAY).outcome is Outcome.INVALID


def test_invalid_sender_and_certificate_of_different_units(case: Case) -> None:
    """An enrolled unit signs in another one's name: unchanged, trusted, not revoked, and refused."""
    found = case.found(FRESH, sender="XA-HOA-PHU")
    assert found.outcome is Outcome.INVALID
    assert "package.sender_other" in codes(found, Aspect.SIGNER)
    assert codes(found, Aspect.INTEGRITY) == ["package.files_intact"]
    assert codes(found, Aspect.REVOCATION) == ["trust.not_revoked"]


# unreadable


def test_unreadable_not_a_package(case: Case) -> None:
    path = on_disk(case.folder, b"%PDF-1.4\n%%EOF\n")
    assert verify_package(path, FRESH, NOW).outcome is Outcome.UNREADABLE


def test_unreadable_breaks_the_profile(case: Case) -> None:
    content, _written = packed(head(created_at=NOW - DAY), signer=SIGNER, at=NOW - DAY)
    path = on_disk(case.folder, content + b"\n")
    found = verify_package(path, FRESH, NOW)
    assert found.outcome is Outcome.UNREADABLE
    assert found.signers == ()
