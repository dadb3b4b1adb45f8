"""The unit's profile of the shown year; older years keep theirs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import replace
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.fields import TextBox, TextField
from ui.widgets.form import Form
from ui.wizard.steps import Draft, Step, clean, problems

Change = Callable[[Unit, str], Unit]


def _head(unit: Unit, part: str, value: str) -> Unit:
    return replace(unit, head=replace(unit.head, **{part: value}))


def _focal(unit: Unit, part: str, value: str) -> Unit:
    return replace(unit, focal_point=replace(unit.focal_point, **{part: value}))


FIELDS: dict[str, tuple[Callable[[Unit], str], Change]] = {
    "name": (lambda u: u.name, lambda u, v: replace(u, name=v)),
    "province": (lambda u: u.province, lambda u, v: replace(u, province=v)),
    "superior": (lambda u: u.superior, lambda u, v: replace(u, superior=v)),
    "place": (lambda u: u.place, lambda u, v: replace(u, place=v)),
    "code": (lambda u: u.code, lambda u, v: replace(u, code=v)),
    "head_name": (lambda u: u.head.name, lambda u, v: _head(u, "name", v)),
    "head_title": (lambda u: u.head.title, lambda u, v: _head(u, "title", v)),
    "focal_name": (lambda u: u.focal_point.name, lambda u, v: _focal(u, "name", v)),
    "focal_title": (lambda u: u.focal_point.title, lambda u, v: _focal(u, "title", v)),
    "focal_contact": (lambda u: u.focal_point.contact, lambda u, v: _focal(u, "contact", v)),
}


class UnitPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "unit", parent)
        self._unit = context.round.unit
        self._form = Form()
        self.box.addWidget(self._form)
        self._fields: dict[str, TextField] = {}
        for key in FIELDS:
            words = text(f"wizard.{key}")
            field = TextField(words)
            field.setReadOnly(context.read_only)
            field.committed.connect(lambda value, key=key: self._put(key, value))
            self._fields[key] = field
            self._form.add(key, words, field)
        self._departments = TextBox(text("settings.departments"), rows=4)
        self._departments.setReadOnly(context.read_only)
        self._departments.committed.connect(self._put_departments)
        self._form.add(
            "departments", text("settings.departments"), self._departments, text("settings.departments_hint")
        )

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and "rounds" not in changes.subjects:
            return
        from cchc_desktop.services.rounds import round_of

        self._unit = round_of(self.context.profile, self.context.round_id).unit
        for key, (read, _write) in FIELDS.items():
            self._fields[key].set_value(read(self._unit))
        self._departments.set_value("\n".join(self._unit.departments))

    def _put(self, key: str, value: str) -> None:
        changed = FIELDS[key][1](self._unit, clean(value))
        draft = Draft(year=self.context.round.year, folder=self.context.profile.folder)
        draft.take_unit(changed)
        found = problems(Step.UNIT, draft) | problems(Step.PEOPLE, draft)
        self._form.show_problems(found)
        if not found:
            self._save(changed)

    def _put_departments(self, value: str) -> None:
        lines = tuple(dict.fromkeys(line for typed in value.split("\n") if (line := clean(typed))))
        self._save(replace(self._unit, departments=lines))

    def _save(self, unit: Unit) -> None:
        if unit == self._unit:
            return
        from cchc_desktop.services.rounds import update_unit

        renamed = unit.name != self._unit.name
        self._unit = unit
        profile, round_id = self.context.profile, self.context.round_id

        def saved(_changes: Changes) -> None:
            if renamed:
                self.context.renamed(unit.name)

        self.context.edits.save(lambda: update_unit(profile, round_id, unit), saved, self.show_error)
