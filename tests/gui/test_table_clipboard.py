"""Cells to and from Excel: nothing is lost, nothing moves into a neighbour's cell."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.table_clipboard import parse, written


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ("một", [["một"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc", [["a", "b"], ["c"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ('"hai\r\ndòng"\tb\r\n', [["hai\ndòng", "b"]]),
        ('"một\ttab"\tb', [["một\ttab", "b"]]),
        ('"nói ""có"""\tb', [['nói "có"', "b"]]),
        ('ống 5" dài\tb', [['ống 5" dài', "b"]]),
        ('"mở mà không đóng\tb\nc', [['"mở mà không đóng', "b"], ["c"]]),
        ('"a" và b\tc', [['"a" và b', "c"]]),
        ('""\tb', [["", "b"]]),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", [["Tiếng Việt"]]),
        ("\t\t\r\n\t\r\n", []),
        ("", []),
    ],
)
def test_what_excel_puts_there(pasted: str, cells: list[list[str]]) -> None:
    assert parse(pasted) == cells


_CELLS = st.lists(
    st.lists(st.text(alphabet="aế \t\n\"',;=", max_size=8), min_size=1, max_size=4), min_size=1, max_size=4
)


@given(_CELLS)
def test_what_we_copy_comes_back(cells: list[list[str]]) -> None:
    wanted = [list(row) for row in cells]
    while wanted and not any(cell.strip() for cell in wanted[-1]):
        wanted.pop()
    assert parse(written(cells)) == wanted


@given(_CELLS)
def test_another_reader_reads_what_we_copy(cells: list[list[str]]) -> None:
    """Python's csv with Excel's own dialect."""
    read = list(csv.reader(io.StringIO(written(cells), newline=""), dialect="excel-tab"))
    assert [row or [""] for row in read] == cells


def test_a_wall_of_open_quotes_takes_no_time() -> None:
    begin = time.perf_counter()
    parse('"a\t' * 100_000)
    parse('""' * 200_000 + "x")
    parse('"x""' * 100_000)
    assert time.perf_counter() - begin < 2.0
