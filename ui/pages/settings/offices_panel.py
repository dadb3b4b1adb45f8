"""Whose word counts here: certificates of offices and CAs, confirmed by the spoken code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.receipt import ListNews
from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.marks import WARN, Mark, MarkSign
from ui.pages.settings.panel import SettingsPanel
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import ElidedLabel, second
from ui.widgets.message_bar import Tone
from ui.widgets.panel import clear, column, row

if TYPE_CHECKING:
    from cchc_desktop.services.trusted import Forgotten, Known


class OfficesPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "offices", parent)
        self._lines = column(gap=10)
        self._shown: tuple[tuple[Known, bool], ...] | None = None
        self.add = Button(text("settings.offices_add"), self._add, icon="shield-check")
        self.box.addLayout(self._lines)
        self.box.addLayout(row(self.add, None))

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None:
            return
        from cchc_desktop.services import trusted

        profile = self.context.profile
        self.context.work.start(lambda _: trusted.known(profile), self._show, self.show_error, quiet=True)

    def _show(self, found: tuple[Known, ...]) -> None:
        now = tuple((known, known.is_list_stale(vietnam_now())) for known in found)
        if now == self._shown:
            return  # dressed and laid out as it is
        self._shown = now
        clear(self._lines)
        if not found:
            self._lines.addWidget(second(text("settings.offices_none"), wrap=True))
        for known in found:
            self._lines.addLayout(self._line(known))

    def _line(self, known: Known) -> Any:
        certificate, stale = known.certificate, known.is_list_stale(vietnam_now())
        words = column(
            ElidedLabel(certificate.name),
            ElidedLabel(_facts(known, stale=stale), Size.SMALL, Role.WARN if stale else Role.MUTED),
            ElidedLabel(certificate.spoken_code, Size.SMALL, Role.MUTED),
            gap=0,
        )
        links: list[LinkLabel] = []
        if known.is_authority:
            take = LinkLabel(text("settings.offices_list_take"), self._choose_list)
            take.setAccessibleName(text("settings.offices_list_take_named", name=certificate.name))
            links.append(take)
        forget = LinkLabel(text("settings.offices_forget"), lambda: self._forget(certificate))
        forget.setAccessibleName(text("settings.offices_forget_named", name=certificate.name))
        links.append(forget)
        line = row(MarkSign(WARN if stale else Mark.DONE), words, column(*links, gap=2), gap=12)
        line.setStretch(1, 1)
        return line

    def _choose_list(self) -> None:
        kinds = ((text("settings.offices_list_file"), (".pem", ".crl")),)
        file = self.context.dialogs.choose_file(text("settings.offices_list_take"), kinds)
        if file is not None:
            self.take_list(file)

    def take_list(self, file: Path) -> None:
        from cchc_desktop.services import trusted

        profile = self.context.profile

        def done(news: ListNews) -> None:
            good = news in (ListNews.NEWER, ListNews.SAME)
            self.message.say(text(f"settings.offices_list_{news.value}"), Tone.OK if good else Tone.WARN)
            self.refresh_all()

        self.message.hush()
        self.context.work.start(lambda _: trusted.take_list(profile, file), done, self.show_error)

    def _add(self) -> None:
        kinds = ((text("settings.offices_file"), (".pem", ".crt", ".cer")),)
        file = self.context.dialogs.choose_file(text("settings.offices_add"), kinds)
        if file is not None:
            self.add_file(file)

    def add_file(self, file: Path) -> None:
        from cchc_desktop.services import trusted

        self.message.hush()
        self.context.work.start(
            lambda _: trusted.look_at(file), lambda found: self._hear(file, found), self.show_error
        )

    def _hear(self, file: Path, found: CertificateSummary) -> None:
        from cchc_desktop.services import trusted

        heard = self.context.dialogs.ask_text(
            text("settings.offices_hear", name=found.name),
            text("settings.offices_hear_words"),
            text("settings.offices_act"),
        )
        if heard is None:
            return
        profile = self.context.profile

        def done(_found: object) -> None:
            self.message.say(text("settings.offices_added", name=found.name), Tone.OK)
            self.refresh_all()

        self.context.work.start(lambda _: trusted.confirm(profile, file, heard), done, self.show_error)

    def _forget(self, certificate: CertificateSummary) -> None:
        """At once, because it can be taken back at once."""
        from cchc_desktop.services import trusted

        profile = self.context.profile

        def done(forgotten: Forgotten | None) -> None:
            words = text("settings.offices_forgotten", name=certificate.name)
            if forgotten is None:
                self.message.say(words, Tone.OK)
            else:
                act = text("settings.offices_undo")
                self.message.say(words, Tone.OK, act, lambda: self._restore(forgotten))
            self.refresh_all()

        self.context.work.start(
            lambda _: trusted.forget(profile, certificate.fingerprint), done, self.show_error
        )

    def _restore(self, forgotten: Forgotten) -> None:
        from cchc_desktop.services import trusted

        profile = self.context.profile

        def done(_nothing: object) -> None:
            self.message.say(text("settings.offices_restored", name=forgotten.name), Tone.OK)
            self.refresh_all()

        self.context.work.start(lambda _: trusted.restore(profile, forgotten), done, self.show_error)


def _facts(known: Known, *, stale: bool) -> str:
    """What it is, and of a CA how new its list is."""
    if not known.is_authority:
        return text("settings.offices_office")
    if known.listed_at is None:
        return text("settings.offices_list_none")
    words = "settings.offices_list_stale" if stale else "settings.offices_list_fresh"
    return text(words, day=known.listed_at.astimezone(VIETNAM))
