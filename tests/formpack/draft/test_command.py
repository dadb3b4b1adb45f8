"""`cchc forms draft`: the workbooks it writes, what it says, and that the compiler takes them on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE
from cchc_desktop.cli.entry import start
from cchc_desktop.services.criteria_files import open_workbook

HEADER = ("STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm", "Tài liệu kiểm chứng")
ROWS = (
    ("1", "CHỈ ĐẠO ĐIỀU HÀNH", "3", "", ""),
    ("1.1", "Ban hành kế hoạch", "1", "- Đúng hạn: 1 điểm\n- Chậm: 0,5 điểm\n- Không: 0 điểm", "Kế hoạch"),
    ("1.2", "Hoàn thành kế hoạch", "2", "Điểm = (số việc xong/tổng số việc) x 2", "Báo cáo"),
    ("2", "THỦ TỤC HÀNH CHÍNH", "5", "", ""),
    ("2.1", "Đúng hạn", "4", "Mỗi hồ sơ trễ hạn trừ 0,5 điểm", "Số liệu"),
)


def word(path: Path, *tables: tuple[tuple[str, ...], ...]) -> Path:
    document = Document()
    for number, rows in enumerate(tables, start=1):
        document.add_paragraph(f"Phụ lục {'I' * number}")
        document.add_paragraph(f"BỘ TIÊU CHÍ SỐ {number}")
        table = document.add_table(0, len(HEADER))
        for texts in (HEADER, *rows):
            for cell, said in zip(table.add_row().cells, texts, strict=True):
                cell.text = said
    document.save(str(path))
    return path


def cchc(*words: str | Path) -> int:
    return start([str(word) for word in words], lambda *_: 0, lambda *_: [], lambda *_: 0)


def cells(path: Path, sheet: str) -> list[dict[str, object]]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:] if any(row)]


def test_a_draft_holds_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "dự thảo.xlsx"
    assert cchc("forms", "draft", word(tmp_path / "phụ lục.docx", ROWS), "-o", target) == DONE
    rows = cells(target, "Tiêu chí")
    assert [(row["Mã"], row["Mã in"], row["Loại"], row["Điểm tối đa"]) for row in rows] == [
        ("1", "1", "section", 3),
        ("1.1", "1.1", "row", 1),
        ("1.2", "1.2", "row", 2),
        ("2", "2", "section", 5),
        ("2.1", "2.1", "row", 4),
    ]
    assert [row["Cách chấm"] for row in rows] == [None, "choice", "ratio_linear", None, "deduction_count"]
    assert rows[1]["Minh chứng"] == "Kế hoạch"
    assert rows[1]["Nguồn"] == "phụ lục.docx, bảng 1, hàng 3"
    assert [row["Cần xem"] for row in rows[:3]] == [None, None, None]
    said = capsys.readouterr().out
    assert "Tổng điểm không khớp: 1 chỗ" in said
    assert "Mã 2 THỦ TỤC HÀNH CHÍNH: văn bản ghi 5 điểm, các dòng bên dưới cộng lại là 4 điểm." in said
    notes = [row["Nội dung"] for row in cells(target, "_Ghi chú")]
    assert any("văn bản ghi 5 điểm" in str(note) for note in notes)
    assert "văn bản ghi 5 điểm" in str(rows[3]["Cần xem"])


def test_the_compiler_takes_the_draft_once_its_settings_are_filled(tmp_path: Path) -> None:
    target = tmp_path / "dt.xlsx"
    assert cchc("forms", "draft", word(tmp_path / "pl.docx", ROWS[:3]), "-o", target) == DONE
    book = load_workbook(target)
    settings = {"id": "thu", "year": 2026, "unit_kinds": "commune", "effective_from": "2026-01-01"}
    for row in book["Thông tin"].iter_rows(min_row=2):
        if row[0].value in settings:
            row[1].value = settings[row[0].value]
    book.save(target)
    opened = open_workbook(target)
    assert opened.errors == ()
    assert opened.criteria is not None
    assert [node.code for node in opened.criteria.nodes] == ["1", "1.1", "1.2"]
    assert opened.criteria.total_max == 3
    assert opened.criteria.title == "BỘ TIÊU CHÍ SỐ 1"


def test_codes_are_text_cells(tmp_path: Path) -> None:
    target = tmp_path / "dt.xlsx"
    assert cchc("forms", "draft", word(tmp_path / "pl.docx", ROWS), "-o", target) == DONE
    sheet = load_workbook(target)["Tiêu chí"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Mã")
    assert {(type(sheet.cell(n, column).value), sheet.cell(n, column).number_format) for n in (2, 3)} == {
        (str, "@")
    }


def test_each_appendix_has_its_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = word(tmp_path / "pl.docx", ROWS, ROWS[:3], ROWS[3:])
    target = tmp_path / "ra.xlsx"
    assert cchc("forms", "draft", source, "-o", target, "--json") == DONE
    written = json.loads(capsys.readouterr().out)["drafts"]
    assert [Path(one["workbook"]).name for one in written] == ["ra.xlsx", "ra-2.xlsx", "ra-3.xlsx"]
    assert [one["title"] for one in written] == [f"BỘ TIÊU CHÍ SỐ {n}" for n in (1, 2, 3)]
    assert [one["criteria"] for one in written] == [5, 3, 2]
    assert [len(cells(Path(one["workbook"]), "Tiêu chí")) for one in written] == [5, 3, 2]


def test_an_excel_appendix(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UBND TỈNH X"])
    sheet.append(["BỘ TIÊU CHÍ"])
    sheet.append(HEADER)
    for code, name, points, rule, evidence in ROWS:
        sheet.append([code, name, float(points), rule, evidence])
    sheet["C4"] = "=SUM(C5:C6)"
    book.save(tmp_path / "pl.xlsx")
    assert cchc("forms", "draft", tmp_path / "pl.xlsx", "-o", tmp_path / "ra.xlsx") == DONE
    rows = cells(tmp_path / "ra.xlsx", "Tiêu chí")
    assert [row["Mã"] for row in rows] == ["1", "1.1", "1.2", "2", "2.1"]
    assert "công thức Excel" in str(rows[0]["Cần xem"])
    assert rows[1]["Nguồn"] == "pl.xlsx, sheet Sheet, hàng 5"


def test_it_never_writes_over_the_appendix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (HEADER, *ROWS):
        book.active.append(row)
    path = tmp_path / "pl.xlsx"
    book.save(path)
    before = path.read_bytes()
    assert cchc("forms", "draft", path, "-o", path) == UNUSABLE
    assert "trùng với tệp phụ lục pl.xlsx" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_what_it_can_not_do_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = word(tmp_path / "pl.docx", ROWS)
    assert cchc("forms", "draft", source, "-o", tmp_path / "ra.docx") == UNUSABLE
    assert "phải có đuôi .xlsx" in capsys.readouterr().err
    assert cchc("forms", "draft", tmp_path / "không có.docx", "-o", tmp_path / "ra.xlsx") == UNUSABLE
    assert "Không tìm thấy tệp không có.docx" in capsys.readouterr().err
    assert cchc("forms", "draft", tmp_path, "-o", tmp_path / "ra.xlsx") == UNUSABLE
    assert "là thư mục" in capsys.readouterr().err
    assert cchc("forms", "draft", word(tmp_path / "rỗng.docx"), "-o", tmp_path / "ra.xlsx") == ANSWER_IS_NO
    assert "Không thấy bảng tiêu chí nào trong rỗng.docx" in capsys.readouterr().err


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = (("1", "A", "1", "", ""), ("1.1", "=1+1", "1", '=HYPERLINK("x")', "=2"))
    target = tmp_path / "ra.xlsx"
    assert cchc("forms", "draft", word(tmp_path / "pl.docx", rows), "-o", target) == DONE
    row = cells(target, "Tiêu chí")[1]
    assert (row["Tên"], row["Minh chứng"]) == ("=1+1", "=2")
    sheet = load_workbook(target)["Tiêu chí"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} <= {"s", "n"}
