"""A click on the rail builds the page in turns; whoever asks for the page at once gets it at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.hands import settle
from ui.main_window import MainWindow


def test_a_page_is_built_in_turns(window: MainWindow) -> None:
    window.go_to("overview")
    window.open_page("plan")
    assert window.opening
    assert window.page_id() == "overview"
    settle(lambda: not window.opening)
    assert window.page_id() == "plan"
    assert QApplication.focusWidget() is window.page("plan").focusProxy()


def test_a_page_that_is_built_comes_at_once(window: MainWindow) -> None:
    window.go_to("plan")
    window.go_to("overview")
    window.open_page("plan")
    assert not window.opening
    assert window.page_id() == "plan"


def test_the_last_click_wins(window: MainWindow) -> None:
    window.go_to("overview")
    window.open_page("plan")
    window.open_page("evidence")
    settle(lambda: not window.opening)
    assert window.page_id() == "evidence"


def test_a_page_asked_for_meanwhile_is_built_once(window: MainWindow) -> None:
    window.go_to("overview")
    window.open_page("plan")
    QApplication.processEvents()
    asked = window.page("plan")
    settle(lambda: not window.opening)
    assert window.page("plan") is asked
    assert window.page_id() == "plan"


def test_another_year_stops_the_opening(window: MainWindow) -> None:
    window.go_to("overview")
    window.open_page("plan")
    window.reload()
    assert not window.opening
    settle(lambda: not window.work.running)
    assert window.page_id() == "overview"


def test_closing_stops_the_opening(window: MainWindow) -> None:
    window.open_page("settings")
    window.close()
    assert not window.opening


def test_a_key_pressed_meanwhile_goes_to_the_new_page(window: MainWindow) -> None:
    """Ctrl+2 and a key right after it: the page before must not get that key."""
    window.go_to("evidence")
    before, got = window.page("evidence"), []
    before.keyPressEvent = got.append  # type: ignore[method-assign]
    window.open_page("plan")
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F9)
    assert not window.opening
    assert window.page_id() == "plan"
    assert not got


def test_a_click_meanwhile_finds_the_new_page(window: MainWindow) -> None:
    window.go_to("evidence")
    window.open_page("plan")
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(700, 20))
    assert window.page_id() == "plan"
