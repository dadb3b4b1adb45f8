"""The words of a plan's documents: the office's own where it has some, else the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_desktop.documents.characters import clean
from cchc_desktop.domain.document_template import DocumentTemplate, fill
from cchc_desktop.language import text


class Words:
    """Gives each wording by its key. `common` are the placeholders that every wording may hold."""

    def __init__(self, template: DocumentTemplate, common: Mapping[str, str]) -> None:
        self._own, self._common = template.wordings, common

    def __call__(self, key: str, **values: str) -> str:
        filled = {**self._common, **values}
        own = self._own.get(key)
        return text(f"documents.{key}", **filled) if own is None else fill(clean(own), filled)
