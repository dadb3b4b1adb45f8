"""`cchc export … --format`: one document into a folder, without a key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.services import packs, rounds
from cchc_desktop.services.profile import create_profile
from tests.cli.commands import run
from tests.documents.reading import flowing
from tests.documents.sample import COMMUNE


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "du-lieu"
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    with create_profile(folder, COMMUNE, 2026, criteria, template) as made:
        assert rounds.rounds(made)[0].year == 2026
    return folder


@pytest.mark.parametrize(
    ("what", "ending", "name"),
    [
        ("plan", "pdf", "ke-hoach-cchc-2026-EA-KAO.pdf"),
        ("decision", "docx", "quyet-dinh-ke-hoach-cchc-2026-EA-KAO.docx"),
        ("letter", "pdf", "cong-van-gui-ke-hoach-cchc-2026-EA-KAO.pdf"),
        ("tasks", "xlsx", "nhiem-vu-cchc-2026-EA-KAO.xlsx"),
        ("selfscore", "xlsx", "tu-cham-diem-cchc-2026-EA-KAO.xlsx"),
    ],
)
def test_one_document(
    what: str, ending: str, name: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--what", what, "--year", "2026", "--to", tmp_path, "--format", ending)
    told = run(capsys, "export", *words, data=data)
    assert (told.code, told.out.strip()) == (0, str(tmp_path / name))
    assert (tmp_path / name).stat().st_size > 5_000
    if what == "letter":
        assert "V/v gửi Kế hoạch" in flowing(tmp_path / name)
    assert list(tmp_path.glob("*.asice")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--what", "tasks", "--year", "2026"), "thêm --format"),
        (("--what", "letter", "--year", "2026", "--format", "xlsx"), "pdf, docx"),
        (("--what", "plan", "--year", "2026", "--format", "pdf", "--plan-kind", "five_year"), "five_year"),
        (("--what", "plan", "--year", "2025", "--format", "pdf"), "2026"),
    ],
)
def test_what_there_is_not_is_said(
    words: tuple[str, ...], said: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(capsys, "export", *words, "--to", tmp_path, data=data)
    assert told.code == 2
    assert said in told.err
    assert told.out == ""


def test_the_workbook_of_a_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "mau.xlsx"
    assert run(capsys, "forms", "new-document", book, data=tmp_path).code == 0
    told = run(capsys, "forms", "check-document", book, data=tmp_path)
    assert (told.code, told.err) == (0, "")
    assert "van-ban-don-vi" in told.out
