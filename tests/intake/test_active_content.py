"""What a file could do when it is opened is said, whatever way it is hidden; a plain file has no findings."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from docx import Document
from PIL import Image

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled
from cchc_desktop.intake import image_content, pdf_content, zip_content
from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.language import render
from cchc_desktop.services import samples
from tests.fuzz.samples import packed

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
VBA = OLE + "_VBA_PROJECT".encode("utf-16-le") + bytes(100)


def codes(content: bytes, name: str, folder: Path) -> list[str]:
    """The findings' ids, without their room; each has a sentence and comes fast."""
    path = folder / f"tep{Path(name).suffix}"
    path.write_bytes(content)
    begun = time.process_time()
    found = look_inside(path, name)
    assert time.process_time() - begun < 1
    assert all(render(one) for one in found)
    return [one.id.removeprefix("active_content.") for one in found]


# --- PDF, made by pikepdf ---------------------------------------------------------------------------------


def pdf(add: Callable[[pikepdf.Pdf], object], *, packed_objects: bool = False) -> bytes:
    """A page and what `add` puts in; with `packed_objects` nothing of it stands in clear."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    add(made)
    to = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed_objects else pikepdf.ObjectStreamMode.disable
    made.save(to, object_stream_mode=mode, compress_streams=True)
    return to.getvalue()


def opening(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], object]:
    def add(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return add


def annotation(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], object]:
    def add(made: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
        )
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(link)]))

    return add


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ" + bytes(100)


def form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def script(made: pikepdf.Pdf) -> None:
    opening(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))(made)


PDFS: dict[str, tuple[list[str], Callable[[pikepdf.Pdf], object]]] = {
    "plain": ([], lambda made: None),
    "JavaScript on opening": (["pdf_on_open", "pdf_script"], script),
    "program started": (
        ["pdf_launch"],
        annotation(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
    ),
    "embedded file": (["pdf_files"], attachment),
    "link": (["pdf_link"], annotation(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.vn"))),
    "data sent": (
        ["pdf_form"],
        annotation(pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://example.vn")),
    ),
    "other file": (["pdf_other_file"], annotation(pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="b.pdf"))),
    "dynamic form": (["pdf_xfa"], form),
}


@pytest.mark.parametrize("packed_objects", [False, True], ids=["in clear", "in object streams"])
@pytest.mark.parametrize("what", PDFS)
def test_pdf_is_pointed_out(what: str, packed_objects: bool, tmp_path: Path) -> None:
    expected, add = PDFS[what]
    content = pdf(add, packed_objects=packed_objects)
    if packed_objects:
        assert not any(word in content for word in (b"/JavaScript", b"/Launch", b"/Names", b"/URI", b"/Goto"))
    assert codes(content, "a.pdf", tmp_path) == expected


def test_pdf_names_in_hex_are_found(tmp_path: Path) -> None:
    good = b"%PDF-1.7\n1 0 obj<</S/Go /JS(x)>>endobj\n%%EOF"
    assert codes(good, "a.pdf", tmp_path) == []
    for spelling in (b"/J#61vaScript", b"/#4a#61#76#61#53cript", b"/JavaS#63ript", b"/JavaScrip#74"):
        assert codes(good.replace(b"/Go", spelling), "a.pdf", tmp_path) == ["pdf_script"]
    assert codes(good.replace(b"/Go", b"/JavaScriptX"), "a.pdf", tmp_path) == []


@pytest.mark.parametrize("spelling", [b"/S/URI", b"/S /U#52I", b"/S\r\n%x\n/URI", b"/#53 /URI"])
def test_pdf_link_in_any_spelling(spelling: bytes, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n1 0 obj<<" + spelling + b"/URI(http://x.vn)>>endobj\n%%EOF"
    assert codes(content, "a.pdf", tmp_path) == ["pdf_link"]


def object_stream(inner: bytes, dictionary: bytes = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode") -> bytes:
    return b"%PDF-1.7\n2 0 obj\n<<" + dictionary + b">>\nstream\n" + inner + b"\nendstream\nendobj\n%%EOF"


INNER = b"5 0 << /S /JavaScript /JS (x) >>"


def test_pdf_object_stream_under_another_name_is_searched(tmp_path: Path) -> None:
    """Its dictionary may stand elsewhere, or say nothing: the content tells."""
    for dictionary in (b"", b"/Type 9 0 R/Filter 8 0 R", b"/Type/XObject/Subtype/Image/Filter/FlateDecode"):
        assert codes(object_stream(zlib.compress(INNER), dictionary), "a.pdf", tmp_path) == ["pdf_script"]


def test_pdf_object_stream_in_two_layers_is_said(tmp_path: Path) -> None:
    twice = zlib.compress(zlib.compress(INNER).hex().encode())
    both = b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/ASCIIHexDecode/FlateDecode]"
    assert codes(object_stream(twice, both), "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_pdf_object_stream_over_the_end_of_a_block_is_searched(tmp_path: Path) -> None:
    for before in range(pdf_content._BLOCK - 220, pdf_content._BLOCK, 11):
        content = b"%PDF-1.7\n" + b"%" * before + b"\n" + object_stream(zlib.compress(INNER))
        assert codes(content, "a.pdf", tmp_path) == ["pdf_script"], before


def test_pdf_hidden_behind_a_false_stream_is_found(tmp_path: Path) -> None:
    """A search that jumped over streams would miss what a comment calls one."""
    content = b"%PDF-1.7\n% stream\n1 0 obj<</S/JavaScript>>endobj\n% endstream\n%%EOF"
    assert codes(content, "a.pdf", tmp_path) == ["pdf_script"]


def test_pdf_that_is_locked_is_said(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    to = io.BytesIO()
    made.save(to, encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert codes(to.getvalue(), "a.pdf", tmp_path) == ["pdf_encrypted"]


def test_pdf_bomb_ends_at_the_bound(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    bomb = packer.compress(b"5 0 ") + b"".join(packer.compress(block) for _ in range(100)) + packer.flush()
    assert len(bomb) < 200_000
    assert codes(object_stream(bomb), "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_pdf_of_nothing_but_streams_ends_at_the_bound(tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + b"1 0 obj<<>>stream\nx\nendstream " * (pdf_content.MOST_STREAMS + 1)
    assert codes(content, "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_program_with_a_pdf_behind_it_is_said(tmp_path: Path) -> None:
    assert "type_differs" in codes(b"MZ" + bytes(50) + b"%PDF-1.7\n%%EOF", "a.pdf", tmp_path)


# --- Office, OpenDocument ---------------------------------------------------------------------------------


def office(main: str, *parts: tuple[str, bytes]) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    named = {name for name, _content in parts}
    rest = [(main, b"<x/>")] if main not in named else []
    return packed([("[Content_Types].xml", types), *rest, *parts])


def docx(*parts: tuple[str, bytes]) -> bytes:
    return office("word/document.xml", *parts)


def xlsx(*parts: tuple[str, bytes]) -> bytes:
    return office("xl/workbook.xml", *parts)


def relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    inner = f'<Relationship Id="a" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'.encode()


def fields(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{word}"/></w:r>' for word in ("begin", "end"))
    return f'<w:document xmlns:w="w">{begin}{runs}{end}</w:document>'.encode()


def sheet(formula: str) -> bytes:
    return f'<worksheet xmlns="s"><c><f>{formula}</f></c></worksheet>'.encode()


def odt(content: str, *parts: tuple[str, bytes]) -> bytes:
    names = 'xmlns:o="o" xmlns:x="x" xmlns:t="t"'
    return packed(
        [
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", b"<m/>"),
            ("content.xml", f"<o:doc {names}>{content}</o:doc>".encode()),
            *parts,
        ]
    )


MACRO_TYPE = b'<Types><Override PartName="/x" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
WIDE = '<?xml version="1.0" encoding="UTF-16"?>' + relation("attachedTemplate", "http://x.vn/a.dotm").decode()
OFFICES: dict[str, tuple[str, list[str], bytes]] = {
    "macros": ("a.xlsx", ["embedded", "macros"], xlsx(("xl/vbaProject.bin", VBA))),
    "macros renamed": ("a.docx", ["embedded", "macros"], docx(("word/media/image1.png", VBA))),
    "macros by their type": (
        "a.docx",
        ["macros"],
        packed([("[Content_Types].xml", MACRO_TYPE), ("word/document.xml", b"<x/>")]),
    ),
    "macros by their relation": (
        "a.docx",
        ["macros"],
        docx(("word/_rels/document.xml.rels", relation("vbaProject", "x.bin", outside=False))),
    ),
    "Excel 4 macros": ("a.xlsx", ["macros"], xlsx(("xl/macrosheets/sheet1.xml", b"<x/>"))),
    "template from the web": (
        "a.docx",
        ["template"],
        docx(("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://x.vn/a.dotm"))),
    ),
    "template from the web in UTF-16": (
        "a.docx",
        ["template"],
        docx(("word/_rels/settings.xml.rels", WIDE.encode("utf-16"))),
    ),
    "template on a server": (
        "a.docx",
        ["template"],
        docx(("word/_rels/settings.xml.rels", relation("attachedTemplate", "file:///\\\\x\\a.dotm"))),
    ),
    "own template": (
        "a.docx",
        [],
        docx(("word/_rels/settings.xml.rels", relation("attachedTemplate", "file:///C:\\a\\b.dotm"))),
    ),
    "linked workbook": (
        "a.xlsx",
        ["external_from"],
        xlsx(("xl/externalLinks/_rels/e.xml.rels", relation("externalLinkPath", "file:///d:/b.xlsx"))),
    ),
    "picture from the web": (
        "a.docx",
        ["external_from"],
        docx(("word/_rels/document.xml.rels", relation("image", "http://x.vn/a.png"))),
    ),
    "link to a page": (
        "a.docx",
        [],
        docx(("word/_rels/document.xml.rels", relation("hyperlink", "https://x.vn"))),
    ),
    "link to a program": (
        "a.docx",
        ["external_from"],
        docx(("word/_rels/document.xml.rels", relation("hyperlink", "file:///c:/windows/system32/cmd.exe"))),
    ),
    "data connection": (
        "a.xlsx",
        ["external_from"],
        xlsx(("xl/connections.xml", b'<connections xmlns="s"><connection name="Web"/></connections>')),
    ),
    "embedded object": ("a.docx", ["embedded"], docx(("word/embeddings/oleObject1.bin", OLE))),
    "embedded file by relation": (
        "a.docx",
        ["embedded"],
        docx(("word/_rels/document.xml.rels", relation("package", "embeddings/a.xlsx", outside=False))),
    ),
    "DDE field": ("a.docx", ["dde"], docx(("word/document.xml", fields('DDEAUTO c:\\cmd.exe "/k calc"')))),
    "DDE field in pieces": ("a.docx", ["dde"], docx(("word/document.xml", fields("D", "DE", "AUTO", " c:")))),
    "other field": ("a.docx", [], docx(("word/document.xml", fields("PAGE", " \\* MERGEFORMAT")))),
    "simple DDE field": (
        "a.docx",
        ["dde"],
        docx(("word/document.xml", b'<w:p xmlns:w="w"><w:fldSimple w:instr=" DDE c:\\x"/></w:p>')),
    ),
    "DDE formula": ("a.xlsx", ["dde"], xlsx(("xl/worksheets/sheet1.xml", sheet("cmd|'/C calc'!A0")))),
    "DDE formula by entity": (
        "a.xlsx",
        ["dde"],
        xlsx(("xl/worksheets/sheet1.xml", sheet("cmd&#124;'/C calc'!A0"))),
    ),
    "other formula": (
        "a.xlsx",
        [],
        xlsx(("xl/worksheets/sheet1.xml", sheet('IF(A1="a|b",Sheet2!A1,0)'))),
    ),
    "DDE link": (
        "a.xlsx",
        ["dde"],
        xlsx(
            ("xl/externalLinks/e.xml", b'<externalLink xmlns="s"><ddeLink ddeService="cmd"/></externalLink>')
        ),
    ),
    "entities": (
        "a.docx",
        ["xml_entities"],
        docx(("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    ),
    "OpenDocument": ("a.odt", [], odt("<o:p>Xin chào</o:p>")),
    "OpenDocument macros": ("a.odt", ["macros"], odt("", ("Basic/Standard/script-lb.xml", b"<x/>"))),
    "OpenDocument event": ("a.odt", ["macros"], odt('<o:event-listener x:href="vnd.sun.star.script:x"/>')),
    "OpenDocument DDE": ("a.odt", ["dde"], odt("<o:dde-source/>")),
    "OpenDocument picture from the web": (
        "a.odt",
        ["external_from"],
        odt('<o:image x:href="http://x.vn/a.png"/>'),
    ),
    "OpenDocument object": ("a.odt", ["embedded"], odt('<o:object x:href="./Object 1"/>')),
}


@pytest.mark.parametrize("what", OFFICES)
def test_office_file_is_pointed_out(what: str, tmp_path: Path) -> None:
    name, expected, content = OFFICES[what]
    assert codes(content, name, tmp_path) == expected


def test_old_office_files(tmp_path: Path) -> None:
    assert codes(OLE + bytes(4096), "a.xls", tmp_path) == []
    assert codes(VBA, "a.xls", tmp_path) == ["macros"]
    assert codes(OLE + "\1Ole10Native".encode("utf-16-le"), "a.doc", tmp_path) == ["embedded"]
    assert codes(OLE + "EncryptedPackage".encode("utf-16-le"), "a.doc", tmp_path) == ["encrypted"]
    sheet_record = b"\x85\0\x0e\0" + b"\x10\2\0\0" + b"\0\1" + b"\x06\0Macro1"
    assert codes(OLE + sheet_record, "a.xls", tmp_path) == ["macros"]
    assert codes(OLE + sheet_record.replace(b"\0\1\x06", b"\0\0\x06"), "a.xls", tmp_path) == []
    split = OLE + bytes((1 << 20) - len(OLE) - 9) + "_VBA_PROJECT".encode("utf-16-le")
    assert codes(split, "a.xls", tmp_path) == ["macros"], "over the end of a block"


def test_excel_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """48 KB that say they are a sheet of 50 MB, and 1 MB that say they are 1 GB."""
    content = xlsx(("xl/worksheets/sheet1.xml", b"<x>" + b" " * 50_000_000))
    assert len(content) < 60_000
    assert codes(content, "a.xlsx", tmp_path) == ["archive_unsearched"]
    huge = packed([("[Content_Types].xml", b"<x/>"), ("xl/a.xml", b"x")]).replace(
        b"\x03\0\0\0\x01\0\0\0", b"\x03\0\0\0\xff\xff\xff\x7f"
    )
    assert "unpacks_huge" in codes(huge, "a.xlsx", tmp_path)


def test_endless_elements_end_at_the_bound(tmp_path: Path) -> None:
    content = xlsx(("xl/worksheets/sheet1.xml", b"<x>" + b"<y/>" * 1_100_000 + b"</x>"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [one.id for one in look_inside(path, "a.xlsx")] == ["active_content.archive_unsearched"]


def test_zip_of_programs(tmp_path: Path) -> None:
    assert codes(packed([("Báo cáo.pdf", b"%PDF-"), ("ảnh/1.png", b"x")]), "a.zip", tmp_path) == []
    bad = packed([("Báo cáo.pdf.exe", b"MZ"), ("b.docm", b"PK"), ("c.pdf", b"%PDF-")])
    assert codes(bad, "a.zip", tmp_path) == ["programs"]
    outside = packed([("../../x.pdf", b"%PDF-")])
    assert codes(outside, "a.zip", tmp_path) == ["paths_outside"]
    many = packed([(f"{number}.txt", b"") for number in range(60_000)])
    assert codes(many, "a.zip", tmp_path) == ["archive_unsearched"]
    assert zip_content.MOST_DIRECTORY < 60_000 * (46 + 9)


@pytest.mark.parametrize("cut", [10, 30, 100, -30, -1])
def test_broken_archive_is_said(cut: int, tmp_path: Path) -> None:
    good = docx()
    assert codes(good, "a.docx", tmp_path) == []
    assert "archive_unsearched" in codes(good[:cut], "a.docx", tmp_path)


# --- pictures, text ---------------------------------------------------------------------------------------


def picture(kind: str, width: int = 8, height: int = 8) -> bytes:
    to = io.BytesIO()
    Image.new("1", (width, height)).save(to, kind)
    return to.getvalue()


def test_huge_picture_is_told_by_its_header(tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG", "TIFF"):
        assert codes(picture(kind), f"a.{kind.lower()}", tmp_path) == []
    good = picture("PNG")
    header = good[12:16]
    assert header == b"IHDR"

    def sized(width: int, height: int) -> bytes:
        body = header + width.to_bytes(4, "big") + height.to_bytes(4, "big") + good[24:29]
        return good[:12] + body + zlib.crc32(body).to_bytes(4, "big") + good[33:]

    assert codes(sized(10_000, 15_000), "a.png", tmp_path) == []
    assert codes(sized(10_001, 15_000), "a.png", tmp_path) == ["image_huge"]
    assert codes(sized(2**31 - 1, 2**31 - 1), "a.png", tmp_path) == ["image_enormous"]
    assert codes(good[:20], "a.png", tmp_path) == ["image_damaged"]
    assert image_content.MOST_PIXELS == 10_000 * 15_000


def test_second_picture_of_a_tiff_is_looked_at(tmp_path: Path) -> None:
    pages = [Image.new("1", (8, 8)), Image.new("1", (20_000, 8_000))]
    to = io.BytesIO()
    pages[0].save(to, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert codes(to.getvalue(), "a.tif", tmp_path) == ["image_huge"]


def test_formulas_in_a_csv(tmp_path: Path) -> None:
    plain = "Tên,Số\nNhiệm vụ 1,-5\n+84 909,=\n".encode()
    assert codes(plain, "a.csv", tmp_path) == []
    assert codes(plain + b"=cmd|'/C calc'!A0,1\n", "a.csv", tmp_path) == ["dde"]
    assert codes((plain.decode() + '"@cmd|x!A"').encode("utf-16"), "a.csv", tmp_path) == ["dde"]
    assert codes(plain + b'=WEBSERVICE("http://x.vn")\n', "a.csv", tmp_path) == ["external"]
    assert codes(plain + b"=cmd|'/C calc'!A0,1\n", "a.txt", tmp_path) == []


def test_xml_that_opens_in_a_program(tmp_path: Path) -> None:
    assert codes(b'<?xml version="1.0"?><a/>', "a.xml", tmp_path) == []
    assert codes(b'<?mso-application progid="Word.Document"?><a/>', "a.xml", tmp_path) == ["xml_program"]
    assert codes(b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "a.xml", tmp_path) == ["xml_entities"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\0" + bytes(100)),
        ("a.docx", b"{\\rtf1\\object\\objupdate}"),
        ("a.doc", b"<html><script>x</script></html>"),
        ("a.png", b"\xff\xd8\xff" + bytes(100)),
        ("a.txt", b"\x7fELF\0\0"),
        ("a.xlsx", packed([("word/document.xml", b"<x/>")])),
        ("a.exe", b"MZ"),
    ],
)
def test_name_that_lies_is_said(name: str, content: bytes, tmp_path: Path) -> None:
    assert codes(content, name, tmp_path)[0] == "type_differs"


# --- real files, bounds -----------------------------------------------------------------------------------


def test_files_that_real_programs_wrote_have_no_findings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=SUM(B1:B9)"
    book.save(tmp_path / "a.xlsx")
    letter = Document()
    letter.add_paragraph("Kính gửi Sở Nội vụ")
    letter.save(str(tmp_path / "a.docx"))
    samples.make_profile(tmp_path / "xã", "commune")
    stored = [path for path in (tmp_path / "xã" / "evidence").glob("*/*") if path.is_file()]
    assert len(stored) > 20
    for path in stored:
        kinds = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff\xe0": ".jpg", b"PK\3\4": ".xlsx"}
        suffix = kinds.get(path.read_bytes()[:4], ".txt")
        found = [one.id for one in look_inside(path, f"a{suffix}")]
        assert not set(found) - {"active_content.type_differs"}, found
    for name in ("a.xlsx", "a.docx"):
        assert look_inside(tmp_path / name, name) == ()


def test_libreoffice_files_have_no_findings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kính gửi Sở Nội vụ", encoding="utf-8")
    for kind in ("pdf", "docx", "odt", "doc"):
        line = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", kind]
        subprocess.run(
            [*line, "--outdir", str(tmp_path), "a.txt"], cwd=tmp_path, check=True, capture_output=True
        )
        assert look_inside(tmp_path / f"a.{kind}", f"a.{kind}") == (), kind


MEASURE = """
import sys, time
from pathlib import Path
from cchc_desktop.intake.active_content import look_inside
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin
def most():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
look_inside(Path(sys.argv[1]), "warm.pdf")
base, begun = most(), time.process_time()
found = look_inside(Path(sys.argv[2]), sys.argv[3])
print(most() - base, time.process_time() - begun)
"""


@pytest.mark.parametrize("kind", ["large pdf", "pdf bomb", "office bomb", "large zip", "tiff"])
def test_memory_stays_small(kind: str, tmp_path: Path) -> None:
    files: dict[str, Callable[[], tuple[str, bytes]]] = {
        "large pdf": lambda: ("a.pdf", b"%PDF-1.7\n" + bytes(80_000_000)),
        "pdf bomb": lambda: ("a.pdf", object_stream(zlib.compress(b"5 0 " + bytes(60_000_000)))),
        "office bomb": lambda: ("a.xlsx", xlsx(("xl/a.xml", b"<x>" + b" " * 60_000_000))),
        "large zip": lambda: ("a.zip", packed([(f"{n}.txt", b"") for n in range(30_000)])),
        "tiff": lambda: ("a.tif", picture("TIFF", 30_000, 4_900)),
    }
    name, content = files[kind]()
    small, path = tmp_path / "small.pdf", tmp_path / name
    small.write_bytes(b"%PDF-1.7\n%%EOF")
    path.write_bytes(content)
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(path), name],
        capture_output=True,
        text=True,
        check=True,
    )
    grown, took = map(float, answer.stdout.split())
    assert grown < 100 * 1024, kind
    assert took < 3, kind


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF")
    assert look_inside(path, "a.pdf") == ()
    stopped = Progress()
    stopped.stop()
    with pytest.raises(Cancelled):
        look_inside(path, "a.pdf", stopped)


def test_file_that_is_gone_is_said(tmp_path: Path) -> None:
    assert [one.id for one in look_inside(tmp_path / "x.pdf", "x.pdf")] == ["active_content.not_looked_into"]
