"""Sample evidence as pictures: a scanned notice (JPG) and a system's screen (PNG), drawn with Pillow."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.letterhead import full_name
from cchc_desktop.documents.sample_evidence import SampleEvidence
from cchc_desktop.documents.sample_office import dated, numbered
from cchc_desktop.language import format_date, text
from cchc_desktop.paths import resources_folder

_PAPER = (1240, 1754)  # A4 at 150 dots per inch
_SCREEN = (1366, 768)
_INK, _BLUE, _GREY, _LINE = (27, 37, 48), (26, 79, 143), (232, 236, 240), (118, 129, 141)


@cache
def _font(name: str, size: int) -> Any:
    from PIL import ImageFont

    # Basic layout: the result must not depend on whether the system has a text shaping library.
    return ImageFont.truetype(
        str(resources_folder() / "fonts" / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC
    )


def _broken(words: str, font: Any, width: float) -> list[str]:
    lines = [""]
    for word in clean(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class _Page:
    """Draws text downwards on a picture."""

    def __init__(self, picture: Any) -> None:
        from PIL import ImageDraw

        self.draw = ImageDraw.Draw(picture)

    def words(
        self,
        words: str,
        font: Any,
        box: tuple[float, float, float],
        *,
        centre: bool = False,
        indent: float = 0,
        colour: tuple[int, int, int] = _INK,
    ) -> float:
        """Text in `box` (left, top, width); returns where the next line begins."""
        left, top, width = box
        for number, line in enumerate(_broken(words, font, width - indent)):
            x = left + (indent if number == 0 else 0)
            if centre:
                x = left + (width - font.getlength(line)) / 2
            self.draw.text((x, top), line, font=font, fill=colour)
            top += font.size * 1.4
        return top


def write_scan(path: Path, sample: SampleEvidence) -> None:
    """A notice as a copier scans it: off-white, a little askew, with specks and a red seal."""
    from PIL import Image, ImageFilter

    picture = Image.new("RGB", _PAPER, (252, 251, 247))
    page = _Page(picture)
    serif, bold = _font("LiberationSerif-Regular", 29), _font("LiberationSerif-Bold", 29)
    small, small_bold = _font("LiberationSerif-Regular", 25), _font("LiberationSerif-Bold", 25)
    italic = _font("LiberationSerif-Italic", 27)
    left = (150, 130, 440)
    y = (
        page.words(full_name(sample.superior).upper(), small, left, centre=True)
        if sample.superior
        else left[1]
    )
    y = page.words(full_name(sample.issuer).upper(), small_bold, (150, y, 440), centre=True)
    page.draw.line((290, y + 6, 450, y + 6), fill=_INK, width=2)
    page.words(numbered(sample), serif, (150, y + 30, 440), centre=True)
    y = page.words(text("documents.nation"), small_bold, (590, 130, 570), centre=True)
    y = page.words(text("documents.motto"), bold, (590, y, 570), centre=True)
    page.draw.line((700, y + 6, 1050, y + 6), fill=_INK, width=2)
    y = page.words(dated(sample), italic, (590, y + 30, 570), centre=True)
    y = page.words(sample.title.upper(), bold, (150, y + 60, 1010), centre=True)
    y = page.words(sample.abstract, bold, (230, y, 850), centre=True) + 40
    for line in sample.lines:
        y = page.words(line, serif, (180, y, 960), indent=70) + 12
    y = page.words(text("documents.sample.note"), italic, (180, y + 8, 960), indent=70)
    foot = y + 50
    page.words(sample.signer_title.upper(), bold, (620, foot, 540), centre=True)
    page.words(sample.signer, bold, (620, foot + 260, 540), centre=True)
    _seal(picture, (740, int(foot) + 50), sample)
    chance = random.Random(sample.number + sample.abstract)  # specks, no secret
    for _ in range(260):
        x, speck = chance.randrange(_PAPER[0]), chance.randrange(_PAPER[1])
        shade = chance.randrange(150, 225)
        page.draw.point((x, speck), fill=(shade, shade, shade))
    askew = chance.uniform(-0.7, 0.7)
    picture = picture.rotate(askew, resample=Image.Resampling.BICUBIC, fillcolor=(244, 243, 238))
    picture.filter(ImageFilter.GaussianBlur(0.5)).save(path, "JPEG", quality=82, dpi=(150, 150))


def _seal(picture: Any, place: tuple[int, int], sample: SampleEvidence) -> None:
    """A round red mark that says "sample": nobody must take it for an office's seal."""
    from PIL import Image, ImageDraw

    seal = Image.new("RGBA", (210, 210), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    red = (200, 40, 40, 190)
    draw.ellipse((6, 6, 204, 204), outline=red, width=5)
    draw.ellipse((26, 26, 184, 184), outline=red, width=2)
    font = _font("NotoSans-Bold", 34)
    words = text("documents.sample.seal")
    draw.text((105 - font.getlength(words) / 2, 82), words, font=font, fill=red)
    tilted = seal.rotate(len(sample.number) % 5 * 4 - 8, resample=Image.Resampling.BICUBIC)
    picture.paste(tilted, place, tilted)


def write_screen(path: Path, sample: SampleEvidence) -> None:
    """A picture of an information system's page that shows the document and its figures."""
    from PIL import Image

    picture = Image.new("RGB", _SCREEN, (247, 248, 250))
    page = _Page(picture)
    regular, bold = _font("NotoSans-Regular", 18), _font("NotoSans-Bold", 18)
    title, small = _font("NotoSans-Bold", 24), _font("NotoSans-Regular", 15)
    wide = _SCREEN[0]
    page.draw.rectangle((0, 0, wide, 64), fill=_BLUE)
    page.words(text("documents.sample.system"), title, (28, 14, 900), colour=(255, 255, 255))
    page.words(clean(sample.issuer), regular, (940, 20, 400), colour=(255, 255, 255))
    y = page.words(f"{sample.title}: {sample.abstract}", title, (28, 88, wide - 56)) + 8
    stamped = text("documents.sample.number_date", number=sample.number, date=format_date(sample.issued_on))
    y = page.words(stamped, bold, (28, y, wide - 56)) + 10
    if sample.table:
        y = _grid(page, sample.table, (28, y, wide - 56), bold, regular)
    for line in sample.lines:
        y = page.words(line, regular, (28, y + 6, wide - 56))
        if y > _SCREEN[1] - 90:
            break
    page.draw.rectangle((0, _SCREEN[1] - 40, wide, _SCREEN[1]), fill=_GREY)
    note = text("documents.sample.note")
    page.words(note, small, (28, _SCREEN[1] - 32, wide - 56))
    picture.save(path, "PNG", optimize=False)


def _grid(
    page: _Page,
    table: tuple[tuple[str, ...], ...],
    box: tuple[float, float, float],
    bold: Any,
    regular: Any,
) -> float:
    left, top, width = box
    longest = [max(regular.getlength(cell) for cell in column) + 24 for column in zip(*table, strict=True)]
    scale = width / sum(longest)
    for number, row in enumerate(table):
        if top > _SCREEN[1] - 150:
            break
        font = regular if number else bold
        x = left
        edges = []
        bottom = top
        for words, room in zip(row, longest, strict=True):
            cell = room * scale
            if number == 0:
                page.draw.rectangle((x, top, x + cell, top + 36), fill=_GREY)
            bottom = max(bottom, page.words(words, font, (x + 10, top + 5, cell - 20)) + 6)
            edges.append((x, cell))
            x += cell
        for start, cell in edges:
            page.draw.rectangle((start, top, start + cell, bottom), outline=_LINE)
        top = bottom
    return top + 12
