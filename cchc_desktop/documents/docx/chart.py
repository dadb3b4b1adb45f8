"""The sections as horizontal bars beside their words: each bar a small picture with its figures behind it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

from cchc_desktop.documents import measures
from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.docx import wordml
from cchc_desktop.documents.docx.styles import Style
from cchc_desktop.documents.docx.wordml import escaped, paragraph, run, shares
from cchc_desktop.documents.measures import MM
from cchc_desktop.documents.model import Bar, BarChart
from cchc_desktop.language import text

_DOTS = 300 / 72  # a point in the picture's dots
_INK, _EDGE, _PAPER = (0x1A, 0x4F, 0x8F), (0x4F, 0x5B, 0x67), (255, 255, 255)
_EMU = 12_700  # Word's measure of a drawing, to the point
_LEGEND = 7 * MM

Picture = Callable[[bytes], str]
"""Puts a PNG into the file and gives the id by which the text names it."""


def _png(width: float, reached: Decimal, still_open: Decimal, lost: Decimal) -> bytes:
    """Solid is reached, hatched is open, empty is lost, within an outline."""
    from PIL import Image, ImageDraw

    wide, tall = round(width * _DOTS), round(measures.BAR_THICK * _DOTS)
    picture = Image.new("RGB", (wide, tall), _PAPER)
    draw = ImageDraw.Draw(picture)
    parts = [max(part, Decimal(0)) for part in (reached, still_open, lost)]
    if total := sum(parts, Decimal(0)):
        solid = round(float(parts[0] / total) * wide)
        hatched = round(float((parts[0] + parts[1]) / total) * wide)
        for start in range(solid - tall, hatched, round(1.6 * MM * _DOTS)):
            draw.line((start, 0, start + tall, tall), _INK, 3)
        draw.rectangle((hatched, 0, wide, tall), _PAPER)
        if solid:
            draw.rectangle((0, 0, solid - 1, tall), _INK)
    draw.rectangle((0, 0, wide - 1, tall - 1), outline=_EDGE, width=2)
    file = BytesIO()
    picture.save(file, "PNG", dpi=(300, 300))
    return file.getvalue()


def _inline(number: int, relation: str, width: float, words: str) -> str:
    size = f'cx="{round(width * _EMU)}" cy="{round(measures.BAR_THICK * _EMU)}"'
    named = f'id="{number}" name="{number}" descr="{escaped(words)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {named}/><a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def _bar_words(bar: Bar, chart: BarChart) -> str:
    return text(
        "docx.bar",
        label=one_line(bar.label),
        reached=bar.reached,
        open=bar.open,
        lost=bar.lost,
        reached_word=chart.reached_word,
        open_word=chart.open_word,
        lost_word=chart.lost_word,
    )


def chart(block: BarChart, width: float, picture: Picture, first: int) -> str:
    """`first` is the number of its first drawing, each following one gets the next."""
    label_share, bar_share = measures.CHART_LABEL_SHARE, measures.CHART_BAR_SHARE
    columns = shares(width, (label_share, bar_share, 1 - label_share - bar_share))
    bar_width = columns[1] / 20
    rows = []
    for number, bar in enumerate(block.bars, first):
        relation = picture(_png(bar_width, bar.reached, bar.open, bar.lost))
        drawn = _inline(number, relation, bar_width, _bar_words(bar, block))
        contents = (run(one_line(bar.label)), drawn, run(one_line(bar.figures)))
        rows.append(
            wordml.row(
                [
                    wordml.cell(
                        wide,
                        paragraph(Style.CHART, content, keep=True),
                        middle=True,
                        padding=(0, 2 * MM) if place == 0 else (2 * MM, 0) if place == 2 else None,
                    )
                    for place, (wide, content) in enumerate(zip(columns, contents, strict=True))
                ],
                whole=True,
            )
        )
    return wordml.table(columns, rows, padding=(1 * MM, 0)) + _legend(
        block, columns[0] / 20, picture, first + len(block.bars)
    )


def _legend(block: BarChart, left: float, picture: Picture, first: int) -> str:
    one, none = Decimal(1), Decimal(0)
    content = ""
    for number, (word, parts) in enumerate(
        (
            (block.reached_word, (one, none, none)),
            (block.open_word, (none, one, none)),
            (block.lost_word, (none, none, one)),
        ),
        first,
    ):
        relation = picture(_png(_LEGEND, *parts))
        described = text("docx.legend", word=one_line(word))
        content += _inline(number, relation, _LEGEND, described) + run(f" {one_line(word)}   ")
    return paragraph(Style.CHART, content, indents=(left, 0), before=2 * MM, after=2 * MM)


DRAWINGS_OF_LEGEND = 3
