"""The paragraph styles of a DOCX, in the sizes of its layout: changing one in Word changes all its kind."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from html import escape

from cchc_desktop.documents import measures
from cchc_desktop.documents.measures import Measures
from cchc_desktop.domain.document_layout import SINGLE_LINE
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
_SINGLE = 240  # Word's measure of one single-spaced line


class Style(StrEnum):
    """Word's ids. Those of Word itself ("Normal", "Heading1", "Header") bear its own names."""

    NORMAL = "Normal"
    HEADER = "Header"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    BODY = "CchcBody"
    NOTE = "CchcNote"
    CENTRED = "CchcCentred"
    STRONG = "CchcStrong"
    GROUNDS = "CchcGrounds"
    ADDRESSEES = "CchcAddressees"
    SUPERIOR = "CchcSuperior"
    ISSUER = "CchcIssuer"
    NATION = "CchcNation"
    MOTTO = "CchcMotto"
    NUMBER = "CchcNumber"
    PLACE_DATE = "CchcPlaceDate"
    SUBJECT = "CchcSubject"
    RULE = "CchcRule"
    KIND = "CchcKind"
    ABSTRACT = "CchcAbstract"
    REFERENCE = "CchcReference"
    ANNEX_NUMBER = "CchcAnnexNumber"
    ANNEX_TITLE = "CchcAnnexTitle"
    COLUMN = "CchcColumn"
    CELL = "CchcCell"
    SMALL_COLUMN = "CchcSmallColumn"
    SMALL_CELL = "CchcSmallCell"
    COLUMN_NUMBER = "CchcColumnNumber"
    CHART = "CchcChart"
    SUMMARY = "CchcSummary"
    SUMMARY_VALUE = "CchcSummaryValue"
    SUMMARY_LABEL = "CchcSummaryLabel"
    AUTHORITY = "CchcAuthority"
    SIGNATURE_NOTE = "CchcSignatureNote"
    SIGNER = "CchcSigner"
    RECIPIENTS_LABEL = "CchcRecipientsLabel"
    RECIPIENTS = "CchcRecipients"
    PAGE_END = "CchcPageEnd"


_NAMES = {
    Style.NORMAL: "Normal",
    Style.HEADER: "header",
    Style.HEADING_1: "heading 1",
    Style.HEADING_2: "heading 2",
    Style.HEADING_3: "heading 3",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes and spaces in points; `lines` is the distance of lines in single ones, 0 for one of a point."""

    style: Style
    size: float
    align: str = "left"
    bold: bool = False
    italic: bool = False
    first: float = 0
    before: float = 0
    after: float = 0
    lines: float = 1
    keep: bool = False
    outline: int | None = None

    @property
    def name(self) -> str:
        return _NAMES.get(self.style) or text(f"docx.style_{self.style.name.lower()}")


def in_lines(leading: float, size: float) -> float:
    return leading / (size * float(SINGLE_LINE))


def _paragraphs(m: Measures) -> Iterator[_Look]:
    lines, after = in_lines(m.body_leading, m.body), m.paragraph_space

    def body(style: Style, **look: object) -> _Look:
        given: dict[str, object] = {"size": m.body, "after": after, "lines": lines, **look}
        return _Look(style, **given)  # type: ignore[arg-type]

    yield body(Style.BODY, align="both", first=m.indent)
    yield body(Style.NOTE, size=measures.NOTE, lines=in_lines(15, measures.NOTE))
    yield body(Style.CENTRED, align="center")
    yield body(Style.STRONG, align="center", bold=True)
    yield body(Style.GROUNDS, align="both", italic=True, first=m.indent)
    yield body(Style.ADDRESSEES)
    heading = {"first": m.indent, "keep": True, "bold": True}
    yield body(Style.HEADING_1, before=6, outline=0, **heading)
    yield body(Style.HEADING_2, before=2, outline=1, **heading)
    yield body(Style.HEADING_3, italic=True, outline=2, **heading)


def _heads(m: Measures) -> Iterator[_Look]:
    name = {"size": measures.BODY_NAME, "align": "center", "lines": 1.09}
    yield _Look(Style.SUPERIOR, **name)  # type: ignore[arg-type]
    yield _Look(Style.ISSUER, bold=True, **name)  # type: ignore[arg-type]
    yield _Look(Style.NATION, measures.NATION, "center", bold=True, lines=1.09)
    yield _Look(Style.MOTTO, measures.MOTTO, "center", bold=True, lines=1.09)
    yield _Look(Style.NUMBER, measures.NUMBER, "center", lines=1.13)
    yield _Look(Style.PLACE_DATE, measures.PLACE_DATE, "center", italic=True, lines=1.13)
    yield _Look(Style.SUBJECT, measures.SUBJECT, "center", lines=1.04)
    yield _Look(Style.RULE, 1, "center", lines=0)
    yield _Look(Style.KIND, m.title, "center", bold=True, before=4, lines=1.17, keep=True)
    yield _Look(Style.ABSTRACT, m.title, "center", bold=True, lines=1.13, keep=True)
    yield _Look(Style.REFERENCE, measures.REFERENCE, "center", italic=True, lines=1.04, keep=True)
    annex = {"size": measures.ANNEX, "align": "center", "bold": True, "lines": 1.13, "keep": True}
    yield _Look(Style.ANNEX_NUMBER, **annex)  # type: ignore[arg-type]
    yield _Look(Style.ANNEX_TITLE, **annex)  # type: ignore[arg-type]


def _tables(m: Measures) -> Iterator[_Look]:
    for cell, column, size in (
        (Style.CELL, Style.COLUMN, m.cell),
        (Style.SMALL_CELL, Style.SMALL_COLUMN, m.small_cell),
    ):
        lines = in_lines(measures.cell_leading(size), size)
        yield _Look(cell, size, lines=lines)
        yield _Look(column, size, "center", bold=True, lines=lines, keep=True)
    yield _Look(Style.COLUMN_NUMBER, measures.COLUMN_NUMBER, "center", italic=True, keep=True)
    yield _Look(Style.CHART, measures.CHART)
    yield _Look(Style.SUMMARY, measures.SUMMARY, "center", bold=True, lines=1.12, keep=True)
    yield _Look(Style.SUMMARY_VALUE, measures.SUMMARY_VALUE, "center", bold=True, lines=1.1)
    yield _Look(Style.SUMMARY_LABEL, measures.SUMMARY_LABEL, "center", lines=1.04)


def _closing(m: Measures) -> Iterator[_Look]:
    yield _Look(Style.AUTHORITY, m.body, "center", bold=True, lines=1.13, keep=True)
    yield _Look(Style.SIGNATURE_NOTE, measures.SIGNATURE_NOTE, "center", italic=True, lines=1.1, keep=True)
    yield _Look(Style.SIGNER, m.body, "center", bold=True, lines=1.04)
    yield _Look(Style.RECIPIENTS_LABEL, measures.RECIPIENTS_LABEL, bold=True, italic=True, lines=1.09)
    yield _Look(Style.RECIPIENTS, measures.RECIPIENTS, lines=1.04)
    yield _Look(Style.PAGE_END, 1, lines=0)


def _looks(m: Measures) -> Iterator[_Look]:
    yield _Look(Style.HEADER, m.page_number, "center")
    yield from _paragraphs(m)
    yield from _heads(m)
    yield from _tables(m)
    yield from _closing(m)


def _twips(points: float) -> int:
    return round(points * 20)


def _style(look: _Look) -> str:
    line = f'w:line="{round(look.lines * _SINGLE)}" w:lineRule="auto"'
    if not look.lines:
        line = 'w:line="20" w:lineRule="exact"'
    outline = f'<w:outlineLvl w:val="{look.outline}"/>' if look.outline is not None else ""
    own = look.style in _NAMES
    follows = f'<w:next w:val="{Style.BODY}"/>' if look.keep and look.style.name.startswith("HEADING") else ""
    return (
        f'<w:style w:type="paragraph"{"" if own else " w:customStyle=" + chr(34) + "1" + chr(34)} '
        f'w:styleId="{look.style}"><w:name w:val="{escape(look.name)}"/>'
        f'<w:basedOn w:val="{Style.NORMAL}"/>{follows}<w:qFormat/><w:pPr>'
        f"{'<w:keepNext/>' if look.keep else ''}"
        f'<w:spacing w:before="{_twips(look.before)}" w:after="{_twips(look.after)}" {line}/>'
        f'<w:ind w:firstLine="{_twips(look.first)}"/><w:jc w:val="{look.align}"/>{outline}</w:pPr><w:rPr>'
        f"{'<w:b/><w:bCs/>' if look.bold else ''}{'<w:i/><w:iCs/>' if look.italic else ''}"
        f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/></w:rPr></w:style>'
    )


def styles_xml(m: Measures) -> str:
    """What stands inside Word's `w:styles`: the defaults and every style."""
    size = round(m.body * 2)
    fonts = " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{Style.NORMAL}">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    return defaults + "".join(_style(look) for look in _looks(m))
