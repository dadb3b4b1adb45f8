"""What the packages that are known already say about one more: replayed, older, signed before its forerunner.

One file knows no history; a folder of packages and the office's register do. In a verification history only
warns. Taking a package in refuses what `refusals` names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.verification import Aspect, Outcome, Reason, Verification, worst
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, replace

TRUSTED = frozenset({Outcome.VALID, Outcome.VALID_WITH_WARNINGS})
"""Only packages with these outcomes are taken in, and only they say anything about others: a stranger could
write any sender and any revision into a package of his own."""

FILED = frozenset({PackageKind.PLAN.value, PackageKind.SELFSCORE.value, PackageKind.REPORT.value})
"""Kinds that units file in revisions. A receipt or an enrolment is never a revision of another one."""

_REFUSED = frozenset({"package.older_revision", "package.repeated_id_other"})


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """A package that is known besides the one being looked at.

    `signed_at` is what its first signer claims. `taken_in` when it came here before (the register); False
    for a neighbour in a folder, where only revisions tell which came first.
    """

    package_id: str
    manifest_sha256: str
    sender: str
    kind: str
    period: str
    revision: int
    signed_at: datetime
    taken_in: bool = True

    @property
    def series(self) -> tuple[str, str, str]:
        """What a revision is a revision of: this sender's filing of this kind for this period."""
        return self.sender, self.kind, self.period


def known_package(found: Verification, *, taken_in: bool = False) -> KnownPackage | None:
    """A verified package as history of others; None where it isn't trusted or its head isn't known."""
    if found.outcome not in TRUSTED or not found.signers or found.revision is None:
        return None
    if found.pack_of is not None:
        return None  # it brings files to a filing, and is none itself
    return KnownPackage(
        found.package_id,
        found.manifest_sha256,
        found.sender,
        found.kind,
        found.period,
        found.revision,
        found.signers[0].signed_at,
        taken_in,
    )


def history_reasons(found: Verification, known: Sequence[KnownPackage]) -> tuple[Reason, ...]:
    """Why the package is not the sender's latest word. Nothing for a package that nobody vouches for."""
    if found.revision is None or not found.signers or found.outcome in (Outcome.INVALID, Outcome.UNREADABLE):
        return ()
    if found.pack_of is not None:
        return ()
    repeated = _repeated(found, known)
    if found.kind not in FILED:
        return tuple(repeated)
    of_sender = [other for other in known if other.sender == found.sender and other.kind in FILED]
    reasons = [*repeated, *_revision(found, of_sender)]
    return tuple(reasons) or tuple(_time(found, of_sender))


def with_history(found: Verification, known: Sequence[KnownPackage]) -> Verification:
    """The same word with what history adds to it."""
    reasons = history_reasons(found, known)
    if not reasons:
        return found
    outcome = worst((found.outcome, *(reason.leads_to for reason in reasons)))
    return replace(found, outcome=outcome, reasons=(*found.reasons, *reasons))


def refusals(found: Verification) -> tuple[Reason, ...]:
    """Why a package (with its history) is not taken in; empty when it may be."""
    by_outcome = (reason for reason in found.reasons if reason.leads_to not in TRUSTED)
    return (*by_outcome, *(reason for reason in found.reasons if reason.code in _REFUSED))


def _repeated(found: Verification, known: Iterable[KnownPackage]) -> list[Reason]:
    same_id = [other for other in known if other.package_id == found.package_id]
    if any(other.manifest_sha256 != found.manifest_sha256 for other in same_id):
        return [_warning("package.repeated_id_other")]
    if not same_id:
        return []
    taken_in = any(other.taken_in for other in same_id)
    return [_warning("package.repeated_id" if taken_in else "package.repeated_copy")]


def _revision(found: Verification, of_sender: Sequence[KnownPackage]) -> list[Reason]:
    series = [other for other in of_sender if _series(found) == other.series]
    newest = max(series, key=lambda other: (other.revision, other.signed_at), default=None)
    revision = found.revision or 0
    if newest is not None and newest.revision > revision:
        newer = filing(newest.revision)
        return [_warning("package.older_revision", found=filing(revision), newest=newer)]
    same = (other for other in series if other.revision == revision)
    if any(other.package_id != found.package_id for other in same):
        return [_warning("package.repeated_revision", found=filing(revision))]
    return []


def _time(found: Verification, of_sender: Sequence[KnownPackage]) -> list[Reason]:
    """Clocks only run forward: what came first was signed first."""
    signed_at = found.signers[0].signed_at
    before = [
        other
        for other in of_sender
        if other.taken_in or (other.series == _series(found) and other.revision < (found.revision or 0))
    ]
    last = max((other.signed_at for other in before), default=None)
    if last is None or signed_at >= last:
        return []
    here, there = signed_at.astimezone(VIETNAM), last.astimezone(VIETNAM)
    args = {"time": here, "day": here, "last_time": there, "last_day": there}
    return [Reason(message("package.time_goes_back", **args), Aspect.TIME, Outcome.VALID_WITH_WARNINGS)]


def _series(found: Verification) -> tuple[str, str, str]:
    return found.sender, found.kind, found.period


def _warning(code: str, /, **args: object) -> Reason:
    return Reason(message(code, **args), Aspect.REVISION, Outcome.VALID_WITH_WARNINGS)
