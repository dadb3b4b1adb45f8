"""What may be meant so and is only told: hidden rows, doubts, what a draft wants looked at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formpack.book_edits import (
    C,
    Edit,
    M,
    S,
    T,
    X,
    drop,
    put,
)
from tests.formpack.books import Rows, book_bytes, compiled, errors_of, small_book, warnings_of


def test_hidden_rows_and_sheets_are_read_and_told() -> None:
    def edit(book: Any) -> None:
        book[C].row_dimensions[4].hidden = True
        book[X].sheet_state = "hidden"

    found = compiled(book_bytes(small_book(), edit))
    assert [(w.code, w.sheet, w.cell) for w in found.warnings] == [
        ("row_hidden", C, "A4"),
        ("sheet_hidden", X, ""),
    ]
    assert found.criteria is not None
    assert "dung_han" in found.criteria.by_key


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (drop(T), ("tests_missing", T, "")),
        (lambda b: b.update({T: b[T][:1]}), ("tests_missing", T, "")),
        (put(C, "K3", None), ("evidence_empty", C, "K3")),
        (put(M, "D2", 1), ("maximum_unreachable", C, "E3")),
        (put(C, "G3", "50%"), ("parameter_unused", C, "G3")),
        (put(S, "A9", "ghi_chu"), ("setting_unknown", S, "A9")),
        (put(X, "B3", 50), ("class_floor_open", X, "B3")),
    ],
)
def test_doubts_are_warnings(edit: Edit, expected: tuple[str, str, str]) -> None:
    book = small_book()
    edit(book)
    if expected[0] != "tests_missing":
        book.pop(T)
    assert errors_of(book) == []
    assert expected in warnings_of(book)


def test_what_a_draft_wants_looked_at_is_a_warning_until_it_is_removed() -> None:
    book = small_book()
    book[C][0].append("Cần xem")
    width = len(book[C][0])
    assert "review_left" not in [code for code, _sheet, _cell in warnings_of(book)]
    book[C][2] = [*book[C][2], *[None] * (width - 1 - len(book[C][2])), "Xem lại cách chấm"]
    last = chr(ord("A") + width - 1)
    assert ("review_left", C, f"{last}3") in warnings_of(book)
    assert compiled(book_bytes(book)).criteria == compiled(book_bytes(small_book())).criteria


def test_more_warnings_of_the_contract() -> None:
    book = small_book()
    book.pop(T)
    rules: Rows = [
        ["khoang", "2.1.1", "row", "Khoảng", 1, "ratio_bands", *[None] * 4, "x"],
        ["cong_thuc", "2.1.2", "row", "Mục", 3, "sum_of_items", None, None, 1, None, "x"],
    ]
    book[C][6:8] = rules
    book[M][3:] = [
        ["khoang", None, "120%", 1],
        ["khoang", None, ">90%", "0,5"],
        ["cong_thuc", "A"],
        ["cong_thuc", "B"],
    ]
    assert errors_of(book) == []
    assert set(warnings_of(book)) >= {("band_unreachable", M, "C4"), ("items_do_not_reach", C, "E8")}
    book[M].extend([["cong_thuc", "C"], ["cong_thuc", "D"]])
    assert ("items_pass_maximum", C, "E8") in warnings_of(book)
    book[C][7] = ["cong_thuc", "2.1.2", "row", "Trừ", 3, "deduction_weighted", *[None] * 4, "x"]
    book[M][5:] = [["cong_thuc", "Nặng", None, 5]]
    assert ("weight_above_maximum", M, "D6") in warnings_of(book)
