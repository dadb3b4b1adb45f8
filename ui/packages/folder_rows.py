"""The packages of a folder as rows of a table: who handed in what, how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_history import TRUSTED
from cchc_desktop.domain.package_look import FolderLook, PackageLook, Standing
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_number, format_points, format_time, text
from cchc_desktop.services import verification
from ui.packages.verdict import LOOKS
from ui.widgets.table_rows import Column, ColumnKind, Problem

FILTERS: Mapping[str, Callable[[PackageLook], bool]] = {
    "all": lambda _one: True,
    "newest": lambda one: one.standing is Standing.NEWEST,
    "remarks": lambda one: one.outcome in TRUSTED and (one.outcome is not Outcome.VALID or bool(one.missing)),
    "refused": lambda one: one.outcome not in TRUSTED,
}

_COLUMNS = (
    Column("sender", text("package_view.column_sender"), width=140, stretch=3),
    Column("what", text("package_view.column_what"), width=120, stretch=2),
    Column("revision", text("package_view.column_revision"), width=124),
    Column("outcome", text("package_view.column_outcome"), width=178),
    Column("signed", text("package_view.column_signed"), width=142),
    Column("points", text("package_view.column_points"), ColumnKind.NUMBER, width=96),
    Column("missing", text("package_view.column_missing"), ColumnKind.NUMBER, width=64),
    Column("file", text("package_view.column_file"), width=110, stretch=2),
)


class FolderRows:
    """Implements `Rows` over what the filter and the search let through. Superseded packages are grey."""

    def __init__(self) -> None:
        self._all: Sequence[PackageLook] = ()
        self._shown: list[PackageLook] = []

    def load(self, look: FolderLook) -> None:
        self._all = look.packages
        self.narrow("all", "")

    def narrow(self, filter_: str, wanted: str) -> None:
        words, fits = folded(wanted).split(), FILTERS[filter_]
        self._shown = [
            one for one in self._all if fits(one) and all(word in _searched(one) for word in words)
        ]

    def counts(self) -> dict[str, int]:
        return {key: sum(fits(one) for one in self._all) for key, fits in FILTERS.items()}

    def piece(self, row: int) -> PackageLook | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    # Rows

    @property
    def columns(self) -> Sequence[Column]:
        return _COLUMNS

    def count(self) -> int:
        return len(self._shown)

    def muted(self, row: int) -> bool:
        return self._shown[row].standing is Standing.SUPERSEDED

    def shown(self, row: int, key: str) -> str:
        one = self._shown[row]
        found, total = one.verification, one.score.total if one.score else None
        match key:
            case "sender":
                return found.sender_name or found.sender
            case "what":
                kind = text(f"verification.kind_{found.kind}") if found.kind else ""
                if found.pack_of is not None:
                    kind = text("package_view.pack", part=found.pack_of.part, parts=found.pack_of.parts)
                return f"{kind} {found.period}".strip()
            case "revision":
                standing = "" if one.standing is Standing.NONE else f"standing_{one.standing.value}"
                words = ["" if found.revision is None else filing(found.revision)]
                words += [text(f"verification.{standing}")] if standing else []
                return ", ".join(words)
            case "outcome":
                return text(f"verification.name_{one.outcome.value}")
            case "signed":
                at = one.signed_at.astimezone(VIETNAM) if one.signed_at else None
                return "" if at is None else f"{format_date(at)} {format_time(at)}"
            case "points":
                if total is None:
                    return ""
                return f"{format_points(total.points)}/{format_number(total.max_points)}"
            case "missing":
                return str(len(one.missing)) if one.missing else ""
        return one.name

    def put(self, row: int, key: str, typed: str) -> None:
        """Nothing here is the user's."""

    def problem(self, row: int, key: str) -> Problem | None:
        one = self._shown[row]
        if key != "outcome" or one.outcome is Outcome.VALID:
            return None
        return Problem(LOOKS[one.outcome][0], "", "\n".join(verification.remarks(one)))


def _searched(one: PackageLook) -> str:
    found = one.verification
    signers = " ".join(signer.name for signer in found.signers)
    return folded(f"{found.sender_name} {found.sender} {found.period} {one.name} {signers}")
