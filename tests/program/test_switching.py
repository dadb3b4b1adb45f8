"""A real program folder, a real signed pack: taken, gone back from, tidied, stopped, one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.update import Action
from cchc_desktop.errors import Cancelled
from cchc_desktop.program import building, disk, listing, place, switching
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from resources.installer import listing as build_listing
from tests.program.refusals import refused
from tests.program.releases import (
    CHANGED,
    FILES,
    NEW,
    NEW_FILES,
    OLD,
    Publisher,
    expected,
    install,
    lay,
    pack,
    shape,
    version_files,
    versions_in,
)

HOLDING = """
import sys
from pathlib import Path
from cchc_desktop.program import place, switching
root = Path(sys.argv[1])
switching.hold(place.Installation(root, root / "versions" / "0.9.0"))
print("held", flush=True)
sys.stdin.read()
"""


def test_an_update_is_taken_and_the_version_before_stays(program: Installation, update: Path) -> None:
    before = shape(program.running)
    offer = updates.inspect(update, place=program)
    assert offer.can_be_taken and offer.refusals == ()
    assert offer.update is not None
    assert (offer.update.version, offer.update.from_version, offer.update.target) == (NEW, OLD, "linux")
    assert {file.path for file in offer.update.written} == set(CHANGED)
    assert [file.path for file in offer.update.files if file.action is Action.REMOVE] == [
        "cchc_desktop/gone.pyc"
    ]
    assert offer.update.notes == "Sửa cách làm tròn điểm."
    assert offer.signer is not None and offer.signer.name == "Nhà phát hành CCHC"
    assert shape(program.root)["current"], "looking changes nothing"
    assert updates.state(program).current == OLD

    updates.apply(update, place=program)
    new = program.root / "versions" / NEW
    assert (program.root / "current").read_bytes() == b"1.1.0\n"
    assert version_files(new) == expected(NEW_FILES)
    assert build_listing.read(new / "files.json") == build_listing.of_folder(new, NEW, "linux")
    assert shape(program.running) == before
    state = updates.state(program)
    assert (state.running, state.current, state.before, state.restart_needed) == (OLD, NEW, OLD, True)
    assert sorted(path.name for path in program.root.iterdir()) == [
        "cchc-desktop",
        "current",
        "versions",
    ]


def test_unchanged_files_take_no_room_and_programs_stay_startable(
    program: Installation, update: Path
) -> None:
    updates.apply(update, place=program)
    new = program.root / "versions" / NEW
    same = [name for name in NEW_FILES if name not in CHANGED]
    assert all((new / name).samefile(program.running / name) for name in same)
    assert os.access(new / "cchc-program", os.X_OK)
    assert not os.access(new / "cchc_desktop/scoring.pyc", os.X_OK)


def test_on_windows_what_may_be_loaded_is_copied_and_the_rest_is_linked(
    tmp_path: Path, issuer: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that runs can't be removed there by any of its names: the version before could never go."""
    loaded = {"python311.dll": b"MZ" * 900, "lib/PySide6/QtCore.pyd": b"MZ", "resources/vi.QM": b"qm"}
    program = install(tmp_path / "P", files=FILES | loaded)
    newer = lay(tmp_path / "N", NEW, NEW_FILES | loaded)
    monkeypatch.setattr(building, "_WINDOWS", True)
    updates.apply(pack(tmp_path, issuer.signer, program.running, newer), place=program)
    new = program.root / "versions" / NEW
    assert version_files(new) == expected(NEW_FILES | loaded)
    both = (NEW_FILES | loaded).keys() - {"cchc_desktop/rules/new_rule.pyc"}
    shared = {name for name in both if (new / name).samefile(program.running / name)}
    assert shared == set(NEW_FILES) - set(CHANGED)
    present = listing.read(program.running)[0]
    assert building.copied_size(program.running, present, program.versions_folder) == 1800 + 2 + 2


def test_the_way_back_and_forth_again(program: Installation, update: Path) -> None:
    updates.apply(update, place=program)
    assert updates.back(program) == OLD
    assert place.pointed(program.root) == OLD
    refused("update.no_way_back", lambda: updates.back(program))
    new = program.root / "versions" / NEW
    kept = (new / "files.json").stat().st_ino
    updates.apply(update, place=program)
    assert place.pointed(program.root) == NEW
    assert (new / "files.json").stat().st_ino == kept, "it was there, whole: only the pointer moves"
    updates.back(program)
    (new / "cchc_desktop/scoring.pyc").write_bytes(b"spoilt meanwhile")
    updates.apply(update, place=program)
    assert version_files(new) == expected(NEW_FILES)


def test_two_updates_in_a_row_keep_one_version_to_go_back_to(
    program: Installation, update: Path, issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    third = lay(tmp_path / "ba", "1.2.0", NEW_FILES | {"cchc_desktop/scoring.pyc": b"third"})
    later = pack(tmp_path, issuer.signer, releases[1], third)
    reasons = updates.inspect(later, place=program).refusals
    assert [reason.id for reason in reasons] == ["update.other_base"]
    updates.apply(update, place=program)
    updates.apply(later, place=program)
    switching.tidy(program)
    versions = program.root / "versions"
    assert versions_in(program) == [OLD, NEW, "1.2.0"], "the old one still runs"
    switching.tidy(Installation(program.root, versions / "1.2.0"))
    assert versions_in(program) == [NEW, "1.2.0"]
    assert updates.state(program).before == NEW


def test_a_version_that_another_process_runs_is_not_tidied_away(program: Installation, update: Path) -> None:
    lay(program.root, "0.9.0", FILES)
    elsewhere = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            HOLDING,
            str(program.root),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert elsewhere.stdout is not None and elsewhere.stdout.readline() == "held\n"
        updates.apply(update, place=program)
        switching.tidy(program)
        assert (program.root / "versions/0.9.0").is_dir()
    finally:
        elsewhere.communicate("")
    switching.tidy(program)
    assert not (program.root / "versions/0.9.0").exists()


def test_only_one_update_at_a_time(program: Installation, update: Path) -> None:
    with disk.alone(program.versions_folder):
        refused("update.busy", lambda: updates.apply(update, place=program))
        refused("update.busy", lambda: updates.back(program))
        (program.versions_folder / "1.1.0.part").mkdir()
        switching.tidy(program)
        assert (program.versions_folder / "1.1.0.part").is_dir(), "it is being made"
    switching.tidy(program)
    assert not (program.versions_folder / "1.1.0.part").exists()


def test_stopping_it_leaves_nothing(program: Installation, update: Path) -> None:
    offer = updates.inspect(update, place=program)
    seen: list[str] = []
    progress = Progress()

    def stop_in_the_middle(step: object, done: int, total: int) -> None:
        seen.append(str(step))
        if done > total // 2 and "step_checking" in str(step):
            progress.stop()

    progress.report = stop_in_the_middle
    before = shape(program.root)
    with pytest.raises(Cancelled):
        updates.apply(update, progress, place=program)
    assert seen and offer.can_be_taken
    after = shape(program.root)
    after.pop("versions/update.lock")
    assert after == before
