"""The line that reminds: on start, on a new day, opened, put off, remembered; and the calendar as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.services import overview, plan
from cchc_desktop.services.profile import Profile
from tests.gui.hands import AnsweringDialogs, click, press, settle, type_text
from ui import theme
from ui.main_window import MainWindow
from ui.pages.overview.page import Page
from ui.pages.settings.reminders_panel import RemindersPanel
from ui.widgets.fields import LineField

Opened = Callable[[date], MainWindow]


@pytest.fixture
def opened(empty_profile: Profile, dialogs: AnsweringDialogs) -> Opened:
    """The window on an empty commune's 2026, on a day of its own."""

    def open_on(today: date) -> MainWindow:
        window = MainWindow(empty_profile, dialogs, lambda: today, remember=False)
        window.show()
        settle(lambda: window.at_rest)
        return window

    return open_on


def hush(window: MainWindow) -> None:
    """What was remembered is on disk, and the window's next look is over."""
    settle(lambda: window.at_rest)
    window.reminders.look(window.context)
    settle(lambda: window.at_rest)


def type_into(field: LineField, words: str) -> None:
    """Over what stands there, and Enter."""
    field.setFocus()
    field.selectAll()
    press(field, Qt.Key.Key_Delete)
    type_text(field, words)
    press(field, Qt.Key.Key_Return)


def test_nothing_is_said_while_nothing_is_near(opened: Opened) -> None:
    window = opened(date(2026, 2, 13))  # 15 days before
    assert not window.reminders.isVisible()
    window.close()


def test_the_first_in_words_and_a_way_to_it(opened: Opened) -> None:
    window = opened(date(2026, 2, 14))
    assert window.reminders.bar.words() == "Ban hành kế hoạch: còn 14 ngày, hạn 28/02/2026."
    assert window.reminders.later.isVisible()
    window.go_to("scoring")
    click(window.reminders.bar._action)
    assert window.page_id() == "plan"
    assert not window.reminders.isVisible()
    hush(window)
    assert not window.reminders.isVisible(), "opened once, it waits for the next stage"
    window.close()


def test_put_off_is_remembered_and_told_again_on_a_new_day(opened: Opened) -> None:
    today = [date(2026, 2, 25)]
    window = opened(today[0])
    window.context.today = lambda: today[0]
    assert window.reminders.bar.words() == "Ban hành kế hoạch: còn 3 ngày, hạn 28/02/2026."
    click(window.reminders.later)
    hush(window)
    assert not window.reminders.isVisible()
    today[0] = date(2026, 2, 26)
    window.reminders._tick()
    settle(lambda: window.at_rest)
    assert window.reminders.bar.words() == "Ban hành kế hoạch: còn 2 ngày, hạn 28/02/2026."
    window.close()


def test_late_is_said_until_it_is_done(opened: Opened) -> None:
    window = opened(date(2026, 3, 2))
    assert (
        window.reminders.bar.words()
        == "Ban hành kế hoạch: trễ 2 ngày, hạn 28/02/2026. Còn 1 việc khác cũng đến hạn."
    )
    plan.set_issue(window.context.profile, window.context.round_id, PlanIssue("1/KH", date(2026, 2, 27)))
    hush(window)
    assert window.reminders.bar.words() == "Báo cáo CCHC quý I: còn 13 ngày, hạn 15/03/2026."
    window.close()


def test_the_days_are_a_setting(opened: Opened, empty_profile: Profile) -> None:
    overview.set_reminder_days(empty_profile, (5,))
    window = opened(date(2026, 2, 20))
    assert not window.reminders.isVisible()
    overview.set_reminder_days(empty_profile, (30, 5))
    hush(window)
    assert window.reminders.isVisible()
    window.close()


def test_the_line_can_be_reached_and_read(opened: Opened) -> None:
    window = opened(date(2026, 2, 28))
    assert window.reminders.bar.words() == "Ban hành kế hoạch: hạn hôm nay, 28/02/2026."
    assert "hạn hôm nay" in window.reminders.bar.accessibleName()
    assert window.reminders.later.accessibleName() or window.reminders.later.text()
    for shade in (theme.Appearance.LIGHT, theme.Appearance.DARK):
        theme.set_appearance(shade)
        bar = window.reminders.bar
        assert bar.width() >= bar.sizeHint().width() // 2
        assert bar.geometry().right() < window.reminders.width()
    window.close()


def test_the_calendar_is_written_where_the_user_says(
    opened: Opened, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    window = opened(date(2026, 1, 5))
    page = window.page("overview")
    assert isinstance(page, Page)
    to = tmp_path / "Lịch của xã.ics"
    dialogs.answers.append(to)
    page.calendar.export.click()
    settle(lambda: to.exists())
    assert to.read_bytes().count(b"BEGIN:VEVENT\r\n") == 6
    window.close()


def test_the_days_are_the_unit_s_to_choose(opened: Opened) -> None:
    window = opened(date(2026, 2, 8))  # 20 days before
    assert not window.reminders.isVisible()
    window.go_to("settings")
    settle(lambda: window.at_rest)
    panel = window.page("settings").findChild(RemindersPanel)
    assert panel is not None and panel.days.text() == "14, 3"
    type_into(panel.days, "30; 7")
    settle(lambda: window.at_rest)
    assert overview.reminder_days(window.context.profile) == (30, 7)
    assert window.reminders.bar.words() == "Ban hành kế hoạch: còn 20 ngày, hạn 28/02/2026."
    type_into(panel.days, "nửa tháng")
    settle(lambda: window.at_rest)
    assert "từ 0 đến 90" in panel.message.words()
    assert overview.reminder_days(window.context.profile) == (30, 7)
    type_into(panel.days, "")
    settle(lambda: window.at_rest)
    assert overview.reminder_days(window.context.profile) == (14, 3)
    assert not window.reminders.isVisible() and not panel.message.isVisible()
    window.close()
