"""The plan's PDF against each measure of Nghị định 30/2020/NĐ-CP that can be taken: fonts, margins, sizes.

`test_decree.py` takes them on every kind of document, in PDF and DOCX.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.documents.plan_papers import written
from tests.documents.reading import MM, Piece, fonts, picture_of, pieces, words
from tests.documents.sample import plan_input


def piece(found: list[Piece], text: str, page: int = 1) -> Piece:
    (one,) = [each for each in found if each.page == page and each.text == text]
    return one


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


def test_rules_under_motto_issuer_and_title(plan: Path) -> None:
    """Measured in the picture of page 1: dark horizontal runs between the lines of text."""
    dots = 200
    picture = picture_of(plan, dots=dots)
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
