"""Workbooks of rooms in the window: out, dropped or chosen back in, reviewed, taken over, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from cchc_desktop.domain.room_merge import RowState
from cchc_desktop.services import history, plan, rooms, scoring
from cchc_desktop.services.profile import Profile
from tests.gui.conftest import TODAY
from tests.gui.hands import AnsweringDialogs, button, click, press, settle
from tests.services.room_office import edit, handed_out, office, small_plan
from ui.main_window import MainWindow
from ui.pages.plan.rooms_figures import HandOutFigures
from ui.pages.plan.rooms_out import HandOutRooms
from ui.pages.plan.rooms_review import ReviewRoom

ROOM = "Phòng Kinh tế"


class Desk:
    def __init__(
        self, profile: Profile, round_id: str, window: MainWindow, dialogs: AnsweringDialogs
    ) -> None:
        self.profile, self.round_id, self.window, self.dialogs = profile, round_id, window, dialogs
        self.ids = small_plan(profile, round_id)
        self.key = self.ids["Rà soát thủ tục"]

    def settle(self) -> None:
        settle(lambda: not self.window.work.running and self.window.edits.at_rest)

    def due(self) -> str:
        return next(one for one in plan.plan(self.profile, self.round_id).tasks if one.id == self.key).due

    def menu(self, page: str, opener: str, action: str) -> None:
        self.window.go_to(page)
        self.settle()
        click(button(self.window.page(page), opener))
        menu = next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()
        )
        chosen = next(one for one in menu.actions() if one.text() == action)
        menu.close()
        chosen.trigger()


@pytest.fixture
def desk(tmp_path: Path, dialogs: AnsweringDialogs) -> Iterator[Desk]:
    profile, round_id = office(tmp_path / "p")
    with profile:
        window = MainWindow(profile, dialogs, lambda: TODAY)
        window.resize(1366, 768)
        window.show()
        yield Desk(profile, round_id, window, dialogs)
        settle(lambda: not window.work.running and window.edits.at_rest and window.page("plan").at_rest)  # type: ignore[attr-defined]
        dialogs.answers = [True, True]
        window.close()
        settle(lambda: not window.work.running)


def answer(kind: type[QDialog], act: Callable[[QDialog], object], seen: list[str]) -> None:
    """When a dialog of that kind stands, `act` on it."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            seen.append(found.windowTitle())
            act(found)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)


def test_handing_out_writes_a_workbook_per_ticked_room(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    desk.dialogs.answers = [folder, False]
    seen: list[str] = []

    def tick(dialog: HandOutRooms) -> None:
        assert dialog.act.text() == "Phát 4 bảng…"
        dialog.rooms["Văn phòng Đảng ủy"].setChecked(False)
        click(dialog.act)

    answer(HandOutRooms, tick, seen)  # type: ignore[arg-type]
    desk.menu("plan", "Phòng, bộ phận", "Phát cho phòng…")
    desk.settle()
    settle(lambda: len(desk.dialogs.asked) == 2)
    assert seen == ["Phát bảng nhiệm vụ, chỉ tiêu cho phòng"]
    assert desk.dialogs.asked == [("choose_folder", "Chọn thư mục để ghi bảng"), ("ask", "Đã phát 3 bảng")]
    assert len(list(folder.glob("*.xlsx"))) == 3
    assert [one.handed_at is not None for one in rooms.rooms_of(desk.profile, desk.round_id)] == [
        *(True, False, True, True)
    ]


def test_two_files_come_back_one_after_the_other_and_a_clash_waits(desk: Desk, tmp_path: Path) -> None:
    first, second = handed_out(desk.profile, desk.round_id, tmp_path / "ra", ROOM, "Văn phòng")
    edit(first, lambda sheet: sheet.put(desk.key, "due", "Quý I"))
    edit(second, lambda sheet: (sheet.put(desk.key, "due", "Quý III"), sheet.put(desk.key, "cost", 40)))
    desk.dialogs.answers = [(first, second)]
    seen: list[str] = []
    second_seen: list[object] = []

    def take_second(dialog: ReviewRoom) -> None:
        assert not dialog.take.isEnabled()
        assert dialog.take.toolTip() == "Còn 1 xung đột chưa chọn."
        dialog.skip.setFocus()
        press(dialog, Qt.Key.Key_F8)
        # F8 goes to the first thing to decide; the arrow and Space choose without a mouse.
        assert list(dialog.cells.options) == ["due:ours", "due:theirs", "cost:ours", "cost:theirs"]
        second_seen.append(dialog.cells.options["due:ours"].label())
        dialog.cells.options["due:theirs"].setFocus()
        press(dialog.cells.options["due:theirs"], Qt.Key.Key_Space)
        assert dialog.take.text() == "Nhận 2 thay đổi"
        click(dialog.take)

    def take_first(dialog: ReviewRoom) -> None:
        answer(ReviewRoom, take_second, seen)  # type: ignore[arg-type]
        click(dialog.take)

    answer(ReviewRoom, take_first, seen)  # type: ignore[arg-type]
    desk.menu("plan", "Phòng, bộ phận", "Nhận lại…")
    settle(lambda: len(seen) == 2)
    settle(lambda: desk.due() == "Quý III")
    desk.settle()
    assert seen == ["Nhận lại bảng của Phòng Kinh tế", "Nhận lại bảng của Văn phòng"]
    assert second_seen == ["Giữ ở đây: Quý I"]
    history.undo(desk.profile, desk.round_id)
    assert desk.due() == "Quý I"
    history.undo(desk.profile, desk.round_id)
    assert desk.due() == "Quý II"


def test_a_workbook_let_go_on_the_page_is_reviewed(desk: Desk, tmp_path: Path) -> None:
    (path,) = handed_out(desk.profile, desk.round_id, tmp_path / "ra", ROOM)
    edit(path, lambda sheet: sheet.put(desk.key, "due", "Quý I"))
    seen: list[str] = []
    answer(ReviewRoom, lambda dialog: click(dialog.skip), seen)  # type: ignore[attr-defined]
    desk.window.go_to("plan")
    desk.settle()
    page = desk.window.page("plan")

    def offered(*paths: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
        where, both = QPointF(page.rect().center()), Qt.DropAction.CopyAction
        keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(where, both, data, *keys)
        QApplication.sendEvent(page, entering)
        if entering.isAccepted():
            QApplication.sendEvent(page, QDropEvent(where, both, data, *keys))
        return entering.isAccepted()

    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    assert not offered(tmp_path / "scan.pdf")
    assert offered(path)
    settle(lambda: bool(seen))
    desk.settle()
    assert (seen, desk.due()) == (["Nhận lại bảng của Phòng Kinh tế"], "Quý II")


def test_what_is_no_rooms_workbook_is_said_and_the_next_file_comes(desk: Desk, tmp_path: Path) -> None:
    (path,) = handed_out(desk.profile, desk.round_id, tmp_path / "ra", ROOM)
    (tmp_path / "khác.xlsx").write_bytes(b"PK nothing")
    desk.dialogs.answers = [(tmp_path / "khác.xlsx", path)]
    desk.menu("plan", "Phòng, bộ phận", "Nhận lại…")
    settle(lambda: len(desk.dialogs.asked) == 3)
    desk.settle()
    said = [words for _kind, words in desk.dialogs.asked[1:]]
    assert said[0].startswith("Chưa nhận được bảng")
    assert said[1].startswith("Bảng không có gì khác")
    settle(lambda: rooms.rooms_of(desk.profile, desk.round_id)[3].taken_at is not None)


def test_the_review_tells_each_kind_of_row(desk: Desk, tmp_path: Path) -> None:
    (path,) = handed_out(desk.profile, desk.round_id, tmp_path / "ra", ROOM)
    areas = plan.plan(desk.profile, desk.round_id).template.areas
    plan.update_task(desk.profile, desk.key, product="Của đầu mối")

    def fill(sheet) -> None:  # type: ignore[no-untyped-def]
        sheet.put(desk.key, "product", "Của phòng")
        sheet.put(desk.key, "cost", "nhiều")
        sheet.sheet.delete_rows(sheet.row(desk.ids["Công khai kết quả"]))
        sheet.add(area=f"{areas[0].code} {areas[0].short_title}", title="Việc mới")
        sheet.sheet.cell(4, 20).value = "Ý kiến"

    edit(path, fill)
    returned = rooms.preview(desk.profile, path, desk.round_id)
    context = desk.window.page("plan").context
    dialog = ReviewRoom(context, returned)
    dialog.show()
    settle()
    names = {one.name: key for key, one in dialog._rows.items()}
    assert [dialog.tree.node(key).figure for key in names.values()] == [
        *("xung đột 1 ô", "không có trong bảng trả về", "dòng mới")
    ]
    assert dialog.findings.isVisible()
    assert dialog.tree.current_key() == names["Rà soát thủ tục"]
    dialog.filters.set_value("missing")
    assert dialog.tree.is_shown(names["Công khai kết quả"])
    assert not dialog.tree.is_shown(names["Việc mới"])
    dialog.filters.set_value("all")

    click(dialog.theirs)
    assert (dialog.take.text(), dialog.take.isEnabled()) == ("Nhận 2 thay đổi", True)
    click(dialog.ours)
    assert (dialog.take.text(), dialog.take.isEnabled()) == ("Ghi là đã nhận", True)
    dialog.tree.pick(names["Công khai kết quả"])
    dialog.cells.options["remove_row"].click()
    dialog.tree.pick(names["Việc mới"])
    dialog.cells.options["add_row"].click()
    assert dialog.take.text() == "Nhận 2 thay đổi"
    rooms.take_over(desk.profile, returned, dialog.choices())
    titles = {one.title: one.product for one in plan.plan(desk.profile, desk.round_id).tasks}
    assert titles == {"Rà soát thủ tục": "Của đầu mối", "Tuyên truyền": "Báo cáo", "Việc mới": ""}
    dialog.close()


def test_figures_go_out_and_come_back_from_the_scoring_page(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    row = next(one for one in rooms.figure_rows(desk.profile, desk.round_id) if one.code == "1.1.1")
    plan.update_task(desk.profile, desk.key, criteria=(row.key,))
    desk.dialogs.answers = [folder, False]
    seen: list[str] = []

    def tick(dialog: HandOutFigures) -> None:
        dialog.room.set_value(ROOM)
        dialog.room.chosen.emit(ROOM)
        assert not dialog.act.isEnabled()
        click(dialog.led)
        assert dialog.chosen() == {ROOM: (row.key,)}
        click(dialog.act)

    answer(HandOutFigures, tick, seen)  # type: ignore[arg-type]
    desk.menu("scoring", "Thêm", "Phát số liệu cho phòng…")
    settle(lambda: len(desk.dialogs.asked) == 2)
    desk.settle()
    (path,) = folder.glob("*.xlsx")
    returned = rooms.preview(desk.profile, path, desk.round_id)
    line = next(one for one in returned.rows if one.id.endswith("|option"))
    rule = scoring.sheet(desk.profile, desk.round_id).criteria.by_key[row.key].rule
    assert rule is not None
    option = rule.fields(
        row_max := scoring.sheet(desk.profile, desk.round_id).criteria.by_key[row.key].max_points
    )[0]
    assert row_max > 0
    edit(path, lambda sheet: sheet.put(line.id, "value", option.choices[0].label), "Số liệu")
    desk.dialogs.answers = [(path,)]
    answer(ReviewRoom, lambda dialog: click(dialog.take), seen)  # type: ignore[attr-defined]
    desk.menu("scoring", "Thêm", "Nhận lại bảng của phòng…")
    settle(lambda: len(seen) == 2)
    desk.settle()
    settle(lambda: scoring.sheet(desk.profile, desk.round_id).answer(row.key).entry is not None)
    assert scoring.sheet(desk.profile, desk.round_id).answer(row.key).entry == {
        "option": option.choices[0].label
    }
    assert returned.count(RowState.SAME) == len(returned.rows)
