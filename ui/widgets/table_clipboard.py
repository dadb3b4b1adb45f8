"""Cells as Excel, LibreOffice Calc and Word put them on the clipboard: tabs between, quotes where needed.

A cell that holds a tab, a line break or a quote stands in quotes, its own quotes doubled. A quote that opens
but never closes before a tab, a line's end or the end of the text is a letter like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_desktop.domain.plain_text import stored

Cells = list[list[str]]

MOST_CHARACTERS = 20_000_000
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*+")
_NEEDS_QUOTES = re.compile(r'[\t\n"]')


def parse(text: str) -> Cells:
    """The rows of cells, as ragged as they came; line breaks inside cells are kept as "\\n". Text is NFC.

    A line's end after the last row (Excel adds one) begins no further row; empty rows at the end fall
    out.
    """
    text = stored(text[:MOST_CHARACTERS]).replace("\u2028", "\n").replace("\x0b", "\n")
    rows: Cells = [[]]
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        plain = None if quoted else _PLAIN.match(text, at)
        found = quoted or plain
        assert found is not None
        rows[-1].append(quoted[1].replace('""', '"') if quoted else found[0])
        at = found.end()
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def written(cells: Sequence[Sequence[str]]) -> str:
    """The text that puts these cells into Excel, each into one cell of its own."""
    return "\r\n".join("\t".join(_cell(cell) for cell in row) for row in cells) + "\r\n"


def _cell(text: str) -> str:
    if not _NEEDS_QUOTES.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
