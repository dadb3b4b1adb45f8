"""Decision, letter, every kind of plan: what each carries and who signs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.documents.plan_documents import as_issued
from cchc_desktop.documents.plan_names import file_stem, subject
from cchc_desktop.domain.document_template import (
    PlanDocument,
)
from cchc_desktop.domain.plan import PlanForm, PlanIssue, PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person, Unit
from tests.documents.plan_papers import ISSUED, five_years, pdf, record, source
from tests.documents.reading import flowing, pieces
from tests.documents.sample import COMMUNE, DEPARTMENT


def in_order(text: str, parts: Sequence[str]) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is not behind {parts[: parts.index(part)]}"
        at = found + len(part)


def test_a_decision_carries_its_plan_and_signs_once(tmp_path: Path) -> None:
    text = flowing(pdf(tmp_path, PlanDocument.DECISION, source()))
    in_order(
        text,
        [
            "Số: 05/QĐ-UBND",
            "Ea Kao, ngày 05 tháng 02 năm 2026",
            "QUYẾT ĐỊNH Về việc ban hành Kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao",
            "ỦY BAN NHÂN DÂN XÃ EA KAO Căn cứ Luật Tổ chức chính quyền địa phương;",
            "QUYẾT ĐỊNH: Điều 1. Ban hành kèm theo Quyết định này",
            "Điều 2.",
            "Điều 3.",
            "thi hành Quyết định này./.",
            "- Như Điều 3;",
            "- Lưu: VT, VP.",
            "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
            "Nguyễn Văn Hòa",
            "KẾ HOẠCH Cải cách hành chính năm 2026",
            "(Ban hành kèm theo Quyết định số 05/QĐ-UBND ngày 05/02/2026 của Ủy ban nhân dân xã Ea Kao)",
            "I. MỤC ĐÍCH, YÊU CẦU",
            "đôn đốc./.",
            "DANH MỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026",
            "(Kèm theo Kế hoạch ban hành theo Quyết định số 05/QĐ-UBND ngày 05/02/2026",
        ],
    )
    assert text.count("Nguyễn Văn Hòa") == 1
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert text.count("Căn cứ Nghị quyết số 76/NQ-CP.") == 1
    assert "KH-UBND" not in text


def test_articles_begin_in_bold(tmp_path: Path) -> None:
    found = pieces(pdf(tmp_path, PlanDocument.DECISION, source()))
    beginnings = [
        piece for piece in found if piece.text.startswith("Điều ") and piece.page == 1 and piece.bold
    ]
    assert [piece.text[:7] for piece in beginnings] == ["Điều 1.", "Điều 2.", "Điều 3."]


def test_a_department_decides_by_its_head_and_leaves_room_for_number_and_date(tmp_path: Path) -> None:
    made = source(DEPARTMENT, PlanIssue(form=PlanForm.DECISION))
    path = pdf(tmp_path, PlanDocument.DECISION, made)
    text = flowing(path)
    in_order(text, ["Số: /QĐ-SGDĐT", "ngày tháng năm 2026", "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO Căn cứ"])
    assert "(Ban hành kèm theo Quyết định số /QĐ-SGDĐT ngày / /2026 của Sở Giáo dục và Đào tạo)" in text
    number = next(piece for piece in pieces(path) if piece.text.startswith("Số:"))
    assert number.width > 75, "room for the number to be written in by hand"


def test_a_plan_issued_by_itself_has_no_decision_number(tmp_path: Path) -> None:
    made = source(issue=PlanIssue("5", date(2026, 2, 5)))
    assert as_issued(made).title.startswith("Kế hoạch")
    assert as_issued(source()).title.startswith("Quyết định")
    text = flowing(pdf(tmp_path, PlanDocument.DECISION, made))
    assert "Số: /QĐ-UBND" in text
    assert "05/" not in text.replace("05/KH", "")


@pytest.mark.parametrize(
    ("unit", "kind", "day", "expected"),
    [
        (COMMUNE, PlanKind.YEARLY, date(2026, 2, 6), "Ủy ban nhân dân tỉnh Đắk Lắk (qua Sở Nội vụ)"),
        (
            COMMUNE,
            PlanKind.COMPETITIVENESS,
            date(2026, 2, 6),
            "Ủy ban nhân dân tỉnh Đắk Lắk (qua Sở Tài chính)",
        ),
        (DEPARTMENT, PlanKind.COMPETITIVENESS, date(2025, 2, 28), "(qua Sở Kế hoạch và Đầu tư)"),
        (DEPARTMENT, PlanKind.COMPETITIVENESS, date(2025, 3, 1), "(qua Sở Tài chính)"),
        (
            replace(COMMUNE, superior="UBND huyện Krông Pắc"),
            PlanKind.YEARLY,
            date(2025, 2, 28),
            "Ủy ban nhân dân huyện Krông Pắc (qua Phòng Nội vụ)",
        ),
    ],
)
def test_the_letter_goes_where_the_routing_of_its_day_says(
    unit: Unit, kind: PlanKind, day: date, expected: str, tmp_path: Path
) -> None:
    issue = replace(ISSUED, letter_on=day)
    made = source(unit, issue, record(kind, day.year, day.year))
    text = flowing(pdf(tmp_path, PlanDocument.LETTER, made))
    addressed = text[text.index("Kính gửi: ") :].partition(" đã ban hành")[0]
    assert expected.casefold() in addressed.casefold(), addressed


def test_the_letter_says_what_it_carries(tmp_path: Path) -> None:
    path = pdf(tmp_path, PlanDocument.LETTER, source())
    text = flowing(path)
    in_order(
        text,
        [
            "Số: 17/UBND-VP",
            "Kính gửi:",
            "đã ban hành Kế hoạch cải cách hành chính năm 2026 (Quyết định số 05/QĐ-UBND ngày 05/02/2026)",
            "gồm 04 chỉ tiêu và 06 nhiệm vụ.",
            "theo quy định./.",
            "- Như trên;",
            "- Lưu: VT, VP.",
        ],
    )
    assert "V/v gửi Kế hoạch cải cách" in text
    subjects = [piece for piece in pieces(path) if piece.text.startswith("V/v")]
    assert [(piece.size, piece.bold) for piece in subjects] == [(12, False)]


@pytest.mark.parametrize(
    ("of", "expected", "stem"),
    [
        (record(PlanKind.YEARLY, 2026, 2026), "cải cách hành chính năm 2026", "cchc-2026"),
        (record(PlanKind.COMPETITIVENESS, 2026, 2026), "nâng cao năng lực cạnh tranh năm 2026", "nlct-2026"),
        (
            record(PlanKind.FIVE_YEAR, 2026, 2030),
            "cải cách hành chính giai đoạn 2026 - 2030",
            "cchc-2026-2030",
        ),
        (
            record(PlanKind.PART_YEAR, 2025, 2025, date(2025, 7, 1)),
            "cải cách hành chính 06 tháng cuối năm 2025",
            "cchc-tu-2025-07-01",
        ),
        (
            record(PlanKind.PART_YEAR, 2025, 2025, date(2025, 10, 1)),
            "cải cách hành chính 03 tháng cuối năm 2025",
            "cchc-tu-2025-10-01",
        ),
        (
            record(PlanKind.PART_YEAR, 2025, 2025, date(2025, 7, 15)),
            "cải cách hành chính từ ngày 15/07/2025 đến hết năm 2025",
            "cchc-tu-2025-07-15",
        ),
        (
            record(PlanKind.INDICES, 2026, 2026),
            "nâng cao các Chỉ số PAR INDEX, PAPI, PCI năm 2026",
            "chi-so-2026",
        ),
    ],
)
def test_every_kind_of_plan_has_its_name(of: PlanRecord, expected: str, stem: str, tmp_path: Path) -> None:
    made = source(record=of)
    assert " ".join(subject(made.plan).split()) == expected
    assert file_stem(made.plan) == stem
    text = flowing(pdf(tmp_path, PlanDocument.PLAN, made))
    assert f"{expected[:1].upper()}{expected[1:]} của Ủy ban nhân dân xã Ea Kao" in text
    assert f"ban hành Kế hoạch {expected} với các nội dung sau:" in text
    assert f"DANH MỤC NHIỆM VỤ {expected.upper()}" in text


def test_a_five_year_plan_has_a_column_for_each_year(tmp_path: Path) -> None:
    text = flowing(pdf(tmp_path, PlanDocument.PLAN, five_years()))
    for year in range(2026, 2031):
        # In the targets of all; of the tasks' milestones every second.
        assert text.count(f"Mốc {year}") == 4 + (6 if year % 2 == 0 else 0)
        assert text.count(f"Năm {year}") >= 2, "a column in both tables"
    assert "Mục tiêu đến năm 2030" in text


@pytest.mark.parametrize(
    ("signs_as", "signer", "expected"),
    [
        (SignsAs.HEAD, Person(), "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"),
        (SignsAs.FOR_HEAD, Person(), "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (SignsAs.ACTING, Person(), "TM. ỦY BAN NHÂN DÂN Q. CHỦ TỊCH"),
        (SignsAs.BY_ORDER, Person("Y Thu", "Chánh Văn phòng"), "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG"),
        (SignsAs.AUTHORISED, Person("Y Thu", "Trưởng phòng Kinh tế"), "TUQ. CHỦ TỊCH TRƯỞNG PHÒNG KINH TẾ"),
    ],
)
def test_who_signs_and_as_what_is_the_plans_own(
    signs_as: SignsAs, signer: Person, expected: str, tmp_path: Path
) -> None:
    made = source(issue=replace(ISSUED, signs_as=signs_as, signer=signer))
    for document in PlanDocument:
        text = flowing(pdf(tmp_path, document, made))
        assert expected in text
        name = signer.name or (COMMUNE.deputy if signs_as is SignsAs.FOR_HEAD else COMMUNE.head).name
        assert text.count(name) == 1
        assert ("TM." in text) is (signs_as not in (SignsAs.BY_ORDER, SignsAs.AUTHORISED))
