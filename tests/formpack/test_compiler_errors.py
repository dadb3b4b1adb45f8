"""What an office can get wrong, each with the exact sheet and cell where it is reported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cchc_desktop.language import render
from tests.formpack.book_edits import (
    C,
    Edit,
    L,
    M,
    R,
    S,
    T,
    X,
    all_of,
    drop,
    drop_column,
    drop_row,
    put,
    rename,
)
from tests.formpack.books import book_bytes, compiled, errors_of, small_book

# 2.1.1 is no longer there for the exclusion and the sample answers.
_GONE = [("exclusion_code", L, "C2"), ("test_code_unknown", T, "B6")]


CORPUS: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    # sheets and columns
    "no criteria": (drop(C), [("sheet_missing", C, "")]),
    "sheet nearly named": (rename(C, "Tiêu chi"), [("sheet_near", "Tiêu chi", "")]),
    "optional sheet nearly named": (rename(X, "Xếp loai"), [("sheet_near", "Xếp loai", "")]),
    "sheet twice": (lambda b: b.update({"criteria": []}), [("sheet_twice", "criteria", "")]),
    "empty sheet": (lambda b: b.update({X: []}), [("sheet_empty", X, "A1")]),
    "column missing": (drop_column(C, 4), [("column_missing", C, "A1")]),
    "column nearly named": (put(C, "E1", "Điểm tôi đa"), [("column_near", C, "E1")]),
    "column twice": (put(C, "O1", "mã"), [("column_twice", C, "O1")]),
    # settings
    "key missing": (drop_row(S, 5), [("setting_missing", S, "A1")]),
    "key nearly named": (put(S, "A4", "titel"), [("setting_near", S, "A4")]),
    "key twice": (put(S, "A9", "id"), [("setting_twice", S, "A9")]),
    "value empty": (put(S, "B4", None), [("cell_empty", S, "B4")]),
    "id with capitals": (put(S, "B2", "Thử 2026"), [("set_id_shape", S, "B2")]),
    "version zero": (put(S, "B3", 0), [("version_range", S, "B3")]),
    "version 1.5": (put(S, "B3", 1.5), [("not_whole", S, "B3")]),
    "year": (put(S, "B5", 26), [("year_range", S, "B5")]),
    "unit kind": (put(S, "B6", "commune, tỉnh"), [("word_unknown", S, "B6")]),
    "date": (put(S, "B7", "31/02/2026"), [("not_a_date", S, "B7")]),
    "total": (put(S, "B8", 100), [("total_sum", S, "B8")]),
    "end before begin": (
        all_of(put(S, "A9", "effective_to"), put(S, "B9", "2025-12-31")),
        [("effective_to_early", S, "B9")],
    ),
    "decimals": (all_of(put(S, "A9", "decimals"), put(S, "B9", 20)), [("decimals_range", S, "B9")]),
    "policy of the set": (
        all_of(put(S, "A9", "not_applicable"), put(S, "B9", "yes")),
        [("word_unknown", S, "B9")],
    ),
    # keys, codes, hierarchy
    "key with accents": (
        put(C, "A3", "kế_hoạch"),
        [
            ("key_shape", C, "A3"),
            ("steps_missing", C, "F3"),
            ("step_key_near", M, "A2"),
            ("step_key_near", M, "A3"),
        ],
    ),
    "key of two criteria": (put(C, "A4", "bao_cao"), [("key_repeated", C, "A7")]),
    "code of two criteria": (
        put(C, "B4", "1.1"),
        [("code_repeated", C, "B4"), *[("test_code_unknown", T, f"B{n}") for n in (3, 4, 5)]],
    ),
    "code as a number": (put(C, "B3", 1.1), [("code_is_number", C, "B3")]),
    "code as a date": (put(C, "B7", date(2026, 1, 2)), [("code_is_date", C, "B7")]),
    "code with a dot at its end": (put(C, "B9", "9.1."), [("code_shape", C, "B9")]),
    "no code": (put(C, "B4", None), [("cell_empty", C, "B4")]),
    "no parent": (drop_row(C, 6), [("parent_missing", C, "B6"), ("parent_missing", C, "B7")]),
    "parent is a row": (
        all_of(put(C, "B7", "1.1.1"), put(C, "E2", 7), put(C, "E5", 3), put(C, "E6", 3)),
        [("parent_not_group", C, "B7"), *_GONE],
    ),
    "outside any section": (
        all_of(put(C, "B7", "7"), put(C, "E5", 3), put(C, "E6", 3)),
        [("outside_section", C, "B7"), *_GONE],
    ),
    "type unknown": (put(C, "C3", "tiêu đề"), [("word_unknown", C, "C3")]),
    "type nearly right": (put(C, "C3", "rows"), [("word_near", C, "C3")]),
    "no label": (put(C, "D3", None), [("cell_empty", C, "D3")]),
    # maxima
    "sum of a group": (put(C, "E6", 5), [("group_sum", C, "E6")]),
    "sum of a section": (put(C, "E2", "6,5"), [("group_sum", C, "E2")]),
    "maximum is text": (put(C, "E3", "hai"), [("not_a_number", C, "E3")]),
    "maximum is negative": (put(C, "E3", -2), [("negative", C, "E3")]),
    "maximum with thousands": (put(C, "E3", "1.000,5"), [("not_a_number", C, "E3")]),
    "no maximum": (put(C, "E3", None), [("cell_empty", C, "E3")]),
    # rules and their figures
    "rule unknown": (put(C, "F4", "tùy ý"), [("word_unknown", C, "F4")]),
    "rule nearly right": (put(C, "F4", "ratio_treshold"), [("word_near", C, "F4")]),
    "no rule": (put(C, "F4", None), [("cell_empty", C, "F4")]),
    "rule on a section": (put(C, "F2", "choice"), [("rule_on_group", C, "F2")]),
    "rule on a bonus": (put(C, "F9", "choice"), [("rule_on_adjustment", C, "F9")]),
    "floor missing": (put(C, "G4", None), [("parameter_missing", C, "G4")]),
    "floor of 80": (put(C, "G4", 80), [("ratio_above_one", C, "G4")]),
    "floor of 80 as text": (put(C, "G4", "80"), [("ratio_above_one", C, "G4")]),
    "floor with a sign": (put(C, "G4", ">80%"), [("ratio_sign", C, "G4")]),
    "floor in words": (put(C, "G4", "tám mươi"), [("not_a_ratio", C, "G4")]),
    "points each missing": (put(C, "I7", None), [("parameter_missing", C, "I7")]),
    "bonus without points": (put(C, "I9", None), [("parameter_missing", C, "I9")]),
    "zero denominator": (put(C, "L4", "bỏ qua"), [("word_unknown", C, "L4")]),
    "policy": (put(C, "M4", "maybe"), [("word_unknown", C, "M4")]),
    "over": (put(C, "N4", "đôi khi"), [("word_unknown", C, "N4")]),
    "target zero": (
        all_of(put(C, "F4", "ratio_to_target"), put(C, "G4", None), put(C, "H4", "0%")),
        [("target_is_zero", C, "H4")],
    ),
    "formula missing": (put(C, "J8", None), [("parameter_missing", C, "J8")]),
    "formula broken": (put(C, "J8", "x / (y"), [("formula_ends", C, "J8")]),
    "formula with a strange variable": (put(C, "J8", "x / tong"), [("formula_variable", C, "J8")]),
    # steps
    "no steps": (lambda b: b[M].__delitem__(slice(1, 3)), [("steps_missing", C, "F3")]),
    "no sheet of steps": (drop(M), [("steps_missing", C, "F3"), ("steps_missing", C, "F8")]),
    "step of a strange key": (put(M, "A6", "la_lung"), [("step_key_unknown", M, "A6")]),
    "step of a nearly right key": (put(M, "A6", "ke_hoachh"), [("step_key_near", M, "A6")]),
    "step of a section": (put(M, "A6", "muc_1"), [("step_of_group", M, "A6")]),
    "step without key": (put(M, "B6", "z"), [("step_without_key", M, "A6")]),
    "option twice": (put(M, "B3", "Đủ"), [("label_repeated", M, "B3")]),
    "option without label": (put(M, "B3", None), [("cell_empty", M, "B3")]),
    "option without points": (put(M, "D3", None), [("cell_empty", M, "D3")]),
    "option above the maximum": (put(M, "D2", 2.5), [("points_above_maximum", M, "D2")]),
    "variable with a sign": (
        all_of(put(M, "B4", "x-1"), put(C, "J8", "y")),
        [("variable_name", M, "B4")],
    ),
    # lists
    "class twice": (put(X, "A3", "Tốt"), [("class_label_repeated", X, "A3")]),
    "class floor twice": (put(X, "B3", 80), [("class_floor_repeated", X, "B3")]),
    "class floor in words": (put(X, "B2", "cao"), [("not_a_number", X, "B2")]),
    "exclusion of a strange code": (put(L, "C2", "2.1.1, 5.5"), [("exclusion_code", L, "C2")]),
    "exclusion code as a number": (put(L, "C2", 2.1), [("code_is_number", L, "C2")]),
    "exclusion twice": (
        lambda b: b[L].append(["khong_bc", "Lần nữa", "1.1"]),
        [("exclusion_repeated", L, "A3")],
    ),
    "rename onto nothing": (
        lambda b: b.update({R: [["Cũ", "Mới", "Từ phiên bản"], ["cu", "khong_co", 1]]}),
        [("rename_nowhere", R, "B2")],
    ),
    "rename in a circle": (
        lambda b: b.update({R: [["Cũ", "Mới", "Từ phiên bản"], ["a", "b", 1], ["b", "a", 1]]}),
        [("rename_circle", R, "B2"), ("rename_circle", R, "B3")],
    ),
    "two renames onto one key": (
        lambda b: b.update({R: [["old", "new", "since"], ["a", "bao_cao", 1], ["b", "bao_cao", 1]]}),
        [("rename_collides", R, "B3")],
    ),
    "rename of a key that is still there": (
        lambda b: b.update({R: [["old", "new", "since"], ["bao_cao", "", 1]]}),
        [("rename_still_there", R, "A2")],
    ),
    # sample answers
    "mismatch": (put(T, "D5", "3,61"), [("test_mismatch", T, "D5")]),
    "class mismatch": (put(T, "D10", "Tốt"), [("test_mismatch", T, "D10")]),
    "case that expects nothing": (
        lambda b: b[T].append(["B", "1.1", "option", 1]),
        [("test_expects_nothing", T, "A11")],
    ),
    "strange code": (put(T, "B2", "7.7"), [("test_code_unknown", T, "B2")]),
    "strange field": (put(T, "C2", "points_max"), [("test_field_unknown", T, "C2")]),
    "field of another rule": (put(T, "C2", "count"), [("test_field_unknown", T, "C2")]),
    "sample answer that can't be right": (
        put(T, "D3", 11),
        [("test_answer", T, "D3"), ("test_mismatch", T, "D5"), ("test_mismatch", T, "D9")],
    ),
    "expected state": (
        lambda b: b[T].append(["A", "1.1", "state", "đã chấm sai"]),
        [("word_unknown", T, "D11")],
    ),
}


@pytest.mark.parametrize("name", CORPUS)
def test_error_at_its_cell(name: str) -> None:
    edit, expected = CORPUS[name]
    book = small_book()
    edit(book)
    errors = compiled(book_bytes(book)).errors
    assert sorted((e.code, e.sheet, e.cell) for e in errors) == sorted(expected)
    for finding in errors:
        sentence = render(finding.message)
        assert sentence[-1] in ".?"
        assert len(sentence) > 20


def test_the_small_book_is_sound() -> None:
    found = compiled(book_bytes(small_book()))
    assert (found.errors, found.warnings) == ((), ())
    assert found.criteria is not None
    assert [node.code for node in found.criteria.rows] == ["1.1", "1.2", "2.1.1", "2.1.2"]


def test_all_errors_at_once() -> None:
    """One book with a fault in each sheet: each is reported, none hides another."""
    book = small_book()
    for sheet, cell, value in (
        (S, "B3", "một"),
        (C, "E6", 5),
        (C, "F4", "tùy ý"),
        (M, "D3", "nửa"),
        (X, "B2", "cao"),
        (L, "C2", "5.5"),
        (T, "C2", "la"),
    ):
        put(sheet, cell, value)(book)
    assert {(sheet, cell) for _, sheet, cell in errors_of(book)} == {
        (S, "B3"),
        (C, "E6"),
        (C, "F4"),
        (M, "D3"),
        (X, "B2"),
        (L, "C2"),
        (T, "C2"),
    }


def test_near_misses_are_named() -> None:
    book = small_book()
    rename(C, "Tiêu chi")(book)
    (error,) = (e for e in compiled(book_bytes(book)).errors if e.sheet == "Tiêu chi")
    assert error.found == "Tiêu chi"
    assert 'có phải là "Tiêu chí"' in render(error.message)


def test_formulas_errors_and_merged_cells() -> None:
    def edit(book: Any) -> None:
        book[C]["E3"] = "=1+1"
        book[C]["J8"] = "=x/y*3"
        book[X]["B2"] = "#REF!"
        book[X]["B2"].data_type = "e"
        book[M].merge_cells("A2:A3")

    assert errors_of(small_book(), edit) == [
        ("cell_formula", C, "E3"),
        ("formula_with_equals", C, "J8"),
        ("cells_merged", M, "A2"),
        ("step_without_key", M, "A3"),
        ("cell_error", X, "B2"),
    ]


def test_a_wrong_total_is_told_in_the_words_of_the_sheet() -> None:
    book = small_book()
    put(T, "D9", 7)(book)
    [error] = compiled(book_bytes(book)).errors
    assert "TỔNG points mong đợi 7 nhưng chương trình tính ra 7,35." in render(error.message)


def test_an_empty_setting_is_named() -> None:
    book = small_book()
    put(S, "B4", None)(book)
    [error] = compiled(book_bytes(book)).errors
    assert f'"{book[S][3][0]}"' in render(error.message)
