"""A field that narrows what stands below it."""

from __future__ import annotations

from ui.widgets.fields import TextField


class SearchField(TextField):
    """Says what it is for while it is empty; a cross at its end empties it."""

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder or name)
        self.textChanged.connect(self._fit_cross)

    def _fit_cross(self, words: str) -> None:
        """There is nothing to empty before the first letter, and the cross takes Qt 4 ms."""
        if words and not self.isClearButtonEnabled():
            self.setClearButtonEnabled(True)
