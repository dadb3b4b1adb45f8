"""Enrolment by hostile and clumsy hands: every request and answer that must not work, beside good ones."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.office import RevocationReason, Way
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.package.enrolment_codec import read_reply, read_request, write_reply, write_request
from cchc_desktop.package.layout import ENROLMENT_NAME, ENROLMENT_REPLY_NAME
from cchc_desktop.package.letter import write_letter
from cchc_desktop.package.verifier import verified_texts
from cchc_desktop.services import (
    criteria_files,
    enrolment,
    form_packs,
    keys,
    office_certificates,
    office_enrolment,
    rounds,
)
from cchc_desktop.services.profile import Profile, create_profile, open_profile
from cchc_desktop.trust.authority import certificate_request
from cchc_desktop.trust.certificate import read_certificate, self_signed
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.signer import Signer, SoftwareSigner
from cchc_desktop.trust.trusted import Trusted
from tests.formpack.books import book_bytes, small_book
from tests.package.samples import on_disk
from tests.services.office import FIRST, UNIT
from tests.services.trust_office import CODE, NAME, authority_code, enrol, office_at

PASSPHRASE = "một câu chỉ tôi biết"


@cache
def _unit() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-")) / "xã"
    with create_profile(folder, UNIT, 2026, *FIRST, "Văn thư") as made:
        keys.create_key(made, UNIT, PASSPHRASE)
    return folder


class Ends:
    def __init__(self, profile: Profile, office: Path, post: Path) -> None:
        self.profile, self.office, self.post = profile, office, post

    @property
    def round(self) -> Round:
        return rounds.rounds(self.profile)[0]

    def request(self) -> tuple[Path, str]:
        file, asked = enrolment.write_enrolment(self.profile, UNIT, self.post)
        return file, asked.code

    def own(self) -> Signer:
        return KeyRoom(self.profile.folder).signer()

    def forged_request(
        self, change: Callable[[EnrolmentRequest], EnrolmentRequest], signer: Signer | None = None
    ) -> Path:
        """A request that differs in what `change` makes of it, validly signed."""
        file, _code = self.request()
        by = signer or self.own()
        plain = read_request(verified_texts(file, Trusted(), vietnam_now())[1][ENROLMENT_NAME])
        content = write_request(change(plain))
        letter = write_letter(
            PackageKind.ENROLMENT, ENROLMENT_NAME, content, by, vietnam_now(), period="2026"
        )
        return on_disk(self.post, letter.content, "giả.asice")

    def forged_answer(
        self, answer: Path, change: Callable[[EnrolmentReply], EnrolmentReply], signer: Signer
    ) -> Path:
        plain = read_reply(verified_texts(answer, Trusted(), vietnam_now())[1][ENROLMENT_REPLY_NAME])
        content = write_reply(change(plain))
        letter = write_letter(
            PackageKind.ENROLMENT, ENROLMENT_REPLY_NAME, content, signer, vietnam_now(), period="2026"
        )
        return on_disk(self.post, letter.content, "trả lời giả.asice")

    def office_refuses(self, file: Path, code: str, heard: str = "") -> str:
        """For enrolling and for pinning, and nothing is written down."""
        before = office_certificates.state(self.office).certificates
        for act in (office_enrolment.enrol, office_enrolment.pin):
            with pytest.raises(KnownError) as caught:
                act(self.office, file, heard, self.post)
            assert caught.value.code == code
        assert office_certificates.state(self.office).certificates == before
        return render(caught.value.message)

    def unit_refuses(self, file: Path, code: str, heard: str = "") -> str:
        before = (KeyRoom(self.profile.folder).certificate(), sorted(self.profile.folder.rglob("trusted/*")))
        with pytest.raises(KnownError) as caught:
            enrolment.take_answer(self.profile, file, heard)
        assert caught.value.code == code, caught.value
        assert before == (
            KeyRoom(self.profile.folder).certificate(),
            sorted(self.profile.folder.rglob("trusted/*")),
        )
        return render(caught.value.message)


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    shutil.copytree(_unit(), tmp_path / "xã")
    (tmp_path / "đường đi").mkdir()
    with open_profile(tmp_path / "xã") as profile:
        yield Ends(profile, office_at(tmp_path / "sở"), tmp_path / "đường đi")


def stranger(name: str = UNIT.name, code: str = UNIT.code) -> SoftwareSigner:
    key, der = self_signed(name, code, vietnam_now())
    return SoftwareSigner(key, read_certificate(der))


# Requests


def test_request_in_another_units_name_is_refused(ends: Ends) -> None:
    thief = stranger("UBND xã Hòa Phú", "XA-HOA-PHU")
    file = ends.forged_request(lambda plain: plain, thief)
    ends.office_refuses(file, "office.request_of_other_unit", thief.certificate.spoken_code)


def test_request_for_a_key_that_nobody_proves_is_refused(ends: Ends) -> None:
    """The CSR's own signature is broken: who sends it does not have that key."""

    def broken(plain: EnrolmentRequest) -> EnrolmentRequest:
        from asn1crypto import pem

        _kind, _headers, der = pem.unarmor(plain.csr.encode())
        flipped = der[:-1] + bytes([der[-1] ^ 1])
        return replace(plain, csr=pem.armor("CERTIFICATE REQUEST", flipped).decode())

    file = ends.forged_request(broken)
    ends.office_refuses(file, "trust.request_not_proven", ends.own().certificate.spoken_code)


@pytest.mark.parametrize("key", [lambda: rsa.generate_private_key(65537, 1024), lambda: _p384()])
def test_request_for_a_weak_or_foreign_kind_of_key_is_refused(ends: Ends, key: Callable[[], object]) -> None:
    csr = certificate_request(key(), UNIT.name, UNIT.code).decode()
    file = ends.forged_request(lambda plain: replace(plain, csr=csr))
    ends.office_refuses(file, "trust.request_weak")


def _p384() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


@pytest.mark.parametrize("csr", ["", "không phải PEM", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"])
def test_request_that_is_none_is_refused(ends: Ends, csr: str) -> None:
    file = ends.forged_request(lambda plain: replace(plain, csr=csr))
    ends.office_refuses(file, "trust.request_unreadable")


def test_rotation_by_a_key_that_is_not_known_is_refused(ends: Ends) -> None:
    """Somebody asks for his own key under the unit's name; the phone code of the signing key is no help."""
    csr = certificate_request(stranger()._key, UNIT.name, UNIT.code).decode()
    thief = stranger()
    file = ends.forged_request(lambda plain: replace(plain, csr=csr), thief)
    ends.office_refuses(file, "office.rotation_untrusted", thief.certificate.spoken_code)


def test_changed_request_is_refused(ends: Ends) -> None:
    file, code = ends.request()
    content = bytearray(file.read_bytes())
    content[content.index(b"unit_name") + 14] ^= 1
    changed = on_disk(ends.post, bytes(content), "sửa.asice")
    ends.office_refuses(changed, "office.request_refused", code)
    assert office_enrolment.enrol(ends.office, file, code, ends.post)[0].way is Way.ISSUED


def test_same_request_again_gets_the_same_certificate(ends: Ends) -> None:
    file, code = ends.request()
    first, answer = office_enrolment.enrol(ends.office, file, code, ends.post)
    again, copy = office_enrolment.enrol(ends.office, file, code, ends.post)
    assert again == first
    assert copy != answer
    assert [one.way for one in office_certificates.state(ends.office).certificates].count(Way.ISSUED) == 1


def test_request_of_a_revoked_key_is_refused_even_with_its_code(ends: Ends) -> None:
    file, code = ends.request()
    office_enrolment.enrol(ends.office, file, code, ends.post)
    office_certificates.revoke(ends.office, UNIT.code, RevocationReason.SUPERSEDED)
    ends.office_refuses(file, "office.revoked_key", code)
    ends.office_refuses(ends.request()[0], "office.revoked_key", code)


def test_unpinned_certificate_is_not_pinned_again(ends: Ends) -> None:
    file, code = ends.request()
    office_enrolment.pin(ends.office, file, code, ends.post)
    office_certificates.revoke(ends.office, UNIT.code, RevocationReason.CESSATION)
    ends.office_refuses(file, "office.revoked_key", code)
    pem = keys.export_certificate(ends.profile, ends.post)
    with pytest.raises(KnownError) as caught:
        office_enrolment.pin_certificate(ends.office, pem, code)
    assert caught.value.code == "office.revoked_key"


def test_answers_and_other_packages_are_no_requests(ends: Ends) -> None:
    file, code = ends.request()
    _row, answer = office_enrolment.enrol(ends.office, file, code, ends.post)
    ends.office_refuses(answer, "office.not_a_request")


def test_unit_that_changed_its_code_has_to_make_a_new_key(ends: Ends) -> None:
    with pytest.raises(KnownError) as caught:
        enrolment.write_enrolment(ends.profile, replace(UNIT, code="XA-KHAC"), ends.post)
    assert caught.value.code == "enrolment.key_of_other_unit"
    assert list(ends.post.iterdir()) == []


def test_rotation_whose_file_could_not_be_written_waits_for_nothing(ends: Ends) -> None:
    enrol(ends.profile, UNIT, ends.office, ends.post)
    with pytest.raises(KnownError):
        enrolment.rotate(ends.profile, UNIT, ends.post / "không có/x.asice", PASSPHRASE)
    found = enrolment.enrolment(ends.profile)
    assert (found.next_key, found.waiting, found.issuer) == (None, None, NAME)


# Answers


def test_answer_of_another_ca_of_the_same_name_fails_at_the_code(ends: Ends, tmp_path: Path) -> None:
    """A man in the middle has a CA that looks the same; what the real office reads out tells them apart."""
    twin = tmp_path / "sở giả"
    office_certificates.create(twin, NAME, CODE, PASSPHRASE, PASSPHRASE)
    file, code = ends.request()
    _row, answer = office_enrolment.enrol(twin, file, code, ends.post)
    assert enrolment.look_at_answer(ends.profile, answer).office_name == NAME
    ends.unit_refuses(answer, "trust.code_differs", authority_code(ends.office))
    ends.unit_refuses(answer, "enrolment.code_needed")


def test_answer_for_another_units_key_is_refused(ends: Ends, tmp_path: Path) -> None:
    file, code = ends.request()
    _row, answer = office_enrolment.enrol(ends.office, file, code, ends.post)
    with create_profile(tmp_path / "xã khác", UNIT, 2026, *FIRST, "Văn thư") as other:
        keys.create_key(other, UNIT, PASSPHRASE)
        there = Ends(other, ends.office, ends.post)
        there.unit_refuses(answer, "trust.certificate_of_other_key", authority_code(ends.office))
    assert enrolment.take_answer(ends.profile, answer, authority_code(ends.office))[0].issuer == NAME


def test_answer_signed_by_an_enrolled_but_hostile_unit_is_refused(ends: Ends, tmp_path: Path) -> None:
    """It could bring a CA of its own; only an office may answer."""
    twin = tmp_path / "sở giả"
    office_certificates.create(twin, "Sở giả", "SO-GIA", PASSPHRASE, PASSPHRASE)
    file, code = ends.request()
    _row, false_answer = office_enrolment.enrol(twin, file, code, ends.post)
    enrol(ends.profile, UNIT, ends.office, ends.post)
    # The unit's own key is enrolled by now: it is exactly such a unit
    forged = ends.forged_answer(false_answer, lambda plain: plain, ends.own())
    ends.unit_refuses(forged, "enrolment.answer_broken", authority_code(twin))


def test_answer_whose_certificate_that_ca_did_not_issue_is_refused(ends: Ends) -> None:
    file, code = ends.request()
    _row, answer = office_enrolment.enrol(ends.office, file, code, ends.post)
    foreign = stranger().certificate.pem.decode()
    signer = KeyRoom(ends.office).signer()
    forged = ends.forged_answer(answer, lambda plain: replace(plain, certificate=foreign), signer)
    ends.unit_refuses(forged, "enrolment.answer_broken", authority_code(ends.office))
    own = ends.own().certificate.pem.decode()
    no_ca = ends.forged_answer(answer, lambda plain: replace(plain, authority=own), signer)
    ends.unit_refuses(no_ca, "enrolment.refused")


def test_answer_whose_office_certificate_is_revoked_is_refused(ends: Ends) -> None:
    file, code = ends.request()
    _row, answer = office_enrolment.enrol(ends.office, file, code, ends.post)
    office_certificates.revoke(ends.office, CODE, RevocationReason.KEY_COMPROMISE)
    last = office_certificates.state(ends.office).newest_list
    assert last is not None
    signer = KeyRoom(ends.office).signer()
    late = ends.forged_answer(answer, lambda plain: replace(plain, revocation_list=last.pem), signer)
    ends.unit_refuses(late, "enrolment.refused", authority_code(ends.office))


def test_request_is_no_answer(ends: Ends) -> None:
    ends.unit_refuses(ends.request()[0], "enrolment.not_an_answer")
    ends.unit_refuses(ends.post / "không có.asice", "package.missing")


# What a CA's word is worth


def test_form_pack_of_an_enrolled_but_hostile_unit_is_refused(ends: Ends) -> None:
    """It trusts the CA, so the signature is valid; a unit issues no forms for others all the same."""
    enrol(ends.profile, UNIT, ends.office, ends.post)
    book = ends.post / "sổ.xlsx"
    book.write_bytes(book_bytes(small_book()))
    opened = criteria_files.open_workbook(book)
    assert opened.criteria is not None
    by_unit, _written = form_packs.sign(opened.criteria, ends.profile.folder, ends.post / "xã.asice")
    with pytest.raises(KnownError) as caught:
        form_packs.take(ends.profile, by_unit)
    assert caught.value.code == "form_packs.not_from_office"
    by_office, _written = form_packs.sign(opened.criteria, ends.office, ends.post / "sở.asice")
    assert form_packs.take(ends.profile, by_office).ref.id == opened.criteria.id
