"""The button "Phòng, bộ phận" in the plan's head: hand out, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from cchc_desktop.language import text
from ui.pages.plan.rooms_desk import RoomsDesk
from ui.widgets.button import Button

if TYPE_CHECKING:
    from ui.pages.plan.page import Page


def rooms_button(page: Page) -> Button:
    desk = RoomsDesk(page, drops=True)
    button = Button(text("rooms_page.button"), icon="building-2")
    button.set_help(text("rooms_page.button_help"))

    def open_menu() -> None:
        menu = QMenu(button)
        menu.setAccessibleName(button.text())
        menu.addAction(text("rooms_page.menu_out")).triggered.connect(lambda: desk.hand_out(page.plan_id))
        menu.addAction(text("rooms_page.menu_in")).triggered.connect(desk.take_back)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        right = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    button.clicked.connect(open_menu)
    if page.context.read_only:
        button.set_blocked(text("rooms_page.read_only"))
    return button
