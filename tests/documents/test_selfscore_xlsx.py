"""The self-score as a workbook: as openpyxl and LibreOffice read it back."""

from __future__ import annotations

import csv
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx
from cchc_desktop.documents.xlsx import MOST_CHARACTERS
from cchc_desktop.domain.answers import Answer
from tests.documents.reading import libreoffice, properties
from tests.documents.sample import ANSWERS, evidence, selfscore_input

# Code, maximum, points as worked out by hand; None: not scored.
ROWS = [
    ("1", "10", "9.1"),
    ("1.1", "2", "2"),
    ("1.2", "4", "3.6"),
    ("1.3", "4", "3.5"),
    ("2", "6", "2.5"),
    ("2.1", "4", "2.5"),
    ("2.1.1", "1", "1"),
    ("2.1.2", "3", "1.5"),
    ("2.2", "2", None),
    ("3", "4", "0"),
    ("3.1", "4", None),
    ("", "20", "11.6"),
    ("9.1", "2", "1"),
    ("9.2", "1", "0.75"),
]


def written(folder: Path, source: SelfScoreInput) -> Path:
    path = folder / "tu-cham.xlsx"
    write_selfscore_xlsx(path, source)
    return path


def test_figures_are_numbers_with_two_decimals_and_open_rows_are_empty(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, selfscore_input()))["Bảng tự chấm"]
    found = []
    for row in sheet.iter_rows(min_row=4):
        code, _, most, _, _, points, _, _ = row
        assert most.data_type == "n" and most.number_format == "#,##0.00"
        if points.value is not None:
            assert points.data_type == "n" and points.number_format == "#,##0.00"
        found.append((code.value or "", str(Decimal(str(most.value))), points.value))
    assert [(c, m, None if p is None else Decimal(str(p))) for c, m, p in found] == [
        (c, m, None if p is None else Decimal(p)) for c, m, p in ROWS
    ]


def test_print_setup_and_frozen_head(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(written(tmp_path, selfscore_input()))
    assert workbook.sheetnames == ["Bảng tự chấm", "Tổng hợp", "Tài liệu kiểm chứng"]
    sheet = workbook["Bảng tự chấm"]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert [sheet.cell(3, column).value for column in (1, 3, 6)] == ["Mã", "Điểm tối đa", "Điểm tự chấm"]


@pytest.mark.parametrize(
    "awkward",
    [
        '=HYPERLINK("http://x.vn","bấm")',
        "+1+1",
        "-1-1",
        "@SUM(A1)",
        "=1+1",
        "#REF!",
        "TRUE",
        "0123",
        "1.10",
        "\t=1+1",
        "{=1}",
    ],
)
def test_user_text_is_never_a_formula(tmp_path: Path, awkward: str) -> None:
    answers = {**ANSWERS, "c1_3": Answer({"count": "1"}, awkward)}
    files = (evidence(1, "c1_1", number=awkward, abstract=awkward, issuer=awkward),)
    path = written(tmp_path, selfscore_input(answers, files))
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    found = workbook["Bảng tự chấm"]
    (line,) = [row for row in found.iter_rows(min_row=4) if row[0].value == "1.3"]
    assert (line[7].value, line[7].data_type) == (awkward.strip(), "s")
    listed = next(workbook["Tài liệu kiểm chứng"].iter_rows(min_row=2))
    assert [cell.value for cell in listed[1:5:2]] == [awkward.strip()] * 2
    starts_formula = awkward.strip()[0] in "=+-@"
    assert bool(line[7].quotePrefix) is starts_formula
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name) and b"<f " not in archive.read(name)


def test_codes_stay_text(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, selfscore_input()))["Bảng tự chấm"]
    codes = [row[0] for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert all(cell.data_type == "s" for cell in codes)


def test_sections_and_figures_on_the_second_sheet(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, selfscore_input()))["Tổng hợp"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=6)]
    # Code, name, maximum, applicable, reached, open, lost: 10 − 9,1 = 0,9; 6 − 2,5 − 2 = 1,5; 4 − 0 − 4 = 0.
    assert rows == [
        ["1", "Chỉ đạo điều hành", 10, 10, 9.1, 0, 0.9],
        ["2", "Thủ tục hành chính", 6, 6, 2.5, 2, 1.5],
        ["3", "Tác động", 4, 4, 0, 4, 0],
        [None, "Tổng điểm (chưa gồm điểm thưởng, điểm phạt)", 20, 20, 11.6, 6, 2.4],
    ]
    words = [cell.value for row in sheet.iter_rows(min_row=7) for cell in row if cell.value]
    assert "Chưa xếp loại" in words and "11,85" in words and "58,00%" in words


def test_names_of_figures_stand_in_the_wide_column(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, selfscore_input()))["Tổng hợp"]
    figures = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=8)]
    assert figures[0] == ["TT", "Nội dung", "Giá trị"]
    assert [row[0] for row in figures[1:]] == list(range(1, len(figures)))
    for number, (_place, name, _value) in enumerate(figures[1:], 9):
        assert len(name) <= sheet.column_dimensions["B"].width
        assert sheet.row_dimensions[number].height < 20, f"{name} takes one line"


def test_awkward_and_long_texts_fit(tmp_path: Path) -> None:
    files = tuple(evidence(number, "c1_1", abstract="Kế hoạch rất dài " * 12) for number in range(300))
    answers = {**ANSWERS, "c1_3": Answer({"count": "1"}, "Ủy\x00 ban \x0b\x1f" + "dài " * 10_000)}
    workbook = openpyxl.load_workbook(written(tmp_path, selfscore_input(answers, files)))
    longest = max(
        len(str(cell.value or "")) for sheet in workbook for row in sheet.iter_rows() for cell in row
    )
    assert longest == MOST_CHARACTERS
    assert workbook["Tài liệu kiểm chứng"].max_row == 301
    heights = [row.height for row in workbook["Bảng tự chấm"].row_dimensions.values() if row.height]
    assert max(heights) <= 409


def test_same_input_gives_the_same_bytes_whatever_the_clock_says(tmp_path: Path) -> None:
    first = written(tmp_path, selfscore_input()).read_bytes()
    time.sleep(2.1)  # a zip archive keeps time in steps of two seconds
    assert written(tmp_path, selfscore_input()).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "tu-cham.xlsx") as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_libreoffice_opens_it_and_finds_the_same_figures(tmp_path: Path) -> None:
    answers = {**ANSWERS, "c1_3": Answer({"count": "1"}, "=1+1")}
    path = written(tmp_path, selfscore_input(answers))
    first_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,1"
    libreoffice(path, first_sheet, tmp_path)
    (table,) = tmp_path.glob("*.csv")
    with table.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    found = [(line[0], Decimal(line[2]), Decimal(line[5]) if line[5] else None) for line in lines[3:]]
    assert found == [(c, Decimal(m), None if p is None else Decimal(p)) for c, m, p in ROWS]
    (late,) = [line for line in lines if line[0] == "1.3"]
    assert late[7] == "=1+1"
    libreoffice(path, "pdf", tmp_path)
    assert properties(tmp_path / "tu-cham.pdf")["Page size"].startswith("841.89 x 595.3")
