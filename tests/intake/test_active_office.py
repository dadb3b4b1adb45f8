"""What Office files, OpenDocument files and archives could do when they are opened is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.intake import zip_content
from cchc_desktop.intake.active_content import look_inside
from tests.fuzz.samples import packed
from tests.intake.active_files import codes, office, xlsx

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
VBA = OLE + "_VBA_PROJECT".encode("utf-16-le") + bytes(100)


def docx(*parts: tuple[str, bytes]) -> bytes:
    return office("word/document.xml", *parts)


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
