"""Thiết lập, come to from elsewhere: the panel asked for is in sight, though those above it still grow."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint

from cchc_desktop.services.profile import Profile
from tests.gui.hands import AnsweringDialogs, settle
from ui.main_window import MainWindow
from ui.pages.settings.page import Page
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.panel import PANEL_GAP


def top_of(panel: SettingsPanel, page: Page) -> int:
    return panel.mapTo(page.scroll_area.viewport(), QPoint(0, 0)).y()


@pytest.mark.parametrize("place", ["program", "limits", "backup", "forms", "unit"])
def test_the_first_visit_shows_the_panel_asked_for(
    sample_profile: Profile, dialogs: AnsweringDialogs, place: str
) -> None:
    window = MainWindow(sample_profile, dialogs, remember=False)
    window.resize(1366, 640)
    window.show()
    window.go_to("settings", place)
    settle(lambda: window.at_rest)
    settle()  # the last of the panels' new places
    page = cast(Page, window.page("settings"))
    panel = getattr(page, place)
    seen = page.scroll_area.viewport().height()
    assert panel.height() > 40
    assert 0 <= top_of(panel, page) <= max(seen - panel.height(), PANEL_GAP)


def test_who_scrolls_away_is_left_where_he_is(sample_profile: Profile, dialogs: AnsweringDialogs) -> None:
    window = MainWindow(sample_profile, dialogs, remember=False)
    window.resize(1366, 640)
    window.show()
    window.go_to("settings", "program")
    settle(lambda: window.at_rest)
    page = cast(Page, window.page("settings"))
    bar = page.scroll_area.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    page.forms._fold()
    settle(lambda: window.at_rest)
    assert bar.value() == 0
