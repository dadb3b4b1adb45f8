"""Handing in through the page: what is missing leads to its place, one sealed file, and what goes wrong."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from cchc_desktop.domain.drive import Drive
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.services import keys, outbox, submissions
from cchc_desktop.services.verification import verify
from tests.gui.hands import AnsweringDialogs, click, press, settle, type_text
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.submit.drive_card import DriveCard
from ui.pages.submit.page import Page
from ui.pages.submit.recent_folders import recent_folders

PASSPHRASE = "ruộng lúa Ea Kao 2026"


def opened(window: MainWindow) -> Page:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("submit")
    page = window.page("submit")
    assert isinstance(page, Page)
    settle(lambda: page.found is not None)
    return page


def make_key(page: Page) -> None:
    """By the page's own step; this machine has no keyring, so it asks for a passphrase."""
    page.show_step("sign")
    click(page.sign.act)
    settle(page.sign.passphrase.isVisible)
    type_text(page.sign.passphrase, PASSPHRASE)
    type_text(page.sign.again, PASSPHRASE)
    click(page.sign.act)
    settle(lambda: keys.key_state(page.context.profile).state is KeyState.READY)
    settle(lambda: page.found is not None and page.found.key.state is KeyState.READY)


def export_to(page: Page, dialogs: AnsweringDialogs, folder: Path) -> None:
    page.show_step("place")
    dialogs.answers = [folder]
    click(page.place_step.choose_button)
    settle(page.place_step.write.isEnabled)
    click(page.place_step.write)


def pick(page: Page, words: str) -> None:
    """Enter on the chosen line of the history, then the entry with these words."""
    press(page.history, Qt.Key.Key_Return)
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (entry,) = [action for action in menu.actions() if action.text() == words]
    menu.setActiveAction(entry)
    press(menu, Qt.Key.Key_Return)
    settle(lambda: not page.context.work.running)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "USB của xã"
    folder.mkdir()
    return folder


def test_nothing_scored_blocks_and_leads_to_scoring(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    assert page.check.words().startswith("Chưa gửi được")
    (line,) = page.check.gaps.lines()
    assert line.mark is Mark.ERROR and line.go is not None
    assert not page.step_bar().findChildren(type(page.step_bar()))
    line.go()
    assert empty_window.page_id() == "scoring"


def test_what_is_missing_leads_to_its_row(window: MainWindow) -> None:
    page = opened(window)
    lines = page.check.gaps.lines()
    assert "dính kèm" not in page.check.words()
    assert "thư điện tử" in page.check.words()
    assert all(line.go is not None for line in lines if line.mark is not Mark.INFO)
    page.kind.set_value("plan")
    page.kind.chosen.emit("plan")
    settle(lambda: page.found is not None and page.found.readiness.kind.value == "plan")
    assert page.card.facts()["content"] == "Kế hoạch CCHC năm 2026"


def test_without_a_keyring_a_passphrase_is_asked_and_has_to_match(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    page.show_step("sign")
    assert not page.sign.next.isEnabled()
    click(page.sign.act)
    settle(page.sign.passphrase.isVisible)
    type_text(page.sign.passphrase, PASSPHRASE)
    type_text(page.sign.again, PASSPHRASE[:-1])
    click(page.sign.act)
    assert "không giống nhau" in page.sign.says.words()
    page.sign.clear_secrets()
    type_text(page.sign.passphrase, "ngắn")
    type_text(page.sign.again, "ngắn")
    click(page.sign.act)
    settle(lambda: "quá ngắn" in page.sign.says.words())
    assert keys.key_state(page.context.profile).state is KeyState.NONE
    make_key(page)
    assert page.sign.next.isEnabled()
    assert page.sign.passphrase.text() == "", "the passphrase does not stay on the screen"


def test_one_sealed_file_that_verifies_with_the_certificate(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, target)
    settle(lambda: page.step_name() == "done", 60.0)
    (package,) = target.iterdir()
    assert package.suffix == ".asice"
    facts = page.done.facts()
    assert facts["file"] == package.name and facts["folder"] == str(target)
    (made,) = submissions.submissions_of(page.context.profile, page.context.round_id)
    assert made.state is DocumentState.EXPORTED and made.size == package.stat().st_size
    assert facts["check_code"].replace(" ", "") == made.manifest_sha256[:16]

    dialogs.answers = [target]
    click(page.done.save)
    certificate = target / "trust.pem"
    settle(certificate.exists)
    assert verify(package, [certificate]).outcome is Outcome.VALID
    assert verify(package).outcome is Outcome.UNKNOWN_SIGNER
    said = subprocess.run(
        ["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = keys.key_state(page.context.profile).certificate
    assert summary is not None
    assert said.stdout.split("=")[1].strip().replace(":", "").lower() == summary.fingerprint

    settle(lambda: len(page.history.made()) == 1)
    assert recent_folders(page.context) == [target]
    dialogs.asked.clear()
    page.history.setCurrentIndex(page.history.model().index(0, 0))
    pick(page, "Mở thư mục")
    assert dialogs.asked == [("open_path", str(target))]


def test_a_second_filing_supersedes_the_first(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    make_key(page)
    for count in (1, 2):
        export_to(page, dialogs, target)
        settle(lambda: page.step_name() == "done", 60.0)
        settle(lambda count=count: len(page.history.made()) == count)  # type: ignore[misc]
        click(page.done.again)
        settle(lambda: page.step_name() == "check")
    newest, oldest = page.history.made()
    assert (newest.revision, newest.state) == (1, DocumentState.EXPORTED)
    assert (oldest.revision, oldest.state) == (0, DocumentState.SUPERSEDED)
    assert len(list(target.glob("*.asice"))) == 2
    settle(lambda: page.card.facts()["revision"].startswith("L02"))


def test_stopping_leaves_nothing(window: MainWindow, dialogs: AnsweringDialogs, target: Path) -> None:
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, target)
    assert page.step_name() == "progress" and page.job is not None
    assert QApplication.focusWidget() is None or page.job.running
    page.progress.panel.stop.click()
    settle(lambda: page.job is None, 60.0)
    assert page.step_name() == "place"
    assert list(target.iterdir()) == []
    assert submissions.submissions_of(page.context.profile, page.context.round_id) == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 64 kB."""
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_gives_its_sentence(
    window: MainWindow, dialogs: AnsweringDialogs, small_disk: Path
) -> None:
    with pytest.raises(OSError, match="No space"):
        (small_disk / "thử").write_bytes(b"0" * 200_000)
    (small_disk / "thử").unlink()
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, small_disk)
    settle(lambda: page.job is None, 60.0)
    assert "chỗ trống" in page.place_step.says.words()
    assert page.step_name() == "place" and list(small_disk.iterdir()) == []


def test_a_read_only_disk_gives_its_sentence(
    window: MainWindow, dialogs: AnsweringDialogs, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro,size=100m", str(small_disk)], check=True)
    with pytest.raises(OSError, match="Read-only"):
        (small_disk / "thử").write_bytes(b"0")
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, small_disk)
    settle(lambda: page.job is None, 60.0)
    assert "chỉ cho đọc" in page.place_step.says.words()
    assert submissions.submissions_of(page.context.profile, page.context.round_id) == ()


def test_a_folder_that_is_gone_gives_its_sentence(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    page.show_step("place")
    target.rmdir()
    dialogs.answers = [target]
    click(page.place_step.choose_button)
    settle(lambda: "Không có thư mục" in page.place_step.says.words())


def test_a_lost_key_leaves_the_data_open_and_a_new_one_is_offered(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    make_key(page)
    first = keys.key_state(page.context.profile).certificate
    for file in (page.context.profile.folder / "keys").glob("*.pem"):
        file.write_bytes(b"-----BEGIN NOTHING-----\n")
    page.refresh(None)
    settle(lambda: page.found is not None and page.found.key.state is KeyState.LOST)
    page.show_step("sign")
    assert "Dữ liệu đã nhập vẫn nguyên" in page.sign.says.words()
    assert page.sign.act.text() == "Tạo khóa mới"
    make_key(page)
    second = keys.key_state(page.context.profile).certificate
    assert first is not None and second is not None and first.fingerprint != second.fingerprint
    export_to(page, dialogs, target)
    settle(lambda: page.step_name() == "done", 60.0)


def test_the_word_on_a_package_line_by_line(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, target)
    settle(lambda: page.step_name() == "done", 60.0)
    (package,) = target.glob("*.asice")
    dialogs.answers = [package]
    click(page.check_package)
    settle(lambda: page.package.isVisible() and page.package.verification is not None, 60.0)
    assert page.package.outcome_word() == "Hợp lệ", "the unit's own key is known here"
    lines = page.package.reason_words()
    assert [line.partition(":")[0] for line in lines][:2] == ["Toàn vẹn", "Người ký"]

    changed = target / "sửa.asice"
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    dialogs.answers = [changed]
    click(page.package.another)
    settle(lambda: page.package.outcome_word() in ("Không hợp lệ", "Không đọc được"), 60.0)
    dialogs.answers = [target / "không có.asice"]
    click(page.package.another)
    settle(lambda: any("package.missing" in words for _kind, words in dialogs.asked))
    click(page.package.back)
    assert not page.package.isVisible()


def test_only_a_chosen_certificate_makes_another_unit_known(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path
) -> None:
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, target)
    settle(lambda: page.step_name() == "done", 60.0)
    (package,) = target.glob("*.asice")
    old = keys.export_certificate(page.context.profile, target)
    keys.replace_key(page.context.profile, page.context.round.unit, PASSPHRASE)
    page.show_check_of(package)
    settle(lambda: page.package.verification is not None, 60.0)
    assert page.package.outcome_word() == "Chưa rõ người ký"
    dialogs.answers = [(old,)]
    click(page.package.trust)
    settle(lambda: page.package.outcome_word() == "Hợp lệ", 60.0)


def test_mail_drafts_wait_until_the_user_says_that_they_were_sent(
    window: MainWindow, dialogs: AnsweringDialogs
) -> None:
    """A draft is not a sent mail, an opened one neither; only the user's word moves it on, and no receipt is
    claimed."""
    page = opened(window)
    make_key(page)
    page.show_step("place")
    page.place_step.choose_channel("email")
    settle(lambda: not window.work.running)
    page.place_step.email.address.set_value("không phải địa chỉ")
    click(page.place_step.write)
    settle(lambda: "không phải là địa chỉ" in page.place_step.says.words())
    page.place_step.email.address.set_value("sonoivu@daklak.gov.vn")
    click(page.place_step.write)
    settle(lambda: page.step_name() == "done", 60.0)
    settle(lambda: len(page.history.lines()) == 1 and not window.work.running)
    assert page.history.lines()[0].state_words == "Đã soạn, chưa gửi"
    click(page.done.drafts)
    settle(lambda: page.history.lines()[0].state_words == "Chờ xác nhận")
    (asked,) = [words for kind, words in dialogs.asked if kind == "open_path"]
    assert asked.endswith(".eml")
    click(page.done.said_sent)
    settle(lambda: page.history.lines()[0].state_words == "Đã gửi, chưa biên nhận")
    (made,) = submissions.submissions_of(page.context.profile, page.context.round_id)
    assert made.state is DocumentState.EXPORTED


def test_a_line_of_the_history_is_called_off_and_sent_another_way(
    window: MainWindow, dialogs: AnsweringDialogs, target: Path, tmp_path: Path
) -> None:
    page = opened(window)
    make_key(page)
    export_to(page, dialogs, target)
    settle(lambda: page.step_name() == "done", 60.0)
    settle(lambda: len(page.history.lines()) == 1 and not window.work.running)
    page.history.setCurrentIndex(page.history.model().index(0, 0))
    dialogs.answers = [True]
    pick(page, "Hủy lần gửi này…")
    settle(lambda: page.history.lines()[0].reason == "Đã hủy theo yêu cầu.")
    other = tmp_path / "USB khác"
    other.mkdir()
    pick(page, "Gửi bằng cách khác…")
    assert page.step_name() == "place" and page.place_step.resend is not None
    assert page.place_step.write.text() == "Ghi lại gói này"
    dialogs.answers = [other]
    click(page.place_step.choose_button)
    settle(page.place_step.write.isEnabled)
    click(page.place_step.write)
    settle(lambda: page.step_name() == "done", 60.0)
    (first,) = target.glob("*.asice")
    assert (other / first.name).read_bytes() == first.read_bytes()
    settle(
        lambda: (
            [line.state_words for line in page.history.lines()] == ["Đã ghi, chờ xác nhận", "Không gửi được"]
        )
    )
    assert len(submissions.submissions_of(page.context.profile, page.context.round_id)) == 1


def test_sticks_are_cards_with_their_room_and_what_speaks_against_them(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    found = (
        Drive(target, "CÁN BỘ", 6_200_000_000, 8_000_000_000, "vfat", removable=True),
        Drive(target / "đầy", "USB cũ", 1000, 4_000_000_000, "exfat", removable=True),
        Drive(target / "khóa", "", 5_000_000, 4_000_000_000, "NTFS", removable=True, read_only=True),
        Drive(Path("/"), "", 10**12, 10**12, "ext4", removable=False),
    )
    monkeypatch.setattr(outbox, "drives", lambda: found)
    page = opened(window)
    page.show_step("place")
    page.place_step.folder.refresh()
    settle(lambda: len(page.place_step.folder.drives()) == 3)
    settle(lambda: not window.work.running)
    cards = page.place_step.folder.findChildren(DriveCard)
    words = [card.words() for card in cards]
    assert words[0] == "Còn trống 6,2 GB trong 8,0 GB, kiểu đĩa FAT32"
    assert words[1].startswith("Thiếu 2,") and words[2].startswith("Chỉ đọc được")
    cards[0].click()
    settle(lambda: page.place_step.panel.target() == str(target))
