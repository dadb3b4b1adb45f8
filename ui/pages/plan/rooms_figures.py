"""Handing figures out: which scoring rows each room is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.room_work import FigureRow
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.evidence.check_list import CheckLine, CheckList
from ui.widgets.button import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import Label, second, section
from ui.widgets.panel import clear, column, row

_WIDTH, _HEIGHT, _AROUND = 760, 600, 48


class HandOutFigures(QDialog):
    """`chosen()` after it was accepted: the ticked rows' keys by room."""

    def __init__(self, context: Context, rows: Sequence[FigureRow], rooms: Sequence[str]) -> None:
        super().__init__(context.dialogs.parent)
        heading = text("rooms_page.figures_title")
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.setModal(True)
        self._rows = tuple(rows)
        self._ticked: dict[str, tuple[object, ...]] = {}
        self.room = Choice(text("rooms_page.figures_room"))
        self.room.setMinimumWidth(300)
        self.room.set_choices([(name, name) for name in rooms], rooms[0] if rooms else None)
        self._shown = str(rooms[0]) if rooms else ""
        self.room.chosen.connect(lambda name: self._turn_to(str(name)))
        self.led = Button(text("rooms_page.figures_led"), self._tick_led)
        self._count = second()
        self.act = Button("", self.accept, kind=Kind.PRIMARY)
        cancel = Button(text("window.cancel"), self.reject)
        self._place = column()
        words = Label(text("rooms_page.figures_words"), wrap=True)
        foot = row(self._count, None, cancel, self.act, gap=8)
        head = row(self.room, None, self.led, gap=8)
        whole = column(section(heading), words, head, self._place, foot, gap=12, margin=20)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        room = self.screen().availableGeometry().size()
        self.resize(min(_WIDTH, room.width() - _AROUND), min(_HEIGHT, room.height() - _AROUND))
        self._fill(())

    def _fill(self, ticked: Sequence[object]) -> None:
        clear(self._place)
        lines = [CheckLine(one.key, f"{one.code}  {one.label}", ", ".join(one.rooms)) for one in self._rows]
        self.list = CheckList(text("rooms_page.figures_rows"), lines, ticked)
        self.list.view.setMinimumHeight(120)
        self.list.turned.connect(self._remember)
        self._place.addWidget(self.list)
        own = self._led()
        self.led.set_help(text("rooms_page.figures_led_help"))
        self.led.set_blocked("" if own else text("rooms_page.figures_led_none"))
        self._remember()

    def _led(self) -> list[str]:
        own = folded(self._shown)
        return [one.key for one in self._rows if own in {folded(room) for room in one.rooms}]

    def _tick_led(self) -> None:
        there = self.list.ticked()
        self._fill((*there, *(key for key in self._led() if key not in there)))

    def _turn_to(self, room: str) -> None:
        self._remember()
        self._shown = room
        self._fill(self._ticked.get(room, ()))

    def _remember(self) -> None:
        if self._shown:
            self._ticked[self._shown] = self.list.ticked()
        chosen = self.chosen()
        rows = sum(len(keys) for keys in chosen.values())
        self._count.setText(text("rooms_page.figures_count", rooms=len(chosen), rows=rows))
        key = "out_act" if chosen else "out_act_none"
        self.act.setText(text(f"rooms_page.{key}", count=len(chosen)))
        self.act.set_blocked("" if chosen else text("rooms_page.out_first"))

    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        return {room: tuple(str(key) for key in keys) for room, keys in self._ticked.items() if keys}
