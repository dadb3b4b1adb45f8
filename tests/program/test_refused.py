"""Packs that must not be taken: wrong signers and versions, spoilt and hostile ones. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from cchc_desktop.domain.package_head import PackageKind
from cchc_desktop.domain.update import Update, applied, clash, path_fault, version_order
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.package.update_codec import read_update, write_update
from cchc_desktop.program import listing
from cchc_desktop.program.place import Installation
from cchc_desktop.services import trusted, updates
from cchc_desktop.trust.revocation import pem_of
from resources.installer import BuildError, update_pack
from tests.program.releases import (
    DAY,
    FILES,
    NEW,
    NEW_FILES,
    NOW,
    OLD,
    Publisher,
    difference,
    expected,
    forged,
    install,
    lay,
    pack,
    publisher,
    shape,
)
from tests.services.office import office, unit


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    made = publisher(tmp_path / "tin")
    monkeypatch.setattr(updates, "publisher_files", made.files)
    return made


@pytest.fixture
def program(tmp_path: Path) -> Installation:
    return install(tmp_path / "chương trình")


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    return lay(tmp_path / "cũ", OLD, FILES), lay(tmp_path / "mới", NEW, NEW_FILES)


def reasons(package: Path, program: Installation) -> list[str]:
    """What is said against it, looking; taking says the same, and neither writes anything."""
    before = shape(program.root)
    offer = updates.inspect(package, place=program)
    assert not offer.can_be_taken
    assert all(render(reason) for reason in offer.refusals)
    with pytest.raises(KnownError) as fault:
        updates.apply(package, place=program)
    assert fault.value.code == "update.refused"
    words = render(fault.value.message)
    assert all(render(reason) in words for reason in offer.refusals)
    assert shape(program.root) == before
    return [reason.id for reason in offer.refusals]


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


class TestVersions:
    @pytest.mark.parametrize(
        ("here", "said"),
        [
            ("1.1.0", "update.same_version"),
            ("1.1", "update.same_version"),
            ("1.10.0", "update.lower_version"),
            ("2.0", "update.lower_version"),
            ("0.9.9", "update.other_base"),
            ("1.0.1", "update.other_base"),
        ],
    )
    def test_that_do_not_fit(
        self, issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path, here: str, said: str
    ) -> None:
        program = install(tmp_path / "đây", here)
        assert reasons(pack(tmp_path, issuer.signer, *releases), program) == [said]

    def test_are_numbers_and_not_words(self) -> None:
        ordered = ["0.9", "0.9.1", "0.10", "1.0.0", "1.0.1", "1.2", "1.10", "2.0.0.1"]
        assert sorted(sorted(ordered), key=version_order) == ordered
        assert version_order("1.2") == version_order("1.2.0.0")

    def test_a_pack_out_of_the_wrong_order_is_not_made(
        self, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with pytest.raises(BuildError, match="no update of"):
            difference(releases[1], releases[0])
        with pytest.raises(BuildError, match="can't become"):
            difference(releases[0], lay(tmp_path / "w", NEW, NEW_FILES, "windows"))


class TestSpoilt:
    def test_at_every_fortieth_place(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        package = pack(tmp_path, issuer.signer, *releases)
        content, bent = package.read_bytes(), tmp_path / "hỏng.asice"
        before = shape(program.root)
        for at in range(0, len(content), max(1, len(content) // 40)):
            bent.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            offer = updates.inspect(bent, place=program)
            assert not offer.can_be_taken, at
            assert offer.refusals
        for length in (0, 1, 100, len(content) // 2, len(content) - 1):
            bent.write_bytes(content[:length])
            assert not updates.inspect(bent, place=program).can_be_taken
        assert shape(program.root) == before

    def test_another_kind_of_package(
        self, issuer: Publisher, program: Installation, tmp_path: Path, data_folder: Path
    ) -> None:
        made = office(tmp_path / "sở")
        package = made.signed("bản 1")
        issuer.folder.joinpath("so.pem").write_bytes(made.file.read_bytes())
        assert reasons(package, program) == ["update.other_kind"]
        assert updates.inspect(package, place=program).verification.kind == PackageKind.FORMPACK.value

    def test_what_is_no_file(self, issuer: Publisher, program: Installation, tmp_path: Path) -> None:
        for path, code in ((tmp_path / "không có", "package.missing"), (tmp_path, "package.no_file")):
            with pytest.raises(KnownError) as fault:
                updates.inspect(path, place=program)
            assert fault.value.code == code


HOSTILE = {
    "../evil.pyc": "package.update_path_outside",
    "cchc_desktop/../../evil.pyc": "package.update_path_outside",
    "./a.pyc": "package.update_path_outside",
    "/etc/cron.d/evil": "package.update_path_absolute",
    "C:/Windows/evil.dll": "package.update_path_absolute",
    "\\\\server\\share\\evil.dll": "package.update_path_absolute",
    "..\\..\\evil.dll": "package.update_path_outside",
    "lib\\evil.dll": "package.update_path_form",
    "lib/evil.dll:stream": "package.update_path_form",
    "lib/con": "package.update_path_device",
    "lib/AUX.txt": "package.update_path_device",
    "lib/Com1 .pyc": "package.update_path_device",
    "nul/a.pyc": "package.update_path_device",
    "lib/evil.": "package.update_path_form",
    "lib /evil.pyc": "package.update_path_form",
    "lib//evil.pyc": "package.update_path_form",
    "lib/": "package.update_path_form",
    "": "package.update_path_form",
    "lib/e\u0300vil.pyc": "package.update_path_form",
    "lib/evil\u202egnp.pyc": "package.update_path_form",
    "lib/a\nb": "package.update_path_form",
    "lib/what?": "package.update_path_form",
    "d/" * 130 + "a": "package.update_path_form",
}


class TestHostile:
    """A publisher whose key was stolen, or who has lost his mind: signed well, and wrong in one thing."""

    @pytest.fixture
    def words(self, releases: tuple[Path, Path]) -> dict[str, Any]:
        return dict(json.loads(write_update(difference(*releases))))

    @pytest.fixture
    def forge(
        self, issuer: Publisher, words: dict[str, Any], releases: tuple[Path, Path], tmp_path: Path
    ) -> Callable[[], Path]:
        contents = {
            file["entry"]: (releases[1] / file["path"]).read_bytes()
            for file in words["files"]
            if "entry" in file
        }
        return lambda: forged(tmp_path, issuer.signer, words, contents)

    def test_the_untouched_twin_is_taken(self, program: Installation, forge: Callable[[], Path]) -> None:
        updates.apply(forge(), place=program)
        assert program.current() == (NEW, program.root / "versions" / NEW)

    @pytest.mark.parametrize("path", HOSTILE)
    @pytest.mark.parametrize("action", ["write", "remove"])
    def test_paths(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        path: str,
        action: str,
    ) -> None:
        file = next(file for file in words["files"] if file["action"] == action)
        file["path"] = path
        assert reasons(forge(), program) == [HOSTILE[path]]

    @pytest.mark.parametrize(
        "path", ["CCHC_Desktop/Scoring.pyc", "cchc_desktop/scoring.pyc", "cchc_desktop/scoring.pyc/a"]
    )
    def test_paths_that_take_each_others_place(
        self, program: Installation, words: dict[str, Any], forge: Callable[[], Path], path: str
    ) -> None:
        next(file for file in words["files"] if file["action"] == "remove")["path"] = path
        assert reasons(forge(), program) == ["package.update_path_clash"]

    @pytest.mark.parametrize(
        "path", ["LIB/new.so", "lib/libqt6core.SO.6", "lib/libQt6Core.so.6/a", "Files.JSON"]
    )
    def test_paths_that_take_the_place_of_what_is_there(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        path: str,
    ) -> None:
        """The list of the new version fits too: only comparing new with old finds it."""
        next(file for file in words["files"] if file["path"].endswith("new_rule.pyc"))["path"] = path
        update = read_update(json.dumps(words).encode())
        merged = listing.as_bytes(applied(listing.read(program.running)[0], update))
        words["listing"] = hashlib.sha256(merged).hexdigest()
        before = shape(program.root)
        package = forge()
        assert updates.inspect(package, place=program).can_be_taken
        with pytest.raises(KnownError) as fault:
            updates.apply(package, place=program)
        assert fault.value.code == "update.bad_path"
        assert render(fault.value.message)
        after = shape(program.root)
        after.pop("versions/update.lock")
        assert after == before

    def test_a_list_that_does_not_come_out(
        self, program: Installation, words: dict[str, Any], forge: Callable[[], Path]
    ) -> None:
        words["listing"] = "0" * 64
        with pytest.raises(KnownError) as fault:
            updates.apply(forge(), place=program)
        assert fault.value.code == "update.wrong_list"
        assert not (program.versions_folder / NEW).exists()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"form": "cchc-update-2"}, "package.update_form"),
            ({"version": "0.9"}, "package.update_backwards"),
            ({"version": "1.1.0-rc1"}, "package.json_field"),
            ({"version": "../1.1"}, "package.json_field"),
            ({"from_listing": "0"}, "package.json_field"),
            ({"target": "Windows 10"}, "package.json_field"),
            ({"files": {}}, "package.json_field"),
            ({"more": 1}, "package.json_field"),
            ({"notes": "x" * 20_001}, "package.json_field"),
        ],
    )
    def test_fields(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        change: dict[str, Any],
        said: str,
    ) -> None:
        words.update(change)
        assert reasons(forge(), program) == [said]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"sha256": "0" * 64}, "package.head_file_other"),
            ({"size": 7}, "package.head_file_other"),
            ({"size": -1}, "package.json_field"),
            ({"entry": "files/0009.bin"}, "package.head_file_missing"),
            ({"entry": "files/0002.bin"}, "package.head_file_twice"),
            ({"entry": "data/update.json"}, "package.update_path_form"),
            ({"entry": "../files/0001.bin"}, "package.name_traversal"),
            ({"executable": 1}, "package.json_field"),
            ({"action": "run"}, "package.json_field"),
        ],
    )
    def test_files_and_contents_that_do_not_belong_together(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        change: dict[str, Any],
        said: str,
    ) -> None:
        words["files"][0].update(change)
        assert reasons(forge(), program) == [said]

    def test_a_file_that_nobody_names(
        self, issuer: Publisher, program: Installation, words: dict[str, Any], tmp_path: Path, forge: Any
    ) -> None:
        brought = [file for file in words["files"] if "entry" in file]
        dropped = brought[-1]
        words["files"].remove(dropped)
        assert reasons(forge(), program) == ["package.head_file_unnamed"]


def test_the_list_survives_the_way_there_and_back(releases: tuple[Path, Path]) -> None:
    update = difference(*releases)
    assert isinstance(update, Update)
    assert read_update(write_update(update)) == update
    assert applied(listing.read(releases[0])[0], update) == listing.read(releases[1])[0]
    assert expected(NEW_FILES) == {
        path: file.sha256 for path, file in listing.read(releases[1])[0].files.items()
    }


def test_the_files_of_a_real_program_are_all_good_paths() -> None:
    root = Path(__file__).resolve().parents[2]
    names = [
        path.relative_to(root).as_posix()
        for folder in ("cchc_desktop", "ui", "forms", "resources")
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(names) > 500
    assert [name for name in names if path_fault(name)] == []
    assert clash(names) is None


def test_a_key_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="can't sign"):
        update_pack.key(tmp_path / "không.p12", "x")
