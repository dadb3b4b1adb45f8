"""The middle: where the row stands, what it asks, its figures, and what the unit says to explain itself."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cchc_desktop.domain.criteria import Node, ScoredBy
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.language import render, text
from ui.context import Context
from ui.fonts import Size
from ui.pages.scoring.figures import FiguresPanel
from ui.pages.scoring.live_sheet import Entry, LiveSheet
from ui.pages.scoring.suggestions import SuggestionBar, Suggestions
from ui.theme import Role
from ui.widgets.button import LinkLabel
from ui.widgets.fields import TextBox
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, put, row
from ui.widgets.scroll_column import ScrollColumn

MOST_CHARACTERS = 2000


class Guidance(QFrame):
    """How the row is scored, and the way to its legal basis and source."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._node: Node | None = None
        self.setObjectName("guidance")
        self._words = Label(size=Size.SMALL, wrap=True, rich=True)
        self._basis = LinkLabel(text("scoring_page.basis"), self._show_basis, Size.SMALL)
        box = row(self._words, self._basis, gap=12)
        box.setStretch(0, 1)
        box.setAlignment(self._basis, Qt.AlignmentFlag.AlignTop)
        box.setContentsMargins(12, 1, 0, 1)
        self.setLayout(box)

    def show_row(self, node: Node) -> None:
        self._node = node
        words = node.guidance or text("scoring_page.no_guidance")
        self._words.setText(text("scoring_page.guidance", words=escape(words)))
        self._basis.setVisible(bool(node.legal_basis or node.source))
        self.setVisible(bool(node.guidance or node.legal_basis or node.source))

    def _show_basis(self) -> None:
        node = self._node
        if node is None:
            return
        parts = [
            text(f"scoring_page.{name}_of", words=words)
            for name, words in (("basis", node.legal_basis), ("source", node.source))
            if words
        ]
        self._context.dialogs.show_text(f"{node.code} {node.label}", "\n\n".join(parts))


class Explanation(QWidget):
    """Giải trình, with the characters counted."""

    def __init__(self, sheet: LiveSheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._node: Node | None = None
        self._hint = second()
        name = text("scoring_page.explanation")
        self._label = Label(name, bold=True)
        self.field = TextBox(name, rows=2)
        self._label.setBuddy(self.field)
        head = row(self._label, None, self._hint)
        self.setLayout(column(head, self.field, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.field.textChanged.connect(self._count)
        self.field.committed.connect(self._save)

    def show_row(self, node: Node) -> None:
        self.field.commit()
        self._node = node
        self.field.set_value(self._sheet.answer(node).explanation)
        self.field.setReadOnly(self._sheet.read_only)
        self._count()

    def take_over(self) -> None:
        if self._node is not None:
            self.field.set_value(self._sheet.answer(self._node).explanation)
            self._count()

    def _save(self, words: object) -> None:
        if self._node is not None:
            self._sheet.save_explanation(self._node, str(words))

    def _count(self) -> None:
        if self._node is None:
            return
        length = len(self.field.toPlainText())
        score = self._sheet.score.rows[self._node.code]
        lost = score.points is not None and score.points < score.max_points and not self._node.is_adjustment
        hint = "explanation_wanted" if lost or self._sheet.lacks_evidence(self._node) else "explanation_free"
        count = text("scoring_page.characters", length=length, most=MOST_CHARACTERS)
        self._hint.setText(f"{text(f'scoring_page.{hint}')} · {count}")
        over = length > MOST_CHARACTERS
        self._hint.set_role(Role.ERROR if over else Role.MUTED)
        self.field.set_bad(over)

    renew = _count


class RowPane(QWidget):
    """`row_shown(code)` once another row is drawn."""

    row_shown = Signal(str)

    def __init__(self, context: Context, sheet: LiveSheet, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._node: Node | None = None
        whole = column(gap=10)
        whole.setContentsMargins(20, 10, 20, 10)
        self._scroll = ScrollColumn(whole)
        self.setLayout(column(self._scroll, gap=0))
        self._crumbs = ElidedLabel("", Size.SMALL, Role.MUTED)
        self._title = section(wrap=True)
        self._maximum = Label()
        self._maximum.setTextFormat(Qt.TextFormat.RichText)
        head = row(self._title, self._maximum, gap=16)
        head.setStretch(0, 1)
        head.setAlignment(self._maximum, Qt.AlignmentFlag.AlignTop)
        self._guidance = Guidance(context)
        self.note = MessageBar()
        self.suggestions = Suggestions(context)
        self.suggestion = SuggestionBar(sheet, self.suggestions)
        self.suggestion.taken.connect(self._take_suggestion)
        self.figures = FiguresPanel(sheet)
        self.explanation = Explanation(sheet)
        put(whole, self._crumbs, head, self._guidance, self.note, self.suggestion)
        put(whole, self.figures, self.explanation)
        whole.setStretch(6, 1)
        sheet.changed.connect(self._renew)

    @property
    def node(self) -> Node | None:
        return self._node

    def show_row(self, node: Node) -> None:
        self.commit()
        self._node = node
        criteria = self._sheet.criteria
        above: list[str] = []
        parent = criteria.parent_code(node.code)
        while parent is not None:
            above.insert(0, f"{parent} {criteria.by_code[parent].label}")
            parent = criteria.parent_code(parent)
        self._crumbs.set_words("  ›  ".join(above) if above else text("scoring_page.adjustments"))
        self._title.setText(f"{node.code} {node.label}")
        self._maximum.setText(text("scoring_page.at_most", points=node.max_points))
        self._guidance.show_row(node)
        self._say_state(node)
        self.suggestion.show_row(node)
        self.figures.show_row(node)
        self.explanation.show_row(node)
        self._scroll.verticalScrollBar().setValue(0)
        self.row_shown.emit(node.code)

    def _say_state(self, node: Node) -> None:
        score = self._sheet.score.rows[node.code]
        if node.scored_by is ScoredBy.APPRAISER:
            self.note.say(text("scoring_page.appraiser_row", points=node.max_points))
        elif score.state is RowState.EXCLUDED:
            self.note.say(render(score.explanation))
        elif self._sheet.read_only:
            self.note.say(text("scoring_page.archived"), Tone.INFO)
        else:
            self.note.hush()

    def _renew(self, codes: frozenset[str]) -> None:
        if self._node is None or self._node.code not in codes:
            return
        self.figures.renew()
        self.suggestion.renew()
        self.explanation.renew()

    def _take_suggestion(self, entry: Entry) -> None:
        if self._node is not None:
            self.commit()
            self._sheet.save_entry(self._node, entry)
            self.figures.take_over()
            self.figures.focus_first()

    def take_over(self) -> None:
        """Stored answers may be new: show them."""
        if self._node is not None:
            self._say_state(self._node)
            self.figures.take_over()
            self.figures.renew()
            self.suggestion.renew()
            self.explanation.take_over()

    def commit(self) -> None:
        self.figures.commit()
        self.explanation.field.commit()
