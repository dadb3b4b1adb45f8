"""One widget for each kind of field: what is typed, picked or ticked is what stands in the answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from cchc_desktop.domain.fields import Choice, Field, FieldKind
from tests.gui.hands import click, press, retype_last, settle, type_text
from ui.field_widgets import WIDGETS, FieldWidget, field_widget
from ui.field_widgets.figure import shown_number, stored_number
from ui.widgets.option_button import CheckOption, RadioOption
from ui.widgets.ruler import Ruler

LEVELS = (
    Choice("Đúng hạn", Decimal(1)),
    Choice("Quá hạn", Decimal("0.5")),
    Choice("Không ban hành", Decimal(0)),
)


def made(shown: list[QWidget], kind: FieldKind, choices: tuple[Choice, ...] = ()) -> FieldWidget:
    widget = field_widget(Field("x", kind, "Số hồ sơ", choices), "Số hồ sơ")
    shown.append(widget)
    widget.show()
    settle()
    return widget


def cell(widget: FieldWidget) -> QLineEdit:
    found = widget.focus_widget()
    assert isinstance(found, QLineEdit)
    return found


def test_every_kind_has_its_widget() -> None:
    assert set(WIDGETS) == set(FieldKind)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2.847", "2847"),
        ("2847", "2847"),
        ("0,5", "0.5"),
        ("1.234,50", "1234.50"),
        ("  12 ", "12"),
        ("", None),
        ("   ", None),
        ("hai mươi", "hai mươi"),
        ("-3", "-3"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_a_figure_is_stored_with_a_point_and_what_is_no_number_as_it_was_typed(
    typed: str, stored: str | None
) -> None:
    assert stored_number(typed) == stored


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2847", "2.847"),
        ("0.5", "0,5"),
        (None, ""),
        ("hai mươi", "hai mươi"),
        (12, "12"),
        (Decimal("1.5"), "1,5"),
    ],
)
def test_a_stored_figure_is_shown_as_vietnamese_write_it(stored: object, shown: str) -> None:
    assert shown_number(stored) == shown


@pytest.mark.parametrize("kind", [FieldKind.NUMBER, FieldKind.COUNT])
def test_typing_a_figure_tells_at_every_key_and_once_more_when_the_cell_is_left(
    shown: list[QWidget], kind: FieldKind
) -> None:
    widget = made(shown, kind)
    told: list[object] = []
    left: list[object] = []
    widget.edited.connect(lambda: told.append(widget.value()))
    widget.left.connect(lambda: left.append(widget.value()))
    type_text(cell(widget), "2847")
    assert told == ["2", "28", "284", "2847"]
    assert left == []
    press(cell(widget), Qt.Key.Key_Return)
    assert left == ["2847"]
    assert cell(widget).text() == "2847", "nothing is rewritten while somebody types"
    cell(widget).clearFocus()
    settle()
    assert cell(widget).text() == "2.847"


def test_a_pause_counts_as_leaving_the_cell(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.NUMBER)
    left: list[object] = []
    widget.left.connect(lambda: left.append(widget.value()))
    type_text(cell(widget), "12")
    settle(lambda: left == ["12"], seconds=1.5)


def test_a_stored_value_never_overwrites_typing_that_is_not_saved_yet(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.NUMBER)
    widget.set_value("10")
    type_text(cell(widget), "5")
    typed = cell(widget).text()
    widget.set_value("99")
    assert cell(widget).text() == typed


def test_words_typed_by_an_input_method_into_a_cell_stay_whole(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.NUMBER)
    type_text(cell(widget), "hai muoi")
    retype_last(cell(widget), 4, "mươi")
    widget.commit()
    assert widget.value() == "hai mươi"
    assert cell(widget).text() == "hai mươi"


def test_a_bad_figure_is_marked_and_stays_as_it_is(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.NUMBER)
    widget.set_value("2950")
    widget.set_bad(True)
    assert cell(widget).property("bad") is True
    assert cell(widget).text() == "2.950"
    widget.set_bad(False)
    assert cell(widget).property("bad") is False


def test_one_option_of_several(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.CHOICE, LEVELS)
    left: list[object] = []
    widget.left.connect(lambda: left.append(widget.value()))
    options = widget.findChildren(RadioOption)
    assert [made_.accessibleName() for made_ in options] == [
        "Đúng hạn, 1 điểm",
        "Quá hạn, 0,5 điểm",
        "Không ban hành, 0 điểm",
    ]
    assert widget.value() is None, "nothing picked is no answer"
    click(options[1])
    assert left == ["Quá hạn"]
    press(options[1], Qt.Key.Key_Down)
    assert left[-1] == "Không ban hành"
    widget.set_value("Đúng hạn")
    assert (widget.value(), left[-1]) == ("Đúng hạn", "Không ban hành"), "showing a value is no edit"
    widget.set_value(2)
    assert widget.value() == "Quá hạn", "a position counts from 1"
    widget.set_value(None)
    assert widget.value() is None


def test_yes_and_no_are_both_answers(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.YES_NO)
    yes, no = widget.findChildren(RadioOption)
    assert widget.value() is None
    click(no)
    assert widget.value() is False
    click(yes)
    assert widget.value() is True
    widget.set_value(None)
    assert widget.value() is None


def test_none_of_the_items_has_to_be_said(shown: list[QWidget]) -> None:
    widget = made(shown, FieldKind.ITEMS, LEVELS)
    first, second, _third, none = widget.findChildren(CheckOption)
    assert widget.value() is None, "nothing ticked is no answer"
    click(none)
    assert widget.value() == []
    click(second)
    click(first)
    assert widget.value() == ["Đúng hạn", "Quá hạn"], "in the order of the sheet"
    assert not none.isChecked()
    click(none)
    assert widget.value() == []
    click(none)
    assert widget.value() is None
    widget.set_value(["Quá hạn", "Mục của bản cũ"])
    assert widget.value() == ["Quá hạn", "Mục của bản cũ"], "an item that the set no longer has is not lost"


@pytest.mark.parametrize("kind", list(FieldKind))
def test_nobody_types_into_a_row_that_can_only_be_read(shown: list[QWidget], kind: FieldKind) -> None:
    widget = made(shown, kind, LEVELS)
    widget.set_read_only(True)
    target = widget.focus_widget()
    if isinstance(target, QLineEdit):
        type_text(target, "12")
    else:
        click(target)
    assert widget.value() is None


@pytest.mark.parametrize("kind", list(FieldKind))
def test_the_whole_widget_can_be_reached_and_named(shown: list[QWidget], kind: FieldKind) -> None:
    widget = made(shown, kind, LEVELS)
    for part in widget.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert part.accessibleName(), type(part).__name__
    said = [part.accessibleName() + part.accessibleDescription() for part in widget.findChildren(QWidget)]
    assert any("Số hồ sơ" in words for words in said)


# The ruler under the points: what its marks mean.


def ruler(shown: list[QWidget], value: str, *marks: tuple[str, str], most: str = "5") -> Ruler:
    made_ = Ruler()
    shown.append(made_)
    made_.set_ratio(Fraction(value), [(Fraction(r), Decimal(p)) for r, p in marks], Decimal(most))
    made_.resize(400, 40)
    made_.show()
    settle()
    return made_


def test_below_a_threshold_nothing_is_filled(shown: list[QWidget]) -> None:
    marks = (("0.95", "4.75"), ("1", "5"))
    assert ruler(shown, "0.94", *marks).filled() is None
    at = ruler(shown, "0.97", *marks)
    assert at.filled() == (Fraction("0.95"), Fraction("0.97"))
    assert at.ticks() == ("ngưỡng 95%",)


def test_below_a_target_points_are_gained_from_the_beginning(shown: list[QWidget]) -> None:
    at = ruler(shown, "0.3", ("0.6", "2"), most="2")
    assert at.filled() == (Fraction(0), Fraction("0.3"))
    assert at.ticks() == ("đủ điểm từ 60%",)


def test_every_interval_has_its_tick(shown: list[QWidget]) -> None:
    at = ruler(shown, "0.93", ("0.7", "1"), ("0.8", "2"), ("0.95", "3"), most="3")
    assert at.ticks() == ("ngưỡng 70%", "80%", "đủ điểm từ 95%")
    assert "93%" in at.accessibleName()


def test_a_ratio_above_one_fits_on_the_ruler(shown: list[QWidget]) -> None:
    at = ruler(shown, "1.2", ("1", "2"), ("1.05", "2"), most="2")
    assert at.filled() == (Fraction("0.9"), Fraction("1.2"))
