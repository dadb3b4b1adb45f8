"""The cell that names the criteria rows which a task serves: found by code or by any word of their names."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from ui.widgets.table_completer import SEPARATOR


@dataclass(frozen=True)
class Linked:
    """Row key ↔ printed code; `offers` are "3.1.1 Niêm yết công khai …", in the set's order."""

    codes: dict[str, str]
    keys: dict[str, str]
    offers: tuple[str, ...]

    @classmethod
    def of(cls, criteria: CriteriaSet) -> Linked:
        return cls(
            {node.key: node.code for node in criteria.nodes},
            {node.code: node.key for node in criteria.nodes},
            tuple(f"{row.code} {row.label}" for row in criteria.rows),
        )

    def said(self, keys: Sequence[str]) -> str:
        """Their codes; a key that this set does not know stays readable as it is."""
        return SEPARATOR.join(self.codes.get(key, key) for key in keys)

    def read(self, typed: str) -> tuple[str, ...]:
        """The keys that were typed, as codes with commas, semicolons, blanks or lines between.

        Raises `KnownError` plan_page.bad_criteria.
        """
        found = []
        for part in typed.replace(",", " ").replace(";", " ").split():
            code = part.strip(".")
            key = self.keys.get(code) or (code if code in self.codes else None)
            if key is None:
                raise KnownError("plan_page.bad_criteria", row=part)
            found.append(key)
        return tuple(dict.fromkeys(found))


def code_of(offer: str) -> str:
    """What of an offer goes into the cell."""
    return offer.partition(" ")[0]
