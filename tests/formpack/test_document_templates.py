"""The workbook and the pack of an office's own document template."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_desktop.domain.document_template import DocumentTemplate, PlanDocument
from cchc_desktop.domain.pack import PackKind
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import document_codec, registry
from cchc_desktop.language import render
from cchc_desktop.services import document_templates
from tests.documents.test_own_template import OWN

FORMS = Path(__file__).resolve().parents[2] / "forms" / "documents"


def changed(folder: Path, cells: dict[tuple[str, str, str], Any]) -> Path:
    """The program's workbook with other values: (sheet, value in its key columns, column header) → value."""
    path = document_templates.write_workbook(folder / "mau.xlsx")
    book = openpyxl.load_workbook(path)
    for (sheet, key, header), value in cells.items():
        rows = book[sheet]
        column = next(cell.column for cell in rows[1] if cell.value == header)
        keys = {" ".join(str(cell.value) for cell in row[:2]): row[0].row for row in rows.iter_rows()}
        number = next(row for words, row in keys.items() if f"{words} ".startswith(f"{key} "))
        rows.cell(number, column).value = value
    book.save(path)
    return path


def test_the_programs_own_workbook_and_pack_are_one() -> None:
    found = document_templates.check_workbook(FORMS / "van-ban-chuan.xlsx")
    assert (found.errors, found.warnings) == ((), ())
    assert found.template is not None
    assert document_codec.encode(found.template) == (FORMS / "van-ban-chuan.json").read_bytes()
    assert (found.template.wordings, found.template.parts) == ({}, {})


def test_a_new_workbook_compiles_as_it_is(tmp_path: Path) -> None:
    found = document_templates.check_workbook(document_templates.write_workbook(tmp_path / "a.xlsx"))
    assert (found.errors, found.warnings) == ((), ())
    assert found.template is not None
    assert found.template.unit_kinds == (UnitKind.DEPARTMENT, UnitKind.COMMUNE)


def test_what_an_office_writes_is_read(tmp_path: Path) -> None:
    book = changed(
        tmp_path,
        {
            ("Mẫu văn bản", "id", "Giá trị"): "so-tai-chinh",
            ("Trình bày", "left", "Giá trị"): "32,5",
            ("Trình bày", "body_size", "Giá trị"): 13.5,
            ("Câu chữ", "plan.opening", "Câu chữ của đơn vị"): "Nay ban hành kế hoạch {period}:",
            ("Câu chữ", "plan.tasks_annex", "Câu chữ của đơn vị"): "-",
            ("Thành phần", "plan grounds", "Có dùng"): "Không",
        },
    )
    found = document_templates.check_workbook(book)
    assert found.errors == ()
    made = found.template
    assert made is not None
    assert made.id == "so-tai-chinh"
    assert (made.layout.left, made.layout.body_size) == (Decimal("32.5"), Decimal("13.5"))
    assert made.wordings == {"plan.opening": "Nay ban hành kế hoạch {period}:", "plan.tasks_annex": ""}
    assert "grounds" not in made.parts_of(PlanDocument.PLAN)
    assert document_codec.decode(document_codec.encode(made)) == made


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({("Trình bày", "left", "Giá trị"): 29}, ("Trình bày", "C4"), "30 - 35 mm"),
        ({("Trình bày", "body_size", "Giá trị"): 15}, ("Trình bày", "C6"), "13 - 14 pt"),
        ({("Trình bày", "top", "Giá trị"): "to"}, ("Trình bày", "C2"), "không phải"),
        (
            {("Câu chữ", "plan.opening", "Câu chữ của đơn vị"): "Kế hoạch {nam}"},
            ("Câu chữ", "C4"),
            "{nam}",
        ),
        ({("Thành phần", "plan closing", "Có dùng"): "Không"}, ("Thành phần", "B2"), "closing"),
        ({("Thành phần", "plan title", "Phần"): "bia"}, ("Thành phần", "B2"), "bia"),
        ({("Mẫu văn bản", "version", "Giá trị"): 0}, ("Mẫu văn bản", "B3"), "từ 1 đến 9999"),
        ({("Mẫu văn bản", "id", "Giá trị"): "Mẫu Sở"}, ("Mẫu văn bản", "B2"), "chữ thường"),
        ({("Mẫu văn bản", "unit_kinds", "Giá trị"): "phường nhỏ"}, ("Mẫu văn bản", "B5"), "phường nhỏ"),
    ],
)
def test_every_fault_has_its_cell(
    cells: dict[tuple[str, str, str], Any], place: tuple[str, str], words: str, tmp_path: Path
) -> None:
    found = document_templates.check_workbook(changed(tmp_path, cells))
    assert found.template is None
    assert (found.errors[0].sheet, found.errors[0].cell) == place, found.errors
    assert words in render(found.errors[0].message)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    cells = {("Trình bày", name, "Giá trị"): 1 for name in ("top", "left", "table_size")}
    found = document_templates.check_workbook(
        changed(tmp_path, {**cells, ("Câu chữ", "letter.body", "Câu chữ của đơn vị"): "{x}"})
    )
    assert [(one.sheet, one.cell) for one in found.errors] == [
        *(("Trình bày", "C2"), ("Trình bày", "C4"), ("Trình bày", "C9")),
        ("Câu chữ", "C38"),
    ]


def broken(**fields: Any) -> bytes:
    return json.dumps(json.loads(document_codec.encode(OWN)) | fields).encode()


def test_a_pack_comes_back_as_it_went_in() -> None:
    written = document_codec.encode(OWN)
    assert document_codec.decode(written) == OWN
    assert document_codec.encode(document_codec.decode(written)) == written


@pytest.mark.parametrize(
    "content",
    [
        broken(layout={"left": "29"}),
        broken(layout={"left": 30}),
        broken(layout={"links": "30"}),
        broken(wordings={"plan.opening": "{x}"}),
        broken(wordings={"plan.opening": 5}),
        broken(parts={"plan": ["title"]}),
        broken(parts={"bao-cao": ["title"]}),
        broken(version=0),
        broken(extra=1),
        b"{}",
        b"\xff" + document_codec.FORMAT.encode(),
    ],
)
def test_a_pack_that_was_tampered_with_is_refused(content: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        document_codec.decode(content, "mau.json")
    assert caught.value.code in ("plan.template_unreadable", "document_template.faulty")
    assert render(caught.value.message)


def test_the_units_own_goes_before_the_programs_and_the_chosen_before_all(tmp_path: Path) -> None:
    assert registry.document_template(UnitKind.COMMUNE, tmp_path).id == "van-ban-chuan"
    assert registry.document_template(UnitKind.PARTY_BODY, tmp_path) == DocumentTemplate()
    folder = tmp_path / "forms" / PackKind.DOCUMENT.value
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(document_codec.encode(OWN))
    assert registry.document_template(UnitKind.COMMUNE, tmp_path) == OWN
    assert registry.document_template(UnitKind.DEPARTMENT, tmp_path).id == "van-ban-chuan"
    assert registry.document_template(UnitKind.COMMUNE, tmp_path, "van-ban-chuan").id == "van-ban-chuan"


def test_the_workbook_of_an_installed_template_gives_it_back(tmp_path: Path) -> None:
    folder = tmp_path / "forms" / PackKind.DOCUMENT.value
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(document_codec.encode(OWN))
    book = document_templates.write_workbook(tmp_path / "b.xlsx", OWN.id, tmp_path)
    assert document_templates.check_workbook(book).template == OWN
    again = document_templates.write_workbook(tmp_path / "c.xlsx", OWN.id, tmp_path)
    assert again.read_bytes() == book.read_bytes()
    assert len(openpyxl.load_workbook(BytesIO(book.read_bytes())).worksheets) == 4
