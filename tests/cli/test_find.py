"""`cchc find`: lines with year, kind, place and title, or one JSON object; exit 1 where nothing was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.services import plan, rounds, scoring
from cchc_desktop.services.profile import create_profile
from tests.cli.commands import run

PACKS = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))
AREA = "A Công tác chỉ đạo, điều hành cải cách hành chính"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    with create_profile(
        folder, Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO"), 2026, *PACKS
    ) as profile:
        first = rounds.rounds(profile)[0].id
        plan.add_task(profile, first, "direction", title="Đối thoại già làng")
        scoring.set_explanation(profile, first, "ke_hoach_hoan_thanh", "Hỏi già làng")
        _changes, later = rounds.start_year(profile, 2027, first, *PACKS)
        for number in (1, 2):
            plan.add_task(profile, later.id, "direction", title=f"Thăm già làng lần {number}")
    return folder


def test_lines_of_all_years(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "find", "gia", "lang", data=data)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        f"2027 | Nhiệm vụ | {AREA} | Thăm già làng lần 1",
        f"2027 | Nhiệm vụ | {AREA} | Thăm già làng lần 2",
        f"2026 | Nhiệm vụ | {AREA} | Đối thoại già làng",
        "2026 | Tiêu chí | 1.1 Kế hoạch CCHC năm | 1.1.4 Mức độ hoàn thành kế hoạch",
    ]


def test_what_is_left_out_is_counted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "find", "tham gia lang", "--most", "1", data=data)
    assert answer.code == 0 and len(answer.out.splitlines()) == 1
    assert answer.err.strip() == "Còn 1 kết quả về nhiệm vụ, gõ thêm từ để thu hẹp"


def test_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "find", "doi thoai gia lang", "--json", data=data).json
    (year,) = found["years"]
    assert (found["total"], year["year"], year["archived"]) == (1, 2026, False)
    ((hit,),) = (kind["hits"] for kind in year["kinds"])
    assert (year["kinds"][0]["kind"], hit["title"], hit["place"]) == ("task", "Đối thoại già làng", AREA)


def test_nothing_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "find", "khong co gi nhu the", "--json", data=data)
    assert (answer.code, answer.json) == (1, {"total": 0, "years": []})
    assert "“khong co gi nhu the”" in answer.err
