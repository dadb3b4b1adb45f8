"""Whatever bytes come as a workbook: a report or a refusal in words, within 2 s and 200 MB, never a crash."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.compiler import compile_workbook, is_wanted
from cchc_desktop.intake.workbook import parse_workbook, read_workbook
from cchc_desktop.language import render
from tests.formpack.books import book_bytes, small_book

SHEET = "xl/worksheets/sheet2.xml"
GOOD = book_bytes(small_book())


def refused(content: bytes) -> str:
    """Why the bytes are refused; the sentence renders and says what to do."""
    with pytest.raises(KnownError) as caught:
        compile_workbook(parse_workbook(content, "thu.xlsx", is_wanted))
    sentence = render(caught.value.message)
    assert "thu.xlsx" in sentence
    assert sentence.count(".") >= 2
    return caught.value.code.removeprefix("workbook.")


def repacked(change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> bytes:
    """The good book with parts changed, left out or added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.namelist():
            data = change(part, source.read(part))
            if data is not None:
                copy.writestr(part, data)
        for name, data in more:
            copy.writestr(name, data)
    return target.getvalue()


def same(_part: str, data: bytes) -> bytes:
    return data


def sheet_of(rows: str) -> bytes:
    """The good book with other rows on its second sheet."""
    body = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    ).encode()
    return repacked(lambda part, data: body if part == SHEET else data)


def test_kinds_of_files_that_are_no_xlsx() -> None:
    assert refused(b"") == "empty"
    assert refused("Khóa,Mã\nke_hoach,1.1\n".encode()) == "not_xlsx"
    assert refused(b"<html><table></table></html>") == "not_xlsx"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)) == "old_excel"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked) == "password"
    assert refused(GOOD[:200]) == "damaged"
    assert refused(GOOD[:-30]) == "damaged"
    assert refused(b"PK\x03\x04" + bytes(100)) == "damaged"
    assert refused(bytes(11_000_000)) == "too_large"
    assert (
        refused(repacked(same, ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))) == "not_xlsx"
    )
    assert refused(repacked(same, ("word/document.xml", b"<a/>"))) == "not_xlsx"


def test_macros_links_and_binary_books() -> None:
    assert refused(repacked(same, ("xl/vbaProject.bin", b"\0"))) == "macros"

    def macro(part: str, data: bytes) -> bytes:
        if part != "[Content_Types].xml":
            return data
        return data.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )

    assert refused(repacked(macro)) == "macros"
    assert refused(repacked(same, ("xl/externalLinks/externalLink1.xml", b"<a/>"))) == "external_links"
    assert refused(repacked(same, ("xl/workbook.bin", b"\0"))) == "binary_excel"


def test_broken_parts() -> None:
    assert refused(repacked(lambda part, data: None if part == SHEET else data)) == "damaged"
    assert refused(repacked(lambda part, data: data[:50] if part == SHEET else data)) == "damaged"
    assert refused(repacked(lambda part, data: None if part == "xl/workbook.xml" else data)) == "not_xlsx"
    assert refused(repacked(lambda part, data: None if part == "[Content_Types].xml" else data)) == "not_xlsx"
    wrong_checksum = GOOD.replace(b"PK\x01\x02", b"PK\x01\x03", 1)
    assert refused(wrong_checksum) == "damaged"


def test_laughing_entities_and_document_types() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>&b;&b;</a>'
    assert refused(repacked(lambda part, data: bomb if part == SHEET else data)) == "damaged"


def test_zip_bombs() -> None:
    spaces = b"<worksheet>" + b" " * 200_000_000 + b"</worksheet>"
    bomb = repacked(lambda part, data: spaces if part == SHEET else data)
    assert len(bomb) < 1_000_000
    begin = time.process_time()
    assert refused(bomb) == "unpacks_too_large"
    assert time.process_time() - begin < 2
    assert refused(sheet_of("<row><c/></row>" * 2_000_000)) == "too_many_cells"
    encrypted = bytearray(GOOD)
    at = 0
    while (at := encrypted.find(b"PK\x01\x02", at)) >= 0:
        encrypted[at + 8] |= 1
        at += 4
    assert refused(bytes(encrypted)) == "password"


def test_a_directory_of_thousands_of_parts() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as many:
        for number in range(12_000):
            many.writestr(f"xl/part{number:06d}.xml", b"")
    assert refused(target.getvalue()) == "too_many_parts"
    fake = GOOD[:-22] + b"PK\x06\x07" + bytes(16) + GOOD[-22:]
    assert refused(fake) == "too_many_parts"
    end = bytearray(GOOD)
    struct.pack_into("<I", end, len(end) - 22 + 12, 0xFFFFFFFF)
    assert refused(bytes(end)) == "too_many_parts"


def test_fifty_thousand_rows_are_refused_while_counting() -> None:
    cells = "".join(f'<c r="{letter}%d" t="inlineStr"><is><t>dữ liệu</t></is></c>' for letter in "ABCDEF")
    content = sheet_of("".join(f'<row r="{n}">{cells % ((n,) * 6)}</row>' for n in range(1, 50_001)))
    begin = time.process_time()
    found = compile_workbook(parse_workbook(content, "thu.xlsx", is_wanted))
    assert time.process_time() - begin < 2
    assert ("too_many_rows", "Tiêu chí", "A5002") in [(e.code, e.sheet, e.cell) for e in found.errors]


def test_five_thousand_rows_are_read() -> None:
    header = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip(
            "ABCDEF", ("name", "code", "type", "label", "max_points", "rule"), strict=True
        )
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>k{n}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>1.{n}</t></is></c>'
        f'<c r="C{n}" t="inlineStr"><is><t>row</t></is></c>'
        f'<c r="D{n}" t="inlineStr"><is><t>Dòng {n}</t></is></c><c r="E{n}"><v>1</v></c>'
        f'<c r="F{n}" t="inlineStr"><is><t>yes_no</t></is></c></row>'
        for n in range(2, 5_002)
    )
    content = sheet_of(f'<row r="1">{header}</row>{rows}')
    begin = time.process_time()
    found = compile_workbook(parse_workbook(content, "thu.xlsx", is_wanted))
    assert time.process_time() - begin < 2
    codes = {error.code for error in found.errors}
    assert "too_many_rows" not in codes
    assert sum(error.code == "parent_missing" for error in found.errors) == 5_000


def test_odd_cells_do_no_harm() -> None:
    rows = (
        '<row r="1"><c r="XFD1" t="inlineStr"><is><t>xa</t></is></c><c r="A1" t="s"><v>999999</v></c>'
        '<c r="B1"><v>1e999</v></c><c r="C1"><v>abc</v></c><c r="D1" s="99999"><v>1</v></c>'
        '<c r="E1" t="d"><v>hôm nay</v></c><c r="F1" t="b"><v>2</v></c><c t="str"><v/></c></row>'
        '<row r="1048576"><c r="A1048576"><v>0</v></c></row><row/>'
        '<row r="abc"><c r="??"><f>A1</f><v>1</v></c></row>'
    )
    found = compile_workbook(parse_workbook(sheet_of(rows), "thu.xlsx", is_wanted))
    assert found.criteria is None
    assert all(render(error.message) for error in found.errors)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_report(content: bytes) -> None:
    refused(content)


@given(st.data())
def test_a_good_book_with_changed_bytes_ends_in_a_report(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = compile_workbook(parse_workbook(bytes(content), "thu.xlsx", is_wanted))
    except KnownError as error:
        assert render(error.message)
    else:
        assert found.criteria is not None or found.errors


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60), st.sampled_from("ABCDEFGHIJKLMN"))
def test_any_text_in_any_cell_ends_in_a_report(text: str, column: str) -> None:
    book = small_book()
    clean = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    place = ord(column) - ord("A")
    for row in book["Tiêu chí"][1:]:
        row.extend([None] * (14 - len(row)))
        row[place] = clean
    found = compile_workbook(parse_workbook(book_bytes(book), "thu.xlsx", is_wanted))
    assert all(render(finding.message) for finding in (*found.errors, *found.warnings))


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "không có.xlsx", "missing"), (tmp_path, "is_folder")):
        with pytest.raises(KnownError) as caught:
            read_workbook(path, is_wanted)
        assert caught.value.code == f"workbook.{code}"
        assert path.name in render(caught.value.message)


@pytest.mark.slow
def test_memory_stays_below_200_mb(tmp_path: Path) -> None:
    """The bombs in a process of its own, whose peak is measured by the system."""
    bombs = {
        "spaces": repacked(
            lambda part, data: (
                b"<worksheet>" + b" " * 150_000_000 + b"</worksheet>" if part == SHEET else data
            )
        ),
        "texts": repacked(
            lambda part, data: (
                b"<sst>" + b"<si><t>abcdefgh</t></si>" * 1_000_000 + b"</sst>"
                if part == "xl/sharedStrings.xml"
                else data
            )
        ),
        "cells": sheet_of("<row>" + "<c><v>1</v></c>" * 700_000 + "</row>"),
        "rows": sheet_of("<row><c><v>1</v></c></row>" * 60_000),
    }
    program = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from cchc_desktop.errors import KnownError\n"
        "from cchc_desktop.services.criteria_files import open_workbook\n"
        "begin = time.process_time()\n"
        "try:\n    open_workbook(Path(sys.argv[1]))\nexcept KnownError as error:\n    print(error.code)\n"
        "peak = re.search(r'VmHWM:\\s+([0-9]+) kB', Path('/proc/self/status').read_text())\n"
        "print(time.process_time() - begin, peak[1])\n"
    )
    for name, content in bombs.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        answer = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
        )
        seconds, kilobytes = answer.stdout.split()[-2:]
        assert float(seconds) < 2, (name, answer.stdout)
        assert int(kilobytes) < 200_000, (name, answer.stdout)
