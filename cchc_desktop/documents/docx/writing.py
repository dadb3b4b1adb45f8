"""From the model's blocks to a Word file: what follows what, sections, page numbers, properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.docx import blocks, wordml
from cchc_desktop.documents.docx.chart import DRAWINGS_OF_LEGEND, chart
from cchc_desktop.documents.docx.styles import LANGUAGE, Style, styles_xml
from cchc_desktop.documents.docx.table import table
from cchc_desktop.documents.docx.wordml import BOLD, paragraph, run, twips
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
from cchc_desktop.documents.pdf import fonts
from cchc_desktop.documents.pdf.lines import broken
from cchc_desktop.documents.zip_times import still_the_clock
from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import message

_TEXTS = {
    TextKind.BODY: Style.BODY,
    TextKind.NOTE: Style.NOTE,
    TextKind.CENTRED: Style.CENTRED,
    TextKind.STRONG: Style.STRONG,
}
_HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)
_WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's properties hold times without a zone
_MOST_PROPERTY = 255
# A last paragraph of up to so many lines goes to the next page with the signature.
_SHORT = 8
# Times' letters reach so far above their line's foot, in font sizes.
_ASCENT = 0.891

_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    # Space above and below paragraphs adds up, as in the PDF; without this Word takes the larger of the two.
    "<w:doNotUseHTMLParagraphAutoSpacing/>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    + f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/>'
)
# What python-docx's own empty document brings along and no document of ours uses: a preview picture of
# another page, a statement that Word for Mac wrote it, fonts and styles of its own.
_FOREIGN = (
    "/thumbnail",
    "/extended-properties",
    "/customXml",
    "/stylesWithEffects",
    "/webSettings",
    "/numbering",
    "/fontTable",
    "/theme",
)


class _Writing:
    """One document on its way into a file."""

    def __init__(self, document: Document, word: Any) -> None:
        self.document, self.word = document, word
        self.m = Measures.of(document.layout)
        self.orientation = Orientation.PORTRAIT
        self.drawings = 1

    @property
    def width(self) -> float:
        return self.m.room(self.orientation)

    def picture(self, png: bytes) -> str:
        relation, _image = self.word.part.get_or_add_image(BytesIO(png))
        return str(relation)

    def body(self, progress: Progress) -> str:
        parts = []
        whole = self.document.blocks
        for number, block in enumerate(whole):
            progress.at(message("documents.step_layout"), number, len(whole))
            if isinstance(block, NewPage):
                parts.append(paragraph(Style.PAGE_END, section=self.section(first=not self._turned)))
                self._turned = True
                self.orientation = block.orientation
                continue
            follower = whole[number + 1] if number + 1 < len(whole) else None
            parts.append("".join(self.block(block, follower)))
        # Word wants a paragraph behind a table that ends a document.
        parts.append(paragraph(Style.PAGE_END))
        return "".join(parts) + self.section(first=not self._turned)

    _turned = False

    def section(self, *, first: bool) -> str:
        wide, tall = (twips(side) for side in self.m.page(self.orientation))
        lying = ' w:orient="landscape"' if self.orientation is Orientation.LANDSCAPE else ""
        sides = " ".join(
            f'w:{name}="{twips(getattr(self.m, name))}"' for name in ("top", "right", "bottom", "left")
        )
        header = twips(measures.PAGE_NUMBER_BASELINE - _ASCENT * self.m.page_number)
        return (
            f'<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{tall}"{lying}/>'
            f'<w:pgMar {sides} w:header="{header}" w:footer="{header}" w:gutter="0"/>'
            f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
        )

    def block(self, block: Block, follower: Block | None) -> Iterator[str]:
        match block:
            case Letterhead():
                yield blocks.letterhead(block, self.width)
            case Title() | AttachedHead():
                yield blocks.title(block, self.width, self.m)
            case AnnexHead():
                yield blocks.annex_head(block, self.width)
            case Addressees():
                yield from self.addressees(block)
            case Grounds():
                yield from (paragraph(Style.GROUNDS, run(line)) for line in printed.grounds(block))
            case Heading():
                style = _HEADINGS[min(max(block.level, 1), 3) - 1]
                yield paragraph(style, run(one_line(block.text)))
            case Text():
                yield from self.text(block, follower)
            case Table():
                yield table(block, self.width, self.m)
                # A table has no space of its own, and two that touch would become one.
                yield paragraph(Style.PAGE_END, before=self.m.paragraph_space - 1)
            case BarChart():
                yield chart(block, self.width, self.picture, self.drawings)
                self.drawings += len(block.bars) + DRAWINGS_OF_LEGEND
            case Summary():
                yield blocks.summary(block, self.width)
            case Closing():
                yield blocks.closing(block, self.width, self.m)
            case NewPage():
                return

    def text(self, block: Text, follower: Block | None) -> Iterator[str]:
        said = printed.texts(block)
        for number, (lead, line) in enumerate(said, 1):
            last = number == len(said)
            keep = (
                last
                and (isinstance(follower, Closing) or (isinstance(follower, Table) and len(said) == 1))
                and len(broken(f"{lead} {line}", fonts.REGULAR, self.m.body, self.width)) <= _SHORT
            )
            before = run(f"{lead} ", BOLD) if lead else ""
            yield paragraph(_TEXTS[block.kind], before + run(line), keep=keep)

    def addressees(self, block: Addressees) -> Iterator[str]:
        label, names = one_line(block.label), printed.addressees(block)
        size, left = self.m.body, measures.ADDRESSEES
        space = measures.ADDRESSEES_SPACE
        after = self.m.paragraph_space + space
        if len(names) < 2:
            hang = fonts.text_width(f"{label} ", fonts.REGULAR, size)
            words = " ".join((label, *names))
            indents = (left + hang, 0)
            yield paragraph(
                Style.ADDRESSEES, run(words), indents=indents, hanging=hang, before=space, after=after
            )
            return
        yield paragraph(Style.ADDRESSEES, run(label), indents=(left, 0), keep=True, before=space)
        hang = fonts.text_width("- ", fonts.REGULAR, size)
        below = left + fonts.text_width(label.removesuffix(":"), fonts.REGULAR, size) + hang
        for number, name in enumerate(names, 1):
            last = after if number == len(names) else None
            yield paragraph(Style.ADDRESSEES, run(name), indents=(below, 0), hanging=hang, after=last)


def _cleared(element: Any, inner: str, tag: str) -> None:
    """Put `inner` in the place of all that an element of the empty document holds."""
    from docx.oxml import parse_xml

    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:{tag} {wordml.NAMESPACES}>{inner}</w:{tag}>")):
        element.append(child)


def _emptied() -> Any:
    """python-docx's empty document without what it brings along."""
    import docx

    word = docx.Document()
    for relations in (word.part.rels, word.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_FOREIGN)]:
            relations.pop(key)
    return word


def _number_pages(word: Any, m: Measures) -> None:
    """In the top margin of every page but the first; the later sections go on with the first one's header."""
    from docx.oxml import parse_xml

    first = word.sections[0]
    first.first_page_header.is_linked_to_previous = False
    first.header.is_linked_to_previous = False
    number = run("2")
    # In the middle of the paper, not of the text, whose margins differ.
    aside = max(m.left - m.right, 0)
    field = paragraph(
        Style.HEADER,
        f'<w:fldSimple w:instr=" PAGE ">{number}</w:fldSimple>',
        indents=(max(m.right - m.left, 0), aside),
    )
    element = first.header._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(field.replace("<w:p>", f"<w:p {wordml.NAMESPACES}>", 1)))


def _name(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title = one_line(document.title)[:_MOST_PROPERTY]
    properties.author = one_line(document.author)[:_MOST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.subject = one_line(document.subject)[:_MOST_PROPERTY]
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = _WRITTEN


def write(document: Document, path: Path, progress: Progress) -> None:
    fonts.register()
    word = _emptied()
    writing = _Writing(document, word)
    _cleared(word.styles.element, styles_xml(writing.m), "styles")
    _cleared(word.settings.element, _SETTINGS, "settings")
    _cleared(word.element.body, writing.body(progress), "body")
    _number_pages(word, writing.m)
    _name(word, document)
    progress.at(message("documents.step_pages"), 1, 1)
    word.save(str(path))
    still_the_clock(path)
