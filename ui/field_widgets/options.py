"""Yes or no, one of several options, any of several items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QWidget

from cchc_desktop.domain.fields import Field
from cchc_desktop.language import text
from ui.field_widgets.field_widget import FieldWidget
from ui.widgets.option_button import CheckOption, RadioOption
from ui.widgets.panel import column


class _RadioField(FieldWidget):
    """Radio options with a value each."""

    wide = True

    def __init__(self, field: Field, name: str, options: Sequence[tuple[object, str, str]]) -> None:
        super().__init__(field, name)
        self._group = QButtonGroup(self)
        self._options: list[tuple[object, RadioOption]] = []
        for value, label, trailing in options:
            button = RadioOption(label, trailing)
            button.setAccessibleDescription(name)
            self._options.append((value, button))
            self._group.addButton(button)
        self.setLayout(column(*(button for _value, button in self._options), gap=2))
        self._group.buttonToggled.connect(self._toggled)
        self._setting = False

    def _toggled(self, _button: object, on: bool) -> None:
        if on and not self._setting:
            self.edited.emit()
            self.left.emit()

    def value(self) -> object | None:
        return next((value for value, button in self._options if button.isChecked()), None)

    def set_value(self, value: object | None) -> None:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(self._options):
            value = self._options[value - 1][0]
        self._setting = True
        self._group.setExclusive(False)
        for own, button in self._options:
            button.setChecked(value is not None and own == value and type(own) is type(value))
        self._group.setExclusive(True)
        self._setting = False

    def set_read_only(self, read_only: bool) -> None:
        for _value, button in self._options:
            button.setEnabled(not read_only)

    def focus_widget(self) -> QWidget:
        chosen = next((button for _value, button in self._options if button.isChecked()), None)
        return chosen or self._options[0][1]


class ChoiceField(_RadioField):
    """The options of the row in sheet order, each with its points."""

    def __init__(self, field: Field, name: str) -> None:
        super().__init__(
            field,
            name,
            [
                (choice.label, choice.label, text("scoring_page.option_points", points=choice.points))
                for choice in field.choices
            ],
        )


class YesNoField(_RadioField):
    def __init__(self, field: Field, name: str) -> None:
        words = ((True, text("scoring_page.yes"), ""), (False, text("scoring_page.no"), ""))
        super().__init__(field, name, words)


class ItemsField(FieldWidget):
    """Any of the items; "none of them" has to be said, because nothing ticked is not an answer."""

    wide = True

    def __init__(self, field: Field, name: str) -> None:
        super().__init__(field, name)
        self._items = [
            (
                choice.label,
                CheckOption(choice.label, text("scoring_page.option_points", points=choice.points)),
            )
            for choice in field.choices
        ]
        self._none = CheckOption(text("scoring_page.no_items"))
        for button in self._buttons():
            button.setAccessibleDescription(name)
            button.clicked.connect(lambda _on=False, button=button: self._clicked(button))
        self._foreign: list[str] = []
        self.setLayout(column(*self._buttons(), gap=2))

    def _buttons(self) -> list[CheckOption]:
        return [*(button for _label, button in self._items), self._none]

    def _clicked(self, button: CheckOption) -> None:
        self._foreign = []
        if button is self._none and self._none.isChecked():
            for _label, other in self._items:
                other.setChecked(False)
        elif button is not self._none and button.isChecked():
            self._none.setChecked(False)
        self.edited.emit()
        self.left.emit()

    def value(self) -> object | None:
        labels = [label for label, button in self._items if button.isChecked()] + self._foreign
        return labels if labels or self._none.isChecked() else None

    def set_value(self, value: object | None) -> None:
        labels = [str(label) for label in value] if isinstance(value, list | tuple) else []
        known = {label for label, _button in self._items}
        self._foreign = [label for label in labels if label not in known]
        for label, button in self._items:
            button.setChecked(label in labels)
        self._none.setChecked(value is not None and not labels)

    def set_read_only(self, read_only: bool) -> None:
        for button in self._buttons():
            button.setEnabled(not read_only)

    def focus_widget(self) -> QWidget:
        return self._buttons()[0]
