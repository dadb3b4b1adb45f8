"""The frame of a page: a head with title, subtitle and actions, the body, a bottom bar if it has one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from cchc_desktop.domain.changes import Changes
from ui.context import Context
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.labels import ElidedLabel, title
from ui.widgets.panel import GAP, MARGIN, PANEL_GAP, Strip

HEAD, BOTTOM = 56, 56
ROOMY = 720
_GIVES, _NOTHING = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed


class PageBase(QWidget):
    """A page derives from this as `class Page(PageBase)`, overrides `build` and `refresh` (`fit`, `go_to`).

    Its contract with the window: made empty and put into its place first, then `build()` runs to its end, in
    turns of the event loop or at once; `refresh(changes)` (None: look at everything again) whenever it is
    shown or something was saved; `go_to(where)` shows one thing of it; `commit()` before the user leaves it.
    """

    reads_rest = False
    """Something may be looked at only when somebody visits the page: `read_rest`."""

    def __init__(self, context: Context, name: str, *, margin: int = MARGIN) -> None:
        super().__init__()
        self.context = context
        self._is_whole = False
        self.setAccessibleName(name)
        self._title = title(name)
        self._subtitle = ElidedLabel("", Size.SMALL, Role.MUTED)
        self.head = Strip("below")
        self.head.setMinimumHeight(HEAD)
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head.box.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.head.box.setSpacing(16)
        self.head.box.addWidget(self._title)
        self.head.box.addWidget(self._subtitle, 1)
        self._gap = QSpacerItem(0, 0, _NOTHING, _NOTHING)
        self.head.box.addItem(self._gap)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(margin, min(margin, PANEL_GAP), margin, min(margin, PANEL_GAP))
        self.body.setSpacing(PANEL_GAP)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.head)
        self._whole.addLayout(self.body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page (200 % on a small screen) keeps title and actions, closer together."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._subtitle.setVisible(roomy)
        side = MARGIN if roomy else PANEL_GAP
        self.head.box.setContentsMargins(side, 0, side, 0)
        self.head.box.setSpacing(16 if roomy else GAP)
        self._gap.changeSize(0, 0, _GIVES if not roomy else _NOTHING, _NOTHING)
        self.head.box.invalidate()
        if self._is_whole:
            self.fit()

    def made_whole(self) -> None:
        """Called by who ran `build` to its end. A page may get another size before that: it has no parts
        to lay out then."""
        self._is_whole = True
        self.fit()

    def fit(self) -> None:
        """Lay the parts out for the page's size."""

    def set_title(self, words: str, subtitle: str = "") -> None:
        self._title.setText(words)
        self._subtitle.set_words(subtitle)

    def set_subtitle(self, words: str) -> None:
        self._subtitle.set_words(words)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right of the head (left to right in the order of calls)."""
        self.head.box.addWidget(widget)

    def bottom_bar(self) -> QHBoxLayout:
        """Make the 56 px bar at the foot and return its layout."""
        bar = Strip("above")
        bar.setMinimumHeight(BOTTOM)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bar.box.setContentsMargins(MARGIN, 0, MARGIN, 0)
        bar.box.setSpacing(24)
        self._whole.addWidget(bar)
        assert isinstance(bar.box, QHBoxLayout)
        return bar.box

    def build(self) -> Iterator[None]:
        """Put the parts in, each `yield` a turn of the event loop (aim: at most 15 ms between two).

        Lay a part out where it will stay before filling it: Qt dresses all that is in a widget anew each time
        the widget gets another parent.
        """
        yield from ()

    def read(self) -> Iterator[None]:
        """Look at everything again, as `refresh(None)` does, in turns as `build`."""
        self.refresh(None)
        yield

    def read_ahead(self) -> Iterator[None]:
        """The same while nobody asked for the page yet. It leaves out what may ask the user something (a
        keyring its password) if `reads_rest` says so."""
        yield from self.read()

    def read_rest(self) -> Iterator[None]:
        """What `read_ahead` left out, once the page is visited."""
        yield from ()

    def refresh(self, changes: Changes | None) -> None:
        """Look again. `changes` names what was written; None means anything may be new."""

    def go_to(self, where: object) -> None:
        """Show one thing (a row's key, a plan area, …) and put the focus there."""

    def place(self) -> str:
        """What `go_to` would need to show the same thing again (remembered when the program closes)."""
        return ""

    def commit(self) -> None:
        """Hand every unfinished field to the edits queue."""
        commit_fields(self)


class PageHolder(QScrollArea):
    """Holds a page. Where the screen is lower than the page can be (200 %), the page scrolls up and down."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)


def commit_fields(widget: QWidget) -> None:
    """Say what was typed into any field below this widget."""
    from ui.widgets.edit_table import EditTable  # the first page has neither table nor field
    from ui.widgets.fields import LineField, TextBox

    fields: list[LineField | TextBox | EditTable] = [
        *widget.findChildren(LineField),
        *widget.findChildren(TextBox),
        *widget.findChildren(EditTable),
    ]
    for field in fields:
        field.commit()
