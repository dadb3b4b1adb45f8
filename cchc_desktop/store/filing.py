"""Noting a package that was made: its submission, the way it goes, and what it supersedes."""

from __future__ import annotations

from cchc_desktop.domain.delivery import Delivery
from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.domain.submission import Submission
from cchc_desktop.errors import KnownError
from cchc_desktop.store import deliveries, submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.unfinished import Beginnings


def note(change: Change, filed: Submission, delivery: Delivery, begun: Beginnings) -> None:
    """All in this transaction, now that the files are there.

    Raises `KnownError` "submissions.meanwhile" when another package was noted since this one was begun.
    """
    if submissions.next_counter(change.db) != filed.counter:
        raise KnownError("submissions.meanwhile", unusable_input=False)
    older = [
        one
        for one in submissions.of_round(change.db, filed.round_id)
        if one.kind == filed.kind and one.state is not DocumentState.SUPERSEDED
    ]
    for one in older:
        later = moved(one.state, DocumentState.SUPERSEDED, Mover.PROGRAM)
        submissions.set_state(change, one.id, later)
    deliveries.supersede(change, [one.id for one in older], delivery.created_at)
    submissions.add(change, filed)
    deliveries.add(change, delivery)
    begun.settle(change)
