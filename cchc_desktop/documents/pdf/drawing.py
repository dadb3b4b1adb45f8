"""From the model's blocks to pages: page templates, numbers, headings that keep company, bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.doctemplate import BaseDocTemplate, NextPageTemplate, PageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether, PageBreak
from reportlab.platypus.frames import Frame
from reportlab.platypus.paragraph import Paragraph

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.measures import Measures
from cchc_desktop.documents.model import (
    Addressees,
    AnnexHead,
    AttachedHead,
    BarChart,
    Block,
    Closing,
    Document,
    Grounds,
    Heading,
    Letterhead,
    NewPage,
    Orientation,
    Summary,
    Table,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf.blocks import AnnexFlow, ClosingFlow, LetterheadFlow, SummaryFlow, TitleFlow
from cchc_desktop.documents.pdf.chart import chart_flows
from cchc_desktop.documents.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, text_width
from cchc_desktop.documents.pdf.table import TableFlow, table_flow
from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import message
from cchc_desktop.paths import APP_NAME


class _Styles:
    """The paragraphs of one document, in its own sizes."""

    def __init__(self, m: Measures) -> None:
        self.body = ParagraphStyle(
            "body",
            fontName=REGULAR,
            fontSize=m.body,
            leading=m.body_leading,
            alignment=TA_JUSTIFY,
            firstLineIndent=m.indent,
            spaceAfter=m.paragraph_space,
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=1,
        )
        flush = {"parent": self.body, "firstLineIndent": 0}
        self.texts = {
            TextKind.BODY: self.body,
            TextKind.NOTE: ParagraphStyle(
                "note", fontSize=measures.NOTE, leading=15, alignment=TA_LEFT, **flush
            ),
            TextKind.CENTRED: ParagraphStyle("centred", alignment=TA_CENTER, **flush),
            TextKind.STRONG: ParagraphStyle("strong", fontName=BOLD, alignment=TA_CENTER, **flush),
        }
        self.grounds = ParagraphStyle("grounds", parent=self.body, fontName=ITALIC)
        heading = {"parent": self.body, "alignment": TA_LEFT}
        self.headings = {
            1: ParagraphStyle("heading1", fontName=BOLD, spaceBefore=6, **heading),
            2: ParagraphStyle("heading2", fontName=BOLD, spaceBefore=2, **heading),
            3: ParagraphStyle("heading3", fontName=BOLD_ITALIC, **heading),
        }

    def hanging(self, left: float, hang: float, before: float = 0, after: float = 0) -> ParagraphStyle:
        """The first line begins at `left`, the others so much further in; `after` beside the usual space."""
        style = ParagraphStyle("hanging", parent=self.body, alignment=TA_LEFT, spaceBefore=before)
        style.spaceAfter += after
        style.leftIndent, style.firstLineIndent = left + hang, -hang
        return style


# A text that begins right under a heading brings at least so many lines along.
_FIRST_LINES = 3


def _paragraph(words: str, style: ParagraphStyle, lead: str = "") -> Paragraph:
    bold = f'<font name="{BOLD}">{escape(lead, quote=False)}</font> ' if lead else ""
    return Paragraph(bold + escape(words, quote=False), style)


class _HeadingFlow(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A heading that also stands in the reader's list of bookmarks."""

    def __init__(self, words: str, level: int, style: ParagraphStyle) -> None:
        super().__init__(escape(words, quote=False), style)
        self.words, self.level = words, level


class _Bookmark(Flowable):  # type: ignore[misc]
    """Of an annex, whose head is no paragraph."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.level = words, 1

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        """Nothing to see."""


class _Pages(BaseDocTemplate):  # type: ignore[misc]
    """A4 both ways, the same margins as read, a page number from page 2 on."""

    def __init__(self, path: Path, document: Document, m: Measures, progress: Progress, count: int) -> None:
        templates = []
        for orientation in Orientation:
            wide, tall = m.page(orientation)
            frame = Frame(m.left, m.bottom, m.room(orientation), tall - m.top - m.bottom, *(0, 0, 0, 0))
            templates.append(
                PageTemplate(orientation.value, [frame], onPage=_page_number, pagesize=(wide, tall))
            )
        self.page_number_size = m.page_number
        super().__init__(
            str(path),
            pagesize=measures.PAPER,
            pageTemplates=templates,
            title=one_line(document.title),
            author=one_line(document.author),
            subject=one_line(document.subject),
            creator=APP_NAME,
            lang="vi-VN",
            invariant=1,
            initialFontName=REGULAR,
            allowSplitting=1,
        )
        self._progress, self._count, self._done = progress, count, 0
        self._bookmarks = 0

    def afterFlowable(self, flowable: Flowable) -> None:
        self._done += 1
        self._progress.at(message("documents.step_pages"), min(self._done, self._count), self._count)
        if isinstance(flowable, _HeadingFlow | _Bookmark):
            key = f"h{self._bookmarks}"
            self.canv.bookmarkPage(key)
            # A level below one that does not exist is refused by reportlab.
            level = 0 if self._bookmarks == 0 else min(flowable.level, 2) - 1
            self.canv.addOutlineEntry(flowable.words, key, level, closed=False)
            self._bookmarks += 1


def _page_number(canvas: Any, pages: BaseDocTemplate) -> None:
    if canvas.getPageNumber() == 1:
        return
    wide, tall = canvas._pagesize
    canvas.setFont(REGULAR, pages.page_number_size)
    canvas.drawCentredString(wide / 2, tall - measures.PAGE_NUMBER_BASELINE, str(canvas.getPageNumber()))


def _addressees(block: Addressees, styles: _Styles) -> Iterator[Paragraph]:
    """One name stands behind the label; several stand below, their dashes under its colon."""
    label, names = one_line(block.label), printed.addressees(block)
    size, left, space = styles.body.fontSize, measures.ADDRESSEES, measures.ADDRESSEES_SPACE
    if len(names) < 2:
        hang = text_width(f"{label} ", REGULAR, size)
        yield _paragraph(" ".join((label, *names)), styles.hanging(left, hang, space, space))
        return
    yield _paragraph(label, styles.hanging(left, 0, space))
    below, hang = left + text_width(label.removesuffix(":"), REGULAR, size), text_width("- ", REGULAR, size)
    style, last = styles.hanging(below, hang), styles.hanging(below, hang, 0, space)
    yield from (_paragraph(name, style) for name in names[:-1])
    yield _paragraph(names[-1], last)


def _flows(block: Block, width: float, m: Measures, styles: _Styles) -> Iterator[Flowable]:
    """One block as flowables (not page switches and headings, which need to know their surroundings)."""
    match block:
        case Letterhead():
            yield LetterheadFlow(block, width)
        case Title():
            yield TitleFlow(block, width, m.title)
        case AttachedHead():
            yield _Bookmark(f"{block.kind} {block.abstract}")
            yield TitleFlow(block, width, m.title)
        case AnnexHead():
            yield _Bookmark(f"{block.number}. {block.title}")
            yield AnnexFlow(block, width)
        case Addressees():
            yield from _addressees(block, styles)
        case Grounds():
            yield from (_paragraph(line, styles.grounds) for line in printed.grounds(block))
        case Text():
            for lead, line in printed.texts(block):
                yield _paragraph(line, styles.texts[block.kind], lead)
        case Table():
            yield table_flow(block, width, m)
        case BarChart():
            yield from chart_flows(block, width)
        case Summary():
            yield SummaryFlow(block, width)
        case Closing():
            yield ClosingFlow.of(block, width, m)


def _start_height(flow: Flowable, width: float) -> float:
    """How much of a flowable has to stand on the page where it begins."""
    if isinstance(flow, TableFlow):
        return flow.start_height() + float(flow.getSpaceBefore())
    needed = float(flow.wrap(width, 10**6)[1])
    if isinstance(flow, Paragraph):
        return min(needed, _FIRST_LINES * float(flow.style.leading))
    return needed + float(flow.getSpaceBefore())


def _story(document: Document, m: Measures, progress: Progress) -> list[Flowable]:
    story: list[Flowable] = []
    company: list[Paragraph] = []  # headings and a text that introduces a table: they wait for what follows
    styles = _Styles(m)
    width = m.room(Orientation.PORTRAIT)
    followers = (*document.blocks[1:], None)
    for number, (block, follower) in enumerate(zip(document.blocks, followers, strict=True)):
        progress.at(message("documents.step_layout"), number, len(document.blocks))
        if isinstance(block, NewPage):
            story += [*company, NextPageTemplate(block.orientation.value), PageBreak()]
            company = []
            width = m.room(block.orientation)
            continue
        if isinstance(block, Heading):
            level = min(max(block.level, 1), 3)
            company.append(_HeadingFlow(one_line(block.text), level, styles.headings[level]))
            continue
        flows = list(_flows(block, width, m, styles))
        if isinstance(block, Text) and isinstance(follower, Table) and _all_short(flows, width):
            company += flows
            continue
        if isinstance(block, Closing):
            flows = [KeepTogether([*_last_words(story, company, width), *flows])]
            company = []
        if company and flows:
            needed = _start_height(flows[0], width) + sum(_full_height(each, width) for each in company)
            story += [CondPageBreak(needed), *company]
            company = []
        story += flows
    return story + company


def _full_height(flow: Paragraph, width: float) -> float:
    return float(flow.wrap(width, 10**6)[1] + flow.style.spaceBefore + flow.style.spaceAfter)


def _all_short(flows: list[Flowable], width: float) -> bool:
    return len(flows) == 1 and _is_short(flows[0], width)


def _last_words(story: list[Flowable], company: list[Paragraph], width: float) -> list[Flowable]:
    """Takes the last paragraph, and a heading above it, off the story: a signature never stands alone."""
    if company:
        return list(company)
    words: list[Flowable] = []
    if story and _is_short(story[-1], width):
        words.append(story.pop())
        while story and isinstance(story[-1], _HeadingFlow):
            words.insert(0, story.pop())
    return words


def _is_short(flow: Flowable, width: float) -> bool:
    """A last paragraph that can go to the next page with the signature, which never stands there alone."""
    if not isinstance(flow, Paragraph) or isinstance(flow, _HeadingFlow):
        return False
    return float(flow.wrap(width, 10**6)[1]) <= 8 * float(flow.style.leading)


def draw(document: Document, path: Path, progress: Progress) -> None:
    m = Measures.of(document.layout)
    story = _story(document, m, progress)
    pages = _Pages(path, document, m, progress, len(story))
    pages.build(story)
