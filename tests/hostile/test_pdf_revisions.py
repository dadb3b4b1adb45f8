"""Further revisions behind a signature, each refused for its reason; the untampered twin passes first.

Shadow attacks (hide, replace, 2021), evil annotation and sneaky signature (2021), appended and missing pages.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from cchc_desktop.domain.pdf_signature import Box
from cchc_desktop.domain.verification import Outcome
from tests.hostile.pdf_forge import (
    OTHER,
    annotation,
    drawing,
    page,
    plain,
    signed,
    updated,
    with_form,
)
from tests.hostile.pdf_refusals import Writer, checked, good, refused


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
