"""Where the plan's PDF breaks its pages: nothing is lost or cut, and nothing stands alone on a page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.plan_papers import written
from tests.documents.reading import MM, flowing, page_texts, words
from tests.documents.sample import COMMUNE, TEMPLATE, plan_input, task


def test_table_heads_are_repeated_and_groups_stay_with_their_tasks(plan: Path) -> None:
    pages = page_texts(plan)
    annex = [page for page in pages if "(1)" in page]
    assert len(annex) > 2
    for page in annex:
        assert "Kết quả, sản phẩm" in page
        last = [line for line in page.splitlines() if line.strip()][-1]
        assert not last.strip().startswith(("A. ", "B.1. ", "B.2. "))


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
