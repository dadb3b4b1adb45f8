"""The menu of the chosen rows and cells: what the keys do, by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from cchc_desktop.language import text

if TYPE_CHECKING:
    from ui.pages.plan.table_step import TableStep


def row_menu(step: TableStep) -> QMenu:
    """Entries that can do nothing now are off."""
    menu = QMenu(step)
    free, rows = not step.context.read_only, step.chosen()
    cells = step.table.cells
    entries: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
        ("cut", "Ctrl+X", cells.cut, free and bool(rows)),
        ("copy", "Ctrl+C", cells.copy, bool(rows)),
        ("paste", "Ctrl+V", cells.paste, free),
        ("fill_down", "Ctrl+D", cells.fill_down, free and bool(rows)),
        ("", "", lambda: None, False),
        ("add", "F5", step.add_row, free),
        ("remove", "F6", step.remove_chosen, free and bool(rows)),
        ("up", "Alt+Up", lambda: step.move_chosen(-1), free and step.rows.can_move(rows, -1)),
        ("down", "Alt+Down", lambda: step.move_chosen(1), free and step.rows.can_move(rows, 1)),
    )
    for name, keys, act, on in entries:
        if not name:
            menu.addSeparator()
            continue
        action = menu.addAction(text(f"plan_page.menu_{name}"))
        action.setShortcut(QKeySequence(keys))
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False, act=act: act())
    areas = step.other_areas()
    if areas:
        below = menu.addMenu(text("plan_page.menu_area"))
        below.setEnabled(free and bool(rows))
        for key, name in areas:
            action = below.addAction(name)
            action.triggered.connect(lambda _checked=False, key=key: step.move_to_area(key))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
