"""After going back to an older program: data that the newer one upgraded is refused, with a way out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.backup import Backup, BackupReason
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import restoring, scoring
from cchc_desktop.services.profile import open_profile
from cchc_desktop.services.rounds import rounds
from cchc_desktop.services.samples import make_profile
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
    backup = the_one(restoring.before_upgrade(folder))
    assert backup.content.reason is BackupReason.UPGRADE
    assert backup.content.schema == SCHEMA_VERSION
    assert len(restoring.candidates(folder)) > 1, "the newer program's own are there too"
    restoring.restore_backup(folder, backup)
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
