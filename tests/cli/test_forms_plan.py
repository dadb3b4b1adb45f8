"""`cchc forms` with plan workbooks: the commands of criteria workbooks, found by what the workbook says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cchc_desktop.domain.pack import PackKind
from cchc_desktop.formpack.plan_vocabulary import PLAN_SETTING_KEYS, PLAN_SHEETS
from cchc_desktop.formpack.workbooks import compile_pack, is_wanted, kind_of
from cchc_desktop.intake.workbook import parse_workbook
from tests.cli.commands import run
from tests.formpack.books import Rows, book_bytes, small_book
from tests.formpack.plan_books import small_plan

FORMS = Path(__file__).resolve().parents[2] / "forms" / "plan"
Capture = pytest.CaptureFixture[str]


def save(
    folder: Path, change: Callable[[dict[str, Rows]], Any] = lambda book: None, name: str = "khung.xlsx"
) -> Path:
    book = small_plan()
    change(book)
    path = folder / name
    path.write_bytes(book_bytes(book))
    return path


def test_check_and_compile(capsys: Capture, tmp_path: Path) -> None:
    sound = run(capsys, "forms", "check", save(tmp_path))
    assert (sound.code, sound.err) == (0, "")
    assert "ke-hoach-thu phiên bản 2 dùng được: 2 nhiệm vụ, 2 chỉ tiêu" in sound.out
    found = run(capsys, "forms", "check", tmp_path / "khung.xlsx", "--json").json
    assert found == {
        "errors": [],
        "warnings": [],
        "id": "ke-hoach-thu",
        "version": 2,
        "kind": "yearly",
        "tasks": 2,
        "targets": 2,
    }
    wrong = run(capsys, "forms", "check", save(tmp_path, lambda b: b["Nhiệm vụ"][1].__setitem__(1, "xyz")))
    assert (wrong.code, wrong.out) == (1, "")
    assert "Nhiệm vụ, ô B2" in wrong.err
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert run(capsys, "forms", "compile", tmp_path / "khung.xlsx", "-o", first).code == 1
    assert not first.exists()
    for target in (first, second):
        assert run(capsys, "forms", "compile", save(tmp_path), "-o", target).code == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", sorted(path.stem for path in FORMS.glob("*.json")))
def test_export_and_compile_give_the_same_bytes(capsys: Capture, tmp_path: Path, name: str) -> None:
    book, pack = tmp_path / "ra.xlsx", tmp_path / "ra.json"
    assert run(capsys, "forms", "export", FORMS / f"{name}.json", book).code == 0
    assert run(capsys, "forms", "compile", book, "-o", pack).code == 0
    assert pack.read_bytes() == (FORMS / f"{name}.json").read_bytes()
    assert book.read_bytes() == (FORMS / f"{name}.xlsx").read_bytes()


def test_export_and_diff_by_installed_id(capsys: Capture, tmp_path: Path) -> None:
    book = tmp_path / "ra.xlsx"
    assert run(capsys, "forms", "export", "ke-hoach-xa@1", book).code == 0
    assert book.read_bytes() == (FORMS / "ke-hoach-xa-2026.xlsx").read_bytes()
    same = run(capsys, "forms", "diff", "ke-hoach-xa", book)
    assert (same.code, same.out.strip()) == (0, "Hai bộ giống nhau.")
    assert run(capsys, "forms", "export", "ke-hoach-xa@7", tmp_path / "b.xlsx").code == 2
    other = run(capsys, "forms", "diff", "ke-hoach-xa", "xa-mau-2026")
    assert (other.code, other.out) == (2, "")
    assert "cùng loại" in other.err
    scored = run(capsys, "score", "ke-hoach-xa", "--answers", tmp_path / "a.json")
    assert scored.code == 2
    assert "không phải là bộ tiêu chí" in scored.err


def test_diff_follows_keys_and_renames(capsys: Capture, tmp_path: Path) -> None:
    def reissued(book: dict[str, Rows]) -> None:
        book["Thông tin"][2][1] = 3
        book["Nhiệm vụ"][1][0] = "hop_moi"
        book["Nhiệm vụ"][2][5] = "Quý III"
        book["Đổi khóa"][1:] = [["hop_cu", "hop", 2], ["hop", "hop_moi", 3]]
        book["Chỉ tiêu"].pop()
        book["Chỉ tiêu"].append(["them", "chi_dao", "Thêm", "%", 90])
        book["Nơi nhận"].append(["Lưu: VP."])

    old, new = save(tmp_path, name="cũ.xlsx"), save(tmp_path, reissued, "mới.xlsx")
    answer = run(capsys, "forms", "diff", old, new, "--json")
    assert answer.code == 0, answer.err
    told = answer.json["changes"]
    assert [(one["kind"], one["key"]) for one in told] == [
        ("renamed", "hop_moi"),
        ("setting", "ra_soat"),
        ("added", "them"),
        ("dropped", "van_ban"),
        ("setting", "recipients"),
    ]
    assert told[1]["message"] == "Nhiệm vụ: Rà soát văn bản: đổi thời gian."


def test_a_new_workbook_compiles_and_helps(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "sổ mới.xlsx"
    made = run(capsys, "forms", "new", path, "--kind", "plan", "--year", 2027)
    assert (made.code, made.err) == (0, "")
    checked = run(capsys, "forms", "check", path, "--json").json
    assert (checked["errors"], checked["warnings"], checked["id"]) == ([], [], "ke-hoach-2027")
    book = load_workbook(path)
    assert book.sheetnames == [words.name for words in PLAN_SHEETS]
    for sheet in book.worksheets:
        for head in sheet[1]:
            assert head.comment is not None and head.comment.text, (sheet.title, head.value)
    keys = {row[0].value: row[0].comment for row in book["Thông tin"].iter_rows(min_row=2, max_row=10)}
    assert tuple(keys) == PLAN_SETTING_KEYS and all(keys.values())
    tasks = book["Nhiệm vụ"]
    due = next(head.column_letter for head in tasks[1] if head.value == "Thời gian")
    assert all(tasks[f"{due}{row}"].number_format == "@" for row in (2, 60, 500))
    assert run(capsys, "forms", "new", tmp_path / "b.xlsx", "--kind", "thơ").code == 2


def test_errors_stand_in_a_copy_where_the_office_works(capsys: Capture, tmp_path: Path) -> None:
    book = save(tmp_path, lambda b: b["Chỉ tiêu"][1].__setitem__(1, "xyz"))
    before = book.read_bytes()
    copy = tmp_path / "bản sao.xlsx"
    answer = run(capsys, "forms", "check", book, "--annotate", copy)
    assert answer.code == 1
    assert book.read_bytes() == before
    note = load_workbook(copy)["Chỉ tiêu"]["B2"].comment
    assert note is not None and "xyz" in note.text


def kind(sheets: dict[str, Rows]) -> PackKind:
    return kind_of(parse_workbook(book_bytes(sheets), "thu.xlsx", is_wanted))


def test_the_kind_is_what_the_workbook_says() -> None:
    plan, criteria = small_plan(), small_book()
    assert (kind(plan), kind(criteria)) == (PackKind.PLAN, PackKind.CRITERIA)
    assert kind(criteria | {"Nhiệm vụ": [["Việc của phòng"]]}) is PackKind.CRITERIA
    # without its setting `kind` the sheets say it, and the missing key is told
    plan["Thông tin"].pop(4)
    assert kind(plan) is PackKind.PLAN
    found = compile_pack(parse_workbook(book_bytes(plan), "thu.xlsx", is_wanted))
    assert [(error.code, error.sheet) for error in found.errors] == [("setting_missing", "Thông tin")]
    assert kind({"Thông tin": [["Khóa", "Giá trị"], ["kind", "kế hoạch năm"]]}) is PackKind.PLAN
    assert kind({"Trang 1": [["gì đó"]]}) is PackKind.CRITERIA


def test_list_says_which_kind_of_plan(capsys: Capture) -> None:
    found = {pack["id"]: pack["kind"] for pack in run(capsys, "forms", "list", "--json").json["plan"]}
    assert found["ke-hoach-xa"] == found["ke-hoach-so"] == "yearly"
    assert set(found.values()) == {"yearly", "competitiveness", "five_year", "part_year", "indices"}
