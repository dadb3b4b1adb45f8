"""Fields: nothing is rewritten while somebody types, and what was typed is said in time."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.gui.hands import compose, press, retype_last, settle, type_text
from ui.widgets.fields import DateField, NumberField, TextBox, TextField
from ui.widgets.menus import build_menu
from ui.widgets.panel import column


@pytest.fixture
def pair(shown: list[QWidget]) -> tuple[TextField, NumberField, TextBox]:
    holder = QWidget()
    fields = (TextField("Tên"), NumberField("Số"), TextBox("Giải trình"))
    holder.setLayout(column(*fields))
    shown.append(holder)
    holder.show()
    holder.activateWindow()
    settle()
    return fields


def test_typing_is_committed_within_a_pause(pair: tuple[TextField, NumberField, TextBox]) -> None:
    said: list[tuple[float, object]] = []
    pair[0].committed.connect(lambda value: said.append((time.monotonic(), value)))
    type_text(pair[0], "Ủy ban nhân dân xã Ẳng Ỗ")
    last_key = time.monotonic()
    assert said == []
    settle(lambda: bool(said), 2.0)
    assert said[0][1] == "Ủy ban nhân dân xã Ẳng Ỗ"
    assert said[0][0] - last_key <= 1.2


def test_leaving_commits_at_once(pair: tuple[TextField, NumberField, TextBox]) -> None:
    said: list[object] = []
    pair[1].committed.connect(said.append)
    type_text(pair[1], "2913")
    pair[0].setFocus()
    assert said == [Decimal(2913)]
    assert pair[1].text() == "2.913"


def test_number_is_not_rewritten_while_typing(pair: tuple[TextField, NumberField, TextBox]) -> None:
    field = pair[1]
    field.committed.connect(field.set_value)
    type_text(field, "2913")
    settle(lambda: field.value() == Decimal(2913), 2.0)
    assert field.text() == "2913"
    type_text(field, ",5")
    assert field.text() == "2913,5"


@pytest.mark.parametrize("typed", ["2.913", "2 913", "2913"])
def test_number_reads_vietnamese_writing(pair: tuple[TextField, NumberField, TextBox], typed: str) -> None:
    type_text(pair[1], typed)
    pair[1].commit()
    assert pair[1].value() == Decimal(2913)


def test_no_number_keeps_the_text_and_the_last_value(pair: tuple[TextField, NumberField, TextBox]) -> None:
    field, said, wrong = pair[1], [], []
    field.committed.connect(said.append)
    field.mistyped.connect(wrong.append)
    field.set_value(Decimal(7))
    field.selectAll()
    type_text(field, "bảy")
    pair[0].setFocus()
    assert (said, wrong, field.text(), field.value()) == ([], ["bảy"], "bảy", Decimal(7))
    assert field.property("bad") is True


def test_empty_number_is_none_never_zero(pair: tuple[TextField, NumberField, TextBox]) -> None:
    said: list[object] = []
    pair[1].set_value(Decimal(3))
    pair[1].committed.connect(said.append)
    pair[1].setFocus()
    pair[1].selectAll()
    press(pair[1], Qt.Key.Key_Backspace)
    pair[1].commit()
    assert said == [None]


def test_unsaved_typing_is_not_overwritten(pair: tuple[TextField, NumberField, TextBox]) -> None:
    type_text(pair[0], "mới")
    pair[0].set_value("cũ")
    assert pair[0].text() == "mới"
    type_text(pair[2], "lý do")
    pair[2].set_value("cũ")
    assert pair[2].value() == "lý do"


def test_input_method_composes_in_the_middle_of_a_word(pair: tuple[TextField, NumberField, TextBox]) -> None:
    field = pair[0]
    type_text(field, "xyz")
    field.setCursorPosition(0)
    compose(field, "taoj", "tạo")
    assert field.text() == "tạoxyz"


def test_unikey_taking_letters_back_before_other_text(pair: tuple[TextField, NumberField, TextBox]) -> None:
    field = pair[0]
    type_text(field, "xyz")
    field.setCursorPosition(0)
    type_text(field, "tao")
    retype_last(field, 2, "ạo")
    assert field.text() == "tạoxyz"


def test_date_field_reads_and_writes_days(shown: list[QWidget]) -> None:
    field, said = DateField("Ngày"), []
    shown.append(field)
    field.committed.connect(said.append)
    field.show()
    type_text(field, "7/12/2026")
    field.commit()
    assert said == [date(2026, 12, 7)]
    field.selectAll()
    type_text(field, "31/02/2026")
    field.commit()
    assert said == [date(2026, 12, 7)]
    assert field.property("bad") is True


def test_menu_is_vietnamese_and_knows_what_it_can_do(pair: tuple[TextField, NumberField, TextBox]) -> None:
    type_text(pair[0], "Ea Kao")
    pair[0].selectAll()
    words = {action.text(): action.isEnabled() for action in build_menu(pair[0]).actions() if action.text()}
    assert words["Hoàn tác"] and words["Cắt"] and words["Sao chép"] and words["Chọn tất cả"]
    assert not words["Làm lại"]
