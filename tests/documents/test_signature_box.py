"""The visible signature: worded and placed as Nghị định 30/2020 asks, over nothing, and nothing of it cut."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cchc_desktop.documents.letter import letter_document
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import plan_document
from cchc_desktop.documents.signature_box import LARGEST_IMAGE, Shown, draw_signature_box, words
from cchc_desktop.domain.pdf_signature import Box, PdfPlaces, SignsIn
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust.pades import places
from tests.documents.sample import plan_input

MM = 72 / 25.4
AT = datetime(2026, 11, 22, 8, 22, 21, 999, tzinfo=UTC)
LONG = (
    "Ủy ban nhân dân xã Ẳng Nưa, Trung tâm Phục vụ hành chính công và Phòng Văn hóa - Xã hội "
    "của xã Ẳng Nưa, tỉnh Điện Biên cũ"
)
PERSON = Shown("Lê Đình Khải", "UBND xã Ea Kao", AT)
OFFICE = Shown("UBND xã Ea Kao", "", AT, "05/KH-UBND", SignsIn.ORGANISATION)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan and a letter as the program prints them."""
    folder = tmp_path_factory.mktemp("drawn")
    write_pdf(plan_document(plan_input()), folder / "plan.pdf")
    write_pdf(letter_document(plan_input()), folder / "letter.pdf")
    return folder


def words_of(pdf: Path, page: int) -> list[tuple[str, float, float, float, float]]:
    """Word, left, bottom, right, top as poppler reads them, from the page's lower left corner."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page + 1), "-l", str(page + 1), pdf, "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    size = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', told)
    assert size
    high = float(size[2])
    found = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<', told)
    return [(word, float(x), high - float(y2), float(x2), high - float(y)) for x, y, x2, y2, word in found]


def covered(pdf: Path, box: Box) -> list[str]:
    """The document's words that the box lies over."""
    return [
        word
        for word, left, bottom, right, top in words_of(pdf, box.page)
        if box.overlaps(Box(box.page, left, bottom, right, top))
    ]


def test_words_are_who_of_which_office_number_and_time_by_iso_8601() -> None:
    assert words(PERSON) == (
        "Ký bởi: Lê Đình Khải",
        "Cơ quan: UBND xã Ea Kao",
        "Thời gian ký: 2026-11-22T15:22:21+07:00",
    )
    assert words(OFFICE) == (
        "Ký bởi: UBND xã Ea Kao",
        "Số và ký hiệu: 05/KH-UBND",
        "Thời gian ký: 2026-11-22T15:22:21+07:00",
    )
    assert words(replace(OFFICE, number=""))[1].startswith("Thời gian ký")


@pytest.mark.parametrize("name", ["plan.pdf", "letter.pdf"])
def test_person_signs_between_title_and_name(name: str, drawn: Path) -> None:
    found = places((drawn / name).read_bytes())
    box, _picture = draw_signature_box(PERSON, found)
    assert box == found.signature and covered(drawn / name, box) == []
    around = words_of(drawn / name, box.page)
    title = [bottom for word, _left, bottom, *_rest in around if word == "TỊCH"]
    below = [top for word, left, _bottom, _right, top in around if left > box.left and top < box.bottom]
    assert title and min(title) >= box.top - 4
    assert below and max(below) > box.bottom - 8, "the name follows at once"
    assert 15 * MM < box.height < 30 * MM


@pytest.mark.parametrize("name", ["plan.pdf", "letter.pdf"])
@pytest.mark.parametrize("signer", ["UBND xã Ea Kao", LONG[:64], LONG])
def test_office_signs_at_the_upper_right_of_page_1_over_nothing(name: str, signer: str, drawn: Path) -> None:
    """In the top margin, ending at the right margin; size 10 for every name that a certificate may hold."""
    found = places((drawn / name).read_bytes())
    box, _picture = draw_signature_box(replace(OFFICE, name=signer, organisation=signer[3:]), found)
    wide, high = found.pages[0]
    assert box.page == 0 and covered(drawn / name, box) == []
    assert abs(box.right - (wide - 15 * MM)) < 1
    assert box.bottom >= high - 20 * MM and box.top <= high - MM


def fonts_of(picture: Path) -> str:
    return subprocess.run(["pdffonts", picture], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("shown", [PERSON, OFFICE], ids=["person", "office"])
@pytest.mark.parametrize("letters", [12, 64, 120])
def test_whole_names_are_inside_the_box(shown: Shown, letters: int, drawn: Path, tmp_path: Path) -> None:
    """Poppler reads every word of the picture back, each within its paper."""
    name = LONG[:letters].strip()
    assert len(LONG) >= 120
    box, picture = draw_signature_box(
        replace(shown, name=name, organisation=name[1:]), places((drawn / "letter.pdf").read_bytes())
    )
    file = tmp_path / "x.pdf"
    file.write_bytes(picture)
    read = words_of(file, 0)
    assert " ".join(word for word, *_box in read).count(name) == 1
    for word, left, bottom, right, top in read:
        assert left >= 0 and right <= box.width and bottom >= -2 and top <= box.height + 3, word
    assert "LiberationSerif" in fonts_of(file) and "Bold" not in fonts_of(file)
    with pikepdf.open(file) as pdf:
        sizes = set(re.findall(rb"([\d.]+) Tf", pdf.pages[0].Contents.read_bytes()))
    if letters <= 64 and shown is OFFICE:
        assert sizes == {b"10"}, "the decree's size for every name that a certificate may hold"
    assert all(float(size) >= 6.5 for size in sizes)


def test_second_signatures_stand_beside_the_first(drawn: Path) -> None:
    found = places((drawn / "letter.pdf").read_bytes())
    taken: list[Box] = []
    for shown in (PERSON, PERSON, OFFICE, OFFICE, OFFICE):
        box, _picture = draw_signature_box(shown, replace(found, taken=tuple(taken)))
        assert not any(box.overlaps(other) for other in taken) and covered(drawn / "letter.pdf", box) == []
        taken.append(box)
    everywhere = tuple(Box(page, 0, 0, *size) for page, size in enumerate(found.pages))
    with pytest.raises(KnownError) as caught:
        draw_signature_box(OFFICE, replace(found, taken=everywhere))
    assert caught.value.code == "pades.no_room" and render(caught.value.message)


def test_document_that_names_no_place_is_signed_in_the_margin() -> None:
    box, _picture = draw_signature_box(PERSON, PdfPlaces(((595.0, 842.0),)))
    assert box.page == 0 and box.bottom >= 842 - 20 * MM


def picture_of(folder: Path, size: tuple[int, int] = (400, 160)) -> Path:
    file = folder / "chữ ký.png"
    Image.new("RGBA", size, (0, 0, 200, 128)).save(file)
    return file


def test_image_of_a_signature_keeps_its_shape_and_bears_no_words(drawn: Path, tmp_path: Path) -> None:
    found = places((drawn / "letter.pdf").read_bytes())
    box, picture = draw_signature_box(replace(PERSON, image=picture_of(tmp_path)), found)
    assert box == found.signature
    (tmp_path / "x.pdf").write_bytes(picture)
    assert words_of(tmp_path / "x.pdf", 0) == []
    told = subprocess.run(
        ["pdfimages", "-list", tmp_path / "x.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "image" in told and "smask" in told, "its transparency stays"


def test_seal_lies_over_the_left_third_of_the_signature_in_its_real_size(drawn: Path, tmp_path: Path) -> None:
    found = places((drawn / "letter.pdf").read_bytes())
    seal = replace(OFFICE, image=picture_of(tmp_path, (300, 300)))
    box, _picture = draw_signature_box(seal, replace(found, taken=(found.signature or Box(0, 0, 0, 0, 0),)))
    assert found.signature is not None
    assert abs(box.width - 36 * MM) < 0.1 and abs(box.height - 36 * MM) < 0.1
    middle = (found.signature.left + found.signature.right) / 2
    assert box.left < middle and box.right < found.signature.right
    assert box.overlaps(found.signature)


def test_image_that_is_none_or_a_bomb_is_refused(tmp_path: Path) -> None:
    room = PdfPlaces(((595.0, 842.0),), signature=Box(0, 300, 300, 500, 360))
    good = picture_of(tmp_path)
    assert draw_signature_box(replace(PERSON, image=good), room)
    other = tmp_path / "x.png"
    for content, code in (
        (b"no image", "pades.image_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(LARGEST_IMAGE), "pades.image_too_large"),
        (good.read_bytes().replace(b"\x00\x00\x01\x90", b"\x7f\xff\xff\xff", 1), "pades.image_unreadable"),
    ):
        other.write_bytes(content)
        with pytest.raises(KnownError) as caught:
            draw_signature_box(replace(PERSON, image=other), room)
        assert caught.value.code in (code, "pades.image_too_large") and render(caught.value.message)
    Image.new("1", (5000, 4000)).save(other)
    with pytest.raises(KnownError) as caught:
        draw_signature_box(replace(PERSON, image=other), room)
    assert caught.value.code == "pades.image_too_large"
    with pytest.raises(KnownError) as caught:
        draw_signature_box(replace(PERSON, image=tmp_path / "none.png"), room)
    assert caught.value.code == "pades.image_unreadable"
