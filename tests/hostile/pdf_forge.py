"""Small signed PDFs and what an attacker makes of them: further revisions, moved ranges, empty signatures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cchc_desktop.domain.pdf_signature import Box
from cchc_desktop.trust.pades import sign_pdf
from cchc_desktop.trust.trusted import Trusted
from tests.trust.authority import DAY, AnySigner, Authority

NOW = datetime.now(UTC).replace(microsecond=0)
AUTHORITY = Authority(NOW)
SIGNER = AnySigner(*AUTHORITY.issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - DAY, NOW + 300 * DAY))
"""Enrolled, and hostile all the same where a test says so."""
OTHER = AnySigner(*AUTHORITY.issue("Lê Đình Khải", "", NOW - DAY, NOW + 300 * DAY))
TRUSTED = Trusted((AUTHORITY.certificate,), (AUTHORITY.revocations(NOW - DAY, NOW + DAY),))
BOX = Box(0, 330, 500, 550, 568)


def plain(pages: int = 2) -> bytes:
    """A page says the points, in a font that every reader has."""
    content = BytesIO()
    with pikepdf.new() as pdf:
        helvetica = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        font = pdf.make_indirect(helvetica)
        for number in range(1, pages + 1):
            leaf = pdf.add_blank_page(page_size=(595, 842))
            leaf.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            words = f"BT /F1 12 Tf 100 700 Td (Trang {number}. Diem: 76,50) Tj ET"
            leaf.Contents = pdf.make_stream(words.encode())
        pdf.save(content, deterministic_id=True, compress_streams=False)
    return content.getvalue()


def with_form() -> bytes:
    """With a text field that a reader shows over the page."""
    content = BytesIO()
    with pikepdf.open(BytesIO(plain())) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("diem"),
                V=pikepdf.String("76,50"),
                Rect=[100, 600, 300, 620],
                P=pdf.pages[0].obj,
            )
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([field]))
        pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=[field]))
        pdf.save(content)
    return content.getvalue()


def signed(pdf: bytes | None = None, signer: AnySigner = SIGNER, box: Box | None = BOX) -> bytes:
    return sign_pdf(plain() if pdf is None else pdf, signer, NOW, box)


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """One more revision, well formed, as any PDF library writes it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(pdf) and len(output.getvalue()) > len(pdf)
    return output.getvalue()


def page(writer: IncrementalPdfFileWriter, number: int = 0) -> Any:
    """To be written anew with whatever changes in it."""
    reference = writer.root["/Pages"]["/Kids"].raw_get(number)
    writer.mark_update(reference.reference)
    return reference.get_object()


def drawing(writer: IncrementalPdfFileWriter, size: tuple[int, int]) -> Any:
    """A form that paints over what lies below it and says another figure."""
    wide, tall = size
    return writer.add_object(
        generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, wide, tall))),
            },
            stream_data=b"1 g 0 0 %d %d re f" % (wide, tall),
        )
    )


def annotation(kind: str, **more: Any) -> Callable[[IncrementalPdfFileWriter], None]:
    """A note, stamp or link over the figure."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        rect = generic.ArrayObject(map(generic.NumberObject, (90, 690, 400, 720)))
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name(kind),
                pdf_name("/Rect"): rect,
                pdf_name("/Contents"): pdf_string("Diem: 99,50"),
                pdf_name("/F"): generic.NumberObject(4),
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): drawing(writer, (310, 30))}),
            }
        )
        note.update({pdf_name(name): value for name, value in more.items()})
        at = page(writer)
        added = writer.add_object(note)
        if "/Annots" in at:
            at["/Annots"].append(added)
            if "/Annots" in at and isinstance(at.raw_get("/Annots"), generic.IndirectObject):
                writer.mark_update(at.raw_get("/Annots").reference)
        else:
            at[pdf_name("/Annots")] = generic.ArrayObject([added])
        writer.update_container(at)

    return change


def range_of(pdf: bytes) -> tuple[int, int, int, int]:
    """The last byte range in the file."""
    found = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", pdf)[-1]
    first, second, third, fourth = (int(number) for number in found)
    return first, second, third, fourth


def with_range(pdf: bytes, wanted: str) -> bytes:
    """Another byte range in the room of the old one."""
    start = pdf.rindex(b"/ByteRange [")
    end = pdf.index(b"]", start) + 1
    new = f"/ByteRange {wanted}".encode()
    assert len(new) <= end - start
    return pdf[:start] + new.ljust(end - start) + pdf[end:]


def with_contents(pdf: bytes, wanted: bytes) -> bytes:
    """Another value of /Contents in the room of the old one."""
    _zero, first, second, _rest = range_of(pdf)
    assert len(wanted) <= second - first
    return pdf[:first] + wanted.ljust(second - first) + pdf[second:]
