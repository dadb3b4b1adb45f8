"""PDF and DOCX of a document say the same, paragraph by paragraph; and the comparer would notice if not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.model import Block, Document, Row, Table, Text
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import plan_document
from tests.documents.conftest import Written
from tests.documents.parity import compare, paragraphs, said_lines, shown_lines
from tests.documents.reading import MM, drawn_words, flowing, page_texts
from tests.documents.sample import plan_input, task

UNITS = ("commune", "department", "awkward", "empty", "other")
NAMES = [f"{unit}-{kind}" for unit in UNITS for kind in ("plan", "decision", "letter")]
NAMES += ["many-plan", "selfscore", "blank"]


@pytest.mark.parametrize("name", NAMES)
def test_pdf_and_docx_say_the_same_paragraph_by_paragraph(issued: Mapping[str, Written], name: str) -> None:
    written = issued[name]
    margin = float(written.document.layout.left) * MM
    difference, found, _ = compare(written.docx, written.pdf, margin)
    assert difference == ""
    assert len(found) == len(paragraphs(written.docx)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_shows_every_line_of_the_docx(issued: Mapping[str, Written], name: str) -> None:
    written = issued[name]
    assert shown_lines(written.shown_text) == said_lines(written.docx)


def test_table_heads_are_repeated_on_every_page_of_the_table(issued: Mapping[str, Written]) -> None:
    written = issued["many-plan"]
    _, _, repeated = compare(written.docx, written.pdf)
    annex_pages = [page for page in page_texts(written.pdf) if "(1)" in page]
    assert repeated == len(annex_pages) - 1 > 20
    shown = [page for page in page_texts(written.shown_pdf) if "(1)" in page]
    assert len(shown) > 20
    assert all("Kết quả, sản phẩm" in page for page in (*annex_pages, *shown))
    # Each page after the first of the annex is the table's.
    assert "(1)" in page_texts(written.shown_pdf)[-1]


def test_libreoffice_prints_the_words_of_the_docx(issued: Mapping[str, Written]) -> None:
    for name in ("commune-plan", "commune-decision", "commune-letter", "other-plan"):
        written = issued[name]
        shown = flowing(written.shown_pdf)
        for paragraph in paragraphs(written.docx):
            if paragraph.columns is None:
                assert " ".join(paragraph.words) in " ".join(shown.split()), name


def _text(change: Callable[[str], str]) -> Callable[[Block], Block]:
    return lambda block: replace(block, text=change(block.text)) if isinstance(block, Text) else block


def _cell(change: Callable[[str], str]) -> Callable[[Block], Block]:
    def changed(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        rows = tuple(Row(tuple(change(cell) for cell in row.cells), row.kind, row.span) for row in block.rows)
        return replace(block, rows=rows)

    return changed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_text(lambda words: words.replace("đôn đốc", "đôn  đốc,")), "đốc,"),
        (_text(lambda words: words.replace("bảo đảm.", "bảo đảm")), "đảm"),
        (_cell(lambda words: words.replace("tên 004", "tên 040")), "040"),
        (_cell(lambda words: words.replace("Phòng chủ trì 2", "")), "Phòng"),
    ],
)
def test_the_comparer_notices_a_changed_word(
    tmp_path: Path, change: Callable[[Block], Block], told: str
) -> None:
    document = plan_document(plan_input())
    pdf, docx = tmp_path / "a.pdf", tmp_path / "a.docx"
    write_pdf(document, pdf)
    write_docx(docx, document)
    assert compare(docx, pdf)[0] == ""
    other = replace(document, blocks=tuple(change(block) for block in document.blocks))
    assert other != document
    write_docx(docx, other)
    assert told in compare(docx, pdf)[0]


def _differs(tmp_path: Path, printed: tuple[Block, ...], typed: tuple[Block, ...]) -> str:
    pdf, docx = tmp_path / "a.pdf", tmp_path / "a.docx"
    write_pdf(Document("t", "a", "s", printed), pdf)
    write_docx(docx, Document("t", "a", "s", typed))
    return compare(docx, pdf)[0]


def test_the_comparer_notices_what_is_missing_moved_joined_or_divided(tmp_path: Path) -> None:
    one, two, three = Text("Một hai ba."), Text("Bốn năm."), Text("Sáu bảy tám chín.")
    assert _differs(tmp_path, (one, two, three), (one, two, three)) == ""
    assert "only the PDF says 'Sáu" in _differs(tmp_path, (one, two, three), (one, two))
    assert "PDF has None" in _differs(tmp_path, (one, two), (one, two, three))
    assert "for 'Sáu'" in _differs(tmp_path, (one, two, three), (one, three, two))
    joined = Text("Một hai ba. Bốn năm.")
    assert "does not end its line" in _differs(tmp_path, (joined, three), (one, two, three))


def test_long_cells_lose_no_letter_in_either_form(tmp_path: Path) -> None:
    """A row over several pages is drawn page by page in the PDF, so here the words are counted."""
    tokens = [f"từ{number:04d}" for number in range(1430)]
    document = plan_document(
        plan_input((task(0, title=" ".join(tokens)), task(1, product="Ằ" * 10_000, lead="ngắn")))
    )
    pdf, docx = tmp_path / "a.pdf", tmp_path / "a.docx"
    write_pdf(document, pdf)
    write_docx(docx, document)
    said = [word for each in paragraphs(docx) for word in each.words]
    drawn = [word.text for word in drawn_words(pdf)[1]]
    assert [word for word in said if word.startswith(("từ0", "từ1"))] == tokens
    assert [word for word in drawn if word.startswith(("từ0", "từ1"))] == tokens
    for words in (said, drawn):
        assert sum(word.count("Ằ") for word in words) == 10_000
