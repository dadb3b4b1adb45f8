"""What Nghị định 30/2020/NĐ-CP, Phụ lục I says and can be measured, for a plan, a decision and a
letter: in the PDF, and in what LibreOffice shows of the DOCX.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.documents.conftest import Written
from tests.documents.reading import MM, Piece, Word, fonts, pieces, rules, words

FORMS = ("pdf", "shown_pdf")
PLAN, DECISION, LETTER = "commune-plan", "commune-decision", "commune-letter"
ALL = (PLAN, DECISION, LETTER, "department-plan", "department-decision", "department-letter")
ISSUER = {"commune": "ỦY BAN NHÂN DÂN XÃ EA KAO", "department": "SỞ GIÁO DỤC VÀ ĐÀO TẠO"}
NUMBER = {
    PLAN: "Số: 05/KH-UBND",
    DECISION: "Số: 05/QĐ-UBND",
    LETTER: "Số: 07/UBND-VP",
    "department-plan": "Số: 05/KH-SGDĐT",
    "department-decision": "Số: 05/QĐ-SGDĐT",
    "department-letter": "Số: 07/SGDĐT-VP",
}

each_document = pytest.mark.parametrize("name", ALL)
each_form = pytest.mark.parametrize("form", FORMS)


def file(issued: Mapping[str, Written], name: str, form: str) -> Path:
    path: Path = getattr(issued[name], form)
    return path


def first(found: list[Piece], start: str, page: int = 0) -> Piece:
    """The first piece that begins so, on that page if one is said."""
    return next(each for each in found if each.text.startswith(start) and page in (0, each.page))


def line_of(found: list[Word], start: str, page: int = 1) -> list[Word]:
    """The words of the line in which the word stands, from it on."""
    begin = next(word for word in found if word.page == page and word.text == start)
    return [
        word
        for word in found
        if word.page == page and abs(word.top - begin.top) < 2 and word.left >= begin.left - 0.1
    ]


@each_document
@each_form
def test_paper_and_margins(issued: Mapping[str, Written], name: str, form: str) -> None:
    pages, found = words(file(issued, name, form))
    for page in pages:
        assert sorted((round(page.width / MM), round(page.height / MM))) == [210, 297]
    assert pages[0].width < pages[0].height
    lying = [page for page in pages if page.width > page.height]
    assert bool(lying) is not name.endswith("letter")
    for word in found:
        page = pages[word.page - 1]
        assert word.left >= 30 * MM - 0.5 and word.right <= page.width - 15 * MM + 0.6, word
        assert word.bottom <= page.height - 20 * MM + 1, word
        assert word.top >= 20 * MM - 1 or word.text == str(word.page), word
    # Used up to their edge: 30 and 15 mm, no wider.
    assert min(word.left for word in found if word.page == 1) < 30.2 * MM
    assert max(word.right for word in found if word.page == 1) > pages[0].width - 15.3 * MM


@each_document
@each_form
def test_page_numbers(issued: Mapping[str, Written], name: str, form: str) -> None:
    pages, found = words(file(issued, name, form))
    for number, page in enumerate(pages, 1):
        above = [word for word in found if word.page == number and word.bottom < 19 * MM]
        assert [word.text for word in above] == ([] if number == 1 else [str(number)])
        for word in above:
            assert abs((word.left + word.right) / 2 - page.width / 2) < 1
            # Half an em of a digit is half its size: 13 or 14 points.
            assert 13 * 0.5 * len(str(number)) - 0.2 <= word.right - word.left
            assert word.right - word.left <= 14 * 0.5 * len(str(number)) + 0.2


@each_document
@each_form
def test_one_family_of_times(issued: Mapping[str, Written], name: str, form: str) -> None:
    names = {font[0].partition("+")[2].partition("-")[0] for font in fonts(file(issued, name, form))}
    assert names <= {"LiberationSerif", "TimesNewRoman", "TimesNewRomanPSMT", "TimesNewRomanPS"}


@each_document
@each_form
def test_letterhead(issued: Mapping[str, Written], name: str, form: str) -> None:
    found = [each for each in pieces(file(issued, name, form)) if each.page == 1]
    nation = first(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = first(found, "Độc lập - Tự do - Hạnh phúc")
    superior = first(found, "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK")
    issuer = first(found, ISSUER[name.partition("-")[0]])
    number = first(found, NUMBER[name])
    place = {"commune": "Ea Kao", "department": "Buôn Ma Thuột"}[name.partition("-")[0]]
    day = "06" if name.endswith("letter") else "05"
    date = first(found, f"{place}, ngày {day} tháng 02 năm 2026")
    assert (nation.size in (12, 13), nation.bold, nation.italic) == (True, True, False)
    assert (motto.size in (13, 14), motto.bold, motto.italic) == (True, True, False)
    assert (superior.size in (12, 13), superior.bold, superior.italic) == (True, False, False)
    assert (issuer.size in (12, 13), issuer.bold, issuer.italic) == (True, True, False)
    assert (number.size, number.bold, number.italic) == (13, False, False)
    assert (date.size in (13, 14), date.bold, date.italic) == (True, False, True)
    # Two columns that do not touch; what belongs together is centred on each other.
    assert superior.left + superior.width < nation.left - 2 * MM
    assert abs(number.top - date.top) <= 1
    for upper, lower in ((nation, motto), (motto, date), (superior, issuer), (issuer, number)):
        assert upper.top < lower.top
        assert abs(upper.left + upper.width / 2 - lower.left - lower.width / 2) < 3


@each_document
@each_form
def test_rules_of_the_letterhead(issued: Mapping[str, Written], name: str, form: str) -> None:
    path = file(issued, name, form)
    _, found = words(path)
    drawn = rules(path)
    motto = line_of(found, "Độc")
    under_motto = [each for each in drawn if 0 < each[2] - motto[-1].bottom + 4 < 10 and each[0] > 100 * MM]
    (rule,) = under_motto
    width = motto[-1].right - motto[0].left
    assert abs(rule[1] - rule[0] - width) < 3
    assert abs(rule[0] - motto[0].left) < 2
    issuer = ISSUER[name.partition("-")[0]].split()
    row = next(
        line
        for line in (
            [w for w in found if w.page == 1 and abs(w.top - start.top) < 2 and w.right < 105 * MM]
            for start in found
            if start.page == 1 and start.text == issuer[0]
        )
        if [word.text for word in line] == issuer
    )
    (under,) = [each for each in drawn if 0 < each[2] - row[-1].bottom + 4 < 10 and each[1] < 105 * MM]
    width = row[-1].right - row[0].left
    assert width / 3 - 1 <= under[1] - under[0] <= width / 2 + 1
    assert abs((under[0] + under[1]) / 2 - (row[0].left + row[-1].right) / 2) < 2


@pytest.mark.parametrize("name", [PLAN, DECISION])
@each_form
def test_type_and_subject_with_their_rule(issued: Mapping[str, Written], name: str, form: str) -> None:
    path = file(issued, name, form)
    found = [each for each in pieces(path) if each.page == 1]
    kind = first(found, "KẾ HOẠCH" if name == PLAN else "QUYẾT ĐỊNH")
    assert (kind.size in (13, 14), kind.bold, kind.italic) == (True, True, False)
    middle = (30 + 195) / 2 * MM
    assert abs(kind.left + kind.width / 2 - middle) < 2
    below = [each for each in found if each.top > kind.top and each.top < kind.top + 45 and each.bold]
    abstract = [each for each in below if "cải cách" in each.text.lower() or "năm 2026" in each.text]
    assert abstract and all(each.size in (13, 14) and not each.italic for each in abstract)
    assert all(abs(each.left + each.width / 2 - middle) < 2 for each in abstract)
    last = max(abstract, key=lambda each: each.top)
    near = [rule for rule in rules(path) if last.top + 10 < rule[2] < last.top + 28]
    (rule,) = near
    assert last.width / 3 - 2 <= rule[1] - rule[0] <= last.width / 2 + 2
    assert abs((rule[0] + rule[1]) / 2 - middle) < 2


@each_form
def test_a_letter_has_no_type_but_a_subject_and_addressees(issued: Mapping[str, Written], form: str) -> None:
    path = file(issued, LETTER, form)
    found = pieces(path)
    number, subject = first(found, "Số: 07"), first(found, "V/v ")
    assert (subject.size in (12, 13), subject.bold, subject.italic) == (True, False, False)
    assert 0 < subject.top - number.top < 25
    assert subject.left + subject.width < 105 * MM
    to = first(found, "Kính gửi:")
    assert (to.size in (13, 14), to.bold, to.italic) == (True, False, False)
    names = [each for each in found if each.text.startswith("- ") and to.top < each.top < to.top + 70]
    assert [each.text[:30] for each in names] == ["- Ủy ban nhân dân tỉnh Đắk Lắk", "- Đảng ủy xã."]
    said = " ".join(each.text for each in found)
    assert "(qua Sở Nội vụ, Sở Tài chính); - Đảng ủy xã." in said
    assert all(each.size in (13, 14) for each in names)
    # Their dashes stand under the colon.
    assert all(abs(each.left - (to.left + to.width)) < 6 for each in names)
    assert not any(each.text in ("KẾ HOẠCH", "QUYẾT ĐỊNH", "CÔNG VĂN") for each in found)


@each_form
def test_a_letter_to_one_names_it_in_the_same_line(issued: Mapping[str, Written], form: str) -> None:
    _, found = words(file(issued, "department-letter", form))
    line = " ".join(word.text for word in line_of(found, "Kính"))
    assert line.startswith("Kính gửi: Ủy ban nhân dân tỉnh Đắk Lắk (qua Sở Nội vụ)")


@pytest.mark.parametrize("name", [PLAN, DECISION])
@each_form
def test_grounds(issued: Mapping[str, Written], name: str, form: str) -> None:
    found = [each for each in pieces(file(issued, name, form)) if each.text.startswith("Căn cứ ")]
    assert len(found) >= 2
    for number, each in enumerate(found, 1):
        assert (each.size in (13, 14), each.italic, each.bold) == (True, True, False)
        assert each.text.endswith("." if number == len(found) else ";")
        assert abs(each.left - (30 + 12.7) * MM) < 1.5


def _lines(found: list[Word], page: int, top: float, bottom: float) -> list[list[Word]]:
    inside = [word for word in found if word.page == page and top < word.top and word.bottom < bottom]
    rows = itertools.groupby(sorted(inside, key=lambda w: (round(w.top), w.left)), key=lambda w: round(w.top))
    return [list(row) for _, row in rows]


@each_form
def test_body(issued: Mapping[str, Written], form: str) -> None:
    """The two long paragraphs of "1. Mục đích"."""
    path = file(issued, PLAN, form)
    _, found = words(path)
    heads = [word for word in found if word.page == 1 and word.left < 45 * MM]
    start = next(word for word in heads if word.text == "1.").bottom
    end = next(word for word in heads if word.text == "II.").top
    lines = _lines(found, 1, start, end)
    assert len(lines) >= 8
    starts = [line[0].left for line in lines]
    assert all(min(abs(left - 30 * MM), abs(left - 42.7 * MM)) < 0.5 for left in starts)
    firsts = [number for number, left in enumerate(starts) if left > 40 * MM]
    assert len(firsts) == 2 and firsts[0] == 0
    # Justified: every line but a paragraph's last ends at the margin.
    lasts = {firsts[1] - 1, len(lines) - 1}
    for number, line in enumerate(lines):
        assert (abs(line[-1].right - 195 * MM) < 2) is (number not in lasts)
    steps = [b[0].top - a[0].top for a, b in itertools.pairwise(lines)]
    between = steps.pop(firsts[1] - 1)
    single = 14 * 1.149
    assert all(single - 0.2 <= step <= 1.5 * single for step in steps)
    assert between - min(steps) >= 6 - 0.3
    body = first(pieces(path), "Mỗi nhiệm vụ")
    assert (body.size in (13, 14), body.bold, body.italic) == (True, False, False)
    heading = first(pieces(path), "I. MỤC ĐÍCH")
    assert (heading.size in (13, 14), heading.bold) == (True, True)


@each_document
@each_form
def test_signature_and_recipients(issued: Mapping[str, Written], name: str, form: str) -> None:
    found = pieces(file(issued, name, form))
    label = first(found, "Nơi nhận:")
    assert (label.size, label.bold, label.italic) == (12, True, True)
    listed = [
        each
        for each in found
        if each.page == label.page and each.text.startswith("- ") and each.top > label.top
    ]
    assert listed and all((each.size, each.bold, each.italic) == (11, False, False) for each in listed)
    assert all(each.text.endswith(";") for each in listed[:-1])
    assert listed[-1].text.startswith("- Lưu: VT") and listed[-1].text.endswith(".")
    commune = name.startswith("commune")
    authority = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] if commune else ["GIÁM ĐỐC"]
    signer = "Nguyễn Văn Hòa" if commune else "Lê Thị Ẩn"
    near = [each for each in found if each.page == label.page and each.top > label.top - 12]
    block = [first(near, each) for each in (*authority, signer)]
    for each in block:
        assert (each.size in (13, 14), each.bold, each.italic) == (True, True, False)
        assert each.left > 105 * MM
        assert abs(each.left + each.width / 2 - block[0].left - block[0].width / 2) < 3
    assert block[-1].top - block[-2].top > 24 * MM
    assert abs(block[0].top - label.top) < 12


@pytest.mark.parametrize("name", [PLAN, DECISION])
@each_form
def test_annex(issued: Mapping[str, Written], name: str, form: str) -> None:
    path = file(issued, name, form)
    found = pieces(path)
    head = next(each for each in found if each.text == "Phụ lục")
    pages, _ = words(path)
    page = pages[head.page - 1]
    assert page.width > page.height
    assert (head.size, head.bold) == (14, True)
    title = first(found, "DANH MỤC NHIỆM VỤ", head.page)
    assert (title.size in (13, 14), title.bold, title.italic) == (True, True, False)
    reference = first(found, "(Kèm theo", head.page)
    assert (reference.size in (13, 14), reference.bold, reference.italic) == (True, False, True)
    kind = "Kế hoạch số 05/KH-UBND" if name == PLAN else "Quyết định số 05/QĐ-UBND"
    assert kind in reference.text
    assert head.top < title.top < reference.top
    middle = 30 * MM + (page.width - 45 * MM) / 2
    for each in (head, title, reference):
        assert abs(each.left + each.width / 2 - middle) < 3


@each_form
def test_the_attached_plan_begins_on_a_page_of_its_own(issued: Mapping[str, Written], form: str) -> None:
    path = file(issued, DECISION, form)
    found = pieces(path)
    decision = first(found, "QUYẾT ĐỊNH")
    head = next(each for each in found if each.text == "KẾ HOẠCH")
    assert decision.page == 1 and head.page == 2
    assert (head.size in (13, 14), head.bold) == (True, True)
    reference = first(found, "(Ban hành kèm theo", 2)
    assert (reference.size in (13, 14), reference.bold, reference.italic) == (True, False, True)
    assert head.top < reference.top
    before = [each for each in found if each.page == 1]
    assert any(each.text.startswith("Nơi nhận") for each in before)
    assert [each.text for each in found if each.text.startswith("Nơi nhận")] == ["Nơi nhận:"]
    assert not [each for each in found if each.page > 1 and each.text.startswith("Số:")]
    for start in ("Điều 1.", "Điều 2."):
        article = first(before, start)
        assert article.bold and article.size in (13, 14)


@each_form
def test_the_office_s_own_layout_is_kept(issued: Mapping[str, Written], form: str) -> None:
    path = file(issued, "other-plan", form)
    pages, found = words(path)
    looks = pieces(path)
    for word in found:
        page = pages[word.page - 1]
        assert word.left >= 35 * MM - 0.5 and word.right <= page.width - 20 * MM + 0.6, word
        assert word.bottom <= page.height - 25 * MM + 1, word
        assert word.top >= 25 * MM - 1 or word.text == str(word.page), word
    assert first(looks, "KẾ HOẠCH").size == 13
    body = first(looks, "Mỗi nhiệm vụ")
    assert body.size == 13 and abs(body.left - 45 * MM) < 1.5
    assert first(looks, "Báo cáo", len(pages)).size == 12
    start = next(word for word in found if word.page == 1 and word.text == "Mỗi")
    inside = _lines(found, 1, start.top - 1, start.top + 60)
    assert abs(inside[1][0].top - inside[0][0].top - 13 * 1.15 * 1.5) < 0.5
    above = [word for word in found if word.page == 2 and word.bottom < 20 * MM]
    assert abs(above[0].right - above[0].left - 7) < 0.2


@pytest.mark.parametrize("name", [PLAN, DECISION, "many-plan"])
@each_form
def test_no_heading_ends_a_page(issued: Mapping[str, Written], name: str, form: str) -> None:
    found = pieces(file(issued, name, form))
    last: dict[int, Piece] = {}
    for each in found:
        if each.page not in last or each.top >= last[each.page].top:
            last[each.page] = each
    for each in last.values():
        assert not each.text.startswith(("I. ", "II. ", "III. ", "IV. ", "V. ", "A. ", "B.1. ", "B.2. ")), (
            each
        )
