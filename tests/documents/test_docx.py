"""The DOCX itself, by its own XML: the decree's measures, what keeps together, properties, bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.model import (
    AnnexHead,
    Closing,
    Column,
    Document,
    Heading,
    Letterhead,
    NewPage,
    Orientation,
    Row,
    RowKind,
    Signature,
    Table,
    Text,
)
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import plan_document
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled
from tests.documents.conftest import Written
from tests.documents.parity import W, paragraphs, part
from tests.documents.reading import MM, libreoffice, page_texts, pieces, words
from tests.documents.sample import plan_input, task

DOCUMENTS = ("commune-plan", "commune-decision", "commune-letter")
each_document = pytest.mark.parametrize("name", DOCUMENTS)


def value(element: ElementTree.Element | None, name: str = "val") -> str:
    assert element is not None
    return element.attrib[f"{W}{name}"]


def style(docx: Path, identity: str) -> ElementTree.Element:
    (found,) = [each for each in part(docx, "word/styles.xml") if each.get(f"{W}styleId") == identity]
    return found


def size(docx: Path, identity: str) -> float:
    return int(value(style(docx, identity).find(f"{W}rPr/{W}sz"))) / 2


def look(docx: Path, identity: str) -> tuple[bool, bool, str]:
    """Bold, italic, alignment."""
    found = style(docx, identity)
    bold, italic = (found.find(f"{W}rPr/{W}{name}") is not None for name in ("b", "i"))
    return bold, italic, value(found.find(f"{W}pPr/{W}jc"))


def written(folder: Path, *blocks: object) -> Path:
    path = folder / "a.docx"
    write_docx(path, Document("Tên", "Tác giả", "Việc", blocks))  # type: ignore[arg-type]
    return path


def styled(docx: Path, identity: str) -> list[ElementTree.Element]:
    return [
        each
        for each in part(docx).iter(f"{W}p")
        if (found := each.find(f"{W}pPr/{W}pStyle")) is not None and value(found) == identity
    ]


@each_document
def test_paper_margins_and_sections(issued: Mapping[str, Written], name: str) -> None:
    sections = list(part(issued[name].docx).iter(f"{W}sectPr"))
    assert len(sections) == {"plan": 2, "decision": 3, "letter": 1}[name.partition("-")[2]]
    for number, section in enumerate(sections):
        paper, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        sides = round(int(value(paper, "w")) / 20 / MM), round(int(value(paper, "h")) / 20 / MM)
        lying = number == len(sections) - 1 and name != "commune-letter"
        assert sides == ((297, 210) if lying else (210, 297))
        assert (paper.get(f"{W}orient") == "landscape") is lying  # type: ignore[union-attr]
        assert {
            side: round(int(value(margins, side)) / 20 / MM, 1) for side in ("top", "bottom", "left", "right")
        } == {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
        # The number is left out on page 1 only, and counts through.
        assert (section.find(f"{W}titlePg") is not None) is (number == 0)
        assert section.find(f"{W}pgNumType") is None


@each_document
def test_page_number_in_the_header(issued: Mapping[str, Written], name: str) -> None:
    docx = issued[name].docx
    first = next(part(docx).iter(f"{W}sectPr"))
    kinds = {value(each, "type") for each in first.findall(f"{W}headerReference")}
    assert kinds == {"default", "first"}
    with zipfile.ZipFile(docx) as archive:
        heads = [each for each in archive.namelist() if "header" in each and each.endswith(".xml")]
    fields = [each for head in heads for each in part(docx, head).iter(f"{W}fldSimple")]
    assert [value(each, "instr").strip() for each in fields] == ["PAGE"]
    assert size(docx, "Header") in (13, 14)
    assert look(docx, "Header") == (False, False, "center")
    # Margins of 30 and 15 mm: 15 mm less at the right, and the middle is the paper's.
    (indent,) = [each for head in heads for each in part(docx, head).iter(f"{W}ind")]
    assert round(int(value(indent, "right")) / 20 / MM, 1) == 15.0


@each_document
def test_sizes_and_looks_of_the_decree(issued: Mapping[str, Written], name: str) -> None:
    docx = issued[name].docx
    expected: dict[str, tuple[tuple[int, ...], tuple[bool, bool, str]]] = {
        "CchcNation": ((12, 13), (True, False, "center")),
        "CchcMotto": ((13, 14), (True, False, "center")),
        "CchcSuperior": ((12, 13), (False, False, "center")),
        "CchcIssuer": ((12, 13), (True, False, "center")),
        "CchcNumber": ((13,), (False, False, "center")),
        "CchcPlaceDate": ((13, 14), (False, True, "center")),
        "CchcSubject": ((12, 13), (False, False, "center")),
        "CchcKind": ((13, 14), (True, False, "center")),
        "CchcAbstract": ((13, 14), (True, False, "center")),
        "CchcGrounds": ((13, 14), (False, True, "both")),
        "CchcBody": ((13, 14), (False, False, "both")),
        "CchcAddressees": ((13, 14), (False, False, "left")),
        "CchcAuthority": ((13, 14), (True, False, "center")),
        "CchcSigner": ((13, 14), (True, False, "center")),
        "CchcRecipientsLabel": ((12,), (True, True, "left")),
        "CchcRecipients": ((11,), (False, False, "left")),
        "CchcAnnexNumber": ((14,), (True, False, "center")),
        "CchcAnnexTitle": ((13, 14), (True, False, "center")),
        "CchcReference": ((13, 14), (False, True, "center")),
    }
    for identity, (sizes, appearance) in expected.items():
        assert size(docx, identity) in sizes, identity
        assert look(docx, identity) == appearance, identity
    body = style(docx, "CchcBody").find(f"{W}pPr")
    assert body is not None
    spacing = body.find(f"{W}spacing")
    assert int(value(spacing, "after")) >= 6 * 20
    assert 240 <= int(value(spacing, "line")) <= 360 and value(spacing, "lineRule") == "auto"
    assert round(int(value(body.find(f"{W}ind"), "firstLine")) / 20 / MM, 1) in (10.0, 12.7)


@each_document
def test_font_colour_and_language(issued: Mapping[str, Written], name: str) -> None:
    docx = issued[name].docx
    defaults = part(docx, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults is not None
    assert set(defaults.find(f"{W}rFonts").attrib.values()) == {"Times New Roman"}  # type: ignore[union-attr]
    assert value(defaults.find(f"{W}color")) == "000000"
    assert value(defaults.find(f"{W}lang")) == "vi-VN"
    # Nothing says otherwise anywhere.
    for file in ("word/document.xml", "word/styles.xml"):
        fonts = [each for each in part(docx, file).iter(f"{W}rFonts") if each.attrib]
        assert len(fonts) == (1 if "styles" in file else 0)


def test_rules_are_as_long_as_the_decree_says(issued: Mapping[str, Written]) -> None:
    """Their indents against the words' widths, which the PDF's boxes give."""
    written = issued["commune-plan"]
    _, found = words(written.pdf)

    def width(start: str, end: str) -> float:
        begin = next(word for word in found if word.text == start)
        line = [word for word in found if word.page == 1 and abs(word.top - begin.top) < 2]
        last = next(word for word in line if word.text == end and word.left > begin.left)
        return last.right - begin.left

    lengths = []
    for each, room in zip(styled(written.docx, "CchcRule"), (72, 91, 165), strict=True):
        indent = each.find(f"{W}pPr/{W}ind")
        sides = (int(value(indent, "left")) + int(value(indent, "right"))) / 20
        lengths.append(room * MM - sides)
        assert each.find(f"{W}pPr/{W}pBdr/{W}top") is not None
    issuer, motto, title = lengths
    assert abs(motto - width("Độc", "phúc")) < 1
    issuer_words = 0.0
    for begin in (word for word in found if word.text == "ỦY" and word.page == 1):
        line = [w for w in found if w.page == 1 and abs(w.top - begin.top) < 2 and w.right < 105 * MM]
        if line[-1].text == "KAO":
            issuer_words = line[-1].right - line[0].left
    assert issuer_words / 3 < issuer < issuer_words / 2
    assert width("Cải", "Kao") / 3 < title < width("Cải", "Kao") / 2


def test_headings_stay_with_what_follows(issued: Mapping[str, Written]) -> None:
    docx = issued["commune-plan"].docx
    for level, identity in enumerate(("Heading1", "Heading2", "Heading3")):
        found = style(docx, identity).find(f"{W}pPr")
        assert found is not None and found.find(f"{W}keepNext") is not None
        assert value(found.find(f"{W}outlineLvl")) == str(level)
    assert len(styled(docx, "Heading1")) == 5
    intro = next(each for each in styled(docx, "CchcBody") if "Các chỉ tiêu" in "".join(each.itertext()))
    assert intro.find(f"{W}pPr/{W}keepNext") is not None
    last = styled(docx, "CchcBody")[-1]
    assert "".join(last.itertext()).endswith("./.") and last.find(f"{W}pPr/{W}keepNext") is not None


def test_rows_of_a_table(tmp_path: Path) -> None:
    columns = (Column("A", 1), Column("B", 2), Column("C", 1))
    long = "dài " * 500
    rows = (
        Row(("Nhóm", "", ""), RowKind.GROUP, span=(0, 2)),
        Row(("1", "ngắn", "x")),
        Row(("2", long, "x")),
        Row(("", "Cộng", "3"), RowKind.TOTAL),
    )
    docx = written(tmp_path, Table(columns, rows, numbered=True))
    found = part(docx).findall(f"{W}body/{W}tbl/{W}tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in found]
    assert heads == [True, True, False, False, False, False]
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in found]
    assert whole == [True, True, True, True, False, True]
    keeps = [row.find(f".//{W}keepNext") is not None for row in found[2:]]
    assert keeps == [True, False, False, False]
    assert value(found[2].find(f"{W}tc/{W}tcPr/{W}gridSpan")) == "3"
    assert [len(row.findall(f"{W}tc")) for row in found] == [3, 3, 1, 3, 3, 3]
    assert [each.words for each in paragraphs(docx)][:6] == [["A"], ["B"], ["C"], ["(1)"], ["(2)"], ["(3)"]]
    grid = [int(value(each, "w")) for each in part(docx).iter(f"{W}gridCol")]
    assert sum(grid) == round(165 * MM * 20) and grid[1] == pytest.approx(2 * grid[0], abs=2)


def test_signature_is_one_row_unless_the_list_is_longer_than_a_page(tmp_path: Path) -> None:
    short = Closing(Signature(("CHỦ TỊCH",), "A", "đã ký"), "Nơi nhận:", ("B;", "Lưu: VT."))
    docx = written(tmp_path, Text("Hết./."), short)
    (row,) = part(docx).iter(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    borders = part(docx).find(f".//{W}tblBorders")
    assert borders is not None and {value(edge) for edge in borders} == {"nil"}
    long = replace(short, recipients=tuple(f"Đơn vị {n};" for n in range(150)))
    (row,) = part(written(tmp_path, long)).iter(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_user_text_is_text_whatever_it_is(tmp_path: Path) -> None:
    awkward = "a<b>c & \"d\" 'e' ]]> \x00\x0b\ud800\ufeff {year} %s \\ =1+1"
    decomposed = "Ra\u0300 soa\u0301t"
    docx = written(
        tmp_path,
        Letterhead(awkward, awkward, awkward, awkward, awkward),
        Heading(awkward),
        Text(f"{awkward}\n{decomposed}", lead=awkward),
        Table((Column(awkward, 1),), (Row((awkward,)),)),
        NewPage(Orientation.LANDSCAPE),
        AnnexHead(awkward, awkward, awkward),
        Closing(Signature((awkward,), awkward, awkward), awkward, (awkward,)),
    )
    said = [" ".join(each.words) for each in paragraphs(docx)]
    assert "Rà soát" in said
    clean = "a<b>c & \"d\" 'e' ]]>"
    assert sum(clean in line for line in said) >= 10


def test_properties_and_nothing_foreign(issued: Mapping[str, Written]) -> None:
    docx = issued["commune-plan"].docx
    with zipfile.ZipFile(docx) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert not [name for name in names if re.search(r"thumbnail|app\.xml|custom|Effects|theme", name)]
    assert "Kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao" in core
    assert ">Ủy ban nhân dân xã Ea Kao<" in core
    assert "vi-VN" in core and "python" not in core
    long = replace(issued["commune-plan"].document, title="Tên " * 200, author="Người " * 200)
    write_docx(docx.with_name("long.docx"), long)


def test_same_document_gives_the_same_bytes_also_in_another_process(tmp_path: Path) -> None:
    one, other = tmp_path / "one.docx", tmp_path / "other.docx"
    write_docx(one, plan_document(plan_input()))
    code = (
        "import sys; from pathlib import Path; from cchc_desktop.documents.docx import write_docx; "
        "from cchc_desktop.documents.plan import plan_document; "
        "from tests.documents.sample import plan_input; "
        "write_docx(Path(sys.argv[1]), plan_document(plan_input()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run([sys.executable, "-c", code, str(other)], check=True, env=environment)
    assert one.read_bytes() == other.read_bytes()
    write_docx(other, plan_document(plan_input((task(0),))))
    assert one.read_bytes() != other.read_bytes()


def test_pictures_of_the_chart_say_their_figures(issued: Mapping[str, Written]) -> None:
    docx = issued["selfscore"].docx
    space = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    drawn = [each.attrib for each in part(docx).iter(space)]
    assert len(drawn) == 3 + 3
    assert len({each["id"] for each in drawn}) == len(drawn)
    assert drawn[1]["descr"] == "2. Thủ tục hành chính: đã đạt 2,50, còn mở 2,00, đã mất 1,50"


def test_stops_when_asked(tmp_path: Path) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        write_docx(tmp_path / "a.docx", plan_document(plan_input()), progress)


def test_group_rows_stay_with_their_rows(tmp_path: Path) -> None:
    rows: list[Row] = []
    for group in range(60):
        rows.append(Row((f"Nhóm {group}", ""), RowKind.GROUP, span=(0, 1)))
        rows += [Row((str(n), "dài " * (1 + group % 7 * 5))) for n in range(group % 4 + 1)]
    docx = written(
        tmp_path, NewPage(Orientation.LANDSCAPE), Table((Column("TT", 1), Column("Việc", 5)), tuple(rows))
    )
    libreoffice(docx, "pdf", tmp_path)
    pages = [page.split("\n") for page in page_texts(tmp_path / "a.pdf") if page.strip()]
    lasts = [[line.strip() for line in page if line.strip()][-1] for page in pages]
    assert len(lasts) > 6
    assert not [line for line in lasts if line.startswith("Nhóm")]


def test_python_docx_is_imported_only_when_a_document_is_written() -> None:
    code = (
        "import sys, cchc_desktop.documents.docx, cchc_desktop.services.documents; "
        "sys.exit(bool({'docx', 'reportlab', 'lxml', 'openpyxl', 'PIL'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("follows", ["text", "table"])
def test_no_heading_is_left_alone_at_the_end_of_a_page(tmp_path: Path, follows: str) -> None:
    """In both forms, as the text before the heading grows line by line through more than a page's length."""
    blocks: list[object] = []
    table = Table((Column("Cột", 1),), (Row(("Nhóm",), RowKind.GROUP), *[Row((f"ô {n}",)) for n in range(4)]))
    for number in range(1, 40):
        blocks += [Heading(f"Phần đệm {number}"), *[Text("Dòng đệm.")] * (number % 23 + 1)]
        blocks.append(Heading(f"Mốc {number}"))
        blocks += [Text("Nội dung của mốc. " * 20)] if follows == "text" else [Text("Bảng sau đây:"), table]
    document = Document("t", "a", "s", tuple(blocks))  # type: ignore[arg-type]
    pdf, docx = tmp_path / "a.pdf", tmp_path / "b.docx"
    write_pdf(document, pdf)
    write_docx(docx, document)
    libreoffice(docx, "pdf", tmp_path)
    for path in (pdf, tmp_path / "b.pdf"):
        seen = 0
        pages = page_texts(path)
        assert len(pages) > 10
        for page in pages:
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            seen += sum(line.startswith("Mốc ") for line in lines)
            assert not lines[-1].startswith(("Mốc ", "Phần đệm ", "Bảng sau", "Cột")), (path.name, lines[-3:])
        assert seen == 39


def test_signature_is_never_alone_on_its_page(tmp_path: Path) -> None:
    closing = Closing(Signature(("CHỦ TỊCH",), "Nguyễn Văn Hòa"), "Nơi nhận:", ("A;", "Lưu: VT."))
    files = []
    for count in range(24, 36):
        path = tmp_path / f"n{count}.docx"
        write_docx(path, Document("t", "a", "s", (*[Text(f"Dòng {n}.") for n in range(count)], closing)))
        files.append(path)
    libreoffice(files, "pdf", tmp_path)
    together = 0
    for count in range(24, 36):
        pages = page_texts(tmp_path / f"n{count}.pdf")
        (page,) = [page for page in pages if "Nơi nhận:" in page]
        assert f"Dòng {count - 1}." in page
        assert "CHỦ TỊCH" in page and "Nguyễn Văn Hòa" in page
        together += len(pages) > 1
    assert 0 < together < 12
    assert pieces(tmp_path / "n24.pdf")
