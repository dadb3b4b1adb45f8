"""A click on the rail builds the page in turns; whoever asks for the page at once gets it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from cchc_desktop.services import evidence, scoring
from tests.gui.hands import settle
from ui.main_window import MainWindow
from ui.pages import PAGES

PAGE_IDS = [entry.id for entry in PAGES]


def looks(page: QWidget) -> list[tuple[object, ...]]:
    """All that is in sight on a page, in its place, with its words."""

    def words(widget: QWidget) -> str:
        return widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""

    return sorted(
        (
            *(type(one).__name__, one.accessibleName(), words(one)),
            *one.mapTo(page, QPoint(0, 0)).toTuple(),
            *one.size().toTuple(),
            one.isEnabled(),
        )
        for one in page.findChildren(QWidget)
        if one.isVisibleTo(page)
    )


def at_rest(window: MainWindow) -> None:
    settle(lambda: window.at_rest and bool(getattr(window.page(window.page_id()), "at_rest", True)), 30.0)


def built_at_once(window: MainWindow, page_id: str) -> list[tuple[object, ...]]:
    window.go_to(page_id)
    window.reload()
    at_rest(window)
    return looks(window.page(page_id))


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


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_a_page_built_in_turns_is_the_page_built_at_once(window: MainWindow, page_id: str) -> None:
    wanted = built_at_once(window, page_id)
    window.go_to("evidence" if page_id != "evidence" else "overview")
    window.reload()
    window.open_page(page_id)
    assert window.opening
    at_rest(window)
    assert window.page_id() == page_id
    assert looks(window.page(page_id)) == wanted
    assert len(wanted) > 20


@pytest.mark.parametrize("turns", range(1, 14, 3))
def test_a_page_asked_for_between_two_parts_is_whole(window: MainWindow, turns: int) -> None:
    wanted = built_at_once(window, "scoring")
    window.go_to("overview")
    window.reload()
    window.open_page("scoring")
    for _turn in range(turns):
        QApplication.processEvents()
    window.go_to("scoring")
    assert not window.opening
    at_rest(window)
    assert looks(window.page("scoring")) == wanted


def test_another_page_clicked_between_two_parts_leaves_the_first_to_be_finished(window: MainWindow) -> None:
    window.go_to("overview")
    window.open_page("submit")
    QApplication.processEvents()
    QApplication.processEvents()
    window.open_page("settings")
    at_rest(window)
    assert window.page_id() == "settings"
    window.open_page("submit")
    at_rest(window)
    assert window.page_id() == "submit"
    assert looks(window.page("submit")) == built_at_once(window, "submit")


def test_what_is_saved_while_a_page_is_built_stands_on_it(window: MainWindow) -> None:
    context = window.context
    piece = evidence.all_evidence(context.profile, context.round_id)[0]
    window.go_to("overview")
    window.open_page("evidence")
    for _turn in range(4):
        QApplication.processEvents()
    record = replace(piece.record, number="77/BC-MOI")
    window.edits.save(lambda: evidence.update_record(context.profile, piece.id, record))
    at_rest(window)
    assert window.page_id() == "evidence"
    assert "77/BC-MOI" in [one.record.number for one in window.page("evidence").rows.all]  # type: ignore[attr-defined]


def test_what_is_typed_is_saved_before_another_page_is_read(window: MainWindow) -> None:
    window.go_to("scoring", "3.3.1")
    page = window.page("scoring")
    field = page.row_pane.explanation.field  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "Vua go xong")
    window.open_page("submit")
    at_rest(window)
    sheet = scoring.sheet(window.context.profile, window.context.round_id)
    node = sheet.criteria.by_code["3.3.1"]
    assert "Vua go xong" in sheet.answers[node.key].explanation


@pytest.mark.parametrize("page_id", [entry.id for entry in PAGES if entry.id != "overview"])
def test_page_that_gets_another_size_while_it_is_built(window: MainWindow, page_id: str) -> None:
    """A picture taken in the middle lays the page out, as maximising the window would."""
    window.open_page(page_id)
    while window.opening:
        window.grab()
        window.resize(window.width() + 1, window.height())
        QApplication.processEvents()
    assert window.page_id() == page_id
    assert type(window.page(page_id)).__module__ == f"ui.pages.{page_id}.page"
