"""`cchc forms draft`: the workbook that an office goes on with in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]
HEAD = ("STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm", "Tài liệu kiểm chứng")
ROWS = (
    ("1", "Chỉ đạo, điều hành", "4", "", ""),
    ("1.1", "Ban hành kế hoạch", "2", "- Đúng hạn: 2 điểm;\n- Chậm: 1 điểm;\n- Không: 0 điểm.", "Kế hoạch"),
    ("1.2", "Sáng kiến", "2", "Do Hội đồng của tỉnh quyết định.", "Quyết định"),
)


@pytest.fixture
def appendix(tmp_path: Path) -> Path:
    document = Document()
    table = document.add_table(rows=0, cols=len(HEAD))
    for values in (HEAD, *ROWS):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    path = tmp_path / "phụ lục.docx"
    document.save(str(path))
    return path


def test_a_draft_explains_its_columns_and_what_is_left_to_do(
    capsys: Capture, tmp_path: Path, appendix: Path
) -> None:
    path = tmp_path / "sổ.xlsx"
    assert run(capsys, "forms", "draft", appendix, "-o", path).code == 0
    book = load_workbook(path)
    for name in ("Thông tin", "Tiêu chí", "Mức điểm", "Xếp loại", "Kiểm thử"):
        for head in book[name][1]:
            assert head.comment is not None and head.comment.text, (name, head.value)
    assert all(row[0].comment is not None for row in book["Thông tin"].iter_rows(min_row=2))
    found = run(capsys, "forms", "check", path, "--json").json
    places = {(one["sheet"], one["cell"]): one["message"] for one in found["errors"]}
    assert 'Khóa "id"' in places["Thông tin", "B2"]
    assert ("Tiêu chí", "F4") in places  # 1.2 has no rule
    assert [(w["code"], w["cell"]) for w in found["warnings"] if w["sheet"] == "Tiêu chí"] == [
        ("review_left", "G4")
    ]


def test_a_draft_never_writes_over_a_workbook(capsys: Capture, tmp_path: Path, appendix: Path) -> None:
    path = tmp_path / "sổ.xlsx"
    path.write_bytes(b"hours of work")
    again = run(capsys, "forms", "draft", appendix, "-o", path)
    assert again.code == 2 and "sổ.xlsx" in again.err
    assert path.read_bytes() == b"hours of work"
