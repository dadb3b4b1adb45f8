"""The cells of one returned row: as handed out, as they stand here, as the room wrote them; the choice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QLayout, QWidget

from cchc_desktop.domain.handout import HandoutKind
from cchc_desktop.domain.room_merge import CellState, MergedCell, MergedRow, RowState
from cchc_desktop.language import render, text
from ui.context import Context
from ui.pages.plan.rooms_choices import RoomChoices
from ui.widgets.button import LinkLabel
from ui.widgets.labels import CodeChip, Label, second, section, strong
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.option_button import CheckOption, RadioOption
from ui.widgets.panel import Panel, clear, column, row
from ui.widgets.scroll_column import ScrollColumn

_LONG = 500
"""From here on a value is shown in part, with a link to all of it."""


class RoomCells(QWidget):
    """`changed()` is called when the user decided something. `options` are those of the shown row."""

    def __init__(self, context: Context, choices: RoomChoices, changed: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._choices, self._changed = context, choices, changed
        self._box = column(gap=12)
        self._box.setContentsMargins(16, 4, 16, 12)
        self._scroll = ScrollColumn(self._box)
        self.setLayout(column(self._scroll))
        self.options: dict[str, RadioOption | CheckOption] = {}
        self._groups: list[QButtonGroup] = []
        self.show_row(None)

    def show_row(self, shown: MergedRow | None) -> None:
        clear(self._box)
        self.options, self._groups = {}, []
        if shown is None:
            self._box.addWidget(second(text("rooms_page.pick_row"), wrap=True))
            self._box.addStretch(1)
            return
        self._box.addWidget(section(shown.name or text("rooms.row_unnamed"), wrap=True))
        place = text("rooms_page.line", number=shown.number) if shown.number else ""
        state = text(f"rooms.row_{shown.state.value}")
        self._box.addWidget(second(" · ".join(part for part in (place, state) if part)))
        for remark in shown.remarks:
            bar = MessageBar()
            bar.say(render(remark), Tone.WARN)
            self._box.addWidget(bar)
        self._add_whole_row(shown)
        whole = shown.state in (RowState.ADDED, RowState.GONE)
        for cell in shown.cells:
            alone = cell.state is CellState.UNREADABLE or not whole
            if alone and cell.state is not CellState.SAME and shown.state is not RowState.MISSING:
                self._box.addWidget(self._panel(shown, cell))
        if whole:
            self._box.addWidget(self._whole_panel(shown))
        self._box.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def focus(self) -> None:
        """The first thing that can be decided."""
        for option in self.options.values():
            if isinstance(option, CheckOption) or option.isChecked():
                option.setFocus()
                return
        if self.options:
            next(iter(self.options.values())).setFocus()

    # Whole rows

    def _add_whole_row(self, shown: MergedRow) -> None:
        figures = "_figures" if self._choices.returned.handout.kind is HandoutKind.FIGURES else ""
        if shown.state is RowState.ADDED:
            self._tick(shown, "add_row", on=shown.complete)
            if not shown.complete:
                self._box.addWidget(Label(text("rooms_page.not_complete"), wrap=True))
        elif shown.state is RowState.MISSING:
            self._box.addWidget(Label(text(f"rooms_page.words_missing{figures}"), wrap=True))
            if not figures:
                self._tick(shown, "remove_row")
        elif shown.state is RowState.GONE:
            self._box.addWidget(Label(text(f"rooms_page.words_gone{figures}"), wrap=True))
            if not figures:
                self._pair(
                    self._box,
                    ("keep_gone", text("rooms_page.keep_gone"), self._choices.left_gone(shown)),
                    ("bring_back", text("rooms_page.bring_back"), self._choices.ticked(shown)),
                    lambda second_one: self._choices.tick(shown, second_one),
                )

    def _tick(self, shown: MergedRow, name: str, *, on: bool = True) -> None:
        option = CheckOption(text(f"rooms_page.{name}"))
        option.setChecked(self._choices.ticked(shown))
        option.setEnabled(on)

        def turned(checked: bool) -> None:
            self._choices.tick(shown, checked)
            self._changed()

        option.toggled.connect(turned)
        self.options[name] = option
        self._box.addWidget(option)

    def _pair(
        self,
        box: QLayout,
        first: tuple[str, str, bool],
        other: tuple[str, str, bool],
        decide: Callable[[bool], object],
    ) -> None:
        """Two ways, of which none may hold yet."""
        group = QButtonGroup(self)
        self._groups.append(group)
        for is_second, (name, words, on) in enumerate((first, other)):
            option = RadioOption(words)
            option.setChecked(on)
            group.addButton(option)

            def toggled(checked: bool, is_second: bool = bool(is_second)) -> None:
                if checked:
                    decide(is_second)
                    self._changed()

            option.toggled.connect(toggled)
            self.options[name] = option
            box.addWidget(option)

    # Cells

    def _panel(self, shown: MergedRow, cell: MergedCell) -> Panel:
        panel = Panel(padding=12, gap=4)
        head = row(strong(cell.title), None, gap=8)
        if cell.place:
            head.addWidget(CodeChip(cell.place))
        panel.box.addLayout(head)
        if cell.state is CellState.UNREADABLE:
            self._add_fault(panel, shown, cell)
        else:
            self._add_choice(panel, shown, cell)
        if max(len(cell.base), len(cell.ours), len(cell.theirs)) > _LONG:
            panel.box.addWidget(LinkLabel(text("rooms_page.whole"), lambda: self._show_whole(cell)))
        return panel

    def _whole_panel(self, shown: MergedRow) -> Panel:
        """All that stands in a row that is taken as a whole or not at all."""
        panel = Panel(padding=12, gap=6)
        for cell in shown.cells:
            if cell.theirs and cell.state is not CellState.UNREADABLE:
                panel.box.addWidget(second(cell.title))
                panel.box.addWidget(Label(_short(cell.theirs), wrap=True))
        return panel

    def _add_fault(self, panel: Panel, shown: MergedRow, cell: MergedCell) -> None:
        bar = MessageBar()
        bar.say(render(cell.fault or ""), Tone.ERROR)
        panel.box.addWidget(second(text("rooms_page.found", value=_short(cell.theirs)), wrap=True))
        panel.box.addWidget(bar)
        if shown.state is not RowState.ADDED:
            panel.box.addWidget(second(text("rooms_page.stays", value=_short(cell.ours)), wrap=True))

    def _add_choice(self, panel: Panel, shown: MergedRow, cell: MergedCell) -> None:
        if cell.state is CellState.CLASH:
            panel.box.addWidget(second(text("rooms_page.base", value=_short(cell.base)), wrap=True))
        decided = self._choices.decided(shown, cell)
        self._pair(
            panel.box,
            (f"{cell.column}:ours", text("rooms_page.ours", value=_short(cell.ours)), decided is False),
            (f"{cell.column}:theirs", text("rooms_page.theirs", value=_short(cell.theirs)), decided is True),
            lambda theirs: self._choices.decide(shown, cell, theirs=theirs),
        )

    def _show_whole(self, cell: MergedCell) -> None:
        parts = [
            text(f"rooms_page.{name}", value=value or text("rooms_page.nothing"))
            for name, value in (("base", cell.base), ("ours", cell.ours), ("theirs", cell.theirs))
        ]
        self._context.dialogs.show_text(cell.title, "\n\n".join(parts))


def _short(value: str) -> str:
    if not value:
        return text("rooms_page.nothing")
    return value if len(value) <= _LONG else f"{value[:_LONG]}…"
