"""Evidence by the rows on which it hangs, held against the round's whole list."""

from __future__ import annotations

from datetime import UTC, datetime

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.store import evidence as store
from cchc_desktop.store.profile import Profile


def on(row_key: str) -> EvidenceLink:
    return EvidenceLink(LinkKind.ROW, row_key)


def piece(round_id: str, id_: str, *links: EvidenceLink) -> Evidence:
    when = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    return Evidence(id_, round_id, f"{id_}.pdf", 10, "a" * 64, EvidenceRecord(), when, links)


def test_what_hangs_on_a_row_is_what_the_round_has_of_it(profile: Profile, round_id: str) -> None:
    first = piece(round_id, "e1", on("a"), on("b"))
    second = piece(round_id, "e2", EvidenceLink(LinkKind.TASK, "a"), on("b"))
    for one in (first, second):
        profile.write(lambda change, one=one: store.add(change, one))
    by_row = profile.read(lambda db: store.by_row(db, round_id))
    all_ = profile.read(lambda db: store.of_round(db, round_id))
    for key in ("a", "b", "c"):
        assert by_row.of(key) == tuple(one for one in all_ if on(key) in one.links)
    assert [len(by_row.state(key)) for key in ("a", "b", "c")] == [1, 2, 0]


def test_the_state_of_a_row_is_another_when_a_piece_of_it_is(profile: Profile, round_id: str) -> None:
    one = piece(round_id, "e1", on("a"))
    other = piece(round_id, "e2", on("b"))
    for added in (one, other):
        profile.write(lambda change, added=added: store.add(change, added))

    def states() -> list[object]:
        by_row = profile.read(lambda db: store.by_row(db, round_id))
        return [by_row.state(key) for key in ("a", "b")]

    before = states()
    assert states() == before
    profile.write(lambda change: store.update_record(change, one.id, EvidenceRecord(number="7")))
    named = states()
    assert (named[0] != before[0], named[1] == before[1]) == (True, True)
    profile.write(lambda change: store.link(change, round_id, one.id, (on("c"),)))
    assert states()[0] != named[0]
