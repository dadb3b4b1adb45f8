"""The sample sets' workbooks: they compile to the installed packs, and come back as they were."""

from __future__ import annotations

import json
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cchc_desktop.domain.criteria import NodeType, ScoredBy
from cchc_desktop.formpack.compiler import compile_workbook, is_wanted
from cchc_desktop.formpack.criteria_codec import decode, encode
from cchc_desktop.formpack.workbook_writer import write_workbook
from cchc_desktop.intake.workbook import read_workbook

FORMS = Path(__file__).resolve().parents[2] / "forms" / "criteria"
NAMES = ["xa-mau-2026", "so-mau-2026"]


@pytest.mark.parametrize("name", NAMES)
def test_workbook_compiles_to_the_installed_pack_without_a_warning(name: str) -> None:
    begin = time.process_time()
    found = compile_workbook(read_workbook(FORMS / f"{name}.xlsx", is_wanted))
    assert time.process_time() - begin <= 1
    assert (found.errors, found.warnings) == ((), ())
    assert found.criteria is not None
    assert encode(found.criteria) == (FORMS / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_export_gives_the_workbook_again_byte_for_byte(name: str) -> None:
    criteria = decode((FORMS / f"{name}.json").read_bytes())
    assert write_workbook(criteria) == (FORMS / f"{name}.xlsx").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_rows_sources_and_scorers(name: str) -> None:
    criteria = decode((FORMS / f"{name}.json").read_bytes())
    assert len(criteria.rows) == 56
    assert len({case.case for case in criteria.tests}) == 2
    for node in criteria.nodes:
        if node.type is NodeType.ROW:
            assert node.source.startswith(("Có nguồn", "Mẫu hoặc chỉ tiêu có nguồn", "Tái dựng")), node.code
            assert node.evidence, node.code
    appraised = [node.code for node in criteria.rows if node.scored_by is ScoredBy.APPRAISER]
    assert appraised == (["8.1"] if name.startswith("xa") else ["8.1", "8.2"])


def test_what_an_official_reads_holds_no_notes_of_ours() -> None:
    for name in NAMES:
        text = (FORMS / f"{name}.json").read_text(encoding="utf-8")
        for stray in ("seed", "sửa được", "<=", ">=", "pattern", "memory", "github", "snapshot"):
            assert stray not in text.lower(), stray


@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_reads_the_same_cells(name: str) -> None:
    """The workbook seen by the library: headers, codes as text, a floor as a percent cell."""
    book = openpyxl.load_workbook(FORMS / f"{name}.xlsx", read_only=False)
    assert book.sheetnames == [
        *("Thông tin", "Tiêu chí", "Mức điểm", "Xếp loại"),
        *("Nhóm loại trừ", "Đổi khóa", "Kiểm thử"),
    ]
    sheet = book["Tiêu chí"]
    codes = [cell.value for cell in sheet["B"][1:] if cell.value is not None]
    assert all(isinstance(code, str) for code in codes)
    pack = json.loads((FORMS / f"{name}.json").read_bytes())
    assert codes == [node["code"] for node in pack["nodes"]]
    maxima = [cell.value for cell in sheet["E"][1 : len(codes) + 1]]
    assert [float(value) for value in maxima] == [float(node["max_points"]) for node in pack["nodes"]]
    with zipfile.ZipFile(FORMS / f"{name}.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_libreoffice_opens_it_and_what_it_saves_compiles_to_the_same(tmp_path: Path) -> None:
    """An office opens the book in its own program and saves it: the same set comes out."""
    source = FORMS / "xa-mau-2026.xlsx"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    found = compile_workbook(read_workbook(tmp_path / source.name, is_wanted))
    assert found.errors == ()
    assert found.criteria is not None
    assert encode(found.criteria) == (FORMS / "xa-mau-2026.json").read_bytes()
