"""One document model: what a document says, in which order, before it is drawn as PDF (or DOCX, XLSX).

The blocks are those of an administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I). They hold plain text
only; nothing here knows of fonts, sizes or a library. A renderer is one module that walks `Document.blocks`.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, StrEnum

from cchc_desktop.domain.document_layout import Layout
from cchc_desktop.quick_dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Head of page 1. `number_line` and `place_date` are whole lines ("Số:        /KH-UBND").

    `subject` is the "V/v …" of a letter (công văn), which has no type and title of its own. A document
    that is attached to another has neither number nor date: both are empty then.
    Lines of `superior` and `issuer` break where the renderer finds no room.
    """

    superior: str
    issuer: str
    number_line: str = ""
    place_date: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Type of the document ("Kế hoạch", printed in capitals) and what it is about (trích yếu)."""

    kind: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Addressees:
    """ "Kính gửi:" of a letter or a report to a superior body."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Căn cứ, one per line, without their closing ";" and "."."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a part ("I. MỤC ĐÍCH"), 2 and 3 below. It never stands alone at a page's end."""

    text: str
    level: int = 1


class TextKind(Enum):
    BODY = "body"
    NOTE = "note"
    """Smaller and flush left: a remark under a table or chart."""
    CENTRED = "centred"
    STRONG = "strong"
    """Centred and bold: who decides, and "QUYẾT ĐỊNH:"."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks in it are kept. `lead` is printed in bold before it ("Điều 1.")."""

    text: str
    kind: TextKind = TextKind.BODY
    lead: str = ""


class ColumnKind(Enum):
    TEXT = "text"
    CENTRED = "centred"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the width relative to the table's other columns."""

    title: str
    share: float
    kind: ColumnKind = ColumnKind.TEXT


class RowKind(Enum):
    PLAIN = "plain"
    GROUP = "group"
    """A heading inside the table, bold; it stays with the row after it."""
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as the table has columns. `span` joins cells first..last (inclusive) under the first."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.PLAIN
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The head is repeated on each page; `numbered` adds the line (1) (2) (3) under it.

    `compact` is for a table with much text in narrow columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    numbered: bool = False
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart, in points: reached (solid), still open (hatched), lost (empty)."""

    label: str
    reached: Decimal
    open: Decimal
    lost: Decimal
    figures: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars; each bar's full length is its own maximum. The three words are the legend."""

    bars: tuple[Bar, ...]
    reached_word: str
    open_word: str
    lost_word: str


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The result in one sentence, and the figures that it consists of."""

    headline: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """`authority` are the lines above the name: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH". No academic titles.

    `note` stands in the space for the signature, for instance that and when the signer has confirmed.
    """

    authority: tuple[str, ...]
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """Nơi nhận at the left, the signature at the right."""

    signature: Signature
    recipients_label: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """Head of an annex: "Phụ lục I", its title, and to what it belongs ("(Kèm theo …)")."""

    number: str
    title: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AttachedHead:
    """Head of a document that another one issues: type and trích yếu as in `Title`, below it in italics to
    what it belongs ("(Ban hành kèm theo Quyết định số …)"), then the rule.
    """

    kind: str
    abstract: str
    reference: str


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, lying this way."""

    orientation: Orientation


Block = (
    Letterhead
    | Title
    | Addressees
    | Grounds
    | Heading
    | Text
    | Table
    | BarChart
    | Summary
    | Closing
    | AnnexHead
    | AttachedHead
    | NewPage
)


@dataclass(frozen=True, slots=True)
class Document:
    """`title`, `author` and `subject` go into the file's properties. Page 1 is portrait.

    `layout` is what the office chose of margins, sizes and spacing; every renderer keeps to it.
    """

    title: str
    author: str
    subject: str
    blocks: tuple[Block, ...]
    layout: Layout = field(default_factory=Layout)
