"""The same set, written as offices write it: figures, dates, order and names of sheets and columns."""

from __future__ import annotations

import unicodedata
from datetime import date

from tests.formpack.book_edits import (
    C,
    L,
    M,
    S,
    T,
    X,
    put,
)
from tests.formpack.books import book_bytes, compiled, small_book


def test_numbers_dates_and_words_as_offices_write_them() -> None:
    book = small_book()
    put(C, "E3", "2,0")(book)
    put(C, "G4", 0.8)(book)
    put(S, "B7", date(2026, 1, 31))(book)
    put(S, "B6", "Xã; SỞ")(book)
    put(C, "C3", " Dòng ")(book)
    put(C, "F4", "Tỷ lệ có ngưỡng")(book)
    put(C, "N4", "x")(book)
    put(M, "D3", "0.30000000000000004")(book)
    put(M, "D2", 0.1 + 0.2)(book)
    put(C, "D4", unicodedata.normalize("NFD", "Đúng\u00a0 hạn"))(book)
    book.pop(T)
    found = compiled(book_bytes(book))
    assert found.errors == ()
    assert found.criteria is not None
    rule = found.criteria.by_key["dung_han"].rule
    assert (str(rule.floor), rule.allow_over) == ("0.8", True)  # type: ignore[union-attr]
    assert found.criteria.effective_from == date(2026, 1, 31)
    assert [kind.value for kind in found.criteria.unit_kinds] == ["commune", "department"]
    assert found.criteria.by_key["dung_han"].label == "Đúng hạn"
    steps = found.criteria.by_key["ke_hoach"].rule.steps  # type: ignore[union-attr]
    assert [str(step.points) for step in steps] == ["0.3", "0.30000000000000004"]


def test_sheets_and_columns_in_any_order_with_strangers_between() -> None:
    book = small_book()
    turned = {
        name: [list(reversed(row + [None] * (14 - len(row)))) for row in rows] for name, rows in book.items()
    }
    shuffled = dict(reversed(turned.items()))
    shuffled["_nháp"] = [["Khóa", "Khóa"]]
    shuffled["Ghi chú của Sở"] = [["gì đó"]]
    for rows in shuffled.values():
        rows[0].append("Cột riêng")
    first, second = compiled(book_bytes(book)), compiled(book_bytes(shuffled))
    assert second.errors == ()
    assert first.criteria == second.criteria


def test_english_names_do_as_well() -> None:
    english = {"Thông tin": "SETTINGS", C: "criteria", M: "Steps", X: "classes", L: "exclusions", T: "tests"}
    book = {english[name]: rows for name, rows in small_book().items()}
    book["SETTINGS"][0] = ["KEY", "value"]
    book["criteria"][0][:6] = ["name", "code", "type", "label", "max_points", "rule"]
    book["tests"][0] = ["case", "code", "field", "value"]
    book["tests"][8][1] = "total"
    book["tests"][9][1] = "Total"
    assert compiled(book_bytes(book)).criteria == compiled(book_bytes(small_book())).criteria
