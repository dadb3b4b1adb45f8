"""Bộ biểu mẫu: what is in the machine, and taking in, checking and removing packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackInfo
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.settings.panel import SettingsPanel
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import ElidedLabel
from ui.widgets.message_bar import Tone
from ui.widgets.panel import clear, column, row

if TYPE_CHECKING:
    from cchc_desktop.services.form_packs import Listed, Offer


class FormsPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "forms", parent)
        self._lines = column(gap=10)
        self._everything = False
        self.more = LinkLabel("", self._fold)
        self.more.hide()
        self.take = Button(text("settings.forms_take"), self._take, icon="download")
        self.box.addLayout(self._lines)
        self.box.addLayout(row(self.more, None))
        self.box.addLayout(row(self.take, None))

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and "rounds" not in changes.subjects:
            return
        from cchc_desktop.services import form_packs

        profile, everything = self.context.profile, self._everything

        def look(_progress: object) -> tuple[tuple[Listed, ...], int]:
            return form_packs.listed(profile, unused=everything), form_packs.number(profile)

        self.context.work.start(look, self._show, self.show_error, quiet=True)

    def _show(self, found: tuple[tuple[Listed, ...], int]) -> None:
        """What is used or came from somebody; the rest of the program's own packs on demand."""
        packs, number = found
        clear(self._lines)
        shown = [pack for pack in packs if self._everything or _matters(pack)]
        for pack in shown:
            self._lines.addLayout(self._line(pack))
        self.more.setVisible(self._everything or len(shown) < number)
        self.more.setText(
            text("settings.forms_fewer") if self._everything else text("settings.forms_all", count=number)
        )

    def _fold(self) -> None:
        self._everything = not self._everything
        self.refresh(None)

    def _line(self, pack: Listed) -> Any:
        info = pack.info
        if info is None:
            reason = render(pack.broken) if pack.broken else ""
            words = column(ElidedLabel(pack.file_name), ElidedLabel(reason, Size.SMALL, Role.ERROR), gap=0)
            line = row(MarkSign(Mark.ERROR), words, gap=12)
            line.setStretch(1, 1)
            return line
        facts = [
            text("settings.forms_version", version=str(info.ref.version)),
            text(f"settings.forms_from_{pack.origin.value}"),
        ]
        if pack.years:
            facts.append(text("settings.forms_in_use", years=tuple(str(year) for year in pack.years)))
        words = column(ElidedLabel(info.title), ElidedLabel(" · ".join(facts), Size.SMALL, Role.MUTED), gap=0)
        mark = Mark.NO_EVIDENCE if pack.origin.value == "trial" else Mark.DONE
        line = row(MarkSign(mark), words, gap=12)
        line.setStretch(1, 1)
        line.addWidget(self._link("check", info))
        if pack.origin.value != "program" and not pack.years:
            line.addWidget(self._link("remove", info))
        return line

    def _link(self, act: str, info: PackInfo) -> LinkLabel:
        do = self._check if act == "check" else self._remove
        link = LinkLabel(text(f"settings.forms_{act}"), lambda: do(info))
        link.setAccessibleName(self._said(f"forms_{act}_named", info))
        return link

    @staticmethod
    def _said(key: str, info: PackInfo) -> str:
        return text(f"settings.{key}", title=info.title, version=str(info.ref.version))

    # Taking in

    def _take(self) -> None:
        kinds = (
            (text("settings.forms_files"), (".asice",)),
            (text("settings.forms_workbooks"), (".xlsx",)),
            (text("settings.forms_calendars"), (".json",)),
        )
        file = self.context.dialogs.choose_file(text("settings.forms_take"), kinds)
        if file is not None:
            self.take_file(file)

    def take_file(self, file: Path) -> None:
        """Look first, ask where there is something to know, then install."""
        from cchc_desktop.services import form_packs

        profile = self.context.profile
        self.message.hush()
        self.context.work.start(
            lambda _: form_packs.offer(profile, file),
            lambda offer: self._offered(file, offer),
            self._refused,
        )

    def _offered(self, file: Path, offer: Offer) -> None:
        from cchc_desktop.services import form_packs

        if offer.warnings:
            words = "\n".join(render(warning) for warning in offer.warnings)
            act = text("settings.forms_take_act")
            if not self.context.dialogs.ask(text("settings.forms_read_first"), words, act):
                return
        profile = self.context.profile
        self.context.work.start(
            lambda _: form_packs.take(profile, file),
            lambda info: self._taken(info, offer.known),
            self._refused,
        )

    def _taken(self, info: PackInfo, known: bool) -> None:
        round_ = self.context.round
        newer = info.ref.id == round_.criteria_id and info.ref.version > round_.criteria_version
        if newer and not self.context.read_only:
            self.message.say(
                self._said("forms_newer", info),
                Tone.OK,
                text("settings.forms_see_changes"),
                lambda: self.context.go_to("scoring", "version"),
            )
        else:
            self.message.say(self._said("forms_known" if known else "forms_taken", info), Tone.OK)
        self.refresh_all()

    def _refused(self, error: KnownError) -> None:
        """What the office has to do is behind no button: the whole reason stands there."""
        self.message.say(error.message, Tone.ERROR)

    # Checking and removing

    def _check(self, info: PackInfo) -> None:
        from cchc_desktop.services import form_packs

        profile = self.context.profile

        def done(wrong: tuple[Any, ...]) -> None:
            if wrong:
                self.message.say(wrong[0], Tone.ERROR)
            else:
                self.message.say(self._said("forms_sound", info), Tone.OK)

        self.message.hush()
        self.context.work.start(
            lambda _: form_packs.check(profile, info.kind, info.ref), done, self.show_error
        )

    def _remove(self, info: PackInfo) -> None:
        from cchc_desktop.services import form_packs

        if not self.context.dialogs.ask(
            text("settings.forms_remove_act"),
            self._said("forms_remove_words", info),
            text("settings.forms_remove_act"),
            text("settings.forms_keep"),
            danger=True,
        ):
            return
        profile = self.context.profile

        def done(_nothing: object) -> None:
            self.message.say(self._said("forms_removed", info), Tone.OK)
            self.refresh_all()

        self.context.work.start(
            lambda _: form_packs.remove(profile, info.kind, info.ref), done, self.show_error
        )


def _matters(pack: Listed) -> bool:
    return bool(pack.years) or pack.info is None or pack.origin.value != "program"
