"""Documents of a real profile with the installed form packs."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.plan import PlanForm, PlanIssue
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.services import document_templates, documents, form_packs, packs, plan, rounds, scoring
from cchc_desktop.services.profile import Profile, create_profile
from tests.documents.reading import flowing, page_texts

UNIT = Unit(
    UnitKind.COMMUNE,
    "UBND xã Ea Kao",
    "EA-KAO",
    superior="UBND tỉnh Đắk Lắk",
    place="Ea Kao",
    head=Person("Nguyễn Văn Hòa", "Chủ tịch UBND xã"),
)


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    with create_profile(data_folder, UNIT, 2026, criteria, template) as made:
        yield made


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


def test_plan_from_presets_says_each_task(profile: Profile, round_id: str, tmp_path: Path) -> None:
    presets = plan.untaken_presets(profile, round_id)
    plan.take_presets(profile, round_id, [preset.key for preset in presets])
    plan.set_issue(profile, round_id, PlanIssue("12", date(2026, 2, 10)))
    to = tmp_path / "ra" / "kế hoạch.pdf"
    to.parent.mkdir()
    assert documents.write_plan_pdf(profile, round_id, to) == to
    text = flowing(to)
    written = plan.plan(profile, round_id)
    assert len(written.tasks) >= 25
    for task in written.tasks:
        assert " ".join(task.title.split()) in text, task.title
    for target in written.targets:
        assert " ".join(target.title.split()) in text, target.title
    assert "Số: 12/KH-UBND" in text
    assert "Tiêu chí 1.1.1, 1.1.2, 1.1.3" in text
    assert "{" not in text and "}" not in text
    assert list(to.parent.iterdir()) == [to]


def test_selfscore_says_each_row_in_pdf_and_workbook(profile: Profile, round_id: str, tmp_path: Path) -> None:
    row = scoring.sheet(profile, round_id).criteria.by_code["1.1.4"]
    scoring.set_answer(profile, round_id, row.key, {"numerator": "45", "denominator": "50"})
    rounds.confirm(
        profile, round_id, HeadConfirmation("Nguyễn Văn Hòa", "Chủ tịch", date(2027, 1, 5), Decimal("1.35"))
    )
    pdf = documents.write_selfscore_pdf(profile, round_id, tmp_path / "a.pdf")
    text = flowing(pdf)
    sheet = scoring.sheet(profile, round_id)
    assert len(sheet.criteria.rows) == 56
    detail = " ".join(" ".join(page.split()) for page in page_texts(pdf) if "Cách tính điểm" in page)
    for node in sheet.criteria.rows:
        assert f" {node.code} " in detail, node.code
        assert " ".join(node.label.split()) in text, node.label
    # 45 of 50 is 90 %, above the floor of 80 %: 0,9 × 1,5 = 1,35; of the unit's 88 points 88 − 1,5 are open.
    assert "45 : 50 × 1,5 = 1,35 điểm." in text
    assert "Tự chấm 1,35/88 · 86,5 điểm chưa chấm · 12 điểm chờ thẩm định" in text
    assert "đã xác nhận kết quả tự chấm 1,35 điểm ngày 05/01/2027" in text
    book = documents.write_selfscore_xlsx(profile, round_id, tmp_path / "a.xlsx")
    rows = openpyxl.load_workbook(book)["Bảng tự chấm"].iter_rows(min_row=4, values_only=True)
    by_code = {row[0]: row for row in rows if row[0]}
    assert {node.code for node in sheet.criteria.nodes} == set(by_code)
    assert by_code["1.1.4"][2] == 1.5 and by_code["1.1.4"][5] == 1.35
    assert by_code["1.1.1"][5] is None


def test_a_department_has_its_own_set(data_folder: Path, tmp_path: Path) -> None:
    criteria, template = packs.for_unit_kind(UnitKind.DEPARTMENT, 2026)
    unit = replace(
        UNIT, kind=UnitKind.DEPARTMENT, name="Sở Nội vụ", code="SNV", head=Person("Lê Ẩn", "Giám đốc")
    )
    with create_profile(data_folder, unit, 2026, criteria, template) as profile:
        (only,) = rounds.rounds(profile)
        text = flowing(documents.write_selfscore_pdf(profile, only.id, tmp_path / "a.pdf"))
        written = flowing(documents.write_plan_pdf(profile, only.id, tmp_path / "b.pdf"))
    assert "/BC-SNV" in text and "GIÁM ĐỐC" in text and "TM." not in text
    assert "/KH-SNV" in written


def test_reports_how_far_it_is_and_stops_when_asked(profile: Profile, round_id: str, tmp_path: Path) -> None:
    to = tmp_path / "a.pdf"
    documents.write_selfscore_pdf(profile, round_id, to)
    before = to.read_bytes()
    seen: list[tuple[str, int, int]] = []
    progress = Progress()

    def report(step: Message, done: int, total: int) -> None:
        seen.append((step.id, done, total))
        if step.id == "documents.step_pages" and done == 5:
            progress.stop()

    progress.report = report
    with pytest.raises(Cancelled):
        documents.write_selfscore_pdf(profile, round_id, to, progress)
    assert {step for step, _, _ in seen} == {"documents.step_layout", "documents.step_pages"}
    assert all(0 <= done <= total for _, done, total in seen)
    assert to.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []
    assert documents.write_selfscore_pdf(profile, round_id, to).read_bytes() == before


def test_faults_are_advice(profile: Profile, round_id: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        documents.write_plan_pdf(profile, round_id, tmp_path / "không có" / "a.pdf")
    assert caught.value.code == "documents.no_folder"


def test_suggested_names(profile: Profile, round_id: str) -> None:
    names = [documents.file_name(profile, round_id, kind) for kind in documents.DocumentKind]
    assert names == [
        "ke-hoach-cchc-2026-EA-KAO.pdf",
        "ke-hoach-cchc-2026-EA-KAO.docx",
        "quyet-dinh-ke-hoach-cchc-2026-EA-KAO.pdf",
        "quyet-dinh-ke-hoach-cchc-2026-EA-KAO.docx",
        "cong-van-gui-ke-hoach-cchc-2026-EA-KAO.pdf",
        "cong-van-gui-ke-hoach-cchc-2026-EA-KAO.docx",
        "nhiem-vu-cchc-2026-EA-KAO.xlsx",
        "tu-cham-diem-cchc-2026-EA-KAO.pdf",
        "tu-cham-diem-cchc-2026-EA-KAO.xlsx",
    ]


def test_several_threads_write_at_once(profile: Profile, round_id: str, tmp_path: Path) -> None:
    expected = documents.write_plan_pdf(profile, round_id, tmp_path / "x.pdf").read_bytes()
    table = documents.write_selfscore_xlsx(profile, round_id, tmp_path / "x.xlsx").read_bytes()
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            pdf = documents.write_plan_pdf(profile, round_id, tmp_path / f"{number}.pdf")
            book = documents.write_selfscore_xlsx(profile, round_id, tmp_path / f"{number}.xlsx")
            assert (pdf.read_bytes(), book.read_bytes()) == (expected, table)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_importing_the_service_brings_no_heavy_library() -> None:
    code = (
        "import sys, cchc_desktop.services.documents\n"
        "heavy = {'reportlab', 'openpyxl', 'docx', 'PIL'} & set(sys.modules)\n"
        "raise SystemExit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


ISSUED = PlanIssue("12", date(2026, 2, 10), PlanForm.DECISION, letter_number="9", letter_on=date(2026, 2, 11))


def test_every_document_is_written_in_every_form(profile: Profile, round_id: str, tmp_path: Path) -> None:
    presets = plan.untaken_presets(profile, round_id)
    plan.take_presets(profile, round_id, [preset.key for preset in presets])
    plan.set_issue(profile, round_id, ISSUED)
    assert plan.plan(profile, round_id).issue == ISSUED
    for kind in documents.DocumentKind:
        to = tmp_path / documents.file_name(profile, round_id, kind)
        assert documents.write(profile, round_id, kind, to) == to
        assert to.suffix == f".{kind.ending}"
        start = to.read_bytes()[:4]
        assert start == (b"%PDF" if kind.ending == "pdf" else b"PK\x03\x04")
    plans_pdf = flowing(tmp_path / "ke-hoach-cchc-2026-EA-KAO.pdf")
    assert "Số: 12/QĐ-UBND" in plans_pdf, "the plan is printed in the form in which it is issued"
    letter = flowing(tmp_path / "cong-van-gui-ke-hoach-cchc-2026-EA-KAO.pdf")
    assert "Số: 09/UBND-VP" in letter
    assert "Kính gửi: Ủy ban nhân dân tỉnh Đắk Lắk (qua Sở Nội vụ)" in letter
    rows = openpyxl.load_workbook(tmp_path / "nhiem-vu-cchc-2026-EA-KAO.xlsx").worksheets[0].iter_rows()
    numbered = [row for row in rows if isinstance(row[0].value, int)]
    assert len(numbered) == len(plan.plan(profile, round_id).tasks)


def test_an_installed_template_words_the_documents(profile: Profile, round_id: str, tmp_path: Path) -> None:
    book = document_templates.write_workbook(tmp_path / "mau.xlsx")
    workbook = openpyxl.load_workbook(book)
    for row in workbook["Câu chữ"].iter_rows(min_row=2):
        if row[0].value == "plan.opening":
            row[2].value = "Nay ban hành kế hoạch {period} như sau:"
    workbook["Trình bày"]["C4"].value = 35
    workbook.save(book)
    info = form_packs.take(profile, book)
    assert (info.kind, info.ref.id) == (PackKind.DOCUMENT, "van-ban-don-vi")
    written = flowing(documents.write_plan_pdf(profile, round_id, tmp_path / "a.pdf"))
    assert "Nay ban hành kế hoạch năm 2026 như sau:" in written
    document_templates.choose(profile, "van-ban-chuan")
    assert document_templates.in_use(profile, UnitKind.COMMUNE) == PackRef("van-ban-chuan", 1)
    written = flowing(documents.write_plan_pdf(profile, round_id, tmp_path / "b.pdf"))
    assert "Nay ban hành" not in written
    document_templates.choose(profile, "")
    form_packs.remove(profile, info.kind, info.ref)
    assert document_templates.in_use(profile, UnitKind.COMMUNE) == PackRef("van-ban-chuan", 1)
    with pytest.raises(KnownError) as caught:
        document_templates.choose(profile, "khong-co")
    assert caught.value.code == "formpack.pack_unknown"


def test_a_template_outside_the_decree_is_not_taken_in(profile: Profile, tmp_path: Path) -> None:
    book = document_templates.write_workbook(tmp_path / "mau.xlsx")
    workbook = openpyxl.load_workbook(book)
    workbook["Trình bày"]["C4"].value = 20
    workbook.save(book)
    with pytest.raises(KnownError) as caught:
        form_packs.take(profile, book)
    told = render(caught.value.message)
    assert "C4" in told
    assert "30 - 35 mm" in told
