"""Pictures that are bombs, tables with formulas, XML that starts a program, names that lie: each is said."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from cchc_desktop.intake import image_content
from tests.fuzz.samples import packed
from tests.intake.active_files import codes, picture


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
