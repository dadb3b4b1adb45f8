"""What lies deeper than a page's first sight: the entries of menus, the tools of each step of the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from tests.gui.hands import AnsweringDialogs, press, settle
from tests.gui.test_actions import Watch, actions, modal_dialogs, name, picture
from ui.main_window import MainWindow
from ui.pages.plan.page import Page as PlanPage
from ui.pages.plan.progress import ProgressStep
from ui.pages.plan.step import Step
from ui.pages.plan.table_step import TableStep
from ui.pages.scoring.page import Page as ScoringPage

__all__ = ["modal_dialogs"]


def came_of_it(window: MainWindow, watch: Watch, act: Callable[[], object]) -> bool:
    """Whether anything at all changed or opened. What opened is closed again."""
    before = (picture(window), watch.state())
    act()
    settle(lambda: not window.work.running and window.edits.at_rest, 60.0)
    opened = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]
    for top in opened:
        top.close()
    return bool(opened) or (picture(window), watch.state()) != before


def entries(opener: QAbstractButton) -> tuple[QMenu, list[QAction]]:
    """The menu that this button opens, and what can be chosen in it."""
    opener.click()
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu, [entry for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "least"), [(1366, 6), (860, 6)])
def test_every_entry_of_every_menu_does_something(
    window: MainWindow, dialogs: AnsweringDialogs, modal_dialogs: list[str], width: int, least: int
) -> None:
    """In a narrow window the confirmation and the exports move into the menu."""
    window.resize(width, 768)
    window.go_to("scoring")
    page = window.page("scoring")
    assert isinstance(page, ScoringPage)
    settle(lambda: not window.work.running)
    watch = Watch(window, dialogs)
    watch.modal = modal_dialogs
    idle, tried = [], []
    for opener in (page.actions_.export_button, page.actions_.more_button):
        if not opener.isVisible():
            continue
        menu, found = entries(opener)
        menu.close()
        for at in range(len(found)):
            page.note.hush()
            menu, found = entries(opener)
            words = found[at].text()
            tried.append(words)
            menu.setActiveAction(found[at])
            if not came_of_it(window, watch, lambda menu=menu: press(menu, Qt.Key.Key_Return)):
                idle.append(words)
    assert idle == []
    assert len(tried) >= least and len(set(tried)) == len(tried)


def into_the_middle(step: Step) -> None:
    """On the second line a line can go up and down; progress shows its tasks again."""
    if isinstance(step, ProgressStep):
        step.view.set_value("tasks")
    if isinstance(step, TableStep):
        step.table.go_to_cell(min(1, step.rows.count() - 1))
        settle()


@pytest.mark.slow
def test_every_tool_of_every_step_of_the_plan_does_something(
    window: MainWindow,
    dialogs: AnsweringDialogs,
    modal_dialogs: list[str],
) -> None:
    window.go_to("plan")
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    watch = Watch(window, dialogs)
    watch.modal = modal_dialogs
    idle, tried = [], 0
    for key in page.steps.keys():  # noqa: SIM118 - a tree, no dictionary
        page.open_step(key)
        settle(lambda: not window.work.running)
        step = page.step(key)
        into_the_middle(step)
        tools = [made for made in actions(window) if step.isAncestorOf(made)]
        tried += len(tools)
        for tool in tools:
            into_the_middle(step)
            if not tool.isEnabled():
                assert tool.toolTip(), f"{key}: {name(tool)} is off and does not say why"
                continue
            tool.setFocus()
            settle()
            if not came_of_it(window, watch, tool.click):
                idle.append(f"{key}: {name(tool)}")
    assert idle == []
    assert tried > 2 * len(page.steps.keys())
