"""The figures of a row: white cells to fill in, grey cells computed, the sentence, the ruler.

Drawn from the rule's fields alone: a new rule kind needs nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cchc_desktop.domain.criteria import Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.fields import Field
from cchc_desktop.domain.scoring import RowScore, RowState
from cchc_desktop.language import format_number, format_percent, format_points, render, text
from cchc_desktop.message import Message
from ui.field_widgets import FieldWidget, field_widget
from ui.pages.scoring.live_sheet import Entry, LiveSheet
from ui.widgets.button import LinkLabel
from ui.widgets.check_box import CheckBox
from ui.widgets.computed import ComputedCell
from ui.widgets.labels import CodeChip, Label, second
from ui.widgets.message_bar import FieldNote
from ui.widgets.panel import HLine, Panel, clear, row
from ui.widgets.ruler import Ruler

_CELL_WIDTH = 132
RATIO_FIELDS = {"numerator", "denominator"}


def entry_of(
    values: Mapping[str, object | None], *, not_applicable: bool = False
) -> dict[str, object] | None:
    """What the fields say; None when nothing was filled in ("counts.Khiển trách" goes one deeper)."""
    entry: dict[str, object] = {}
    for path, value in values.items():
        if value is None:
            continue
        name, _dot, inner = path.partition(".")
        if not inner:
            entry[name] = value
            continue
        group = entry.setdefault(name, {})
        assert isinstance(group, dict)
        group[inner] = value
    if not_applicable:
        entry["not_applicable"] = True
    return entry or None


def value_at(entry: Entry | None, path: str) -> object | None:
    """What stands in an answer at a field's path."""
    name, _dot, inner = path.partition(".")
    value = None if entry is None else entry.get(name)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None


class FiguresPanel(Panel):
    """`show_row` draws another row; `renew` only what an edit changed."""

    def __init__(self, sheet: LiveSheet) -> None:
        super().__init__(padding=12, gap=8)
        self._sheet = sheet
        self._node: Node | None = None
        self._fields: list[FieldWidget] = []
        self._notes: dict[str, FieldNote] = {}
        self._ratio: ComputedCell | None = None
        self._points: ComputedCell | None = None
        self._not_applicable: CheckBox | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.box.addLayout(self._grid)
        self._row_note = FieldNote()
        self._sentence = Label(wrap=True, rich=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ruler = Ruler()
        self._clear = LinkLabel(text("scoring_page.clear_answer"), self._clear_answer)
        self.box.addWidget(self._row_note)
        self.box.addWidget(HLine())
        self.box.addWidget(self._sentence)
        foot = row(self._ruler, self._clear, gap=20)
        foot.setStretch(0, 1)
        foot.setAlignment(self._clear, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(foot)

    # Drawing another row

    def show_row(self, node: Node) -> None:
        self.commit()
        self._node = node
        clear(self._grid)
        self._fields, self._notes = [], {}
        self._ratio = self._points = self._not_applicable = None
        offered = self._offered(node)
        names = [_begun(render(field.label)) for field in offered]
        for place, (field, name) in enumerate(zip(offered, names, strict=True), 1):
            self._add_field(field, name, place)
        if offered:
            line = HLine()
            self._grid.addWidget(line, self._grid.rowCount(), 0, 1, 4)
        place = len(offered) + 1
        if {field.path for field in offered} >= RATIO_FIELDS:
            self._ratio = self._add_computed(text("scoring_page.ratio"), place, "%", bold=False)
            place += 1
        points_name = text("scoring_page.penalty" if node.type is NodeType.PENALTY else "scoring_page.points")
        self._points = self._add_computed(points_name, place, text("scoring_page.points_unit"), bold=True)
        if node.not_applicable is not Policy.NO and node.scored_by is ScoredBy.SELF:
            self._add_not_applicable(node)
        self._fill()
        self.renew()
        self._say_faults()

    def _offered(self, node: Node) -> Sequence[Field]:
        """An appraiser's row offers no field to the unit."""
        if node.rule is None or node.scored_by is ScoredBy.APPRAISER:
            return ()
        return node.rule.fields(node.max_points)

    def _add_field(self, field: Field, name: str, place: int) -> None:
        widget = field_widget(field, name)
        widget.edited.connect(self._edited)
        widget.left.connect(self._left)
        widget.set_read_only(self._fixed())
        note = FieldNote()
        self._fields.append(widget)
        self._notes[field.path] = note
        label = Label(name, wrap=True)
        at = self._grid.rowCount()
        self._grid.addWidget(CodeChip(f"[{place}]"), at, 0)
        if widget.wide:
            self._grid.addWidget(label, at, 1, 1, 3)
            self._grid.addWidget(widget, at + 1, 1, 1, 3)
            self._grid.addWidget(note, at + 2, 1, 1, 3)
            return
        label.setBuddy(widget.focus_widget())
        widget.setFixedWidth(_CELL_WIDTH)
        self._grid.addWidget(label, at, 1)
        self._grid.addWidget(widget, at, 2)
        self._grid.addWidget(second(render(field.unit)), at, 3)
        self._grid.addWidget(note, at + 1, 1, 1, 3)

    def _add_computed(self, name: str, place: int, unit: str, *, bold: bool) -> ComputedCell:
        cell = ComputedCell(name, bold=bold)
        cell.setFixedWidth(_CELL_WIDTH)
        at = self._grid.rowCount()
        self._grid.addWidget(CodeChip(f"[{place}]"), at, 0)
        self._grid.addWidget(Label(name, bold=bold, wrap=True), at, 1)
        self._grid.addWidget(cell, at, 2)
        self._grid.addWidget(second(unit), at, 3)
        return cell

    def _add_not_applicable(self, node: Node) -> None:
        policy = (
            self._sheet.criteria.not_applicable if node.not_applicable is Policy.YES else node.not_applicable
        )
        box = CheckBox(text("scoring_page.not_applicable"))
        box.setToolTip(text(f"scoring_page.not_applicable_{policy.value}"))
        box.setEnabled(not self._fixed())
        box.clicked.connect(lambda _on=False: self._left())
        self._not_applicable = box
        hint = second(text(f"scoring_page.not_applicable_{policy.value}"), wrap=True)
        line = row(box, hint, gap=12)
        line.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(line)
        self._grid.addWidget(holder, self._grid.rowCount(), 0, 1, 4)

    def _fixed(self) -> bool:
        node = self._node
        return node is None or self._sheet.read_only or self._score(node).state is RowState.EXCLUDED

    def _score(self, node: Node) -> RowScore:
        return self._sheet.score.rows[node.code]

    # What the fields say, and back

    def _values(self) -> Entry | None:
        ticked = self._not_applicable is not None and self._not_applicable.isChecked()
        return entry_of({w.field.path: w.value() for w in self._fields}, not_applicable=ticked)

    def _fill(self) -> None:
        assert self._node is not None
        entry = self._sheet.entry(self._node)
        for widget in self._fields:
            widget.set_value(value_at(entry, widget.field.path))
        if self._not_applicable is not None:
            self._not_applicable.setChecked(bool(value_at(entry, "not_applicable")))

    def _edited(self) -> None:
        if self._node is not None:
            self._sheet.type(self._node, self._values())

    def _left(self) -> None:
        if self._node is not None:
            self._sheet.save_entry(self._node, self._values())
            self._say_faults()

    def _clear_answer(self) -> None:
        if self._node is not None:
            self._sheet.save_entry(self._node, None)
            self._fill()
            self._say_faults()
            self.focus_first()

    def commit(self) -> None:
        for widget in self._fields:
            widget.commit()

    def take_over(self) -> None:
        """The stored answer is new (undo, another page): show it; half-typed cells are left alone."""
        if self._node is not None:
            self._fill()
            self._say_faults()

    # What follows from them

    def renew(self) -> None:
        """Points, sentence, ruler and error marks as they stand now."""
        node = self._node
        if node is None or self._points is None:
            return
        score = self._score(node)
        if self._ratio is not None:
            self._ratio.set_shown(
                "–" if score.ratio is None else format_percent(score.ratio).removesuffix("%")
            )
        self._points.set_shown("–" if score.points is None else format_points(score.points))
        lost = None if score.points is None or node.is_adjustment else score.max_points - score.points
        words = sentence(score)
        if score.state is RowState.ERROR:
            words = text("scoring_page.wrong", points=score.max_points)
        if score.state is RowState.SCORED and lost:
            words = f"{words} {text('scoring_page.lost', lost=lost)}"
        self._sentence.setText(words)
        self._ruler.setVisible(score.ratio is not None)
        if score.ratio is not None:
            self._ruler.set_ratio(score.ratio, score.marks, node.max_points)
        answered = self._sheet.entry(node) is not None and not self._fixed()
        self._clear.setVisible(answered and bool(self._fields))
        wrong = {error.field for error in score.errors}
        for path, note in self._notes.items():
            if path not in wrong:
                note.hush()
        for widget in self._fields:
            if widget.field.path not in wrong:
                widget.set_bad(False)
        if score.state is not RowState.ERROR:
            self._row_note.hush()

    def _say_faults(self) -> None:
        """Said when a field is left, not while a figure is half typed."""
        assert self._node is not None
        score = self._score(self._node)
        faults = {error.field: error.message for error in score.errors}
        for widget in self._fields:
            path = widget.field.path
            widget.set_bad(path in faults)
            note = self._notes[path]
            if path in faults:
                note.say(self._by_cells(faults[path]))
                widget.setAccessibleDescription(note.words())
            else:
                note.hush()
                widget.setAccessibleDescription("")
        rest = [message for field, message in faults.items() if field not in self._notes]
        if rest:
            self._row_note.say(rest[0])
        else:
            self._row_note.hush()

    def _by_cells(self, fault: Message) -> Message:
        """Cells that do not fit together are named by their codes, which only the window knows."""
        if fault.id == "scoring.numerator_above_denominator":
            return Message("scoring_page.above", fault.args)
        return fault

    # The keyboard

    def focus_first(self) -> bool:
        """To the first field, or the first bad one. False when the row offers none."""
        if not self._fields or self._fixed():
            return False
        wrong = {error.field for error in self._score(self._node).errors} if self._node else set()
        target = next((w for w in self._fields if w.field.path in wrong), self._fields[0])
        widget = target.focus_widget()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def fields(self) -> Sequence[FieldWidget]:
        return tuple(self._fields)

    def said(self) -> str:
        """The sentence without its markup."""
        return "" if self._node is None else render(self._score(self._node).explanation)

    def points_shown(self) -> str:
        return "" if self._points is None else self._points.shown()

    def fault_said(self, path: str) -> str:
        """What stands under a field; empty while all is well."""
        return self._notes[path].words()


def _begun(name: str) -> str:
    """As it stands before a cell: with a capital."""
    return name[:1].upper() + name[1:]


def sentence(score: RowScore) -> str:
    """The explanation with its result in bold. Words of the set are escaped."""
    words = escape(render(score.explanation))
    if score.points is None:
        return words
    for shown in (format_points(score.points), format_number(score.points)):
        result = escape(text("scoring_page.result", points=shown))
        head, found, tail = words.partition(result)
        if found:
            return f"{head}<b>{found}</b>{tail}"
    return words
