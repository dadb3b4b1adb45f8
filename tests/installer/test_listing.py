"""`files.json` says what a version holds, byte for byte, and what differs from another version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resources.installer import BuildError, listing

# printf 'abc' | sha256sum ; printf '' | sha256sum
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def a_version(folder: Path) -> Path:
    (folder / "ui").mkdir(parents=True)
    (folder / "ui/app.pyc").write_bytes(b"abc")
    (folder / "cchc").write_bytes(b"")
    (folder / "cchc").chmod(0o755)
    return folder


def test_a_folder_is_listed(tmp_path: Path) -> None:
    folder = a_version(tmp_path / "0.2.0")
    path = listing.write(listing.of_folder(folder, "0.2.0", "linux"), folder)
    assert json.loads(path.read_text("utf-8")) == {
        "version": "0.2.0",
        "target": "linux",
        "files": {
            "cchc": {"sha256": NOTHING, "size": 0, "executable": True},
            "ui/app.pyc": {"sha256": ABC, "size": 3},
        },
    }
    again = listing.of_folder(folder, "0.2.0", "linux")  # the list itself is not in the list
    assert listing.read(path) == again
    assert again.size == 3


def test_windows_knows_no_executable_bits(tmp_path: Path) -> None:
    found = listing.of_folder(a_version(tmp_path / "0.2.0"), "0.2.0", "windows")
    assert "executable" not in listing.as_json(found)


def test_links_are_refused(tmp_path: Path) -> None:
    folder = a_version(tmp_path / "0.2.0")
    (folder / "libQt.so").symlink_to("cchc")
    with pytest.raises(BuildError, match=r"libQt\.so is no plain file"):
        listing.of_folder(folder, "0.2.0", "linux")


def test_changed_files_are_new_ones_and_those_with_other_content(tmp_path: Path) -> None:
    old = listing.of_folder(a_version(tmp_path / "old"), "0.2.0", "linux")
    folder = a_version(tmp_path / "new")
    assert listing.changed(old, listing.of_folder(folder, "0.2.1", "linux")) == ()
    (folder / "ui/app.pyc").write_bytes(b"abd")
    (folder / "ui/new.pyc").write_bytes(b"abc")
    (folder / "cchc").chmod(0o644)
    new = listing.of_folder(folder, "0.2.1", "linux")
    assert listing.changed(old, new) == ("cchc", "ui/app.pyc", "ui/new.pyc")


@pytest.mark.parametrize(
    "words", ["", "[]", '{"version": "1", "target": "linux", "files": {"a": {"size": 1}}}']
)
def test_what_is_no_list_is_refused(tmp_path: Path, words: str) -> None:
    path = tmp_path / "files.json"
    path.write_text(words)
    with pytest.raises(BuildError, match="is no list of a program's files"):
        listing.read(path)
