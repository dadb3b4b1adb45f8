"""The whole walk of trust: enrolled, handed in, receipted, key lost, revoked, begun anew, rotated."""

from __future__ import annotations

import subprocess
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.office import RevocationReason, Way
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.receipt import ListNews, ReceiptEffect
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.services import (
    enrolment,
    keys,
    office,
    office_certificates,
    office_enrolment,
    receipts,
    rounds,
    submissions,
)
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.verification import verify
from tests.services.handing_in import PASSPHRASE, sample_profile

OFFICE_PASSPHRASE, CA_PASSPHRASE = "mật khẩu của văn phòng", "mật khẩu của nơi cấp"


@dataclass
class Walk:
    """One unit and one office, and the folder through which their files go."""

    profile: Profile
    round_id: str
    office: Path
    post: Path

    def trust(self) -> Path:
        return office_certificates.export_trust(self.office, self.post / "tin-cay.pem")

    def handed_in(self) -> tuple[Submission, Path]:
        sent = submissions.export(self.profile, self.round_id, PackageKind.PLAN, self.post)
        return sent, self.post / sent.file_name

    def unit_code(self) -> str:
        status = keys.key_state(self.profile)
        assert status.certificate is not None
        return status.certificate.spoken_code

    def office_code(self) -> str:
        return office_certificates.state(self.office).authority.spoken_code

    def state_of(self, sent: Submission) -> DocumentState:
        found = submissions.submissions_of(self.profile, self.round_id)
        return next(one.state for one in found if one.id == sent.id)


def openssl(*arguments: object) -> subprocess.CompletedProcess[str]:
    line = ["openssl", *(str(argument) for argument in arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def cms_verifies(package: Path, trust: Path, into: Path, *, crl: bool) -> bool:
    """As anyone checks a package with unzip, sha256sum and openssl."""
    folder = into / package.stem
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    sums = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    answer = openssl(
        *("cms", "-verify", "-cades", "-binary", "-inform", "DER"),
        *("-in", folder / "META-INF/signature001.p7s", "-content", folder / "META-INF/ASiCManifest001.xml"),
        *("-CAfile", trust, "-out", "/dev/null"),
        *(("-crl_check",) if crl else ()),
    )
    return sums.returncode == 0 and answer.returncode == 0


def test_whole_walk(tmp_path: Path) -> None:
    place, post = tmp_path / "sở", tmp_path / "đường đi"
    post.mkdir()
    office_certificates.create(place, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", OFFICE_PASSPHRASE, CA_PASSPHRASE)
    with sample_profile(tmp_path / "xã") as (profile, round_id):
        walk = Walk(profile, round_id, place, post)
        unit = rounds.round_of(profile, round_id).unit
        # Before the office knows the unit
        first, package = walk.handed_in()
        assert verify(package, [walk.trust()]).outcome is Outcome.UNKNOWN_SIGNER
        with pytest.raises(KnownError) as refused:
            office.take_in(place, package, post)
        assert refused.value.code == "office.refused"
        # The unit asks
        request, asked = enrolment.write_enrolment(profile, unit, post)
        assert asked.code == walk.unit_code()
        seen = office_enrolment.look_at(place, request)
        assert (seen.unit_code, seen.must_hear, seen.rotation) == (unit.code, True, False)
        assert seen.signer.spoken_code == asked.code
        for heard, code in (("", "office.code_needed"), ("AAAA-" * 6, "trust.code_differs")):
            with pytest.raises(KnownError) as wrong:
                office_enrolment.enrol(place, request, heard, post)
            assert wrong.value.code == code
        issued, answer = office_enrolment.enrol(place, request, asked.code.lower().replace("-", " "), post)
        assert (issued.way, issued.unit_code) == (Way.ISSUED, unit.code)
        assert issued.valid_to - issued.at == pytest.approx(timedelta(days=730), abs=timedelta(seconds=1))
        # The unit takes the answer in, after it heard the office's own code
        offered = enrolment.look_at_answer(profile, answer)
        assert (offered.known, offered.pinned) == (False, False)
        with pytest.raises(KnownError) as wrong:
            enrolment.take_answer(profile, answer, walk.unit_code())
        assert wrong.value.code == "trust.code_differs"
        taken, news = enrolment.take_answer(profile, answer, walk.office_code())
        assert (taken.issuer, news) == ("Sở Nội vụ tỉnh mẫu", ListNews.NEWER)
        assert taken.waiting is None
        assert taken.key.certificate is not None
        assert taken.key.certificate.fingerprint == issued.fingerprint
        # It signs with the issued certificate, and everybody can check it
        sent, package = walk.handed_in()
        assert (sent.revision, first.revision) == (1, 0)
        found = verify(package, [walk.trust()])
        assert found.outcome is Outcome.VALID
        assert {"trust.issued", "trust.not_revoked"} <= {reason.code for reason in found.reasons}
        assert cms_verifies(package, walk.trust(), tmp_path, crl=True)
        # The office takes it in; the unit takes the receipt in
        _found, row, receipt = office.take_in(place, package, post)
        assert (row.manifest_sha256, row.outcome) == (sent.manifest_sha256, Outcome.VALID)
        changes, result = receipts.take(profile, receipt)
        assert (result.effect, result.revocations) == (ReceiptEffect.DELIVERED, ListNews.SAME)
        assert "submissions" in changes.subjects
        assert walk.state_of(sent) is DocumentState.DELIVERED
        assert result.file.read_bytes() == receipt.read_bytes() == row.receipt
        # The key is lost: revoked, so a thief's package is worth nothing
        office_certificates.revoke(place, unit.code, RevocationReason.KEY_COMPROMISE)
        stolen, package = walk.handed_in()
        assert stolen.revision == 2
        found = verify(package, [walk.trust()])
        assert found.outcome is Outcome.INVALID
        assert "trust.revoked" in {reason.code for reason in found.reasons}
        assert not cms_verifies(package, walk.trust(), tmp_path, crl=True)
        assert cms_verifies(package, walk.trust(), tmp_path, crl=False), "only the list says so"
        with pytest.raises(KnownError) as refused:
            office.take_in(place, package, post)
        assert refused.value.code == "office.refused"
        # The revoked key asks once more, and gets nothing
        again, _asked = enrolment.write_enrolment(profile, unit, post)
        with pytest.raises(KnownError) as refused:
            office_enrolment.enrol(place, again, walk.unit_code(), post)
        assert refused.value.code in ("office.request_refused", "office.revoked_key")
        # A new key begins as the first one did
        keys.replace_key(profile, unit, PASSPHRASE)
        request, asked = enrolment.write_enrolment(profile, unit, post)
        second, answer = office_enrolment.enrol(place, request, asked.code, post)
        assert enrolment.look_at_answer(profile, answer).known, "the office is known by now"
        enrolment.take_answer(profile, answer)
        before, before_package = walk.handed_in()
        assert verify(before_package, [walk.trust()]).outcome is Outcome.VALID
        # Rotation: the key in use vouches for the next one, nobody has to phone
        request, asked = enrolment.rotate(profile, unit, post, PASSPHRASE)
        assert (asked.rotation, asked.code) == (True, "")
        assert enrolment.enrolment(profile).next_key is not None
        still, still_package = walk.handed_in()
        assert verify(still_package, [walk.trust()]).signers[0].fingerprint == second.fingerprint
        assert not office_enrolment.look_at(place, request).must_hear
        third, answer = office_enrolment.enrol(place, request, "", post)
        enrolment.take_answer(profile, answer)
        rotated, rotated_package = walk.handed_in()
        found = verify(rotated_package, [walk.trust()])
        assert (found.outcome, found.signers[0].fingerprint) == (Outcome.VALID, third.fingerprint)
        assert verify(before_package, [walk.trust()]).outcome is Outcome.VALID, "the old key's stay valid"
        assert [one.fingerprint for one in enrolment.enrolment(profile).earlier].count(
            second.fingerprint
        ) == 1
        _found, _row, receipt = office.take_in(place, rotated_package, post)
        assert receipts.take(profile, receipt)[1].revocations is ListNews.SAME
        assert {walk.state_of(one) for one in (first, sent, before, still)} == {DocumentState.SUPERSEDED}
        assert walk.state_of(rotated) is DocumentState.DELIVERED
        assert vietnam_now() - datetime.fromisoformat(str(row.received_at)) < timedelta(minutes=10)
