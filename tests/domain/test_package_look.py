"""What a receiver sees, worked out by hand: sums of stated rows, what stands, what is ticked off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_content import PackagedRow, SelfScoreContent
from cchc_desktop.domain.package_history import KnownPackage
from cchc_desktop.domain.package_look import (
    ListedEvidence,
    PackageLook,
    Presence,
    Standing,
    looked_over,
    stated_score,
)
from cchc_desktop.domain.scoring import RowState, Total
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.domain.verification import FileFinding, Outcome, SignerFinding, Verification

SIGNED = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
ZERO = Decimal(0)


def row(code: str, points: str | None, most: str) -> PackagedRow:
    state = RowState.SCORED if points is not None else RowState.OPEN
    return PackagedRow(f"k{code}", code, state, None if points is None else Decimal(points), Decimal(most))


def content(*rows: PackagedRow) -> SelfScoreContent:
    total = Total(*[ZERO] * 5, None, ZERO, ZERO, None, None, True, 0, ZERO)
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    return SelfScoreContent(2026, unit, PackRef("thu", 1), (), {}, rows, total, None, ())


def test_sections_are_summed_from_the_stated_rows() -> None:
    """1: 0.50 + 1.25 of 3; 2: open 12 of 15, 1.00 of 3 reached. "10" is no part of section "1"."""
    rows = (
        row("1.1", "0.50", "1"),
        row("1.2.1", "1.25", "2"),
        row("2.1", None, "12"),
        row("2.2", "1.00", "3"),
    )
    score = stated_score(content(*rows, row("10.1", "2.00", "2")), None)
    found = [(part.code, part.points, part.max_points, part.open_points) for part in score.sections]
    assert found == [
        ("1", Decimal("1.75"), Decimal(3), ZERO),
        ("2", Decimal("1.00"), Decimal(15), Decimal(12)),
        ("10", Decimal("2.00"), Decimal(2), ZERO),
    ]


def look(
    name: str,
    package_id: str,
    revision: int,
    minutes: int = 0,
    signers: int = 1,
    outcome: Outcome = Outcome.VALID,
    files: tuple[str, ...] = (),
    evidence: tuple[str, ...] = (),
    sender: str = "XA-EA-KAO",
) -> PackageLook:
    at = SIGNED + timedelta(minutes=minutes)
    signer = SignerFinding("UBND xã", sender, "ff", "AAAA", at, outcome)
    found = Verification(
        outcome,
        (),
        package_id=package_id,
        kind="selfscore",
        period="2026",
        sender=sender,
        revision=revision,
        manifest_sha256=package_id * 2,
        signers=(signer,) * signers,
        files=tuple(FileFinding(f"f{digest}", "", 1, digest, True) for digest in files),
    )
    listed = tuple(ListedEvidence(d, d, 1, d, Presence.MISSING) for d in evidence)
    return PackageLook(Path(name), name, found, evidence=listed)


def standings(*looks: PackageLook, known: tuple[KnownPackage, ...] = ()) -> list[Standing]:
    return [one.standing for one in looked_over(looks, known).packages]


NEWEST, SUPERSEDED, NONE = Standing.NEWEST, Standing.SUPERSEDED, Standing.NONE


def test_highest_revision_stands_whatever_the_order_of_files() -> None:
    assert standings(look("a", "1", 2), look("b", "2", 10, 5), look("c", "3", 0)) == [
        SUPERSEDED,
        NEWEST,
        SUPERSEDED,
    ]


def test_of_one_revision_the_later_signed_stands() -> None:
    assert standings(look("a", "1", 1, 9), look("b", "2", 1, 3)) == [NEWEST, SUPERSEDED]


def test_of_one_package_the_file_with_more_signatures_stands() -> None:
    assert standings(look("a", "1", 1), look("b", "1", 1, signers=2)) == [SUPERSEDED, NEWEST]


def test_strangers_and_broken_ones_neither_stand_nor_supersede() -> None:
    bad = [look(str(n), str(n), 9, outcome=outcome) for n, outcome in enumerate(Outcome) if n > 1]
    assert standings(look("own", "own", 0), *bad) == [NEWEST, NONE, NONE, NONE]


def test_what_was_taken_in_before_supersedes_what_lies_here() -> None:
    before = KnownPackage("9", "99", "XA-EA-KAO", "selfscore", "2026", 3, SIGNED)
    assert standings(look("a", "1", 2), known=(before,)) == [SUPERSEDED]
    assert standings(look("a", "9", 3), known=(before,)) == [NEWEST]


def test_evidence_is_ticked_off_by_digest_from_trusted_packages_of_the_same_sender() -> None:
    light = look("light", "1", 0, evidence=("aa", "bb", "cc"))
    own = look("pack", "2", 0, files=("aa",))
    other = look("other", "3", 0, files=("bb",), sender="XA-HOA-PHU")
    stranger = look("stranger", "4", 0, files=("cc",), outcome=Outcome.UNKNOWN_SIGNER)
    first = looked_over([light, own, other, stranger]).packages[0]
    assert [(one.presence, one.pack) for one in first.evidence] == [
        (Presence.IN_PACK, "pack"),
        (Presence.MISSING, ""),
        (Presence.MISSING, ""),
    ]
    assert len(first.missing) == 2
    changed = replace(own, verification=replace(own.verification, files=()))
    assert len(looked_over([light, changed]).packages[0].missing) == 3


def test_counts_name_all_five_outcomes_and_only_known_senders() -> None:
    folder = looked_over([look("a", "1", 0), look("b", "2", 0, outcome=Outcome.UNKNOWN_SIGNER, sender="X")])
    assert list(folder.counts().values()) == [1, 0, 1, 0, 0]
    assert folder.senders() == 1
