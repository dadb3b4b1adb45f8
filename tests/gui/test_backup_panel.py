"""Thiết lập → Sao lưu: the last backup, one now, a second drive, restoring with a preview, moving on."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.backup import Backup, BackupReason
from cchc_desktop.domain.profile_check import CheckReport
from cchc_desktop.errors import KnownError
from cchc_desktop.services import backups, checking, restoring
from cchc_desktop.services.profile import open_profile
from tests.gui.hands import AnsweringDialogs, click, settle
from tests.services.first_row import explain, explain_open, explanation
from ui import health
from ui.closing import back_up_after
from ui.main_window import MainWindow
from ui.opening import open_or_advise
from ui.pages.settings.backup_panel import BackupPanel
from ui.pages.settings.page import Page


def panel_of(window: MainWindow) -> BackupPanel:
    window.go_to("settings")
    page = window.page("settings")
    assert isinstance(page, Page)
    settle(lambda: not window.work.running)
    return page.backup


def test_a_backup_now_is_shown_with_its_time(window: MainWindow) -> None:
    panel = panel_of(window)
    click(panel.now)
    settle(lambda: not window.work.running)
    assert "Đã sao lưu và đọc lại đúng" in panel.message.words()
    (made,) = backups.backups(window.context.profile)
    assert made.content.reason is BackupReason.DEMAND
    assert backups.is_due(window.context.profile) is False


def test_the_preview_comes_before_the_window_closes_to_restore(
    window: MainWindow, dialogs: AnsweringDialogs, sample_folder: Path
) -> None:
    panel = panel_of(window)
    made = backups.back_up(window.context.profile).backup
    dialogs.answers = [False]
    panel._restore(made)
    assert dialogs.asked[-1] == ("ask", "Khôi phục bản sao lưu này?")
    assert not window.closed, "the user stepped back"
    dialogs.answers = [True]
    panel._restore(made)
    assert window.closed
    assert window.closed_for is not None
    window.closed_for()
    restoring.undo_candidate(window.folder)


def test_the_preview_is_made_beside_the_window_and_its_fault_is_said(
    window: MainWindow, dialogs: AnsweringDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, made_in = panel_of(window), []

    def unreadable(*_of: object) -> None:
        made_in.append(threading.current_thread())
        raise KnownError("backup.no_such", number="7")

    monkeypatch.setattr(restoring, "preview", unreadable)
    panel._restore(backups.back_up(window.context.profile).backup)
    assert threading.main_thread() not in made_in
    assert len(made_in) == 1
    assert [kind for kind, _words in dialogs.asked] == ["message"]
    assert not window.closed


def test_a_second_drive_is_named_and_forgotten(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    panel = panel_of(window)
    drive = tmp_path / "ổ hai"
    drive.mkdir()
    dialogs.answers = [drive]
    panel.drive.click()
    settle(lambda: not window.work.running)
    assert backups.second_drive(window.context.profile) == drive
    assert str(drive) in panel._drive.words()
    panel.no_drive.click()
    settle(lambda: not window.work.running)
    assert backups.second_drive(window.context.profile) is None


def test_moving_writes_one_file_and_says_what_stays(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    panel = panel_of(window)
    target = tmp_path / "mang đi.cchc-backup"
    secret = "một câu dễ nhớ"
    dialogs.answers = [0, secret, secret, target]
    click(panel.carry)
    settle(lambda: not window.work.running, seconds=60)
    assert target.is_file()
    assert restoring.needs_passphrase(target)
    kind, said = dialogs.asked[-1]
    assert kind == "message"
    assert "kho khóa của máy này không đi theo" in said
    dialogs.answers = [0, secret, "một câu khác hẳn"]
    click(panel.carry)
    assert "không giống nhau" in panel.message.words()


def test_checking_says_what_was_looked_at(window: MainWindow, dialogs: AnsweringDialogs) -> None:
    panel = panel_of(window)
    click(panel.check)
    settle(lambda: not window.work.running)
    kind, said = dialogs.asked[-1]
    assert kind == "message"
    assert said.startswith("Hồ sơ nguyên vẹn: Cơ sở dữ liệu nguyên vẹn.")


def test_closing_backs_up_what_changed_and_only_that(sample_folder: Path, dialogs: AnsweringDialogs) -> None:
    back_up_after(sample_folder, dialogs)
    assert [one.content.reason for one in restoring.candidates(sample_folder)] == [BackupReason.CLOSE]
    back_up_after(sample_folder, dialogs)
    assert len(restoring.candidates(sample_folder)) == 1
    explain(sample_folder, "thêm")
    back_up_after(sample_folder, dialogs)
    assert len(restoring.candidates(sample_folder)) == 2
    assert dialogs.asked == []


def test_a_backup_that_fails_at_closing_is_said_calmly(
    sample_folder: Path, dialogs: AnsweringDialogs
) -> None:
    """A file stands where the folder of backups should be."""
    (sample_folder / "backups").write_bytes(b"")
    back_up_after(sample_folder, dialogs)
    ((kind, said),) = dialogs.asked
    assert kind == "message"
    assert said.startswith("Chưa sao lưu được")


def damage(folder: Path) -> None:
    database = folder / "cchc.sqlite3"
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])


def test_a_damaged_profile_is_repaired_and_opens(sample_folder: Path, dialogs: AnsweringDialogs) -> None:
    explain(sample_folder, "không được mất")
    damage(sample_folder)
    dialogs.answers = [0]
    profile, place = open_or_advise(sample_folder, dialogs)
    assert profile is not None
    assert place == sample_folder
    profile.close()
    assert explanation(sample_folder) == "không được mất"
    kinds = [kind for kind, _words in dialogs.asked]
    assert kinds == ["choose_way", "message"]
    assert "bị hỏng" in dialogs.asked[0][1]
    assert "Đã dựng lại cơ sở dữ liệu" in dialogs.asked[1][1]


def test_a_killed_program_s_log_that_is_gone_leads_to_the_rescue(
    sample_folder: Path, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    """The last edits were only in the log: that is said before anything else happens."""
    killed = tmp_path / "bị giết"
    explain(sample_folder, "đã vào cơ sở dữ liệu")
    with open_profile(sample_folder) as profile:
        explain_open(profile, "chỉ trong nhật ký ghi trước")
        shutil.copytree(sample_folder, killed)
    (killed / "cchc.sqlite3-wal").unlink()
    dialogs.answers = [0]
    opened, _place = open_or_advise(killed, dialogs)
    assert opened is not None
    opened.close()
    assert "cchc.sqlite3-wal" in dialogs.asked[0][1]
    assert "Mất những thay đổi sau" in dialogs.asked[1][1]
    assert explanation(killed) == "đã vào cơ sở dữ liệu"


def test_a_damaged_profile_is_restored_from_a_backup(
    sample_folder: Path, dialogs: AnsweringDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    explain(sample_folder, "lúc sao lưu")
    back_up_after(sample_folder, dialogs)
    damage(sample_folder)
    real, threads = restoring.candidates, []

    def watched(*words: Any, **named: Any) -> tuple[Backup, ...]:
        threads.append(threading.get_ident())
        return real(*words, **named)

    monkeypatch.setattr(restoring, "candidates", watched)
    # Another folder, but none is chosen; stepped back; then restore, the newest, agreed after the preview.
    dialogs.answers = [3, None, 1, None, 1, 0, True]
    profile, _place = open_or_advise(sample_folder, dialogs)
    assert profile is not None
    profile.close()
    assert explanation(sample_folder) == "lúc sao lưu"
    assert len(threads) == 1 and threads[0] != threading.get_ident(), "checked once, beside the window"


def test_what_is_readable_is_exported_and_the_offer_stays(
    sample_folder: Path, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    damage(sample_folder)
    to = tmp_path / "xuất"
    to.mkdir()
    dialogs.answers = [2, to, None, None]
    assert open_or_advise(sample_folder, dialogs) == (None, None)
    assert sorted(path.suffix for path in to.iterdir()) == [".json", ".xlsx"]


def test_a_deleted_database_is_no_blank_start(sample_folder: Path, dialogs: AnsweringDialogs) -> None:
    """Evidence is there: the wizard must not begin a new profile over it."""
    back_up_after(sample_folder, dialogs)
    (sample_folder / "cchc.sqlite3").unlink()
    dialogs.answers = [None]
    assert open_or_advise(sample_folder, dialogs) == (None, None)
    assert "thiếu tệp cchc.sqlite3" in dialogs.asked[0][1]
    dialogs.answers = [1, 0, True]
    profile, _place = open_or_advise(sample_folder, dialogs)
    assert profile is not None
    profile.close()


def test_a_profile_on_a_network_drive_is_copied_here(
    sample_folder: Path, dialogs: AnsweringDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drive's kind is what the system says; here it says "network" of the old place only."""
    from cchc_desktop.store import drive

    real = drive.drive_kind
    monkeypatch.setattr(
        drive,
        "drive_kind",
        lambda folder: drive.DriveKind.NETWORK if folder == sample_folder else real(folder),
    )
    home = tmp_path / "máy này"
    home.mkdir()
    dialogs.answers = [0, home]
    profile, place = open_or_advise(sample_folder, dialogs)
    assert "ổ mạng" in dialogs.asked[0][1]
    assert profile is not None
    assert place == home
    profile.close()
    assert explanation(home) == explanation_of_copy(sample_folder, tmp_path)


def explanation_of_copy(folder: Path, tmp_path: Path) -> str:
    return explanation(Path(shutil.copytree(folder, tmp_path / "bản sao")))


def test_damage_that_shows_while_the_window_is_open_leads_to_the_rescue(
    window: MainWindow, dialogs: AnsweringDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "is_sound", lambda _profile: False)
    dialogs.answers = [True]
    health.look(window)
    settle(lambda: window.closed)
    assert window.closed_for is not None
    assert dialogs.asked[-1] == ("ask", "Dữ liệu bị hỏng")


def test_a_sound_profile_is_left_in_peace(window: MainWindow, dialogs: AnsweringDialogs) -> None:
    health.look(window)
    settle(lambda: not window.work.running)
    assert dialogs.asked == []
    assert isinstance(checking.check_open(window.context.profile), CheckReport)
    assert os.path.lexists(window.folder / "cchc.sqlite3")


def test_a_carried_file_is_taken_after_its_passphrase_and_the_preview(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    panel = panel_of(window)
    carried = tmp_path / "x.cchc-backup"
    backups.carry(window.context.profile, carried, "một câu dễ nhớ")
    dialogs.answers = [carried, "một câu khác hẳn"]
    click(panel.take)
    settle(lambda: not window.work.running, seconds=60)
    assert "mật khẩu này" in panel.message.words()
    dialogs.answers = [carried, "một câu dễ nhớ", True]
    click(panel.take)
    settle(lambda: window.closed, seconds=60)
    assert dialogs.asked[-1] == ("ask", "Khôi phục bản sao lưu này?")
    assert window.closed_for is not None
    window.closed_for()
    assert restoring.undo_candidate(window.folder).content.reason is BackupReason.RESTORE


def test_a_slow_backup_at_closing_can_be_stopped(
    sample_folder: Path, dialogs: AnsweringDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small window with a stop; nothing of the backup is left, and the profile is as it was."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog

    from cchc_desktop.domain.progress import Progress
    from ui import closing
    from ui.widgets.progress_panel import ProgressPanel

    real = closing._back_up

    def slowly(folder: Path, progress: Progress) -> object:
        import time

        report = progress.report

        def at(step: object, done: int, total: int) -> None:
            time.sleep(0.05)
            report(step, done, total)  # type: ignore[arg-type]

        progress.report = at
        return real(folder, progress)

    monkeypatch.setattr(closing, "_back_up", slowly)
    monkeypatch.setattr(closing, "QUICK", 0.01)
    seen: list[str] = []

    def stop() -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, QDialog):
            QTimer.singleShot(20, stop)
            return
        seen.append(shown.windowTitle())
        (panel,) = shown.findChildren(ProgressPanel)
        panel.stop.click()

    QTimer.singleShot(20, stop)
    back_up_after(sample_folder, dialogs)
    assert seen == ["Đang sao lưu"]
    assert restoring.candidates(sample_folder) == ()
    assert not list(sample_folder.rglob("*.part"))
    assert dialogs.asked == []
    open_profile(sample_folder).close()
