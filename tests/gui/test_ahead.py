"""Other pages are built and read while nobody does anything; nobody can tell but by how soon they come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import MEGABYTE
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.services import evidence, submissions
from cchc_desktop.trust.key_room import KeyRoom
from tests.gui.hands import settle
from tests.gui.slips import hook, slip_of
from tests.gui.test_opening import at_rest, built_at_once, looks
from ui import ahead
from ui.crash import CrashReport
from ui.crashed_page import CrashedPage
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.widgets.page import PageBase

__all__ = ["hook"]
PAGE_IDS = [entry.id for entry in PAGES]
OTHERS = [page_id for page_id in PAGE_IDS if page_id != "overview"]


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "QUIET", 10)


def built(window: MainWindow) -> set[str]:
    return set(window._stack.pages)


def go_on_for(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()


def reads(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that look at everything from now on, one entry each time."""
    read: list[str] = []

    def noting(
        page_id: str, what: Callable[[PageBase], Iterator[None]]
    ) -> Callable[[PageBase], Iterator[None]]:
        def noted(page: PageBase) -> Iterator[None]:
            read.append(page_id)
            yield from what(page)

        return noted

    for page_id in OTHERS:
        page = type(window.page(page_id))
        # `read_ahead` of most is `read`
        for name in ("read", "read_ahead") if "read_ahead" in vars(page) else ("read",):
            monkeypatch.setattr(page, name, noting(page_id, getattr(page, name)))
    return read


def left_alone(window: MainWindow) -> None:
    window.ahead.begin()
    settle(lambda: window.ahead.done, 30.0)


@pytest.mark.usefixtures("soon")
def test_every_page_is_built_and_read_once_and_none_is_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reads(window, monkeypatch)
    window.reload()
    read.clear()
    assert built(window) == {"overview"}
    focus = QApplication.focusWidget()
    left_alone(window)
    assert built(window) == set(PAGE_IDS)
    assert window.page_id() == "overview"
    assert QApplication.focusWidget() is focus
    assert read == OTHERS
    for page_id in OTHERS:
        window.open_page(page_id)
        at_rest(window)
    assert read == OTHERS


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("page_id", OTHERS)
def test_a_page_built_ahead_is_the_page_built_at_once(window: MainWindow, page_id: str) -> None:
    wanted = built_at_once(window, page_id)
    window.go_to("overview")
    window.reload()
    left_alone(window)
    window.open_page(page_id)
    at_rest(window)
    assert window.page_id() == page_id
    assert looks(window.page(page_id)) == wanted
    assert len(wanted) > 20


@pytest.mark.usefixtures("soon")
def test_the_window_is_at_rest_meanwhile(window: MainWindow) -> None:
    window.ahead.begin()
    settle(lambda: "plan" in built(window))
    settle(lambda: window.at_rest)  # the plan looks for what there is to say about it, beside the window
    assert not window.ahead.done


def of_a_key(window: MainWindow) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)


def of_a_click(window: MainWindow) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(
        handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, window.rect().center()
    )


@pytest.mark.parametrize("act", [of_a_key, of_a_click])
def test_it_waits_because(
    act: Callable[[MainWindow], None], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is built until it is quiet again; then it goes on where it stopped."""
    monkeypatch.setattr(ahead, "QUIET", 10)
    window.ahead.begin()
    settle(lambda: "plan" in built(window))
    plan = window.page("plan")
    monkeypatch.setattr(ahead, "QUIET", 700)
    act(window)
    before = built(window)
    go_on_for(0.3)
    assert built(window) == before
    assert len(before) < len(PAGE_IDS)
    monkeypatch.setattr(ahead, "QUIET", 10)
    settle(lambda: window.ahead.done, 30.0)
    assert built(window) == set(PAGE_IDS)
    assert window.page("plan") is plan


@pytest.mark.usefixtures("soon")
def test_it_waits_for_an_edit_that_is_being_saved(window: MainWindow) -> None:
    go = threading.Event()

    def write() -> Changes:
        go.wait(30.0)
        return Changes()

    window.edits.save(write)
    window.ahead.begin()
    try:
        go_on_for(0.3)
        assert built(window) == {"overview"}
    finally:
        go.set()
    settle(lambda: window.ahead.done, 30.0)
    assert built(window) == set(PAGE_IDS)


@pytest.mark.usefixtures("soon")
def test_it_waits_while_a_list_is_open(window: MainWindow) -> None:
    menu = QMenu(window)
    menu.addAction("Mục")
    menu.popup(window.mapToGlobal(window.rect().center()))
    window.ahead.begin()
    go_on_for(0.3)
    assert built(window) == {"overview"}
    menu.close()
    settle(lambda: window.ahead.done, 30.0)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("where", ["__init__", "build", "fit", "read"])
def test_a_page_at_fault_says_so_only_when_it_is_visited(
    where: str, window: MainWindow, hook: CrashReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = type(window.page("evidence"))
    window.reload()
    with monkeypatch.context() as broken:
        broken.setattr(page, where, slip_of("built"))
        left_alone(window)
        assert built(window) == {*PAGE_IDS} - {"evidence"}
        window.open_page("evidence")
        at_rest(window)
        assert isinstance(window.page("evidence"), CrashedPage)
    window.reload()
    with monkeypatch.context() as broken:
        broken.setattr(page, where, slip_of("built"))
        left_alone(window)
    window.open_page("evidence")
    at_rest(window)
    assert type(window.page("evidence")) is page


@pytest.mark.usefixtures("soon")
def test_another_year_builds_them_anew(window: MainWindow) -> None:
    left_alone(window)
    plan = window.page("plan")
    window.reload()
    settle(lambda: window.ahead.done and "plan" in built(window), 30.0)
    assert window.page("plan") is not plan


@pytest.mark.usefixtures("soon")
def test_what_is_saved_meanwhile_stands_on_the_page(window: MainWindow) -> None:
    context = window.context
    left_alone(window)
    piece = evidence.all_evidence(context.profile, context.round_id)[0]
    record = replace(piece.record, number="78/BC-MOI")
    window.edits.save(lambda: evidence.update_record(context.profile, piece.id, record))
    at_rest(window)
    window.open_page("evidence")
    at_rest(window)
    assert "78/BC-MOI" in [one.record.number for one in window.page("evidence").rows.all]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("soon")
def test_what_was_read_ahead_is_read_again_when_a_setting_was_written(window: MainWindow) -> None:
    """No `Changes` tell of it."""
    profile = window.context.profile
    left_alone(window)
    submissions.set_email_limit(profile, 7 * MEGABYTE)
    for page_id in ("submit", "settings"):
        window.open_page(page_id)
        at_rest(window)
    assert window.page("submit").found.readiness.email_limit == 7 * MEGABYTE  # type: ignore[attr-defined]
    assert window.page("settings").limits._email.value() == 7  # type: ignore[attr-defined]


@pytest.mark.usefixtures("soon")
def test_what_was_read_ahead_is_read_again_on_another_day(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reads(window, monkeypatch)
    window.reload()
    left_alone(window)
    read.clear()
    day = window.context.today() + timedelta(days=1)
    window.context.today = lambda: day
    for page_id in ("plan", "submit"):
        window.open_page(page_id)
        at_rest(window)
    assert read == ["plan", "submit"]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("page_id", ["submit", "settings"])
def test_no_keyring_is_asked_before_somebody_comes_to_the_page(
    page_id: str, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may ask for its password, and nobody would know why."""
    asked: list[str] = []

    def ask(_room: KeyRoom) -> KeyStatus:
        asked.append("key")
        return KeyStatus(KeyState.LOCKED, reason=message("trust.keyring_shut"))

    monkeypatch.setattr(KeyRoom, "status", ask)
    left_alone(window)
    settle(lambda: window.at_rest)
    assert not asked
    window.open_page(page_id)
    at_rest(window)
    assert asked
    told = {"submit": lambda page: page.found.key.reason.id, "settings": lambda page: page.key._why.text()}
    wanted = {"submit": "trust.keyring_shut", "settings": text("trust.keyring_shut")}
    assert told[page_id](window.page(page_id)) == wanted[page_id]


@pytest.mark.usefixtures("soon")
def test_closing_stops_it(window: MainWindow) -> None:
    window.ahead.begin()
    window.close()
    assert window.ahead.done
    go_on_for(0.1)
    assert built(window) == {"overview"}
