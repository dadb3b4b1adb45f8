"""A workbook as it went out, its rows in another order or saved by LibreOffice, comes back unchanged."""

from __future__ import annotations

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cchc_desktop.domain.plan import TaskState
from cchc_desktop.services import plan, rooms
from tests.services.room_office import HEAD_ROW, ROOM, Desk, differences, handed_out, office, small_plan

_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(
        [
            "=1+1",
            "-5",
            "+84",
            "@a",
            "#N/A",
            "_x0041_",
            "a\tb",
            " x ",
            "\u00a0y",
            "1,5",
            "30/06/2026",
            "'q",
            "TRUE",
        ]
    ),
)
_TASK = st.fixed_dictionaries(
    {
        "title": _TEXT,
        "product": _TEXT,
        "coworkers": _TEXT,
        "due": _TEXT,
        "cost_source": _TEXT,
        "cost": st.one_of(
            st.none(),
            st.decimals(min_value=0, max_value=10**11, places=3),
            st.just(Decimal("123456789012.123456")),
        ),
        "state": st.sampled_from(TaskState),
        "done_on": st.one_of(st.none(), st.dates(min_value=date(1890, 1, 1), max_value=date(2090, 1, 1))),
        "percent": st.one_of(st.none(), st.integers(0, 100)),
    }
)


def _permuted(path: Path, seed: int) -> None:
    """All rows of all tables in another order, free rows too."""
    book = load_workbook(path)
    for sheet in (book["Nhiệm vụ"], book["Chỉ tiêu"]):
        rows = [
            [(cell.value, cell.data_type, cell.number_format) for cell in line]
            for line in sheet.iter_rows(min_row=HEAD_ROW + 1)
        ]
        Random(seed).shuffle(rows)
        for number, row in enumerate(rows, HEAD_ROW + 1):
            for column, (value, kind, look) in enumerate(row, 1):
                cell: Any = sheet.cell(number, column)
                cell.value, cell.number_format = value, look
                if kind == "s":
                    cell.data_type = "s"
    book.save(path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=st.lists(_TASK, min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_unchanged_and_permuted_rows_have_no_difference(
    tmp_path_factory: pytest.TempPathFactory, tasks: list[dict[str, Any]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("hoán vị")
    profile, round_id = office(folder / "p")
    with profile:
        small_plan(profile, round_id)
        area = plan.plan(profile, round_id).template.areas[0].key
        for fields in tasks:
            plan.add_task(profile, round_id, area, lead=ROOM, **fields)
        (path,) = handed_out(profile, round_id, folder / "ra", ROOM)
        unchanged = rooms.preview(profile, path, round_id)
        assert [differences(unchanged), unchanged.differing, unchanged.findings] == [{}, (), ()]
        _permuted(path, seed)
        permuted = rooms.preview(profile, path, round_id)
        assert [differences(permuted), permuted.differing, permuted.findings] == [{}, (), ()]


@pytest.mark.slow
def test_libreoffice_saves_it_anew_without_a_difference(desk: Desk, tmp_path: Path) -> None:
    area = plan.plan(desk.profile, desk.round_id).template.areas[0].key
    for title in ("=1+1", "Dòng một\nDòng hai", '\'q / "x"', "1,5", "30/06/2026", "TRUE", "_x0041_"):
        plan.add_task(desk.profile, desk.round_id, area, title=title, product=title, lead=ROOM, due=title)
    (path,) = handed_out(desk.profile, desk.round_id, tmp_path / "ra2", ROOM)
    every = {ROOM: [row.key for row in rooms.figure_rows(desk.profile, desk.round_id)]}
    _changes, (figures,) = rooms.hand_out_figures(desk.profile, desk.round_id, every, tmp_path / "ra2")
    out = tmp_path / "lưu lại"
    done = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "xlsx"),
            *("--outdir", str(out), str(path), str(figures)),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for file in (path, figures):
        saved = out / file.name
        assert saved.read_bytes() != file.read_bytes()
        returned = rooms.preview(desk.profile, saved, desk.round_id)
        assert [differences(returned), returned.differing, returned.findings] == [{}, (), ()]
