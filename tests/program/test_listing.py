"""The list of a version's files (`files.json`): program, build and pack write and read the same."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.update import Update, applied
from cchc_desktop.package.update_codec import read_update, write_update
from cchc_desktop.program import listing
from cchc_desktop.program.place import Installation
from tests.program.releases import NEW_FILES, difference, expected


def test_the_program_and_the_build_write_the_same_list(program: Installation) -> None:
    content = (program.running / "files.json").read_bytes()
    assert listing.as_bytes(listing.parsed(content)) == content
    assert b'"executable": true' in content


def test_the_list_survives_the_way_there_and_back(releases: tuple[Path, Path]) -> None:
    update = difference(*releases)
    assert isinstance(update, Update)
    assert read_update(write_update(update)) == update
    assert applied(listing.read(releases[0])[0], update) == listing.read(releases[1])[0]
    assert expected(NEW_FILES) == {
        path: file.sha256 for path, file in listing.read(releases[1])[0].files.items()
    }
