"""`files.json` says what a version holds, byte for byte."""

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
    folder = a_version(tmp_path / "0.2.0")
    written = listing.write(listing.of_folder(folder, "0.2.0", "windows"), folder)
    assert b"executable" not in written.read_bytes()


def test_links_are_refused(tmp_path: Path) -> None:
    folder = a_version(tmp_path / "0.2.0")
    (folder / "libQt.so").symlink_to("cchc")
    with pytest.raises(BuildError, match=r"libQt\.so is no plain file"):
        listing.of_folder(folder, "0.2.0", "linux")


@pytest.mark.parametrize(
    "words", ["", "[]", '{"version": "1", "target": "linux", "files": {"a": {"size": 1}}}']
)
def test_what_is_no_list_is_refused(tmp_path: Path, words: str) -> None:
    path = tmp_path / "files.json"
    path.write_text(words)
    with pytest.raises(BuildError, match="is no list of a program's files"):
        listing.read(path)
