"""The fixed parts of an administrative document: letterhead, title, summary, closing, annex head."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.platypus.flowables import Flowable

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.measures import MM, Measures
from cchc_desktop.documents.model import AnnexHead, AttachedHead, Closing, Letterhead, Summary, Title
from cchc_desktop.documents.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from cchc_desktop.documents.pdf.lines import Align, Line, draw_lines, height, set_lines, set_name
from cchc_desktop.domain.pdf_signature import SIGNATURE_PLACE
from cchc_desktop.language import text

_TINT = HexColor(0xE8ECF0)
_RULE_GAP = 1.2 * MM


class _Fixed(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A flowable whose size is known when it is made."""

    def __init__(self, width: float, tall: float, before: float = 0, after: float = 0) -> None:
        super().__init__()
        self.width, self.height = width, tall
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def rule(self, centre: float, y: float, length: float) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.setStrokeGray(0)
        self.canv.line(centre - length / 2, y, centre + length / 2, y)


class LetterheadFlow(_Fixed):
    """Issuing body at the left, Quốc hiệu and Tiêu ngữ at the right, number and date on one line below."""

    def __init__(self, block: Letterhead, width: float) -> None:
        self.left = measures.letterhead_left(width)
        self.left_width = self.left - 2 * MM
        self.right_width = width - self.left
        size, leading = measures.BODY_NAME, measures.BODY_NAME * 1.25
        self.superior = (
            set_name(block.superior, REGULAR, size, self.left_width, leading) if block.superior else []
        )
        self.issuer = set_name(block.issuer, BOLD, size, self.left_width, leading)
        self.nation = [Line(text("documents.nation"), BOLD, measures.NATION, measures.NATION * 1.25)]
        self.motto = [Line(text("documents.motto"), BOLD, measures.MOTTO, measures.MOTTO * 1.25)]
        self.number = (
            [Line(block.number_line, REGULAR, measures.NUMBER, measures.NUMBER * 1.3)]
            if block.number_line
            else []
        )
        self.place = (
            set_lines(
                block.place_date,
                ITALIC,
                measures.PLACE_DATE,
                self.right_width,
                leading=measures.NUMBER * 1.3,
                even=True,
                most=3,
            )
            if block.place_date
            else []
        )
        self.subject = (
            set_lines(block.subject, REGULAR, measures.SUBJECT, self.left_width - 4 * MM, even=True, most=8)
            if block.subject
            else []
        )
        names = max(height(self.superior) + height(self.issuer), height(self.nation) + height(self.motto))
        self.names_height = names + 2 * _RULE_GAP + 2 * MM
        below = max(height(self.number) + height(self.subject), height(self.place))
        super().__init__(width, self.names_height + below, after=4 * MM)

    def draw(self) -> None:
        top = self.height
        y = draw_lines(self.canv, self.superior, 0, top, self.left_width, Align.CENTRE)
        y = draw_lines(self.canv, self.issuer, 0, y, self.left_width, Align.CENTRE)
        longest = max(line.width for line in self.issuer)
        self.rule(self.left_width / 2, y - _RULE_GAP, longest * measures.RULE_SHARE)
        right = self.left
        y = draw_lines(self.canv, self.nation, right, top, self.right_width, Align.CENTRE)
        y = draw_lines(self.canv, self.motto, right, y, self.right_width, Align.CENTRE)
        self.rule(right + self.right_width / 2, y - _RULE_GAP, self.motto[0].width)
        y = top - self.names_height
        below = draw_lines(self.canv, self.number, 0, y, self.left_width, Align.CENTRE)
        draw_lines(self.canv, self.subject, 2 * MM, below, self.left_width - 4 * MM, Align.CENTRE)
        draw_lines(self.canv, self.place, right, y, self.right_width, Align.CENTRE)


class TitleFlow(_Fixed):
    """Type and trích yếu, centred, with a rule of 1/3–1/2 of the text below.

    Of an attached document, what it belongs to stands between them and the rule, in italics.
    """

    def __init__(self, block: Title | AttachedHead, width: float, size: float) -> None:
        room = width - 20 * MM
        self.lines = [
            *set_lines(block.kind.upper(), BOLD, size, room, leading=size * 1.35, most=3),
            *set_lines(block.abstract, BOLD, size, room, leading=size * 1.3, even=True, most=16),
        ]
        if isinstance(block, AttachedHead) and block.reference:
            self.lines += set_lines(block.reference, ITALIC, measures.REFERENCE, room, even=True, most=16)
        super().__init__(width, height(self.lines) + 2 * _RULE_GAP, before=2 * MM, after=5 * MM)

    def draw(self) -> None:
        y = draw_lines(self.canv, self.lines, 0, self.height, self.width, Align.CENTRE)
        self.rule(self.width / 2, y - _RULE_GAP, self.lines[-1].width * measures.RULE_SHARE)


class AnnexFlow(_Fixed):
    """ "Phụ lục I", its title in capitals, and in italics to what it belongs."""

    def __init__(self, block: AnnexHead, width: float) -> None:
        size = measures.ANNEX
        self.lines = [
            Line(block.number, BOLD, size, size * 1.3),
            *set_lines(block.title.upper(), BOLD, size, width, leading=size * 1.3, even=True, most=16),
        ]
        if block.reference:
            self.lines += set_lines(block.reference, ITALIC, measures.REFERENCE, width, even=True, most=16)
        super().__init__(width, height(self.lines), after=4 * MM)

    def draw(self) -> None:
        draw_lines(self.canv, self.lines, 0, self.height, self.width, Align.CENTRE)


class SummaryFlow(_Fixed):
    """The headline on a tinted band, below it the figures in cells, four to a line."""

    _ACROSS = 4

    def __init__(self, block: Summary, width: float) -> None:
        self.headline = set_lines(block.headline, BOLD, 14, width - 6 * MM, leading=18, even=True, most=6)
        self.cell = width / self._ACROSS
        room = self.cell - 4 * MM
        self.figures = [
            (
                set_lines(figure.value, BOLD, 13, room, leading=16.5, most=3),
                set_lines(figure.label, REGULAR, 10.5, room, leading=12.5, even=True, most=4),
            )
            for figure in block.figures
        ]
        self.rows = [
            self.figures[start : start + self._ACROSS] for start in range(0, len(self.figures), self._ACROSS)
        ]
        self.band = height(self.headline) + 4 * MM
        self.row_heights = [max(height(a) + height(b) for a, b in row) + 4 * MM for row in self.rows]
        super().__init__(width, self.band + sum(self.row_heights), before=6, after=10)

    def draw(self) -> None:
        canvas = self.canv
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(0.4)
        y = self.height
        canvas.setFillColor(_TINT)
        canvas.rect(0, y - self.band, self.width, self.band, stroke=0, fill=1)
        canvas.setFillGray(0)
        draw_lines(canvas, self.headline, 3 * MM, y - 2 * MM, self.width - 6 * MM, Align.CENTRE)
        y -= self.band
        for row, tall in zip(self.rows, self.row_heights, strict=True):
            canvas.line(0, y, self.width, y)
            for index, (value, label) in enumerate(row):
                left = index * self.cell
                if index:
                    canvas.line(left, y, left, y - tall)
                below = draw_lines(canvas, value, left + 2 * MM, y - 2 * MM, self.cell - 4 * MM, Align.CENTRE)
                draw_lines(canvas, label, left + 2 * MM, below, self.cell - 4 * MM, Align.CENTRE)
            y -= tall
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)


class ClosingFlow(_Fixed):
    """Nơi nhận at the left, signature at the right; a list longer than the page goes on on the next.

    The room between title and name is a named destination of the file, so that whoever signs it later finds
    it: `space` is where that room begins and ends, in points below the block's upper edge.
    """

    _GUTTER = 6 * MM

    def __init__(
        self,
        left: Sequence[Line],
        right: Sequence[Line],
        width: float,
        space: tuple[float, float] | None = None,
    ) -> None:
        self.left, self.right, self.space = list(left), list(right), space
        super().__init__(width, max(height(self.left), height(self.right)), before=5 * MM)

    @classmethod
    def of(cls, block: Closing, width: float, m: Measures) -> ClosingFlow:
        half = width / 2 - cls._GUTTER / 2
        left: list[Line] = []
        if block.recipients:
            size = measures.RECIPIENTS
            left.append(Line(block.recipients_label, BOLD_ITALIC, measures.RECIPIENTS_LABEL, 15))
            for name in printed.recipients(block):
                left += set_lines(name, REGULAR, size, half, leading=size * 1.2)
        signature = block.signature
        right: list[Line] = []
        for line in signature.authority:
            right += set_lines(line, BOLD, m.body, half, leading=m.body * 1.3, even=True, most=4)
        note = (
            set_lines(signature.note, ITALIC, measures.SIGNATURE_NOTE, half, leading=14, most=6)
            if signature.note
            else []
        )
        space = max(measures.SIGNATURE_SPACE - height(note), 6 * MM)
        if note:
            right += [Line("", REGULAR, 1, 3 * MM), *note]
            space -= 3 * MM
        begins = height(right)
        right.append(Line("", REGULAR, 1, max(space, 3 * MM)))
        ends = height(right)
        right += set_lines(signature.name, BOLD, m.body, half, even=True, most=4)
        return cls(left, right, width, (begins, ends))

    def split(self, available_width: float, available_height: float) -> list[ClosingFlow]:
        if height(self.right) > available_height or available_height >= self.height:
            return []
        room = available_height
        count = 0
        for line in self.left:
            if line.leading > room:
                break
            room -= line.leading
            count += 1
        # Only worth it when the list is too long for any page; else the block moves on as a whole.
        if height(self.left) < 150 * MM:
            return []
        return [
            ClosingFlow(self.left[:count], self.right, self.width, self.space),
            ClosingFlow(self.left[count:], [], self.width),
        ]

    def draw(self) -> None:
        half = self.width / 2 - self._GUTTER / 2
        draw_lines(self.canv, self.left, 0, self.height, half)
        right = self.width / 2 + self._GUTTER / 2
        draw_lines(self.canv, self.right, right, self.height, half, Align.CENTRE)
        if self.space is not None:
            begins, ends = self.space
            left, top = self.canv.absolutePosition(right, self.height - begins)
            edge, bottom = self.canv.absolutePosition(right + half, self.height - ends)
            place = {"left": left, "bottom": bottom, "right": edge, "top": top}
            named = self.canv.bookmarkPage(SIGNATURE_PLACE, "FitR", **place)
            # reportlab writes a destination only where a link leads to it; this one is for other programs.
            self.canv._doc.Catalog.Dests = PDFDictionary({SIGNATURE_PLACE: named})
