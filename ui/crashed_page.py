"""What stands in the place of a page that could not be built or read: the other pages live on."""

from __future__ import annotations

from cchc_desktop.language import text
from ui.context import Context
from ui.crash import save_report, tell_terminal, written
from ui.widgets.button import Button, Kind
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.page import PageBase
from ui.widgets.panel import row


class CrashedPage(PageBase):
    """`name` is the page's own title. It saves nothing and knows nothing: it only offers two ways on."""

    def __init__(self, context: Context, name: str, error: Exception) -> None:
        super().__init__(context, name)
        tell_terminal(error)
        self.set_title(name)
        self.report = written(error)
        self.message = MessageBar()
        self.again = Button(text("crash.page_again"), self._again, kind=Kind.PRIMARY)
        self.save = Button(text("crash.save"), self._save)
        self.body.addWidget(self.message)
        self.body.addLayout(row(self.again, self.save, None))
        self.body.addStretch(1)
        self.setFocusProxy(self.again)
        self.message.say(text("crash.page_words"), Tone.ERROR)

    def _again(self) -> None:
        """All pages are built anew; nothing that was typed is lost by that."""
        self.context.reload()

    def _save(self) -> None:
        save_report(self.report, self.context.dialogs)
