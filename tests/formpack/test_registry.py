"""Installed packs: found by place, known by id and version, never two of one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


_LINES = st.sampled_from(
    [
        *(
            ' "id": "a-1"',
            ' "id": "a-1",',
            ' "id": "a-1",,',
            ' "id": "A"',
            ' "id": "a"x"',
            ' "id": ""',
            ' "id": 7',
        ),
        *('  "id": "a"', ' "id": "á"', ' "id": "a\x85"', ' "id": "a" ', ' "version": 7', ' "version": 007,'),
        *(
            ' "version": -1',
            ' "version": 1234567890',
            ' "version": 123456789,',
            ' "version": ',
            ' "version": 1,,',
        ),
        *(' "version": "7"', '  "version": 7', ' "version": ٣', ' "version": ²', ' "id": 7', "{", ""),
    ]
)


@given(st.lists(_LINES, max_size=5).map("\n".join).map(str.encode))
@example(b'{\n "id": "a-1",\n "version": 7\n}')
@example(b'{\n "id": "a-1",\n "version": 7')
@example(b'{\n "id": "a-1",\n "version": 7\n "id": "b"\n}')
@example(b'{\n "id": "\xff",\n "version": 7\n}')
@example(b'{\r\n "id": "a",\r\n "version": 7\r\n}')
@example(b"")
def test_what_a_file_claims_stands_on_two_lines_of_its_own(content: bytes) -> None:
    ids, versions = content.count(b'\n "id": "'), content.count(b'\n "version": ')
    id_ = re.search(rb'\n "id": "([a-z0-9-]+)",?\n', content)
    version = re.search(rb'\n "version": ([0-9]{1,9}),?\n', content)
    expected = None
    if ids == versions == 1 and id_ and version:
        expected = PackRef(id_[1].decode(), int(version[1]))
    assert registry.claimed_by(content) == expected
