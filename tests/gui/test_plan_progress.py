"""Progress on the plan's page, what the plan suggests on the scoring page, and what last year left over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.evidence import EvidenceLink, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Task, TaskState
from cchc_desktop.domain.plan_checks import Place
from cchc_desktop.domain.todo import TodoKind
from cchc_desktop.services import evidence, history, overview, packs, plan, rounds, scoring
from tests.gui.hands import press, settle, type_text
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.plan.page import Page
from ui.pages.plan.pick_list import PickList
from ui.pages.plan.progress import ProgressStep
from ui.pages.scoring.page import Page as ScoringPage

ALT = Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 12, 7)
ROW = "ke_hoach_hoan_thanh"


def add_tasks(window: MainWindow, *dues: str) -> list[str]:
    """Tasks "Việc 1", "Việc 2", … of the first area, in turn of two rooms; their ids."""
    profile, round_id = window.context.profile, window.context.round_id
    made = []
    for number, due in enumerate(dues, start=1):
        lead = "Phòng Kinh tế (Lê Văn A)" if number % 2 else "Văn phòng"
        fields = {"title": f"Việc {number}", "product": "Báo cáo", "lead": lead, "due": due}
        made.append(plan.add_task(profile, round_id, "direction", **fields)[1].id)
    return made


def opened(window: MainWindow, where: object = "progress") -> tuple[Page, ProgressStep]:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("plan", where)
    page = window.page("plan")
    assert isinstance(page, Page)
    settle(lambda: page.at_rest)
    step = page.step("progress")
    assert isinstance(step, ProgressStep)
    settle(lambda: step.rows.count() > 0)
    return page, step


def stored(window: MainWindow) -> dict[str, Task]:
    settle(lambda: window.edits.at_rest)
    found = plan.plan(window.context.profile, window.context.round_id).tasks
    return {task.title: task for task in found}


def said(window: MainWindow, title: str) -> tuple[TaskState, int | None, date | None]:
    task = stored(window)[title]
    return task.state, task.percent, task.done_on


def test_a_key_marks_the_chosen_tasks_as_one_step(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/10/2026", "Quý IV", "Thường xuyên")
    _page, step = opened(empty_window)
    step.table.go_to_cell(0, "state")
    step.table.selectAll()
    press(step.table, Qt.Key.Key_3, ALT)
    assert {said(empty_window, f"Việc {n}") for n in (1, 2, 3)} == {(TaskState.DONE, 100, TODAY)}
    settle(lambda: step.head.words()[1] == "3/3 nhiệm vụ hoàn thành")
    history.undo(empty_window.context.profile, empty_window.context.round_id)
    assert {said(empty_window, f"Việc {n}") for n in (1, 2, 3)} == {(TaskState.NOT_STARTED, None, None)}


def test_progress_is_typed_cell_by_cell(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/12/2026", "31/12/2026")
    _page, step = opened(empty_window)
    step.table.go_to_cell(0, "percent")
    type_text(step.table, "40")
    press(None, Qt.Key.Key_Return)
    assert said(empty_window, "Việc 1") == (TaskState.DOING, 40, None)
    assert step.rows.shown(0, "state") == "Đang thực hiện"
    step.table.go_to_cell(1, "done_on")
    type_text(step.table, "01/12/2026")
    press(None, Qt.Key.Key_Return)
    assert said(empty_window, "Việc 2") == (TaskState.DONE, 100, date(2026, 12, 1))


@pytest.mark.qt_log_ignore("does not support")
def test_a_state_is_known_by_the_beginning_of_its_name(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/12/2026")
    _page, step = opened(empty_window)
    step.rows.put(0, "state", "hoàn")
    assert said(empty_window, "Việc 1") == (TaskState.DONE, 100, TODAY)
    step.rows.put(0, "state", "gì đó")
    problem = step.rows.problem(0, "state")
    assert problem is not None and problem.mark is Mark.ERROR and "gì đó" in problem.advice
    assert said(empty_window, "Việc 1")[0] is TaskState.DONE


def test_what_is_no_percentage_stays_marked_and_out_of_the_plan(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/12/2026")
    _page, step = opened(empty_window)
    for typed in ("101", "-1", "4,5", "nhiều"):
        step.rows.put(0, "percent", typed)
        problem = step.rows.problem(0, "percent")
        assert problem is not None and problem.mark is Mark.ERROR and typed in problem.advice
    step.rows.put(0, "done_on", "31/02/2026")
    assert step.rows.problem(0, "done_on") is not None
    assert said(empty_window, "Việc 1") == (TaskState.NOT_STARTED, None, None)
    step.rows.put(0, "percent", "25%")
    assert step.rows.problem(0, "percent") is None
    assert said(empty_window, "Việc 1") == (TaskState.DOING, 25, None)


def shown(step: ProgressStep) -> list[str]:
    return [line.task.title for line in step.rows.lines]


def test_filters_narrow_by_standing_and_room_and_keep_what_was_just_marked(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/10/2026", "31/10/2026", "15/12/2026", "Thường xuyên")
    _page, step = opened(empty_window)
    step.filters.set_value("late")
    assert shown(step) == ["Việc 1", "Việc 2"]
    assert step.rows.shown(0, "due") == "31/10/2026\ntrễ 37 ngày"  # 31 October to 7 December
    step.table.go_to_cell(0, "state")
    press(step.table, Qt.Key.Key_3, ALT)
    settle(lambda: step.head.words()[1] == "1/4 nhiệm vụ hoàn thành")
    assert shown(step) == ["Việc 1", "Việc 2"], "the marked task stays until the filter is changed"
    step.filters.set_value("near")
    assert shown(step) == ["Việc 3"]
    step.show_tasks(room="Văn phòng")
    assert shown(step) == ["Việc 2", "Việc 4"]
    step.view.set_value("sums")
    sums = {line.shown.name: line for line in step.sums.by_room.lines()}
    assert {name: (line.shown.tally.done, line.shown.tally.total) for name, line in sums.items()} == {
        "Phòng Kinh tế": (1, 2),
        "Văn phòng": (0, 2),
    }
    sums["Phòng Kinh tế"].click()
    assert shown(step) == ["Việc 1", "Việc 3"]


def test_a_file_dropped_on_a_task_becomes_its_evidence(empty_window: MainWindow, tmp_path: Path) -> None:
    _first, second = add_tasks(empty_window, "31/12/2026", "31/12/2026")
    empty_window.context.dialogs.answers = [0]  # type: ignore[attr-defined]
    _page, step = opened(empty_window)
    file = tmp_path / "12-BC-UBND.txt"
    file.write_text("Báo cáo kết quả", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    where = step.table.visualRect(step.table.model().index(1, 2)).center()
    place, act = QPointF(where), Qt.DropAction.CopyAction
    held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(place, act, data, *held), QDropEvent(place, act, data, *held)):
        QApplication.sendEvent(step.table.viewport(), event)
        assert event.isAccepted()
    settle(lambda: hasattr(step.evidence, "adding") and step.evidence.adding.act.isEnabled(), 5.0)
    step.evidence.adding.act.click()
    profile, round_id = empty_window.context.profile, empty_window.context.round_id
    link = EvidenceLink(LinkKind.TASK, second)
    settle(lambda: len(evidence.evidence_of(profile, round_id, link)) == 1, 5.0)
    assert evidence.evidence_of(profile, round_id, link)[0].name == "12-BC-UBND.txt"
    settle(lambda: step.rows.shown(1, "evidence") == "1 tệp", 5.0)


def test_the_overviews_late_tasks_lead_to_the_late_ones(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "31/12/2026", "31/10/2026", "Quý I")
    profile, round_id = empty_window.context.profile, empty_window.context.round_id
    found = overview.todo(profile, round_id, TODAY)
    (late,) = (item for item in found if item.kind is TodoKind.LATE_TASKS)
    assert isinstance(late.where.place, Place)
    _page, step = opened(empty_window, late.where.place)
    assert shown(step) == ["Việc 2", "Việc 3"]
    assert step.rows.lines[step.table.row()].task.title == "Việc 3"


def test_a_tasks_history_tells_only_of_it(empty_window: MainWindow) -> None:
    first, second = add_tasks(empty_window, "31/12/2026", "31/12/2026")
    profile, round_id = empty_window.context.profile, empty_window.context.round_id
    plan.update_task(profile, second, title="Việc khác")
    _page, step = opened(empty_window)
    step.table.go_to_cell(0, "state")
    step.set_state(TaskState.DONE)
    settle(lambda: empty_window.edits.at_rest)
    entries = history.entries_of(profile, round_id, (first,))
    assert [len(entry.details) > 0 for entry in entries] == [True, True]
    changed = {(str(detail.field.id), detail.old, detail.new) for detail in entries[0].details}
    assert changed == {
        ("history.field_state", "Chưa thực hiện", "Hoàn thành"),
        ("history.field_percent", "", "100"),
        ("history.field_done_on", "", "07/12/2026"),
    }


# What the plan suggests


def scoring_page(window: MainWindow) -> ScoringPage:
    window.go_to("scoring", ROW)
    page = window.page("scoring")
    assert isinstance(page, ScoringPage)
    settle(lambda: page.row_pane.suggestions.at_rest)
    return page


def entered(window: MainWindow) -> object:
    settle(lambda: window.edits.at_rest)
    return scoring.sheet(window.context.profile, window.context.round_id).answer(ROW).entry


def test_a_suggestion_is_taken_over_as_an_edit_and_undone(empty_window: MainWindow) -> None:
    ids = add_tasks(empty_window, "Quý I", "Quý II", "Quý III", "Quý IV")
    profile = empty_window.context.profile
    for id_ in ids[:3]:
        plan.update_task(profile, id_, state=TaskState.DONE, percent=100, done_on=date(2026, 9, 1))
    page = scoring_page(empty_window)
    bar = page.row_pane.suggestion
    settle(lambda: bool(bar.words()))
    assert bar.words() == "Gợi ý: 3/4 nhiệm vụ hoàn thành — theo kế hoạch năm 2026"
    assert entered(empty_window) is None
    bar._pressed()
    assert entered(empty_window) == {"numerator": "3", "denominator": "4"}
    assert bar.words() == "", "what is entered already is not offered"
    assert page.row_pane.figures.points_shown() == "0,00"  # 75 % is below the threshold of 80 %
    page.actions_.undo()
    assert entered(empty_window) is None
    settle(lambda: bool(bar.words()))


def test_a_suggestion_follows_the_plan(empty_window: MainWindow) -> None:
    first, _second = add_tasks(empty_window, "Quý I", "Quý II")
    page = scoring_page(empty_window)
    bar = page.row_pane.suggestion
    settle(lambda: "0/2" in bar.words())
    _plan_page, step = opened(empty_window)
    step.table.go_to_cell(0, "state")
    step.set_state(TaskState.DONE)
    settle(lambda: empty_window.edits.at_rest)
    assert plan.plan(empty_window.context.profile, empty_window.context.round_id).tasks[0].id == first
    scoring_page(empty_window)
    settle(lambda: "1/2" in bar.words())


# What last year left over


def test_unfinished_tasks_of_last_year_are_offered_as_chosen(window: MainWindow) -> None:
    profile, old = window.context.profile, window.context.round
    criteria, template = packs.for_unit_kind(old.unit.kind, 2026)
    assert isinstance(criteria, PackRef)
    _changes, new = rounds.start_year(profile, 2027, old.id, criteria, template)
    ((_earlier, left),) = plan.left_over(profile, new.id)
    window.context.reload(new.id)
    settle(lambda: not window.work.running)
    window.go_to("plan", "direction")
    page = window.page("plan")
    assert isinstance(page, Page)
    settle(lambda: bool(page.last_year.words()))
    assert page.last_year.words().startswith(f"Kế hoạch năm 2026 còn {len(left)} nhiệm vụ chưa hoàn thành")

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PickList)
        source, keys = dialog.chosen()
        assert (source, set(keys)) == (old.id, {task.id for task in left})
        dialog.accept()

    QTimer.singleShot(0, choose)
    page.last_year._pressed()
    settle(lambda: window.edits.at_rest)
    copied = plan.plan(profile, new.id).tasks
    assert [task.carried_from for task in copied] == [2026] * len(left)
    settle(lambda: not page.last_year.words())


def test_a_contradiction_is_a_warning_that_leads_to_its_cell(empty_window: MainWindow) -> None:
    first, second = add_tasks(empty_window, "31/12/2026", "15/03/2026, 15/06/2026")
    plan.update_task(empty_window.context.profile, second, percent=80, state=TaskState.DONE)
    page, step = opened(empty_window)
    assert step.rows.problem(1, "percent") is not None
    assert step.rows.shown(1, "due") == "15/03/2026, 15/06/2026", "figures are never cut"
    step.view.set_value("sums")
    found = {check.finding.place.column: check for check in page.checks.checks()}
    page.go_to(found["percent"].finding.place)
    assert step.view.value() == "tasks"
    index = step.table.currentIndex()
    assert (index.row(), step.rows.columns[index.column() - 1].key) == (1, "percent")
    assert stored(empty_window)["Việc 2"].percent == 80, "nothing is put right silently"
    assert stored(empty_window)["Việc 1"].id == first
