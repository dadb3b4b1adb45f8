"""Paper, margins and sizes of Nghị định 30/2020/NĐ-CP, Phụ lục I, in points (1 mm = 72/25.4 pt).

What an office may choose for itself comes from its `Layout`; the rest is the same in every document.
"""

from __future__ import annotations

from cchc_desktop.documents.model import Orientation
from cchc_desktop.domain.document_layout import Layout
from cchc_desktop.quick_dataclass import dataclass

MM = 72 / 25.4

PAPER = (210 * MM, 297 * MM)

PAGE_NUMBER_BASELINE = 13 * MM  # below the paper's upper edge, in the top margin

NATION = 12  # Quốc hiệu: 12–13, bold capitals
MOTTO = 13  # Tiêu ngữ: 13–14, bold
BODY_NAME = 12  # superior and issuing body: 12–13, capitals
NUMBER = 13
PLACE_DATE = 13  # 13–14, italic
SUBJECT = 12  # "V/v …": 12–13
NATION_ROOM = 90 * MM  # the nation's name needs 88.3 mm at size 12
LETTERHEAD_LEFT = 74 * MM  # of the 165 mm between the usual margins
RULE_SHARE = 0.42  # of the text above it: 1/3–1/2

NOTE = 12
REFERENCE = 13  # "(Kèm theo …)": 13–14, italic
ADDRESSEES = 25 * MM  # "Kính gửi:" stands so far from the left margin
ADDRESSEES_SPACE = 6  # above and below them, beside the paragraphs' own

SIGNATURE_SPACE = 24 * MM  # the red seal is about 36 mm wide and covers the name's upper half
SIGNATURE_NOTE = 11
RECIPIENTS_LABEL = 12  # bold italic
RECIPIENTS = 11

ANNEX = 14  # "Phụ lục I" bold
COLUMN_NUMBER = 10
CELL_PADDING = 3
CELL_SIDE = 4  # left and right
HEAD_TINT, GROUP_TINT, RULE_COLOUR = "E8ECF0", "F3F5F7", "4F5B67"
CHART = 11
CHART_LABEL_SHARE, CHART_BAR_SHARE = 0.43, 0.33  # of the width; the rest is the bar's figures
BAR_THICK = 4 * MM
SUMMARY, SUMMARY_VALUE, SUMMARY_LABEL = 14, 13, 10.5
SUMMARY_ACROSS = 4
# A row of up to so many lines goes to the next page as a whole; a longer one is broken between lines.
WHOLE_ROW = 16


@dataclass(frozen=True, slots=True)
class Measures:
    """A layout in points."""

    top: float
    bottom: float
    left: float
    right: float
    body: float
    """Also the size of the signature's lines: 13–14."""
    body_leading: float
    paragraph_space: float
    indent: float
    title: float
    page_number: float
    cell: float
    small_cell: float
    """In compact tables."""

    @classmethod
    def of(cls, layout: Layout) -> Measures:
        cell = float(layout.table_size)
        return cls(
            top=float(layout.top) * MM,
            bottom=float(layout.bottom) * MM,
            left=float(layout.left) * MM,
            right=float(layout.right) * MM,
            body=float(layout.body_size),
            body_leading=round(float(layout.body_leading), 1),
            paragraph_space=float(layout.paragraph_space),
            indent=float(layout.indent) * MM,
            title=float(layout.title_size),
            page_number=float(layout.page_number_size),
            cell=cell,
            small_cell=max(cell - 1, 10),
        )

    def page(self, orientation: Orientation) -> tuple[float, float]:
        wide, tall = PAPER
        return (wide, tall) if orientation is Orientation.PORTRAIT else (tall, wide)

    def room(self, orientation: Orientation) -> float:
        """Width between the margins."""
        return self.page(orientation)[0] - self.left - self.right

    def cell_size(self, compact: bool) -> float:
        return self.small_cell if compact else self.cell


def cell_leading(size: float) -> float:
    return size + 2.5


def letterhead_left(width: float) -> float:
    """Width of the issuing body's column, so that the nation's name stays on one line beside it."""
    return min(LETTERHEAD_LEFT, width - NATION_ROOM)
