"""A drafted workbook against the truth, read with openpyxl alone, compared as the contract says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def plain(value: object) -> str:
    """NFC, NBSP to space, collapsed spaces, en dash to hyphen; capitals and a final stop do not count."""
    text = (
        unicodedata.normalize("NFC", "" if value is None else str(value))
        .replace("\u00a0", " ")
        .replace("–", "-")
    )
    return re.sub(r"\s+", " ", text).strip().casefold().rstrip(".;")


def number(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    text = str(value).strip().replace(",", ".")
    try:
        return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
    except InvalidOperation:
        return None


def code(value: object) -> str:
    return re.sub(r"[\s]+", "", plain(value)).strip(".):/")


def read_draft(path: Path) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]], list[str]]:
    """The criteria, their steps by key, and the notes."""
    book = load_workbook(path)
    criteria = _table(book["Tiêu chí"])
    steps: dict[str, list[dict[str, Any]]] = {}
    for line in _table(book["Mức điểm"]):
        steps.setdefault(line["Khóa"], []).append(line)
    notes = [str(row[1]) for row in book["_Ghi chú"].iter_rows(min_row=2, values_only=True)]
    return criteria, steps, notes


def _table(sheet: Any) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(v is not None for v in row)]


@dataclass
class Score:
    rows: int = 0
    codes: int = 0
    names: int = 0
    maxima: int = 0
    types: int = 0
    rules: int = 0
    right: int = 0
    right_marked: int = 0
    unknown: int = 0
    unknown_marked: int = 0
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in (
            "rows",
            "codes",
            "names",
            "maxima",
            "types",
            "rules",
            "right",
            "right_marked",
            "unknown",
            "unknown_marked",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.silent += other.silent
        self.wrong += other.wrong
        self.structure += other.structure

    @property
    def line(self) -> str:
        return (
            f"rows {self.rows}: codes {self.codes}, names {self.names}, maxima {self.maxima}, types"
            f" {self.types}; "
            f"rules {self.right}/{self.rules} ({self.right_marked} of them marked), no scale printed "
            f"{self.unknown_marked}/{self.unknown} marked; wrong and unmarked {len(self.silent)}"
        )


def compare(path: Path, truth: Mapping[str, Any], name: str) -> Score:
    """The draft against one truth, row by row in their order."""
    criteria, steps, notes = read_draft(path)
    score = Score()
    expected: Sequence[Mapping[str, Any]] = truth["rows"]
    if len(criteria) != len(expected):
        score.structure.append(f"{name}: {len(criteria)} rows for {len(expected)}")
    for place, row in enumerate(expected):
        got = criteria[place] if place < len(criteria) else {}
        at = f"{name} {row['code'] or row.get('path')} {row['label'][:40]}"
        _structure(score, row, got, at)
        if "rule" in row:
            _rule(score, row, got, steps.get(got.get("Khóa", ""), []), at)
    for check in truth.get("check", ()):
        wanted = (number(check["declared"]), number(check["sum"]))
        if not any(set(wanted) <= {number(f) for f in re.findall(r"\d+(?:,\d+)?", note)} for note in notes):
            score.structure.append(f"{name}: sum of {check['code']} not named")
    return score


def _structure(score: Score, row: Mapping[str, Any], got: Mapping[str, Any], at: str) -> None:
    score.rows += 1
    fine = code(got.get("Mã in")) == code(row["code"])
    if path := row.get("path"):
        fine = fine and code(got.get("Mã")) == code(path.replace("/", "."))
    elif row["code"] and re.fullmatch(r"[\d.]+", code(row["code"])) and not row.get("loose"):
        fine = fine and code(got.get("Mã")).endswith(code(row["code"]).rpartition(".")[2])
    score.codes += fine
    name_fine = plain(got.get("Tên")) == plain(row["label"])
    score.names += name_fine
    max_fine = number(got.get("Điểm tối đa")) == number(row["max"])
    score.maxima += max_fine
    score.types += got.get("Loại") == row["type"]
    if not (fine and name_fine and max_fine):
        found = (got.get("Mã"), got.get("Mã in"), got.get("Tên"), got.get("Điểm tối đa"))
        score.structure.append(f"{at}: {found} for {(row['code'], row.get('path'), row['max'])}")


def _rule(
    score: Score, row: Mapping[str, Any], got: Mapping[str, Any], steps: list[dict[str, Any]], at: str
) -> None:
    marked, kind = bool(got.get("Cần xem")), got.get("Cách chấm")
    truth = row["rule"]
    if truth["kind"] == "unknown":
        score.unknown += 1
        score.unknown_marked += marked
        if not marked:
            score.silent.append(f"{at}: {kind} for {row.get('rule_text')!r}")
        return
    score.rules += 1
    faults = rule_faults(truth, got, steps)
    if not faults:
        score.right += 1
        score.right_marked += marked
        return
    told = f"{at}: {faults} {row.get('rule_text')!r} review={got.get('Cần xem')!r}"
    score.wrong.append(told)
    if not marked:
        score.silent.append(told)


def rule_faults(truth: Mapping[str, Any], got: Mapping[str, Any], steps: list[dict[str, Any]]) -> list[str]:
    """In what the drafted rule differs; two options and yes_no are the same."""
    kind, wanted = got.get("Cách chấm"), truth["kind"]
    if not kind:
        return ["none"]
    two = {"yes_no", "choice"}
    pair = kind in two and wanted in two and (kind == "yes_no" or len(steps) == 2)
    if kind != wanted and not pair:
        return [f"{kind} for {wanted}"]
    faults: list[str] = []
    labelled = [(plain(s["Nhãn"]), number(s["Điểm"])) for s in steps]
    for part in ("options", "items"):
        wanted_steps = [(plain(o["label"]), number(o["points"])) for o in truth.get(part, ())]
        if wanted_steps and kind != "yes_no" and labelled != wanted_steps:
            faults.append(f"{part} {labelled}")
    if "bands" in truth:
        bands = {
            (str(s["Từ"]).startswith(">"), number(str(s["Từ"]).lstrip(">")), number(s["Điểm"])) for s in steps
        }
        if bands != {
            (b["from"].startswith(">"), number(b["from"].lstrip(">")), number(b["points"]))
            for b in truth["bands"]
        }:
            faults.append(f"bands {bands}")
    for part, header in (("numerator", "Tử số"), ("denominator", "Mẫu số")):
        if part in truth and plain(got.get(header)) != plain(truth[part]):
            faults.append(f"{part} {got.get(header)!r}")
    for part, header in (
        ("floor", "Ngưỡng"),
        ("target", "Mục tiêu"),
        ("per_unit", "Điểm mỗi lần"),
        ("scale", "Thang"),
    ):
        if part in truth and number(got.get(header)) != number(truth[part]):
            faults.append(f"{part} {got.get(header)!r}")
    if (
        kind == "deduction_count"
        and "unit" in truth
        and plain(got.get("Tên số liệu")) != plain(truth["unit"])
    ):
        faults.append(f"unit {got.get('Tên số liệu')!r}")
    if "formula" in truth and str(got.get("Công thức")).replace(" ", "") != truth["formula"].replace(" ", ""):
        faults.append(f"formula {got.get('Công thức')!r}")
    zero = truth.get("zero_denominator")
    if zero and got.get("Mẫu số bằng 0") != zero and got.get("Không áp dụng") != zero:
        faults.append("zero_denominator")
    if not zero and got.get("Mẫu số bằng 0"):
        faults.append("zero_denominator too much")
    if truth.get("not_applicable") and got.get("Không áp dụng") != truth["not_applicable"]:
        faults.append("not_applicable")
    if truth.get("scored_by") == "appraiser" and got.get("Người chấm") != "appraiser":
        faults.append("scored_by")
    return faults
