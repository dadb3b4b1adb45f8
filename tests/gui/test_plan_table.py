"""The plan's table as people use Excel: paste, fill, drag, ticks, a calendar; the round's other plans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from cchc_desktop.domain.plan import Milestone, Plan
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.services import plan as service
from cchc_desktop.services import plan_rows
from cchc_desktop.services import plans as kinds
from tests.gui.hands import AnsweringDialogs, compose, press, settle, type_text
from tests.gui.test_plan_page import SUGGESTIONS, add_tasks, opened, saved, tasks_step, written
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.plan.new_plan import NewPlan
from ui.pages.plan.page import Page
from ui.pages.plan.paste_preview import PastePreview
from ui.pages.plan.row_menu import row_menu
from ui.widgets.edit_table import EditTable
from ui.widgets.table_drag import ROWS, RowDrag
from ui.widgets.table_popup import DayPicker, TickList

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def clipboard(words: str) -> None:
    QApplication.clipboard().setText(words)


def choose(table: EditTable, first: tuple[int, str], last: tuple[int, str]) -> None:
    """With Shift held, from one cell to another."""
    table.go_to_cell(*first)
    table.go_to_cell(*first)
    keys = [column.key for column in table._rows.columns]
    for _ in range(last[0] - first[0]):
        press(table, Qt.Key.Key_Down, SHIFT)
    for _ in range(keys.index(last[1]) - keys.index(first[1])):
        press(table, Qt.Key.Key_Right, SHIFT)


def test_a_block_from_excel_goes_in_as_one_change(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một")
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(0, "title")
    clipboard(
        'Một mới\tBáo cáo\r\n"Hai\r\ncó ""dòng"" và\ttab"\tKết quả\tPhòng Kinh tế\r\nBa\r\n'
        "Bo\u0302\u0301n\tBiên bản\t\t\tQuý II\t12,5\r\n"
    )
    press(table, Qt.Key.Key_V, CONTROL)
    tasks = saved(empty_window, "direction")
    assert [task.title for task in tasks] == ["Một mới", 'Hai\ncó "dòng" và tab', "Ba", "Bốn"]
    assert [task.product for task in tasks] == ["Báo cáo", "Kết quả", "", "Biên bản"]
    assert (tasks[0].lead, tasks[0].due) == ("Văn phòng HĐND và UBND", "Quý II"), "what was not pasted stays"
    assert (tasks[1].lead, tasks[3].due, tasks[3].cost) == ("Phòng Kinh tế", "Quý II", Decimal("12.5"))
    assert [task.position for task in tasks] == [1, 2, 3, 4]
    press(table, Qt.Key.Key_Z, CONTROL)
    settle(lambda: len(saved(empty_window, "direction")) == 1)
    assert saved(empty_window, "direction")[0].title == "Một", "one undo takes all of it back"


def test_what_cannot_be_kept_stays_marked_in_its_cell(empty_window: MainWindow) -> None:
    step = tasks_step(opened(empty_window, "direction"), "direction")
    step.table.go_to_cell(0, "title")
    clipboard(f"Một\tBáo cáo\tVăn phòng\t\tQuý I\tmười\t\t9.9.9\n{'x' * 10_001}\tDài\n{'y' * 10_000}\tVừa\n")
    press(step.table, Qt.Key.Key_V, CONTROL)
    one, long, fits = saved(empty_window, "direction")
    assert (one.cost, one.criteria, long.title, long.product) == (None, (), "", "Dài")
    assert fits.title == "y" * 10_000
    for row, key, said in ((0, "cost", "mười"), (0, "criteria", "9.9.9"), (1, "title", "x" * 10_001)):
        problem = step.rows.problem(row, key)
        assert problem is not None and problem.mark is Mark.ERROR, key
        assert step.rows.shown(row, key) == said, "nothing is lost"


def test_a_large_paste_is_shown_first(empty_window: MainWindow) -> None:
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(0, "title")
    clipboard("\n".join(f"Nhiệm vụ {n}\tBáo cáo {n}" for n in range(1, 61)))
    seen: list[tuple[int, bool]] = []

    def answer(take: bool) -> None:
        def hands() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, PastePreview)
            seen.append((dialog.table.model().rowCount(), dialog.left_out.isHidden()))
            (dialog.go if take else dialog.back).click()

        QTimer.singleShot(0, hands)
        press(table, Qt.Key.Key_V, CONTROL)

    answer(take=False)
    assert saved(empty_window, "direction") == ()
    answer(take=True)
    assert [task.title for task in saved(empty_window, "direction")] == [
        f"Nhiệm vụ {n}" for n in range(1, 61)
    ]
    assert seen == [(60, True), (60, True)]


def test_cells_beyond_the_last_column_are_told_of(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một")
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    table.go_to_cell(0, "criteria")
    clipboard("3.1.1\tthừa\n")

    def hands() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PastePreview)
        assert dialog.left_out.words().startswith("1 ô nằm ngoài")
        dialog.back.click()

    QTimer.singleShot(0, hands)
    press(table, Qt.Key.Key_V, CONTROL)
    assert saved(empty_window, "direction")[0].criteria == ()


def test_copy_cut_fill_and_delete(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", 'Một "trích"', "Hai", "Ba")
    table = tasks_step(opened(empty_window, "direction"), "direction").table
    choose(table, (0, "title"), (1, "product"))
    press(table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == '"Một ""trích"""\tBáo cáo\r\nHai\tBáo cáo\r\n'
    choose(table, (1, "product"), (2, "product"))
    press(table, Qt.Key.Key_X, CONTROL)
    assert [task.product for task in saved(empty_window, "direction")] == ["Báo cáo", "", ""]
    assert QApplication.clipboard().text() == "Báo cáo\r\nBáo cáo\r\n"
    choose(table, (0, "product"), (2, "product"))
    press(table, Qt.Key.Key_D, CONTROL)
    assert [task.product for task in saved(empty_window, "direction")] == ["Báo cáo"] * 3
    press(table, Qt.Key.Key_Z, CONTROL)
    settle(lambda: [t.product for t in saved(empty_window, "direction")] == ["Báo cáo", "", ""])
    clipboard("Một cho tất cả")
    choose(table, (0, "coworkers"), (2, "coworkers"))
    press(table, Qt.Key.Key_V, CONTROL)
    assert [task.coworkers for task in saved(empty_window, "direction")] == ["Một cho tất cả"] * 3


def test_rows_are_dropped_elsewhere(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một", "Hai", "Ba", "Bốn")
    step = tasks_step(opened(empty_window, "direction"), "direction")
    mime = QMimeData()
    mime.setData(ROWS, " ".join(step.rows.ids_of([1, 3])).encode())
    top = QPoint(10, step.table.rowViewportPosition(0) + 2)
    assert step.table.drag.over(mime, top) and step.table.drag.dropped(mime, top)
    assert [t.title for t in saved(empty_window, "direction")] == ["Hai", "Bốn", "Một", "Ba"]
    assert [step.rows.shown(row, "title") for row in range(4)] == ["Hai", "Bốn", "Một", "Ba"]
    assert step.table.chosen_rows() == (0, 1)
    foreign = QMimeData()
    foreign.setText("x")
    assert not step.table.drag.over(foreign, top)
    assert isinstance(step.table.drag, RowDrag)


def test_rows_are_dropped_on_another_area(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một", "Hai")
    page = opened(empty_window, "direction")
    step = tasks_step(page, "direction")
    mime = QMimeData()
    mime.setData(ROWS, " ".join(step.rows.ids_of([0])).encode())
    item = page.steps._items["area:institutions"]
    at = page.steps.visualRect(item.index()).center()
    assert page.area_drop.area(at) == "institutions"
    drop = QDropEvent(
        *(QPointF(at), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton),
        Qt.KeyboardModifier.NoModifier,
    )
    assert page.area_drop.eventFilter(page.steps.viewport(), drop) and drop.isAccepted()
    assert [task.title for task in saved(empty_window, "institutions")] == ["Một"]
    assert [task.title for task in saved(empty_window, "direction")] == ["Hai"]
    settle(lambda: step.rows.count() == 1)


def test_rows_go_on_into_the_next_area(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một", "Hai")
    add_tasks(empty_window, "institutions", "Ba")
    page = opened(empty_window, "direction")
    table = tasks_step(page, "direction").table
    table.go_to_cell(1)
    press(table, Qt.Key.Key_Down, ALT)
    assert len(saved(empty_window, "direction")) == 2, "Alt alone stays in its area"
    press(table, Qt.Key.Key_Down, ALT | SHIFT)
    settle(lambda: len(saved(empty_window, "institutions")) == 2)
    assert [task.title for task in saved(empty_window, "institutions")] == ["Hai", "Ba"]
    settle(lambda: page.place() == "institutions" and page.at_rest)
    menu = row_menu(tasks_step(page, "institutions"))
    assert {action.text() for action in menu.actions()} >= {
        "Cắt",
        "Dán",
        "Điền xuống",
        "Chuyển sang nội dung",
    }


@SUGGESTIONS
def test_co_workers_are_ticked_and_others_stay(window: MainWindow) -> None:
    rooms = window.context.round.unit.departments
    step = tasks_step(opened(window, "direction"), "direction")
    step.table.edit_cell(0, "coworkers")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText(f"Công an xã; {rooms[1]}")
    press(editor, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, TickList)
    popup.tick(rooms[0])
    popup.take()
    assert saved(window, "direction")[0].coworkers == f"Công an xã; {rooms[1]}; {rooms[0]}"


@SUGGESTIONS
def test_a_day_is_picked_in_the_calendar(empty_window: MainWindow) -> None:
    add_tasks(empty_window, "direction", "Một")
    step = tasks_step(opened(empty_window, "direction"), "direction")
    step.table.go_to_cell(0, "due")
    press(step.table, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, DayPicker)
    assert popup.days.yearShown() == 2026
    assert "Thường xuyên" in [popup.words.item(n).text() for n in range(popup.words.count())]
    popup.days.clicked.emit(QDate(2026, 6, 30))
    assert saved(empty_window, "direction")[0].due == "30/06/2026"


def test_an_input_method_is_not_disturbed_in_a_cell(empty_window: MainWindow) -> None:
    step = tasks_step(opened(empty_window, "direction"), "direction")
    step.table.edit_cell(0, "title")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit)
    compose(editor, "ke^'", "kế")
    type_text(editor, " hoạch")
    press(editor, Qt.Key.Key_Return, ALT)
    type_text(editor, "năm")
    press(editor, Qt.Key.Key_Return)
    assert saved(empty_window, "direction")[0].title == "kế hoạch\nnăm"


# The round's other plans


def five_year(window: MainWindow) -> Plan:
    profile, round_id = window.context.profile, window.context.round_id
    record = next(one for one in kinds.plans(profile, round_id) if one.kind is PlanKind.FIVE_YEAR)
    return service.plan(profile, record.id)


def start(page: Page, kind: PlanKind) -> None:
    def hands() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewPlan)
        at = [one.kind for one in dialog._templates].index(kind)
        dialog.cards[at].click()
        dialog.make.click()

    QTimer.singleShot(0, hands)
    page.plans.start()


@SUGGESTIONS
def test_a_five_year_plan_has_its_years_and_gives_one_to_the_yearly_plan(
    empty_window: MainWindow, dialogs: AnsweringDialogs
) -> None:
    page = opened(empty_window, "direction")
    own, year = page.plan_id, empty_window.context.round.year
    start(page, PlanKind.FIVE_YEAR)
    settle(lambda: page.plan_id != own and page.at_rest)
    plan = five_year(empty_window)
    assert page.plan_id == plan.id and page.plans.choice.isVisible()
    area = plan.template.areas[0].key
    step = tasks_step(page, area)
    keys = [column.key for column in step.rows.columns][-5:]
    assert keys == [f"year_{y}" for y in range(2026, 2031)]
    step.table.go_to_cell(0, "title")
    clipboard("Cắt giảm thủ tục")
    press(step.table, Qt.Key.Key_V, CONTROL)
    step.table.go_to_cell(0, "year_2026")
    clipboard("Giảm 30%\t\tGiảm 50%")
    press(step.table, Qt.Key.Key_V, CONTROL)
    settle(lambda: empty_window.edits.at_rest)
    (task,) = five_year(empty_window).area_tasks(area)
    assert task.milestones == (Milestone(2026, "Giảm 30%"), Milestone(2028, "Giảm 50%"))
    assert written(empty_window).tasks == (), "the yearly plan is another one"
    profile = empty_window.context.profile
    target = plan_rows.RowEdit(
        None, area, {"title": "Tỷ lệ", "baseline": "60", "milestones": (Milestone(year, "80"),)}
    )
    plan_rows.write(profile, plan.id, plan_rows.Rows.TARGETS, [target])
    period = five_year(empty_window)
    ids = [*(one.id for one in period.tasks), *(one.id for one in period.targets)]
    assert [one.id for one in kinds.periods_of(profile, own)] == [plan.id]
    before = len(service.plan(profile, own).targets)
    kinds.take_from_period(profile, own, plan.id, ids)
    taken = service.plan(profile, own)
    (mine,) = taken.tasks
    assert (mine.title, mine.product, mine.area) == ("Cắt giảm thủ tục", "Giảm 30%", area)
    assert [(t.baseline, t.value) for t in taken.targets[before:]] == [("60", "80")]
    dialogs.answers = [True]
    page.plans.take_away()
    settle(lambda: page.plan_id == own and empty_window.edits.at_rest)
    assert len(kinds.plans(profile, empty_window.context.round_id)) == 1
    press(page, Qt.Key.Key_Z, CONTROL)
    settle(lambda: len(kinds.plans(profile, empty_window.context.round_id)) == 2)


@pytest.mark.parametrize("kind", [PlanKind.COMPETITIVENESS, PlanKind.INDICES])
def test_every_step_of_a_further_plan_opens(empty_window: MainWindow, kind: PlanKind) -> None:
    page = opened(empty_window, "direction")
    own = page.plan_id
    start(page, kind)
    settle(lambda: page.plan_id != own and page.at_rest)
    for key in page.steps.keys():  # noqa: SIM118 - a tree, no dictionary
        page.open_step(key)
    press(page, Qt.Key.Key_F9)
    settle(lambda: page.at_rest)
    assert page.checks.checks()
    for check in page.checks.checks():
        page.go_to(check.finding.place)
    page.plans.wanted.emit(own)
    settle(lambda: page.plan_id == own and page.at_rest)
