"""Reading foreign Word documents: what stands in their tables, and what is refused before it can do harm."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.errors import KnownError
from cchc_desktop.intake.tables import Paragraph, Table, parse_document
from cchc_desktop.language import render
from cchc_desktop.services.form_drafts import draft_appendix

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word document with that body; `parts` are further files of the word folder."""
    written = BytesIO()
    whole = body if body.startswith("<?") else f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", whole)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return written.getvalue()


def text(said: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{said}</w:t></w:r>"


def cell(inside: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def row(*cells: str) -> str:
    return (
        "<w:tr>"
        + "".join(one if one.startswith("<w:tc>") else cell(p(text(one))) for one in cells)
        + "</w:tr>"
    )


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def table_of(content: bytes) -> Table:
    return next(parse_document(content, "a.docx").tables())


def test_merged_cells_know_their_columns() -> None:
    body = row("a", "b", "c") + row(cell(p(text("x")), '<w:gridSpan w:val="2"/>'), "y")
    body += row(cell(p(text("m")), '<w:vMerge w:val="restart"/>'), "1", "2") + row(
        cell(p(""), "<w:vMerge/>"), "3", "4"
    )
    rows = table_of(docx(f"<w:tbl>{body}</w:tbl>")).rows
    assert [(one.column, one.width, one.text) for one in rows[1].cells] == [(0, 2, "x"), (2, 1, "y")]
    assert [(one.continues, one.text) for one in rows[3].cells] == [(True, ""), (False, "3"), (False, "4")]


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = f"<w:del><w:r><w:delText>7,5</w:delText></w:r></w:del><w:ins>{text('1')}</w:ins>"
    moved = f"<w:moveFrom>{text('cũ')}</w:moveFrom><w:moveTo>{text('mới')}</w:moveTo>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell(p(text("bỏ"))) + "</w:tr>"
    rows = table_of(docx(f"<w:tbl>{row(cell(p(changed)), cell(p(moved)))}{gone}</w:tbl>")).rows
    assert [one.texts for one in rows] == [("1", "mới")]


def test_a_nested_table_is_lines_of_its_cell() -> None:
    inner = f"<w:tbl>{row('Đầy đủ', '2 điểm')}{row('Thiếu', '0 điểm')}</w:tbl>"
    rows = table_of(docx(f"<w:tbl>{row('1', cell(inner + p('')))}</w:tbl>")).rows
    assert rows[0].texts == ("1", "Đầy đủ: 2 điểm\nThiếu: 0 điểm")


def test_footnotes_and_raised_marks_leave_the_figure_alone() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        f'<w:footnotes {WORD}><w:footnote w:id="2">{p(text("Tính cả năm trước."))}</w:footnote></w:footnotes>'
    )
    body = (
        f"<w:tbl>{row(cell(p(text('5') + reference)), cell(p(text('2 điểm') + text('1', raised))))}</w:tbl>"
    )
    rows = table_of(docx(body, footnotes=notes)).rows
    assert [(one.text, one.notes) for one in rows[0].cells] == [
        ("5", ("Tính cả năm trước.",)),
        ("2 điểm", ("1",)),
    ]
    square = f"<w:tbl>{row(cell(p(text('diện tích m') + text('2', raised))))}</w:tbl>"
    assert table_of(docx(square)).rows[0].texts == ("diện tích m2",)


def test_numbers_that_word_draws_are_read() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    levels += (
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2"/></w:lvl>'
    )
    numbering = f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'

    def listed(level: int) -> str:
        mark = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        return row(cell(p(mark)), "tên")

    body = "<w:tbl>" + "".join(listed(level) for level in (0, 1, 1, 0, 1)) + "</w:tbl>"
    rows = table_of(docx(body, numbering=numbering)).rows
    assert [one.cells[0].text for one in rows] == ["I.", "1", "2", "II.", "1"]


def test_hidden_text_and_boxes_are_not_read() -> None:
    body = p(
        text("thấy")
        + text("ẩn", "<w:vanish/>")
        + f"<w:drawing><w:t>hình</w:t></w:drawing><w:br/>{text('dưới')}"
    )
    assert parse_document(docx(body), "a.docx").blocks == (Paragraph("thấy\ndưới"),)


HEAD = row("STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm")


def many(count: int, rule: str) -> bytes:
    rows = row("1", "LĨNH VỰC", "9", "") + "".join(row(f"1.{n}", "Tên", "2", rule) for n in range(1, count))
    return docx(f"<w:tbl>{HEAD}{rows}</w:tbl>")


HOSTILE = {
    "empty": b"",
    "noise": bytes(range(256)) * 40,
    "csv": "STT,Tên\n1,a\n".encode(),
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "cut": many(3, "")[:-40],
    "entities": docx('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxx">]><a>&x;</a>'),
    "no end": docx('<?xml version="1.0"?><w:document>'),
    "deep": docx("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000),
    "bomb": docx(p(text("a" * 60_000_000))),
    "elements": docx("<w:p/>" * 1_000_000),
    "rows": many(4000, ""),
    "cell": many(3, "x " * 20_000),
    "macros": docx("", vbaProject="x").replace(b"vbaProject.xml", b"vbaProject.bin"),
    "no table": docx(p(text("QUYẾT ĐỊNH"))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "phụ lục.docx"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(KnownError) as caught:
        draft_appendix(path, tmp_path / "ra.xlsx")
    sentence = render(caught.value.message)
    assert "phụ lục.docx" in sentence
    assert sentence.endswith(".")
    assert not (tmp_path / "ra.xlsx").exists()


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_sentence(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        with pytest.raises(KnownError) as caught:
            parse_document(start + content, "a.docx")
        assert render(caught.value.message)


@given(st.data())
def test_a_flipped_byte_never_crashes(data: st.DataObject) -> None:
    content = bytearray(many(3, "Có: 2 điểm; không: 0 điểm"))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        parse_document(bytes(content), "a.docx")
    except KnownError as error:
        assert render(error.message)


# Peak memory and time are measured in a process of their own, with the imports it needs left out of the time.
MEASURE = """
import re, sys, time
from pathlib import Path
import cchc_desktop.formpack.draft.sheets, cchc_desktop.formpack.draft.draft, openpyxl
from cchc_desktop.errors import KnownError
from cchc_desktop.services.form_drafts import draft_appendix
began = time.process_time()
try:
    draft_appendix(Path(sys.argv[1]), Path(sys.argv[1] + ".xlsx"))
except KnownError:
    pass
spent = time.process_time() - began
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)
print(spent, int(peak) // 1024)
"""
COSTLY = {
    "bomb": HOSTILE["bomb"],
    "elements": HOSTILE["elements"],
    "rows": HOSTILE["rows"],
    "brackets": many(60, "(" * 2000),
    "words": many(150, "Tỷ lệ " + "a x " * 160 + "điểm"),
    "nothing": many(150, "không phát sinh " * 40 + "x"),
    "each": many(60, "mỗi a b c d trừ " * 120 + "1 điểm"),
}


@pytest.mark.parametrize("name", COSTLY)
def test_within_two_seconds_and_200_megabytes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(COSTLY[name])
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, megabytes = answer.stdout.split()
    assert float(seconds) < 2.0
    assert int(megabytes) < 200
