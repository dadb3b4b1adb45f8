"""The pages of the wizards. Each reads and writes the draft; what is wrong `steps.problems` says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from cchc_desktop.domain.pack import PackInfo, PackRef
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.unit import UnitKind, suggested_code
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.paths import resources_folder
from ui.dialogs import Dialogs
from ui.widgets.button import Button, LinkLabel
from ui.widgets.choice import Choice
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.labels import ElidedLabel, second
from ui.widgets.message_bar import FieldNote, MessageBar, Tone
from ui.widgets.option_card import OptionCard
from ui.widgets.panel import clear, column, row
from ui.wizard.steps import Draft, Problems, Protection, Step, Way, clean

KINDS = (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.PARTY_BODY)


class StepPage(QWidget):
    step: Step
    steps_changed = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.form = Form()
        self._texts: dict[str, TextField] = {}

    def text_field(self, key: str, hint: str = "", placeholder: str = "") -> TextField:
        """A field that is bound to the draft's attribute of the same name."""
        field = TextField(text(f"wizard.{key}"), placeholder=placeholder)
        field.committed.connect(lambda value, key=key: setattr(self.draft, key, value))
        self._texts[key] = field
        self.form.add(key, text(f"wizard.{key}"), field, hint)
        return field

    def load(self) -> None:
        for key, field in self._texts.items():
            field.set_value(getattr(self.draft, key))

    def store(self) -> None:
        for key, field in self._texts.items():
            field.commit()
            setattr(self.draft, key, field.text())

    def show_problems(self, found: Problems) -> None:
        self.form.show_problems(found)

    def focus_first(self) -> bool:
        """Put the focus where the user begins; False when Enter may just go on."""
        for field in self._texts.values():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False


def _cards(owner: QWidget, names: list[str]) -> tuple[list[OptionCard], QButtonGroup]:
    group = QButtonGroup(owner)
    cards = [OptionCard(name) for name in names]
    for place, card in enumerate(cards):
        group.addButton(card, place)
    return cards, group


class UnitPage(StepPage):
    step = Step.UNIT

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        cards, self._kinds = _cards(self, [text(f"wizard.kind_{kind.value}") for kind in KINDS])
        self._kinds.idClicked.connect(self._kind)
        self.form.add_wide(row(*cards))
        self.text_field("province").suggest(
            (resources_folder() / "provinces.txt").read_text(encoding="utf-8").splitlines()
        )
        self._name = self.text_field("name")
        self._superior = self.text_field("superior")
        self._place = self.text_field("place")
        self._code = self.text_field("code")
        self._name.textChanged.connect(lambda _text: self._suggest())
        self._texts["province"].textChanged.connect(lambda _text: self._suggest())
        note = MessageBar()
        note.say(text("wizard.cells"), Tone.INFO)
        self.setLayout(column(self.form, 6, note, None))

    def _kind(self, place: int) -> None:
        self.draft.kind = KINDS[place]
        self._suggest()

    def _suggest(self) -> None:
        """Examples and suggestions as placeholders: grey words in a white cell, never typed for the user."""
        province = self._texts["province"].text().strip() or "…"
        kind = self.draft.kind.value
        self._name.setPlaceholderText(text(f"wizard.name_example_{kind}"))
        self._superior.setPlaceholderText(text(f"wizard.superior_example_{kind}", province=province))
        self._place.setPlaceholderText(text("wizard.place_example"))
        name = clean(self._name.text())
        suggested = text("wizard.code_suggested", code=suggested_code(name))
        self._code.setPlaceholderText(suggested if name else text("wizard.code_example"))

    def load(self) -> None:
        super().load()
        card = self._kinds.button(KINDS.index(self.draft.kind) if self.draft.kind in KINDS else 0)
        card.setChecked(True)
        self._suggest()


class PeoplePage(StepPage):
    step = Step.PEOPLE

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.text_field("head_name")
        self.text_field("head_title", placeholder=text("wizard.head_title_example"))
        self.text_field("focal_name")
        self.text_field("focal_title", placeholder=text("wizard.focal_title_example"))
        self.text_field("focal_contact", placeholder=text("wizard.focal_contact_example"))
        self.setLayout(column(self.form, 6, second(text("wizard.people_later"), wrap=True), None))


class FormsPage(StepPage):
    step = Step.FORMS

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._year = Choice(text("wizard.year"))
        self._criteria = Choice(text("wizard.criteria"))
        self._plan = Choice(text("wizard.plan_template"))
        self._year.chosen.connect(self._picked_year)
        self._criteria.chosen.connect(lambda ref: setattr(self.draft, "criteria", ref))
        self._plan.chosen.connect(lambda ref: setattr(self.draft, "plan_template", ref))
        self.form.add("year", text("wizard.year"), self._year)
        self.form.add("criteria", text("wizard.criteria"), self._criteria, text("wizard.criteria_hint"))
        self.form.add("plan_template", text("wizard.plan_template"), self._plan)
        self._message = MessageBar()
        self.setLayout(column(self.form, 6, self._message, None))

    def _picked_year(self, year: object) -> None:
        assert isinstance(year, int)
        self.draft.year = year
        self.draft.criteria = self.draft.plan_template = None
        self.load()

    def load(self) -> None:
        from cchc_desktop.services import packs

        draft = self.draft
        years = range(draft.year - 2, draft.year + 3)
        self._year.set_choices([(year, str(year)) for year in years], draft.year)
        self._year.setEnabled(draft.way is Way.FIRST)
        try:
            criteria, plan = packs.for_unit_kind(draft.kind, draft.year, draft.folder)
        except KnownError as error:
            self._message.say(error.message, Tone.WARN)
        else:
            self._message.hush()
            draft.criteria = draft.criteria or criteria
            draft.plan_template = draft.plan_template or plan
        self._fill(self._criteria, packs.criteria_sets(draft.folder), draft.criteria)
        self._fill(self._plan, packs.plan_templates(draft.folder, PlanKind.YEARLY), draft.plan_template)

    def _fill(self, choice: Choice, infos: tuple[PackInfo, ...], chosen: PackRef | None) -> None:
        fitting = [info for info in infos if self.draft.kind in info.unit_kinds]
        choice.set_choices(
            [(i.ref, text("wizard.pack", title=i.title, version=str(i.ref.version))) for i in fitting], chosen
        )

    def focus_first(self) -> bool:
        self._criteria.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class OldFolders(QWidget):
    """The data folders of the units that merged, one line each."""

    changed = Signal()

    def __init__(self, draft: Draft, dialogs: Dialogs) -> None:
        super().__init__()
        self._draft, self._dialogs = draft, dialogs
        self._lines = column(gap=4)
        self.note = FieldNote()
        self.add = Button(text("wizard.old_add"), self._add, icon="folder-open")
        self.setLayout(column(self._lines, row(self.add, None), self.note))
        self.draw()

    def _add(self) -> None:
        from cchc_desktop.services.profile import exists

        folder = self._dialogs.choose_folder(text("wizard.old_choose"))
        if folder is None:
            return
        if not exists(folder):
            self.note.say(text("wizard.old_no_profile", folder=str(folder)))
            return
        self.note.hush()
        if folder not in self._draft.old_folders:
            self._draft.old_folders = (*self._draft.old_folders, folder)
        self.draw()

    def _drop(self, folder: Path) -> None:
        self._draft.old_folders = tuple(old for old in self._draft.old_folders if old != folder)
        self.draw()

    def draw(self) -> None:
        clear(self._lines)
        for folder in self._draft.old_folders:
            drop = LinkLabel(text("wizard.old_drop"), lambda folder=folder: self._drop(folder))  # type: ignore[misc]
            drop.setAccessibleName(text("wizard.old_drop_named", folder=str(folder)))
            self._lines.addLayout(row(ElidedLabel(str(folder)), drop))
        self.changed.emit()


class OldPage(StepPage):
    step = Step.OLD

    def __init__(self, draft: Draft, dialogs: Dialogs) -> None:
        super().__init__(draft)
        self._old = OldFolders(draft, dialogs)
        self.setLayout(column(self._old, None))

    def load(self) -> None:
        self._old.draw()

    def show_problems(self, found: Problems) -> None:
        if "old" in found:
            self._old.note.say(found["old"])

    def focus_first(self) -> bool:
        self._old.add.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class FolderPage(StepPage):
    step = Step.FOLDER

    def __init__(self, draft: Draft, dialogs: Dialogs) -> None:
        super().__init__(draft)
        self._dialogs = dialogs
        self._folder = TextField(text("wizard.folder"))
        self._folder.setReadOnly(True)
        self._choose = Button(text("wizard.folder_choose"), self._pick, icon="folder-open")
        place = QWidget()
        place.setLayout(row(self._folder, self._choose))
        self.form.add("folder", text("wizard.folder"), place, text("wizard.folder_hint"))
        self._old = OldFolders(draft, dialogs)
        self.form.add("old", text("wizard.old"), self._old, text("wizard.old_hint"))
        self.setLayout(column(self.form, None))

    def _pick(self) -> None:
        if (folder := self._dialogs.choose_folder(text("wizard.folder_choose"))) is not None:
            self.draft.folder = folder
            self.load()

    def load(self) -> None:
        self._folder.set_value(str(self.draft.folder))
        self._folder.setToolTip(str(self.draft.folder))


PROTECTIONS = (Protection.KEYRING, Protection.PASSPHRASE, Protection.LATER)


class KeyPage(StepPage):
    step = Step.KEY

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        cards, self._ways = _cards(self, [text(f"wizard.key_{way.value}") for way in PROTECTIONS])
        self._ways.idToggled.connect(self._way)
        self.form.add_wide(column(*cards))
        for key in ("passphrase", "passphrase_again"):
            self.text_field(key).setEchoMode(QLineEdit.EchoMode.Password)
        self._why = MessageBar()
        self.setLayout(column(self.form, 6, self._why, None))

    def _way(self, place: int, on: bool) -> None:
        if on:
            self.draft.protection = PROTECTIONS[place]
            self._draw()

    def _draw(self) -> None:
        needed = self.draft.protection is Protection.PASSPHRASE
        for key in ("passphrase", "passphrase_again"):
            self.form.set_shown(key, needed)
        self._why.say(text(f"wizard.key_why_{self.draft.protection.value}"), Tone.INFO)

    def load(self) -> None:
        super().load()
        self._ways.button(PROTECTIONS.index(self.draft.protection)).setChecked(True)
        self._draw()

    def focus_first(self) -> bool:
        if (chosen := self._ways.checkedButton()) is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class StartPage(StepPage):
    """A new year: of this unit, or of the unit that it merged into."""

    step = Step.START

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        cards, self._ways = _cards(self, [text("wizard.way_new_year"), text("wizard.way_merged")])
        self._ways.idToggled.connect(self._way)
        self.form.add_wide(column(*cards))
        self._year = Choice(text("wizard.year"))
        self._year.chosen.connect(self._picked)
        self.form.add("year", text("wizard.year"), self._year)
        self._why = MessageBar()
        self.setLayout(column(self.form, 6, self._why, None))

    def _picked(self, year: object) -> None:
        assert isinstance(year, int)
        self.draft.year = year
        self.draft.criteria = self.draft.plan_template = None

    def _way(self, place: int, on: bool) -> None:
        if not on:
            return
        self.draft.way = Way.MERGED if place else Way.NEW_YEAR
        self._why.say(text(f"wizard.way_why_{self.draft.way.value}"), Tone.INFO)
        self.steps_changed.emit()

    def load(self) -> None:
        newest = max(self.draft.taken_years, default=self.draft.year)
        years = sorted({*range(newest - 1, newest + 3), self.draft.year})
        self._year.set_choices([(year, str(year)) for year in years], self.draft.year)
        self._ways.button(1 if self.draft.way is Way.MERGED else 0).setChecked(True)

    def focus_first(self) -> bool:
        if (chosen := self._ways.checkedButton()) is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
