"""Packs by a signer that no publisher vouches for, or no more, are refused; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.program.place import Installation
from cchc_desktop.services import trusted, updates
from cchc_desktop.trust.revocation import pem_of
from resources.installer import BuildError, update_pack
from tests.program.refusals import reasons
from tests.program.releases import DAY, NEW, NOW, Publisher, install, pack, publisher
from tests.services.office import office, unit


class TestSigners:
    def test_the_good_one_is_taken(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        updates.apply(pack(tmp_path, issuer.signer, *releases), place=program)
        assert program.current() == (NEW, program.root / "versions" / NEW)

    def test_nobody_knows_the_signer(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        stranger = publisher(tmp_path / "lạ")
        package = pack(tmp_path, stranger.signer, *releases)
        assert reasons(package, program) == ["update.unknown_signer"]
        offer = updates.inspect(package, place=program)
        assert stranger.certificate.spoken_code in render(offer.refusals[0])

    def test_a_program_that_knows_no_publisher_takes_nothing(
        self, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """As the checkout is: no release key has been made."""
        made = publisher(tmp_path / "chưa có")
        assert reasons(pack(tmp_path, made.signer, *releases), program) == ["update.no_publisher"]

    def test_an_office_that_the_user_confirmed_has_no_say(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """It may sign form packs; a program that it signs is refused."""
        made = office(tmp_path / "sở")
        with unit(tmp_path / "hồ sơ", made) as profile:
            assert trusted.certificates(profile) != ()
            from cchc_desktop.trust.key_room import KeyRoom

            package = pack(tmp_path, KeyRoom(made.folder).signer(), *releases)
            assert reasons(package, program) == ["update.unknown_signer"]

    def test_expired_though_it_was_valid_when_it_signed(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """For a report that is a remark; a thief of an old key could sign any day of the past."""
        old = issuer.issue(start=NOW - 30 * DAY, end=NOW - DAY)
        issuer.know(old.certificate)
        package = pack(tmp_path, old, *releases, now=NOW - 10 * DAY)
        assert reasons(package, program) == ["trust.expired_since"]

    def test_a_certificate_out_of_its_time_makes_no_pack(
        self, issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with pytest.raises(BuildError, match=r"trust\.clock"):
            pack(tmp_path, issuer.issue(start=NOW + DAY, end=NOW + 2 * DAY), *releases)

    @pytest.mark.parametrize("why", [None, x509.ReasonFlags.key_compromise, x509.ReasonFlags.superseded])
    def test_revoked_before_or_after_it_signed(
        self,
        issuer: Publisher,
        program: Installation,
        releases: tuple[Path, Path],
        tmp_path: Path,
        why: x509.ReasonFlags | None,
    ) -> None:
        issuer.folder.joinpath("ca.pem").write_bytes(issuer.authority.certificate.pem)
        signer = issuer.issue(start=NOW - 30 * DAY)
        issuer.know(signer.certificate)
        after = pack(tmp_path / "sau", signer, *releases)
        before = pack(tmp_path / "trước", signer, *releases, now=NOW - 10 * DAY)
        assert updates.inspect(after, place=program).can_be_taken
        revoked = ((signer.certificate.serial, NOW - 5 * DAY, why),)
        list_ = issuer.authority.revocations(NOW - DAY, NOW + 30 * DAY, revoked)
        issuer.folder.joinpath("crl.pem").write_text(pem_of(list_), "ascii")
        assert reasons(after, program) == ["trust.revoked"]
        late = "trust.revoked" if why is x509.ReasonFlags.key_compromise else "trust.revoked_since"
        assert reasons(before, program) == [late]

    def test_of_a_ca_that_is_no_publisher_itself(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """A CA among the publishers vouches for the key of its own name only."""
        for file in issuer.files():
            file.unlink()
        issuer.folder.joinpath("ca.pem").write_bytes(issuer.authority.certificate.pem)
        package = pack(tmp_path, issuer.signer, *releases)
        offer = updates.inspect(package, place=program)
        assert offer.verification.outcome is Outcome.VALID_WITH_WARNINGS
        assert reasons(package, program) == ["update.not_publisher"]

    def test_every_reason_at_once(
        self, issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        elsewhere = install(tmp_path / "khác", "2.0.0", target="windows")
        (elsewhere.running / "lib/python311.zip").unlink()
        package = pack(tmp_path, publisher(tmp_path / "lạ").signer, *releases)
        assert reasons(package, elsewhere) == [
            "update.unknown_signer",
            "update.other_target",
            "update.lower_version",
            "update.base_damaged",
        ]


def test_a_key_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="can't sign"):
        update_pack.key(tmp_path / "không.p12", "x")
