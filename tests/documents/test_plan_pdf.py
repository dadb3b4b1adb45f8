"""What the plan says as PDF: every task and target, the parts in order, every letter as it was typed."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from cchc_desktop.documents.letterhead import SignsAs
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.domain.plan import PlanIssue
from tests.documents.plan_papers import written
from tests.documents.reading import flowing, page_texts, pieces, properties, raw_text
from tests.documents.sample import COMMUNE, DEPARTMENT, plan_input, target, task


def test_every_task_with_all_it_says(plan: Path) -> None:
    text = flowing(plan)
    for number in range(40):
        each = task(number)
        assert each.title in text
        assert each.product in text
    assert text.count("30/06/2026") == 40
    # 20 odd tasks cost 10 million each: 200 in all, named in the budget; 20 state nothing.
    assert "Tổng kinh phí của 20 nhiệm vụ đã xác định mức chi: 200 triệu đồng, nguồn: Ngân sách xã." in text
    assert "Còn 20 nhiệm vụ chưa nêu kinh phí." in text


def test_a_source_that_stands_in_several_cells_is_named_once(tmp_path: Path) -> None:
    source = plan_input()
    two = [
        replace(each, cost=Decimal(7), cost_source=paid)
        for each, paid in zip(
            source.plan.tasks, ("ngân sách xã", "ngân sách xã; nguồn của tỉnh ;"), strict=False
        )
    ]
    text = flowing(written(tmp_path, replace(source, plan=replace(source.plan, tasks=tuple(two)))))
    assert "14 triệu đồng, nguồn: ngân sách xã; nguồn của tỉnh." in text


def test_a_room_is_named_once_in_the_text_and_its_people_in_the_annex(tmp_path: Path) -> None:
    of_one_room = tuple(task(3 * n, lead=f"Tổ số 9 (Người {n})") for n in range(1, 4))
    text = flowing(written(tmp_path, plan_input(of_one_room)))
    body, _, annex = text.partition("Phụ lục DANH MỤC")
    assert body.count("Tổ số 9") == 1
    assert "Người" not in body
    assert [annex.count(f"Người {n}") for n in range(1, 4)] == [1, 1, 1]


def test_says_the_parts_in_order(plan: Path) -> None:
    text = flowing(plan)
    parts = [
        "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        "ỦY BAN NHÂN DÂN XÃ EA KAO",
        "KẾ HOẠCH",
        "Cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Nghị quyết số 76/NQ-CP.",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "II. MỤC TIÊU",
        "Tỷ lệ hồ sơ đúng hạn nhóm 0",
        "III. NHIỆM VỤ",
        "A. Chỉ đạo, điều hành: 14 nhiệm vụ",
        "IV. KINH PHÍ",
        "V. TỔ CHỨC THỰC HIỆN",
        "Văn phòng theo dõi, đôn đốc./.",
        "Phụ lục DANH MỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026",
        "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05/02/2026 của Ủy ban nhân dân xã Ea Kao)",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    for line in ("Nơi nhận:", "- Sở Nội vụ;", "- Các phòng, đơn vị;", "- Lưu: VT, VP.", "Nguyễn Văn Hòa"):
        assert line in text


def test_properties_name_title_and_author(plan: Path) -> None:
    found = properties(plan)
    assert found["Title"] == "Kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao"
    assert found["Author"] == "Ủy ban nhân dân xã Ea Kao"
    assert found["Creator"] == "CCHC Desktop"


def test_number_and_date_still_to_come(tmp_path: Path) -> None:
    path = written(tmp_path, plan_input(issue=PlanIssue()))
    text = " ".join(raw_text(path).replace("\xa0", " ").split())
    assert "Số: /KH-UBND" in text
    assert "Ea Kao, ngày tháng năm 2026" in text
    assert "(Kèm theo Kế hoạch số /KH-UBND ngày / /2026 của" in text
    number = next(each for each in pieces(path) if each.text.startswith("Số:"))
    given = next(each for each in pieces(written(tmp_path, plan_input())) if each.text.startswith("Số:"))
    assert number.width >= given.width


def test_a_department_signs_for_itself(tmp_path: Path) -> None:
    source = replace(plan_input(unit=DEPARTMENT), signs_as=SignsAs.FOR_HEAD)
    text = flowing(written(tmp_path, source))
    assert "Số: 05/KH-SGDĐT" in text
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" in text
    assert "TM." not in text
    assert "Trần Đỗ Ẵm" in text


def test_numbers_tasks_in_each_area_as_the_window_does(plan: Path) -> None:
    rows = [page for page in page_texts(plan) if "(1)" in page]
    starts = [line.split()[0] for page in rows for line in page.splitlines() if "Nhiệm vụ đặt" in line]
    # 40 tasks over three areas: 0, 3, … 39 (14), 1, 4, … 37 (13), 2, 5, … 38 (13).
    assert starts == [str(n) for count in (14, 13, 13) for n in range(1, count + 1)]


def test_task_of_an_area_that_the_template_no_longer_has_is_not_lost(tmp_path: Path) -> None:
    source = plan_input((task(0), task(1, area="gone", title="Nhiệm vụ mồ côi")))
    text = flowing(written(tmp_path, source))
    assert "Nội dung khác" in text
    assert "Nhiệm vụ mồ côi" in text


def test_linked_rows_are_named_by_their_printed_code(tmp_path: Path) -> None:
    source = replace(plan_input((task(0, criteria=("c1_1_4", "gone")),)), criterion_codes={"c1_1_4": "1.1.4"})
    assert "Tiêu chí 1.1.4" in flowing(written(tmp_path, source))


def test_an_empty_plan_says_that_it_is_empty(tmp_path: Path) -> None:
    empty = PlanInput(
        COMMUNE,
        replace(plan_input().plan, tasks=(), targets=(), texts={"aim": "", "doing": " ", "budget": ""}),
    )
    text = flowing(written(tmp_path, empty))
    assert "Chưa có nhiệm vụ nào." in text
    assert "Chưa có chỉ tiêu nào." in text
    assert text.count("Chưa có nội dung.") >= 1
    assert "Phụ lục" not in text


def test_user_text_is_text_and_never_markup(tmp_path: Path) -> None:
    awkward = "Số liệu <b>đậm</b> & \"ngoặc\" 'đơn' a<b>c &amp; &#65; <para> </para> ]]> {year} %s \\n"
    source = plan_input((task(0, title=awkward, lead=awkward),), texts={"aim": awkward, "doing": awkward})
    unit = replace(COMMUNE, head=replace(COMMUNE.head, name="Y <i>Bhăm</i> & con"))
    text = flowing(written(tmp_path, PlanInput(unit, source.plan)))
    assert text.count(" ".join(awkward.split())) >= 2
    assert "Y <i>Bhăm</i> & con" in text


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Rà soát thủ tục ở xã Ẵng Đậu")
    unit = replace(COMMUNE, name=unicodedata.normalize("NFD", "UBND xã Ẵng Đậu"))
    path = written(tmp_path, plan_input((task(0, title=name),), unit=unit))
    text = flowing(path)
    assert "Rà soát thủ tục ở xã Ẵng Đậu" in text
    assert "ỦY BAN NHÂN DÂN XÃ ẴNG ĐẬU" in text
    assert properties(path)["Author"] == "Ủy ban nhân dân xã Ẵng Đậu"


def test_control_characters_do_not_stop_it(tmp_path: Path) -> None:
    source = plan_input((task(0, title="Rà\x00 soát\x0bthủ\u2028tục\x1b hành\ud800 chính\ufeff"),))
    text = flowing(written(tmp_path, source))
    assert "Rà soát thủ tục hành chính" in text


def test_same_plan_gives_the_same_bytes_also_in_another_process(tmp_path: Path) -> None:
    first = written(tmp_path, plan_input()).read_bytes()
    assert written(tmp_path, plan_input()).read_bytes() == first
    assert written(tmp_path, plan_input(issue=PlanIssue("6"))).read_bytes() != first
    code = (
        "import sys; from pathlib import Path; from cchc_desktop.documents.plan import write_plan_pdf; "
        "from tests.documents.sample import plan_input; write_plan_pdf(Path(sys.argv[1]), plan_input())"
    )
    other = tmp_path / "other.pdf"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run([sys.executable, "-c", code, str(other)], check=True, env=environment)
    assert other.read_bytes() == first


def test_cost_of_none_is_not_zero(tmp_path: Path) -> None:
    text = flowing(written(tmp_path, plan_input((task(0), task(2)))))
    assert "Tổng kinh phí" not in text
    stated = flowing(written(tmp_path, plan_input((task(0, cost=Decimal(0)), task(2)))))
    assert "Tổng kinh phí của 01 nhiệm vụ đã xác định mức chi: 0 triệu đồng" in stated


def test_targets_stand_in_the_table(plan: Path) -> None:
    text = flowing(plan)
    for number in range(4):
        assert target(number).title in text
    assert "Mục tiêu năm 2026" in text
    assert "≥ 98" in text
    assert date(2026, 2, 5).isoformat() not in text


def test_500_tasks_are_all_printed(tmp_path: Path) -> None:
    path = written(tmp_path, plan_input(tuple(task(number) for number in range(500))))
    text = flowing(path)
    assert all(task(number).title in text for number in range(500))
