"""After going back to an older program: data that the newer one upgraded is refused, with a way out."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.backup import Backup, BackupContent, BackupReason
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.services import restoring, scoring
from cchc_desktop.services.profile import open_profile
from cchc_desktop.services.rounds import rounds
from cchc_desktop.services.samples import make_profile
from cchc_desktop.store import backup
from cchc_desktop.store.migrations import SCHEMA_VERSION
from tests.gui.hands import AnsweringDialogs
from tests.program.releases import shape
from ui.app import application
from ui.opening import open_or_advise

ROOT = Path(__file__).resolve().parents[2]
BEFORE, AFTER = "viết trước khi nâng cấp", "viết bằng bản mới"


def explanation(folder: Path, words: str = "") -> str:
    """The first row's, after putting it down where `words` are given."""
    with open_profile(folder) as profile:
        round_ = rounds(profile)[0]
        key = scoring.sheet(profile, round_.id).criteria.rows[0].key
        if words:
            scoring.set_explanation(profile, round_.id, key, words)
        return scoring.sheet(profile, round_.id).answer(key).explanation


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that a real process of a later version worked on, with so many backups that old ones go."""
    folder = tmp_path_factory.mktemp("nâng cấp") / "xã mẫu"
    make_profile(folder, "commune")
    explanation(folder, BEFORE)
    subprocess.run(
        [sys.executable, "-m", "tests.program.newer_program", str(folder), AFTER], cwd=ROOT, check=True
    )
    return folder


@pytest.fixture
def folder(upgraded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(upgraded, tmp_path / "xã mẫu"))


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as fault:
        work()
    assert fault.value.code == "store.newer"
    return render(fault.value.message)


def data_of(files: dict[str, str]) -> dict[str, str]:
    """But for the lock, which names who looked last."""
    return {name: digest for name, digest in files.items() if name != "cchc.lock"}


def the_one(found: tuple[Backup, ...]) -> Backup:
    [one] = found
    return one


def test_it_is_refused_untouched_with_advice_that_names_the_way_out(folder: Path) -> None:
    before = shape(folder)
    words = refused(lambda: open_profile(folder))
    for said in ("Dữ liệu vẫn nguyên vẹn", "Cài bản mới", "trước khi nâng cấp", "cchc restore"):
        assert said in words
    assert data_of(shape(folder)) == data_of(before)


def test_the_upgrade_left_a_backup_that_the_older_program_reads(folder: Path) -> None:
    found = the_one(restoring.before_upgrade(folder))
    assert found.content.reason is BackupReason.UPGRADE
    assert found.content.schema == SCHEMA_VERSION
    assert len(restoring.candidates(folder)) > 1, "the newer program's own are there too"
    restoring.restore_backup(folder, found)
    assert explanation(folder) == BEFORE
    kept = [one for one in restoring.candidates(folder) if one.content.schema > SCHEMA_VERSION]
    assert any(one.content.reason is BackupReason.RESTORE for one in kept), "nothing of the newer one is lost"


def test_the_command_line_goes_the_same_way(folder: Path) -> None:
    def cchc(*words: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "cchc_desktop", "--data", str(folder), *words]
        return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    told = cchc("backup")
    assert told.returncode != 0
    assert "cchc restore list" in told.stderr
    listed = cchc("restore", "list").stdout
    [line] = [line for line in listed.splitlines() if "trước khi nâng cấp" in line]
    number = line.split("số ")[1].split(":")[0]
    assert cchc("restore", "--from", number).returncode == 0
    assert explanation(folder) == BEFORE


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_window_leads_back_to_before_the_upgrade(folder: Path) -> None:
    application()
    dialogs = AnsweringDialogs()
    dialogs.answers = [2, 0, True]
    profile, opened = open_or_advise(folder, dialogs)
    assert profile is not None and opened == folder
    profile.close()
    assert explanation(folder) == BEFORE
    kinds = [kind for kind, _words in dialogs.asked]
    assert kinds[:3] == ["choose_way", "choose_way", "ask"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_leaving_it_changes_nothing(folder: Path) -> None:
    application()
    before = shape(folder)
    assert open_or_advise(folder, AnsweringDialogs()) == (None, None)
    assert data_of(shape(folder)) == data_of(before)


def test_only_backups_that_it_reads_are_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schemas: list[int] = []
    real = backup.fault

    def counted(place: Path, content: BackupContent) -> str:
        schemas.append(content.schema)
        return real(place, content)

    monkeypatch.setattr(backup, "fault", counted)
    found = restoring.before_upgrade(folder)
    assert schemas == [SCHEMA_VERSION] * len(found) == [SCHEMA_VERSION]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_backups_are_checked_once_and_beside_the_window(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    real = restoring.before_upgrade

    def watched(*words: Any) -> tuple[Backup, ...]:
        threads.append(threading.get_ident())
        return real(*words)

    monkeypatch.setattr(restoring, "before_upgrade", watched)
    application()
    dialogs = AnsweringDialogs()
    dialogs.answers = [1, None, 2, None, 2, 0, True]  # no other folder, stepped back once, then for good
    profile, _opened = open_or_advise(folder, dialogs)
    assert profile is not None
    profile.close()
    assert len(threads) == 1 and threads[0] != threading.get_ident()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_checking_that_was_stopped_says_so_and_can_be_begun_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, told = restoring.before_upgrade, []

    def stopped(*_words: Any) -> tuple[Backup, ...]:
        raise Cancelled

    class Telling(AnsweringDialogs):
        def choose_way(self, heading, words, ways, leave, mark=None):  # type: ignore[no-untyped-def]
            told.append(ways[-1])
            monkeypatch.setattr(restoring, "before_upgrade", real)
            return super().choose_way(heading, words, ways, leave, mark)

    monkeypatch.setattr(restoring, "before_upgrade", stopped)
    application()
    dialogs = Telling()
    dialogs.answers = [2, 0, True]
    profile, _opened = open_or_advise(folder, dialogs)
    assert profile is not None
    profile.close()
    assert told[0][1] == "Các bản sao lưu chưa được kiểm tra xong. Chọn mục này để kiểm tra lại."
    assert explanation(folder) == BEFORE
