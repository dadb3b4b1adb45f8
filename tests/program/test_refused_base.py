"""A program that is damaged, or another build of the same version, is no base for an update."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.language import render
from cchc_desktop.program import place
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import refused
from tests.program.releases import FILES, OLD, install, versions_in


@pytest.mark.parametrize("gone", ["missing", "changed", "same size"])
def test_a_damaged_program_is_no_base(program: Installation, update: Path, gone: str) -> None:
    file = program.running / "lib/libQt6Core.so.6"
    content = file.read_bytes()
    if gone == "missing":
        file.unlink()
    elif gone == "changed":
        file.write_bytes(content + b"virus")
    else:
        file.write_bytes(b"\x7fELG" + content[4:])
    offer = updates.inspect(update, place=program)
    if gone == "same size":
        assert offer.can_be_taken, "contents are read when it is built"
        fault = refused("update.base_damaged", lambda: updates.apply(update, place=program))
    else:
        assert [reason.id for reason in offer.refusals] == ["update.base_damaged"]
        fault = refused("update.refused", lambda: updates.apply(update, place=program))
    assert "lib/libQt6Core.so.6" in render(fault.message)
    assert place.pointed(program.root) == OLD
    assert versions_in(program) == [OLD]


def test_another_build_of_the_same_version_is_no_base(tmp_path: Path, update: Path) -> None:
    other = install(tmp_path / "khác", files=FILES | {"lib/python311.zip": b"PK another build"})
    [reason] = updates.inspect(update, place=other).refusals
    assert reason.id == "update.base_differs"
