"""How many days before a deadline the window reminds of it, and the calendar's file too."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.reminders import typed_days
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.fields import LineField
from ui.widgets.form import Form
from ui.widgets.labels import second
from ui.widgets.message_bar import Tone
from ui.widgets.panel import row


class RemindersPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "reminders", parent)
        words = text("settings.reminder_days")
        self.days = _DaysField(words)
        self.days.setFixedWidth(120)
        self.days.committed.connect(self._put)
        self.days.mistyped.connect(lambda _typed: self._refuse())
        form = Form()
        self.box.addWidget(form)
        line = row(self.days, second(text("settings.reminder_unit")), None)
        form.add_line("days", words, self.days, line, text("settings.reminder_hint"))

    def refresh(self, changes: Changes | None) -> None:
        from cchc_desktop.services.overview import reminder_days

        self.days.set_value(reminder_days(self.context.profile))

    def _refuse(self) -> None:
        self.days.set_bad(True)
        self.message.say(text("settings.reminder_bad"), Tone.ERROR)

    def _put(self, days: tuple[int, ...]) -> None:
        from cchc_desktop.services.overview import set_reminder_days

        self.days.set_bad(False)
        self.message.hush()
        context = self.context
        context.edits.save(
            lambda: set_reminder_days(context.profile, days), lambda _: context.remind(), self.show_error
        )


class _DaysField(LineField):
    """Whole days, the widest first; nothing typed means the default."""

    def _read(self, typed: str) -> Any:
        return typed_days(typed)

    def _write(self, value: Any) -> str:
        return ", ".join(str(day) for day in value)
