"""The overview: jobs that jump, a score that is never a bare class while open, the year's calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Node, NodeType, ScoredBy
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.services import overview, plan, scoring
from tests.gui.hands import AnsweringDialogs, click, press, settle
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.overview.calendar_panel import event_of
from ui.pages.overview.outlook import outlook
from ui.pages.overview.page import Page
from ui.pages.overview.todo_list import Heading, Job, day_word
from ui.widgets.painted_list import LINE


def opened(window: MainWindow) -> Page:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("overview")
    page = window.page("overview")
    assert isinstance(page, Page)
    settle()
    return page


def test_an_empty_year_says_what_comes_first(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    assert page.todo.start.isVisible()
    click(page.todo.start)
    assert empty_window.page_id() == "plan"
    plan.add_task(
        empty_window.context.profile, empty_window.context.round_id, "direction", title="Ban hành kế hoạch"
    )
    page = opened(empty_window)
    page.refresh(None)
    assert not page.todo.start.isVisible(), "the year has begun"


def test_jobs_stand_by_deadline_then_points_and_as_the_service_says(window: MainWindow) -> None:
    page = opened(window)
    context = window.context
    items = overview.todo(context.profile, context.round_id, context.today())
    jobs = page.todo.list.jobs()
    assert len(jobs) == len(items)
    assert [job.where for job in jobs if job.due] == [item.where for item in items if item.due]
    dated = [(job.due, -(job.points or Decimal(0))) for job in jobs if job.due]
    assert dated == sorted(dated)


def test_groups_split_at_fourteen_days(empty_window: MainWindow) -> None:
    model = opened(empty_window).todo.list.model()
    shown = [model.index(row, 0).data(LINE) for row in range(model.rowCount())]
    group, seen = "", []
    for line in shown:
        if isinstance(line, Heading):
            group = line.title
            seen.append(group)
        elif isinstance(line, Job) and line.days_left is not None:
            wanted = (
                "Đã quá hạn"
                if line.days_left < 0
                else "Trong 14 ngày tới"
                if line.days_left <= 14
                else "Trước 31/12/2026"
            )
            assert group == wanted
    assert seen == ["Đã quá hạn", "Trong 14 ngày tới", "Trước 31/12/2026"]


def test_enter_and_the_button_jump_to_the_row(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    jobs = page.todo.list
    wanted = next(job for job in jobs.jobs() if job.action == "Chấm điểm")
    place = next(
        row for row in range(jobs.model().rowCount()) if jobs.model().index(row, 0).data(LINE) is wanted
    )
    jobs.setCurrentIndex(jobs.model().index(place, 0))
    jobs.setFocus()
    press(jobs, Qt.Key.Key_Return)
    assert empty_window.page_id() == "scoring"
    page = opened(empty_window)
    at = jobs.button_room(jobs.visualRect(jobs.model().index(place, 0))).center()
    jobs.scrollTo(jobs.model().index(place, 0))
    at = jobs.button_room(jobs.visualRect(jobs.model().index(place, 0))).center()
    click(jobs.viewport(), QPoint(at))
    assert empty_window.page_id() == "scoring"


def test_a_report_that_is_not_written_here_has_no_button(empty_window: MainWindow) -> None:
    jobs = opened(empty_window).todo.list.jobs()
    reports = [job for job in jobs if job.title.startswith("Báo cáo")]
    assert reports and all(job.action == "" for job in reports)


def test_the_score_in_words_while_rows_are_open(window: MainWindow) -> None:
    page = opened(window)
    sheet = scoring.sheet(window.context.profile, window.context.round_id)
    total = sheet.score.total
    assert total.open_rows > 0
    words = page.score.words()
    assert "Tự chấm" in words and "Xếp loại" not in words
    assert "Tạm tính" in words and "chờ thẩm định" in words
    assert len(page.score.sections()) == 8


def node(code: str, kind: NodeType, points: str, by: ScoredBy = ScoredBy.SELF) -> Node:
    return Node(f"k{code}", code, kind, f"Tên {code}", Decimal(points), rule=YesNo(), scored_by=by)


def test_outlook_against_figures_by_hand() -> None:
    """Rows of 50 (reached), 30 (lost), 10 (open) and 10 points (open, the appraiser's)."""
    criteria = CriteriaSet(
        "thu",
        1,
        "Thử",
        2026,
        (UnitKind.COMMUNE,),
        date(2026, 1, 1),
        Decimal(100),
        (
            node("1", NodeType.SECTION, "100"),
            node("1.1", NodeType.ROW, "50"),
            node("1.2", NodeType.ROW, "30"),
            node("1.3", NodeType.ROW, "10"),
            node("1.4", NodeType.ROW, "10", ScoredBy.APPRAISER),
        ),
        classes=(ClassBand("Tốt", Decimal(80)), ClassBand("Khá", Decimal(70)), ClassBand("Yếu", Decimal(0))),
    )
    sheet = score(criteria, {"k1.1": {"yes": True}, "k1.2": {"yes": False}})
    view = outlook(criteria, sheet)
    assert (view.open_rows, view.open_points, view.waiting_points) == (2, Decimal(20), Decimal(10))
    assert (view.index, view.class_label) == (Decimal("50.00"), "Yếu")
    assert (view.hoped, view.hoped_class) == (Decimal("70.00"), "Khá")
    assert (view.self_points, view.self_max) == (Decimal(50), Decimal(90))
    untouched = outlook(criteria, score(criteria, {}))
    assert (untouched.class_label, untouched.hoped) == (None, Decimal("100.00"))
    lost = outlook(criteria, score(criteria, {"k1.2": {"yes": False}}))
    assert lost.class_label == "Yếu", "0 points of rows that were answered are a result"


@pytest.mark.parametrize(
    ("state", "done_on", "late", "left", "mark", "note"),
    [
        (EntryState.DONE, date(2026, 2, 12), 0, -298, Mark.DONE, "xong 12/02"),
        (EntryState.DONE_LATE, date(2026, 3, 3), 3, -298, Mark.LOST, "xong 03/03, trễ 3 ngày"),
        (EntryState.OVERDUE, None, 282, -282, Mark.LOST, "trễ 282 ngày"),
        (EntryState.SOON, None, 0, 8, Mark.DOING, "còn 8 ngày"),
        (EntryState.SOON, None, 0, 0, Mark.DOING, "hôm nay"),
        (EntryState.LATER, None, 0, 24, Mark.OPEN, "còn 24 ngày"),
    ],
)
def test_entries_of_the_calendar_in_words(
    state: EntryState, done_on: date | None, late: int, left: int, mark: Mark, note: str
) -> None:
    entry = CalendarEntry("plan", "plan", "Ban hành", date(2026, 2, 28), state, left, done_on, late)
    event = event_of(entry)
    assert (event.mark, event.note) == (mark, note)


def test_the_calendar_shows_what_was_issued(empty_window: MainWindow) -> None:
    context = empty_window.context
    plan.set_issue(context.profile, context.round_id, PlanIssue("05/KH-UBND", date(2026, 2, 12)))
    page = opened(empty_window)
    page.refresh(None)
    shown = {event.day: event for event in page.calendar.year.events()}
    assert shown[date(2026, 2, 28)].note == "xong 12/02"
    assert "28/02/2026: Ban hành kế hoạch" in page.calendar.year.accessibleDescription()


@pytest.mark.parametrize("width", [560, 700, 900, 1180])
def test_no_two_entries_of_the_calendar_lie_over_each_other(window: MainWindow, width: int) -> None:
    year = opened(window).calendar.year
    year.setParent(None)
    year.resize(width, 100)
    year.show()
    settle(lambda: year.width() == width)
    rooms = [one.room for one in year._placed]
    assert len(rooms) == 6
    for place, room in enumerate(rooms):
        assert room.left() >= 0 and room.right() <= width
        assert not any(room.intersects(other) for other in rooms[:place])
    assert year.height() >= max(room.bottom() for room in rooms)


def test_an_entry_of_the_calendar_is_told_in_full_where_the_pointer_rests(window: MainWindow) -> None:
    year = opened(window).calendar.year
    first = year._placed[0]
    said = []
    for place in (first.room.center().toPoint(), QPoint(year.width() - 1, 0)):
        QTest.mouseMove(year, place)
        settle()
        QApplication.sendEvent(year, QHelpEvent(QEvent.Type.ToolTip, place, year.mapToGlobal(place)))
        settle(lambda: QToolTip.isVisible() == bool(year.toolTip()))
        said.append((year.toolTip(), QToolTip.text()))
    day = f"{first.event.day:%d/%m/%Y}"
    assert day in said[0][0] and first.event.title in said[0][0] and said[0][1] == said[0][0]
    assert said[1] == ("", ""), "nothing lies there, and the words of the first are gone"


def test_the_sheet_opens_as_a_document(window: MainWindow, dialogs: AnsweringDialogs) -> None:
    click(opened(window).view)
    settle(lambda: any(kind == "open_path" for kind, _words in dialogs.asked), 30.0)
    shown = Path(dialogs.asked[-1][1])
    assert shown.name == "Bang-tu-cham-2026.pdf" and shown.read_bytes().startswith(b"%PDF-")


def test_day_words() -> None:
    assert [day_word(days) for days in (8, 1, 0, -3)] == [
        "còn 8 ngày",
        "còn 1 ngày",
        "hôm nay",
        "trễ 3 ngày",
    ]
