"""The plan templates' workbooks: each compiles to its installed pack, and comes back as it was."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import openpyxl
import pytest

from cchc_desktop.formpack.plan_codec import decode, encode
from cchc_desktop.formpack.plan_compiler import compile_plan, is_plan_sheet
from cchc_desktop.formpack.workbook_writer_plan import plan_workbook
from cchc_desktop.intake.workbook import read_workbook

FORMS = Path(__file__).resolve().parents[2] / "forms" / "plan"
NAMES = sorted(path.stem for path in FORMS.glob("*.json"))


def test_every_pack_has_its_workbook_and_the_other_way_round() -> None:
    assert sorted(path.stem for path in FORMS.glob("*.xlsx")) == NAMES
    assert {"ke-hoach-so-2026", "ke-hoach-xa-2026"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_workbook_compiles_to_the_installed_pack_without_a_warning(name: str) -> None:
    begin = time.process_time()
    found = compile_plan(read_workbook(FORMS / f"{name}.xlsx", is_plan_sheet))
    assert time.process_time() - begin <= 1
    assert (found.errors, found.warnings) == ((), ())
    assert found.template is not None
    assert encode(found.template) == (FORMS / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_export_gives_the_workbook_again_byte_for_byte(name: str) -> None:
    template = decode((FORMS / f"{name}.json").read_bytes())
    assert plan_workbook(template) == (FORMS / f"{name}.xlsx").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_reads_the_same_tasks(name: str) -> None:
    """The workbook seen by the library: one line a task, its due date as text, so that Excel leaves it."""
    template = decode((FORMS / f"{name}.json").read_bytes())
    sheet = openpyxl.load_workbook(FORMS / f"{name}.xlsx")["Nhiệm vụ"]
    head = [cell.value for cell in sheet[1]]
    column = {title: place for place, title in enumerate(head)}
    rows = [row for row in sheet.iter_rows(min_row=2) if row[0].value is not None]
    read = [(row[0].value, row[column["Nhiệm vụ"]].value, row[column["Thời gian"]].value) for row in rows]
    assert read == [(task.key, task.title, task.due or None) for task in template.tasks]
    assert all(row[column["Thời gian"]].number_format == "@" for row in rows)


@pytest.mark.slow
def test_libreoffice_opens_it_and_what_it_saves_compiles_to_the_same(tmp_path: Path) -> None:
    """An office opens the book in its own program and saves it: the same template comes out."""
    source = FORMS / "ke-hoach-xa-2026.xlsx"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    found = compile_plan(read_workbook(tmp_path / source.name, is_plan_sheet))
    assert found.errors == ()
    assert found.template is not None
    assert encode(found.template) == (FORMS / "ke-hoach-xa-2026.json").read_bytes()
