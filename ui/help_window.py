"""The help in a window of its own, beside the work: pages at the left, the text at the right. F1 opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from cchc_desktop.language import text
from ui import fonts
from ui.fonts import Size
from ui.help_pages import FIRST, PAGES, HelpPage, explaining
from ui.theme import Role, changes, color
from ui.widgets.button import Button
from ui.widgets.panel import Strip, row
from ui.widgets.tree import Tree, TreeNode

_LIST_WIDTH = 300
_HEADINGS = {1: Size.SECTION}
"""Qt enlarges headings by their level, from this size on."""

_open: list[HelpWindow] = []


def show_help(over: QWidget | None, shown: str = "") -> HelpWindow:
    """Open the help, or bring it to the front, at what explains `shown` (a page of the window)."""
    if not _open:
        _open.append(HelpWindow(over))
    window = _open[0]
    file, heading = explaining(shown)
    window.show_page(file, heading)
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class HelpWindow(QWidget):
    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.destroyed.connect(lambda: _open.clear())
        self.setWindowTitle(text("help.title"))
        self.setAccessibleName(text("help.title"))
        self._page = FIRST
        self.pages = Tree(text("help.pages_list"), quiet=True)
        self.pages.set_nodes([TreeNode(page.file, page.title) for page in PAGES])
        self.pages.picked.connect(self.show_page)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFont(fonts.font())
        self.text.document().setDocumentMargin(20)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName(text("help.text"))
        self.text.anchorClicked.connect(self._follow)
        self.shut = Button(text("window.close"), self.close)
        left = Strip("right", "window", upright=True)
        left.box.setContentsMargins(0, 12, 1, 12)
        left.box.addWidget(self.pages, 1)
        foot = row(self.shut, None)
        foot.setContentsMargins(16, 0, 16, 0)
        left.box.addLayout(foot)
        left.setFixedWidth(_LIST_WIDTH)
        whole = row(left, self.text, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        changes().changed.connect(self._draw)
        self.resize(1080, 720)
        self.show_page(FIRST.file)

    def page(self) -> HelpPage:
        return self._page

    def show_page(self, file: str, heading: str = "") -> None:
        """A page by its file's name, from the heading on."""
        self._page = next((page for page in PAGES if page.file == file), FIRST)
        if self.pages.current_key() != self._page.file:
            self.pages.pick(self._page.file)
        self._draw()
        if heading:
            self._go_to(heading)

    def _go_to(self, heading: str) -> None:
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                self.text.setTextCursor(QTextCursor(block))
                at = self.text.document().documentLayout().blockBoundingRect(block).top()
                self.text.verticalScrollBar().setValue(int(at) - 12)
                return
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        """A link leads to another page of the help; an address outside goes to the system's browser."""
        target = link.toString()
        if target.endswith(".md"):
            self.show_page(target.removesuffix(".md"))
        elif link.scheme() in ("https", "mailto"):
            QDesktopServices.openUrl(link)

    def _draw(self) -> None:
        document = self.text.document()
        document.setMarkdown(self._page.markdown())
        dress(self.text)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def dress(shown: QTextBrowser) -> None:
    """Give Markdown the window's own sizes, colours and spaces: Qt's are those of a bare text."""
    document = shown.document()
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        _dress_block(cursor, block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setBorderBrush(color(Role.EDGE))
            form.setBorder(1)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderCollapse(True)
            form.setCellPadding(6)
            form.setCellSpacing(0)
            form.setTopMargin(4)
            form.setBottomMargin(12)
            frame.setFormat(form)


def _dress_block(cursor: QTextCursor, block: QTextBlock) -> None:
    cursor.setPosition(block.position())
    form = QTextBlockFormat(block.blockFormat())
    level = form.headingLevel()
    letters = QTextCharFormat()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if level:
        letters.setFont(fonts.font(_HEADINGS.get(level, Size.BASE), bold=True))
        form.setTopMargin(4 if level == 1 else 18)
        form.setBottomMargin(6)
    elif form.hasProperty(QTextFormat.Property.BlockCodeFence):
        letters.setBackground(color(Role.COMPUTED))
        form.setBackground(color(Role.COMPUTED))
        form.setLeftMargin(8)
        form.setNonBreakableLines(False)
        if not block.next().blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
            form.setBottomMargin(10)
    elif not cursor.currentTable():
        form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(8 if block.textList() is None else 3)
    cursor.setBlockFormat(form)
    if not letters.isEmpty():
        cursor.mergeCharFormat(letters)
