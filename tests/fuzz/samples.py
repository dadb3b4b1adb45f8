"""Small files of the kinds that evidence has, each with something active in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cache

_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """A ZIP of these parts."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return to.getvalue()


def pdf() -> bytes:
    """With an object stream that holds a script."""
    inner = b"5 0 6 40 << /S /JavaScript /JS (app.alert(1)) >>   << /S /Launch >>"
    stream = zlib.compress(inner)
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction 5 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n3 0 obj\n<</S/URI/URI(http://example.vn)>>\nendobj\n"
        b"trailer\n<</Root 1 0 R>>\n%%EOF\n"
    )


@cache
def office_files() -> tuple[tuple[str, list[tuple[str, bytes]]], ...]:
    relations = (
        f'<Relationships xmlns="{_NS}">'
        f'<Relationship Id="a" Type="{_OFFICE}/attachedTemplate"'
        f' Target="http://x.vn/a.dotm" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{_OFFICE}/oleObject" Target="embeddings/a.bin"/></Relationships>'
    ).encode()
    document = (
        b'<w:document xmlns:w="w"><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE'
        b'</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x "/c calc"</w:instrText></w:r><w:r>'
        b'<w:fldChar w:fldCharType="end"/></w:r></w:p></w:document>'
    )
    types = b'<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "_VBA_PROJECT".encode("utf-16-le")
    sheet = b"<worksheet xmlns=\"s\"><c><f>cmd|'/C calc'!A0</f></c></worksheet>"
    content = b'<o:document xmlns:o="o" xmlns:x="x"><o:dde-source/><o:image x:href="http://x.vn/a.png"/></o:document>'
    return (
        (
            "a.docx",
            [
                ("[Content_Types].xml", types),
                ("word/document.xml", document),
                ("word/_rels/document.xml.rels", relations),
                ("word/x.bin", ole),
            ],
        ),
        ("a.xlsx", [("[Content_Types].xml", types), ("xl/worksheets/sheet1.xml", sheet)]),
        (
            "a.odt",
            [
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("META-INF/manifest.xml", b"<m/>"),
                ("content.xml", content),
            ],
        ),
    )


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    from PIL import Image

    pictures = []
    for kind in ("PNG", "JPEG", "TIFF"):
        to = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(to, kind)
        pictures.append((f"a.{kind.lower()}", to.getvalue()))
    return (
        ("a.pdf", pdf()),
        *((name, packed(parts)) for name, parts in office_files()),
        ("a.zip", packed([("a.txt", b"x"), ("b/c.exe", b"MZ")])),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le")),
        ("a.csv", b"a,b\n=cmd|'/C calc'!A0,1\n"),
        ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a><a/>'),
        *pictures,
    )
