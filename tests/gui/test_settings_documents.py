"""Thiết lập: which template the unit's documents are worded by, where the office sent one of its own."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt

from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.services import document_templates, form_packs
from cchc_desktop.services.profile import Profile
from tests.gui.hands import AnsweringDialogs, press, settle
from ui.main_window import MainWindow
from ui.pages.settings.documents_panel import DocumentsPanel


def own_template(folder: Path) -> Path:
    book = document_templates.write_workbook(folder / "mau.xlsx")
    workbook = openpyxl.load_workbook(book)
    workbook["Trình bày"]["C4"].value = 35
    workbook.save(book)
    return book


def test_a_template_of_the_office_can_be_chosen_and_left(
    empty_profile: Profile, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    window = MainWindow(empty_profile, dialogs, remember=False)
    window.show()
    window.go_to("settings")
    settle(lambda: window.at_rest)
    page = window.page("settings")
    panel = page.findChild(DocumentsPanel)
    assert panel is not None and not panel.isVisible(), "there is nothing to choose"

    info = form_packs.take(empty_profile, own_template(tmp_path))
    page.forms.refresh_all()  # type: ignore[attr-defined]
    settle(lambda: window.at_rest)
    assert panel.isVisible()
    choices = [panel.template.itemText(row) for row in range(panel.template.count())]
    assert choices[0] == "Mẫu mới nhất của đơn vị" and info.title in choices and len(choices) == 3
    assert panel.template.value() == ""

    panel.template.setFocus()
    press(panel.template, Qt.Key.Key_Down)
    settle(lambda: window.at_rest)
    first = panel.template.value()
    assert document_templates.in_use(empty_profile, UnitKind.COMMUNE).id == first != ""

    panel.refresh(None)
    settle(lambda: window.at_rest)
    assert panel.template.value() == first
    press(panel.template, Qt.Key.Key_Up)
    settle(lambda: window.at_rest)
    assert document_templates.choice(empty_profile, UnitKind.COMMUNE)[1] == ""
    assert document_templates.in_use(empty_profile, UnitKind.COMMUNE) == info.ref, "the unit's own is newest"
    window.close()
