"""`cchc forms new` and `check --annotate`: the office works in Excel, and sees its errors there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.commands import run
from tests.formpack.books import book_bytes, small_book

Capture = pytest.CaptureFixture[str]
SHEETS = ["Thông tin", "Tiêu chí", "Mức điểm", "Xếp loại", "Nhóm loại trừ", "Đổi khóa", "Kiểm thử"]


def test_a_new_workbook_compiles_and_helps(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "sổ mới.xlsx"
    made = run(capsys, "forms", "new", path, "--year", 2027)
    assert (made.code, made.err) == (0, "")
    checked = run(capsys, "forms", "check", path, "--json").json
    assert (checked["errors"], checked["warnings"]) == ([], [])
    assert (checked["id"], checked["rows"]) == ("bo-tieu-chi-2027", 2)
    book = load_workbook(path)
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert sheet.freeze_panes in ("A2", "E2")
        for head in sheet[1]:
            assert head.comment is not None and head.comment.text, (sheet.title, head.value)
    settings, criteria = book["Thông tin"], book["Tiêu chí"]
    keys = {row[0].value: row[0].comment for row in settings.iter_rows(min_row=2, max_row=15)}
    assert len(keys) == 14 and all(keys.values())
    heads = {str(head.value): head.column_letter for head in criteria[1]}
    assert all(criteria[f"{heads['Mã']}{row}"].number_format == "@" for row in (2, 60, 500))
    lists = {str(area) for check in criteria.data_validations.dataValidation for area in check.sqref.ranges}
    assert {f"{heads[name]}2:{heads[name]}5001" for name in ("Loại", "Cách chấm", "Người chấm")} <= lists
    again = run(capsys, "forms", "new", path)
    assert again.code == 2 and "sổ mới.xlsx" in again.err
    assert run(capsys, "forms", "new", tmp_path / "b.xlsx", "--year", 1066).code == 2
    same = tmp_path / "nữa.xlsx"
    run(capsys, "forms", "new", same, "--year", 2027)
    assert same.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_libreoffice_opens_the_new_workbook(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    run(capsys, "forms", "new", path, "--year", 2027)
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "bo-tieu-chi-2027" in (tmp_path / "so.csv").read_text("utf-8")


def test_errors_stand_in_a_copy_where_the_office_works(capsys: Capture, tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    def edit(book: object) -> None:
        book["Tiêu chí"]["E2"].comment = Comment("Của Sở", "Lan")  # type: ignore[index]

    sheets = small_book()
    sheets["Tiêu chí"][1][4] = 7
    sheets["Tiêu chí"][2][1] = 1.1
    sheets.pop("Kiểm thử")
    path, copy = tmp_path / "sổ.xlsx", tmp_path / "sổ có ghi chú.xlsx"
    path.write_bytes(book_bytes(sheets, edit))
    before = path.read_bytes()
    answer = run(capsys, "forms", "check", path, "--annotate", copy)
    assert answer.code == 1
    assert "Đã ghi" in answer.err
    assert path.read_bytes() == before
    book = load_workbook(copy)
    criteria = book["Tiêu chí"]
    code = criteria["B3"]
    assert code.comment is not None and code.comment.text.startswith("Lỗi: ")
    assert code.fill.fgColor.rgb == "00FADEDB"
    assert code.value == 1.1
    found = run(capsys, "forms", "check", path, "--json").json["errors"]
    for error in found:
        cell = book[error["sheet"]][error["cell"]]
        assert cell.comment is not None and error["message"] in cell.comment.text
    # The missing sheet of tests is a warning; it stands on the first cell of the first sheet.
    first = book["Thông tin"]["A1"].comment
    assert first is not None and first.text.startswith("Lưu ý: Kiểm thử")
    untouched = [cell for row in criteria.iter_rows() for cell in row if cell.comment is None]
    assert len(untouched) > 50


def test_a_comment_of_the_office_stays_above_ours(capsys: Capture, tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    sheets = small_book()
    sheets["Tiêu chí"][1][4] = 7
    path, copy = tmp_path / "sổ.xlsx", tmp_path / "bản sao.xlsx"

    def edit(book: object) -> None:
        book["Tiêu chí"]["E2"].comment = Comment("Của Sở", "Lan")  # type: ignore[index]

    path.write_bytes(book_bytes(sheets, edit))
    run(capsys, "forms", "check", path, "--annotate", copy)
    comment = load_workbook(copy)["Tiêu chí"]["E2"].comment
    assert comment is not None and comment.text.startswith("Của Sở\n\nLỗi: ")


def test_the_original_is_never_overwritten_and_a_merged_head_bears_its_note(
    capsys: Capture, tmp_path: Path
) -> None:
    sheets = small_book()
    sheets["Tiêu chí"][1][4] = 7
    path = tmp_path / "sổ.xlsx"
    path.write_bytes(book_bytes(sheets, lambda book: book["Tiêu chí"].merge_cells("D2:E2")))
    before = path.read_bytes()
    answer = run(capsys, "forms", "check", path, "--annotate", path)
    assert answer.code == 2 and path.read_bytes() == before
    copy = tmp_path / "bản sao.xlsx"
    assert run(capsys, "forms", "check", path, "--annotate", copy).code == 1
    notes = [cell.coordinate for row in load_workbook(copy)["Tiêu chí"] for cell in row if cell.comment]
    assert notes and "E2" not in notes
