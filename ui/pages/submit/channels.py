"""The ways out that the place step offers: one panel each, one line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.delivery import EMAIL, FOLDER, UPLOAD
from cchc_desktop.errors import KnownError
from ui.context import Context
from ui.widgets.message_bar import MessageBar

PANELS = {
    FOLDER: ("channel_folder", "FolderPanel"),
    EMAIL: ("channel_email", "EmailPanel"),
    UPLOAD: ("upload_place", "UploadPlace"),
}
"""Channel → module beside this one and its class, which is made with the page's context."""


class ChannelPanel(Protocol):
    """What the place step asks of a panel. `changed`: it may be ready now, or no longer."""

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def says(self) -> MessageBar: ...

    def target(self) -> str:
        """Where it goes, as the delivery keeps it; "" when nothing is chosen."""
        ...

    def blocked(self) -> str:
        """Why nothing can be sent yet; "" when all is there."""
        ...

    def refresh(self) -> None:
        """The step is shown: look at what may have changed outside (sticks, settings)."""
        ...

    def make_ready(self, then: Callable[[], object]) -> None:
        """Take what was typed into use, then go on; what is wrong is said in the panel."""
        ...

    def failed(self, error: KnownError) -> None:
        """Sending ended with this fault."""
        ...


def made_panel(channel: str, context: Context) -> QWidget:
    module, name = PANELS[channel]
    made: QWidget = getattr(import_module(f"ui.pages.submit.{module}"), name)(context)
    return made
