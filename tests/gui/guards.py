"""What must hold of every picture of the window: nothing cut, whole numbers, Vietnamese words, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetrics, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QWidget,
)

from ui.widgets import painted
from ui.widgets.painted import Drawn

NUMBER = re.compile(r"[\d.,/%\s–=+-]*\d[\d.,/%\s–=+-]*")


def drawn_texts(window: QWidget) -> list[Drawn]:
    """Everything that our own widgets paint in one picture of the window."""
    seen: list[Drawn] = []
    painted.observers.append(seen.append)
    try:
        window.grab()
    finally:
        painted.observers.remove(seen.append)
    return seen


def visible(window: QWidget) -> Iterator[QWidget]:
    yield from (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def describe(widget: QWidget) -> str:
    parts = []
    while widget is not None and not widget.isWindow():
        parts.append(type(widget).__name__)
        widget = widget.parentWidget()
    return "/".join(reversed(parts))


def clipped_texts(window: QWidget) -> list[str]:
    """Texts that do not fit where they are shown."""
    faults = [f"painted, clipped: {drawn.text!r}" for drawn in drawn_texts(window) if not drawn.fits]
    for widget in visible(window):
        if isinstance(widget, QLabel) and widget.text():
            if not _label_fits(widget):
                faults.append(f"label, clipped: {widget.text()!r} in {describe(widget)} {widget.size()}")
        elif isinstance(widget, QLineEdit):
            metrics = QFontMetrics(widget.font())
            if widget.height() < metrics.height() + 2:
                faults.append(f"field too low: {describe(widget)}")
            room = widget.width() - 22
            if not widget.text() and metrics.horizontalAdvance(widget.placeholderText()) > room:
                faults.append(f"placeholder elided: {widget.placeholderText()!r}")
    return faults


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() + 1
    metrics = QFontMetrics(label.font())
    words = label.text()
    if label.textFormat() is Qt.TextFormat.RichText:
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(words)
        return document.idealWidth() <= room.width() + 2
    lines = words.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return width <= room.width() + 1 and metrics.height() * len(lines) <= room.height() + 2


def cut_by_parents(window: QWidget) -> list[str]:
    """Widgets of which a part lies outside what holds them (scrolled content may, up and down)."""
    faults = []
    for widget in visible(window):
        holder = widget.parentWidget()
        if holder is None or isinstance(widget, QScrollBar) or widget.isWindow():
            continue
        if type(widget).__name__ == "_Ring":
            continue
        inside = holder.rect()
        above = holder.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is holder:
            if isinstance(above, QAbstractItemView):
                continue
            inside = QRect(inside.left(), -100_000, inside.width(), 200_000)
        box = widget.geometry()
        if not inside.adjusted(-1, -1, 1, 1).contains(box) and not box.isEmpty():
            faults.append(f"cut: {describe(widget)} {widget.accessibleName()!r} {box} in {inside}")
    return faults


def overlapping_buttons(window: QWidget) -> list[str]:
    """Buttons that lie over each other."""
    boxes = [
        (made, QRect(made.mapTo(window, QPoint(0, 0)), made.size()))
        for made in visible(window)
        if isinstance(made, QAbstractButton) and not made.visibleRegion().isEmpty()
    ]
    return [
        f"overlap: {one.accessibleName()!r} and {other.accessibleName()!r}"
        for place, (one, first) in enumerate(boxes)
        for other, second in boxes[place + 1 :]
        if first.intersects(second) and one.parentWidget() is other.parentWidget()
    ]


def _item_texts(view: QAbstractItemView, role: Qt.ItemDataRole) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    waiting = [view.rootIndex()]
    while waiting:
        parent = waiting.pop()
        columns = 1 if isinstance(view, QListView) else model.columnCount(parent)
        for row in range(model.rowCount(parent)):
            for column in range(columns):
                found = model.data(model.index(row, column, parent), role)
                if found:
                    yield str(found)
            waiting.append(model.index(row, 0, parent))
    if isinstance(view, QTableView):
        for section in range(model.columnCount()):
            found = model.headerData(section, Qt.Orientation.Horizontal, role)
            if found and not isinstance(found, int):
                yield str(found)


def faulty_elisions(window: QWidget) -> list[str]:
    """Numbers that were elided; elided words without their full tooltip and accessible name."""
    faults = []
    tips: list[str] = []
    names: list[str] = []
    for widget in visible(window):
        tips.append(widget.toolTip())
        names.append(widget.accessibleName())
        if isinstance(widget, QComboBox):
            names.append(widget.currentText())  # a combo box's value is said by itself
        if isinstance(widget, QAbstractItemView):
            tips += _item_texts(widget, Qt.ItemDataRole.ToolTipRole)
            names += _item_texts(widget, Qt.ItemDataRole.AccessibleTextRole)
    all_tips, all_names = "\n".join(tips), "\n".join(names)
    for drawn in drawn_texts(window):
        if drawn.shown == drawn.text:
            continue
        if NUMBER.fullmatch(drawn.text):
            faults.append(f"number elided: {drawn.text!r}")
        if drawn.text not in all_tips:
            faults.append(f"elided without tooltip: {drawn.text!r}")
        if drawn.text not in all_names:
            faults.append(f"elided without accessible name: {drawn.text!r}")
    return faults


def shown_texts(window: QWidget) -> Iterator[str]:
    """Every text that somebody can read or hear."""
    yield window.windowTitle()
    for drawn in drawn_texts(window):
        yield drawn.text
    for widget in visible(window):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield widget.statusTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from _item_texts(widget, Qt.ItemDataRole.ToolTipRole)


_INITIAL = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
_RHYME = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|i|ia|ich|im|in|inh|ip|it|iu|o|oa|oac|oai|"
    "oan|oang|oanh|oat|oay|oc|oe|oen|oi|om|on|ong|op|ot|u|ua|uc|ui|um|un|ung|up|ut|uy|uya|uynh|uyt|y|oong"
)
_SYLLABLE = re.compile(f"(?:{_INITIAL})?(?:{_RHYME})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")

ALLOWED = frozenset(
    """
    CCHC UBND TTHC TCVN VBQPPL PVHCC KT XH CNTT TT HTTT CBCCVC DVC SIPAS PAPI PAR
    BC KH QD BCH QPPL ISO KPI CDS
    MB KB GB B USB PDF XLSX DOCX FAT NTFS Word Excel LibreOffice Windows Desktop
    F Ctrl Alt Shift Enter Tab Esc Del C L Q
    PKCS PIN Token token
    pdf docx xlsx png jpg zip asice pem trust SHA csv odt
    """.split()  # noqa: SIM905 - a list of words reads better in lines
)


def foreign_words(texts: Iterator[str], also: frozenset[str] = frozenset()) -> list[str]:
    """ASCII-only words that are neither a Vietnamese syllable nor on the allow-list."""
    words = {word for shown in texts for word in _WORD.findall(_without_addresses(shown))}
    known = ALLOWED | also
    return sorted(
        word
        for word in words
        if len(word) > 1 and word.isascii() and word not in known and not _SYLLABLE.fullmatch(word)
    )


_ADDRESS = re.compile(
    r"\S*[/\\@_]\S*"  # paths, e-mail addresses
    r"|\b[\w-]+\.\w{2,5}\b"  # file names
    r"|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b"  # codes
    r"|\b[0-9a-f]{8,}\b"  # digests
    r"|\b(?:Ctrl|Shift|Alt)\+\w+"  # keys
    r"|</?\w+[^>]*>"  # the tags of rich text
    r"|\b[IVXL]+\b"  # Roman numbers
)


def _without_addresses(words: str) -> str:
    """Codes, file names, paths and keys are no words."""
    return _ADDRESS.sub(" ", words)


def nameless(window: QWidget) -> list[str]:
    """Focusable things that a screen reader could not name."""
    faults: list[str] = []

    def walk(item: QAccessibleInterface | None) -> None:
        if item is None or not item.isValid():
            return
        state = item.state()
        made = item.object()
        if isinstance(made, QWidget) and not made.isVisible():
            return
        focusable = bool(state.focusable) and not state.disabled and not state.invisible
        if focusable and isinstance(made, QWidget) and not item.text(QAccessible.Text.Name).strip():
            faults.append(f"nameless: {describe(made)}")
        if isinstance(made, QAbstractItemView):
            return
        for place in range(item.childCount()):
            walk(item.child(place))

    walk(QAccessible.queryAccessibleInterface(window))
    return faults


def all_faults(window: QWidget, also: frozenset[str] = frozenset()) -> list[str]:
    return [
        *clipped_texts(window),
        *cut_by_parents(window),
        *overlapping_buttons(window),
        *faulty_elisions(window),
        *nameless(window),
        *(f"foreign word: {word}" for word in foreign_words(shown_texts(window), also)),
    ]
