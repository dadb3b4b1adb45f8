"""Whether a PDF and a DOCX say the same, paragraph by paragraph.

The DOCX's paragraphs are read from its own XML (and held against what LibreOffice makes of them), the PDF's
words in the order in which they were drawn. Each paragraph must be the next words of the PDF, begin and end
with a line of it (in a table: lie within its column), and nothing may be left over. What the PDF has and DOCX
makes by itself is taken off: page numbers in the top margin, and table heads that stand on a page again.
"""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.documents.reading import MM, Word, drawn_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    """`lines` are broken by hand; `columns` its cell's left and right edge from the margin, in points."""

    lines: tuple[str, ...]
    style: str
    columns: tuple[float, float] | None = None
    head: bool = False

    @property
    def words(self) -> list[str]:
        return " ".join(self.lines).split()


@dataclass
class Found:
    """A paragraph with the words of the PDF that it was found to be."""

    paragraph: Paragraph
    words: list[Word] = field(default_factory=list)


def part(docx: Path, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(docx) as archive:
        return ElementTree.fromstring(archive.read(name))


def _lines(element: ElementTree.Element) -> tuple[str, ...]:
    said = ""
    for each in element.iter():
        if each.tag == f"{W}t":
            said += each.text or ""
        elif each.tag == f"{W}br":
            said += "\n"
    return tuple(said.split("\n"))


def _paragraph(
    element: ElementTree.Element, columns: tuple[float, float] | None = None, head: bool = False
) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    assert style is not None
    return Paragraph(_lines(element), style.attrib[f"{W}val"], columns, head)


def paragraphs(docx: Path) -> list[Paragraph]:
    """All that say something, in order."""
    found: list[Paragraph] = []
    body = part(docx).find(f"{W}body")
    assert body is not None
    for element in body:
        if element.tag == f"{W}p":
            found.append(_paragraph(element))
        elif element.tag == f"{W}tbl":
            found += _of_table(element)
    return [each for each in found if each.words]


def _of_table(table: ElementTree.Element) -> list[Paragraph]:
    found: list[Paragraph] = []
    for row in table.findall(f"{W}tr"):
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        left = 0.0
        for cell in row.findall(f"{W}tc"):
            width = cell.find(f"{W}tcPr/{W}tcW")
            assert width is not None
            right = left + int(width.attrib[f"{W}w"]) / 20
            found += [_paragraph(each, (left, right), head) for each in cell.findall(f"{W}p")]
            left = right
    return found


def shown_lines(libreoffice_text: Path) -> list[str]:
    """What LibreOffice writes as plain text: a line for each paragraph and for each break in one."""
    lines = libreoffice_text.read_text(encoding="utf-8-sig").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def said_lines(docx: Path) -> list[str]:
    lines = (" ".join(line.split()) for each in paragraphs(docx) for line in each.lines)
    return [line for line in lines if line]


def _tokens(pdf: Path) -> list[Word]:
    """Without page numbers. Words that hang together by a no-break space are taken apart."""
    pages, found = drawn_words(pdf)
    for number in range(2, len(pages) + 1):
        above = [word for word in found if word.page == number and word.bottom < 19 * MM]
        assert [word.text for word in above] == [str(number)], (number, above)
        found.remove(above[0])
    tokens = []
    for word in found:
        assert unicodedata.is_normalized("NFC", word.text)
        tokens += [Word(word.page, text, *_edges(word)) for text in word.text.split()]
    return tokens


def _edges(word: Word) -> tuple[float, float, float, float]:
    return word.left, word.top, word.right, word.bottom


def _new_line(before: Word, word: Word) -> bool:
    return before.page != word.page or abs(before.top - word.top) > 4 or word.left < before.left - 1


class _Stream:
    """The PDF's words, one after the other; repeated table heads are passed over."""

    def __init__(self, tokens: list[Word]) -> None:
        self.tokens, self.at = tokens, 0
        self.head: list[str] = []
        self.repeated = 0

    def _pass_repeated_head(self) -> None:
        if not self.head or not self.at or self.at >= len(self.tokens):
            return
        begins_page = self.tokens[self.at].page != self.tokens[self.at - 1].page
        following = [token.text for token in self.tokens[self.at : self.at + len(self.head)]]
        if begins_page and following == self.head:
            self.at += len(self.head)
            self.repeated += 1

    def next(self, *, head: bool) -> Word | None:
        if not head:
            self._pass_repeated_head()
        if self.at >= len(self.tokens):
            return None
        self.at += 1
        return self.tokens[self.at - 1]


def _take(stream: _Stream, paragraph: Paragraph) -> tuple[Found, str]:
    """The paragraph's words off the stream, and what is different if something is."""
    found = Found(paragraph)
    for word in paragraph.words:
        token = stream.next(head=paragraph.head)
        said = token.text if token else None
        while token and said and said != word and word.startswith(said):
            # A word wider than its line goes on in the next one.
            following = stream.next(head=paragraph.head)
            if following is None or not _new_line(token, following):
                break
            found.words.append(token)
            token, said = following, said + following.text
        if token is None or said != word:
            return found, f"{' '.join(paragraph.words)[:120]!r}: PDF has {said!r} for {word!r}"
        found.words.append(token)
    return found, ""


def _misplaced(found: Found, tokens: list[Word], first: int, margin: float) -> str:
    """Whether the paragraph shares a line with another, or leaves its column."""
    said = f"{' '.join(found.paragraph.words)[:120]!r}"
    columns = found.paragraph.columns
    if columns is None:
        last = first + len(found.words)
        if first and not _new_line(tokens[first - 1], tokens[first]):
            return f"{said} goes on in the line of another paragraph"
        if last < len(tokens) and not _new_line(tokens[last - 1], tokens[last]):
            return f"{said} does not end its line"
        return ""
    left, right = margin + columns[0], margin + columns[1]
    for word in found.words:
        if word.left < left - 0.5 or word.right > right + 0.5:
            return f"{said} leaves its column"
    return ""


def compare(docx: Path, pdf: Path, margin: float = 30 * MM) -> tuple[str, list[Found], int]:
    """The first difference ("" if none), what was found so far, and how often a table head was repeated.

    `margin` is the left one, in points.
    """
    stream = _Stream(_tokens(pdf))
    result: list[Found] = []
    in_head = False
    for paragraph in paragraphs(docx):
        if paragraph.head:
            stream.head = [*(stream.head if in_head else []), *paragraph.words]
        in_head = paragraph.head
        found, difference = _take(stream, paragraph)
        if not difference:
            difference = _misplaced(found, stream.tokens, stream.at - len(found.words), margin)
        if difference:
            return difference, result, stream.repeated
        result.append(found)
    rest = stream.tokens[stream.at :]
    if rest:
        return f"only the PDF says {' '.join(word.text for word in rest)[:120]!r}", result, stream.repeated
    return "", result, stream.repeated
