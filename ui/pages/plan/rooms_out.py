"""Handing workbooks out: which rooms of a plan get theirs."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.domain.room_work import RoomWork
from cchc_desktop.language import text
from ui.context import Context
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, second, section
from ui.widgets.option_button import CheckOption
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog


class HandOutRooms(SheetDialog):
    """`chosen()` after it was accepted."""

    def __init__(self, context: Context, works: Sequence[RoomWork]) -> None:
        super().__init__(context.dialogs.parent, text("rooms_page.out_title"), 640)
        self.rooms: dict[str, CheckOption] = {}
        listed = column(gap=2)
        for work in works:
            listed.addWidget(self._option(work))
            if detail := _detail(work):
                told = second(detail, wrap=True)
                told.setContentsMargins(34, 0, 0, 6)
                listed.addWidget(told)
        if not works:
            listed.addWidget(Label(text("rooms_page.out_nobody"), wrap=True))
        self.all = Button(text("rooms_page.all"), self._all)
        self.act = Button("", self.accept, kind=Kind.PRIMARY)
        heading = section(text("rooms_page.out_title"), wrap=True)
        words = Label(text("rooms_page.out_words"), wrap=True)
        cancel = Button(text("window.cancel"), self.reject)
        buttons = row(self.all, None, cancel, self.act)
        self.set_content(column(heading, words, listed, gap=12), buttons)
        self._count()

    def _option(self, work: RoomWork) -> CheckOption:
        able = bool(work.leads or work.joins)
        trailing = (
            text("rooms_page.out_count", leads=work.leads, joins=work.joins)
            if able
            else text("rooms_page.out_none")
        )
        option = CheckOption(work.room, trailing)
        option.setChecked(able and work.handed_at is None)
        option.setEnabled(able)
        option.toggled.connect(lambda _on: self._count())
        self.rooms[work.room] = option
        return option

    def _all(self) -> None:
        able = [option for option in self.rooms.values() if option.isEnabled()]
        on = not all(option.isChecked() for option in able)
        for option in able:
            option.setChecked(on)

    def _count(self) -> None:
        count = len(self.chosen())
        self.act.setText(text("rooms_page.out_act" if count else "rooms_page.out_act_none", count=count))
        self.act.set_blocked("" if count else text("rooms_page.out_first"))

    def chosen(self) -> tuple[str, ...]:
        return tuple(room for room, option in self.rooms.items() if option.isChecked())


def _detail(work: RoomWork) -> str:
    parts = []
    if work.targets:
        parts.append(text("rooms_page.out_targets", count=work.targets))
    if work.handed_at is not None:
        key = "out_handed" if work.taken_at is None else "out_taken"
        parts.append(text(f"rooms_page.{key}", on=work.handed_at, taken=work.taken_at or work.handed_at))
    return " · ".join(parts)
