"""Decision with the plan attached, the letter, every kind of plan, and the office's own template."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import DOCUMENTS, as_issued
from cchc_desktop.documents.plan_names import file_stem, subject
from cchc_desktop.documents.plan_xlsx import write_plan_xlsx
from cchc_desktop.domain.document_layout import BOUNDS, Layout
from cchc_desktop.domain.document_template import (
    NEEDED,
    WORDINGS,
    DocumentTemplate,
    PlanDocument,
    template_faults,
    wording_faults,
)
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Milestone, PlanForm, PlanIssue, PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.routing import UnitRouting
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.formpack import registry
from cchc_desktop.language import render, standing
from tests.documents.reading import MM, flowing, pieces, words
from tests.documents.sample import COMMUNE, DEPARTMENT, plan_input, task

ISSUED = PlanIssue("5", date(2026, 2, 5), PlanForm.DECISION, letter_number="17", letter_on=date(2026, 2, 6))


def source(
    unit: Unit = COMMUNE, issue: PlanIssue = ISSUED, record: PlanRecord | None = None, tasks: int = 6
) -> PlanInput:
    made = plan_input(tuple(task(number) for number in range(tasks)), unit=unit, issue=issue)
    routing = UnitRouting(registry.routing(Path("/nowhere")), unit)
    return replace(made, plan=replace(made.plan, routing=routing, record=record))


def record(kind: PlanKind, first: int, last: int, starts_on: date | None = None) -> PlanRecord:
    return PlanRecord("p", "r", kind, PackRef("mau", 1), first, last, starts_on)


def pdf(folder: Path, document: PlanDocument, made: PlanInput) -> Path:
    path = folder / f"{document}.pdf"
    write_pdf(DOCUMENTS[document](made), path)
    return path


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


def five_years() -> PlanInput:
    made = source(record=record(PlanKind.FIVE_YEAR, 2026, 2030))
    steps = tuple(Milestone(year, f"Mốc {year}") for year in range(2026, 2031))
    tasks = tuple(replace(each, milestones=steps[::2]) for each in made.plan.tasks)
    targets = tuple(replace(each, milestones=steps) for each in made.plan.targets)
    return replace(made, plan=replace(made.plan, tasks=tasks, targets=targets))


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


# The office's own template


OWN = DocumentTemplate(
    "cua-so",
    1,
    "Mẫu riêng",
    (UnitKind.COMMUNE,),
    Layout(top=Decimal(25), left=Decimal(35), right=Decimal(20), body_size=Decimal(13), indent=Decimal(10)),
    {
        "plan.opening": "Ủy ban nhân dân xã ban hành kế hoạch {period}, giao các bộ phận thực hiện:",
        "letter.drafter": "VHXH",
        "plan.tasks_annex": "",
    },
    {PlanDocument.PLAN: ("letterhead", "title", "opening", "sections", "closing", "tasks")},
)


def test_the_sample_template_is_sound() -> None:
    assert template_faults(OWN) == ()


def test_own_words_and_margins_show_in_pdf_and_docx(tmp_path: Path) -> None:
    made = replace(source(issue=PlanIssue("5", date(2026, 2, 5))), template=OWN)
    path = pdf(tmp_path, PlanDocument.PLAN, made)
    text = flowing(path)
    opening = "Ủy ban nhân dân xã ban hành kế hoạch năm 2026, giao các bộ phận thực hiện:"
    assert opening in text
    assert "Căn cứ" not in text, "a part that the office left out"
    assert "Tổng số 06 nhiệm vụ" not in text, "a wording that the office left empty"
    pages, found = words(path)
    assert min(word.left for word in found) == pytest.approx(35 * MM, abs=0.6)
    portrait = [word for word in found if word.page == 1]
    assert max(word.right for word in portrait) == pytest.approx(pages[0].width - 20 * MM, abs=0.6)
    assert min(word.top for word in portrait) >= 25 * MM - 1
    ungiven = {piece.size for piece in pieces(path) if piece.text.startswith("Ủy ban nhân dân xã ban hành")}
    assert ungiven == {13}
    paper = tmp_path / "plan.docx"
    write_docx(paper, DOCUMENTS[PlanDocument.PLAN](made))
    read = docx.Document(str(paper))
    section = read.sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin)
    assert [round(side.mm, 1) for side in sides if side is not None] == [25.0, 35.0, 20.0]
    paragraphs = [paragraph for paragraph in read.paragraphs if paragraph.text == opening]
    assert len(paragraphs) == 1
    assert not any(paragraph.text.startswith("Căn cứ") for paragraph in read.paragraphs)


def test_the_letters_symbol_is_the_offices(tmp_path: Path) -> None:
    text = flowing(pdf(tmp_path, PlanDocument.LETTER, replace(source(), template=OWN)))
    assert "Số: 17/UBND-VHXH" in text


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("side", ["lowest", "highest"])
def test_values_outside_the_decree_are_refused_with_the_range(name: str, side: str) -> None:
    bounds = BOUNDS[name]
    edge = getattr(bounds, side)
    assert template_faults(replace(OWN, layout=replace(Layout(), **{name: edge}))) == ()
    beyond = edge + (Decimal("0.1") if side == "highest" else Decimal("-0.1"))
    (fault,) = template_faults(replace(OWN, layout=replace(Layout(), **{name: beyond})))
    told = render(fault)
    assert f"{bounds.lowest}".replace(".", ",") in told
    assert f"{bounds.highest}".replace(".", ",") in told


@pytest.mark.parametrize(
    ("wordings", "fault"),
    [
        ({"plan.opening": "Kế hoạch của {unit.__class__}"}, "unknown_placeholder"),
        ({"plan.opening": "Số {number}"}, "unknown_placeholder"),
        ({"plan.opening": "Mở { mà không đóng"}, "unknown_placeholder"),
        ({"plan.khong_co": "Câu"}, "unknown_wording"),
        ({"decision.articles": "  "}, "empty_wording"),
        ({"plan.opening": "a" * 4_001}, "long_wording"),
    ],
)
def test_words_that_the_program_does_not_know_are_refused(wordings: dict[str, str], fault: str) -> None:
    (found,) = template_faults(replace(OWN, wordings=wordings))
    assert found.id == f"document_template.{fault}"
    assert render(found)


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (("letterhead", "title", "sections", "closing", "bia"), "unknown_part"),
        (("letterhead", "title", "title", "sections", "closing"), "part_twice"),
        (("letterhead", "title", "sections"), "part_missing"),
        (("title", "letterhead", "sections", "closing"), "part_order"),
        (("letterhead", "title", "closing", "sections"), "part_order"),
    ],
)
def test_parts_that_make_no_document_are_refused(names: tuple[str, ...], fault: str) -> None:
    found = template_faults(replace(OWN, parts={PlanDocument.PLAN: names}))
    assert [one.id for one in found] == [f"document_template.{fault}"]
    assert all(render(one) for one in found)


def test_the_programs_own_words_keep_to_what_an_office_may_write() -> None:
    for key in WORDINGS:
        faults = wording_faults(key, standing(f"documents.{key}"))
        assert faults == [], key
    assert set(WORDINGS) >= NEEDED


# The workbook


def sheet_rows(path: Path, sheet: int) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_the_workbook_carries_the_tasks_and_on_its_second_sheet_the_targets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = source()
    write_plan_xlsx(path, made)
    rows = sheet_rows(path, 0)
    head = next(row for row in rows if row[0] == "TT")
    assert head == [
        *("TT", "Nhiệm vụ", "Kết quả, sản phẩm", "Chủ trì", "Phối hợp", "Thời gian hoàn thành"),
        *("Kinh phí (triệu đồng)", "Nguồn kinh phí", "Ghi chú"),
    ]
    tasks = [row for row in rows if isinstance(row[0], int)]
    assert len(tasks) == 6
    first = next(row for row in tasks if row[1] == "Nhiệm vụ đặt tên 001 về rà soát thủ tục")
    assert first[2:8] == [
        *("Báo cáo kết quả 001", "Phòng chủ trì 1", "Phòng Kinh tế", "30/06/2026"),
        *(10, "Ngân sách xã"),
    ]
    unpriced = next(row for row in tasks if row[1] == "Nhiệm vụ đặt tên 000 về rà soát thủ tục")
    assert unpriced[6] is None, "what nobody stated is no zero"
    targets = [row for row in sheet_rows(path, 1) if isinstance(row[0], int)]
    assert [row[1] for row in targets] == [f"Tỷ lệ hồ sơ đúng hạn nhóm {number}" for number in (0, 3, 1, 2)]
    assert targets[0][2:] == ["%", "97,2", "≥ 98", "Nghị quyết"]


def test_the_workbook_of_five_years_has_a_column_for_each(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_plan_xlsx(path, five_years())
    for sheet, at in ((0, 6), (1, 4)):
        rows = sheet_rows(path, sheet)
        head = next(row for row in rows if row[0] == "TT")
        assert head[at : at + 5] == [f"Năm {year}" for year in range(2026, 2031)]
        row = next(row for row in rows if isinstance(row[0], int))
        assert row[at] == "Mốc 2026"
        assert row[at + 4] == "Mốc 2030"


# Awkward data

LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng, công nghiệp và phát triển đô thị " * 3
AWKWARD = {
    "title": "Rà soát <b>mẫu</b> & \"trích dẫn\" 'đơn' / 12/2026\\n=1+1",
    "product": "=SUM(A1:A9)",
    "lead": unicodedata.normalize("NFD", 'H\'Yar Kbuôr/Phòng "Văn hóa - Xã hội"'),
    "coworkers": LONG,
}


def awkward() -> PlanInput:
    unit = replace(
        COMMUNE,
        name=unicodedata.normalize("NFD", 'UBND xã Cư M\'gar/Ea "Tul"'),
        head=Person(),
        deputy=Person(),
        place="Cư M'gar",
    )
    made = source(unit)
    tasks = tuple(replace(each, **AWKWARD) for each in made.plan.tasks)
    return replace(made, plan=replace(made.plan, tasks=tasks))


@pytest.mark.parametrize("document", PlanDocument)
def test_awkward_names_are_printed_as_they_are(document: PlanDocument, tmp_path: Path) -> None:
    made = awkward()
    path = pdf(tmp_path, document, made)
    text = flowing(path)
    assert 'xã Cư M\'gar/Ea "Tul"' in text
    assert unicodedata.is_normalized("NFC", text)
    assert "CHỦ TỊCH" in text, "the title stands although nobody is named"
    pages, found = words(path)
    for word in found:
        assert word.right <= pages[word.page - 1].width - 15 * MM + 0.5, word
        assert word.left >= 30 * MM - 0.5, word
    if document is not PlanDocument.LETTER:
        assert "<b>mẫu</b> & \"trích dẫn\" 'đơn'" in text
    paper = tmp_path / "a.docx"
    write_docx(paper, DOCUMENTS[document](made))
    everything = "\n".join(node.text or "" for node in docx.Document(str(paper)).element.iter() if node.text)
    assert 'Cư M\'gar/Ea "Tul"' in everything
    assert unicodedata.is_normalized("NFC", everything)


def test_awkward_cells_stay_text_in_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_plan_xlsx(path, awkward())
    book = openpyxl.load_workbook(path)
    rows = [row for row in book.worksheets[0].iter_rows() if isinstance(row[0].value, int)]
    assert len(rows) == 6
    for row in rows:
        assert row[1].value == AWKWARD["title"]
        assert (row[2].value, row[2].data_type) == ("=SUM(A1:A9)", "s")
        assert row[3].value == 'H\'Yar Kbuôr/Phòng "Văn hóa - Xã hội"'
        assert row[4].value == LONG.strip()


def test_a_plan_without_anything_still_prints(tmp_path: Path) -> None:
    made = source(issue=PlanIssue(), tasks=0)
    bare = replace(made, plan=replace(made.plan, targets=(), routing=None))
    for document in PlanDocument:
        text = flowing(pdf(tmp_path, document, bare))
        assert "DANH MỤC" not in text
    assert "Kính gửi: Ủy ban nhân dân tỉnh Đắk Lắk" in text
    write_plan_xlsx(tmp_path / "a.xlsx", bare)
    assert [row[0] for row in sheet_rows(tmp_path / "a.xlsx", 0)][-1] == "TT"
