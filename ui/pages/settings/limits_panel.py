"""How large one evidence file and one package for e-mail may be."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import MEGABYTE
from cchc_desktop.domain.readiness import DEFAULT_EMAIL_LIMIT
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.fields import NumberField
from ui.widgets.form import Form
from ui.widgets.labels import second
from ui.widgets.message_bar import Tone
from ui.widgets.panel import row

LARGEST = Decimal(2000)


class LimitsPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "limits", parent)
        self._form = Form()
        self.box.addWidget(self._form)
        self._evidence = self._field("evidence_limit", self._put_evidence)
        self._email = self._field("email_limit", self._put_email)

    def _field(self, key: str, put: Callable[[int], None]) -> NumberField:
        words = text(f"settings.{key}")
        field = NumberField(words)
        field.setFixedWidth(120)
        field.committed.connect(lambda value: self._check(field, value, put))
        field.mistyped.connect(lambda _typed: self._refuse(field))
        line = row(field, second(text("settings.megabytes")), None)
        self._form.add_line(key, words, field, line, text(f"settings.{key}_hint"))
        return field

    def refresh(self, changes: Changes | None) -> None:
        from cchc_desktop.services.evidence import size_limit
        from cchc_desktop.services.profile import setting

        profile = self.context.profile
        self._evidence.set_value(Decimal(size_limit(profile)) / MEGABYTE)
        email = setting(profile, "email_limit", str(DEFAULT_EMAIL_LIMIT))
        self._email.set_value(Decimal(email) / MEGABYTE)

    def _refuse(self, field: NumberField) -> None:
        field.set_bad(True)
        self.message.say(text("settings.limit_bad"), Tone.ERROR)

    def _check(self, field: NumberField, value: Decimal | None, put: Callable[[int], None]) -> None:
        if value is None or not 1 <= value <= LARGEST:
            self._refuse(field)
            return
        field.set_bad(False)
        self.message.hush()
        put(int(value * MEGABYTE))

    def _put_evidence(self, limit: int) -> None:
        from cchc_desktop.services.evidence import set_size_limit

        profile = self.context.profile
        self.context.edits.save(lambda: set_size_limit(profile, limit), None, self.show_error)

    def _put_email(self, limit: int) -> None:
        from cchc_desktop.services.submissions import set_email_limit

        profile = self.context.profile
        self.context.edits.save(lambda: set_email_limit(profile, limit), None, self.show_error)
