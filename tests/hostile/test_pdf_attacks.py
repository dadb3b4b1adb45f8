"""Attacks on signed PDFs, each refused for its reason within a second; its untampered twin passes first.

Named after the literature: universal signature forgery, incremental saving, signature wrapping (Mladenov et
al. 2019), shadow attacks (hide, replace, 2021), evil annotation and sneaky signature (2021). Every attacker
here holds an enrolled key; what he changes, somebody else has signed, or he has before he changed it.
"""

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
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from cchc_desktop.domain.pdf_signature import Box, PdfCheck
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.trust.pades_check import check_pdf
from tests.hostile.pdf_forge import (
    BOX,
    NOW,
    OTHER,
    TRUSTED,
    annotation,
    drawing,
    page,
    plain,
    range_of,
    signed,
    updated,
    with_contents,
    with_form,
    with_range,
)

Writer = IncrementalPdfFileWriter
SIGNED = signed()
MEGABYTE = 1024 * 1024


def checked(pdf: bytes) -> PdfCheck:
    """Within a second of work; every reason can be said."""
    begun = time.process_time()
    found = check_pdf(pdf, TRUSTED, NOW)
    assert time.process_time() - begun < 1
    assert all(render(reason.message) for reason in found.reasons)
    return found


def good(pdf: bytes) -> bytes:
    """A run in which everything is refused proves nothing."""
    found = checked(pdf)
    assert found.outcome is Outcome.VALID and found.holds, found.reasons
    return pdf


def refused(pdf: bytes, code: str, outcome: Outcome = Outcome.INVALID) -> None:
    found = checked(pdf)
    assert (found.outcome, found.holds) == (outcome, False), found.reasons
    assert code in [reason.code for reason in found.reasons if reason.leads_to is outcome]


# --- further revisions: shadow attacks, evil annotations, appended pages --------------------------------


def new_text(writer: Writer) -> None:
    """Replace: the page draws another figure."""
    page(writer)[pdf_name("/Contents")] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 12 Tf 100 700 Td (Diem: 99,50) Tj ET")
    )


def text_in_place(writer: Writer) -> None:
    """Replace: the object that the page draws is written anew under its number."""
    reference = writer.prev.root["/Pages"]["/Kids"][0].raw_get("/Contents").reference
    stream = reference.get_object()
    stream._data = stream.data.replace(b"76,50", b"99,50")
    stream._encoded_data = None
    writer.mark_update(reference)


def another_page(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    kids = pages["/Kids"]
    leaf = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        }
    )
    kids.append(writer.add_object(leaf))
    pages[pdf_name("/Count")] = generic.NumberObject(3)
    writer.update_container(pages)


def page_gone(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages[pdf_name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages)


def pages_swapped(writer: Writer) -> None:
    """Hide and replace: the catalogue leads to other pages."""
    writer.root[pdf_name("/Pages")] = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Pages"),
                pdf_name("/Kids"): generic.ArrayObject([]),
                pdf_name("/Count"): generic.NumberObject(0),
            }
        )
    )
    writer.update_root()


def turned(writer: Writer) -> None:
    page(writer)[pdf_name("/Rotate")] = generic.NumberObject(180)


def cropped(writer: Writer) -> None:
    page(writer)[pdf_name("/CropBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 400)))


def other_font(writer: Writer) -> None:
    """The same letters, other shapes."""
    fonts = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    font = fonts["/F1"]
    font[pdf_name("/BaseFont")] = pdf_name("/ZapfDingbats")
    writer.mark_update(fonts.raw_get("/F1").reference)


def script_on_opening(writer: Writer) -> None:
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    )
    writer.update_root()


def file_inside(writer: Writer) -> None:
    named = generic.DictionaryObject({pdf_name("/Names"): generic.ArrayObject([])})
    writer.root[pdf_name("/Names")] = generic.DictionaryObject({pdf_name("/EmbeddedFiles"): named})
    writer.update_root()


REVISIONS: dict[str, Callable[[Writer], None]] = {
    "note over the figure": annotation("/FreeText"),
    "stamp over the figure": annotation("/Stamp"),
    "link over the page": annotation("/Link"),
    "redaction": annotation("/Redact"),
    "field over the figure": annotation(
        "/Widget", **{"/FT": pdf_name("/Tx"), "/T": pdf_string("x"), "/V": pdf_string("99,50")}
    ),
    "page draws something else": new_text,
    "drawing changed in place": text_in_place,
    "page added": another_page,
    "page taken out": page_gone,
    "other pages": pages_swapped,
    "page turned": turned,
    "page cropped": cropped,
    "font changed": other_font,
    "script on opening": script_on_opening,
    "file put inside": file_inside,
}


@pytest.mark.parametrize("name", REVISIONS)
def test_anything_but_a_signature_after_the_signature_is_refused(name: str) -> None:
    """The shadow attack: the signed bytes stay whole, a further revision shows something else."""
    pdf = good(signed())
    attacked = updated(pdf, REVISIONS[name])
    refused(attacked, "pades.changed_since")


def test_filling_in_a_form_after_signing_is_refused() -> None:
    """Replace by a form: a field's value is what the page shows."""
    pdf = good(signed(with_form()))

    def fill(writer: Writer) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = fields[0]
        field[pdf_name("/V")] = pdf_string("99,50")
        writer.mark_update(fields.raw_get(0).reference)

    refused(updated(pdf, fill), "pades.changed_since")


def test_showing_what_was_hidden_is_refused() -> None:
    """Hide: a note lay hidden when the document was signed."""
    hidden = updated(plain(), annotation("/Stamp", **{"/F": generic.NumberObject(2)}))
    pdf = good(signed(hidden))

    def show(writer: Writer) -> None:
        notes = writer.root["/Pages"]["/Kids"][0]["/Annots"]
        notes[0][pdf_name("/F")] = generic.NumberObject(4)
        writer.mark_update(notes.raw_get(0).reference)

    refused(updated(pdf, show), "pades.changed_since")


def test_other_picture_of_the_signature_is_refused() -> None:
    pdf = good(signed())

    def change(writer: Writer) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = fields[0]
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): drawing(writer, (220, 68))})
        writer.mark_update(fields.raw_get(0).reference)

    refused(updated(pdf, change), "pades.changed_since")


def test_signature_moved_to_another_place_on_the_page_is_refused() -> None:
    pdf = good(signed())

    def change(writer: Writer) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        rect = generic.ArrayObject(map(generic.NumberObject, (90, 690, 400, 720)))
        fields[0][pdf_name("/Rect")] = rect
        writer.mark_update(fields.raw_get(0).reference)

    refused(updated(pdf, change), "pades.changed_since")


def test_second_signature_is_no_attack_and_signs_what_it_adds() -> None:
    good(signed(good(signed()), OTHER, Box(0, 20, 500, 200, 568)))


def test_change_between_two_signatures_breaks_the_first() -> None:
    """The later signer answers for the change; the first one signed something else."""
    good(signed(signed(), OTHER, None))
    found = checked(signed(updated(signed(), new_text), OTHER, None))
    assert found.outcome is Outcome.INVALID
    first, second = found.signatures
    assert (first.signer.outcome, second.signer.outcome) == (Outcome.INVALID, Outcome.VALID)


def test_sneaky_signature_box_over_the_page_is_refused() -> None:
    """Signed by somebody known, and as large as the page: what the first one signed is hidden."""
    pdf = good(signed())
    refused(signed(pdf, OTHER, Box(0, 0, 0, 595, 842)), "pades.covering_box")


def test_empty_signature_box_over_the_figure_is_refused() -> None:
    pdf = good(signed())

    def change(writer: Writer) -> None:
        append_signature_field(writer, SigFieldSpec("x", on_page=0, box=(90, 690, 400, 720)))

    refused(updated(pdf, change), "pades.covering_box")


def test_empty_box_that_was_there_before_is_no_attack() -> None:
    """Documents come prepared for their second signer."""

    def change(writer: Writer) -> None:
        append_signature_field(writer, SigFieldSpec("ChuKyThuHai", on_page=1, box=(90, 90, 300, 150)))

    good(signed(updated(plain(), change)))


# --- bytes -------------------------------------------------------------------------------------------------


def test_changed_bytes_are_never_taken_for_good() -> None:
    """In what is signed, in the signature and in its padding."""
    pdf = good(signed())
    _zero, first, _second, _rest = range_of(pdf)
    taken = []
    for place in (*range(0, len(pdf), 193), *range(first, first + 1750, 37)):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        if check_pdf(changed, TRUSTED, NOW).holds:
            taken.append(place)
    assert taken == []


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"startxref\n0\n%%EOF\n", b"\n8 0 obj\n<<>>\nendobj\n"])
def test_bytes_behind_the_end_are_refused(more: bytes) -> None:
    """Incremental saving without a cross-reference table: some readers repair such files by themselves."""
    pdf = good(signed())
    assert not checked(pdf + more).holds


def test_bytes_before_the_beginning_are_refused() -> None:
    pdf = good(signed())
    assert not checked(b"%PDF-1.4\n" + pdf).holds


def test_truncated_file_is_refused() -> None:
    pdf = good(signed())
    for share in range(1, 20):
        assert not checked(pdf[: len(pdf) * share // 20]).holds


# --- the signature taken away or emptied: universal signature forgery -----------------------------------


def test_stripped_signature_is_no_signature() -> None:
    """Back to the exported bytes, or the form taken out of the catalogue."""
    pdf = good(signed())
    refused(plain(), "pades.unsigned")

    def without_form(writer: Writer) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    refused(updated(pdf, without_form), "pades.unsigned")


def test_time_stamp_in_place_of_a_signature_is_no_signature() -> None:
    """A time stamp says when, not who."""
    pdf = good(signed())
    renamed = pdf.replace(b"/Type /Sig\n", b"/Type /DocTimeStamp\n", 1)
    assert renamed != pdf
    assert not checked(renamed).holds


RANGES = ["[]", "null", "[0 0 0 0]", "[0 1 1 0]", "[0 -1 9 -1]", "[0 {a} {b}]", "[1 {a} {b} {c}]", "[0 {a}]"]


@pytest.mark.parametrize("wanted", RANGES)
def test_byte_range_that_is_none_is_refused(wanted: str) -> None:
    pdf = good(signed())
    _zero, first, second, rest = range_of(pdf)
    assert not checked(with_range(pdf, wanted.format(a=first, b=second, c=rest))).holds


CONTENTS = [b"null", b"<>", b"<00>", b"()", b"<3000>", b"<0000000000>", b"<zz>", b"[]", b"/X", b"42"]


@pytest.mark.parametrize("wanted", CONTENTS)
def test_signature_without_content_is_refused(wanted: bytes) -> None:
    pdf = good(signed())
    refused(with_contents(pdf, wanted), "pades.no_signature_data")


def test_signature_of_another_file_is_refused() -> None:
    """Moved from another file by the same signer."""
    pdf, donor = good(signed()), good(signed(plain(3)))
    _zero, first, second, _rest = range_of(donor)
    refused(with_contents(pdf, donor[first:second]), "pades.changed")


def test_bytes_behind_the_signature_in_its_room_are_refused() -> None:
    pdf = good(signed())
    _zero, _first, second, _rest = range_of(pdf)
    refused(pdf[: second - 3] + b"41>" + pdf[second:], "pades.byte_range")


# --- ranges that leave out what is shown: signature wrapping --------------------------------------------


def test_wider_gap_with_other_content_in_it_is_refused() -> None:
    """The second range moved backwards; what the reader sees lies in the gap."""
    pdf = good(signed())
    _zero, first, second, rest = range_of(pdf)
    evil = b"\n9 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n"
    moved = pdf[:second] + evil + pdf[second:]
    assert not checked(with_range(moved, f"[0 {first} {second + len(evil)} {rest}]")).holds
    assert not checked(moved).holds


def test_gap_longer_than_the_signature_is_refused() -> None:
    """Ours alone catches it where the lengths add up: the gap has to be the signature, letter by letter."""
    pdf = good(signed())
    _zero, first, second, rest = range_of(pdf)
    for shift in (-2, -1, 1, 2):
        refused(with_range(pdf, f"[0 {first + shift} {second} {rest}]"), "pades.byte_range")
        refused(with_range(pdf, f"[0 {first} {second + shift} {rest - shift}]"), "pades.byte_range")


def test_signature_as_a_plain_string_with_room_beside_it_is_refused() -> None:
    """A string in brackets takes half the room of a hexadecimal one: the other half could hold anything."""
    pdf = good(signed())
    _zero, first, second, _rest = range_of(pdf)
    raw = bytes.fromhex(pdf[first + 1 : second - 1].decode())
    der = raw[: 4 + int.from_bytes(raw[2:4], "big")]
    escaped = b"(" + der.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"
    refused(with_contents(pdf, escaped.replace(b"\r", b"\\r")), "pades.byte_range")


# --- files that are no good -----------------------------------------------------------------------------


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
