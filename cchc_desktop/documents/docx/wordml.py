"""WordprocessingML as text: paragraphs, runs, tables. It is parsed once, when a whole body has been said.

Building 4,000 cells object by object takes python-docx half a minute; this takes a fraction of a second.
Lengths in are points; Word counts in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as _escape
from itertools import pairwise

from cchc_desktop.documents.docx.styles import Style

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
# The narrow table of the letterhead and the signature has no lines; Word wants each edge named.
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def twips(points: float) -> int:
    return round(points * 20)


def escaped(words: str) -> str:
    return _escape(words, quote=True)


def run(words: str, properties: str = "") -> str:
    """Words in one look; their line breaks are kept as breaks inside the paragraph."""
    if not words:
        return ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escaped(line)}</w:t>' if line else "" for line in words.split("\n")
    )
    return f"<w:r>{look}{lines}</w:r>"


BOLD = "<w:b/>"


def paragraph(
    style: Style,
    content: str = "",
    *,
    keep: bool = False,
    align: str = "",
    indents: tuple[float, float] | None = None,
    hanging: float = 0,
    before: float | None = None,
    after: float | None = None,
    outline: int | None = None,
    section: str = "",
) -> str:
    """One paragraph. `indents` are left and right, `hanging` how far the first line stands out of them.

    `keep` holds it on the page of what follows; `align` is Word's word ("left", "center", "right", "both").
    """
    parts = [f'<w:pStyle w:val="{style}"/>']
    if keep:
        parts.append("<w:keepNext/>")
    spaces = (("before", before), ("after", after))
    spacing = "".join(f' w:{side}="{twips(space)}"' for side, space in spaces if space is not None)
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    if indents is not None:
        left, right = indents
        first = f' w:hanging="{twips(hanging)}"' if hanging else ' w:firstLine="0"'
        parts.append(f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"{first}/>')
    if align:
        parts.append(f'<w:jc w:val="{align}"/>')
    if outline is not None:
        parts.append(f'<w:outlineLvl w:val="{outline}"/>')
    return f"<w:p><w:pPr>{''.join(parts)}{section}</w:pPr>{content}</w:p>"


def lines(texts: Iterable[str]) -> str:
    """Lines that have been broken to a width, as one paragraph's run."""
    return run("\n".join(texts))


def rule(room: float, length: float, before: float, after: float, *, align_keep: bool = False) -> str:
    """A thin line of that length, centred in `room`: the upper border of an otherwise empty paragraph."""
    side = max((room - length) / 2, 0)
    keep = "<w:keepNext/>" if align_keep else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{Style.RULE}"/>{keep}'
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"/>'
        f'<w:ind w:left="{twips(side)}" w:right="{twips(side)}"/></w:pPr></w:p>'
    )


def cell(
    width: int,
    content: str,
    *,
    across: int = 1,
    tint: str = "",
    middle: bool = False,
    padding: tuple[float, float] | None = None,
) -> str:
    """`width` in twips; `padding` left and right where it is not the table's; `tint` as RRGGBB."""
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if across > 1:
        parts.append(f'<w:gridSpan w:val="{across}"/>')
    if tint:
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>')
    if padding is not None:
        left, right = (twips(side) for side in padding)
        parts.append(
            f'<w:tcMar><w:left w:w="{left}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tcMar>'
        )
    if middle:
        parts.append('<w:vAlign w:val="center"/>')
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, whole: bool = False, head: bool = False) -> str:
    """`whole`: it goes to the next page rather than break; `head`: it is repeated on each page."""
    parts = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if head else "")
    look = f"<w:trPr>{parts}</w:trPr>" if parts else ""
    return f"<w:tr>{look}{''.join(cells)}</w:tr>"


def table(
    widths: Sequence[int],
    rows: Iterable[str],
    *,
    line: str = "",
    padding: tuple[float, float] = (0, 0),
    caption: str = "",
) -> str:
    """Columns of fixed `widths` (twips). `line` is the colour of the rules, none without.

    `padding` of its cells is above and below, then left and right. `caption` is for a screen reader.
    """
    kind = f'w:val="single" w:sz="4" w:space="0" w:color="{line}"' if line else 'w:val="nil"'
    borders = "".join(f"<w:{edge} {kind}/>" for edge in _EDGES)
    high, wide = (twips(side) for side in padding)
    margins = "".join(
        f'<w:{edge} w:w="{size}" w:type="dxa"/>'
        for edge, size in (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    )
    named = f'<w:tblCaption w:val="{escaped(caption)}"/>' if caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>{named}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def shares(width: float, parts: Sequence[float]) -> list[int]:
    """`width` points divided by shares into twips that add up."""
    total = sum(parts)
    edges = [twips(width * sum(parts[:number]) / total) for number in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]
