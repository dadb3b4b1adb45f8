"""Plans with awkward names, and a plan without anything, are printed as they are."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import DOCUMENTS
from cchc_desktop.documents.plan_xlsx import write_plan_xlsx
from cchc_desktop.domain.document_template import (
    PlanDocument,
)
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.unit import Person
from tests.documents.plan_papers import pdf, sheet_rows, source
from tests.documents.reading import MM, flowing, words
from tests.documents.sample import COMMUNE

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
