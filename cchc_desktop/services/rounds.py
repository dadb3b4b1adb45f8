"""Rounds: one unit, one year, one criteria set; a new year, a merger, the head's confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import HeadConfirmation, Round
from cchc_desktop.domain.unit import Unit
from cchc_desktop.store import rounds as store
from cchc_desktop.store.profile import Profile

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change


def rounds(profile: Profile) -> tuple[Round, ...]:
    """All rounds, newest year first; within a year the living one before archived ones."""
    return profile.read(store.all_rounds)


def round_of(profile: Profile, round_id: str) -> Round:
    """Raises `KnownError` "rounds.unknown"."""
    return profile.read(lambda db: store.one(db, round_id))


def start_year(
    profile: Profile, year: int, from_round: str, criteria: PackRef, plan_template: PackRef
) -> tuple[Changes, Round]:
    """A new, empty round with the unit (and what it is not assessed on) as in `from_round`.

    Raises `KnownError` "rounds.year_exists".
    """

    def work(change: Change) -> Round:
        last = store.one(change.db, from_round)
        same_set = last.criteria_id == criteria.id
        exclusions = last.exclusions if same_set else ()
        return store.add(change, last.unit, year, criteria, plan_template, exclusions)

    return profile.write(work)


def start_merged(
    profile: Profile,
    unit: Unit,
    year: int,
    criteria: PackRef,
    plan_template: PackRef,
    old_folders: Sequence[Path],
    progress: Progress | None = None,
) -> tuple[Changes, Round]:
    """The first round of a merged unit; the rounds of the old profiles come along, to be read only.

    The old folders are only read. A round that this profile already has for `year` under another unit's name
    is archived too: the old unit's year ends with the merger. Raises `KnownError` "rounds.year_exists" when
    that round is the new unit's own, "rounds.own_folder", formpack.version_taken, and store.* and
    evidence.* about old folders.
    """
    from cchc_desktop.formpack import installing
    from cchc_desktop.store import merger

    merger.refuse_own_folder(old_folders, profile.folder)
    old_rounds = merger.gathered(old_folders, profile.evidence_folder, progress)
    for folder, packs in merger.packs_of(old_rounds).items():
        installing.bring_along(profile.folder, folder, packs)

    def work(change: Change) -> Round:
        merger.insert(change, old_rounds)
        for other in store.all_rounds(change.db):
            if not other.archived and other.year == year and other.unit.name != unit.name:
                store.archive(change, other.id)
        return store.add(change, unit, year, criteria, plan_template)

    return profile.write(work)


def update_unit(profile: Profile, round_id: str, unit: Unit) -> Changes:
    """The unit as it stands in this round's year; other years keep theirs."""
    return profile.write(lambda change: store.set_unit(change, round_id, unit))[0]


def set_exclusions(profile: Profile, round_id: str, ids: Sequence[str]) -> Changes:
    """Exclusion groups of the set that apply to the unit. Withdraws the head's confirmation."""
    chosen = tuple(dict.fromkeys(ids))
    return profile.write(lambda change: store.set_exclusions(change, round_id, chosen))[0]


def confirm(profile: Profile, round_id: str, confirmation: HeadConfirmation) -> Changes:
    """The head answers for the self-score as it stands; any later edit of an answer withdraws this."""
    return profile.write(lambda change: store.set_confirmation(change, round_id, confirmation))[0]


def withdraw_confirmation(profile: Profile, round_id: str) -> Changes:
    return profile.write(lambda change: store.withdraw_confirmation(change, round_id))[0]
