"""First start, new year, merged unit: logic without Qt, and the pages with a user's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.services.keys import key_state
from cchc_desktop.services.packs import for_unit_kind
from cchc_desktop.services.profile import create_profile
from cchc_desktop.services.rounds import rounds
from tests.gui.hands import NO_KEYS, AnsweringDialogs, button, click, press, settle, type_text
from ui.main_window import MainWindow
from ui.widgets.fields import LineField
from ui.wizard.first_start import FirstStart, first_year
from ui.wizard.frame import WizardFrame
from ui.wizard.new_year import NewYear
from ui.wizard.sample import sample_folder as folder_of_sample
from ui.wizard.steps import Draft, Protection, Step, Way, clean, problems

PASSPHRASE = "mật khẩu đủ dài"


def draft(**answers: object) -> Draft:
    made = Draft(year=2026, folder=Path("nowhere"), name="UBND xã Ea Kao", province="Đắk Lắk")
    return replace(made, **answers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step", "answers", "wrong"),
    [
        (Step.UNIT, {}, set()),
        (Step.UNIT, {"name": " \t "}, {"name"}),
        (Step.UNIT, {"province": ""}, {"province"}),
        (Step.UNIT, {"code": "Xã Ea Kao"}, {"code"}),
        (Step.UNIT, {"code": "XA-EA-KAO-1"}, set()),
        (Step.UNIT, {"code": "X" * 25}, {"code"}),
        (Step.UNIT, {"place": "x" * 201}, {"place"}),
        (Step.PEOPLE, {"head_name": "x" * 200}, set()),
        (Step.PEOPLE, {"head_name": "x" * 201, "focal_contact": "y" * 201}, {"head_name", "focal_contact"}),
        (Step.FORMS, {}, {"criteria", "plan_template"}),
        (Step.FORMS, {"criteria": PackRef("a", 1), "plan_template": PackRef("b", 1)}, set()),
        (Step.FORMS, {"criteria": PackRef("a", 1), "plan_template": PackRef("b", 1), "year": 1999}, {"year"}),
        (Step.OLD, {}, {"old"}),
        (Step.KEY, {}, set()),
        (Step.KEY, {"protection": Protection.PASSPHRASE, "passphrase": "chín ký tự"[:9]}, {"passphrase"}),
        (
            Step.KEY,
            {"protection": Protection.PASSPHRASE, "passphrase": PASSPHRASE, "passphrase_again": "khác"},
            {"passphrase_again"},
        ),
        (Step.START, {"way": Way.NEW_YEAR, "taken_years": frozenset({2026})}, {"year"}),
        (Step.START, {"way": Way.MERGED, "taken_years": frozenset({2026})}, set()),
    ],
)
def test_what_is_still_wrong(step: Step, answers: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(step, draft(**answers))) == wrong


def test_a_folder_with_a_profile_or_a_file_is_refused(tmp_path: Path, empty_profile: object) -> None:
    file = tmp_path / "tệp"
    file.write_text("x")
    assert set(problems(Step.FOLDER, draft(folder=file))) == {"folder"}
    assert problems(Step.FOLDER, draft(folder=tmp_path / "mới")) == {}
    taken = empty_profile.folder  # type: ignore[attr-defined]
    assert set(problems(Step.FOLDER, draft(folder=taken))) == {"folder"}


def test_texts_become_one_clean_nfc_line() -> None:
    decomposed = "UBND xa\u0303  Ea\tKao\u0007\n"
    assert clean(decomposed) == "UBND xã Ea Kao"
    unit = draft(name=decomposed).unit()
    assert (unit.name, unit.code, unit.place) == ("UBND xã Ea Kao", "XA-EA-KAO", "Đắk Lắk")


def test_in_the_last_days_of_december_the_next_year_is_meant() -> None:
    assert [first_year(day) for day in (date(2026, 1, 2), date(2026, 12, 20), date(2026, 12, 21))] == [
        2026,
        2026,
        2027,
    ]


def fill(frame: WizardFrame, name: str, words: str) -> None:
    field = next(f for f in frame.findChildren(LineField) if f.accessibleName() == name and f.isVisible())
    field.setFocus()
    field.selectAll()
    type_text(field, words)


def start(folder: Path, dialogs: AnsweringDialogs) -> FirstStart:
    wizard = FirstStart(folder, dialogs, date(2026, 1, 5))
    wizard.frame.resize(1366, 768)
    wizard.frame.show()
    settle()
    return wizard


def test_first_start_by_keyboard_to_an_open_profile_with_a_key(
    data_folder: Path, dialogs: AnsweringDialogs
) -> None:
    wizard = start(data_folder, dialogs)
    frame = wizard.frame
    press(None, Qt.Key.Key_Return)
    assert frame.step is Step.UNIT, "nothing goes on without a name"
    fill(frame, "Tỉnh, thành phố", "Đắk Lắk")
    fill(frame, "Tên đơn vị", "UBND xã Ẳng Ỗ")
    for held in (False, True, True):
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(
            focused, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_KEYS, "\r", held)
        )
    assert frame.step is Step.PEOPLE, "a key that is held goes one step"
    fill(frame, "Người đứng đầu", "Nguyễn Thị Ỷ")
    click(button(frame, "Tiếp tục"))
    assert frame.step is Step.FORMS
    click(button(frame, "Tiếp tục"))
    assert frame.step is Step.FOLDER
    click(button(frame, "Tiếp tục"))
    assert frame.step is Step.KEY
    click(button(frame, "Bảo vệ bằng mật khẩu riêng"))
    fill(frame, "Mật khẩu", PASSPHRASE)
    fill(frame, "Nhập lại mật khẩu", PASSPHRASE)
    click(button(frame, "Hoàn tất"))
    settle(lambda: not frame.isVisible())
    profile = wizard.profile
    assert profile is not None
    made = rounds(profile)[0]
    assert (made.unit.name, made.unit.code, made.year) == ("UBND xã Ẳng Ỗ", "XA-ANG-O", 2026)
    assert made.unit.head.name == "Nguyễn Thị Ỷ"
    assert made.criteria_id == for_unit_kind(UnitKind.COMMUNE, 2026)[0].id
    assert key_state(profile).state is KeyState.READY
    profile.close()


def test_without_a_keyring_the_data_are_there_and_a_passphrase_is_asked_for(
    data_folder: Path, dialogs: AnsweringDialogs
) -> None:
    wizard = start(data_folder, dialogs)
    frame = wizard.frame
    fill(frame, "Tỉnh, thành phố", "Đắk Lắk")
    fill(frame, "Tên đơn vị", "UBND xã Ea Kao")
    for _ in range(4):
        frame.go_on()
    assert (frame.step, wizard.draft.protection) == (Step.KEY, Protection.KEYRING)
    frame.go_on()
    settle(lambda: wizard.profile is not None and frame.next.isEnabled())
    assert frame.isVisible(), "the wizard waits: there is no keyring here"
    click(button(frame, "Bảo vệ bằng mật khẩu riêng"))
    fill(frame, "Mật khẩu", PASSPHRASE)
    fill(frame, "Nhập lại mật khẩu", PASSPHRASE)
    frame.go_on()
    settle(lambda: not frame.isVisible())
    assert wizard.profile is not None
    assert key_state(wizard.profile).state is KeyState.READY
    wizard.profile.close()


def test_the_sample_unit_opens_in_a_folder_of_its_own(data_folder: Path, dialogs: AnsweringDialogs) -> None:
    wizard = start(data_folder, dialogs)
    dialogs.answers = [0]
    click(button(wizard.frame, "Thử với dữ liệu mẫu"))
    settle(lambda: wizard.profile is not None, 60)
    assert wizard.profile is not None
    assert wizard.profile.folder == folder_of_sample(data_folder, "commune")
    assert not data_folder.exists()
    wizard.profile.close()


def run_new_year(window: MainWindow, ask: NewYear) -> None:
    ask.frame.resize(1366, 768)
    ask.frame.show()
    settle()


def test_a_new_year_starts_from_last_years_unit(window: MainWindow) -> None:
    ask = NewYear(window.context)
    run_new_year(window, ask)
    ask.frame.go_on()
    ask.frame.go_on()
    settle(lambda: ask.round is not None)
    assert ask.round is not None
    assert (ask.round.year, ask.round.unit) == (2027, window.context.round.unit)
    window.reload(ask.round.id)
    assert window.context.round.year == 2027
    window.go_to("settings")
    settle(lambda: not window.work.running)
    click(button(window, f"Xem năm 2026, {window.context.round.unit.name}"))
    assert window.context.round.year == 2026
    window.reload(ask.round.id)
    window.rail.year_wanted.emit(rounds(window.context.profile)[1].id)
    assert window.context.round.year == 2026


def test_a_merged_unit_keeps_the_old_rounds_to_read(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    criteria, plan = for_unit_kind(UnitKind.COMMUNE, 2026)
    old = tmp_path / "xã cũ"
    create_profile(old, Unit(UnitKind.COMMUNE, "UBND xã Cũ", "XA-CU"), 2026, criteria, plan).close()
    ask = NewYear(window.context)
    run_new_year(window, ask)
    frame = ask.frame
    click(button(frame, "Đơn vị mới sau sáp nhập"))
    assert frame.draft.steps[-1] is Step.OLD
    frame.go_on()
    fill(frame, "Tên đơn vị", "UBND xã Mới")
    for _ in range(3):
        frame.go_on()
    assert frame.step is Step.OLD
    frame.go_on()
    assert frame.step is Step.OLD, "no old folder yet"
    dialogs.answers = [old]
    click(button(frame, "Thêm thư mục…"))
    frame.go_on()
    settle(lambda: ask.round is not None)
    found = {(r.unit.name, r.archived) for r in rounds(window.context.profile)}
    assert ("UBND xã Mới", False) in found
    assert ("UBND xã Cũ", True) in found
    archived = next(r for r in rounds(window.context.profile) if r.unit.name == "UBND xã Cũ")
    window.reload(archived.id)
    assert window.context.read_only
    assert window.strip.state() == "Chỉ xem, kỳ đã lưu trữ"
