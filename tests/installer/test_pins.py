"""Every input by its SHA-256: what differs or is missing stops the build with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.installer import BuildError, pins

# echo -n abc | sha256sum
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
LINE = (
    '[[input]]\nname = "zip"\nversion = "1.0"\nfile = "abc.zip"\nsha256 = "{sha256}"\n'
    'targets = ["windows"]\nuse = "runtime"\n'
)


def written(folder: Path, text: str) -> Path:
    path = folder / "pins.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_projects_pins_hold() -> None:
    pins.check_lock()
    for name, entry in pins.read().items():
        assert entry.name == name
        assert set(entry.targets) <= {"windows", "linux"}
        assert "://" not in entry.file


def test_the_right_bytes_pass(tmp_path: Path) -> None:
    path = tmp_path / "abc.zip"
    path.write_bytes(b"abc")
    wanted = pins.pin("zip", written(tmp_path, LINE.format(sha256=ABC)))
    assert wanted == pins.Pin("zip", "1.0", "abc.zip", ABC, ("windows",), "runtime")
    assert pins.check(wanted, path) == path


def test_other_bytes_are_refused_by_name_with_both_digests(tmp_path: Path) -> None:
    path = tmp_path / "abc.zip"
    path.write_bytes(b"abd")
    wanted = pins.pin("zip", written(tmp_path, LINE.format(sha256=ABC)))
    with pytest.raises(BuildError, match=rf"zip 1\.0: .*abc\.zip is not the pinned file(.|\n)*{ABC}"):
        pins.check(wanted, path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    wanted = pins.pin("zip", written(tmp_path, LINE.format(sha256=ABC)))
    with pytest.raises(BuildError, match=r"zip 1\.0: there is no file .*nowhere"):
        pins.check(wanted, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LINE.format(sha256=ABC.upper()), r"input 1 \(zip\) has no SHA-256"),
        (LINE.format(sha256=ABC) * 2, r"input 2 \(zip\) stands there twice"),
        (LINE.format(sha256=ABC).replace("use = ", "used = "), r"input 1 \(zip\) has to have exactly"),
        ("[[input]", r"pins\.toml can't be read"),
    ],
)
def test_a_line_that_can_not_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        pins.read(written(tmp_path, text))


def test_an_unknown_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no input named nsis"):
        pins.pin("nsis", written(tmp_path, LINE.format(sha256=ABC)))


def test_the_lock_is_pinned_and_noted_anew(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_bytes(b"abc")
    path = written(tmp_path, f'# kept\nrequirements_lock = "{"0" * 64}"\n{LINE.format(sha256="1" * 64)}')
    with pytest.raises(BuildError, match=r"requirements\.lock is not the one"):
        pins.check_lock(lock, path)
    pins.note_lock(lock, path)
    pins.check_lock(lock, path)
    assert path.read_text("utf-8") == (f'# kept\nrequirements_lock = "{ABC}"\n{LINE.format(sha256="1" * 64)}')
