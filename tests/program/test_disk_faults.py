"""An update on a disk with faults of its own: no links, no room, read-only, folders held by a scanner.

What a kill leaves on it: `test_killed.py`.
"""

from __future__ import annotations

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.program import building, disk, listing, place, switching
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import refused
from tests.program.releases import (
    FILES,
    NEW,
    NEW_FILES,
    OLD,
    expected,
    install,
    lay,
    version_files,
    versions_in,
)


def test_where_nothing_can_be_linked_files_are_copied(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    updates.apply(update, place=program)
    new = program.root / "versions" / NEW
    assert version_files(new) == expected(NEW_FILES)
    assert not (new / "lib/libQt6Core.so.6").samefile(program.running / "lib/libQt6Core.so.6")


def test_what_an_earlier_try_left_and_can_not_be_removed_is_in_nobodys_way(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    stuck = program.versions_folder / f"{NEW}.part"
    (stuck / "lib").mkdir(parents=True)
    trial = program.versions_folder / f"trial-{os.getpid()}-{threading.get_ident()}.part"
    trial.write_bytes(b"of a process with the same number")
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", lambda *_words, **_named: None)
        updates.apply(update, place=program)
    assert place.pointed(program.root) == NEW
    assert version_files(program.root / "versions" / NEW) == expected(NEW_FILES)
    switching.tidy(program)
    assert versions_in(program) == [OLD, NEW]


def test_a_spoilt_version_makes_room_also_where_such_a_leftover_has_its_name(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    spoilt = program.versions_folder / NEW
    lay(program.root, NEW, FILES)
    (program.versions_folder / f"{NEW}.part" / "lib").mkdir(parents=True)
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", lambda *_words, **_named: None)
        updates.apply(update, place=program)
    assert version_files(spoilt) == expected(NEW_FILES)
    switching.tidy(program)
    assert versions_in(program) == [OLD, NEW]


def test_packs_that_are_looked_at_side_by_side_are_in_nobodys_way(
    program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=5)

    def written(path: Path, content: bytes) -> None:
        disk.write_whole(path, content)
        both.wait()  # each has a file there, at the same time

    monkeypatch.setattr(building, "write_whole", written)
    with ThreadPoolExecutor(2) as pool:
        offers = list(pool.map(lambda _turn: updates.inspect(update, place=program), range(2)))
    assert [offer.refusals for offer in offers] == [(), ()]


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


def _nothing(_entry: str, _to: BinaryIO) -> None:
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
