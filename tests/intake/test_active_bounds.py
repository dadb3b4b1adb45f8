"""A plain file has no findings; looking keeps within memory and time, and can be stopped."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled
from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.services import samples
from tests.fuzz.samples import packed
from tests.intake.active_files import object_stream, picture, xlsx


def test_files_that_real_programs_wrote_have_no_findings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=SUM(B1:B9)"
    book.save(tmp_path / "a.xlsx")
    letter = Document()
    letter.add_paragraph("Kính gửi Sở Nội vụ")
    letter.save(str(tmp_path / "a.docx"))
    samples.make_profile(tmp_path / "xã", "commune")
    stored = [path for path in (tmp_path / "xã" / "evidence").glob("*/*") if path.is_file()]
    assert len(stored) > 20
    for path in stored:
        kinds = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff\xe0": ".jpg", b"PK\3\4": ".xlsx"}
        suffix = kinds.get(path.read_bytes()[:4], ".txt")
        found = [one.id for one in look_inside(path, f"a{suffix}")]
        assert not set(found) - {"active_content.type_differs"}, found
    for name in ("a.xlsx", "a.docx"):
        assert look_inside(tmp_path / name, name) == ()


def test_libreoffice_files_have_no_findings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kính gửi Sở Nội vụ", encoding="utf-8")
    for kind in ("pdf", "docx", "odt", "doc"):
        line = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", kind]
        subprocess.run(
            [*line, "--outdir", str(tmp_path), "a.txt"], cwd=tmp_path, check=True, capture_output=True
        )
        assert look_inside(tmp_path / f"a.{kind}", f"a.{kind}") == (), kind


MEASURE = """
import sys, time
from pathlib import Path
from cchc_desktop.intake.active_content import look_inside
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin
def most():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
look_inside(Path(sys.argv[1]), "warm.pdf")
base, begun = most(), time.process_time()
found = look_inside(Path(sys.argv[2]), sys.argv[3])
print(most() - base, time.process_time() - begun)
"""


@pytest.mark.parametrize("kind", ["large pdf", "pdf bomb", "office bomb", "large zip", "tiff"])
def test_memory_stays_small(kind: str, tmp_path: Path) -> None:
    files: dict[str, Callable[[], tuple[str, bytes]]] = {
        "large pdf": lambda: ("a.pdf", b"%PDF-1.7\n" + bytes(80_000_000)),
        "pdf bomb": lambda: ("a.pdf", object_stream(zlib.compress(b"5 0 " + bytes(60_000_000)))),
        "office bomb": lambda: ("a.xlsx", xlsx(("xl/a.xml", b"<x>" + b" " * 60_000_000))),
        "large zip": lambda: ("a.zip", packed([(f"{n}.txt", b"") for n in range(30_000)])),
        "tiff": lambda: ("a.tif", picture("TIFF", 30_000, 4_900)),
    }
    name, content = files[kind]()
    small, path = tmp_path / "small.pdf", tmp_path / name
    small.write_bytes(b"%PDF-1.7\n%%EOF")
    path.write_bytes(content)
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(path), name],
        capture_output=True,
        text=True,
        check=True,
    )
    grown, took = map(float, answer.stdout.split())
    assert grown < 100 * 1024, kind
    assert took < 3, kind


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF")
    assert look_inside(path, "a.pdf") == ()
    stopped = Progress()
    stopped.stop()
    with pytest.raises(Cancelled):
        look_inside(path, "a.pdf", stopped)


def test_file_that_is_gone_is_said(tmp_path: Path) -> None:
    assert [one.id for one in look_inside(tmp_path / "x.pdf", "x.pdf")] == ["active_content.not_looked_into"]
