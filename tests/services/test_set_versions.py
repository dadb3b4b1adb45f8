"""The office's round trip: workbook, check, compile, sign, import, score, version 2, migrate, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.domain.set_move import Fate
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import (
    criteria_files,
    evidence,
    form_packs,
    history,
    plan,
    rounds,
    scoring,
    set_versions,
)
from cchc_desktop.services.profile import Profile
from cchc_desktop.store import journal
from cchc_desktop.store.tables import TABLES
from tests.services.office import FIRST, SET, Office, office, reissued, unit

YEAR = 2027


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("văn phòng") / "khóa")


@pytest.fixture
def profile(data_folder: Path, issuer: Office) -> Iterator[Profile]:
    with unit(data_folder, issuer) as made:
        yield made


@pytest.fixture
def round_id(profile: Profile, issuer: Office) -> str:
    """A round of version 1, taken in from the office's package."""
    form_packs.take(profile, issuer.signed("bản 1"))
    first = rounds.rounds(profile)[0].id
    return rounds.start_year(profile, YEAR, first, PackRef(SET, 1), FIRST[1])[1].id


def fill(profile: Profile, round_id: str, folder: Path) -> None:
    source = folder / "Kết xuất.pdf"
    source.write_bytes(b"%PDF-1.7\n")
    links = [EvidenceLink(LinkKind.ROW, key) for key in ("dung_han", "cong_thuc", "bao_cao")]
    scoring.set_answer(profile, round_id, "ke_hoach", {"option": 1})
    scoring.set_answer(profile, round_id, "dung_han", {"numerator": "9", "denominator": "10"})
    scoring.set_explanation(profile, round_id, "dung_han", "Một hồ sơ trễ vì mất điện.")
    scoring.set_answer(profile, round_id, "bao_cao", {"count": 1})
    scoring.set_answer(profile, round_id, "cong_thuc", {"variables": {"x": "1", "y": "3"}})
    scoring.set_answer(profile, round_id, "thuong", {"count": 1})
    evidence.add(profile, round_id, source, EvidenceRecord(number="12/BC"), links)
    _changes, task = plan.add_task(profile, round_id, "direction", title="Làm đúng hạn")
    plan.update_task(profile, task.id, criteria=("dung_han", "cong_thuc"))
    head = HeadConfirmation("Lê Đình Khải", "Chủ tịch", date(2027, 11, 30), Decimal("7.35"))
    rounds.confirm(profile, round_id, head)


def state(profile: Profile) -> dict[str, list[object]]:
    return {
        name: profile.read(lambda db, t=table: db.execute(f"{t.select} ORDER BY id").fetchall())
        for name, table in TABLES.items()
    }


def test_the_offices_round_trip(profile: Profile, issuer: Office, tmp_path: Path) -> None:
    # The office: workbook, check, compile, sign.
    checked = criteria_files.open_workbook(issuer.workbook("sổ"))
    assert checked.errors == ()
    compiled = tmp_path / "bộ.json"
    criteria_files.compile_to(issuer.workbook("sổ"), compiled)
    opened = criteria_files.open_set(str(compiled))
    assert opened.criteria is not None
    package, _written = form_packs.sign(opened.criteria, issuer.folder, tmp_path / "bộ.asice")
    # The unit: import, start, score.
    taken = form_packs.take(profile, package)
    first = rounds.rounds(profile)[0].id
    round_id = rounds.start_year(profile, YEAR, first, taken.ref, FIRST[1])[1].id
    fill(profile, round_id, tmp_path)
    before = scoring.sheet(profile, round_id)
    # 2 + 9/10 × 4 + (1 − 0.25) + 1/3 × 3 = 7.35; the bonus of 1 makes 8.35.
    assert (before.score.total.points, before.score.total.final) == (Decimal("7.35"), Decimal("8.35"))
    assert set_versions.newer(profile, round_id) is None
    # The office issues version 2 in mid-year; the unit takes it in: the round stays with version 1.
    form_packs.take(profile, issuer.signed("bản 2", reissued))
    assert set_versions.newer(profile, round_id) == PackRef(SET, 2)
    assert scoring.sheet(profile, round_id).criteria.version == 1
    # What would change, before anything does.
    untouched = state(profile)
    move = set_versions.preview(profile, round_id, 2)
    assert state(profile) == untouched
    told = [(found.kind.value, found.key) for found in move.differences]
    assert told == [
        ("reruled", "ke_hoach"),
        ("renamed", "dung_han_moi"),
        ("renumbered", "dung_han_moi"),
        ("reruled", "dung_han_moi"),
        ("added", "them"),
        ("dropped", "cong_thuc"),
    ]
    assert all(render(found.message) for found in move.differences)
    # 90 % is below the new threshold of 95 %: 0. 2 + 0 + 0.75 = 2.75 of 10, the new row is open; + 1.
    assert (move.before.total.final, move.after.total.final) == (Decimal("8.35"), Decimal("3.75"))
    assert [(r.key, r.new_key, r.fate, r.before, r.after, r.evidence) for r in move.rows] == [
        ("ke_hoach", "ke_hoach", Fate.SAME, Decimal("2.00"), Decimal("2.00"), 0),
        ("dung_han", "dung_han_moi", Fate.OTHER_POINTS, Decimal("3.60"), Decimal("0.00"), 1),
        ("bao_cao", "bao_cao", Fate.SAME, Decimal("0.75"), Decimal("0.75"), 1),
        ("cong_thuc", "", Fate.GONE, Decimal("1.00"), None, 1),
        ("thuong", "thuong", Fate.SAME, Decimal("1.00"), Decimal("1.00"), 0),
    ]
    # Move: the same evidence and explanations under the new keys.
    changes = set_versions.migrate(profile, round_id, 2)
    assert {"rounds", "answers", "evidence_links", "tasks"} == set(changes.subjects)
    after = scoring.sheet(profile, round_id)
    assert after.score == move.after
    assert after.round.criteria_version == 2 and after.round.confirmation is None
    assert after.answer("dung_han_moi").explanation == "Một hồ sơ trễ vì mất điện."
    assert after.answer("ke_hoach").entry == {"option": "Đủ"}
    assert after.evidence_count == {"dung_han_moi": 1, "bao_cao": 1}
    assert after.score.rows["2.1.3"].state is RowState.OPEN
    assert [task.criteria for task in plan.plan(profile, round_id).tasks] == [("dung_han_moi",)]
    [piece] = evidence.all_evidence(profile, round_id)
    assert evidence.open_copy(profile, piece.id).read_bytes() == b"%PDF-1.7\n"
    assert set_versions.newer(profile, round_id) is None
    # One step, and it can be taken back whole: also the answer of the dropped row.
    assert render(history.can_undo(profile, round_id) or "") == "Chuyển sang bản 2 của bộ tiêu chí"
    history.undo(profile, round_id)
    assert state(profile) == untouched
    assert scoring.sheet(profile, round_id).score == before.score
    # Version 2 stays: redo may want it.
    with pytest.raises(KnownError) as fault:
        form_packs.remove(profile, PackKind.CRITERIA, PackRef(SET, 2))
    assert fault.value.code == "form_packs.in_use"
    history.redo(profile, round_id)
    assert scoring.sheet(profile, round_id).score == move.after
    assert profile.read(journal.verify_chain) is None and profile.read(journal.verify_rows) is None


def test_only_a_newer_installed_version_can_be_moved_to(profile: Profile, round_id: str) -> None:
    for number, code in ((1, "form_packs.no_newer"), (2, "formpack.pack_version_unknown")):
        for act in (set_versions.preview, set_versions.migrate):
            with pytest.raises(KnownError) as fault:
                act(profile, round_id, number)
            assert fault.value.code == code
            assert render(fault.value.message)


def test_a_failure_in_the_middle_leaves_the_round_as_it_was(
    profile: Profile, round_id: str, issuer: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(profile, round_id, tmp_path)
    form_packs.take(profile, issuer.signed("bản 2", reissued))
    before = state(profile)

    def fails(*_arguments: object) -> None:
        raise KnownError("store.disk_full", folder="x")

    monkeypatch.setattr(set_versions, "_move_tasks", fails)
    with pytest.raises(KnownError):
        set_versions.migrate(profile, round_id, 2)
    assert state(profile) == before


def test_what_was_typed_after_the_move_is_undone_first(
    profile: Profile, round_id: str, issuer: Office, tmp_path: Path
) -> None:
    fill(profile, round_id, tmp_path)
    before = state(profile)
    form_packs.take(profile, issuer.signed("bản 2", reissued))
    set_versions.migrate(profile, round_id, 2)
    scoring.set_answer(profile, round_id, "them", {"yes": True})
    history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).criteria.version == 2
    history.undo(profile, round_id)
    assert state(profile) == before
