"""A real program folder, a real signed pack: taken, refused with every reason, gone back from."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.update import Action, UpdateFile
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.program import building, disk, listing, place, switching
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from resources.installer import listing as build_listing
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
    publisher,
    shape,
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


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return publisher(tmp_path_factory.mktemp("nhà phát hành"))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("phát hành")
    return lay(folder / "cũ", OLD, FILES), lay(folder / "mới", NEW, NEW_FILES)


@pytest.fixture(scope="module")
def update(issuer: Publisher, releases: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("gói"), issuer.signer, *releases)


@pytest.fixture(autouse=True)
def trusting(issuer: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "publisher_files", issuer.files)


@pytest.fixture
def program(tmp_path: Path) -> Installation:
    return install(tmp_path / "Chương trình")


def refused(code: str, work: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as fault:
        work()
    assert fault.value.code == code, fault.value
    assert render(fault.value.message)
    return fault.value


def version_files(folder: Path) -> dict[str, str]:
    found = shape(folder)
    del found["files.json"]
    return found


def versions_in(program: Installation) -> list[str]:
    return sorted(path.name for path in program.versions_folder.iterdir() if path.name != "update.lock")


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


def test_where_nothing_can_be_linked_files_are_copied(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    updates.apply(update, place=program)
    new = program.root / "versions" / NEW
    assert version_files(new) == expected(NEW_FILES)
    assert not (new / "lib/libQt6Core.so.6").samefile(program.running / "lib/libQt6Core.so.6")


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


def test_what_an_earlier_try_left_and_can_not_be_removed_is_in_nobodys_way(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    stuck = program.versions_folder / f"{NEW}.part"
    (stuck / "lib").mkdir(parents=True)
    (program.versions_folder / f"trial-{os.getpid()}.part").write_bytes(b"of a process with the same number")
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", lambda *_words, **_named: None)
        updates.apply(update, place=program)
    assert place.pointed(program.root) == NEW
    assert version_files(program.root / "versions" / NEW) == expected(NEW_FILES)
    switching.tidy(program)
    assert versions_in(program) == [OLD, NEW]


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


def test_a_full_disk_is_said_beforehand_and_on_the_way(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    usage = shutil.disk_usage(program.root)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    [reason] = updates.inspect(update, place=program).refusals
    assert reason.id == "update.no_room"
    with monkeypatch.context() as on_fat:
        room = (16 << 20) + 50_000
        on_fat.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=room))
        assert updates.inspect(update, place=program).refusals == (), "unchanged files are linked"
        on_fat.setattr(os, "link", _no_links)
        [reason] = updates.inspect(update, place=program).refusals
        assert reason.id == "update.no_room", "here all of it is copied"
    monkeypatch.undo()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    present = listing.read(program.running)[0]
    offer = updates.inspect(update, place=program)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError) as fault, disk.known(program.root):
        assert offer.update is not None
        building.build(program.running, offer.update, _nothing, Progress(), program.versions_folder / NEW)
    assert fault.value.code == "update.disk_full"
    monkeypatch.undo()
    assert listing.read(program.running)[0] == present
    assert versions_in(program) == [OLD]


def _no_links(_source: object, _to: object) -> None:
    raise PermissionError(errno.EPERM, "FAT knows no links")


def _nothing(_file: UpdateFile, _to: BinaryIO) -> None:
    """A pack that brings nothing at all."""


def test_a_folder_that_is_read_only_is_said_with_the_other_reasons(
    tmp_path: Path, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = install(tmp_path / "khóa", "1.4.0", target="windows")
    real = Path.open

    def locked(self: Path, mode: str = "r", *words: object, **named: object) -> object:
        if "x" in mode and self.is_relative_to(program.root):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(self, mode, *words, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", locked)
    reasons = [reason.id for reason in updates.inspect(update, place=program).refusals]
    assert reasons == ["update.other_target", "update.lower_version", "update.read_only"]
    fault = refused("update.refused", lambda: updates.apply(update, place=program))
    words = render(fault.message)
    for said in ("dành cho Linux", "chạy Windows", "cũ hơn bản 1.4.0", "chỉ cho đọc"):
        assert said in words


def test_renaming_is_tried_again_where_a_scanner_holds_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows' answer while somebody has a file open: PermissionError, for a moment."""
    tries: list[int] = []

    def busy() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise PermissionError(errno.EACCES, "Access is denied")

    with pytest.raises(PermissionError):
        disk.patiently(busy, 0)
    monkeypatch.setattr(disk, "_IMPATIENT", False)
    tries.clear()
    disk.patiently(busy, 0)
    assert len(tries) == 4


class TestPlace:
    def test_a_checkout_is_not_installed(self) -> None:
        assert place.installed() is None
        assert updates.state().fixed is not None
        refused("update.not_installed", updates.back)

    def test_found_from_anywhere_within_a_version(self, program: Installation) -> None:
        inside = program.running / "_internal"
        inside.mkdir()
        found = place.installed(inside)
        assert found == program
        assert found is not None and found.launcher() == program.root / "cchc-desktop"

    def test_updates_of_a_system_program_go_to_the_user(
        self, tmp_path: Path, update: Path, releases: tuple[Path, Path], issuer: Publisher
    ) -> None:
        system = install(tmp_path / "opt/cchc-desktop").root
        before = shape(system)
        from_system = place.installed(system / "versions" / OLD, system)
        assert from_system is not None and from_system.root == place.user_folder()
        updates.apply(update, place=from_system)
        assert shape(system) == before
        assert place.pointed(place.user_folder()) == NEW
        assert version_files(place.user_folder() / "versions" / NEW) == expected(NEW_FILES)

        from_user = place.installed(place.user_folder() / "versions" / NEW, system)
        assert from_user is not None
        assert from_user.launcher() == system / "cchc-desktop"
        assert updates.state(from_user).before == OLD
        assert updates.back(from_user) == OLD
        assert not (place.user_folder() / "current").exists(), "the launcher takes the system's own then"
        assert from_user.current() == (OLD, system / "versions" / OLD)

        updates.apply(update, place=from_user)
        third = lay(system, "1.2.0", NEW_FILES)
        (system / "current").write_text("1.2.0\n")
        assert from_user.current() == ("1.2.0", third), "a newer package of the system's wins"
        assert from_user.before() is None, "the launcher would not take the user's older one"
        refused("update.no_way_back", lambda: updates.back(from_user))
        switching.tidy(Installation(place.user_folder(), third, system))
        assert versions_in(from_user) == []
        assert sorted(path.name for path in (system / "versions").iterdir()) == [OLD, "1.2.0"]

    @pytest.mark.parametrize(
        "spoilt", [b"", b"1.1.0\n", b"../../evil\n", b"\xff\xfe1\x00", b"1.0.0" * 400, None]
    )
    def test_a_broken_pointer_is_no_version(
        self, program: Installation, update: Path, spoilt: bytes | None
    ) -> None:
        pointer = program.root / "current"
        if spoilt is None:
            pointer.unlink()
        else:
            pointer.write_bytes(spoilt)
        assert program.current() is None
        assert updates.state(program).fixed is not None
        assert "update.no_current" in [
            reason.id for reason in updates.inspect(update, place=program).refusals
        ]


def test_the_program_and_the_build_write_the_same_list(program: Installation) -> None:
    content = (program.running / "files.json").read_bytes()
    assert listing.as_bytes(listing.parsed(content)) == content
    assert b'"executable": true' in content
