"""How a signature looks on the page: a PDF of one page, as large as its box.

By Nghị định 30/2020/NĐ-CP, Phụ lục I: a person's signature is an image (.png) between title and name; an
organisation's is text at the upper right of page 1, upright, size 10, black, or its seal over the left third
of the person's signature. Where a person gave no image, the same text stands between title and name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.measures import MM
from cchc_desktop.documents.pdf import know_fonts, write_page
from cchc_desktop.documents.pdf.fonts import REGULAR
from cchc_desktop.documents.pdf.lines import Line, draw_lines, height, set_lines
from cchc_desktop.domain.pdf_signature import Box, PdfPlaces, SignsIn
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass

SIZE = 10
_LEADING = 1.15
_SMALLEST = 6.5
_MARGIN = 20 * MM
"""Of every page there is at least so much above and below the text (the decree's least)."""
_SIDE = 15 * MM
_EDGE = 1.5 * MM
"""From the text in the margin to the paper's edge, and to the document."""
_WIDEST = 178 * MM
_SEAL = 36 * MM
"""A seal is shown in its real size."""
_PAD = 1.5
LARGEST_IMAGE, MOST_PIXELS = 5_000_000, 16_000_000


@dataclass(frozen=True)
class Shown:
    """What a box says. `name` and `organisation` are the certificate's, never typed by anybody.

    `number` is the document's number and symbol, "" where it has none yet. `image` is a PNG.
    """

    name: str
    organisation: str
    at: datetime
    number: str = ""
    signs_in: SignsIn = SignsIn.PERSON
    image: Path | None = None


def words(shown: Shown) -> tuple[str, ...]:
    """The lines before they are broken: who, of which organisation, number, time by ISO 8601."""
    at = shown.at.astimezone(VIETNAM).isoformat(timespec="seconds")
    lines = [text("pades.box_signer", name=one_line(shown.name))]
    if shown.organisation:
        lines.append(text("pades.box_organisation", name=one_line(shown.organisation)))
    if shown.number and shown.signs_in is SignsIn.ORGANISATION:
        lines.append(text("pades.box_number", number=one_line(shown.number)))
    return (*lines, text("pades.box_time", time=at))


def draw_signature_box(shown: Shown, places: PdfPlaces) -> tuple[Box, bytes]:
    """Where the signature stands, and its picture. It covers neither text nor another signature.

    Raises KnownError pades.image_unreadable, pades.image_too_large, pades.no_room.
    """
    know_fonts()
    image = None if shown.image is None else _image(shown.image)
    room = places.signature
    if shown.signs_in is SignsIn.PERSON and room is not None and not _taken(room, places):
        return room, _picture(room, [] if image else _fitted(words(shown), room.width, room.height), image)
    if shown.signs_in is SignsIn.ORGANISATION and room is not None and image is not None:
        # The seal, over the left third of the signature, or alone where there is none.
        middle = room.bottom + room.height / 2
        left = room.left + room.width / 2 - _SEAL * 1.1
        seal = Box(room.page, left, middle - _SEAL / 2, left + _SEAL, middle + _SEAL / 2)
        return seal, _picture(seal, [], image)
    lines = _fitted(words(shown), _WIDEST, _MARGIN - 2 * _EDGE)
    width, tall = max(line.width for line in lines) + 2 * _PAD, height(lines)
    for box in _margins(places, width, tall):
        if not _taken(box, places):
            return box, _picture(box, lines, None)
    raise KnownError("pades.no_room", unusable_input=False)


def _taken(box: Box, places: PdfPlaces) -> bool:
    return any(box.overlaps(other) for other in places.taken)


def _margins(places: PdfPlaces, width: float, tall: float) -> Iterator[Box]:
    """The margins of each page: upper right first, which is where the decree wants it on page 1."""
    for page, (wide, high) in enumerate(places.pages):
        inset = (_MARGIN - tall) / 2
        for bottom in (high - _MARGIN + inset, inset):
            for left in (wide - _SIDE - width, _MARGIN):
                yield Box(page, left, bottom, left + width, bottom + tall)


def _fitted(lines: Sequence[str], width: float, tall: float) -> list[Line]:
    """In the decree's size, and smaller only where a name of more than a hundred letters asks for it."""
    size: float = SIZE
    laid = _set(lines, size, width)
    while height(laid) > tall and size > _SMALLEST:
        size -= 0.5
        laid = _set(lines, size, width)
    return laid


def _set(lines: Sequence[str], size: float, width: float) -> list[Line]:
    room, leading = width - 2 * _PAD, size * _LEADING
    return [line for each in lines for line in set_lines(each, REGULAR, size, room, leading=leading, most=4)]


def _picture(box: Box, lines: Sequence[Line], image: Any | None) -> bytes:
    """Text stands in the middle of its room as one block; an image fills it in its own proportions."""

    def draw(canvas: Any) -> None:
        if image is not None:
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(
                ImageReader(image),
                *(0, 0, box.width, box.height),
                mask="auto",
                preserveAspectRatio=True,
                anchor="c",
            )
        if lines:
            wide = max(line.width for line in lines)
            top = box.height - (box.height - height(lines)) / 2
            canvas.setFillGray(0)
            draw_lines(canvas, lines, (box.width - wide) / 2, top, wide)

    return write_page(box.width, box.height, draw)


def _image(path: Path) -> Any:
    """The PNG, within bounds before a pixel is read."""
    from PIL import Image, UnidentifiedImageError

    try:
        if path.stat().st_size > LARGEST_IMAGE:
            raise KnownError("pades.image_too_large", name=path.name, limit=LARGEST_IMAGE)
        with Image.open(path, formats=("PNG",)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise KnownError("pades.image_too_large", name=path.name, limit=LARGEST_IMAGE)
            return opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise KnownError("pades.image_unreadable", name=path.name, detail=str(error)) from error
