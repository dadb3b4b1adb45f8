"""A pack that is spoilt, on its way or while it is taken, is refused."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import render
from cchc_desktop.program import place
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import refused
from tests.program.releases import OLD, versions_in


def test_a_pack_that_is_swapped_while_it_is_taken(
    program: Installation, update: Path, tmp_path: Path
) -> None:
    """What was checked is what goes in: what has arrived is compared with the signed list."""
    swapped = tmp_path / "gói.asice"
    swapped.write_bytes(update.read_bytes())
    progress = Progress()

    def swap(step: object, _done: int, _total: int) -> None:
        if "step_files" in str(step):
            content = swapped.read_bytes().replace(b"new scoring", b"EVIL scorng")
            with swapped.open("r+b") as file:
                file.write(content)

    progress.report = swap
    fault = refused("update.pack_damaged", lambda: updates.apply(swapped, progress, place=program))
    assert "cchc_desktop/scoring.pyc" in render(fault.message)
    assert versions_in(program) == [OLD]
    assert place.pointed(program.root) == OLD
