"""The pack between two releases: what differs and nothing else, out of folders, a ZIP, a .tar.xz, a list."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.update import Action, ProgramFile
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from resources.installer import ROOT, BuildError, update_pack
from tests.program.releases import CHANGED, FILES, NEW, NEW_FILES, OLD, Publisher, lay, publisher
from tests.trust.test_pkcs12 import made as pkcs12

PASSPHRASE = "Mật khẩu của khóa"


@pytest.fixture
def issuer(tmp_path: Path) -> Publisher:
    return publisher(tmp_path / "tin")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return lay(tmp_path / "cũ", OLD, FILES)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return lay(tmp_path / "mới", NEW, NEW_FILES)


def test_only_what_differs_goes_in(old: Path, new: Path, issuer: Publisher, tmp_path: Path) -> None:
    update = update_pack.difference(update_pack.release(old), update_pack.release(new), "Có gì mới")
    assert {file.path: (file.action, file.executable) for file in update.files} == {
        **{path: (Action.WRITE, path == "cchc-program") for path in CHANGED},
        "cchc_desktop/gone.pyc": (Action.REMOVE, False),
    }
    pack = update_pack.write(update, new, issuer.signer, tmp_path / "ra")
    assert [path.name for path in pack.parent.iterdir()] == [pack.name]
    with zipfile.ZipFile(pack) as opened:
        inside = {name: opened.read(name) for name in opened.namelist() if name.startswith("files/")}
    assert sorted(inside.values()) == sorted(CHANGED.values())
    now = datetime.now(UTC)  # it was signed just now, these tests perhaps collected long ago
    assert verify_package(pack, Trusted((issuer.certificate,)), now).outcome is Outcome.VALID
    assert verify_package(pack, Trusted(), now).outcome is Outcome.UNKNOWN_SIGNER


def test_a_bit_that_makes_a_file_startable_is_a_difference(old: Path, new: Path) -> None:
    before, after = update_pack.release(old), update_pack.release(new)
    path = "lib/libQt6Core.so.6"
    changed = {**after.listing.files, path: replace(after.listing.files[path], executable=True)}
    listing = replace(after.listing, files=changed)
    digest = update_pack.hashlib.sha256(update_pack.listings.as_bytes(listing)).hexdigest()
    update = update_pack.difference(before, replace(after, listing=listing, listing_sha256=digest))
    assert path in {file.path for file in update.written}


@pytest.mark.parametrize("kind", ["folder", "program", "json", "zip", "tar.xz"])
def test_a_release_in_every_form(old: Path, tmp_path: Path, kind: str) -> None:
    program = tmp_path / "cũ"
    forms = {"folder": old, "program": program, "json": old / "files.json"}
    if kind == "zip":
        shutil.make_archive(str(tmp_path / "x"), "zip", tmp_path, "cũ")
        forms[kind] = tmp_path / "x.zip"
    elif kind == "tar.xz":
        with tarfile.open(tmp_path / "x.tar.xz", "w:xz") as archive:
            archive.add(program, "CCHC Desktop")
        forms[kind] = tmp_path / "x.tar.xz"
    with update_pack.opened(forms[kind]) as release:
        assert (release.listing, release.listing_sha256) == (
            update_pack.release(old).listing,
            update_pack.release(old).listing_sha256,
        )
        assert (release.folder is None) == (kind == "json")


def test_what_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    lay(tmp_path / "hai", OLD, FILES)
    lay(tmp_path / "hai", NEW, NEW_FILES)
    for path, words in (
        (tmp_path / "x.json", "no files.json"),
        (tmp_path / "x.zip", "can't be unpacked"),
        (tmp_path / "hai", "2 versions"),
    ):
        with pytest.raises(BuildError, match=words), update_pack.opened(path):
            pass


def test_more_than_a_pack_holds_is_told_at_once(old: Path, new: Path) -> None:
    before, after = update_pack.release(old), update_pack.release(new)
    many = {f"lib/{number}.pyc": ProgramFile("0" * 64, 1) for number in range(2000)}
    listing = replace(after.listing, files={**after.listing.files, **many})
    with pytest.raises(BuildError, match="hand out the installer"):
        update_pack.difference(before, replace(after, listing=listing))


@pytest.mark.parametrize("path", ["../x", "lib/aux.pyc", "lib/é.pyc", "LIB/x.pyc"])
def test_a_path_that_no_program_takes_is_told_to_the_builder(old: Path, new: Path, path: str) -> None:
    before, after = update_pack.release(old), update_pack.release(new)
    listing = replace(after.listing, files={**after.listing.files, path: ProgramFile("0" * 64, 1)})
    with pytest.raises(BuildError, match="can't be a program's file"):
        update_pack.difference(before, replace(after, listing=listing))


def test_a_program_that_is_not_what_its_list_says_makes_no_pack(
    old: Path, new: Path, issuer: Publisher, tmp_path: Path
) -> None:
    update = update_pack.difference(update_pack.release(old), update_pack.release(new))
    (new / "cchc_desktop/scoring.pyc").write_bytes(b"touched after the build")
    with pytest.raises(BuildError, match="not written"):
        update_pack.write(update, new, issuer.signer, tmp_path / "ra")
    assert list((tmp_path / "ra").iterdir()) == []


def test_the_command_by_environment_and_with_a_stranger_s_key(
    old: Path, new: Path, issuer: Publisher, tmp_path: Path
) -> None:
    key = pkcs12(tmp_path, issuer.signer._key, issuer.certificate, password=PASSPHRASE)  # type: ignore[attr-defined]
    call = [sys.executable, str(ROOT / "build_installer.py"), "update", "--from", str(old), "--to", str(new)]
    call += ["--key", str(key), "--out", str(tmp_path / "ra")]
    made = subprocess.run(
        call,
        env={**os.environ, update_pack.PASSPHRASE: PASSPHRASE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "4 files written, 1 removed" in made.stdout
    assert f"{OLD} does not know Nhà phát hành CCHC and will refuse it" in made.stdout
    wrong = subprocess.run(
        call,
        env={**os.environ, update_pack.PASSPHRASE: "sai"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode == 2
    assert "can't sign" in wrong.stderr and "Traceback" not in wrong.stderr
    assert PASSPHRASE not in made.stdout + made.stderr
