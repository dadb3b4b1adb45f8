"""Installed packs: found by place, known by id and version, never two of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.formpack.criteria_codec import encode
from cchc_desktop.language import render
from cchc_desktop.services import packs
from tests.formpack.books import book_bytes, compiled, small_book


def pack(folder: Path, name: str, **settings: object) -> Path:
    """A compiled small set with other settings, installed in the folder."""
    book = small_book()
    for row in book["Thông tin"]:
        row[1] = settings.get(row[0], row[1])
    criteria = compiled(book_bytes(book)).criteria
    assert criteria is not None
    path = folder / "forms" / "criteria" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(criteria))
    return path


def test_the_newest_version_and_the_one_that_a_round_names(tmp_path: Path) -> None:
    pack(tmp_path, "a.json")
    pack(tmp_path, "b.json", version=2, title="Lần hai")
    assert packs.newest_criteria_set("thu-2026", tmp_path).version == 2
    assert packs.criteria_set(PackRef("thu-2026", 1), tmp_path).title == "Bộ thử"
    refs = [info.ref for info in packs.criteria_sets(tmp_path)]
    assert refs == [
        *(PackRef("so-mau-2026", 1), PackRef("xa-mau-2026", 1)),
        *(PackRef("thu-2026", 1), PackRef("thu-2026", 2)),
    ]


def test_a_pack_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    path = pack(tmp_path, "a.json")
    first = packs.criteria_set(PackRef("thu-2026", 1), tmp_path)
    assert packs.criteria_set(PackRef("thu-2026", 1), tmp_path) is first
    path.unlink()
    with pytest.raises(KnownError) as caught:
        packs.criteria_set(PackRef("thu-2026", 1), tmp_path)
    assert caught.value.code == "formpack.pack_version_unknown"


def test_two_files_that_claim_one_version_with_different_bytes_are_refused(tmp_path: Path) -> None:
    pack(tmp_path, "a.json")
    pack(tmp_path, "b.json")
    assert isinstance(packs.criteria_set(PackRef("thu-2026", 1), tmp_path), CriteriaSet)
    pack(tmp_path, "b.json", title="Bộ khác")
    with pytest.raises(KnownError) as caught:
        packs.criteria_set(PackRef("thu-2026", 1), tmp_path)
    assert caught.value.code == "formpack.pack_conflict"


def test_a_broken_pack_does_not_hide_the_others(tmp_path: Path) -> None:
    path = pack(tmp_path, "a.json")
    content = json.loads(path.read_bytes())
    content["total_max"] = "11"
    (path.parent / "c.json").write_text(json.dumps(content))
    found = registry.found_in((tmp_path / "forms",), PackKind.CRITERIA)
    assert [type(entry).__name__ for entry in found] == ["Installed", "Broken"]
    assert packs.newest_criteria_set("thu-2026", tmp_path).total_max == 10


def test_the_set_and_the_template_for_a_unit(tmp_path: Path) -> None:
    commune = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    assert commune[0] == PackRef("xa-mau-2026", 1)
    assert packs.plan_template(commune[1]).unit_kinds == (UnitKind.COMMUNE,)
    assert packs.for_unit_kind(UnitKind.DEPARTMENT, 2030)[0] == PackRef("so-mau-2026", 1)
    pack(tmp_path, "n.json", id="xa-2027", year=2027, unit_kinds="commune")
    assert packs.for_unit_kind(UnitKind.COMMUNE, 2027, tmp_path)[0] == PackRef("xa-2027", 1)
    assert packs.for_unit_kind(UnitKind.COMMUNE, 2026, tmp_path)[0] == PackRef("xa-mau-2026", 1)
    with pytest.raises(KnownError) as caught:
        packs.for_unit_kind(UnitKind.PARTY_BODY, 2026)
    assert caught.value.code == "formpack.no_pack_for_unit"
    assert "năm 2026" in render(caught.value.message), "a year is no quantity"


def test_looking_for_one_pack_reads_no_other(tmp_path: Path) -> None:
    for number in range(1, 6):
        pack(tmp_path, f"{number}.json", version=number, title=f"Lần {number}")
    registry._load.cache_clear()
    found = registry.one((tmp_path / "forms",), PackKind.CRITERIA, PackRef("thu-2026", 3))
    assert found.info.title == "Lần 3"
    assert registry._load.cache_info().misses == 1


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_a_pack_in_another_layout_is_found_by_reading_it(indent: int | None, tmp_path: Path) -> None:
    path = pack(tmp_path, "a.json")
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=indent))
    assert packs.criteria_set(PackRef("thu-2026", 1), tmp_path).title == "Bộ thử"
