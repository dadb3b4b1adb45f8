"""Six offices' workbooks with their own sample answers; together every rule, policy and rounding edge.

The expected figures are worked out by hand in the `Kiểm thử` sheets; the program has to give exactly
them. Each list of criteria rows is: key, code, type, label, maximum, rule, then the named columns.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.rules.registry import RULES
from tests.cli.commands import run
from tests.formpack.books import Rows, book_bytes, compiled

HEAD = ["Khóa", "Mã", "Loại", "Tên", "Điểm tối đa", "Cách chấm"]
MORE = [
    *("Tử số", "Mẫu số", "Ngưỡng", "Mục tiêu", "Điểm mỗi lần", "Thang", "Công thức"),
    *("Cho vượt", "Mẫu số bằng 0", "Không áp dụng", "Người chấm", "Minh chứng"),
]


def line(key: str, code: str, kind: str, most: Any, rule: str | None = None, **columns: Any) -> list[Any]:
    return [key, code, kind, f"Tên {code}", most, rule, *(columns.get(name) for name in _NAMES)]


_NAMES = (
    *("numerator", "denominator", "floor", "target", "per_unit", "scale", "formula"),
    *("over", "zero", "na", "by", "evidence"),
)


def book(
    settings: dict[str, Any], criteria: Rows, steps: Rows, tests: Rows, **sheets: Rows
) -> dict[str, Rows]:
    base = {"version": 1, "title": "Bộ thử", "year": 2026, "unit_kinds": "xã", "effective_from": "2026-01-01"}
    return {
        "Thông tin": [["Khóa", "Giá trị"], *([key, value] for key, value in {**base, **settings}.items())],
        "Tiêu chí": [[*HEAD, *MORE], *criteria],
        "Mức điểm": [["Khóa", "Nhãn", "Từ", "Điểm"], *steps],
        "Kiểm thử": [["Trường hợp", "Mã", "Số liệu", "Giá trị"], *tests],
        **sheets,
    }


CLASSES: Rows = [["Nhãn", "Từ"], ["Đạt", 50], ["Xuất sắc", "90%"], ["Không đạt", 0]]

BOOKS: dict[str, dict[str, Rows]] = {
    # Ratios: 1/8 against 60 % of 3 points is 0.625; 335/1000 of 1 point is 0.335.
    "ratios": book(
        {"id": "ty-le", "total_max": "10,5"},
        [
            line("a", "1", "lĩnh vực", 10.5),
            line("a1", "1.1", "dòng", 3, "ratio_to_target", target="60%"),
            line("a2", "1.2", "dòng", 1, "tỷ lệ"),
            line("a3", "1.3", "dòng", 2, "ratio_threshold", floor=0.8, over="có"),
            line("a4", "1.4", "dòng", 4.5, "theo khoảng", over="x"),
        ],
        [["a4", None, ">100%", 4.5], ["a4", "Vừa", "66,67%", 2.125], ["a4", None, 0, 0]],
        [
            *(["A", "1.1", "numerator", 1], ["A", "1.1", "denominator", 8], ["A", "1.1", "points", 0.63]),
            *(
                ["A", "1.2", "numerator", 335],
                ["A", "1.2", "denominator", 1000],
                ["A", "1.2", "points", 0.34],
            ),
            *(["A", "1.3", "numerator", 4], ["A", "1.3", "denominator", 5], ["A", "1.3", "points", "1,6"]),
            # 2/3 is a hair below 66.67 %, so the lowest interval counts
            *(["A", "1.4", "numerator", 2], ["A", "1.4", "denominator", 3], ["A", "1.4", "points", 0]),
            # 0.63 + 0.34 + 1.60 = 2.57 of 10.5 = 24.476 %; × 0.105 = 2.5704
            *(["A", "TỔNG", "points", 2.57], ["A", "TỔNG", "index", 24.48], ["A", "TỔNG", "final", 2.57]),
            ["A", "TỔNG", "class", "Không đạt"],
            *(["B", "1.3", "numerator", 9], ["B", "1.3", "denominator", 5], ["B", "1.3", "points", 2]),
            *(
                ["B", "1.4", "numerator", "66,67"],
                ["B", "1.4", "denominator", 100],
                ["B", "1.4", "points", 2.13],
            ),
            *(["C", "1.4", "numerator", 101], ["C", "1.4", "denominator", 100], ["C", "1.4", "points", 4.5]),
            *(["D", "1.4", "numerator", 100], ["D", "1.4", "denominator", 100], ["D", "1.4", "points", 2.13]),
            *(["D", "1.2", "numerator", 6], ["D", "1.2", "denominator", 5], ["D", "1.2", "state", "error"]),
        ],
        **{"Xếp loại": CLASSES},
    ),
    # What happens when nothing arose, and when a row does not apply, by its own policy and the set's.
    "policies": book(
        {"id": "chinh-sach", "total_max": 12, "not_applicable": "zero"},
        [
            line("a", "I", "section", 12),
            line("a1", "I.1", "row", 2, "ratio_linear", zero="exclude", na="yes"),
            line("a2", "I.2", "row", 2, "ratio_linear", zero="full", na="rescale"),
            line("a3", "I.3", "row", 2, "ratio_linear", zero="zero", na="full"),
            line("a4", "I.4", "row", 2, "ratio_linear", na="zero"),
            line("a5", "I.5", "row", 4, "yes_no"),
        ],
        [],
        [
            *(
                [case, f"I.{n}", field, 0]
                for case in "A"
                for n in (1, 2, 3, 4)
                for field in ("numerator", "denominator")
            ),
            *(["A", "I.1", "state", "not_applicable"], ["A", "I.2", "points", 2], ["A", "I.3", "points", 0]),
            *(["A", "I.4", "state", "open"], ["A", "I.5", "yes", "có"]),
            # 0:0 takes I.1 out: 2 + 0 + 4 of 10
            *(["A", "TỔNG", "points", 6], ["A", "TỔNG", "index", 60], ["A", "TỔNG", "final", 7.2]),
            *(["B", f"I.{n}", "not_applicable", "x"] for n in (1, 2, 3, 4)),
            *(["B", "I.1", "points", 0], ["B", "I.2", "state", "not_applicable"], ["B", "I.3", "points", 2]),
            *(["B", "I.4", "points", 0], ["B", "I.5", "yes", "không"], ["B", "I.5", "points", 0]),
            # 0 + 2 + 0 + 0 of 2 + 2 + 2 + 4 = 10
            *(["B", "TỔNG", "index", 20], ["B", "TỔNG", "open_rows", 0], ["B", "TỔNG", "final", 2.4]),
            *(
                ["C", "I.5", "not_applicable", "x"],
                ["C", "I.5", "state", "error"],
                ["C", "TỔNG", "open_rows", 5],
            ),
        ],
    ),
    # Deductions, bonus and penalty with their caps, and the cap of the final score.
    "deductions": book(
        {"id": "tru-diem", "total_max": 5, "final_cap": 5.5},
        [
            line("a", "1", "section", 5),
            line("a1", "1.1", "row", 2, "trừ theo lần", per_unit="0,125"),
            line("a2", "1.2", "row", 3, "trừ theo loại"),
            line("t", "9.1", "thưởng", 1, per_unit=0.3),
            line("p", "9.2", "phạt", 2, per_unit=0.75),
        ],
        [["a2", "Nhẹ", None, 0.5], ["a2", "Nặng", None, 2]],
        [
            # 2 − 3 × 0.125 = 1.625 → 1.63; 3 − 1 × 0.5 − 1 × 2 = 0.5; 2.13 of 5 = 42.6 %
            *(["A", "1.1", "count", 3], ["A", "1.1", "points", 1.63]),
            *(["A", "1.2", "counts.Nhẹ", 1], ["A", "1.2", "counts.Nặng", 1], ["A", "1.2", "points", 0.5]),
            *(["A", "9.1", "count", 2], ["A", "9.1", "points", 0.6], ["A", "9.2", "count", 1]),
            *(["A", "TỔNG", "index", 42.6], ["A", "TỔNG", "final", 1.98]),
            # 5 + 1 (cap) = 6, cut at 5.5
            *(["B", "1.1", "count", 0], ["B", "1.2", "counts", None], ["B", "9.1", "count", 9]),
            *(["B", "9.1", "points", 1], ["B", "TỔNG", "final", 5.5], ["B", "TỔNG", "points", 5]),
            # 0 − 2 (cap), not below 0
            *(["C", "1.1", "count", 99], ["C", "1.2", "counts.Nặng", 9], ["C", "9.2", "count", 9]),
            *(["C", "TỔNG", "final", 0], ["C", "TỔNG", "points", 0]),
        ],
    ),
    # Options, items, a formula, figures from elsewhere, in a set with three decimals.
    "figures": book(
        {"id": "so-lieu", "total_max": 12, "decimals": 3},
        [
            line("a", "1", "section", 8),
            line("a1", "1.1", "row", 2, "chọn mức"),
            line("a2", "1.2", "row", 3, "cộng theo mục", per_unit=0.3335),
            line(
                "a3",
                "1.3",
                "row",
                3,
                "công thức",
                formula="if(tổng số > 0; min(đúng hạn / tổng số, 1); 1) * 3",
            ),
            line("b", "2", "section", 4),
            line("b1", "2.1", "row", 2, "external_score", scale=7),
            line("b2", "2.2", "row", 2, "khảo sát", by="thẩm định"),
        ],
        [
            *(["a1", "Tốt", None, 2], ["a1", "Khá", None, "1,2345"], ["a1", "Kém", None, 0]),
            *(["a2", "A", None, 2.5], ["a2", "B"], ["a2", "C"]),
            *(["a3", "đúng hạn"], ["a3", "tổng số"]),
        ],
        [
            *(["A", "1.1", "option", 2], ["A", "1.1", "points", 1.235]),
            *(["A", "1.2", "items", "B; C"], ["A", "1.2", "points", 0.667]),
            *(
                ["A", "1.3", "variables.đúng hạn", 2],
                ["A", "1.3", "variables.tổng số", 3],
                ["A", "1.3", "points", 2],
            ),
            *(["A", "2.1", "score", 5], ["A", "2.1", "points", 1.429], ["A", "2.2", "state", "open"]),
            # 1.235 + 0.667 + 2 + 1.429 = 5.331 of 12 = 44.425 %
            *(["A", "1", "points", 3.902], ["A", "TỔNG", "index", 44.425], ["A", "TỔNG", "open_rows", 1]),
            *(["B", "1.1", "option", "Tốt"], ["B", "1.2", "items", "A; B; C"], ["B", "1.2", "points", 3]),
            *(
                ["B", "1.3", "variables.đúng hạn", 0],
                ["B", "1.3", "variables.tổng số", 0],
                ["B", "1.3", "points", 3],
            ),
            *(["B", "2.2", "percent", 33.325], ["B", "2.2", "points", 0.667]),
            *(["C", "1.2", "items", None], ["C", "1.2", "points", 0], ["C", "1.1", "state", "open"]),
        ],
    ),
    # Exclusion groups, and classes by the rounded final.
    "exclusions": book(
        {"id": "loai-tru", "total_max": 100},
        [
            line("a", "1", "section", 40),
            line("aa", "1.1", "group", 30),
            line("a1", "1.1.1", "row", 10, "yes_no"),
            line("a2", "1.1.2", "row", 20, "ratio_linear"),
            line("a3", "1.2", "row", 10, "yes_no"),
            line("b", "2", "section", 60),
            line("b1", "2.1", "row", 60, "ratio_linear"),
        ],
        [],
        [
            *(["A", "LOẠI TRỪ", "id", "g1"], ["A", "1.1.1", "state", "excluded"], ["A", "1.1", "points", 0]),
            *(
                ["A", "1.2", "yes", "yes"],
                ["A", "2.1", "numerator", 89995],
                ["A", "2.1", "denominator", 100000],
            ),
            # 10 + 54.00 (53.997) of 70 = 91.43 %
            *(["A", "TỔNG", "points", 64], ["A", "TỔNG", "index", 91.43], ["A", "TỔNG", "class", "Xuất sắc"]),
            *(["B", "LOẠI TRỪ", "id", "g1"], ["B", "LOẠI TRỪ", "id", "g2"], ["B", "TỔNG", "index", None]),
            *(["B", "TỔNG", "class", None], ["B", "TỔNG", "final", None], ["B", "TỔNG", "open_rows", 0]),
            # 89.995 → 54.00 + 36 (not rounded further) = 90.00
            *(["C", "1.1.1", "yes", "x"], ["C", "1.1.2", "numerator", 8], ["C", "1.1.2", "denominator", 10]),
            *(
                ["C", "1.2", "yes", "x"],
                ["C", "2.1", "numerator", 89995],
                ["C", "2.1", "denominator", 100000],
            ),
            *(["C", "TỔNG", "final", 90], ["C", "TỔNG", "class", "Xuất sắc"]),
        ],
        **{
            "Nhóm loại trừ": [["Mã", "Nhãn", "Tiêu chí"], ["g1", "Một", "1.1"], ["g2", "Hai", "1; 2"]],
            "Xếp loại": CLASSES,
        },
    ),
    # Whole points only, a total that is not 100, and keys that were renamed.
    "whole": book(
        {"id": "tron", "version": 3, "total_max": 7, "decimals": 0},
        [
            line("a", "A", "section", 7),
            line("a1", "A.1", "row", 3, "ratio_linear"),
            line("a2", "A.2", "row", 4, "ratio_threshold", floor="62,5%"),
        ],
        [],
        [
            # 1.5 → 2; 2.5 → 3 (half up, not to even); 5 of 7 = 71.43 → 71; 71 × 0.07 = 4.97 → 5
            *(["A", "A.1", "numerator", 1], ["A", "A.1", "denominator", 2], ["A", "A.1", "points", 2]),
            *(["A", "A.2", "numerator", 5], ["A", "A.2", "denominator", 8], ["A", "A.2", "points", 3]),
            *(["A", "TỔNG", "points", 5], ["A", "TỔNG", "index", 71], ["A", "TỔNG", "final", 5]),
            *(["B", "A.2", "numerator", 624], ["B", "A.2", "denominator", 1000], ["B", "A.2", "points", 0]),
        ],
        **{"Đổi khóa": [["Cũ", "Mới", "Từ phiên bản"], ["cu", "a1", 2], ["bo", None, 3]]},
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_sample_answers_come_out_exactly(name: str) -> None:
    found = compiled(book_bytes(BOOKS[name]))
    assert [(e.code, e.sheet, e.cell, e.message.args) for e in found.errors] == []
    assert found.criteria is not None


@pytest.mark.parametrize("name", BOOKS)
def test_a_wrong_expectation_is_seen_in_every_book(name: str) -> None:
    """Each expected figure matters: with any of them off by a hundredth the book does not compile."""
    rows = BOOKS[name]["Kiểm thử"]
    for place, row in enumerate(rows[1:], start=1):
        if row[2] in ("points", "index", "final") and isinstance(row[3], int | float):
            changed = [list(other) for other in rows]
            changed[place][3] = row[3] + 0.01
            found = compiled(book_bytes({**BOOKS[name], "Kiểm thử": changed}))
            assert [(e.code, e.cell) for e in found.errors] == [("test_mismatch", f"D{place + 1}")]


def test_together_they_use_every_rule() -> None:
    used = set()
    for sheets in BOOKS.values():
        criteria = compiled(book_bytes(sheets)).criteria
        assert criteria is not None
        used |= {node.rule.kind for node in criteria.nodes if node.rule is not None}
    assert used == set(RULES)


def test_the_command_line_gives_the_totals_of_the_sheet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, answers = tmp_path / "tỷ lệ.xlsx", tmp_path / "a.json"
    path.write_bytes(book_bytes(BOOKS["ratios"]))
    figures = {"1.1": (1, 8), "1.2": (335, 1000), "1.3": (4, 5), "1.4": (2, 3)}
    content = {code: {"numerator": n, "denominator": d} for code, (n, d) in figures.items()}
    answers.write_text(json.dumps({"answers": content}))
    total = run(capsys, "score", path, "--answers", answers, "--json").json["total"]
    assert (total["points"], total["index"], total["final"], total["class"]) == (
        "2.57",
        "24.48",
        "2.57",
        "Không đạt",
    )
