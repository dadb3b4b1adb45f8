"""The button "Xuất văn bản" in the plan's head: each document of the plan, to look at or to save.

To add a document: a line in PRINTED, its words in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text
from ui.preview import preview, save_document
from ui.widgets.button import Button

if TYPE_CHECKING:
    from ui.pages.plan.page import Page

# Its words, the form that is looked at, and the forms it is saved in (of services.documents.DocumentKind).
PRINTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("plan", "plan_pdf", ("plan_pdf", "plan_docx")),
    ("decision", "decision_pdf", ("decision_pdf", "decision_docx")),
    ("letter", "letter_pdf", ("letter_pdf", "letter_docx")),
    ("tasks", "", ("tasks_xlsx",)),
)


def export_button(page: Page) -> Button:
    button = Button(text("plan_export.button"), icon="download")
    button.set_help(text("plan_export.button_help"))

    def open_menu() -> None:
        menu = export_menu(page, button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        right = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    button.clicked.connect(open_menu)
    return button


def export_menu(page: Page, parent: Button) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(parent.text())
    for number, (name, seen, saved) in enumerate(PRINTED):
        if number:
            menu.addSeparator()
        words = text(f"plan_export.{name}")
        if seen:
            _add(menu, text("plan_export.look", name=words), partial(show, page, seen))
        for kind in saved:
            form = text(f"plan_export.form_{kind.rpartition('_')[2]}")
            _add(menu, text("plan_export.save", name=words, form=form), partial(save, page, kind))
    return menu


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> None:
    menu.addAction(words).triggered.connect(lambda _checked=False: act())


def show(page: Page, kind: str) -> None:
    """Write the document and open it in the system's viewer."""
    page.commit()
    preview(page.context, _name(page, kind), _writer(page, kind))


def save(page: Page, kind: str) -> None:
    """Ask where to, and write it there."""
    page.commit()
    ending = kind.rpartition("_")[2]
    save_document(page.context, text("plan_export.heading"), _name(page, kind), ending, _writer(page, kind))


def _name(page: Page, kind: str) -> str:
    from cchc_desktop.services.documents import DocumentKind, file_name

    return file_name(page.context.profile, page.plan_id, DocumentKind(kind))


def _writer(page: Page, kind: str) -> Callable[[Path, Progress], object]:
    from cchc_desktop.services.documents import DocumentKind, write

    profile, plan_id = page.context.profile, page.plan_id
    return lambda path, progress: write(profile, plan_id, DocumentKind(kind), path, progress)
