"""Small disks, other people's folders and sticks that are pulled out: a sentence, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.store import answers, journal
from cchc_desktop.store.profile import Profile, open_profile
from tests.faults.mounted import ROOT, played


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    told = played("tests.faults.small_disks", "full", tmp_path / "ổ đĩa")
    assert told["plain"] == "No space left on device"
    for what in ("edit", "evidence", "create"):
        code, sentence = told[what]
        assert code == "store.disk_full", what
        assert "đã đầy" in sentence
    assert told["parts"] == []
    assert told["read"] == "trước"
    assert told["evidence after"] is None
    assert told["kept"] == told["saved"] + 2, "everything called saved, before and after"
    assert told["chain"]


def test_closing_on_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    told = played("tests.faults.small_disks", "full_at_close", tmp_path / "ổ đĩa")
    assert told["plain"] == "No space left on device"
    assert told["kept"] == 60


def test_a_read_only_disk_is_told_and_left_alone(tmp_path: Path) -> None:
    told = played("tests.faults.small_disks", "read_only", tmp_path / "ổ đĩa")
    assert told["plain"] == "Read-only file system"
    for what in ("open", "create"):
        code, sentence = told[what]
        assert code == "store.read_only", what
        assert "chỉ cho đọc" in sentence
    assert told["same"]
    assert told["old"] == [2026]


def test_a_full_second_drive_does_not_hinder_the_backup_here(tmp_path: Path) -> None:
    told = played("tests.faults.small_disks", "second_drive_full", tmp_path / "ổ đĩa")
    assert told["here"]
    assert told["second"] == "backup.disk_full"
    assert told["left"] == []
    assert told["kept"] == "đã lưu"


def test_a_full_temporary_folder_makes_no_sound_profile_look_damaged(tmp_path: Path) -> None:
    told = played("tests.faults.small_disks", "checking_without_room", tmp_path / "ổ đĩa")
    same, sound = told.pop("same"), told.pop("sound")
    assert len(told) == 4
    for what, said in told.items():
        assert said is not None, what
        assert said[0] == "store.disk_full", what
        assert str(tmp_path / "ổ đĩa" / what.partition(":")[0]) in said[1], "it says which disk"
    assert same and sound


AS_NOBODY = """
import os, sys, json, pathlib
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.language.vi import store
from cchc_desktop.store.profile import open_profile
# Everything is imported by now: the other user may not read where Python lies.
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder = pathlib.Path(sys.argv[1])
try:
    (folder / "x").write_bytes(b"")
    plain = ""
except OSError as error:
    plain = error.strerror
try:
    open_profile(folder)
except KnownError as error:
    print(json.dumps([plain, error.code, render(error.message)]))
"""


def test_a_folder_of_someone_else_is_told(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    for path in (profile.folder, *profile.folder.parents):
        if path == Path("/tmp"):
            break
        path.chmod(0o555)
    (profile.folder / "cchc.lock").chmod(0o444)
    (profile.folder / "cchc.sqlite3").chmod(0o444)
    answer = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, profile.folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    tmp_path.chmod(0o755)
    assert answer.returncode == 0, answer.stderr
    plain, code, sentence = json.loads(answer.stdout)
    assert plain == "Permission denied"
    assert code == "store.read_only"
    assert str(profile.folder) in sentence


def test_a_folder_that_vanishes_while_open_is_told(profile: Profile, round_id: str) -> None:
    """A USB stick pulled out and put back."""

    def save(text: str) -> None:
        profile.write(lambda change: answers.set_explanation(change, round_id, "a", text))

    save("trước")
    elsewhere = profile.folder.with_name("đã rút")
    profile.folder.rename(elsewhere)
    with pytest.raises(KnownError) as fault:
        save("không được nói là đã lưu")
    assert fault.value.code == "store.folder_gone"
    assert str(profile.folder) in render(fault.value.message)
    elsewhere.rename(profile.folder)
    save("sau")
    assert profile.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "sau"
    profile.close()
    with open_profile(profile.folder) as again:
        assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "sau"
        assert again.read(journal.verify_chain) is None
