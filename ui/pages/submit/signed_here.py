"""Signing a document in the program: in whose place on the page, and with which picture."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.pdf_signature import SignsIn
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, section
from ui.widgets.option_button import RadioOption
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog


class SignedHere(SheetDialog):
    """`signs_in` and `image` hold the choice, once it was accepted."""

    def __init__(self, dialogs: Dialogs, title: str, *, second: bool) -> None:
        super().__init__(dialogs.parent, text("signed_page.here_heading"), 560)
        self._dialogs = dialogs
        self.image: Path | None = None
        self.person = RadioOption(text("signed_page.here_person"))
        self.organisation = RadioOption(text("signed_page.here_organisation"))
        (self.organisation if second else self.person).setChecked(True)
        self.choose = Button(text("signed_page.here_image"), self._choose, icon="image")
        self.without = Button(text("signed_page.no_image"), self._without, kind=Kind.QUIET)
        self._image_words = Label("", Size.SMALL, Role.MUTED, wrap=True)
        for option in (self.person, self.organisation):
            option.toggled.connect(lambda _on: self._say())
        self.act = Button(text("signed_page.here_act"), self.accept, kind=Kind.PRIMARY)
        content = column(
            section(title, wrap=True),
            Label(text("signed_page.here_words"), wrap=True),
            column(self.person, self.organisation, gap=2),
            row(self.choose, self.without, None),
            self._image_words,
            gap=12,
        )
        self.set_content(content, row(None, Button(text("window.cancel"), self.reject), self.act))
        self._say()

    @property
    def signs_in(self) -> SignsIn:
        return SignsIn.PERSON if self.person.isChecked() else SignsIn.ORGANISATION

    def _choose(self) -> None:
        kinds = ((text("signed_page.image_kind"), (".png",)),)
        chosen = self._dialogs.choose_file(text("signed_page.image_heading"), kinds)
        if chosen is not None:
            self.image = chosen
        self._say()

    def _without(self) -> None:
        self.image = None
        self._say()

    def _say(self) -> None:
        self.without.setVisible(self.image is not None)
        if self.image is None:
            self._image_words.setText(text("signed_page.here_no_image"))
        elif self.signs_in is SignsIn.ORGANISATION:
            self._image_words.setText(f"{self.image.name}. {text('signed_page.here_seal')}")
        else:
            self._image_words.setText(self.image.name)
        self.fit()
