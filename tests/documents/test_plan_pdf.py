"""The plan as PDF: what it says, and each measure of Nghị định 30/2020/NĐ-CP that can be taken."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.documents.letterhead import SignsAs
from cchc_desktop.documents.plan import PlanInput, write_plan_pdf
from cchc_desktop.domain.plan import PlanIssue
from tests.documents.reading import (
    MM,
    Piece,
    flowing,
    fonts,
    page_texts,
    pieces,
    properties,
    raw_text,
    run,
    words,
)
from tests.documents.sample import COMMUNE, DEPARTMENT, TEMPLATE, plan_input, target, task


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "kế hoạch.pdf"
    write_plan_pdf(path, plan_input(tuple(task(number) for number in range(40))))
    return path


def written(folder: Path, source: PlanInput) -> Path:
    path = folder / "ke-hoach.pdf"
    write_plan_pdf(path, source)
    return path


def piece(found: list[Piece], text: str, page: int = 1) -> Piece:
    (one,) = [each for each in found if each.page == page and each.text == text]
    return one


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


def test_fonts_are_embedded_liberation_serif(plan: Path) -> None:
    names = set()
    for font in fonts(plan):
        names.add(font[0].partition("+")[2])
        embedded, subset, unicode_map = font[-5:-2]
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), font
    assert names == {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }


def test_properties_name_title_and_author(plan: Path) -> None:
    found = properties(plan)
    assert found["Title"] == "Kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao"
    assert found["Author"] == "Ủy ban nhân dân xã Ea Kao"
    assert found["Creator"] == "CCHC Desktop"


def test_paper_is_a4_and_everything_keeps_the_margins(plan: Path) -> None:
    pages, found = words(plan)
    assert [(round(p.width / MM), round(p.height / MM)) for p in pages[:2]] == [(210, 297)] * 2
    assert (round(pages[-1].width / MM), round(pages[-1].height / MM)) == (297, 210)
    for word in found:
        page = pages[word.page - 1]
        is_number = word.text == str(word.page) and word.top < 15 * MM
        assert word.left >= 30 * MM - 0.1, word
        assert word.right <= page.width - 15 * MM + 0.1, word
        assert word.bottom <= page.height - 20 * MM + 1, word
        assert is_number or word.top >= 20 * MM - 1, word
    # The margins are used up to their edge, so they are 30 and 15 mm and no wider.
    body = [word for word in found if word.page == 1]
    assert min(word.left for word in body) < 30.2 * MM
    assert max(word.right for word in body) > pages[0].width - 15.2 * MM


def test_page_number_is_centred_in_the_top_margin_but_not_on_page_1(plan: Path) -> None:
    pages, found = words(plan)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        above = [word for word in found if word.page == number and word.bottom < 20 * MM]
        if number == 1:
            assert above == []
            continue
        assert [word.text for word in above] == [str(number)]
        assert abs((above[0].left + above[0].right) / 2 - page.width / 2) < 0.5
    above_text = [each for each in pieces(plan) if each.page > 1 and each.top < 15 * MM]
    assert len(above_text) == len(pages) - 1
    assert {each.size for each in above_text} <= {13, 14}


def test_sizes_of_letterhead_and_title(plan: Path) -> None:
    found = pieces(plan)
    nation = piece(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = piece(found, "Độc lập - Tự do - Hạnh phúc")
    superior = piece(found, "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK")
    issuer = piece(found, "ỦY BAN NHÂN DÂN XÃ EA KAO")
    number = piece(found, "Số: 05/KH-UBND")
    day = piece(found, "Ea Kao, ngày 05 tháng 02 năm 2026")
    kind = piece(found, "KẾ HOẠCH")
    about = piece(found, "Cải cách hành chính năm 2026 của Ủy ban nhân dân xã Ea Kao")
    assert (nation.size in (12, 13), nation.bold, nation.italic) == (True, True, False)
    assert (motto.size in (13, 14), motto.bold, motto.italic) == (True, True, False)
    assert (superior.size in (12, 13), superior.bold) == (True, False)
    assert (issuer.size in (12, 13), issuer.bold) == (True, True)
    assert (number.size, number.bold) == (13, False)
    assert (day.size in (13, 14), day.italic, day.bold) == (True, True, False)
    assert (kind.size in (13, 14), kind.bold) == (True, True)
    assert (about.size in (13, 14), about.bold) == (True, True)
    # Two columns that do not touch, number and date on one line, title centred in the text's width.
    assert superior.left + superior.width < nation.left - 2 * MM
    assert number.top == day.top
    middle = (30 + (210 - 15)) / 2 * MM
    assert abs(kind.left + kind.width / 2 - middle) < 2


def test_sizes_of_body_signature_and_recipients(plan: Path) -> None:
    found = pieces(plan)

    def first(start: str) -> Piece:
        return next(each for each in found if each.text.startswith(start))

    ground, body, heading = first("Căn cứ Luật"), first("Ngân sách xã bảo đảm"), first("I. MỤC ĐÍCH")
    assert (ground.size in (13, 14), ground.italic) == (True, True)
    assert (body.size in (13, 14), body.italic, body.bold) == (True, False, False)
    assert (heading.size in (13, 14), heading.bold) == (True, True)
    assert abs(body.left - (30 + 12.7) * MM) < 1
    label, line = first("Nơi nhận:"), first("- Sở Nội vụ;")
    assert (label.size, label.bold, label.italic) == (12, True, True)
    assert (line.size, line.bold) == (11, False)
    authority, title, name = first("TM. ỦY BAN NHÂN DÂN"), first("CHỦ TỊCH"), first("Nguyễn Văn Hòa")
    assert all(each.size in (13, 14) and each.bold for each in (authority, title, name))
    assert name.top - title.top > 25 * MM
    annex = first("Phụ lục")
    assert (annex.size, annex.bold) == (14, True)


def test_body_lines_and_paragraphs_have_their_distances(tmp_path: Path) -> None:
    long = "Mỗi nhiệm vụ có sản phẩm, thời hạn và đúng một bộ phận chủ trì thực hiện. " * 6
    path = written(tmp_path, plan_input(texts={"aim": f"{long}\n{long}", "targets": ""}))
    _, found = words(path)
    page_one = [word for word in found if word.page == 1]
    (start,) = [word.bottom for word in page_one if word.text == "I."]
    (end,) = [word.top for word in page_one if word.text == "II."]
    right_ends: dict[float, float] = {}
    for word in page_one:
        if start < word.top and word.bottom < end:
            top = round(word.top, 1)
            right_ends[top] = max(right_ends.get(top, 0), word.right)
    steps = [round(second - first, 1) for first, second in itertools.pairwise(sorted(right_ends))]
    single, gap = 14 * 1.149, min(steps)
    assert single - 0.1 <= gap <= 1.5 * single
    assert set(steps) == {gap, round(gap + 6, 1)}
    # Justified: every line but a paragraph's last reaches the right margin.
    edge = (210 - 15) * MM
    assert len(right_ends) >= 10
    assert sum(abs(right - edge) < 0.6 for right in right_ends.values()) == len(right_ends) - 2


def test_rules_under_motto_issuer_and_title(plan: Path, tmp_path: Path) -> None:
    """Measured in the picture of page 1: dark horizontal runs between the lines of text."""
    from PIL import Image

    dots = 200
    run("pdftoppm", "-r", str(dots), "-f", "1", "-l", "1", "-gray", "-png", plan, tmp_path / "p")
    (picture_file,) = tmp_path.glob("p*.png")
    with Image.open(picture_file) as opened:
        picture = opened.convert("L")
    scale = dots / 72
    _, found = words(plan)
    page_one = [word for word in found if word.page == 1]

    def runs_below(text_start: str, text_end: str, below: float = 0) -> tuple[float, float]:
        """Length of the longest rule within 10 pt below the words, and the words' own width."""
        start = next(word for word in page_one if word.text == text_start and word.top >= below)
        same_line = [w for w in page_one if abs(w.top - start.top) < 2 and w.left >= start.left]
        end = next(w for w in same_line if w.text == text_end)
        longest = 0
        for y in range(int((start.bottom - 1) * scale), int((start.bottom + 10) * scale)):
            run_length = 0
            for x in range(int((start.left - 10) * scale), int((end.right + 10) * scale)):
                dark = picture.getpixel((x, y)) < 128
                run_length = run_length + 1 if dark else 0
                longest = max(longest, run_length)
        return longest / scale, end.right - start.left

    length, width = runs_below("Độc", "phúc")
    assert abs(length - width) < 2
    length, width = runs_below("Cải", "Kao")
    assert width / 3 <= length <= width / 2 + 1
    (xa,) = [word for word in page_one if word.text == "XÃ" and word.left < 100 * MM]
    length, width = runs_below("ỦY", "KAO", below=xa.top - 1)
    assert width / 3 <= length <= width / 2 + 1


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


def test_table_heads_are_repeated_and_groups_stay_with_their_tasks(plan: Path) -> None:
    pages = page_texts(plan)
    annex = [page for page in pages if "(1)" in page]
    assert len(annex) > 2
    for page in annex:
        assert "Kết quả, sản phẩm" in page
        last = [line for line in page.splitlines() if line.strip()][-1]
        assert not last.strip().startswith(("A. ", "B.1. ", "B.2. "))


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


def test_long_cells_break_over_pages_and_lose_nothing(tmp_path: Path) -> None:
    tokens = [f"từ{number:04d}" for number in range(1430)]
    long = " ".join(tokens)
    assert len(long) >= 10_000
    unbroken = "Ằ" * 10_000
    source = plan_input(
        (task(0, title=long), task(1, product=long, lead="ngắn"), task(2, coworkers=unbroken), task(3))
    )
    path = written(tmp_path, source)
    pages, found = words(path)
    extracted = [word.text for word in found if re.fullmatch(r"từ\d{4}", word.text)]
    assert sorted(extracted) == sorted(tokens * 2)
    assert sum(word.text.count("Ằ") for word in found) == 10_000
    for word in found:
        page = pages[word.page - 1]
        assert word.left >= 30 * MM - 0.1 and word.right <= page.width - 15 * MM + 0.1, word
        assert word.bottom <= page.height - 20 * MM + 1, word


def test_long_names_and_texts_stay_on_the_page(tmp_path: Path) -> None:
    long_name = "UBND xã " + "Nguyễn Thị Minh Khai " * 40
    unit = replace(
        COMMUNE,
        name=long_name,
        superior="UBND tỉnh " + "X" * 3000,
        place="Thành phố Buôn Ma Thuột, phường Tân Lợi",
        head=replace(COMMUNE.head, name="Công Tằng Tôn Nữ " * 12, title="Chủ tịch " * 30),
    )
    template = replace(
        TEMPLATE,
        recipients=tuple(f"Đơn vị thứ {number} ở rất xa trụ sở của xã" for number in range(150)),
        citations=("Y" * 5000,),
    )
    path = written(tmp_path, plan_input(unit=unit, template=template, texts={"aim": "Z" * 10_000}))
    pages, found = words(path)
    text = flowing(path)
    for number in range(150):
        assert f"- Đơn vị thứ {number} ở" in text
    assert sum(word.text.count("Z") for word in found) == 10_000
    assert sum(word.text.count("Y") for word in found if len(word.text) > 20) >= 4900
    for word in found:
        page = pages[word.page - 1]
        assert word.left >= 30 * MM - 0.5 and word.right <= page.width - 15 * MM + 0.5, word
        assert word.bottom <= page.height - 20 * MM + 2, word


@pytest.mark.parametrize("follows", ["text", "table"])
def test_no_heading_is_left_alone_at_the_end_of_a_page(tmp_path: Path, follows: str) -> None:
    """The text before the heading grows line by line through a whole page's length."""
    # One document holds many headings at every height: fillers of 1…45 lines before each.
    sections = []
    texts = {}
    base = TEMPLATE.sections[0] if follows == "text" else TEMPLATE.sections[1]
    for number in range(1, 30):
        key = f"s{number}"
        filler = replace(TEMPLATE.sections[0], key=f"f{number}", code="", title=f"Phần đệm {number}")
        sections += [filler, replace(base, key=key, code="", title=f"Mốc {number}")]
        texts[f"f{number}"] = "\n".join(["Dòng đệm."] * number)
        texts[key] = "Nội dung của mốc. " * 20 if follows == "text" else ""
    template = replace(TEMPLATE, sections=tuple(sections))
    source = plan_input(template=template, texts=texts)
    pages = page_texts(written(tmp_path, source))
    assert len(pages) > 10
    seen = 0
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        seen += sum(line.startswith("MỐC ") for line in lines)
        assert not lines[-1].startswith(("MỐC ", "PHẦN ĐỆM ")), lines[-3:]
        if follows == "table":
            # The sentence that introduces the table goes with it, and so do head and group.
            assert not lines[-1].startswith(("Các chỉ tiêu cụ thể", "A. ", "B.1. ", "TT")), lines[-3:]
    assert seen == 29


def test_signature_is_never_alone_on_its_page(tmp_path: Path) -> None:
    for count in range(18, 40):
        texts = {"doing": "\n".join(["Dòng đệm của phần cuối."] * count)}
        pages = page_texts(written(tmp_path, plan_input((), texts=texts)))
        (page,) = [page for page in pages if "Nơi nhận:" in page]
        assert "Dòng đệm của phần cuối./." in page
        assert "CHỦ TỊCH" in page and "Nguyễn Văn Hòa" in page


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
