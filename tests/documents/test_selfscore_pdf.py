"""The self-score as PDF, against figures worked out by hand (see sample.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.documents.pdf.chart import chart_flows
from cchc_desktop.documents.selfscore import selfscore_document, write_selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput, evidence_words, headline, without_evidence
from cchc_desktop.documents.stated import stated
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import ScoredBy
from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.domain.rules.survey import Survey
from tests.documents.reading import (
    MM,
    flowing,
    fonts,
    page_texts,
    picture_of,
    properties,
    raw_text,
    words,
)
from tests.documents.sample import ANSWERS, CRITERIA, evidence, selfscore_input


def written(folder: Path, source: SelfScoreInput) -> Path:
    path = folder / "tự chấm.pdf"
    write_selfscore_pdf(path, source)
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("selfscore"), selfscore_input())


def joined(pdf: Path) -> str:
    return flowing(pdf).replace("\xa0", " ")


def test_headline_while_rows_are_open_is_never_a_bare_class() -> None:
    assert headline(selfscore_input()) == "Tự chấm 11,60/16 · 2 điểm chưa chấm · 4 điểm chờ thẩm định"


def test_headline_when_only_the_appraiser_is_waited_for() -> None:
    answers = {**ANSWERS, "c2_2": Answer({"yes": True})}
    assert headline(selfscore_input(answers)) == "Tự chấm 13,60/16 · 4 điểm chờ thẩm định"


def test_headline_when_all_is_scored() -> None:
    # 13,6 and 80 % of 4 = 3,2 from the survey: 16,8 of 20 = 84 %; + 1 − 0,75 = 17,05.
    answers = {**ANSWERS, "c2_2": Answer({"yes": True}), "c3_1": Answer({"percent": "80"})}
    source = selfscore_input(answers)
    assert headline(source) == "Điểm đạt 17,05/20 · Xếp loại Tốt"


def test_headline_when_only_own_rows_are_open() -> None:
    answers = {**ANSWERS, "c3_1": Answer({"percent": "80"})}
    assert headline(selfscore_input(answers)) == "Tự chấm 11,60/16 · 2 điểm chưa chấm"


def test_summary_says_the_figures_worked_out_by_hand(report: Path) -> None:
    text = joined(report)
    assert "Tự chấm 11,60/16 · 2 điểm chưa chấm · 4 điểm chờ thẩm định" in text
    page = " ".join(page_texts(report)[0].split())
    assert "11,60/16 6,00 20 58,00%" in page
    assert "Điểm tự chấm Điểm còn mở Điểm tối đa áp dụng Chỉ số tạm tính" in page
    assert "1,00 0,75 11,85 Chưa xếp loại" in page
    assert "Tốt" not in text and "Yếu" not in text
    assert "Còn 02 tiêu chí mở, ứng với 6 điểm" in text


def test_chart_gives_each_section_its_figures(report: Path) -> None:
    page = " ".join(page_texts(report)[0].split())
    assert "1. Chỉ đạo điều hành 9,10/10" in page
    assert "2. Thủ tục hành chính 2,50/6 (còn mở 2)" in page
    assert "3. Tác động 0,00/4 (còn mở 4)" in page
    assert "đã đạt còn mở đã mất" in page


def test_bars_are_solid_hatched_and_empty_in_the_right_lengths(report: Path) -> None:
    """Measured in the picture: dark dots along the middle of section 2's bar (2,5 solid, 2 hatched of 6)."""
    dots = 300
    picture = picture_of(report, dots=dots)
    _, found = words(report)
    (label,) = [w for w in found if w.page == 1 and w.text == "tục" and w.left < 70 * MM and w.top > 250]
    scale = dots / 72
    room = 165 * MM
    left, width = 30 * MM + room * 0.43, room * 0.33
    middle = (label.top + label.bottom) / 2
    shares = []
    for start, share in ((0, 2.5 / 6), (2.5 / 6, 2 / 6), (4.5 / 6, 1.5 / 6)):
        first, last = left + width * start + 3, left + width * (start + share) - 3
        area = [
            picture.getpixel((x, y)) < 160
            for x in range(int(first * scale), int(last * scale))
            for y in range(int((middle - 3) * scale), int((middle + 3) * scale))
        ]
        shares.append(sum(area) / len(area))
    solid, hatched, empty = shares
    assert solid > 0.98
    assert 0.1 < hatched < 0.6
    assert empty < 0.02


def test_every_row_with_its_figures_sentence_and_points(report: Path) -> None:
    text = joined(report)
    for words_of_row in (
        "1.1 Ban hành kế hoạch",
        "Đúng hạn",
        'Chọn mức "Đúng hạn" được 2 điểm (tối đa 2 điểm).',
        "Số nhiệm vụ hoàn thành: 45",
        "Tổng số nhiệm vụ: 50",
        "45 : 50 = 90%, đạt ngưỡng 80% nên được 45 : 50 × 4 = 3,6 điểm.",
        "Báo cáo trễ: 1",
        "Một báo cáo trễ vì mất điện.",
        "1 báo cáo trễ nên được 4 - 1 × 0,5 = 3,5 điểm.",
        "Niêm yết tại trụ sở",
        'Có "Chi tiêu" nên được',
        "Cơ quan thẩm định chấm, tối đa 4 điểm.",
        "Điểm thưởng (cộng ngoài tổng điểm)",
        "Sáng kiến cấp tỉnh",
        "Điểm phạt (trừ ngoài tổng điểm)",
        "Nộp trễ mỗi ngày",
    ):
        assert words_of_row in text, words_of_row


def test_open_rows_have_a_dash_and_never_zero(report: Path) -> None:
    (page,) = [page for page in page_texts(report) if "Chỉ số hài lòng" in page and "(8)" in page]
    (line,) = [line for line in page.splitlines() if "Chỉ số hài lòng" in line]
    assert "4,00" in line and "–" in line and "0,00" not in line


def test_evidence_with_number_date_and_abstract(report: Path) -> None:
    text = joined(report)
    assert "1. 01/KH-UBND ngày 05/02/2026 của UBND xã Ea Kao: Kế hoạch mẫu số 1 (trang 3)" in text
    assert "2. 02/KH-UBND ngày 05/02/2026" in text
    assert "Phụ lục II" in text
    assert "ke-hoach-3.pdf" in text
    assert "1.1, 1.2" in text


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (EvidenceRecord(), "tệp.pdf"),
        (EvidenceRecord(number="7/BC"), "7/BC"),
        (EvidenceRecord(issued_on=date(2026, 3, 1)), "ngày 01/03/2026"),
        (EvidenceRecord(abstract="Ảnh niêm yết"), "tệp.pdf: Ảnh niêm yết"),
        (EvidenceRecord("7/BC", page="Bảng 1"), "7/BC (Bảng 1)"),
        (EvidenceRecord("7/BC", None, "Sở Nội vụ", "Báo cáo", "2"), "7/BC của Sở Nội vụ: Báo cáo (trang 2)"),
    ],
)
def test_evidence_of_which_little_is_known(record: EvidenceRecord, says: str) -> None:
    assert evidence_words("tệp.pdf", record) == says


def test_rows_without_evidence_are_listed_with_their_explanation(report: Path) -> None:
    # Scored and without evidence: 1.3 (explained), 2.1.2, and the bonus 9.1: 3,5 + 1,5 + 1 = 6.
    assert [node.code for node in without_evidence(selfscore_input())] == ["1.3", "2.1.2", "9.1"]
    text = joined(report)
    start, end = text.index("II. TIÊU CHÍ CHƯA CÓ"), text.index("III. TIÊU CHÍ CÒN MỞ")
    part = text[start:end]
    assert "03 tiêu chí đã chấm nhưng chưa có tài liệu kiểm chứng, ứng với 6,00 điểm:" in part
    assert "1.3 Báo cáo đúng hạn 3,50 Một báo cáo trễ vì mất điện." in part
    assert "2.1.2 Quy chế 1,50 Chưa giải trình" in part
    assert "1.1 Ban hành" not in part


def test_open_rows_are_listed_with_what_is_waited_for(report: Path) -> None:
    text = joined(report)
    part = text[text.index("III. TIÊU CHÍ CÒN MỞ") : text.index("IV. XÁC NHẬN")]
    assert "02 tiêu chí chưa có điểm, ứng với 6 điểm:" in part
    assert "2.2 Đối thoại 2,00 Chưa kê khai, còn 2 điểm." in part
    assert "3.1 Chỉ số hài lòng 4,00 Chờ cơ quan thẩm định chấm" in part


def test_the_heads_confirmation(report: Path) -> None:
    text = joined(report)
    assert "Nguyễn Văn Hòa, Chủ tịch UBND xã, đã xác nhận kết quả tự chấm 11,60 điểm ngày 05/01/2027" in text
    assert "(Đã xác nhận kết quả tự chấm ngày 05/01/2027)" in text
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text


def test_without_a_confirmation_it_says_so(tmp_path: Path) -> None:
    text = joined(written(tmp_path, selfscore_input(confirmation=None)))
    assert "Người đứng đầu đơn vị chưa xác nhận kết quả tự chấm này./." in text
    assert "Đã xác nhận" not in text


def test_nothing_answered_and_nothing_attached(tmp_path: Path) -> None:
    text = joined(written(tmp_path, selfscore_input({}, (), confirmation=None)))
    assert "Tự chấm 0,00/16 · 16 điểm chưa chấm · 4 điểm chờ thẩm định" in text
    assert "Chưa có tiêu chí nào được chấm điểm" in text
    assert "đều đã có tài liệu kèm theo" not in text
    assert "Chưa có tài liệu kiểm chứng nào." in text


def test_fonts_properties_and_margins(report: Path) -> None:
    for font in fonts(report):
        assert font[0].partition("+")[2].startswith("LiberationSerif")
        assert font[-5:-2] == ["yes", "yes", "yes"]
    found = properties(report)
    assert found["Title"] == "Tự chấm điểm Chỉ số cải cách hành chính năm 2026 – Ủy ban nhân dân xã Ea Kao"
    assert found["Author"] == "Ủy ban nhân dân xã Ea Kao"
    pages, every = words(report)
    for word in every:
        page = pages[word.page - 1]
        assert word.left >= 30 * MM - 0.1 and word.right <= page.width - 15 * MM + 0.1, word
        assert word.bottom <= page.height - 20 * MM + 1, word


def test_300_files_and_awkward_texts(tmp_path: Path) -> None:
    awkward = '<b>Nghi & vấn</b> "ngoặc" O\'Neil'
    files = tuple(evidence(number, "c1_1", abstract=f"{awkward} {number:03d}") for number in range(300))
    answers = {**ANSWERS, "c1_3": Answer({"count": "1"}, awkward * 400)}
    path = written(tmp_path, selfscore_input(answers, files))
    text = joined(path)
    for number in range(300):
        assert text.count(f"O'Neil {number:03d}") == 2  # once at its row, once in the list
    pages, every = words(path)
    assert all(w.bottom <= pages[w.page - 1].height - 20 * MM + 1 for w in every)


def test_same_input_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    assert written(tmp_path, selfscore_input()).read_bytes() == report.read_bytes()


def test_a_chart_of_many_sections_breaks_between_bars() -> None:
    source = selfscore_input()
    chart = next(block for block in selfscore_document(source).blocks if hasattr(block, "bars"))
    assert len(chart_flows(chart, 400)) == 3 + 1


def test_raw_text_keeps_column_numbers(report: Path) -> None:
    assert "(1)\n(2)" in raw_text(report) or "(1) (2)" in flowing(report)


@pytest.mark.parametrize(
    ("code", "entry", "says"),
    [
        ("1.1", {"option": 2}, "Trễ hạn"),
        ("1.1", {"option": "Đúng hạn"}, "Đúng hạn"),
        ("1.1", {"not_applicable": True}, "Không áp dụng"),
        ("1.1", None, ""),
        ("1.1", {}, ""),
        ("1.2", {"numerator": "2847"}, "Số nhiệm vụ hoàn thành: 2.847"),
        (
            "1.2",
            {"numerator": "abc", "denominator": "1.5"},
            "Số nhiệm vụ hoàn thành: abc\nTổng số nhiệm vụ: 1,5",
        ),
        ("2.1.1", {"yes": False}, "Không"),
        ("2.1.2", {"items": []}, "Không có mục nào"),
        ("2.1.2", {"items": ["Chi tiêu", "Tài sản"]}, "Chi tiêu; Tài sản"),
        ("3.1", {"percent": "91.25"}, "SIPAS: 91,25%"),
        ("9.2", {"count": 3}, "Số lần: 3"),
    ],
)
def test_what_was_stated(code: str, entry: dict[str, object] | None, says: str) -> None:
    assert stated(CRITERIA.by_code[code], entry) == says


def test_a_survey_entered_by_the_unit_itself_waits_for_nobody() -> None:
    nodes = tuple(
        replace(node, scored_by=ScoredBy.SELF, rule=Survey(figure="SIPAS")) if node.code == "3.1" else node
        for node in CRITERIA.nodes
    )
    criteria = replace(CRITERIA, nodes=nodes)
    source = selfscore_input({**ANSWERS, "c2_2": Answer({"yes": True})}, criteria=criteria)
    assert source.score.total.open_points == Decimal(4)
    assert headline(source) == "Tự chấm 13,60/20 · 4 điểm chưa chấm"
