"""A new year, a merger, the head's confirmation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.round import HeadConfirmation, Round
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.services import evidence, history, plan, rounds, scoring
from cchc_desktop.services.profile import Profile, create_profile, open_profile
from cchc_desktop.store import journal

CRITERIA, TEMPLATE = PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1)
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", head=Person("Lê Đình Khải", "Chủ tịch"))
HEAD = HeadConfirmation("Lê Đình Khải", "Chủ tịch", date(2026, 11, 30), Decimal("2.35"))


def unit(name: str) -> Unit:
    return replace(UNIT, name=name, code=name.upper())


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    with create_profile(data_folder, UNIT, 2026, CRITERIA, TEMPLATE) as made:
        yield made


@pytest.fixture
def first(profile: Profile) -> Round:
    return rounds.rounds(profile)[0]


def old_profile(folder: Path, name: str, year: int) -> tuple[Path, Path]:
    """A closed profile with answers, plan and evidence; its folder and the evidence's source."""
    with create_profile(folder / name, unit(name), year, CRITERIA, TEMPLATE) as made:
        round_id = rounds.rounds(made)[0].id
        scoring.set_answer(made, round_id, "ke_hoach_hoan_thanh", {"numerator": "27", "denominator": "30"})
        scoring.set_explanation(made, round_id, "ke_hoach_ban_hanh", f"Giải trình của {name}")
        _changes, task = plan.add_task(
            made, round_id, "direction", title=f"Nhiệm vụ của {name}", cost=Decimal("1.5")
        )
        plan.set_text(made, round_id, "purpose", f"Mục đích của {name}")
        plan.add_target(made, round_id, "direction", title="Chỉ tiêu")
        plan.set_issue(made, round_id, PlanIssue("1/KH", date(year, 1, 15)))
        source = folder / f"{name}.pdf"
        source.write_bytes(b"%PDF-1.7\n" + name.encode())
        links = (EvidenceLink(LinkKind.ROW, "ke_hoach_ban_hanh"), EvidenceLink(LinkKind.TASK, task.id))
        evidence.add(made, round_id, source, EvidenceRecord(number="1/QĐ"), links)
        rounds.confirm(made, round_id, HEAD)
    return folder / name, source


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_year_starts_with_last_year_s_unit_and_nothing_else(profile: Profile, first: Round) -> None:
    scoring.set_explanation(profile, first.id, "ke_hoach_ban_hanh", "năm cũ")
    changed = replace(UNIT, head=Person("Người mới", "Chủ tịch"))
    rounds.update_unit(profile, first.id, changed)
    rounds.set_exclusions(profile, first.id, ["a", "a", "b"])
    changes, new = rounds.start_year(profile, 2027, first.id, CRITERIA, TEMPLATE)
    assert changes.round_id == new.id
    assert (new.year, new.unit, new.exclusions, new.confirmation) == (2027, changed, ("a", "b"), None)
    assert scoring.sheet(profile, new.id).answers == {}
    assert [found.year for found in rounds.rounds(profile)] == [2027, 2026]
    rounds.update_unit(profile, new.id, UNIT)
    assert rounds.round_of(profile, first.id).unit == changed, "last year keeps its head"
    with pytest.raises(KnownError, match=r"rounds\.year_exists"):
        rounds.start_year(profile, 2027, first.id, CRITERIA, TEMPLATE)
    other_set = PackRef("khac", 1)
    assert rounds.start_year(profile, 2028, new.id, other_set, TEMPLATE)[1].exclusions == ()


def test_the_head_s_confirmation_falls_with_the_next_edit(profile: Profile, first: Round) -> None:
    rounds.confirm(profile, first.id, HEAD)
    assert rounds.round_of(profile, first.id).confirmation == HEAD
    changes = scoring.set_answer(
        profile, first.id, "ke_hoach_hoan_thanh", {"numerator": "1", "denominator": "2"}
    )
    assert changes.subjects == {"answers", "rounds"}
    assert rounds.round_of(profile, first.id).confirmation is None
    rounds.confirm(profile, first.id, HEAD)
    assert rounds.withdraw_confirmation(profile, first.id)
    assert rounds.round_of(profile, first.id).confirmation is None
    assert not rounds.withdraw_confirmation(profile, first.id)
    rounds.confirm(profile, first.id, HEAD)
    plan.set_text(profile, first.id, "purpose", "Kế hoạch không phải điểm tự chấm")
    assert rounds.round_of(profile, first.id).confirmation == HEAD


def test_a_merged_unit_takes_the_old_years_along_to_read(profile: Profile, tmp_path: Path) -> None:
    left, left_file = old_profile(tmp_path, "UBND xã A", 2025)
    right, right_file = old_profile(tmp_path, "UBND xã B", 2025)
    before = {
        path: path.read_bytes() for folder in (left, right) for path in folder.rglob("*") if path.is_file()
    }
    merged = unit("UBND xã AB")
    _changes, new = rounds.start_merged(profile, merged, 2027, CRITERIA, TEMPLATE, [left, right, left])
    after = {
        path: path.read_bytes() for folder in (left, right) for path in folder.rglob("*") if path.is_file()
    }
    assert after == before, "the old folders are only read"
    assert (new.year, new.unit, new.archived) == (2027, merged, False)
    found = rounds.rounds(profile)
    assert [(r.year, r.unit.name, r.archived) for r in found] == [
        (2027, "UBND xã AB", False),
        (2026, "UBND xã Ea Kao", False),
        (2025, "UBND xã B", True),
        (2025, "UBND xã A", True),
    ]
    for old, source in ((found[3], left_file), (found[2], right_file)):
        name = old.unit.name
        assert old.confirmation == HEAD
        sheet = scoring.sheet(profile, old.id)
        assert sheet.score.rows["1.1.4"].points == Decimal("1.35")
        assert sheet.answer("ke_hoach_ban_hanh").explanation == f"Giải trình của {name}"
        written = plan.plan(profile, old.id)
        (task,) = written.tasks
        assert (task.title, task.cost) == (f"Nhiệm vụ của {name}", Decimal("1.5"))
        assert written.texts == {"purpose": f"Mục đích của {name}"}
        assert written.issue == PlanIssue("1/KH", date(2025, 1, 15))
        assert len(written.targets) == 1
        (piece,) = evidence.all_evidence(profile, old.id)
        assert piece.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
        assert set(piece.links) == {
            EvidenceLink(LinkKind.ROW, "ke_hoach_ban_hanh"),
            EvidenceLink(LinkKind.TASK, task.id),
        }
        assert evidence.open_copy(profile, piece.id).read_bytes() == source.read_bytes()
        assert history.can_undo(profile, old.id) is None
        with pytest.raises(KnownError, match=r"rounds\.archived"):
            scoring.set_explanation(profile, old.id, "ke_hoach_ban_hanh", "sửa")
        with pytest.raises(KnownError, match=r"history\.nothing_to_undo"):
            history.undo(profile, old.id)
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None


def test_a_new_profile_can_begin_with_old_ones(tmp_path: Path) -> None:
    left, _ = old_profile(tmp_path, "UBND xã A", 2025)
    right, _ = old_profile(tmp_path, "UBND xã B", 2025)
    merged = unit("UBND xã AB")
    made = create_profile(tmp_path / "mới", merged, 2025, CRITERIA, TEMPLATE, old_folders=[left, right])
    with made:
        found = rounds.rounds(made)
        assert [(r.year, r.unit.name, r.archived) for r in found] == [
            (2025, "UBND xã AB", False),
            (2025, "UBND xã B", True),
            (2025, "UBND xã A", True),
        ]
        assert len(evidence.all_evidence(made, found[1].id)) == 1


def test_a_merger_in_mid_year_ends_the_old_unit_s_year(
    profile: Profile, first: Round, tmp_path: Path
) -> None:
    other, _ = old_profile(tmp_path, "UBND xã B", 2026)
    _changes, new = rounds.start_merged(profile, unit("UBND xã AB"), 2026, CRITERIA, TEMPLATE, [other])
    assert rounds.round_of(profile, first.id).archived
    assert not new.archived
    assert rounds.rounds(profile)[0] == new
    with pytest.raises(KnownError, match=r"rounds\.year_exists"):
        rounds.start_merged(profile, unit("UBND xã AB"), 2026, CRITERIA, TEMPLATE, [])


def test_a_merger_that_can_not_be_read_changes_nothing(profile: Profile, tmp_path: Path) -> None:
    folder, _source = old_profile(tmp_path, "UBND xã A", 2025)
    before = rounds.rounds(profile)

    def merge(*folders: Path) -> str:
        with pytest.raises(KnownError) as fault:
            rounds.start_merged(profile, unit("UBND xã AB"), 2027, CRITERIA, TEMPLATE, folders)
        assert rounds.rounds(profile) == before
        return fault.value.code

    assert merge(folder, tmp_path / "không có") == "store.no_profile"
    assert merge(profile.folder) == "rounds.own_folder"
    with open_profile(folder):
        assert merge(folder) == "store.locked"
    (stored,) = (path for path in (folder / "evidence").rglob("*") if path.is_file())
    content = stored.read_bytes()
    stored.write_bytes(content + b"x")
    assert merge(folder) == "evidence.file_changed"
    stored.unlink()
    assert merge(folder) == "evidence.file_missing"
