"""The one contract of all field widgets: a row's figures panel knows nothing else of them."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.fields import Field


class FieldWidget(QWidget):
    """`edited` after every change (the figure may be half typed), `left` when it should be on disk now.

    A value is what stands in the answer at `field.path`: text with a decimal point, True or False, a label, a
    list of labels; None is "nothing said", never zero. Text that is no number is kept as it was typed: the
    scoring says what is wrong with it, and nothing is lost.
    """

    edited = Signal()
    left = Signal()

    wide = False
    """Takes the whole width of the panel, below its label; else it is a cell behind the label."""

    def __init__(self, field: Field, name: str) -> None:
        super().__init__()
        self.field = field
        self.name = name

    @abstractmethod
    def value(self) -> object | None: ...

    @abstractmethod
    def set_value(self, value: object | None) -> None:
        """Show a stored value; typing that was not saved yet is left alone."""

    @abstractmethod
    def set_read_only(self, read_only: bool) -> None: ...

    @abstractmethod
    def focus_widget(self) -> QWidget:
        """Where the keyboard goes to."""

    def set_bad(self, bad: bool) -> None:
        """The figure can't be right; the words stand below the field."""

    def commit(self) -> None:
        """Say `left` now if something was typed."""
