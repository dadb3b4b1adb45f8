"""Thiết lập → Cập nhật chương trình: what a pack brings, taking it, the way back, starting anew."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from cchc_desktop.errors import KnownError
from cchc_desktop.program.place import Installation, pointed
from cchc_desktop.services import updates
from tests.gui.guards import clipped_texts, cut_by_parents, nameless
from tests.gui.hands import AnsweringDialogs, click, settle
from tests.gui.package_hands import drop
from tests.program.releases import FILES, NEW, NEW_FILES, OLD, Publisher, install, lay, pack, publisher
from ui import starting_anew, theme, tidying
from ui.main_window import MainWindow
from ui.package_window import PackageWindow
from ui.pages.settings.page import Page
from ui.starting_anew import leave_for_new_version
from ui.updating import Updating


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    made = install(tmp_path / "CCHC Desktop")
    monkeypatch.setattr(updates, "installed", lambda: made)
    return made


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    made = publisher(tmp_path / "tin")
    monkeypatch.setattr(updates, "publisher_files", made.files)
    return made


@pytest.fixture
def update(issuer: Publisher, program: Installation, tmp_path: Path) -> Path:
    return pack(tmp_path, issuer.signer, program.running, lay(tmp_path / "mới", NEW, NEW_FILES))


@pytest.fixture
def refused(program: Installation, issuer: Publisher, tmp_path: Path) -> Path:
    """Against this one speak the signer, the system and the version."""
    other = lay(tmp_path / "khác", "3.0.0", NEW_FILES, "windows")
    newer = lay(tmp_path / "khác hơn", "3.1.0", NEW_FILES, "windows")
    return pack(tmp_path / "lạ", publisher(tmp_path / "người lạ").signer, other, newer)


def at_rest(window: MainWindow | PackageWindow) -> None:
    settle(lambda: not window.work.running)
    settle(lambda: not window.work.running)


def panel_of(window: MainWindow) -> Updating:
    window.go_to("settings", "program")
    at_rest(window)
    page = window.page("settings")
    assert isinstance(page, Page)
    return page.program.updating


def test_chosen_looked_at_taken_and_gone_back_from(
    window: MainWindow, dialogs: AnsweringDialogs, program: Installation, update: Path
) -> None:
    panel = panel_of(window)
    assert panel.said()[0] == f"Bản đang chạy: {OLD}"
    assert panel.back.isHidden() and panel.take_button.isHidden()
    dialogs.answers.append(update)
    click(panel.choose_button)
    at_rest(window)
    said = " ".join(panel.said())
    for words in (
        f"Gói này mang bản {NEW}",
        "cho Linux",
        "5 tệp thay đổi",
        "Nhà phát hành CCHC ký",
        "Sửa cách làm",
    ):
        assert words in said
    assert pointed(program.root) == OLD, "looking changes nothing"
    click(panel.leave_button)
    assert panel.take_button.isHidden()
    panel.look_at(update)
    at_rest(window)
    click(panel.take_button)
    at_rest(window)
    assert pointed(program.root) == NEW
    assert panel.note.words() == f"Đã cập nhật lên bản {NEW}. Bản mới chạy từ lần mở tới."

    dialogs.answers.append(False)
    click(panel.back)
    at_rest(window)
    assert pointed(program.root) == NEW
    dialogs.answers.append(True)
    click(panel.back)
    at_rest(window)
    assert pointed(program.root) == OLD
    assert panel.note.words() == f"Bản {OLD} chạy từ lần mở tới."
    assert panel.back.isHidden()


def test_a_pack_that_can_not_be_taken_says_everything(
    window: MainWindow, program: Installation, refused: Path
) -> None:
    panel = panel_of(window)
    panel.look_at(refused)
    at_rest(window)
    said = " ".join(panel.said())
    for words in (f"Không dùng được {refused.name}", "không phải nhà phát hành", "dành cho Windows", "3.0.0"):
        assert words in said
    assert "Sửa cách làm" not in said, "what a stranger promises is not repeated"
    assert panel.take_button.isHidden()
    assert pointed(program.root) == OLD


def test_no_pack_at_all_and_one_that_goes_while_it_is_taken(
    window: MainWindow, program: Installation, update: Path, tmp_path: Path
) -> None:
    panel = panel_of(window)
    panel.look_at(tmp_path / "không có.asice")
    at_rest(window)
    assert "Không tìm thấy tệp" in panel.note.words()
    panel.look_at(update)
    at_rest(window)
    update.unlink()
    click(panel.take_button)
    at_rest(window)
    assert "Không tìm thấy tệp" in panel.note.words()
    assert panel.take_button.isEnabled()
    assert pointed(program.root) == OLD


def test_stopping_leaves_the_program_as_it_was(
    window: MainWindow, program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(window)
    panel.look_at(update)
    at_rest(window)
    real = updates.apply

    def stopped(file: Path, progress: object) -> object:
        progress.stop()  # type: ignore[attr-defined]
        return real(file, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(updates, "apply", stopped)
    click(panel.take_button)
    at_rest(window)
    assert panel.note.words() == "Đã dừng. Chương trình vẫn như trước."
    assert pointed(program.root) == OLD


def test_a_program_that_was_not_installed_says_so(window: MainWindow) -> None:
    panel = panel_of(window)
    assert not panel.choose_button.isEnabled()
    assert "không được cài bằng bộ cài đặt" in " ".join(panel.said())


def test_where_nothing_can_be_updated_looking_at_a_pack_offers_nothing_to_choose(
    window: MainWindow, program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "installed", lambda: None)
    panel = panel_of(window)
    panel.look_at(update)
    at_rest(window)
    assert panel.choose_button.isVisible() and not panel.choose_button.isEnabled()
    assert "không được cài bằng bộ cài đặt" in panel.choose_button.toolTip()


def test_while_a_pack_is_looked_at_nothing_else_can_be_begun(
    window: MainWindow, program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the version is looked up meanwhile, well or badly, as a double click on a pack has it."""
    lay(program.root, "0.9.0", FILES)
    panel, real, go = panel_of(window), updates.inspect, threading.Event()
    buttons = (panel.choose_button, panel.back)
    assert all(one.isVisible() and one.isEnabled() for one in buttons)

    def slow(*words: object) -> object:
        assert go.wait(30)
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(updates, "inspect", slow)
    try:
        inspecting = panel.look_at(update)
        panel.refresh()
        settle(lambda: window.work.reading() == set())
        assert [one.isEnabled() for one in buttons] == [False, False]
        assert panel.back.toolTip() == "Đang làm, chờ một lát."
        with monkeypatch.context() as broken:
            broken.setattr(updates, "state", _fails)
            panel.refresh()
            settle(lambda: window.work.reading() == set())
        assert "Không tìm thấy" in panel.note.words()
        assert [one.isEnabled() for one in buttons] == [False, False]
        panel.look_at(update)  # a second one, dropped onto the window
    finally:
        go.set()
    assert inspecting.running
    at_rest(window)
    assert panel.take_button.isEnabled() and panel.take_button.hasFocus()
    assert panel.back.isEnabled() and panel.back.toolTip() == ""


def test_the_page_stays_where_it_is_while_a_pack_is_looked_at(
    window: MainWindow, dialogs: AnsweringDialogs, program: Installation, update: Path
) -> None:
    """A button that goes off hands its focus on, and the page would scroll to whoever gets it."""
    lay(program.root, "0.9.0", FILES)
    window.resize(1100, 700)
    panel = panel_of(window)
    area = panel.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    area.ensureWidgetVisible(panel)
    panel.choose_button.setFocus()
    before = panel.mapTo(window, panel.rect().topLeft()).y()
    assert not panel.choose_button.visibleRegion().isEmpty()
    dialogs.answers.append(update)
    click(panel.choose_button)
    assert panel.mapTo(window, panel.rect().topLeft()).y() == before
    at_rest(window)
    assert panel.take_button.hasFocus()
    click(panel.leave_button)
    assert panel.choose_button.hasFocus()
    panel.back.setFocus()
    dialogs.answers.append(True)
    click(panel.back)
    at_rest(window)
    assert panel.choose_button.hasFocus()
    assert panel.mapTo(window, panel.rect().topLeft()).y() == before


def _fails() -> object:
    raise KnownError("package.missing", name="gói.asice")


def test_dropping_a_pack_leads_there(window: MainWindow, program: Installation, update: Path) -> None:
    assert drop(window, update)
    settle(lambda: window.page_id() == "settings")
    at_rest(window)
    assert f"Gói này mang bản {NEW}" in " ".join(panel_of(window).said())


@pytest.fixture
def lone(program: Installation, update: Path, tmp_path: Path) -> Iterator[PackageWindow]:
    made = PackageWindow([update], tmp_path / "chưa có hồ sơ", AnsweringDialogs())
    made.show()
    at_rest(made)
    yield made
    made.close()


def test_a_double_click_on_a_pack_leads_there_without_a_profile(
    lone: PackageWindow,
    program: Installation,
    update: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        starting_anew.QProcess,
        "startDetached",
        lambda file, words: (bool(started.append((file, words)) or True), 1),
    )
    monkeypatch.setattr(sys, "argv", ["cchc", str(update)])
    updating = lone.update_view.updating
    assert f"Gói này mang bản {NEW}" in " ".join(updating.said())
    click(updating.take_button)
    at_rest(lone)
    assert pointed(program.root) == NEW
    assert not (tmp_path / "chưa có hồ sơ").exists()
    updating._restart()
    data = str(tmp_path / "chưa có hồ sơ")
    assert started == [(str(program.root / "cchc-desktop"), ["--data", data])], "not the pack once more"
    assert not lone.isVisible()


def test_starting_anew_backs_up_and_ends_this_process(
    window: MainWindow,
    dialogs: AnsweringDialogs,
    program: Installation,
    update: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        starting_anew.QProcess,
        "startDetached",
        lambda file, words: (bool(started.append((file, words)) or True), 1),
    )
    monkeypatch.setattr(sys, "argv", ["cchc", "--sample", "commune"])
    panel, folder = panel_of(window), window.folder
    panel.look_at(update)
    at_rest(window)
    click(panel.take_button)
    at_rest(window)
    panel._restart()
    assert window.closed and window.closed_for is not None
    with pytest.raises(SystemExit):
        window.closed_for()
    assert started == [(str(program.root / "cchc-desktop"), ["--data", str(folder)])], (
        "the profile that was open"
    )
    assert list((folder / "backups").glob("0*")), "backed up as at every closing"
    monkeypatch.setattr(starting_anew.QProcess, "startDetached", lambda _file, _words: (False, 0))
    with pytest.raises(SystemExit):
        leave_for_new_version(folder, dialogs)
    assert any("lối tắt" in words for _kind, words in dialogs.asked)


@pytest.mark.parametrize("shade", [theme.Appearance.LIGHT, theme.Appearance.DARK])
@pytest.mark.parametrize("width", [1366, 683], ids=["100", "200"])
def test_nothing_is_cut_and_everything_has_a_name(
    window: MainWindow, update: Path, refused: Path, width: int, shade: theme.Appearance
) -> None:
    theme.set_appearance(shade)
    window.resize(width, 768)
    panel = panel_of(window)
    for package in (update, refused):
        panel.look_at(package)
        at_rest(window)
        assert [*clipped_texts(window), *cut_by_parents(window), *nameless(window)] == []
    panel.look_at(update)
    at_rest(window)
    click(panel.take_button)
    at_rest(window)
    assert [*clipped_texts(window), *cut_by_parents(window), *nameless(window)] == []


def test_a_while_after_the_start_it_is_tidied_up(
    window: MainWindow, program: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(program.root, "0.8.0", NEW_FILES)
    lay(program.root, "0.9.0", NEW_FILES)
    (program.versions_folder / "1.1.0.part").mkdir()
    monkeypatch.setattr(tidying, "TIDY_AFTER", 10)
    tidying.tidy_up(window, window.work)
    assert (program.versions_folder / "1.1.0.part").exists(), "not at once: the start stays quick"
    settle(lambda: not (program.versions_folder / "0.8.0").exists())
    at_rest(window)
    found = sorted(path.name for path in program.versions_folder.iterdir())
    assert found == ["0.9.0", OLD, "update.lock"], "the one to go back to stays"
