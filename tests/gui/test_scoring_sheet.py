"""Tự chấm điểm, the whole sheet: undo, history, confirmation, exclusions, export, room and dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.services import evidence, history, rounds, scoring
from cchc_desktop.services.packs import for_unit_kind
from cchc_desktop.services.profile import Profile, create_profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, press, settle, type_text
from tests.gui.scoring_hands import (
    CONTROL,
    NO_SECRET,
    SAMPLE_NAMES,
    a_file,
    answer,
    cells,
    fill,
    in_front,
    node,
    opened,
    stored,
)
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.widgets.option_button import RadioOption


def test_ctrl_z_takes_back_the_last_change_and_says_what_it_was(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.7")
    click(next(option for option in page.row_pane.findChildren(RadioOption) if option.label() == "Có"))
    settle(lambda: empty_window.edits.at_rest)
    page.show_code("3.3.1")
    page.tree_pane.tree.setFocus()
    press(None, Qt.Key.Key_Z, CONTROL)
    settle(lambda: "Đã hoàn tác" in page.note.words())
    assert "1.7" in page.note.words()
    assert page.place() == "1.7", "the row that changed is shown"
    assert page.row_pane.figures.points_shown() == "–"
    assert stored(empty_window, "1.7").entry is None
    press(None, Qt.Key.Key_Y, CONTROL)
    settle(lambda: page.row_pane.figures.points_shown() == "0,50")
    assert stored(empty_window, "1.7").entry == {"yes": True}


def test_undo_does_not_touch_what_is_typed_and_not_saved(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.3")
    fill(page, "2")
    click(page.actions_.undo_button)
    settle(lambda: "Đã hoàn tác" in page.note.words())
    # What was typed is saved first, and so it is what was taken back.
    assert stored(empty_window, "3.3.3").entry is None
    assert "3.3.3" in page.note.words()


def test_undo_is_offered_with_what_it_would_take_back(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.7")
    click(next(option for option in page.row_pane.findChildren(RadioOption) if option.label() == "Có"))
    settle(lambda: "1.7" in page.actions_.undo_button.toolTip())
    context = empty_window.context
    while history.can_undo(context.profile, context.round_id) is not None:
        history.undo(context.profile, context.round_id)
    page.refresh(None)
    assert not page.actions_.undo_button.isEnabled()
    assert page.actions_.undo_button.toolTip() == "Chưa có thay đổi nào để hoàn tác."


def test_the_history_lists_who_changed_what(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.3", {"count": "3"})
    page = opened(empty_window, "3.3.3")
    page.actions_.show_history()
    showing = page.actions_.showing
    settle(lambda: showing.list.topLevelItemCount() > 0)
    newest = showing.list.topLevelItem(0)
    assert newest is not None
    assert "3.3.3" in newest.text(1)
    assert newest.text(2)


# The head's confirmation, exclusions, documents


def test_the_head_confirms_and_any_edit_withdraws_it(empty_window: MainWindow) -> None:
    answer(empty_window, "1.7", {"yes": True})
    page = opened(empty_window, "1.7")
    click(page.actions_.confirm_button)
    confirming = page.actions_.confirming
    assert confirming.name.text() == "Lê Văn Á"
    assert not confirming.act.isEnabled(), "the title is missing"
    assert "chức vụ" in confirming.act.toolTip()
    in_front(confirming)
    type_text(confirming.title, "Chủ tịch UBND xã")
    click(confirming.act)
    settle(lambda: page.actions_.confirm_button.text() == "Đã xác nhận")
    context = empty_window.context
    found = rounds.round_of(context.profile, context.round_id).confirmation
    assert found == HeadConfirmation("Lê Văn Á", "Chủ tịch UBND xã", date(2026, 12, 7), Decimal("0.50"))
    click(next(option for option in page.row_pane.findChildren(RadioOption) if option.label() == "Không"))
    settle(lambda: page.actions_.confirm_button.text() == "Xác nhận")
    assert rounds.round_of(context.profile, context.round_id).confirmation is None


def test_a_sheet_with_bad_figures_can_not_be_confirmed(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.3", {"count": "-1"})
    page = opened(empty_window)
    page.actions_.confirm()
    assert not page.actions_.confirming.act.isEnabled()
    assert "F7" in page.actions_.confirming.state.words()


@pytest.fixture
def department_window(data_folder: Path, dialogs: AnsweringDialogs) -> Iterator[MainWindow]:
    criteria, plan = for_unit_kind(UnitKind.DEPARTMENT, 2026)
    unit = Unit(UnitKind.DEPARTMENT, "Sở Khoa học và Công nghệ", "SO-KHCN", head=Person("Trần Thị B"))
    with create_profile(data_folder, unit, 2026, criteria, plan) as profile:
        window = MainWindow(profile, dialogs, lambda: date(2026, 12, 7))
        window.resize(1366, 768)
        window.show()
        settle(lambda: not window.work.running)
        yield window
        window.close()
        settle()


def test_excluded_groups_leave_the_sums_and_their_answers_are_kept(department_window: MainWindow) -> None:
    answer(department_window, "3.5", {"numerator": "1", "denominator": "2"})
    page = opened(department_window, "3.5")
    # 100 − 16 of the appraiser's two rows
    assert "/84" in page.total.total.value()
    page.actions_.choose_exclusions()
    excluding = page.actions_.excluding
    (group,) = excluding.groups.values()
    click(group)
    click(excluding.act)
    settle(lambda: page.sheet.mark(node(page, "3.5")) is Mark.NOT_APPLICABLE)
    # Section 3 (18), 7.3 (6), 7.5 (1) go, and 8.1 (10) of the appraiser's: 100 − 35 = 65; own 65 − 6 = 59.
    assert page.sheet.score.total.applicable_max == 65
    assert "/59" in page.total.total.value()
    assert "không chấm dòng này" in page.row_pane.note.words()
    type_text(cells(page)[0], "9")
    page.commit()
    assert stored(department_window, "3.5").entry == {"numerator": "1", "denominator": "2"}


def test_the_table_is_exported_as_pdf_and_xlsx(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(window)
    settle(lambda: not window.work.running)
    dialogs.answers = [tmp_path / "bang.pdf", False]
    page.actions_.export_pdf()
    settle(lambda: not window.work.running, seconds=60)
    assert (tmp_path / "bang.pdf").read_bytes().startswith(b"%PDF-")
    dialogs.answers = [tmp_path / "bang.xlsx", False]
    page.actions_.export_xlsx()
    settle(lambda: not window.work.running, seconds=60)
    cells_ = [cell.value for sheet in load_workbook(tmp_path / "bang.xlsx") for row in sheet for cell in row]
    assert any("3.3.1" in str(value) for value in cells_)


def test_printing_opens_the_document_in_the_systems_viewer(
    window: MainWindow, dialogs: AnsweringDialogs
) -> None:
    page = opened(window)
    settle(lambda: not window.work.running)
    dialogs.asked.clear()
    page.actions_.print_out()
    settle(lambda: not window.work.running, seconds=60)
    ((kind, path),) = dialogs.asked
    assert kind == "open_path"
    assert Path(path).read_bytes().startswith(b"%PDF-")


# Old rounds, narrow windows


def test_an_archived_round_can_be_read_and_nothing_else(
    empty_profile: Profile, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    first = rounds.rounds(empty_profile)[0]
    key = scoring.sheet(empty_profile, first.id).criteria.by_code["3.3.1"].key
    scoring.set_answer(empty_profile, first.id, key, {"numerator": "2847", "denominator": "2913"})
    merged = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao mới", "XA-MOI")
    packs = for_unit_kind(UnitKind.COMMUNE, 2026)
    rounds.start_merged(empty_profile, merged, 2026, *packs, old_folders=())
    window = MainWindow(empty_profile, dialogs, lambda: date(2026, 12, 7))
    window.show_round(first.id)
    window.resize(1366, 768)
    window.show()
    page = opened(window, "3.3.1")
    assert page.row_pane.figures.points_shown() == "4,89"
    assert "chỉ xem" in page.row_pane.note.words()
    type_text(cells(page)[0], "1")
    type_text(page.row_pane.explanation.field, "x")
    page.commit()
    assert scoring.sheet(empty_profile, first.id).answer(key) == Answer(
        {"numerator": "2847", "denominator": "2913"}, ""
    )
    assert not page.actions_.undo_button.isEnabled()
    assert not page.evidence_pane.drop.choose.isEnabled()
    dialogs.answers = [NO_SECRET]
    page.evidence_pane.add((a_file(tmp_path),))
    assert dialogs.asked == []
    window.close()
    settle()


def tab_stops(widget: QWidget, until: QWidget) -> list[QWidget]:
    """What Tab comes to on the way from one to the other."""
    found = [widget]
    while found[-1] is not until:
        after = found[-1].nextInFocusChain()
        assert after is not None and after is not widget, "not on the way"
        found.append(after)
    return found


@pytest.mark.parametrize("width", [1366, 1180, 1100, 999, 799, 683])
def test_evidence_becomes_a_tab_and_the_tree_a_list_where_room_is_short(
    empty_window: MainWindow, width: int
) -> None:
    page = opened(empty_window, "3.3.1")
    empty_window.resize(width, 700)
    settle(lambda: empty_window.width() == width)
    assert page.tree_pane.isVisible() is (width >= 800)
    assert page.narrow.isVisible() is (width < 1000)
    assert page.evidence_pane.isVisible() is (width >= 1000)
    assert page.row_pane.isVisible()
    if width < 1000:
        assert page.narrow.tabs.isVisible()
        assert page.narrow.row_choice.isVisible() is (width < 800)
        assert page.narrow.row_choice.value() == "3.3.1"
        assert page.narrow.row_choice in tab_stops(page.tree_pane.tree, until=page.row_pane.explanation.field)
        page.narrow.tabs.set_value("evidence")
        assert page.evidence_pane.isVisible()
        assert not page.row_pane.isVisible()
    if width < 800:
        page.narrow.row_choice.chosen.emit("1.7")
        assert page.place() == "1.7"
    empty_window.resize(1366, 768)
    settle()
    assert page.evidence_pane.isVisible()
    assert page.row_pane.isVisible()


def test_a_page_that_opens_where_room_is_short_has_its_list_of_rows(empty_window: MainWindow) -> None:
    empty_window.resize(683, 700)
    page = opened(empty_window, "3.3.1")
    assert page.narrow.row_choice.isVisible()
    assert page.narrow.row_choice.currentText().startswith("3.3.1 ")
    assert page.narrow.row_choice.count() == len(page.sheet.criteria.rows) + len(
        page.sheet.criteria.adjustments
    )


def test_while_rows_are_open_the_class_is_called_provisional(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    assert page.total.total.caption() == "Tổng tạm tính"
    assert page.total.grade.caption() == "Tạm xếp loại"
    assert "chờ thẩm định" in page.total.total.value()
    assert page.total.grade.value() == "– · 0%", "before the first answer there is no class to speak of"


@pytest.mark.parametrize("which", ["confirm", "history", "add", "edit", "pick", "places"])
def test_no_dialog_cuts_a_word_or_leaves_a_field_without_a_name(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, which: str
) -> None:
    page = opened(empty_window, "3.3.1")
    context, link = empty_window.context, EvidenceLink(LinkKind.ROW, node(page, "1.7").key)
    record = EvidenceRecord(
        "142/BC-UBND", date(2026, 12, 1), "UBND xã Ea Kao", "Kết quả giải quyết TTHC " * 6
    )
    _changes, piece = evidence.add(context.profile, context.round_id, a_file(tmp_path), record, (link,))
    dialogs.answers = [NO_SECRET]
    acts = page.evidence_actions
    open_it = {
        "confirm": page.actions_.confirm,
        "history": page.actions_.show_history,
        "add": lambda: acts.add(
            [a_file(tmp_path, f"Danh sách {n}.pdf") for n in range(3)], (link,), "1.7 Đối thoại"
        ),
        "edit": lambda: acts.edit(piece),
        "pick": lambda: acts.link_existing(EvidenceLink(LinkKind.ROW, node(page, "3.3.1").key)),
        "places": lambda: acts.choose_links(piece),
    }
    open_it[which]()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    settle(lambda: not empty_window.work.running)
    assert not (faults := all_faults(dialog, SAMPLE_NAMES)), "\n".join(faults)
