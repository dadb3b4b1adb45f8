"""Shapes of short texts, each against the regular expression that says the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.text_shapes import (
    has_digit,
    is_key,
    is_pack_id,
    is_plain_number,
    is_row_code,
    is_row_key,
    is_set_id,
)


def _signed_number(text: str) -> bool:
    return is_plain_number(text, "+-")


def _unsigned_number(text: str) -> bool:
    return is_plain_number(text, "")


SHAPES: dict[Callable[[str], bool], str] = {
    is_set_id: r"[a-z0-9-]+",
    is_pack_id: r"[a-z0-9][a-z0-9-]{0,63}",
    is_key: r"[a-z][a-zA-Z0-9_-]{0,63}",
    is_row_key: r"[a-z][a-z0-9_]*",
    is_row_code: r"[^\s.]+(\.[^\s.]+)*",
    is_plain_number: r"-?[0-9]+(\.[0-9]+)?",
    _signed_number: r"[+-]?[0-9]+(\.[0-9]+)?",
    _unsigned_number: r"[0-9]+(\.[0-9]+)?",
    has_digit: r"(?s:.*\d.*)",
}
AWKWARD = (
    *("", " ", "\n", "a\n", "\na", "a b", "A", "-", "--", "-a", "a-", "_", "_a", "a_", "9a", "a9", "aB", "."),
    *("đ", "a\u0301", "á", "ａ", "a\x00", "a\x1c", "a\x1cb", "a\x85", "a\u200b", "a\ud800", "ı", "ß", "ª"),
    *("1", "1\n", "-1", "+1", "--1", "+-1", "1-", "1.", ".1", "-.", "1.2.3", "1..2", "1.2\n", "1,2", "1e5"),
    *(
        "１",
        "٣",
        "1٣",
        "1.٣",
        "²",
        "½",
        "Ⅷ",
        "1_0",
        " 1",
        "1 ",
        "+",
        "−1",
        "0",
        "-0",
        "00.00",
        "i.2.1",
        "inf",
    ),
    *("I.2.1", "I.2.", ".I", "I..2", "I. 2", "I .2", "I.2\n", "I\u00a0.2", "Ă.Đ"),
    *(letter * length for letter in "a9-A." for length in (63, 64, 65, 401)),
)


@pytest.mark.parametrize("is_so", SHAPES, ids=lambda one: one.__name__)
def test_awkward_texts(is_so: Callable[[str], bool]) -> None:
    expected = {text: re.fullmatch(SHAPES[is_so], text) is not None for text in AWKWARD}
    assert {text: is_so(text) for text in AWKWARD} == expected
    assert set(expected.values()) == {True, False}


@pytest.mark.parametrize("is_so", SHAPES, ids=lambda one: one.__name__)
@given(data=st.data())
def test_any_text(is_so: Callable[[str], bool], data: st.DataObject) -> None:
    near = st.text("aAzZ09-_+., \n٣đ", max_size=70)
    right = st.from_regex(SHAPES[is_so], fullmatch=True)
    text = data.draw(st.one_of(right, near, st.text()))
    assert is_so(text) is (re.fullmatch(SHAPES[is_so], text) is not None)
