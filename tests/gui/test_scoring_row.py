"""Tự chấm điểm, the row in the middle: figures, points and their sentence, what is wrong."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt

from cchc_desktop.services import scoring
from tests.gui.hands import button, click, press, settle
from tests.gui.scoring_hands import cells, fill, node, opened, stored
from ui.main_window import MainWindow
from ui.marks import Mark
from ui.widgets.option_button import CheckOption, RadioOption


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
