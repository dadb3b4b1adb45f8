"""The scoring page: figures become points and a sentence at once, nothing typed is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import Node
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.services import evidence, history, rounds, scoring
from cchc_desktop.services.packs import for_unit_kind
from cchc_desktop.services.profile import Profile, create_profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, button, click, press, settle, type_text
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.pages.scoring import Page
from ui.widgets.option_button import CheckOption, RadioOption

CONTROL = Qt.KeyboardModifier.ControlModifier
NO_SECRET, SECRET = 0, 1
SAMPLE_NAMES = frozenset(["Ea", "Kao", "Ket", "qua", "root"])


def opened(window: MainWindow, where: str = "") -> Page:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("scoring", where or None)
    page = window.page("scoring")
    assert isinstance(page, Page)
    settle()
    return page


def node(page: Page, code: str) -> Node:
    return page.sheet.criteria.by_code[code]


def cells(page: Page) -> list[QLineEdit]:
    found = [widget.focus_widget() for widget in page.row_pane.figures.fields()]
    return [cell for cell in found if isinstance(cell, QLineEdit)]


def fill(page: Page, *figures: str) -> None:
    for cell, figure in zip(cells(page), figures, strict=True):
        cell.setFocus()
        cell.selectAll()
        type_text(cell, figure)


def stored(window: MainWindow, code: str) -> Answer:
    """What is on the disk, once the window says that all is saved."""
    settle(lambda: window.edits.at_rest)
    context = window.context
    sheet = scoring.sheet(context.profile, context.round_id)
    return sheet.answer(sheet.criteria.by_code[code].key)


def answer(window: MainWindow, code: str, entry: dict[str, object] | None) -> None:
    context = window.context
    key = scoring.sheet(context.profile, context.round_id).criteria.by_code[code].key
    scoring.set_answer(context.profile, context.round_id, key, entry)


def a_file(folder: Path, name: str = "142-BC-UBND 01-12-2026 Ket qua.pdf", size: int = 1000) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.4\n" + b"x" * size + b"\n%%EOF\n")
    return path


def in_front(opened_: QWidget) -> None:
    """A window manager would do this by itself."""
    opened_.activateWindow()
    settle(opened_.isActiveWindow)


def drop(widget: QWidget, *paths: Path) -> None:
    """Files let go over a widget, as the system sends it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    act = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(10, 10), act, data, left, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), act, data, left, keys))


# Figures


def test_figures_give_points_and_a_sentence_with_every_key(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    figures = page.row_pane.figures
    fill(page, "2847", "2913")
    # 2847 : 2913 = 0,97734…; × 5 = 4,8867…, half up 4,89; 5 − 4,89 = 0,11
    assert figures.points_shown() == "4,89"
    for part in ("2.847", "2.913", "97,73%", "95%", "4,89 điểm"):
        assert part in figures.said()
    assert page.total.total.value() == "Tự chấm 4,89/88 · 12 điểm chờ thẩm định"
    assert page.total.open.value() == "95 điểm, 55 dòng"
    page.commit()
    assert stored(empty_window, "3.3.1").entry == {"numerator": "2847", "denominator": "2913"}


def test_points_are_worked_out_before_anything_is_saved(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.3")
    fill(page, "3")
    # 2 − 3 × 0,2 = 1,4
    assert page.row_pane.figures.points_shown() == "1,40"
    assert "Tự chấm 1,40/88" in page.total.total.value()
    assert empty_window.edits.pending == 0


def test_what_is_typed_is_on_the_disk_within_a_second_and_a_half(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.3")
    fill(page, "3")
    last_key = time.monotonic()
    profile, round_id = empty_window.context.profile, empty_window.context.round_id
    key = node(page, "3.3.3").key
    settle(lambda: scoring.sheet(profile, round_id).answer(key).entry == {"count": "3"}, seconds=1.5)
    assert time.monotonic() - last_key <= 1.5


def test_an_edit_renews_its_row_and_those_above_it_and_no_other_line(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    renewed: list[str] = []
    real = page.tree_pane.tree.renew
    page.tree_pane.tree.renew = lambda line: (renewed.append(line.key), real(line))[1]  # type: ignore[method-assign]
    cells(page)[0].setFocus()
    fill(page, "1", "1")
    assert set(renewed) == {"3.3.1", "3.3", "3"}


def test_the_total_follows_every_edit(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    fill(page, "2847", "2913")
    widget = page.row_pane.figures.fields()[0]
    cell = cells(page)[0]
    for figure in range(2800, 2840):
        cell.setText(str(figure))
        widget.edited.emit()
    # 2839 : 2913 × 5 = 4,87298…
    assert page.row_pane.figures.points_shown() == "4,87"


@pytest.mark.parametrize(
    ("code", "wanted", "entry", "points"),
    [
        ("1.1.1", ["Có ban hành, quá hạn"], {"option": "Có ban hành, quá hạn"}, "0,50"),
        ("1.7", ["Có"], {"yes": True}, "0,50"),
        ("1.7", ["Không"], {"yes": False}, "0,00"),
        ("6.3", ["Quy chế chi tiêu nội bộ"], {"items": ["Quy chế chi tiêu nội bộ"]}, "1,00"),
        ("6.3", ["Không có mục nào ở trên"], {"items": []}, "0,00"),
    ],
)
def test_options_and_items_are_saved_as_they_are_picked(
    empty_window: MainWindow, code: str, wanted: list[str], entry: dict[str, object], points: str
) -> None:
    page = opened(empty_window, code)
    made = [*page.row_pane.findChildren(RadioOption), *page.row_pane.findChildren(CheckOption)]
    for option in made:
        if option.label() in wanted:
            click(option)
    assert page.row_pane.figures.points_shown() == points
    assert stored(empty_window, code).entry == entry


def test_kinds_of_deduction_go_into_one_answer(empty_window: MainWindow) -> None:
    page = opened(empty_window, "5.4")
    labels = [widget.field.label for widget in page.row_pane.figures.fields()]
    fill(page, "1", "0", "0")
    page.commit()
    entry = stored(empty_window, "5.4").entry
    assert entry == {"counts": {str(labels[0]): "1", str(labels[1]): "0", str(labels[2]): "0"}}
    fill(page, "", "", "")
    for cell in cells(page):
        cell.setFocus()
        press(cell, Qt.Key.Key_Backspace)
    page.commit()
    assert stored(empty_window, "5.4").entry is None, "emptied cells are no answer, not zero"


def test_not_applicable_keeps_the_figures(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.3.2")
    fill(page, "3", "4")
    click(button(page, "Không áp dụng"))
    assert page.sheet.mark(node(page, "1.3.2")) is Mark.NOT_APPLICABLE
    assert stored(empty_window, "1.3.2").entry == {
        "numerator": "3",
        "denominator": "4",
        "not_applicable": True,
    }
    # The row's one point leaves the maximum: 88 − 1.
    assert "/87" in page.total.total.value()
    click(button(page, "Không áp dụng"))
    assert stored(empty_window, "1.3.2").entry == {"numerator": "3", "denominator": "4"}


def test_an_answer_can_be_taken_back(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.7")
    click(next(option for option in page.row_pane.findChildren(RadioOption) if option.label() == "Có"))
    click(button(page, "Xóa số liệu"))
    assert page.row_pane.figures.points_shown() == "–"
    assert stored(empty_window, "1.7").entry is None


def test_a_row_of_the_appraiser_says_so_and_offers_no_field(empty_window: MainWindow) -> None:
    page = opened(empty_window, "8.1")
    assert page.row_pane.figures.fields() == ()
    assert "Cơ quan thẩm định chấm dòng này, tối đa 12 điểm" in page.row_pane.note.words()
    assert page.sheet.mark(node(page, "8.1")) is Mark.WAITING


# Figures that can't be right


def test_a_bad_figure_says_what_is_wrong_and_loses_nothing(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    fill(page, "2950", "2913")
    page.commit()
    figures = page.row_pane.figures
    assert figures.fault_said("numerator") == (
        "Ô [1] lớn hơn ô [2]: 2.950 không được vượt 2.913. Sửa [1] hoặc [2]."
    )
    assert figures.points_shown() == "–"
    assert page.sheet.mark(node(page, "3.3.1")) is Mark.ERROR
    assert stored(empty_window, "3.3.1").entry == {"numerator": "2950", "denominator": "2913"}
    page.show_code("1.7")
    page.show_code("3.3.1")
    assert [cell.text() for cell in cells(page)] == ["2.950", "2.913"]
    assert figures.fault_said("numerator"), "the words come back with the row"
    fill(page, "2847", "2913")
    assert figures.fault_said("numerator") == ""
    assert figures.points_shown() == "4,89"


@pytest.mark.parametrize(
    ("code", "typed", "path", "words"),
    [
        ("3.3.3", "ba hồ sơ", "count", '"ba hồ sơ" không phải là số'),
        ("3.3.3", "-2", "count", "là số âm"),
        ("3.3.3", "1,5", "count", "không phải là số nguyên"),
        ("3.5", "120", "score", "lớn hơn thang điểm 100"),
        ("3.5", "9" * 29, "score", "quá 28 chữ số"),
    ],
)
def test_words_for_every_kind_of_bad_figure(
    empty_window: MainWindow, code: str, typed: str, path: str, words: str
) -> None:
    page = opened(empty_window, code)
    fill(page, typed)
    page.commit()
    assert words in page.row_pane.figures.fault_said(path)
    assert stored(empty_window, code).entry == {path: typed.replace(",", ".")}, "kept as it was typed"


def test_f7_goes_round_the_rows_with_bad_figures(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.3", {"count": "-1"})
    answer(empty_window, "1.2.1", {"count": "x"})
    page = opened(empty_window, "1.1.1")
    seen = []
    for _ in range(3):
        press(None, Qt.Key.Key_F7)
        seen.append(page.place())
    assert seen == ["1.2.1", "3.3.3", "1.2.1"]
    assert QApplication.focusWidget() is cells(page)[0], "the keyboard is in the bad cell"


def test_two_cells_that_do_not_fit_are_found_by_f7_in_the_bad_one(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.1", {"numerator": "1", "denominator": "x"})
    page = opened(empty_window, "1.1.1")
    press(None, Qt.Key.Key_F7)
    assert QApplication.focusWidget() is cells(page)[1]


# Going from row to row


def test_f8_takes_the_open_rows_in_the_order_of_the_set_and_leaves_the_appraisers_out(
    empty_window: MainWindow,
) -> None:
    answer(empty_window, "8.2", {"numerator": "1", "denominator": "1"})
    answer(empty_window, "1.1.1", {"option": "Không ban hành"})
    page = opened(empty_window, "7.6")
    seen = []
    for _ in range(3):
        press(None, Qt.Key.Key_F8)
        seen.append(page.place())
    # After 7.6: 8.1 is the appraiser's, 8.2 and 1.1.1 are answered.
    assert seen == ["8.3", "1.1.2", "1.1.3"]


def test_f8_saves_what_was_typed_before_it_leaves(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.3")
    fill(page, "2")
    press(None, Qt.Key.Key_F8)
    assert page.place() == "3.4"
    assert stored(empty_window, "3.3.3").entry == {"count": "2"}


def test_when_nothing_is_open_f8_says_so(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.1.1")
    for row in page.sheet.criteria.rows:
        if page.sheet.mark(row) is Mark.OPEN:
            answer(empty_window, row.code, {"not_applicable": True})
    page.refresh(None)
    # Rows that may not be left out are errors now, not open: no open row is left either way.
    assert not page.next_open.isEnabled()
    assert "Đã chấm hết" in page.next_open.toolTip()


def test_previous_row_goes_back_in_the_order_of_the_set(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.2.1")
    click(page.previous)
    assert page.place() == "1.1.4"
    page.show_code("1.1.1")
    assert not page.previous.isEnabled()


def test_filters_count_and_show_their_rows(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.3", {"count": "3"})
    answer(empty_window, "1.7", {"yes": False})
    answer(empty_window, "3.1.2", {"yes": True})
    page = opened(empty_window, "1.1.1")
    pane = page.tree_pane
    # 56 rows; one is the appraiser's, three are answered; of these, two earn points without evidence and one
    # lost all of its points (nothing to prove there).
    names = {chip.accessibleName() for chip in pane.chips.findChildren(QWidget) if chip.accessibleName()}
    assert {"Tất cả: 56", "Chưa chấm: 52", "Thiếu minh chứng: 2", "Mất điểm: 1"} <= names
    pane.chips.set_value("no_evidence")
    found = [row.code for row in pane.rows_in_sight()]
    assert set(found) == {"1.1.1", "3.1.2", "3.3.3"}, "the row at work stays in sight"
    pane.chips.set_value("lost")
    assert {row.code for row in pane.rows_in_sight()} == {"1.1.1", "1.7"}
    pane.chips.set_value("all")
    assert len(pane.rows_in_sight()) == 56 + 5


def test_search_finds_rows_by_code_and_by_words_without_accents(empty_window: MainWindow) -> None:
    page = opened(empty_window)
    press(None, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is page.tree_pane.search
    type_text(page.tree_pane.search, "xin loi")
    assert [row.code for row in page.tree_pane.rows_in_sight()] == ["3.3.2"]
    page.tree_pane.search.clear()
    type_text(page.tree_pane.search, "7.3.4")
    assert [row.code for row in page.tree_pane.rows_in_sight()] == ["7.3.4"]
    page.tree_pane.search.clear()
    type_text(page.tree_pane.search, "không có dòng này")
    assert page.tree_pane.rows_in_sight() == []


def test_a_row_that_the_filter_hides_is_shown_when_something_leads_to_it(empty_window: MainWindow) -> None:
    page = opened(empty_window, "1.1.1")
    page.tree_pane.search.setText("xin loi")
    empty_window.go_to("scoring", "5.4")
    assert page.place() == "5.4"
    assert page.tree_pane.tree.current_key() == "5.4"
    assert page.tree_pane.search.text() == ""


def test_a_section_shows_its_sum_and_leads_to_its_rows(empty_window: MainWindow) -> None:
    answer(empty_window, "3.3.3", {"count": "3"})
    page = opened(empty_window, "3.3.1")
    page.tree_pane.tree.pick("3.3")
    settle()
    links = [link for link in page.section_pane.findChildren(QWidget) if link.accessibleName() == "3.3.2"]
    assert page.section_pane.isVisible()
    # Of 9 points 1,4 are there; 3.3.1 and 3.3.2 are open with 5 + 2.
    said = [label.text() for label in page.section_pane.findChildren(QWidget) if hasattr(label, "text")]
    assert "Đạt 1,40 trên 9 điểm. Còn mở 2 dòng, 7 điểm." in said
    click(links[0])
    assert page.place() == "3.3.2"


# By keyboard alone


def test_a_row_is_filled_in_by_keyboard_alone(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    first, second = cells(page)
    assert QApplication.focusWidget() is first
    type_text(first, "2847")
    press(None, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is second, "Enter goes to the next cell"
    type_text(second, "2913")
    press(None, Qt.Key.Key_Tab)
    page.row_pane.explanation.field.setFocus()
    type_text(page.row_pane.explanation.field, "Chờ xác minh nguồn gốc đất.")
    press(None, Qt.Key.Key_F8)
    assert page.place() == "3.3.2"
    saved = stored(empty_window, "3.3.1")
    assert saved.entry == {"numerator": "2847", "denominator": "2913"}
    assert saved.explanation == "Chờ xác minh nguồn gốc đất."


def test_the_tree_hands_the_keyboard_to_the_row(empty_window: MainWindow) -> None:
    page = opened(empty_window, "3.3.1")
    tree = page.tree_pane.tree
    tree.setFocus()
    press(tree, Qt.Key.Key_Down)
    assert page.place() == "3.3.2"
    press(tree, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is cells(page)[0]


# Evidence of the row


def test_files_dropped_on_the_pane_become_evidence_of_the_row(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET]
    drop(page.evidence_pane.drop, a_file(tmp_path), a_file(tmp_path, "bao cao.pdf", 2000))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 2)
    assert adding.form.record() == EvidenceRecord("142/BC-UBND", date(2026, 12, 1), "", "Ket qua")
    in_front(adding)
    type_text(adding.form.issuer, "UBND xã Ea Kao")
    click(adding.act)
    settle(lambda: len(page.evidence_pane.cards()) == 2)
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, node(page, "3.3.1").key)
    first, second = evidence.evidence_of(context.profile, context.round_id, link)
    assert (first.record.number, first.record.issuer) == ("142/BC-UBND", "UBND xã Ea Kao")
    assert (second.name, second.record.number) == ("bao cao.pdf", "")
    assert [kind for kind, _words in dialogs.asked] == ["choose"], "asked once"


def test_f5_asks_for_files_and_a_second_time_not_for_secrets(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET, (a_file(tmp_path),)]
    press(None, Qt.Key.Key_F5)
    settle(lambda: page.evidence_actions.adding.act.isEnabled())
    click(page.evidence_actions.adding.act)
    settle(lambda: len(page.evidence_pane.cards()) == 1)
    dialogs.answers = [()]
    in_front(empty_window)
    cells(page)[0].setFocus()
    press(None, Qt.Key.Key_F5)
    assert [kind for kind, _words in dialogs.asked] == ["choose", "choose_files", "choose_files"]


def test_a_state_secret_is_refused(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [SECRET]
    drop(page.evidence_pane.drop, a_file(tmp_path))
    assert not hasattr(page.evidence_actions, "adding")
    assert [kind for kind, _words in dialogs.asked] == ["choose", "message"]
    assert "Không thêm tài liệu mật" in dialogs.asked[1][1]
    context = empty_window.context
    assert evidence.all_evidence(context.profile, context.round_id) == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trong.pdf", b"", "rỗng"),
        ("may.exe", b"MZ", "không nhận làm minh chứng"),
        ("anh.png", b"%PDF-1.4", "không phải là tệp"),
    ],
)
def test_a_file_that_can_not_be_taken_says_why(
    empty_window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    name: str,
    content: bytes,
    words: str,
) -> None:
    page = opened(empty_window, "3.3.1")
    (tmp_path / name).write_bytes(content)
    dialogs.answers = [NO_SECRET]
    page.evidence_pane.add((tmp_path / name,))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 1)
    assert words in adding.problem.words()
    assert not adding.act.isEnabled()


def test_likely_personal_data_is_warned_of(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET]
    page.evidence_pane.add((a_file(tmp_path, "Danh sách cán bộ 0912345678.pdf"),))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 1)
    assert "dữ liệu cá nhân" in adding.warning.words()
    assert adding.act.isEnabled(), "the user decides"


def test_evidence_takes_the_warning_from_the_row_and_can_be_unlinked(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    answer(empty_window, "1.7", {"yes": True})
    page = opened(empty_window, "1.7")
    row = node(page, "1.7")
    assert page.sheet.mark(row) is Mark.NO_EVIDENCE
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, row.key)
    changes, _piece = evidence.add(
        context.profile,
        context.round_id,
        a_file(tmp_path),
        EvidenceRecord("5/BC-UBND", date(2026, 5, 4)),
        (link,),
    )
    empty_window.edits.changed.emit(changes)
    settle()
    assert page.sheet.mark(row) is Mark.DONE
    click(button(page, "Gỡ: 5/BC-UBND"))
    settle(lambda: not page.evidence_pane.cards())
    assert page.sheet.mark(row) is Mark.NO_EVIDENCE
    assert len(evidence.all_evidence(context.profile, context.round_id)) == 1, "the file stays"


def test_missing_number_and_date_are_filled_in_from_the_card(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, node(page, "3.3.1").key)
    changes, piece = evidence.add(
        context.profile, context.round_id, a_file(tmp_path, "anh.pdf"), EvidenceRecord(), (link,)
    )
    empty_window.edits.changed.emit(changes)
    settle()
    click(button(page, "Điền số, ngày: anh.pdf"))
    form = page.evidence_actions.editing.form
    in_front(page.evidence_actions.editing)
    type_text(form.number, "142/BC-UBND")
    type_text(form.issued_on, "1/12/2026")
    click(page.evidence_actions.editing.done_button)
    settle(lambda: empty_window.edits.at_rest)
    (kept,) = evidence.all_evidence(context.profile, context.round_id)
    assert (kept.record.number, kept.record.issued_on) == ("142/BC-UBND", date(2026, 12, 1))
    assert kept.id == piece.id


def test_evidence_of_another_row_is_used_again(empty_window: MainWindow, tmp_path: Path) -> None:
    page = opened(empty_window, "3.3.1")
    context = empty_window.context
    one, other = (EvidenceLink(LinkKind.ROW, node(page, code).key) for code in ("1.7", "3.3.1"))
    _changes, piece = evidence.add(
        context.profile, context.round_id, a_file(tmp_path), EvidenceRecord("7/KH-UBND"), (one,)
    )
    click(button(page, "Dùng tài liệu đã có"))
    picking = page.evidence_actions.picking
    picking.list.tick(piece.id)
    click(picking.act)
    settle(lambda: len(page.evidence_pane.cards()) == 1)
    (kept,) = evidence.all_evidence(context.profile, context.round_id)
    assert set(kept.links) == {one, other}


# Undo, history


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


@pytest.mark.parametrize("width", [1366, 1180, 1100, 999, 799, 683])
def test_evidence_becomes_a_tab_and_the_tree_a_list_where_room_is_short(
    empty_window: MainWindow, width: int
) -> None:
    page = opened(empty_window, "3.3.1")
    empty_window.resize(width, 700)
    settle(lambda: empty_window.width() == width)
    assert page.tree_pane.isVisible() is (width >= 800)
    assert page.row_choice.isVisible() is (width < 800)
    assert page.tabs.isVisible() is (width < 1000)
    assert page.evidence_pane.isVisible() is (width >= 1000)
    assert page.row_pane.isVisible()
    if width < 1000:
        page.tabs.set_value("evidence")
        assert page.evidence_pane.isVisible()
        assert not page.row_pane.isVisible()
    if width < 800:
        page.row_choice.chosen.emit("1.7")
        assert page.place() == "1.7"
    empty_window.resize(1366, 768)
    settle()
    assert page.evidence_pane.isVisible()
    assert page.row_pane.isVisible()


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
