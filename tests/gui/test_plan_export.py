"""The menu of documents in the plan's head, and how the plan is issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from cchc_desktop.domain.plan import PlanForm, PlanIssue
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person
from cchc_desktop.services import plan as plans
from tests.documents.reading import flowing
from tests.gui.hands import AnsweringDialogs, button, settle, type_text
from ui.main_window import MainWindow
from ui.pages.plan.export_button import export_menu
from ui.pages.plan.issue_step import IssueStep
from ui.pages.plan.page import Page


def opened(window: MainWindow) -> Page:
    window.activateWindow()
    window.go_to("plan", "issue")
    page = window.page("plan")
    assert isinstance(page, Page)
    settle(lambda: page.at_rest)
    return page


def actions(page: Page) -> dict[str, QAction]:
    menu = export_menu(page, button(page, "Xuất văn bản"))
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def chosen(step: IssueStep, name: str, value: object) -> None:
    choice = getattr(step.fields, name)
    choice.set_value(value)
    choice.chosen.emit(value)


def test_the_menu_offers_every_document(empty_window: MainWindow) -> None:
    assert list(actions(opened(empty_window))) == [
        "Xem Kế hoạch",
        "Lưu Kế hoạch: PDF…",
        "Lưu Kế hoạch: Word…",
        "Xem Quyết định kèm kế hoạch",
        "Lưu Quyết định kèm kế hoạch: PDF…",
        "Lưu Quyết định kèm kế hoạch: Word…",
        "Xem Công văn gửi kế hoạch",
        "Lưu Công văn gửi kế hoạch: PDF…",
        "Lưu Công văn gửi kế hoạch: Word…",
        "Lưu Bảng nhiệm vụ và chỉ tiêu: Excel…",
    ]


@pytest.mark.parametrize(
    ("words", "ending", "start"),
    [
        ("Xem Công văn gửi kế hoạch", "pdf", b"%PDF-"),
        ("Lưu Quyết định kèm kế hoạch: Word…", "docx", b"PK\x03\x04"),
        ("Lưu Bảng nhiệm vụ và chỉ tiêu: Excel…", "xlsx", b"PK\x03\x04"),
    ],
)
def test_a_document_is_shown_or_saved(
    empty_window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    words: str,
    ending: str,
    start: bytes,
) -> None:
    page = opened(empty_window)
    if words.startswith("Lưu"):
        dialogs.answers = [tmp_path / "Văn bản", True]
    actions(page)[words].trigger()
    settle(lambda: any(kind == "open_path" for kind, _words in dialogs.asked))
    shown = Path(next(told for kind, told in dialogs.asked if kind == "open_path"))
    assert shown.suffix == f".{ending}"
    assert shown.read_bytes().startswith(start)
    if ending == "pdf":
        assert "V/v gửi Kế hoạch" in flowing(shown)


def test_how_the_plan_is_issued_is_kept_with_it(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    step = page.step("issue")
    assert isinstance(step, IssueStep)
    assert not step.fields.signer.isVisible()
    chosen(step, "form", PlanForm.DECISION)
    chosen(step, "signs_as", SignsAs.BY_ORDER)
    assert step.fields.signer.isVisible()
    type_text(step.fields.signer, "H'Yar Kbuôr")
    type_text(step.fields.signer_title, "Chánh Văn phòng")
    type_text(step.fields.letter_number, "17/UBND-VP")
    type_text(step.fields.letter_on, "12/2/2026")
    type_text(step.number, "05/QĐ-UBND")
    step.issued_on.setFocus()
    settle(lambda: empty_window.edits.at_rest)
    context = empty_window.context
    assert plans.plan(context.profile, context.round_id).issue == PlanIssue(
        number="05/QĐ-UBND",
        form=PlanForm.DECISION,
        signs_as=SignsAs.BY_ORDER,
        signer=Person("H'Yar Kbuôr", "Chánh Văn phòng"),
        letter_number="17/UBND-VP",
        letter_on=date(2026, 2, 12),
    )
    chosen(step, "signs_as", SignsAs.HEAD)
    settle(lambda: empty_window.edits.at_rest)
    assert plans.plan(context.profile, context.round_id).issue.signer == Person()
    settle(lambda: page.at_rest)
