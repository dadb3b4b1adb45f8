"""`cchc score`: the JSON contract, exit codes, and every way to name a set."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Answer, run
from tests.formpack.books import book_bytes, small_book

FORMS = Path(__file__).resolve().parents[2] / "forms" / "criteria"
Capture = pytest.CaptureFixture[str]


def answers_file(folder: Path, content: Any) -> Path:
    path = folder / "số liệu.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def score(capsys: Capture, tmp_path: Path, named: object, content: Any, *more: str) -> Answer:
    return run(capsys, "score", named, "--answers", answers_file(tmp_path, content), *more)


def test_json_of_a_partly_filled_commune(capsys: Capture, tmp_path: Path) -> None:
    content = {
        "answers": {
            "3.3.1": {"numerator": 2847, "denominator": "2913"},
            "7.2": {"numerator": 1, "denominator": 8},
            "6.4": {"numerator": 0, "denominator": 0},
            "6.1": {"numerator": 0, "denominator": 0},
            "8.1": None,
            "9.1": {"count": 3},
        }
    }
    answer = score(capsys, tmp_path, "xa-mau-2026", content, "--json")
    assert (answer.code, answer.err) == (0, "")
    found = answer.json
    assert list(found) == ["rows", "sections", "total", "errors"]
    assert found["rows"]["3.3.1"] == {
        "points": "4.89",
        "max": "5",
        "state": "scored",
        "explanation": ("2.847 : 2.913 = 97,73%, đạt ngưỡng 95% nên được 2.847 : 2.913 × 5 = 4,89 điểm."),
    }
    assert (found["rows"]["7.2"]["points"], found["rows"]["6.4"]["points"]) == ("0.42", "1.00")
    assert (found["rows"]["6.1"]["points"], found["rows"]["6.1"]["state"]) == (None, "not_applicable")
    assert (found["rows"]["8.1"]["points"], found["rows"]["8.1"]["state"]) == (None, "open")
    assert (found["rows"]["9.1"]["points"], found["rows"]["9.2"]["points"]) == ("2.00", "0.00")
    assert len(found["rows"]) == 61
    assert set(found["sections"]["6"]) == {"points", "max", "applicable_max"}
    assert [Decimal(found["sections"]["6"][k]) for k in ("points", "max", "applicable_max")] == [1, 8, 5]
    total = found["total"]
    assert set(total) == {
        *("points", "max", "applicable_max", "self_points", "self_max", "index", "bonus", "penalty"),
        *("final", "class", "class_provisional", "open_rows", "open_points"),
    }
    # 4.89 + 0.42 + 1 = 6.31 of 97; 6.31/97 = 6.505 %, plus 2
    assert (total["points"], total["index"], total["bonus"], total["final"]) == (
        "6.31",
        "6.51",
        "2.00",
        "8.51",
    )
    assert (Decimal(total["applicable_max"]), Decimal(total["self_max"])) == (97, 85)
    assert (total["class"], total["class_provisional"], total["open_rows"]) == ("Yếu", True, 52)
    # 97 less the 5 + 2 + 1 points of the scored rows
    assert Decimal(total["open_points"]) == 89
    assert found["errors"] == []


@pytest.mark.parametrize("named", ["xa-mau-2026", "xa-mau-2026@1", "workbook", "pack"])
def test_every_way_to_name_a_set_gives_the_same(capsys: Capture, tmp_path: Path, named: str) -> None:
    named = {"workbook": str(FORMS / "xa-mau-2026.xlsx"), "pack": str(FORMS / "xa-mau-2026.json")}.get(
        named, named
    )
    content = {"answers": {"1.2.1": {"count": 1}}}
    answer = score(capsys, tmp_path, named, content, "--json")
    assert answer.code == 0
    assert answer.json["rows"]["1.2.1"]["points"] == "0.75"


def test_an_exclusion_group(capsys: Capture, tmp_path: Path) -> None:
    content = {"answers": {"3.4.1": {"numerator": 5, "denominator": 4}}, "exclusions": ["khong_co_tthc"]}
    answer = score(capsys, tmp_path, "so-mau-2026", content, "--json")
    assert answer.code == 0
    assert answer.json["rows"]["3.4.1"]["state"] == "excluded"
    assert Decimal(answer.json["total"]["applicable_max"]) == 65
    assert Decimal(answer.json["sections"]["3"]["applicable_max"]) == 0


def test_answer_errors_end_with_1_and_the_whole_object(capsys: Capture, tmp_path: Path) -> None:
    content = (
        '{"answers": {"1.1.1": {"option": "Đúng hẹn"}, "1.2.1": {"count": 1.5}, "8.1": {"percent": 1e3},'
        ' "5.4": {"counts": {"Phê bình": 1}}, "9.9": {"count": 1},'
        ' "1.7": {"yes": true}, "1.7": {"yes": false},'
        ' "1.1.4": {"numerator": 41, "denominator": 40}, "6.3": {"items": ["A"]}}, "exclusions": ["x"]}'
    )
    answer = score(capsys, tmp_path, "xa-mau-2026", content, "--json")
    assert answer.code == 1
    assert {(error["code"], error["field"]) for error in answer.json["errors"]} == {
        ("1.1.1", "option"),
        ("1.2.1", "count"),
        ("8.1", "percent"),
        ("5.4", "counts.Phê bình"),
        ("9.9", ""),
        ("1.7", ""),
        ("1.1.4", "numerator"),
        ("6.3", "items"),
        ("x", "exclusions"),
    }
    for code in ("1.1.1", "1.2.1", "8.1", "5.4", "1.7", "1.1.4", "6.3"):
        assert (answer.json["rows"][code]["state"], answer.json["rows"][code]["points"]) == ("error", None)
    assert answer.json["total"]["open_rows"] == 56
    assert len(answer.err.splitlines()) == len(answer.json["errors"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "không phải json",
        "[]",
        '{"answers": []}',
        '{"answer": {}}',
        '{"exclusions": "x"}',
        "{" * 9,
        "\ud83d"[:0],
    ],
)
def test_files_that_are_no_answers(capsys: Capture, tmp_path: Path, content: str) -> None:
    answer = score(capsys, tmp_path, "xa-mau-2026", content, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "số liệu.json" in answer.err


def test_an_empty_file_of_answers_leaves_everything_open(capsys: Capture, tmp_path: Path) -> None:
    answer = score(capsys, tmp_path, "xa-mau-2026", {"answers": {}}, "--json")
    assert (answer.code, answer.json["total"]["open_rows"]) == (0, 56)


@pytest.mark.parametrize(
    "named", ["khong-co", "xa-mau-2026@7", "xa-mau-2026@x", "khong/co.xlsx", "khong.json"]
)
def test_sets_that_are_not_there(capsys: Capture, tmp_path: Path, named: str) -> None:
    answer = score(capsys, tmp_path, named, {"answers": {}}, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count(".") >= 1


def test_missing_answers_and_bad_calls(capsys: Capture, tmp_path: Path) -> None:
    answer = run(capsys, "score", "xa-mau-2026", "--answers", tmp_path / "không có.json")
    assert (answer.code, answer.out) == (2, "")
    assert "không có.json" in answer.err
    assert run(capsys, "score", "xa-mau-2026").code == 2
    bare = run(capsys, "score")
    assert bare.code == 2
    assert bare.err.casefold().count("cách dùng") == 1


def test_a_workbook_that_does_not_compile(capsys: Capture, tmp_path: Path) -> None:
    book = small_book()
    book["Tiêu chí"][2][4] = "hai"
    path = tmp_path / "bộ.xlsx"
    path.write_bytes(book_bytes(book))
    answer = score(capsys, tmp_path, path, {"answers": {}}, "--json")
    assert answer.code == 1
    assert answer.json == {
        "errors": [
            {
                "code": "not_a_number",
                "sheet": "Tiêu chí",
                "cell": "E3",
                "found": "hai",
                "message": (
                    '"hai" không phải là số. Nhập số như 1,5 hoặc 1.5, không có dấu phân cách hàng nghìn.'
                ),
            }
        ]
    }
    assert "Tiêu chí, ô E3" in answer.err


def test_for_people(capsys: Capture, tmp_path: Path) -> None:
    answer = score(capsys, tmp_path, "xa-mau-2026", {"answers": {"1.2.1": {"count": 1}}})
    assert answer.code == 0
    assert "1.2.1 Đủ số lượng, đúng hạn: 0,75/1." in answer.out
    assert "1 - 1 × 0,25 = 0,75 điểm" in answer.out
    assert "Còn 55 dòng chưa chấm, 99 điểm" in answer.out
    assert "Xếp loại tạm tính: Yếu" in answer.out
