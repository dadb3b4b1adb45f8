"""Where things lie in a checkout and in an installed program, the same on every target."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cchc_desktop import paths

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """The folder of version 0.2.0 as an installer leaves it, with the launcher two above."""
    folder = tmp_path / "CCHC Desktop" / "versions" / "0.2.0"
    (folder / "forms").mkdir(parents=True)
    (folder / "files.json").write_text("{}")
    (tmp_path / "CCHC Desktop" / "current").write_text("0.2.0\n")
    return folder


def run_from(monkeypatch: pytest.MonkeyPatch, version: Path, target: str) -> None:
    """As each runtime says where the program is: PyInstaller by `_MEIPASS`, Windows by the module."""
    if target == "linux":
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "_MEIPASS", str(version), raising=False)
    else:
        monkeypatch.setattr(paths, "_CHECKOUT", version)


def test_a_checkout_is_no_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.program_folder() == ROOT
    assert paths.installation_folder() is None
    assert paths.portable_data_folder() is None
    assert (paths.forms_folder() / "criteria").is_dir()


@pytest.mark.parametrize("target", ["linux", "windows"])
def test_an_installed_version_knows_its_folders(
    monkeypatch: pytest.MonkeyPatch, version: Path, target: str
) -> None:
    run_from(monkeypatch, version, target)
    assert paths.program_folder() == version
    assert paths.forms_folder() == version / "forms"
    assert paths.resources_folder() == version / "resources"
    assert paths.installation_folder() == version.parent.parent


@pytest.mark.parametrize("target", ["linux", "windows"])
def test_the_portable_folder_lies_beside_the_launcher(
    monkeypatch: pytest.MonkeyPatch, version: Path, target: str
) -> None:
    run_from(monkeypatch, version, target)
    monkeypatch.delenv("CCHC_DATA_DIR")
    assert paths.portable_data_folder() is None
    (version / "cchc-data").mkdir()  # an update would leave this behind: it doesn't count
    assert paths.portable_data_folder() is None
    beside = version.parent.parent / "cchc-data"
    beside.mkdir()
    assert paths.portable_data_folder() == beside
    assert paths.data_folder() == beside


def test_every_version_has_the_same_portable_folder(monkeypatch: pytest.MonkeyPatch, version: Path) -> None:
    newer = version.with_name("0.3.0")
    newer.mkdir()
    (newer / "files.json").write_text("{}")
    (version.parent.parent / "cchc-data").mkdir()
    found = set()
    for folder in (version, newer):
        run_from(monkeypatch, folder, "linux")
        found.add(paths.portable_data_folder())
    assert found == {version.parent.parent / "cchc-data"}


def test_a_folder_named_versions_alone_is_no_installation(version: Path) -> None:
    """Without the list of its files a folder may be anybody's, such as one of a user's own versions."""
    (version / "files.json").unlink()
    assert paths.installation_folder(version) is None


def test_a_frozen_program_without_versions_is_its_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_from(monkeypatch, tmp_path / "cchc", "linux")
    (tmp_path / "cchc" / "cchc-data").mkdir(parents=True)
    assert paths.installation_folder() is None
    assert paths.portable_data_folder() == tmp_path / "cchc" / "cchc-data"
