"""The score sheet on a real profile, against figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.marks import Mark
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import evidence, rounds, scoring
from cchc_desktop.services.profile import Profile, create_profile, open_profile

COMMUNE = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))
DEPARTMENT = (PackRef("so-mau-2026", 1), PackRef("ke-hoach-so", 1))


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    with create_profile(data_folder, unit, 2026, *COMMUNE) as made:
        yield made


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


ISSUED = "ke_hoach_ban_hanh"  # 1.1.1: 1 / 0,5 / 0
DONE = "ke_hoach_hoan_thanh"  # 1.1.4: max 1,5, 0 below 80 %
SATISFIED = "hai_long_sipas"  # 8.1: scored by the appraiser, 12


def test_nothing_is_scored_at_first(profile: Profile, round_id: str) -> None:
    sheet = scoring.sheet(profile, round_id)
    total = sheet.score.total
    assert (total.points, total.max_points, total.open_rows, total.open_points) == (0, 100, 56, 100)
    assert total.self_max == 88
    assert total.class_provisional
    assert sheet.answer(ISSUED).entry is None
    assert sheet.state_of(ISSUED) is Mark.OPEN
    assert sheet.state_of(SATISFIED) is Mark.WAITING


def test_answers_are_scored_and_kept(profile: Profile, round_id: str) -> None:
    changes = scoring.set_answer(profile, round_id, ISSUED, {"option": "Có ban hành, quá hạn"})
    assert changes.keys == (ISSUED,)
    scoring.set_answer(profile, round_id, DONE, {"numerator": Decimal(27), "denominator": "30"})
    profile.close()
    with open_profile(profile.folder) as again:
        sheet = scoring.sheet(again, round_id)
    # 27/30 = 90 %, above the floor of 80 %: 0,9 × 1,5 = 1,35. With the half point: 1,85.
    assert sheet.score.rows["1.1.1"].points == Decimal("0.5")
    assert sheet.score.rows["1.1.4"].points == Decimal("1.35")
    assert str(sheet.score.total.points) == "1.85"
    assert sheet.score.total.open_rows == 54
    assert sheet.score.total.open_points == Decimal("97.5")
    assert sheet.answers[DONE].entry == {"numerator": "27", "denominator": "30"}
    assert "1,35" in render(sheet.score.rows["1.1.4"].explanation)


def test_an_answer_taken_back_is_open_not_zero(profile: Profile, round_id: str) -> None:
    scoring.set_answer(profile, round_id, DONE, {"numerator": "0", "denominator": "30"})
    assert scoring.sheet(profile, round_id).score.rows["1.1.4"].points == 0
    scoring.set_answer(profile, round_id, DONE, {"numerator": None, "denominator": "30"})
    row = scoring.sheet(profile, round_id).score.rows["1.1.4"]
    assert (row.state, row.points) == (RowState.OPEN, None)
    scoring.set_answer(profile, round_id, DONE, {"numerator": None, "denominator": None})
    assert scoring.sheet(profile, round_id).answer(DONE).entry is None
    scoring.set_answer(profile, round_id, DONE, {"numerator": "30", "denominator": "30"})
    scoring.set_answer(profile, round_id, DONE, None)
    assert scoring.sheet(profile, round_id).score.total.open_rows == 56


def test_a_figure_that_can_not_be_right_is_kept_and_told(profile: Profile, round_id: str) -> None:
    scoring.set_answer(profile, round_id, DONE, {"numerator": "31", "denominator": "30"})
    sheet = scoring.sheet(profile, round_id)
    assert sheet.state_of(DONE) is Mark.ERROR
    assert sheet.answers[DONE].entry == {"numerator": "31", "denominator": "30"}
    assert sheet.score.total.points == 0
    assert [error.code for error in sheet.score.errors] == ["1.1.4"]


def test_marks_follow_evidence_and_explanation(profile: Profile, round_id: str, tmp_path: Path) -> None:
    def mark(key: str) -> Mark:
        return scoring.sheet(profile, round_id).state_of(key)

    scoring.set_answer(profile, round_id, ISSUED, {"option": 1})
    assert mark(ISSUED) is Mark.NO_EVIDENCE
    scoring.set_explanation(profile, round_id, ISSUED, "Bản giấy lưu tại Văn phòng")
    assert mark(ISSUED) is Mark.DONE
    scoring.set_explanation(profile, round_id, ISSUED, "  ")
    assert mark(ISSUED) is Mark.NO_EVIDENCE
    source = tmp_path / "kế hoạch.pdf"
    source.write_bytes(b"%PDF-1.7\n")
    _changes, piece = evidence.add(
        profile, round_id, source, EvidenceRecord(), [EvidenceLink(LinkKind.ROW, ISSUED)]
    )
    sheet = scoring.sheet(profile, round_id)
    assert sheet.evidence_count == {ISSUED: 1}
    assert sheet.state_of(ISSUED) is Mark.DONE
    scoring.set_answer(profile, round_id, ISSUED, {"option": 2})
    assert mark(ISSUED) is Mark.LOST
    scoring.set_answer(profile, round_id, "kiem_tra_xu_ly", {"not_applicable": True})
    assert mark("kiem_tra_xu_ly") is Mark.NOT_APPLICABLE
    evidence.remove(profile, [piece.id])
    assert mark(ISSUED) is Mark.NO_EVIDENCE


def test_what_the_unit_may_not_answer_is_refused(profile: Profile, round_id: str) -> None:
    with pytest.raises(KnownError) as fault:
        scoring.set_answer(profile, round_id, SATISFIED, {"percent": "90"})
    assert fault.value.code == "rounds.appraiser_row"
    assert "8.1" in render(fault.value.message)
    scoring.set_explanation(profile, round_id, SATISFIED, "Xã chưa nhận được kết quả")
    for key in ("chi_dao_dieu_hanh", "không_có"):
        with pytest.raises(KnownError, match=r"rounds\.no_such_row"):
            scoring.set_answer(profile, round_id, key, {"yes": True})


def test_a_unit_without_procedures_is_scored_on_the_rest(tmp_path: Path) -> None:
    unit = Unit(UnitKind.DEPARTMENT, "Sở Dân tộc và Tôn giáo", "SO-DTTG")
    with create_profile(tmp_path / "sở", unit, 2026, *DEPARTMENT) as profile:
        round_id = rounds.rounds(profile)[0].id
        rounds.set_exclusions(profile, round_id, ["khong_co_tthc"])
        total = scoring.sheet(profile, round_id).score.total
        # Section 3 has 18 points, 7.3 has 2,5 + 1,5 + 2, 7.5 has 1, 8.1 has 10: 35 are left out.
        assert total.applicable_max == 65
        assert total.max_points == 100


def test_a_set_that_is_not_installed_is_a_known_fault(tmp_path: Path) -> None:
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    with create_profile(tmp_path / "x", unit, 2026, PackRef("mat-roi", 3), COMMUNE[1]) as profile:
        with pytest.raises(KnownError) as fault:
            scoring.sheet(profile, rounds.rounds(profile)[0].id)
        assert render(fault.value.message)
