"""The documents of one plan, written and converted by LibreOffice once for all tests that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.model import Document, Text
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import PlanInput, write_plan_pdf
from cchc_desktop.documents.plan_documents import DOCUMENTS
from cchc_desktop.documents.selfscore import selfscore_document
from cchc_desktop.domain.dated_rule import Route
from cchc_desktop.domain.document_layout import Layout
from cchc_desktop.domain.document_template import DocumentTemplate, PlanDocument
from cchc_desktop.domain.plan import PlanForm, PlanIssue
from cchc_desktop.domain.routing import Routing, UnitRouting
from tests.documents.reading import libreoffice
from tests.documents.sample import COMMUNE, DEPARTMENT, plan_input, selfscore_input, task

LONG = "Mỗi nhiệm vụ có sản phẩm, thời hạn và đúng một bộ phận chủ trì thực hiện. " * 6
GIVEN = PlanIssue("5", date(2026, 2, 5), letter_number="7", letter_on=date(2026, 2, 6))
# The narrowest text and the widest sizes that an office may choose.
OTHER_LAYOUT = Layout(
    *(Decimal(25), Decimal(25), Decimal(35), Decimal(20), Decimal(13), Decimal(13), Decimal(14), Decimal(12)),
    indent=Decimal(10),
    paragraph_space=Decimal(8),
    line_spacing=Decimal("1.5"),
)


@dataclass(frozen=True)
class Written:
    """A document, as this program writes it and as LibreOffice shows the DOCX."""

    document: Document
    pdf: Path
    docx: Path
    shown_pdf: Path
    shown_text: Path


def _sent(source: PlanInput, routes: tuple[Route, ...]) -> PlanInput:
    routing = UnitRouting(Routing(routes=routes), source.unit)
    return replace(source, plan=replace(source.plan, routing=routing))


def _issued_as(source: PlanInput, kind: PlanDocument) -> PlanInput:
    """The number is the decision's when a plan is issued by one."""
    form = PlanForm.DECISION if kind is PlanDocument.DECISION else PlanForm.PLAN
    return replace(source, plan=replace(source.plan, issue=replace(source.plan.issue, form=form)))


def sources() -> dict[str, PlanInput]:
    texts = {"aim": f"1. Mục đích\n{LONG}\n{LONG}"}
    routes = (
        Route("plan", "UBND tỉnh Đắk Lắk", "Sở Nội vụ"),
        Route("plan", "UBND tỉnh Đắk Lắk", "Sở Tài chính"),
        Route("plan", "Đảng ủy xã", ""),
    )
    commune = _sent(plan_input(tuple(task(n) for n in range(40)), texts=texts, issue=GIVEN), routes)
    awkward = plan_input(
        (
            task(0, title="Rà soát 'nháy' \"kép\" a/b\\c <b> & ]]>", lead="H'Yar Kbuôr / Y Bhăm"),
            task(1, title="Rà soát thủ tục ở xã Ẵng Đậu\ndòng hai", product="=SUM(A1)"),
            task(2, lead="", due="", product=""),
        ),
        unit=replace(COMMUNE, name="UBND xã Cư M'gar", superior="UBND tỉnh Đắk Lắk", place="Cư M'gar"),
        issue=PlanIssue(),
    )
    empty = plan_input((), texts={"aim": "", "doing": " ", "budget": ""})
    return {
        "commune": commune,
        "department": _sent(plan_input(unit=DEPARTMENT, issue=GIVEN), routes[:1]),
        "awkward": awkward,
        "empty": replace(empty, plan=replace(empty.plan, targets=())),
        "other": replace(commune, template=DocumentTemplate(layout=OTHER_LAYOUT)),
        "many": plan_input(tuple(task(number) for number in range(500))),
    }


def documents() -> Mapping[str, Document]:
    made = {
        f"{name}-{kind}": DOCUMENTS[kind](_issued_as(source, kind))
        for name, source in sources().items()
        for kind in PlanDocument
        if name != "many" or kind is PlanDocument.PLAN
    }
    selfscore = selfscore_document(selfscore_input())
    return {**made, "selfscore": selfscore, "blank": replace(selfscore, blocks=(Text("Một dòng."),))}


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune's plan of 40 tasks over three areas, as PDF."""
    path = tmp_path_factory.mktemp("plan") / "kế hoạch.pdf"
    write_plan_pdf(path, plan_input(tuple(task(number) for number in range(40))))
    return path


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Written]:
    folder = tmp_path_factory.mktemp("issued")
    found: dict[str, Written] = {}
    for name, document in documents().items():
        pdf, docx = folder / f"{name}.pdf", folder / f"{name}.docx"
        write_pdf(document, pdf)
        write_docx(docx, document)
        shown = folder / "shown"
        found[name] = Written(document, pdf, docx, shown / pdf.name, shown / f"{name}.txt")
    (folder / "shown").mkdir()
    files = [each.docx for each in found.values()]
    libreoffice(files, "pdf", folder / "shown")
    libreoffice(files, "txt:Text (encoded):UTF8", folder / "shown")
    return found
