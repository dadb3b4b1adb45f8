"""What a block's words are on paper, in every form alike: stops, dashes, capitals, one paragraph each.

The renderers take their words from here, so that PDF and DOCX can't say different things.
"""

from __future__ import annotations

from cchc_desktop.documents.characters import clean, one_line
from cchc_desktop.documents.model import Addressees, Closing, Grounds, Table, Text


def flat(words: str) -> str:
    """Without line breaks; the no-break spaces that leave room for a number to come remain."""
    return clean(words).replace("\n", " ")


def paragraphs(words: str) -> tuple[str, ...]:
    """Each line of a text is a paragraph; empty ones are not printed."""
    return tuple(line.strip() for line in clean(words).split("\n") if line.strip())


def texts(block: Text) -> tuple[tuple[str, str], ...]:
    """The paragraphs of a text, each with its bold beginning (only the first has one)."""
    lead = one_line(block.lead)
    lines = paragraphs(block.text) or (("",) if lead else ())
    return tuple((lead if number == 0 else "", line) for number, line in enumerate(lines))


def grounds(block: Grounds) -> tuple[str, ...]:
    """One per line, each with ";" and the last with "."."""
    lines = [flat(line).rstrip(".;") for line in block.lines]
    return tuple(line + ("." if number == len(lines) else ";") for number, line in enumerate(lines, 1))


def addressees(block: Addressees) -> tuple[str, ...]:
    """What follows "Kính gửi:": one name stands on its line; several stand below, as a list with stops."""
    names = [flat(name) for name in block.names]
    if len(names) < 2:
        return tuple(names)
    ended = [name.rstrip(".;, ") for name in names]
    return tuple(f"- {name}{'.' if number == len(ended) else ';'}" for number, name in enumerate(ended, 1))


def recipients(block: Closing) -> tuple[str, ...]:
    return tuple(f"- {flat(name)}" for name in block.recipients)


def column_numbers(table: Table) -> tuple[str, ...]:
    return tuple(f"({number})" for number in range(1, len(table.columns) + 1)) if table.numbered else ()
