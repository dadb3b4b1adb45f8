"""The plan's page: a table with HTKK's keys whose every cell ends up in the plan, checks that jump, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanIssue, Task
from cchc_desktop.domain.plan_checks import Place
from cchc_desktop.services import packs, rounds
from cchc_desktop.services import plan as plans
from cchc_desktop.services.documents import DocumentKind, file_name
from tests.gui.hands import AnsweringDialogs, button, press, settle, type_text
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.plan.issue_step import IssueStep
from ui.pages.plan.page import Page
from ui.pages.plan.pick_list import PickList
from ui.pages.plan.targets_step import TargetsStep
from ui.pages.plan.tasks_step import TasksStep
from ui.pages.plan.text_step import TextStep

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
DEPARTMENTS = ("Văn phòng HĐND và UBND", "Phòng Kinh tế")


def opened(window: MainWindow, where: str) -> Page:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("plan", where)
    page = window.page("plan")
    assert isinstance(page, Page)
    settle(lambda: page.at_rest)
    return page


def tasks_step(page: Page, area: str) -> TasksStep:
    step = page.step(f"area:{area}")
    assert isinstance(step, TasksStep)
    return step


def written(window: MainWindow) -> Plan:
    """The plan on the disk, once everything that was typed is there."""
    settle(lambda: window.edits.at_rest)
    return plans.plan(window.context.profile, window.context.round_id)


def saved(window: MainWindow, area: str) -> tuple[Task, ...]:
    return written(window).area_tasks(area)


def add_tasks(window: MainWindow, area: str, *titles: str) -> None:
    profile, round_id = window.context.profile, window.context.round_id
    for title in titles:
        plans.add_task(
            profile, round_id, area, title=title, product="Báo cáo", lead=DEPARTMENTS[0], due="Quý II"
        )


def round_criteria(window: MainWindow) -> CriteriaSet:
    of_round = window.context.round
    return packs.criteria_set(PackRef(of_round.criteria_id, of_round.criteria_version))


SUGGESTIONS = pytest.mark.qt_log_ignore("does not support")
"""Offscreen windows say this when the list of suggestions opens."""


@SUGGESTIONS
def test_a_task_is_typed_cell_by_cell_into_the_last_row(empty_window: MainWindow) -> None:
    page = opened(empty_window, "procedures")
    table = tasks_step(page, "procedures").table
    table.go_to_cell(0)
    for words in ("Rà soát thủ tục hành chính nội bộ", "Báo cáo rà soát", "Phòng Kinh tế", "Công an xã"):
        type_text(table, words)
        press(None, Qt.Key.Key_Return)
    type_text(table, "30/06/2026")
    press(None, Qt.Key.Key_Return)
    for words in ("12,5", "Chi thường xuyên", "3.1.1"):
        type_text(table, words)
        press(None, Qt.Key.Key_Return)
    (task,) = saved(empty_window, "procedures")
    linked = {node.code: node.key for node in round_criteria(empty_window).nodes}
    assert (task.cost_source, task.criteria) == ("Chi thường xuyên", (linked["3.1.1"],))
    assert (task.title, task.product) == ("Rà soát thủ tục hành chính nội bộ", "Báo cáo rà soát")
    assert (task.lead, task.coworkers) == ("Phòng Kinh tế", "Công an xã")
    assert (task.due, task.cost) == ("30/06/2026", Decimal("12.5"))
    assert (table.row(), table.currentIndex().column()) == (1, 1), "Enter goes on to the next row"


def test_typing_is_saved_without_leaving_the_cell(empty_window: MainWindow) -> None:
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(0)
    type_text(table, "Ban hành kế hoạch")
    settle(lambda: bool(saved(empty_window, "direction")), 2.0)
    editor = QApplication.focusWidget()
    assert editor is not None and editor is not table, "saving leaves the cell open"
    type_text(editor, " năm 2026")
    settle(lambda: saved(empty_window, "direction")[0].title == "Ban hành kế hoạch năm 2026", 2.0)
    assert len(saved(empty_window, "direction")) == 1, "one record, however often it was saved"


def test_a_cost_that_is_no_number_stays_marked_and_out_of_the_plan(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "finance", "Công khai ngân sách")
    step = tasks_step(opened(empty_window, "finance"), "finance")
    step.table.edit_cell(0, "cost")
    type_text(step.table, "nhiều lắm")
    press(None, Qt.Key.Key_Return)
    assert saved(empty_window, "finance")[0].cost is None
    problem = step.rows.problem(0, "cost")
    assert problem is not None and problem.mark is Mark.ERROR and "nhiều lắm" in problem.advice
    assert step.rows.shown(0, "cost") == "nhiều lắm"
    step.table.edit_cell(0, "cost")
    type_text(step.table, "0")
    press(None, Qt.Key.Key_Return)
    assert saved(empty_window, "finance")[0].cost == Decimal(0)
    assert step.rows.problem(0, "cost") is None


def test_f5_adds_a_line_below_the_current_one(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một", "Ba")
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(0)
    press(table, Qt.Key.Key_F5)
    type_text(table, "Hai")
    press(None, Qt.Key.Key_Return)
    assert [task.title for task in saved(empty_window, "direction")] == ["Một", "Hai", "Ba"]


def test_f6_asks_first_and_undo_brings_the_tasks_back(
    empty_window: MainWindow, dialogs: AnsweringDialogs
) -> None:
    add_tasks(empty_window, "direction", "Một", "Hai", "Ba")
    page = opened(empty_window, "direction")
    table = tasks_step(page, "direction").table
    table.go_to_cell(0)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_F6)
    assert dialogs.asked == [("ask", "Xóa 2 nhiệm vụ?")]
    assert len(saved(empty_window, "direction")) == 3, "stepping back keeps them"
    dialogs.answers = [True]
    press(table, Qt.Key.Key_F6)
    assert [task.title for task in saved(empty_window, "direction")] == ["Ba"]
    press(table, Qt.Key.Key_Z, CONTROL)
    settle(lambda: len(saved(empty_window, "direction")) == 3)
    settle(lambda: table.model().rowCount() == 4)
    assert [task.title for task in saved(empty_window, "direction")] == ["Một", "Hai", "Ba"]


def test_alt_and_arrows_move_a_line(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một", "Hai", "Ba")
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(2)
    press(table, Qt.Key.Key_Up, ALT)
    press(table, Qt.Key.Key_Up, ALT)
    assert [task.title for task in saved(empty_window, "direction")] == ["Ba", "Một", "Hai"]
    assert table.row() == 0
    press(table, Qt.Key.Key_Down, ALT)
    assert [task.title for task in saved(empty_window, "direction")] == ["Một", "Ba", "Hai"]


def test_the_lead_is_offered_from_the_units_rooms(window: MainWindow) -> None:
    rooms = window.context.round.unit.departments
    assert rooms
    step = tasks_step(opened(window, "direction"), "direction")
    lead = next(column for column in step.rows.columns if column.key == "lead")
    assert lead.suggestions is not None
    offered = tuple(lead.suggestions())
    assert offered[: len(rooms)] == rooms
    head = window.context.round.unit.head
    assert offered[len(rooms)] == f"{head.name}, {head.title}", "people come behind the rooms"


def test_checks_jump_to_the_cell(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Giao ban hằng tháng")
    (task,) = saved(empty_window, "direction")
    plans.update_task(empty_window.context.profile, task.id, lead="", due="28/02/2027")
    page = opened(empty_window, "procedures")
    press(page, Qt.Key.Key_F9)
    settle(lambda: page.at_rest)
    found = page.checks.checks()
    places = {one.finding.place.column: one for one in found if one.finding.place.task_id == task.id}
    assert set(places) == {"lead", "due"}
    assert places["lead"].place == "A, dòng 1, cột (4)"
    assert page.checks.isVisible() and QApplication.focusWidget() is page.checks.list
    page.checks.list.choose(found.index(places["due"]))
    press(page.checks.list, Qt.Key.Key_Return)
    step = tasks_step(page, "direction")
    assert step.table.hasFocus() and step.table.row() == 0
    assert step.rows.columns[step.table.currentIndex().column() - 1].key == "due"
    assert step.rows.problem(0, "lead").words == "Chưa chọn"  # type: ignore[union-attr]


def test_f7_goes_from_error_to_error(empty_window: MainWindow) -> None:
    page = opened(empty_window, "direction")
    errors = [one for one in page.checks.checks() if one.mark is Mark.ERROR]
    assert len(errors) >= 2
    seen = []
    for _ in range(len(errors) + 1):
        press(page, Qt.Key.Key_F7)
        seen.append(page.checks.list.currentIndex().row())
    assert seen[0] == seen[-1], "after the last error comes the first"
    assert len(set(seen)) == len(errors)


def test_mending_takes_the_finding_away(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Giao ban hằng tháng")
    (task,) = saved(empty_window, "direction")
    plans.update_task(empty_window.context.profile, task.id, product="")
    page = opened(empty_window, "direction")
    step = tasks_step(page, "direction")
    assert step.rows.problem(0, "product").mark is Mark.NO_EVIDENCE  # type: ignore[union-attr]
    step.table.edit_cell(0, "product")
    type_text(step.table, "Biên bản giao ban")
    press(None, Qt.Key.Key_Return)
    settle(lambda: step.rows.problem(0, "product") is None)


def picking(act: Callable[[PickList], None]) -> None:
    """What the user does in the list that is about to open."""

    def hands() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PickList)
        act(dialog)

    QTimer.singleShot(0, hands)


def test_tasks_are_taken_from_the_template(empty_window: MainWindow) -> None:
    page = opened(empty_window, "institutions")
    template = written(empty_window).template
    wanted = [task for task in template.tasks if task.area == "institutions"]

    def choose(dialog: PickList) -> None:
        assert set(dialog.options()) == {task.key for task in wanted}, "the open area's first"
        for option in list(dialog.options().values())[:2]:
            option.click()
        dialog.take.click()

    picking(choose)
    tasks_step(page, "institutions").more_button.click()
    settle(lambda: len(saved(empty_window, "institutions")) == 2)
    assert [task.preset for task in saved(empty_window, "institutions")] == [task.key for task in wanted[:2]]
    assert all(task.title and task.lead and task.due for task in saved(empty_window, "institutions"))
    picking(lambda dialog: (untaken.extend(dialog.options()), dialog.back.click()))
    untaken: list[str] = []
    tasks_step(page, "institutions").more_button.click()
    assert untaken == [task.key for task in wanted[2:]], "what was taken is not offered again"


def test_last_years_tasks_come_with_this_years_dates(empty_window: MainWindow) -> None:
    profile, old = empty_window.context.profile, empty_window.context.round
    plans.add_task(
        *(profile, old.id, "direction"),
        title="Ban hành kế hoạch năm 2026 theo Chương trình ngày 01/02/2026",
        product="Kế hoạch",
        lead="Văn phòng",
        due="28/02/2026",
        cost=Decimal(5),
    )
    packs = (old.criteria_id, old.criteria_version), (old.plan_template_id, old.plan_template_version)
    _changes, new = rounds.start_year(profile, 2027, old.id, PackRef(*packs[0]), PackRef(*packs[1]))
    empty_window.reload(new.id)
    page = opened(empty_window, "direction")

    def choose(dialog: PickList) -> None:
        dialog.source.set_value(old.id)
        dialog.source.chosen.emit(old.id)
        assert len(dialog.options()) == 1
        (option,) = dialog.options().values()
        assert option.isChecked(), "what was left unfinished is offered as chosen"
        dialog.take.click()

    picking(choose)
    tasks_step(page, "direction").more_button.click()
    settle(lambda: len(saved(empty_window, "direction")) == 1)
    (task,) = saved(empty_window, "direction")
    assert task.title == "Ban hành kế hoạch năm 2027 theo Chương trình ngày 01/02/2026"
    assert (task.due, task.cost, task.lead) == ("28/02/2027", Decimal(5), "Văn phòng")


@SUGGESTIONS
def test_targets_are_typed_with_their_area(empty_window: MainWindow) -> None:
    page = opened(empty_window, "targets")
    step = page.step("targets")
    assert isinstance(step, TargetsStep)
    step.table.go_to_cell(0)
    for words in ("Tỷ lệ hồ sơ đúng hạn", "thủ tục", "%", "97,2", "98"):
        type_text(step.table, words)
        press(None, Qt.Key.Key_Return)
    (target,) = written(empty_window).targets
    assert (target.title, target.area, target.unit) == ("Tỷ lệ hồ sơ đúng hạn", "procedures", "%")
    assert (target.baseline, target.value) == ("97,2", "98")
    settle(lambda: step.rows.shown(0, "area") == "B.2 Thủ tục hành chính")


def test_a_text_section_keeps_what_is_written_and_gives_the_standing_text_back(
    empty_window: MainWindow, dialogs: AnsweringDialogs
) -> None:
    page = opened(empty_window, "purpose")
    step = page.step("purpose")
    assert isinstance(step, TextStep)
    standing = step.section.text
    assert step.text.value() == standing != ""
    step.text.selectAll()
    type_text(step.text, "Mục đích của xã Ẳng Tở.")
    empty_window.go_to("overview")
    assert written(empty_window).texts["purpose"] == "Mục đích của xã Ẳng Tở."
    page = opened(empty_window, "purpose")
    dialogs.answers = [True]
    step.standing.click()
    settle(lambda: written(empty_window).text_of(step.section) == standing)
    assert step.text.value() == standing


def test_number_and_date_of_issue(empty_window: MainWindow) -> None:
    page = opened(empty_window, "issue")
    step = page.step("issue")
    assert isinstance(step, IssueStep)
    type_text(step.number, "05/KH-UBND")
    type_text(step.issued_on, "12/2/2026")
    step.number.setFocus()
    assert written(empty_window).issue == PlanIssue("05/KH-UBND", date(2026, 2, 12))
    settle(lambda: page.steps.node("issue").mark is not Mark.OPEN)


@pytest.mark.parametrize("act", ["preview", "save"])
def test_the_document_is_shown_and_saved(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, act: str
) -> None:
    add_tasks(empty_window, "direction", "Giao ban hằng tháng")
    page = opened(empty_window, "issue")
    step = page.step("issue")
    assert isinstance(step, IssueStep)
    target = tmp_path / "Kế hoạch xã"
    if act == "save":
        dialogs.answers = [target, True]
    (button(page, "Xem trước") if act == "preview" else step.save).click()
    settle(lambda: any(kind == "open_path" for kind, _words in dialogs.asked))
    shown = Path(next(words for kind, words in dialogs.asked if kind == "open_path"))
    assert shown.read_bytes().startswith(b"%PDF-")
    if act == "save":
        assert shown == tmp_path / "Kế hoạch xã.pdf"
    else:
        assert shown.name == file_name(empty_window.context.profile, page.plan_id, DocumentKind.PLAN_PDF)


def test_a_place_from_elsewhere_opens_its_step(empty_window: MainWindow) -> None:
    page = opened(empty_window, "purpose")
    page.go_to(Place("citations"))
    assert isinstance(page.step("issue"), IssueStep)
    assert QApplication.focusWidget() is page.step("issue").citations  # type: ignore[attr-defined]


def test_an_archived_round_can_only_be_read(empty_window: MainWindow) -> None:
    from dataclasses import replace

    add_tasks(empty_window, "direction", "Một")
    empty_window.context.round = replace(empty_window.context.round, archived=True)
    step = tasks_step(opened(empty_window, "direction"), "direction")
    assert step.table.model().rowCount() == 1, "no empty row to type into"
    assert not any(button.isEnabled() for button in step.tools())
    step.table.go_to_cell(0)
    type_text(step.table, "Khác")
    assert [task.title for task in saved(empty_window, "direction")] == ["Một"]
