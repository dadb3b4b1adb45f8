"""Receipts: what an office refuses to take in, and what a unit makes of every kind of receipt."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.receipt import ListNews, Receipt, ReceiptEffect
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.package.layout import RECEIPT_NAME
from cchc_desktop.package.letter import Letter, write_letter
from cchc_desktop.package.receipt_codec import write_receipt
from cchc_desktop.services import office, office_certificates, receipts, rounds, submissions, trusted
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import newest
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import load_trusted, trusted_files
from tests.package.samples import head, on_disk, packed, signer_of
from tests.services.handing_in import sample_profile
from tests.services.trust_office import enrol, office_at


class Ends:
    """Both ends: an enrolled unit with one plan handed in, and its office."""

    def __init__(self, profile: Profile, round_id: str, place: Path, post: Path) -> None:
        self.profile, self.round_id, self.office, self.post = profile, round_id, place, post

    def hand_in(self) -> tuple[Submission, Path]:
        sent = submissions.export(self.profile, self.round_id, PackageKind.PLAN, self.post)
        return sent, self.post / sent.file_name

    def state(self, sent: Submission) -> DocumentState:
        known = submissions.submissions_of(self.profile, self.round_id)
        return next(one.state for one in known if one.id == sent.id)

    def signer(self) -> Signer:
        return KeyRoom(self.office).signer()

    def letter(self, receipt: Receipt, signer: Signer | None = None, name: str = "bn.asice") -> Path:
        made: Letter = write_letter(
            PackageKind.RECEIPT,
            RECEIPT_NAME,
            write_receipt(receipt),
            signer or self.signer(),
            vietnam_now(),
            period="2026",
        )
        return on_disk(self.post, made.content, name)

    def receipt(self, sent: Submission, **changes: object) -> Receipt:
        plain = Receipt(
            package_id=sent.package_id,
            manifest_sha256=sent.manifest_sha256,
            file_name=sent.file_name,
            received_at=vietnam_now(),
            receiver_id="SNV-MAU",
            receiver_name="Sở Nội vụ tỉnh mẫu",
            outcome=Outcome.VALID,
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    def refused(self, file: Path, code: str) -> str:
        """Nothing may have changed: no state, no file, no list."""
        before = self._seen()
        with pytest.raises(KnownError) as caught:
            receipts.take(self.profile, file)
        assert caught.value.code == code
        assert self._seen() == before
        return render(caught.value.message)

    def _seen(self) -> tuple[object, ...]:
        states = [one.state for one in submissions.submissions_of(self.profile, self.round_id)]
        files = sorted(self.profile.folder.rglob("receipts/*"))
        lists = [file.read_bytes() for file in sorted(self.profile.folder.glob("trusted/*"))]
        return states, files, lists

    def list_number(self) -> int:
        trust = load_trusted(trusted_files(self.profile.folder))
        (authority,) = trust.authorities
        found = newest(trust.revocation_lists, authority)
        assert found is not None
        return found.number


@cache
def _both() -> Path:
    """An enrolled unit and its office, made once; each test works on a copy."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-"))
    (folder / "đường đi").mkdir()
    place = office_at(folder / "sở")
    with sample_profile(folder / "xã") as (profile, round_id):
        enrol(profile, rounds.round_of(profile, round_id).unit, place, folder / "đường đi")
    return folder


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    for part in ("sở", "xã", "đường đi"):
        shutil.copytree(_both() / part, tmp_path / part)
    with open_profile(tmp_path / "xã") as profile:
        round_id = rounds.rounds(profile)[0].id
        yield Ends(profile, round_id, tmp_path / "sở", tmp_path / "đường đi")


def code_of(work: pytest.ExceptionInfo[KnownError]) -> str:
    assert render(work.value.message)
    return work.value.code


# At the office


def test_same_package_again_gets_the_same_receipt_and_no_second_row(ends: Ends) -> None:
    _sent, package = ends.hand_in()
    _found, first, file = office.take_in(ends.office, package, ends.post)
    elsewhere = ends.post / "lần hai"
    elsewhere.mkdir()
    renamed = shutil.copy(package, ends.post / "tên khác (1).asice")
    _found, again, copy = office.take_in(
        ends.office, Path(renamed), elsewhere, now=vietnam_now() + timedelta(minutes=5)
    )
    assert again == first
    assert copy.read_bytes() == file.read_bytes()
    assert len(office.received(ends.office)) == 1


def test_older_revision_is_refused_but_its_own_receipt_is_given_again(ends: Ends) -> None:
    _first, old = ends.hand_in()
    never_seen = ends.post / "chưa nộp.asice"
    shutil.copy(old, never_seen)
    _second, middle = ends.hand_in()
    _third, newer = ends.hand_in()
    office.take_in(ends.office, middle, ends.post)
    office.take_in(ends.office, newer, ends.post)
    with pytest.raises(KnownError) as caught:
        office.take_in(ends.office, never_seen, ends.post)
    assert code_of(caught) == "office.refused"
    assert "L02" in render(caught.value.message)
    _found, row, _file = office.take_in(ends.office, middle, ends.post)
    assert row.revision == 1
    assert [one.revision for one in office.received(ends.office)] == [1, 2]


def test_repeated_id_with_other_content_is_refused(ends: Ends) -> None:
    """Two packages of one id, both validly signed by the enrolled unit: only the first one counts."""
    signer = KeyRoom(ends.profile.folder).signer()
    same = head(created_at=vietnam_now())
    assert signer.certificate.unit_code == same.sender_id
    paths = []
    for name in ("một", "hai"):
        head_now = replace(same, sender_name=name)
        content, _written = packed(head_now, signer=signer, at=vietnam_now())  # type: ignore[arg-type]
        paths.append(on_disk(ends.post, content, f"{name}.asice"))
    office.take_in(ends.office, paths[0], ends.post)
    with pytest.raises(KnownError) as caught:
        office.take_in(ends.office, paths[1], ends.post)
    assert code_of(caught) == "office.refused"
    assert len(office.received(ends.office)) == 1


def test_everything_but_the_first_two_outcomes_is_refused(ends: Ends) -> None:
    foreign, _written = packed(signer=signer_of("UBND xã Hòa Phú", "XA-HOA-PHU"))
    _sent, good = ends.hand_in()
    changed = bytearray(good.read_bytes())
    changed[changed.index(b"%PDF-1.") + 5] ^= 1
    for name, content in (("lạ", foreign), ("sửa", bytes(changed)), ("hỏng", b"PK")):
        with pytest.raises(KnownError) as caught:
            office.take_in(ends.office, on_disk(ends.post, content, f"{name}.asice"), ends.post)
        assert code_of(caught) == "office.refused", name
    assert office.received(ends.office) == ()
    office.take_in(ends.office, good, ends.post)  # the good one passes in the same run


def test_receipts_and_enrolments_are_no_filings(ends: Ends) -> None:
    sent, package = ends.hand_in()
    _found, _row, receipt = office.take_in(ends.office, package, ends.post)
    for other in (receipt, next(ends.post.glob("*_DK_*L00.asice"))):
        with pytest.raises(KnownError) as caught:
            office.take_in(ends.office, other, ends.post)
        assert code_of(caught) in ("office.other_kind", "office.refused")
    assert [row.package_id for row in office.received(ends.office)] == [sent.package_id]


def test_stale_list_is_made_anew_for_the_receipt(ends: Ends) -> None:
    _sent, package = ends.hand_in()
    later = vietnam_now() + timedelta(days=40)
    found, row, _file = office.take_in(ends.office, package, ends.post, now=later)
    assert found.outcome is Outcome.VALID_WITH_WARNINGS, "the list at hand had ended"
    assert row.outcome is Outcome.VALID_WITH_WARNINGS
    last = office_certificates.state(ends.office).newest_list
    assert last is not None
    assert (last.number, last.is_stale(later)) == (2, False)


def test_offices_own_certificate_at_its_end_is_said_with_the_way_out(ends: Ends) -> None:
    """Two years on: the unit's package was signed in time, the office's own key has to be renewed."""
    _sent, package = ends.hand_in()
    later = vietnam_now() + timedelta(days=731)
    with pytest.raises(KnownError) as caught:
        office.take_in(ends.office, package, ends.post, now=later)
    assert code_of(caught) == "office.key_ended"
    assert "cchc office key" in render(caught.value.message)
    office_certificates.renew_key(ends.office, "mật khẩu của văn phòng", now=later)
    found, _row, _file = office.take_in(ends.office, package, ends.post, now=later)
    assert "trust.expired_since" in {reason.code for reason in found.reasons}


def test_receipt_that_could_not_be_written_is_given_by_the_next_run(ends: Ends) -> None:
    _sent, package = ends.hand_in()
    with pytest.raises(KnownError) as caught:
        office.take_in(ends.office, package, ends.post / "không có")
    assert caught.value.code.startswith("delivery.")
    _found, row, file = office.take_in(ends.office, package, ends.post)
    assert file.read_bytes() == row.receipt
    assert len(office.received(ends.office)) == 1


def test_two_desks_take_the_same_package_in_at_the_same_time(ends: Ends) -> None:
    """One row and one receipt, whoever was first."""
    _sent, package = ends.hand_in()
    places = [ends.post / f"bàn {number}" for number in range(6)]
    for place in places:
        place.mkdir()
    with ThreadPoolExecutor(len(places)) as desks:
        found = list(desks.map(lambda place: office.take_in(ends.office, package, place)[2], places))
    assert len({file.read_bytes() for file in found}) == 1
    assert len(office.received(ends.office)) == 1


# At the unit


def test_receipt_delivers_once_and_is_kept(ends: Ends) -> None:
    sent, package = ends.hand_in()
    _found, _row, file = office.take_in(ends.office, package, ends.post)
    _changes, first = receipts.take(ends.profile, file)
    assert (first.effect, ends.state(sent)) == (ReceiptEffect.DELIVERED, DocumentState.DELIVERED)
    kept = receipts.kept_file(ends.profile, first.receipt_id)
    assert kept is not None
    assert kept.read_bytes() == file.read_bytes()
    _changes, replayed = receipts.take(ends.profile, file)
    assert replayed.effect is ReceiptEffect.AGAIN
    with sqlite3.connect(ends.profile.folder / "cchc.sqlite3") as db:
        states = [row[0] for row in db.execute("SELECT state FROM deliveries WHERE receipt IS NOT NULL")]
    assert states == ["delivered"], "one delivered row"
    assert len(list((ends.profile.folder / "receipts").iterdir())) == 1


def test_receipt_for_a_superseded_filing_is_kept_and_says_so(ends: Ends) -> None:
    sent, package = ends.hand_in()
    _found, _row, file = office.take_in(ends.office, package, ends.post)
    ends.hand_in()
    _changes, taken = receipts.take(ends.profile, file)
    assert (taken.effect, ends.state(sent)) == (ReceiptEffect.SUPERSEDED, DocumentState.SUPERSEDED)
    assert taken.file.is_file()


def test_receipt_for_anothers_package_is_not_ours(ends: Ends) -> None:
    sent, _package = ends.hand_in()
    other = ends.receipt(sent, package_id="0198c0de-0000-7000-8000-000000000001")
    assert sent.file_name in ends.refused(ends.letter(other), "receipts.not_ours")


def test_receipt_for_our_id_with_other_content_delivers_nothing(ends: Ends) -> None:
    sent, _package = ends.hand_in()
    ends.refused(ends.letter(ends.receipt(sent, manifest_sha256="0" * 64)), "receipts.other_content")
    assert ends.state(sent) is DocumentState.EXPORTED


def test_forged_receipt_changed_or_signed_by_a_stranger_is_refused(ends: Ends) -> None:
    sent, _package = ends.hand_in()
    good = ends.letter(ends.receipt(sent))
    content = good.read_bytes()
    at = content.index(b"SNV-MAU")
    changed = on_disk(ends.post, content[:at] + b"SNV-MAI" + content[at + 7 :], "sửa.asice")
    ends.refused(changed, "receipts.refused")
    stranger = signer_of("Sở Nội vụ tỉnh mẫu", "SNV-MAU")  # the same name and code, another key
    ends.refused(ends.letter(ends.receipt(sent), stranger, "lạ.asice"), "receipts.refused")
    assert receipts.take(ends.profile, good)[1].effect is ReceiptEffect.DELIVERED


def test_receipt_by_an_enrolled_but_hostile_unit_is_refused(ends: Ends) -> None:
    """The CA vouches for the unit, and the signature holds: a unit is no office all the same."""
    sent, _package = ends.hand_in()
    unit = KeyRoom(ends.profile.folder).signer()
    mine = ends.receipt(sent, receiver_id=unit.certificate.unit_code)
    ends.refused(ends.letter(mine, unit), "receipts.not_from_office")
    ends.refused(ends.letter(ends.receipt(sent), unit, "2.asice"), "receipts.not_from_office")


def test_receipt_in_another_offices_name_is_refused(ends: Ends, tmp_path: Path) -> None:
    """Both offices are trusted here; each speaks for itself only."""
    sent, _package = ends.hand_in()
    other = office_at(tmp_path / "sở khác", "Sở Tài chính tỉnh mẫu", "STC-MAU")
    pem = office_certificates.export_trust(other, ends.post / "khác.pem")
    trusted.confirm(ends.profile, pem, office_certificates.state(other).authority.spoken_code)
    letter = ends.letter(ends.receipt(sent), KeyRoom(other).signer())
    ends.refused(letter, "receipts.other_receiver")
    own = ends.receipt(sent, receiver_id="STC-MAU", receiver_name="Sở Tài chính tỉnh mẫu")
    taken = receipts.take(ends.profile, ends.letter(own, KeyRoom(other).signer(), "2.asice"))[1]
    assert taken.effect is ReceiptEffect.DELIVERED


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN_SIGNER, Outcome.INVALID, Outcome.UNREADABLE])
def test_receipt_that_says_refused_delivers_nothing(ends: Ends, outcome: Outcome) -> None:
    sent, _package = ends.hand_in()
    ends.refused(ends.letter(ends.receipt(sent, outcome=outcome)), "receipts.not_accepted")


def test_other_packages_and_no_packages_are_no_receipts(ends: Ends) -> None:
    _sent, package = ends.hand_in()
    ends.refused(next(ends.post.glob("*_TL.asice")), "receipts.other_kind")
    ends.refused(on_disk(ends.post, b"PK\x03\x04", "x.asice"), "receipts.refused")
    ends.refused(ends.post / "không có.asice", "package.missing")
    ends.refused(ends.post, "package.missing")
    assert package.is_file()


def test_newer_list_comes_along_and_an_older_one_never_goes_back(ends: Ends) -> None:
    sent, package = ends.hand_in()
    old_list = office_certificates.state(ends.office).newest_list
    assert old_list is not None
    made = office_certificates.make_list(ends.office)
    _found, _row, file = office.take_in(ends.office, package, ends.post)
    _changes, taken = receipts.take(ends.profile, file)
    assert (taken.revocations, ends.list_number()) == (ListNews.NEWER, made.number)
    stale = ends.letter(ends.receipt(sent, revocation_list=old_list.pem))
    _changes, taken = receipts.take(ends.profile, stale)
    assert (taken.effect, taken.revocations) == (ReceiptEffect.AGAIN, ListNews.OLDER)
    assert ends.list_number() == made.number


def test_list_of_an_unknown_ca_is_not_kept(ends: Ends, tmp_path: Path) -> None:
    sent, _package = ends.hand_in()
    other = office_at(tmp_path / "sở khác", "Sở Tài chính tỉnh mẫu", "STC-MAU")
    strange = office_certificates.make_list(other)
    before = ends.list_number()
    for number, pem in enumerate((strange.pem, "không phải PEM", "-----BEGIN X509 CRL-----\nAAAA\n")):
        letter = ends.letter(ends.receipt(sent, revocation_list=pem), name=f"{number}.asice")
        assert receipts.take(ends.profile, letter)[1].revocations is ListNews.STRANGE
    assert ends.list_number() == before
    assert len(list((ends.profile.folder / "trusted").iterdir())) == 2


def test_receipt_whose_own_list_revokes_its_signer_is_refused(ends: Ends) -> None:
    """The office's key was stolen: the thief's receipt carries the truth along, or is caught by the next."""
    from cchc_desktop.domain.office import RevocationReason

    sent, _package = ends.hand_in()
    thief = ends.signer()
    office_certificates.revoke(ends.office, "SNV-MAU", RevocationReason.KEY_COMPROMISE)
    last = office_certificates.state(ends.office).newest_list
    assert last is not None
    ends.refused(ends.letter(ends.receipt(sent, revocation_list=last.pem), thief), "receipts.refused")
    # Without it the list is not known here yet; once it is, nothing of the thief counts
    file = ends.post / "crl.pem"
    office_certificates.write_list(ends.office, file)
    assert trusted.take_list(ends.profile, file) is ListNews.NEWER
    ends.refused(ends.letter(ends.receipt(sent), thief, "2.asice"), "receipts.refused")
    # The office goes on with a new key of the same CA
    office_certificates.renew_key(ends.office, "mật khẩu của văn phòng")
    assert receipts.take(ends.profile, ends.letter(ends.receipt(sent), name="3.asice"))[1].effect is (
        ReceiptEffect.DELIVERED
    )
