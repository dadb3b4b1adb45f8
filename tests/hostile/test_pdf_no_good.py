"""PDF files that are no good: encrypted, hybrid, endless, swelling; each is left alone within bounds."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.trust.pades_check import check_pdf
from tests.hostile.pdf_forge import (
    BOX,
    NOW,
    TRUSTED,
    plain,
    signed,
    updated,
)
from tests.hostile.pdf_refusals import Writer, good

SIGNED = signed()
MEGABYTE = 1024 * 1024


def broken(pdf: bytes, code: str) -> None:
    begun = time.process_time()
    tracemalloc.start()
    found = check_pdf(pdf, TRUSTED, NOW)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - begun < 1 and peak < 100 * MEGABYTE
    assert found.outcome is Outcome.UNREADABLE
    assert [reason.code for reason in found.reasons] == [code]
    assert render(found.reasons[0].message)


def saved(change: Callable[[pikepdf.Pdf], Any], **how: Any) -> bytes:
    content = BytesIO()
    with pikepdf.open(BytesIO(plain())) as pdf:
        change(pdf)
        pdf.save(content, **how)
    return content.getvalue()


def test_encrypted_file() -> None:
    lock = pikepdf.Encryption(owner="a", user="b")
    broken(saved(lambda pdf: None, encryption=lock), "pades.encrypted")


def test_hybrid_file() -> None:
    """Two tables of contents: old readers follow one, new readers the other."""
    pdf = plain()
    table = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    body = b"7 0 obj\n<</Type/XRef/Size 1/W[1 1 1]/Length 3>>stream\n\0\0\0\nendstream\nendobj\n"
    trailer = pdf[table:].replace(b"trailer <<", b"trailer << /XRefStm %d" % table, 1)
    trailer = trailer[: trailer.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (table + len(body))
    broken(pdf[:table] + body + trailer, "pades.hybrid")


NO_PDF = {
    "empty": b"",
    "text": b"Kinh gui",
    "head only": b"%PDF-1.7\n%%EOF\n",
    "package": b"PK\x03\x04" + bytes(2000),
    "table leads nowhere": b"%PDF-1.4\nstartxref\n999999999\n%%EOF\n",
    "table leads to itself": b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n"
    b"<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n",
    "a million objects": b"%PDF-1.4\nxref\n0 99999999\ntrailer\n<</Size 9>>\nstartxref\n9\n%%EOF\n",
    "deep": b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\nstartxref\n9\n%%EOF\n",
}


@pytest.mark.parametrize("name", NO_PDF)
def test_file_that_is_no_pdf(name: str) -> None:
    broken(NO_PDF[name], "pades.broken")


def test_file_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "lớn.pdf"
    with file.open("wb") as sparse:
        sparse.truncate(300 * MEGABYTE)
    begun = time.process_time()
    found = check_pdf(file, TRUSTED, NOW)
    assert time.process_time() - begun < 1
    assert [reason.code for reason in found.reasons] == ["pades.too_large"]


def test_stream_that_swells_is_left_alone() -> None:
    """1 GB out of 1 MB, as the table of contents itself."""
    swollen = zlib.compress(bytes(100 * MEGABYTE), 9)
    for _layer in range(2):
        swollen = zlib.compress(swollen, 9)
    body = b"%%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    body += b"/Root 2 0 R/Length %d>>stream\n" % len(swollen)
    broken(
        body.replace(b"%%PDF", b"%PDF") + swollen + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
        "pades.broken",
    )


def test_file_of_endless_revisions_or_signatures_is_left_alone() -> None:
    """Each is held against all that came before: a small file would keep us for hours."""

    def touch(writer: Writer) -> None:
        writer.root[pdf_name("/Lang")] = pdf_string("vi-VN")
        writer.update_root()

    pdf = good(plain_signed := signed())
    for _ in range(45):
        pdf = updated(pdf, touch)
    broken(pdf, "pades.too_intricate")
    names = [f"x{number}" for number in range(20)]

    def fields(writer: Writer) -> None:
        for name in names:
            append_signature_field(writer, SigFieldSpec(name))

    broken(updated(plain_signed, fields), "pades.too_intricate")


def test_reading_ends_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of contents with 300,000 entries; here patience ends at once."""
    monkeypatch.setattr("cchc_desktop.trust.pades.LONGEST_READING", -1.0)
    broken(signed_before := SIGNED, "pades.too_intricate")
    monkeypatch.undo()
    good(signed_before)


def test_endless_page_tree_ends() -> None:
    from cchc_desktop.errors import KnownError
    from cchc_desktop.trust.pades import places

    assert len(places(plain()).pages) == 2

    def knot(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])

    with pytest.raises(KnownError) as caught:
        places(saved(knot))
    assert caught.value.code == "pades.broken"


def test_box_stays_where_it_was_drawn() -> None:
    from cchc_desktop.trust.pades import places

    assert places(signed()).taken == (BOX,)
