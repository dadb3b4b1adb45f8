"""The list of a version's files (`files.json`): the program writes it as the build does."""

from __future__ import annotations

from cchc_desktop.program import listing
from cchc_desktop.program.place import Installation


def test_the_program_and_the_build_write_the_same_list(program: Installation) -> None:
    content = (program.running / "files.json").read_bytes()
    assert listing.as_bytes(listing.parsed(content)) == content
    assert b'"executable": true' in content
