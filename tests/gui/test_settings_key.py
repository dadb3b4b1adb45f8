"""Thiết lập, the key: what the panel says of a key that is there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from cchc_desktop.language import format_date
from cchc_desktop.services import keys
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.rounds import rounds
from tests.gui.hands import AnsweringDialogs, settle
from ui.main_window import MainWindow


def test_the_panel_says_from_when_to_when_the_key_lasts(
    empty_profile: Profile, dialogs: AnsweringDialogs
) -> None:
    keys.create_key(empty_profile, rounds(empty_profile)[0].unit, "mật khẩu đủ dài")
    certificate = keys.key_state(empty_profile).certificate
    assert certificate is not None
    window = MainWindow(empty_profile, dialogs)
    window.show()
    window.go_to("settings")
    settle(lambda: not window.work.running)
    shown = [label.text() for label in window.page("settings").findChildren(QLabel) if label.isVisible()]
    lasts = f"Từ {format_date(certificate.valid_from)} đến {format_date(certificate.valid_to)}"
    assert lasts in shown
    assert certificate.spoken_code in shown
    window.close()
