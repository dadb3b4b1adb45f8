"""One widget for each kind of field. A new kind is one widget and one line here."""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.domain.fields import Field, FieldKind
from ui.field_widgets.field_widget import FieldWidget
from ui.field_widgets.figure import FigureField
from ui.field_widgets.options import ChoiceField, ItemsField, YesNoField

WIDGETS: dict[FieldKind, Callable[[Field, str], FieldWidget]] = {
    FieldKind.CHOICE: ChoiceField,
    FieldKind.YES_NO: YesNoField,
    FieldKind.NUMBER: FigureField,
    FieldKind.COUNT: FigureField,
    FieldKind.ITEMS: ItemsField,
}


def field_widget(field: Field, name: str) -> FieldWidget:
    """The widget for a field; `name` is what a screen reader says."""
    return WIDGETS[field.kind](field, name)


__all__ = ["WIDGETS", "FieldWidget", "field_widget"]
