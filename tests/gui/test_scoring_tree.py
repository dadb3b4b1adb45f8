"""Tự chấm điểm, the tree at the left: next and bad rows, filters, search, sections, the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.hands import click, press, settle, type_text
from tests.gui.scoring_hands import CONTROL, answer, cells, fill, opened, stored
from ui.main_window import MainWindow
from ui.marks import Mark


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


def test_a_first_visit_shows_the_tree_from_its_top(window: MainWindow) -> None:
    """The row that is picked while the page is read stands there already: nothing is scrolled to it."""
    window.go_to("scoring")
    settle(lambda: window.at_rest)
    tree = opened(window).tree_pane.tree
    assert tree.current_key() == "1.1.1"
    assert tree.verticalScrollBar().value() == 0
    assert tree.verticalScrollBar().maximum() > 0
