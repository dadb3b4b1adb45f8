"""Bytes, signature and ranges of a signed PDF: each attack refused for its reason, the twin passes first.

Universal signature forgery, signature wrapping (Mladenov et al. 2019).
"""

from __future__ import annotations

import pytest

from cchc_desktop.trust.pades_check import check_pdf
from tests.hostile.pdf_forge import (
    NOW,
    TRUSTED,
    plain,
    range_of,
    signed,
    updated,
    with_contents,
    with_range,
)
from tests.hostile.pdf_refusals import Writer, checked, good, refused


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
