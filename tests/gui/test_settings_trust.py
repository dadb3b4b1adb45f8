"""Thiết lập, Chữ ký và tin cậy: enrolling, the answer, changing the key, offices and their lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.services import enrolment, keys, office_certificates, office_enrolment, rounds
from cchc_desktop.services.profile import Profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, button, click, settle
from tests.services.trust_office import NAME, authority_code, office_at
from ui import theme
from ui.main_window import MainWindow
from ui.pages.settings.page import Page
from ui.widgets.button import LinkLabel

PASSPHRASE = "mật khẩu đủ dài"
NAMES = frozenset(["Ea", "Kao", "SNV", "MAU", "DK", "asice", "PAPI", "PCI", "INDEX"])


class Room:
    """The settings page of a unit that has a key, and its office."""

    def __init__(self, window: MainWindow, dialogs: AnsweringDialogs, office: Path, post: Path) -> None:
        self.window, self.dialogs, self.office, self.post = window, dialogs, office, post
        self.profile: Profile = window.context.profile
        page = window.page("settings")
        assert isinstance(page, Page)
        self.page = page

    def rest(self) -> None:
        settle(lambda: not self.window.work.running)
        QApplication.processEvents()
        settle(lambda: not self.window.work.running)

    def press(self, name: str, *answers: object) -> str:
        """Click what bears that name; what the key panel says afterwards."""
        self.dialogs.answers = list(answers)
        click(button(self.page, name))
        self.rest()
        assert self.dialogs.answers == [], f"{name!r} asked less than expected"
        return self.page.key.message.words()

    def shown(self, name: str) -> bool:
        found = [b for b in self.page.key.findChildren(type(self.page.key.make)) if b.text() == name]
        return any(b.isVisible() for b in found)

    def requested(self) -> Path:
        self.press("Tạo yêu cầu đăng ký…", self.post)
        return next(self.post.glob("*_DK_*.asice"))

    def answered(self) -> Path:
        code = enrolment.enrolment(self.profile).key.certificate
        assert code is not None
        return office_enrolment.enrol(self.office, self.requested(), code.spoken_code, self.post)[1]

    def enrolled(self) -> None:
        self.press("Nhập phản hồi của cơ quan…", self.answered(), authority_code(self.office))


@pytest.fixture
def room(tmp_path: Path, empty_profile: Profile, dialogs: AnsweringDialogs) -> Iterator[Room]:
    post = tmp_path / "đường đi"
    post.mkdir()
    keys.create_key(empty_profile, rounds.rounds(empty_profile)[0].unit, PASSPHRASE)
    window = MainWindow(empty_profile, dialogs)
    window.resize(1366, 768)
    window.show()
    window.go_to("settings")
    made = Room(window, dialogs, office_at(tmp_path / "sở"), post)
    made.rest()
    yield made
    window.close()


def test_request_answer_and_the_issued_certificate(room: Room) -> None:
    own = keys.key_state(room.profile).certificate
    assert own is not None
    said = room.press("Tạo yêu cầu đăng ký…", room.post)
    assert own.spoken_code in said
    file = next(room.post.glob("*_DK_*.asice"))
    assert file.name in said
    assert own.spoken_code in room.page.key.enrolment._words.text()
    row, answer = office_enrolment.enrol(room.office, file, own.spoken_code, room.post)
    assert "không phải mã" in room.press("Nhập phản hồi của cơ quan…", answer, own.spoken_code)
    said = room.press("Nhập phản hồi của cơ quan…", answer, authority_code(room.office))
    assert f"do {NAME} cấp" in said
    now = keys.key_state(room.profile).certificate
    assert now is not None
    assert now.fingerprint == row.fingerprint
    assert room.page.key._why.text() == f"{NAME} đã cấp chứng thư cho khóa này."
    assert not room.shown("Tạo yêu cầu đăng ký…")
    assert all_faults(room.window, NAMES) == []
    # Once more the same answer: the office is known, nobody is asked
    said = room.press("Nhập phản hồi của cơ quan…", answer)
    assert f"do {NAME} cấp" in said


def test_other_files_are_refused_with_advice(room: Room) -> None:
    request = room.requested()
    assert "không phải phản hồi" in room.press("Nhập phản hồi của cơ quan…", request)
    stray = room.post / "x.asice"
    stray.write_bytes(b"PK")
    assert room.press("Nhập phản hồi của cơ quan…", stray) != ""
    assert not enrolment.enrolment(room.profile).issuer


def test_rotation_waits_and_can_be_given_up(room: Room) -> None:
    room.enrolled()
    before = keys.key_state(room.profile).certificate
    # Stepping back at any question changes nothing
    room.press("Đổi khóa…", None)
    room.press("Đổi khóa…", 1, PASSPHRASE, PASSPHRASE, None)
    assert enrolment.enrolment(room.profile).next_key is None
    said = room.press("Đổi khóa…", 1, PASSPHRASE, PASSPHRASE, room.post)
    assert "không phải đọc mã" in said
    assert keys.key_state(room.profile).certificate == before
    assert room.shown("Thôi đổi khóa")
    assert "Đã thôi" in room.press("Thôi đổi khóa")
    assert enrolment.enrolment(room.profile).waiting is None
    room.press("Đổi khóa…", 1, PASSPHRASE, PASSPHRASE, room.post)
    newest = max(room.post.glob("*_DK_2*_L0?.asice"), key=lambda path: path.stat().st_mtime_ns)
    _row, answer = office_enrolment.enrol(room.office, newest, "", room.post)
    room.press("Nhập phản hồi của cơ quan…", answer)
    after = keys.key_state(room.profile).certificate
    assert after is not None
    assert after != before
    earlier = enrolment.enrolment(room.profile).earlier
    assert before in earlier
    assert f"{len(earlier)} khóa" in " ".join(
        label.text() for label in room.page.key.findChildren(type(room.page.key._why))
    )


def test_offices_show_the_age_of_their_list(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.enrolled()
    panel = room.page.offices
    lines = [words for words in panel_lines(room) if "danh sách thu hồi ngày" in words]
    assert len(lines) == 1
    assert "quá hạn" not in lines[0]
    later = vietnam_now() + timedelta(days=36)
    monkeypatch.setattr("ui.pages.settings.offices_panel.vietnam_now", lambda: later)
    panel.refresh(None)
    room.rest()
    assert any("đã quá hạn" in words for words in panel_lines(room))
    office_certificates.make_list(room.office)
    file = office_certificates.write_list(room.office, room.post / "crl.pem")
    for expected in ("Đã nhận danh sách thu hồi mới.", "Danh sách thu hồi này đã có trong máy."):
        room.press(f"Nhận danh sách thu hồi của {NAME}", file)
        assert panel.message.words() == expected
    assert all_faults(room.window, NAMES) == []


def panel_lines(room: Room) -> list[str]:
    from ui.widgets.labels import ElidedLabel

    return [label.words() for label in room.page.offices.findChildren(ElidedLabel)]


def test_unpinning_can_be_taken_back_at_once(room: Room) -> None:
    room.enrolled()
    panel = room.page.offices
    room.press(f"Bỏ ghi nhận {NAME}")
    assert room.dialogs.asked[-1][0] != "ask", "what can be undone asks nothing"
    assert panel_lines(room) == []
    assert enrolment.enrolment(room.profile).issuer == ""
    undo = next(link for link in panel.message.findChildren(LinkLabel) if link.text() == "Ghi nhận lại")
    click(undo)
    room.rest()
    assert panel.message.words() == f"Đã ghi nhận lại {NAME}."
    assert NAME in panel_lines(room)
    assert any("danh sách thu hồi ngày" in words for words in panel_lines(room)), "the list came back too"
    assert enrolment.enrolment(room.profile).issuer == NAME


def test_packs_that_nobody_uses_are_folded(room: Room) -> None:
    forms = room.page.forms

    def checks() -> list[LinkLabel]:
        return [one for one in forms.findChildren(LinkLabel) if one.text() == "Kiểm tra"]

    folded = len(checks())
    assert folded == 2, "the criteria set and the plan template of the year"
    click(forms.more)
    room.rest()
    assert len(checks()) > folded
    click(forms.more)
    room.rest()
    assert len(checks()) == folded


@pytest.mark.parametrize("appearance", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_nothing_is_cut_in_either_appearance_and_narrow(room: Room, appearance: theme.Appearance) -> None:
    theme.set_appearance(appearance)
    room.enrolled()
    room.press("Đổi khóa…", 1, PASSPHRASE, PASSPHRASE, room.post)
    for size in ((1366, 768), (683, 700)):
        room.window.resize(*size)
        room.rest()
        assert all_faults(room.window, NAMES) == []
