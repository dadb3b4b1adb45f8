"""The office's own template: its words and margins show, and what the decree forbids is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.plan_documents import DOCUMENTS
from cchc_desktop.domain.document_layout import BOUNDS, Layout
from cchc_desktop.domain.document_template import (
    NEEDED,
    WORDINGS,
    DocumentTemplate,
    PlanDocument,
    template_faults,
    wording_faults,
)
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.language import render, standing
from tests.documents.plan_papers import pdf, source
from tests.documents.reading import MM, flowing, pieces, words

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
