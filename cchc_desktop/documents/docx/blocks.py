"""The fixed parts of an administrative document: letterhead, title, closing, annex head, summary.

Lines are broken where the PDF breaks them, by the same letters' widths, so that both look alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.docx import wordml
from cchc_desktop.documents.docx.styles import Style
from cchc_desktop.documents.docx.wordml import paragraph, run, shares, twips
from cchc_desktop.documents.measures import MM, Measures
from cchc_desktop.documents.model import AnnexHead, AttachedHead, Closing, Letterhead, Summary, Title
from cchc_desktop.documents.pdf.fonts import BOLD, ITALIC, REGULAR, text_width
from cchc_desktop.documents.pdf.lines import set_lines, set_name
from cchc_desktop.language import text

_RULE_GAP = 1.2 * MM
_GUTTER = 6 * MM


def _lines(words: str, font: str, size: float, room: float, most: int, *, even: bool = True) -> list[str]:
    return [line.text for line in set_lines(words, font, size, room, even=even, most=most)]


def _longest(lines: Sequence[str], font: str, size: float) -> float:
    return max((text_width(line, font, size) for line in lines), default=0)


def _set(style: Style, lines: Sequence[str], **look: object) -> str:
    return paragraph(style, wordml.lines(lines), **look) if any(lines) else ""  # type: ignore[arg-type]


def letterhead(block: Letterhead, width: float) -> str:
    """Issuing body at the left, Quốc hiệu and Tiêu ngữ at the right, number and date on one line below."""
    columns = [twips(measures.letterhead_left(width))]
    columns.append(twips(width) - columns[0])
    gap = 2 * MM
    left, right = columns[0] / 20 - gap, columns[1] / 20
    size = measures.BODY_NAME
    superior = [line.text for line in set_name(block.superior, REGULAR, size, left)]
    issuer = [line.text for line in set_name(block.issuer, BOLD, size, left)]
    motto = text("documents.motto")
    names = (
        _set(Style.SUPERIOR, superior)
        + _set(Style.ISSUER, issuer)
        + wordml.rule(left, _longest(issuer, BOLD, size) * measures.RULE_SHARE, _RULE_GAP, 2 * MM)
    )
    nation = (
        paragraph(Style.NATION, run(text("documents.nation")))
        + paragraph(Style.MOTTO, run(motto))
        + wordml.rule(right, text_width(motto, BOLD, measures.MOTTO), _RULE_GAP, 2 * MM)
    )
    rows = [_two(columns, names, nation, gap)]
    subject_room = left - 4 * MM
    below = _set(Style.NUMBER, [printed.flat(block.number_line)]) + _set(
        Style.SUBJECT, _lines(block.subject, REGULAR, measures.SUBJECT, subject_room, 8)
    )
    place = _set(Style.PLACE_DATE, _lines(block.place_date, ITALIC, measures.PLACE_DATE, right, 3))
    if below or place:
        rows.append(_two(columns, below or _empty(), place or _empty(), gap))
    return wordml.table(columns, rows) + _gap(4 * MM)


def _empty() -> str:
    return paragraph(Style.PAGE_END)


def _gap(tall: float) -> str:
    """Space below a table, which has none of its own; Word also wants a paragraph between two tables."""
    return paragraph(Style.PAGE_END, before=max(tall - 1, 0))


def _two(columns: Sequence[int], left: str, right: str, gap: float, *, whole: bool = True) -> str:
    first = wordml.cell(columns[0], left, padding=(0, gap))
    return wordml.row([first, wordml.cell(columns[1], right)], whole=whole)


def title(block: Title | AttachedHead, width: float, m: Measures) -> str:
    """Type and trích yếu, below them the rule; between, in italics, to what an attached document belongs."""
    room = width - 20 * MM
    attached = isinstance(block, AttachedHead)
    kind = _lines(block.kind.upper(), BOLD, m.title, room, 3, even=False)
    abstract = _lines(block.abstract, BOLD, m.title, room, 16)
    last = text_width((abstract or kind)[-1], BOLD, m.title)
    parts = _set(Style.KIND, kind, outline=0 if attached else None) + _set(Style.ABSTRACT, abstract)
    if isinstance(block, AttachedHead) and block.reference:
        reference = _lines(block.reference, ITALIC, measures.REFERENCE, room, 16)
        parts += _set(Style.REFERENCE, reference)
        last = text_width(reference[-1], ITALIC, measures.REFERENCE)
    return parts + wordml.rule(width, last * measures.RULE_SHARE, _RULE_GAP, 6 * MM, align_keep=True)


def annex_head(block: AnnexHead, width: float) -> str:
    """ "Phụ lục I", its title in capitals, and in italics to what it belongs."""
    size = measures.ANNEX
    parts = paragraph(Style.ANNEX_NUMBER, run(one_line(block.number)), outline=0)
    parts += _set(Style.ANNEX_TITLE, _lines(block.title.upper(), BOLD, size, width, 16))
    if block.reference:
        parts += _set(Style.REFERENCE, _lines(block.reference, ITALIC, measures.REFERENCE, width, 16))
    return parts + paragraph(Style.PAGE_END, before=4 * MM, keep=True)


def closing(block: Closing, width: float, m: Measures) -> str:
    """Nơi nhận at the left, signature at the right; only a list longer than half a page is broken."""
    columns = shares(width, (1, 1))
    room = columns[0] / 20 - _GUTTER / 2
    names = printed.recipients(block)
    left = ""
    if names:
        hang = text_width("- ", REGULAR, measures.RECIPIENTS)
        left = paragraph(Style.RECIPIENTS_LABEL, run(one_line(block.recipients_label)))
        left += "".join(
            paragraph(Style.RECIPIENTS, run(name), indents=(hang, 0), hanging=hang) for name in names
        )
    signature = block.signature
    right = "".join(
        _set(Style.AUTHORITY, _lines(line, BOLD, m.body, room, 4)) for line in signature.authority
    )
    space, note = measures.SIGNATURE_SPACE, ""
    if signature.note:
        lines = _lines(signature.note, ITALIC, measures.SIGNATURE_NOTE, room, 6, even=False)
        note = _set(Style.SIGNATURE_NOTE, lines, before=3 * MM)
        space = max(space - 3 * MM - 14 * len(lines), 6 * MM)
    right += note + paragraph(
        Style.SIGNER, wordml.lines(_lines(signature.name, BOLD, m.body, room, 4)), before=space
    )
    lines_left = sum(len(_lines(name, REGULAR, measures.RECIPIENTS, room, 99, even=False)) for name in names)
    whole = lines_left * measures.RECIPIENTS * 1.2 < 150 * MM
    half = wordml.cell(columns[1], right, padding=(_GUTTER / 2, 0))
    row = wordml.row([wordml.cell(columns[0], left or _empty(), padding=(0, _GUTTER / 2)), half], whole=whole)
    return paragraph(Style.PAGE_END, before=4 * MM, keep=True) + wordml.table(columns, [row])


def summary(block: Summary, width: float) -> str:
    """The headline on a tinted band, below it the figures in cells, four to a line."""
    across = measures.SUMMARY_ACROSS
    columns = shares(width, (1,) * across)
    head = paragraph(Style.SUMMARY, run(one_line(block.headline)))
    rows = [wordml.row([wordml.cell(sum(columns), head, across=across, tint=measures.HEAD_TINT)], whole=True)]
    for start in range(0, len(block.figures), across):
        figures = block.figures[start : start + across]
        cells = [
            paragraph(Style.SUMMARY_VALUE, run(one_line(figure.value)), keep=True)
            + paragraph(Style.SUMMARY_LABEL, run(one_line(figure.label)))
            for figure in figures
        ]
        cells += [_empty()] * (across - len(cells))
        rows.append(
            wordml.row(
                [wordml.cell(wide, content) for wide, content in zip(columns, cells, strict=True)], whole=True
            )
        )
    return (
        _gap(6) + wordml.table(columns, rows, line=measures.RULE_COLOUR, padding=(2 * MM, 2 * MM)) + _gap(10)
    )
