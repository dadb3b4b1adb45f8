"""What a receiver sees of packages: one looked into, or a folder of them looked over. Nothing is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.package_content import PackagedRecord, SelfScoreContent
from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_history import (
    FILED,
    TRUSTED,
    KnownPackage,
    known_package,
    with_history,
)
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState, Total
from cchc_desktop.domain.verification import Outcome, SignerFinding, Verification
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, replace


class Standing(StrEnum):
    """Whether a package is its sender's last word on that kind and period, among those that are known."""

    NEWEST = "newest"
    SUPERSEDED = "superseded"
    NONE = "none"


class Presence(StrEnum):
    """Where the bytes of a listed evidence file are."""

    INSIDE = "inside"
    IN_PACK = "in_pack"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class StatedSection:
    """`label` is "" where the criteria set is not installed here."""

    code: str
    label: str
    points: Decimal
    max_points: Decimal
    open_points: Decimal


@dataclass(frozen=True)
class StatedScore:
    """The score as the unit states it; nobody has appraised it. Sections are summed from the stated rows."""

    total: Total
    sections: tuple[StatedSection, ...]
    confirmation: HeadConfirmation | None


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """`entry` is its place in this package ("" when it travels apart); `pack` the file that carries it."""

    id: str
    name: str
    size: int
    sha256: str
    presence: Presence
    entry: str = ""
    pack: str = ""
    about: str = ""


@dataclass(frozen=True)
class PackageLook:
    """One file. `name` is the path below the folder that was asked for.

    `problem` says why the file could not even be opened; `verification` is unreadable then. What the package
    says of itself (`head`, `score`, `evidence`) is there only where it is unchanged since it was signed.
    """

    path: Path
    name: str
    verification: Verification
    problem: Message | None = None
    head: PackageHead | None = None
    score: StatedScore | None = None
    evidence: tuple[ListedEvidence, ...] = ()
    standing: Standing = Standing.NONE

    @property
    def outcome(self) -> Outcome:
        return self.verification.outcome

    @property
    def missing(self) -> tuple[ListedEvidence, ...]:
        return tuple(one for one in self.evidence if one.presence is Presence.MISSING)

    @property
    def signer(self) -> SignerFinding | None:
        """Who signed first."""
        return next(iter(self.verification.signers), None)

    @property
    def signed_at(self) -> datetime | None:
        return self.signer.signed_at if self.signer else None


@dataclass(frozen=True)
class FolderLook:
    packages: tuple[PackageLook, ...]

    def counts(self) -> dict[Outcome, int]:
        """How many have each outcome, all five named."""
        return {outcome: sum(one.outcome is outcome for one in self.packages) for outcome in Outcome}

    def senders(self) -> int:
        """How many units stand behind the packages whose signer is trusted here."""
        return len({one.verification.sender for one in self.packages if one.outcome in TRUSTED})


def stated_score(content: SelfScoreContent, criteria: CriteriaSet | None) -> StatedScore:
    """`criteria` names the sections and tells which rows are bonus and penalty; without it codes speak."""
    if criteria is not None:
        sections = [(node.code, node.label) for node in criteria.sections]
    else:
        codes = dict.fromkeys(row.code.partition(".")[0] for row in content.rows)
        sections = [(code, "") for code in codes]
    found = []
    for code, label in sections:
        rows = [row for row in content.rows if row.code == code or row.code.startswith(f"{code}.")]
        found.append(
            StatedSection(
                code,
                label,
                sum((row.points for row in rows if row.points is not None), Decimal(0)),
                sum((row.max_points for row in rows), Decimal(0)),
                sum((row.max_points for row in rows if row.state is RowState.OPEN), Decimal(0)),
            )
        )
    return StatedScore(content.total, tuple(found), content.confirmation)


def listed_evidence(head: PackageHead, records: Iterable[PackagedRecord] = ()) -> tuple[ListedEvidence, ...]:
    """The head's list, with what the unit wrote about each file."""
    about = {record.id: record.record.abstract for record in records}
    return tuple(
        ListedEvidence(
            one.id,
            one.name,
            one.size,
            one.sha256,
            Presence.INSIDE if one.in_package else Presence.MISSING,
            one.entry,
            about=about.get(one.id, ""),
        )
        for one in head.evidence
    )


def looked_over(looks: Sequence[PackageLook], known: Sequence[KnownPackage] = ()) -> FolderLook:
    """The packages of a folder held against each other, and against those that were taken in before."""
    here = [known_package(look.verification) for look in looks]
    everyone = [*here, *known]
    near: dict[str, set[int]] = {}
    for number, history in enumerate(everyone):
        if history is not None:
            near.setdefault(f"id {history.package_id}", set()).add(number)
            near.setdefault(f"of {history.sender}", set()).add(number)
    stands = _standing_for_copies(looks, here)
    newest = _newest([one if n in stands else None for n, one in enumerate(here)], known)
    carried = _carried(looks)
    found = []
    for place, look in enumerate(looks):
        checked = look.verification
        numbers = near.get(f"id {checked.package_id}", set()) | near.get(f"of {checked.sender}", set())
        others = [
            history
            for number in sorted(numbers - {place})
            if (history := everyone[number]) is not None
            # One of its copies stands, so that it has no remark.
            and not (place in stands and number < len(looks) and _same(history, checked))
        ]
        found.append(
            replace(
                look,
                verification=with_history(checked, others),
                standing=_standing(place, here[place], newest),
                evidence=_ticked(look, carried),
            )
        )
    return FolderLook(tuple(found))


def _same(history: KnownPackage, verification: Verification) -> bool:
    return (history.package_id, history.manifest_sha256) == (
        verification.package_id,
        verification.manifest_sha256,
    )


def _standing_for_copies(
    looks: Sequence[PackageLook], histories: Sequence[KnownPackage | None]
) -> AbstractSet[int]:
    """Of several files of one package the one with the most signatures counts, then the first one: a
    countersigned copy is the same package, with more people behind it."""
    best: dict[tuple[str, str], int] = {}
    for place, history in enumerate(histories):
        if history is not None:
            key = (history.package_id, history.manifest_sha256)
            other = best.get(key)
            signers = len(looks[place].verification.signers)
            if other is None or signers > len(looks[other].verification.signers):
                best[key] = place
    return set(best.values())


def _newest(
    histories: Sequence[KnownPackage | None], known: Sequence[KnownPackage]
) -> Mapping[tuple[str, str, str], tuple[int | None, KnownPackage]]:
    """For each series the last word: its place in the folder, or None where it was taken in before."""
    newest: dict[tuple[str, str, str], tuple[int | None, KnownPackage]] = {}
    here = [(place, history) for place, history in enumerate(histories) if history is not None]
    before = [(None, history) for history in known]
    for place, history in (*here, *before):
        last = newest.get(history.series)
        if last is None or _rank(history) > _rank(last[1]):
            newest[history.series] = (place, history)
    return newest


def _rank(history: KnownPackage) -> tuple[int, datetime]:
    return history.revision, history.signed_at


def _standing(
    place: int,
    history: KnownPackage | None,
    newest: Mapping[tuple[str, str, str], tuple[int | None, KnownPackage]],
) -> Standing:
    if history is None or history.kind not in FILED:
        return Standing.NONE
    return Standing.NEWEST if newest[history.series][0] == place else Standing.SUPERSEDED


def _carried(looks: Sequence[PackageLook]) -> Mapping[tuple[str, str], str]:
    """Which trusted package carries a file: by sender and digest, never by name."""
    carried: dict[tuple[str, str], str] = {}
    for look in looks:
        if look.outcome in TRUSTED:
            for file in look.verification.files:
                if file.ok:
                    carried.setdefault((look.verification.sender, file.sha256), look.name)
    return carried


def _ticked(look: PackageLook, carried: Mapping[tuple[str, str], str]) -> tuple[ListedEvidence, ...]:
    ticked = []
    for one in look.evidence:
        pack = carried.get((look.verification.sender, one.sha256), "")
        if one.presence is Presence.MISSING and pack:
            one = replace(one, presence=Presence.IN_PACK, pack=pack)
        ticked.append(one)
    return tuple(ticked)
