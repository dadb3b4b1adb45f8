"""The line above the pages that tells of a clock that can't be right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cchc_desktop.services import plan, rounds, scoring
from cchc_desktop.services.profile import Profile, setting
from tests.gui.guards import all_faults
from tests.gui.hands import settle
from ui.clock_notice import ClockNotice, system_offset
from ui.main_window import MainWindow
from ui.widgets.button import LinkLabel


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def change(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


def edit(profile: Profile) -> None:
    round_id = rounds.rounds(profile)[0].id
    key = scoring.sheet(profile, round_id).criteria.rows[0].key
    scoring.set_explanation(profile, round_id, key, "bây giờ")


def test_a_clock_that_jumps_back_is_told_and_goes(window: MainWindow) -> None:
    now = [datetime.now(UTC)]
    edit(window.context.profile)
    notice = ClockNotice(lambda: now[0])
    notice.watch(window.context)
    settle(lambda: not window.work.running)
    assert notice.isHidden()
    now[0] -= timedelta(days=3650)
    notice._look()
    settle(lambda: not window.work.running)
    assert not notice.isHidden()
    assert f"{now[0].year}" in notice.bar.words()
    assert "chỉnh lại ngày giờ của máy trước khi ký và gửi" in notice.bar.words()
    now[0] += timedelta(days=3651)
    notice._look()
    settle(lambda: not window.work.running)
    assert notice.isHidden()
    notice.stop()


def test_the_zone_is_asked_anew_each_time(set_zone: Callable[[str], None]) -> None:
    set_zone("XXX12")
    assert system_offset() == timedelta(hours=-12)
    set_zone("XXX-7")
    assert system_offset() == timedelta(hours=7)


def test_another_zone_while_the_window_is_open(window: MainWindow, set_zone: Callable[[str], None]) -> None:
    """Told above the page, and put away by the user's word; the page keeps its room and its words."""
    settle(lambda: window.at_rest)
    assert window.clock.isHidden(), "the first zone is taken"
    set_zone("XXX12")
    window.clock._look()
    settle(lambda: not window.work.running)
    assert "sang UTC-12:00" in window.clock.bar.words()
    assert not [fault for fault in all_faults(window.clock) if "foreign word: UTC" not in fault]
    (known,) = [link for link in window.clock.findChildren(LinkLabel) if link.text() == "Đã biết"]
    known.click()
    settle(lambda: not window.work.running)
    settle(lambda: window.clock.isHidden())
    assert setting(window.context.profile, "clock.zone") == "UTC-12:00"


def test_an_edit_of_the_plan_begins_nothing_of_the_start_anew(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may move the next deadline; the clock is looked at each minute, whatever is edited."""
    settle(lambda: window.at_rest)
    begun: list[str] = []
    monkeypatch.setattr(window.clock, "watch", lambda _context: begun.append("clock"))
    monkeypatch.setattr(window.ahead, "begin", lambda: begun.append("ahead"))
    context = window.context
    area = plan.plan(context.profile, context.round_id).template.areas[0].key
    context.edits.save(lambda: plan.add_task(context.profile, context.round_id, area, title="Việc mới"))
    settle(lambda: window.at_rest)
    assert begun == []
