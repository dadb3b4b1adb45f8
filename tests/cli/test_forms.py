"""`cchc forms`: list, check, compile, diff, export."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import run
from tests.formpack.books import Rows, book_bytes, small_book

FORMS = Path(__file__).resolve().parents[2] / "forms" / "criteria"
Capture = pytest.CaptureFixture[str]


def save(
    folder: Path, change: Callable[[dict[str, Rows]], Any] = lambda book: None, name: str = "bộ.xlsx"
) -> Path:
    book = small_book()
    change(book)
    path = folder / name
    path.write_bytes(book_bytes(book))
    return path


def test_list(capsys: Capture) -> None:
    found = run(capsys, "forms", "list", "--json").json
    assert [(pack["id"], pack["version"]) for pack in found["criteria"]] == [
        ("so-mau-2026", 1),
        ("xa-mau-2026", 1),
    ]
    assert found["criteria"][1]["unit_kinds"] == ["commune"]
    assert len(found["plan"]) == 10
    shown = run(capsys, "forms", "list")
    assert shown.code == 0
    assert "xa-mau-2026 phiên bản 1" in shown.out


def test_packs_of_the_data_folder_are_installed(capsys: Capture, tmp_path: Path) -> None:
    data = tmp_path / "dữ liệu"
    (data / "forms" / "criteria").mkdir(parents=True)
    target = data / "forms" / "criteria" / "thu.json"
    assert run(capsys, "forms", "compile", save(tmp_path), "-o", target).code == 0
    (data / "forms" / "criteria" / "hỏng.json").write_text("{}")
    listed = run(capsys, "forms", "list", "--json", data=data).json
    assert ("thu-2026", 1) in [(pack["id"], pack["version"]) for pack in listed["criteria"]]
    answers = tmp_path / "a.json"
    answers.write_text('{"answers": {"1.1": {"option": 1}}}')
    scored = run(capsys, "score", "thu-2026", "--answers", answers, "--json", data=data)
    assert scored.json["rows"]["1.1"]["points"] == "2.00"


def test_check(capsys: Capture, tmp_path: Path) -> None:
    sound = run(capsys, "forms", "check", save(tmp_path))
    assert (sound.code, sound.err) == (0, "")
    assert "thu-2026 phiên bản 1 dùng được: 4 dòng, tổng 10 điểm" in sound.out
    wrong = run(capsys, "forms", "check", save(tmp_path, lambda b: b["Tiêu chí"][2].__setitem__(1, 1.1)))
    assert (wrong.code, wrong.out) == (1, "")
    assert "Tiêu chí, ô B3" in wrong.err
    told = run(capsys, "forms", "check", save(tmp_path, lambda b: b.pop("Kiểm thử")), "--json")
    assert told.code == 0
    assert (told.json["errors"], told.json["id"], told.json["rows"]) == ([], "thu-2026", 4)
    assert [(w["code"], w["sheet"]) for w in told.json["warnings"]] == [("tests_missing", "Kiểm thử")]


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2", b"PK\x03\x04hong", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_workbook_ends_with_2(capsys: Capture, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tệp.xlsx"
    path.write_bytes(content)
    for command in (("check", path), ("compile", path, "-o", tmp_path / "ra.json")):
        answer = run(capsys, "forms", *command)
        assert (answer.code, answer.out) == (2, "")
        assert "tệp.xlsx" in answer.err
    assert not (tmp_path / "ra.json").exists()


def test_compile_writes_the_same_bytes_and_nothing_with_errors(capsys: Capture, tmp_path: Path) -> None:
    target = tmp_path / "ra.json"
    answer = run(capsys, "forms", "compile", FORMS / "so-mau-2026.xlsx", "-o", target, "--json")
    assert (answer.code, answer.json["pack"], answer.json["errors"]) == (0, str(target), [])
    assert target.read_bytes() == (FORMS / "so-mau-2026.json").read_bytes()
    broken = save(tmp_path, lambda b: b["Tiêu chí"][1].__setitem__(4, 7))
    before = target.read_bytes()
    wrong = run(capsys, "forms", "compile", broken, "-o", target, "--json")
    assert (wrong.code, wrong.json["errors"][0]["cell"]) == (1, "E2")
    assert target.read_bytes() == before
    nowhere = run(capsys, "forms", "compile", save(tmp_path), "-o", tmp_path / "không có" / "ra.json")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".xlsx") == ["ra.json"]


def test_diff(capsys: Capture, tmp_path: Path) -> None:
    def reissued(book: dict[str, Rows]) -> None:
        book["Thông tin"][2][1] = 2
        criteria = book["Tiêu chí"]
        criteria[3][:5] = ["dung_han_moi", "1.3", "row", "Đúng hạn", 3]
        criteria[3][6] = "90%"
        criteria.insert(4, ["them", "1.4", "row", "Thêm", 1, "yes_no", *[None] * 4, "x"])
        del criteria[8]
        criteria[6][4] = criteria[5][4] = 1
        book["Thông tin"][7][1] = 7
        del book["Mức điểm"][3:]
        book["Đổi khóa"] = [
            ["Cũ", "Mới", "Từ phiên bản"],
            ["dung_han", "dung_han_moi", 2],
            ["cong_thuc", None, 2],
        ]
        book.pop("Kiểm thử")

    old, new = save(tmp_path, name="cũ.xlsx"), save(tmp_path, reissued, "mới.xlsx")
    answer = run(capsys, "forms", "diff", old, new, "--json")
    assert answer.code == 0, answer.err
    changes = [(change["kind"], change["key"]) for change in answer.json["changes"]]
    assert changes == [
        ("setting", "total_max"),
        ("renamed", "dung_han_moi"),
        ("renumbered", "dung_han_moi"),
        ("repointed", "dung_han_moi"),
        ("reruled", "dung_han_moi"),
        ("added", "them"),
        ("repointed", "muc_2"),
        ("repointed", "muc_21"),
        ("dropped", "cong_thuc"),
    ]
    told = {change["kind"]: change["message"] for change in answer.json["changes"]}
    assert "ngưỡng 80%" in told["reruled"]
    assert "ngưỡng 90%" in told["reruled"]
    same = run(capsys, "forms", "diff", "xa-mau-2026", FORMS / "xa-mau-2026.xlsx")
    assert (same.code, same.out.strip()) == (0, "Hai bộ giống nhau.")
    wrong = run(
        capsys, "forms", "diff", old, save(tmp_path, lambda b: b.pop("Tiêu chí"), "sai.xlsx"), "--json"
    )
    assert wrong.code == 1
    assert wrong.json["errors"][0]["code"] == "sheet_missing"


def test_export_gives_a_workbook_that_compiles_to_the_same_pack(capsys: Capture, tmp_path: Path) -> None:
    book, pack = tmp_path / "ra.xlsx", tmp_path / "ra.json"
    assert run(capsys, "forms", "export", "xa-mau-2026", book).code == 0
    assert run(capsys, "forms", "compile", book, "-o", pack).code == 0
    assert pack.read_bytes() == (FORMS / "xa-mau-2026.json").read_bytes()
    assert json.loads(pack.read_bytes())["id"] == "xa-mau-2026"


def test_bad_calls(capsys: Capture) -> None:
    for arguments in ((), ("magic",), ("check",), ("compile", "a.xlsx")):
        answer = run(capsys, "forms", *arguments)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err
