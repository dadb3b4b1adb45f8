"""Sample evidence opens in its own tool and shows the number and date of its record."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.documents.sample_evidence import SampleEvidence, SampleKind, write_sample
from tests.documents.reading import flowing, libreoffice, page_texts

SAMPLE = SampleEvidence(
    SampleKind.PDF,
    "17/TB-UBND",
    date(2026, 3, 9),
    "UBND xã Ea Kao",
    "Ea Kao",
    "Thông báo",
    "Kết luận kiểm tra cải cách hành chính quý I năm 2026",
    ("Đã kiểm tra 04 nội dung.", "Một nội dung phải khắc phục trước ngày 31/3/2026."),
    superior="UBND tỉnh Đắk Lắk",
    signer_title="Phó Chủ tịch",
    signer="H'Yar Kbuôr",
    table=(("Tháng", "Tiếp nhận", "Đúng hạn"), ("Tháng 1", "1.201", "1.198"), ("Tháng 2", "=1+1", "98,5")),
)


def of_kind(folder: Path, kind: SampleKind) -> Path:
    return write_sample(folder / f"mẫu.{kind}", replace(SAMPLE, kind=kind))


@pytest.mark.parametrize("kind", SampleKind)
def test_same_record_gives_the_same_bytes_and_another_gives_others(tmp_path: Path, kind: SampleKind) -> None:
    first = of_kind(tmp_path, kind).read_bytes()
    if kind in (SampleKind.DOCX, SampleKind.XLSX):
        time.sleep(2.1)  # a zip archive keeps time in steps of two seconds
    assert of_kind(tmp_path, kind).read_bytes() == first
    other = write_sample(tmp_path / "khác", replace(SAMPLE, kind=kind, number="18/TB-UBND"))
    assert other.read_bytes() != first


def test_pdf(tmp_path: Path) -> None:
    text = flowing(of_kind(tmp_path, SampleKind.PDF))
    for words in (
        "Số: 17/TB-UBND",
        "Ea Kao, ngày 09 tháng 3 năm 2026",
        "THÔNG BÁO",
        "Đã kiểm tra 04 nội dung.",
        "không phải văn bản do cơ quan ban hành",
        "H'Yar Kbuôr",
    ):
        assert words in text


def test_docx(tmp_path: Path) -> None:
    import docx

    path = of_kind(tmp_path, SampleKind.DOCX)
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Số: 17/TB-UBND" in cell for cell in cells)
    assert any("Ea Kao, ngày 09 tháng 3 năm 2026" in cell for cell in cells)
    assert "=1+1" in cells
    assert any("Đã kiểm tra 04 nội dung." in paragraph.text for paragraph in document.paragraphs)


def test_xlsx(tmp_path: Path) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(of_kind(tmp_path, SampleKind.XLSX)).active
    assert sheet is not None
    cells = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert any(cell.value == "Số 17/TB-UBND ngày 09/03/2026" for cell in cells.values())
    assert [sheet.cell(7, column).value for column in (1, 2, 3)] == ["Tháng 1", 1201, 1198]
    assert sheet.cell(8, 2).data_type == "s"
    assert sheet.cell(8, 3).value == 98.5


@pytest.mark.parametrize(
    ("kind", "name", "size"), [(SampleKind.JPG, "JPEG", (1240, 1754)), (SampleKind.PNG, "PNG", (1366, 768))]
)
def test_pictures_open_and_hold_ink(
    tmp_path: Path, kind: SampleKind, name: str, size: tuple[int, int]
) -> None:
    from PIL import Image

    with Image.open(of_kind(tmp_path, kind)) as picture:
        picture.load()
        assert (picture.format, picture.size) == (name, size)
        grey = picture.convert("L")
    dark = sum(grey.histogram()[:100]) / (size[0] * size[1])
    assert 0.005 < dark < 0.2


def test_a_number_changes_the_picture_where_it_stands(tmp_path: Path) -> None:
    """The screen shows the number: two records that differ in it alone differ in that line alone."""
    from PIL import Image, ImageChops

    first = write_sample(tmp_path / "a.png", replace(SAMPLE, kind=SampleKind.PNG))
    second = write_sample(tmp_path / "b.png", replace(SAMPLE, kind=SampleKind.PNG, number="99/TB-UBND"))
    with Image.open(first) as one, Image.open(second) as two:
        box = ImageChops.difference(one.convert("RGB"), two.convert("RGB")).getbbox()
    assert box is not None
    _left, top, right, bottom = box
    assert top > 100 and bottom < 200 and right < 200


@pytest.mark.slow
def test_libreoffice_opens_the_office_files(tmp_path: Path) -> None:
    for kind in (SampleKind.DOCX, SampleKind.XLSX):
        libreoffice(of_kind(tmp_path, kind), "pdf", tmp_path)
        (page, *_more) = page_texts(tmp_path / "mẫu.pdf")
        text = " ".join(page.split())
        assert "17/TB-UBND" in text
        assert ("ngày 09 tháng 3 năm 2026" in text) or ("ngày 09/03/2026" in text)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text or kind is SampleKind.XLSX
