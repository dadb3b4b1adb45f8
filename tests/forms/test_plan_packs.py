"""The shipped plan templates: what each of the ten has to hold, by hand from seeds 000 to 004."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from cchc_desktop import paths
from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plan_check_sending import is_same_document
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate, SectionKind
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.formpack import criteria_codec, plan_codec

FOLDER = paths.forms_folder() / "plan"
XA, SO = UnitKind.COMMUNE, UnitKind.DEPARTMENT
NAMES = {
    (PlanKind.YEARLY, XA): "ke-hoach-xa-2026",
    (PlanKind.YEARLY, SO): "ke-hoach-so-2026",
    (PlanKind.COMPETITIVENESS, XA): "canh-tranh-xa-2026",
    (PlanKind.COMPETITIVENESS, SO): "canh-tranh-so-2026",
    (PlanKind.FIVE_YEAR, XA): "giai-doan-xa-2026",
    (PlanKind.FIVE_YEAR, SO): "giai-doan-so-2026",
    (PlanKind.PART_YEAR, XA): "phan-nam-xa-2026",
    (PlanKind.PART_YEAR, SO): "phan-nam-so-2026",
    (PlanKind.INDICES, XA): "nang-chi-so-xa-2026",
    (PlanKind.INDICES, SO): "nang-chi-so-so-2026",
}
UNITS = {
    XA: Unit(XA, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk"),
    SO: Unit(SO, "Sở Tư pháp", "SO-TP", "UBND tỉnh Đắk Lắk"),
}
# The six content areas of the programme, the direction of them, competitiveness (seed 002, 1 a).
EIGHT = {
    *("direction", "institutions", "procedures", "organisation", "civil_service", "finance", "digital"),
    "competitiveness",
}
ALL = [pytest.param(kind, unit, id=name) for (kind, unit), name in NAMES.items()]
each = pytest.mark.parametrize(("kind", "unit_kind"), ALL)


@lru_cache
def pack(kind: PlanKind, unit_kind: UnitKind) -> PlanTemplate:
    return plan_codec.decode((FOLDER / f"{NAMES[kind, unit_kind]}.json").read_bytes())


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_these_ten_are_all() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES.values())
    assert len({pack(*which).id for which in NAMES}) == 10


@each
def test_it_is_for_that_plan_and_unit_and_says_that_it_is_a_sample(
    kind: PlanKind, unit_kind: UnitKind
) -> None:
    found = pack(kind, unit_kind)
    assert (found.kind, found.unit_kinds) == (kind, (unit_kind,))
    assert found.title.endswith("(mẫu tham khảo)")
    assert "không phải mẫu do tỉnh ban hành" in found.source


@each
def test_every_text_is_clean(kind: PlanKind, unit_kind: UnitKind) -> None:
    content = (FOLDER / f"{NAMES[kind, unit_kind]}.json").read_text(encoding="utf-8")
    for text in strings(json.loads(content)):
        assert unicodedata.is_normalized("NFC", text), text
        assert text == text.strip(), text
        assert not re.search(r" {2}|[«»\u00a0\u200b]|\[mem\]| ,| ;|;;", text), text
        assert set(re.findall(r"\{[^}]*\}", text)) <= {
            *("{year}", "{last_year}", "{unit}", "{place}", "{superior}")
        }


@each
def test_every_part_says_where_it_comes_from(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    parts: list[Any] = [*found.grounds, *found.sections, *found.tasks, *found.targets, *found.checks]
    for part in parts:
        assert part.source.strip(), part


@each
def test_the_six_sections_with_standing_text(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    text, targets, tasks, budget = SectionKind
    assert [section.kind for section in found.sections] == [text, targets, tasks, text, budget, text]
    own = found.for_unit(UNITS[unit_kind], 2026)
    for section in own.sections:
        assert len(section.text) > 80
        assert section.guidance
        assert not re.search(r"\{[a-z_]+\}", section.text)
    assert any("UBND tỉnh Đắk Lắk" in text for text in own.recipients)
    assert own.recipients[-1].startswith("Lưu: VT")


def test_the_standing_texts_differ_by_the_kind_of_unit() -> None:
    for kind in PlanKind:
        commune, department = pack(kind, XA), pack(kind, SO)
        for one, other in zip(commune.sections, department.sections, strict=True):
            if one.key in ("purpose", "solutions", "implementation"):
                assert one.text != other.text, (kind, one.key)
        assert set(commune.departments).isdisjoint(department.departments)


@each
def test_every_area_has_a_task_and_a_target_that_can_be_measured(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    keys = {area.key for area in found.areas}
    if kind is not PlanKind.COMPETITIVENESS:
        assert keys >= EIGHT
    assert {task.area for task in found.tasks} == keys
    assert {target.area for target in found.targets if re.search(r"\d", target.value)} == keys
    assert keys.isdisjoint({"", None})


@each
def test_tasks_are_whole_short_and_led_by_a_room_of_the_unit(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    everybody = {XA: "Các phòng, đơn vị thuộc UBND", SO: "Các phòng, đơn vị thuộc Sở"}[unit_kind]
    outside = {"Công an cấp xã"}
    for task in found.tasks:
        for text in (task.title, task.product, task.lead, task.coworkers, task.due):
            assert text.strip(), task.key
            assert len(text) <= 300, task.key
        assert task.lead in found.departments
        helpers = {name.strip() for name in task.coworkers.split(";")}
        assert helpers <= {*found.departments, everybody} | outside, task.key
        assert task.lead not in helpers
    for target in found.targets:
        assert max(len(target.title), len(target.exception), len(target.measure)) <= 300
        assert target.unit
        assert target.level
        assert re.search(r"\d", target.value)


@each
def test_no_wording_stands_twice(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    for texts in (
        [task.title for task in found.tasks],
        [task.product for task in found.tasks],
        [target.title for target in found.targets],
        [ground.text for ground in found.grounds],
    ):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


@each
def test_due_dates_lie_in_the_plans_time(kind: PlanKind, unit_kind: UnitKind) -> None:
    own = pack(kind, unit_kind).for_unit(UNITS[unit_kind], 2026)
    for task in own.tasks:
        due = parse_due(task.due, 2026)
        assert due is not None, task.due
        assert due.start.year == 2026, task.due
        assert due.end.year == (2030 if kind is PlanKind.FIVE_YEAR else 2026), task.due


@each
def test_tasks_name_rows_of_the_named_criteria_set(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    path = paths.forms_folder() / "criteria" / f"{found.criteria_set}.json"
    rows = {node.key for node in criteria_codec.decode(path.read_bytes(), path.name).rows}
    linked = {key for task in found.tasks for key in task.criteria}
    assert linked
    assert linked <= rows


@each
def test_what_a_new_plan_cites_is_in_force_on_its_first_day(kind: PlanKind, unit_kind: UnitKind) -> None:
    found = pack(kind, unit_kind)
    cited = [ground for ground in found.grounds if ground.preset]
    assert len(cited) >= 4
    for ground in cited:
        assert ground.in_force(date(2026, 1, 1)), ground.text
    own = found.for_unit(UNITS[unit_kind], 2026)
    assert own.citations == tuple(
        ground.text.replace("{year}", "2026").replace("{superior}", "UBND tỉnh Đắk Lắk") for ground in cited
    )


@each
def test_the_library_of_citations(kind: PlanKind, unit_kind: UnitKind) -> None:
    """What the seeds cite, with the days it is in force; what nobody checked says so."""
    library = {ground.text: ground for ground in pack(kind, unit_kind).grounds}

    def one(number: str) -> Any:
        (found,) = [ground for text, ground in library.items() if f" {number} " in f"{text} "]
        return found

    for number, first, last in (
        ("76/NQ-CP", date(2021, 7, 15), date(2030, 12, 31)),
        ("23/CT-TTg", date(2021, 9, 2), date(2030, 12, 31)),
        ("1814/QĐ-UBND", date(2021, 9, 30), date(2025, 12, 31)),
        ("08-NQ/TU", date(2021, 4, 22), date(2025, 12, 31)),
        ("01-NQ/TU", date(2021, 11, 4), date(2025, 12, 31)),
        ("21-KL/TW", date(2021, 10, 25), None),
        ("37-QĐ/TW", date(2021, 10, 25), None),
        ("01-KL/TW", date(2021, 5, 18), None),
        ("05-CT/TW ngày 15/5/2016", date(2016, 5, 15), None),
        ("1847/QĐ-TTg", date(2018, 12, 27), None),
        ("733/QĐ-TTg", date(2019, 6, 14), date(2025, 12, 31)),
        ("14-KL/TW", date(2021, 9, 22), None),
        ("968/CĐ-TTg", date(2023, 10, 16), None),
        ("14/CT-UBND", date(2023, 4, 28), None),
        ("8946/UBND-TH", date(2023, 10, 13), None),
        ("2784/QĐ-UBND", date(2022, 12, 9), date(2025, 12, 31)),
        ("118/2025/NĐ-CP ngày 09/6/2025", date(2025, 7, 1), None),
        ("68/2024/NĐ-CP", date(2024, 8, 15), None),
        ("23/2025/NĐ-CP", date(2025, 4, 10), None),
        ("1187/QĐ-BNV", date(2025, 10, 15), None),
    ):
        ground = one(number)
        assert (ground.valid_from, ground.valid_to) == (first, last), number
    for number, heir in (
        ("876/QĐ-BNV", "892/QĐ-BNV"),
        ("892/QĐ-BNV", "1187/QĐ-BNV"),
        ("61/2018/NĐ-CP", "118/2025/NĐ-CP"),
        ("65/2025/QH15", "72/2025/QH15"),
    ):
        ground = one(number)
        assert not ground.in_force(date(2026, 1, 1))
        assert heir in ground.replaced_by
        assert not ground.preset
        assert "chưa kiểm chứng" in ground.source


def test_a_document_of_the_library_is_known_by_its_number_and_taken_for_no_other() -> None:
    library = pack(PlanKind.YEARLY, XA).grounds
    for written in library:
        assert [g.text for g in library if is_same_document(written.text, g)] == [written.text]
    for short, whole in (
        ("Nghị quyết 01-NQ/TU ngày 04/11/2021 của Tỉnh ủy", "01-NQ/TU"),
        ("Kết luận số 21-KL/TW", "21-KL/TW"),
        ("Quyết định 733/QĐ-TTg ngày 14/6/2019", "733/QĐ-TTg"),
    ):
        (found,) = [g for g in library if is_same_document(short, g)]
        assert whole in found.text
    assert not [g for g in library if is_same_document("Quyết định 1814/QĐ-UBND ngày 05/5/2026", g)]


# Slogans (seed 001): four more, two less, two none; five that staff have, three that they have not.
FOUR_TWO_TWO = (
    *("Tăng tính công khai, minh bạch", "Tăng trách nhiệm trong thực thi công vụ"),
    *("Tăng giải quyết thủ tục hành chính qua môi trường mạng", "Tăng sự hài lòng"),
    *("Giảm thời gian thực hiện thủ tục hành chính", "Giảm chi phí tuân thủ"),
    *("Không gây phiền hà, sách nhiễu", "Không trễ hẹn"),
)
FIVE_THREE = (
    *("Có trách nhiệm cao", "Có kiến thức, kỹ năng", "Có tính sáng tạo", "Có ý thức tổ chức kỷ luật"),
    *("Có tư tưởng, đạo đức nghề nghiệp trong sáng", "Không quan liêu", "Không có hành vi, thái độ tiêu cực"),
    "Không chủ nghĩa cá nhân, thực dụng",
)


@pytest.mark.parametrize("unit_kind", [XA, SO])
@pytest.mark.parametrize("kind", [PlanKind.YEARLY, PlanKind.INDICES])
@pytest.mark.parametrize(
    ("slogan", "parts"), [("4 tăng, 2 giảm, 2 không", FOUR_TWO_TWO), ("Năm có, ba không", FIVE_THREE)]
)
def test_each_part_of_a_slogan_has_a_measure(
    kind: PlanKind, unit_kind: UnitKind, slogan: str, parts: tuple[str, ...]
) -> None:
    rows = [target for target in pack(kind, unit_kind).targets if target.slogan == slogan]
    assert len(rows) == len(parts) == 8
    for part, row in zip(parts, rows_in_order(rows, parts), strict=True):
        assert row.title.startswith(part)
        assert len(row.measure) > 20
        assert "Quảng Trị" in row.source
        assert "tái dựng" in row.source or "mức: " in row.source
        if part.startswith("Không gây") or part == "Không trễ hẹn":
            assert row.value == "0"


def rows_in_order(rows: list[Any], parts: tuple[str, ...]) -> list[Any]:
    return [next(row for row in rows if row.title.startswith(part)) for part in parts]


@pytest.mark.parametrize("unit_kind", [XA, SO])
def test_the_yearly_plan_offers_what_the_seeds_order(unit_kind: UnitKind) -> None:
    found = pack(PlanKind.YEARLY, unit_kind)
    titles = "\n".join(task.title for task in found.tasks)
    for words in (
        "họp giao ban hằng tháng",  # 002, 2 a
        "03 trọng tâm quốc gia",  # 002, 3 a
        "03 trọng tâm của tỉnh",  # 002, 3 b
        "từng nhóm đối tượng",  # 002, 3
        "ối thoại",  # 003, 1 h
        "đột xuất",  # 003, 1 b
        "hai năm liên tiếp không hoàn thành",  # 000, 5
        "lãnh đạo phụ trách",  # 000, 2
        "cam kết trách nhiệm",  # 001, 4
        "thay thế hoặc điều chuyển",  # 003, 1 b
        "73/2023/NĐ-CP",  # 003, 1 đ
        "kỹ năng giao tiếp",  # 001, 3
        "một việc" if unit_kind is XA else "mỗi việc",  # 004, III 3
    ):
        assert words in titles or words.replace("một việc", "mỗi việc") in titles, words
    whole = titles + "\n".join(target.title for target in found.targets)
    (internal,) = [task.title for task in found.tasks if task.key == "b2_internal"]
    (cut,) = [task.title for task in found.tasks if task.key == "b2_internal_cut"]
    assert "100%" in internal
    assert "50%" in internal
    assert cut.count("20%") == 2
    assert "Thủ tục hành chính nội bộ có phương án đơn giản hóa" in whole
    internal_targets = {
        target.key: target.value.removeprefix("từ ").removeprefix("≥ ")
        for target in found.targets
        if target.key in ("t_internal_public", "t_internal_simplified", "t_internal_cut", "t_cost_cut")
    }
    assert internal_targets == {
        "t_internal_public": "100",
        "t_internal_simplified": "50",
        "t_internal_cut": "20",
        "t_cost_cut": "20",
    }


@pytest.mark.parametrize("unit_kind", [XA, SO])
def test_a_five_year_template_marks_each_of_its_years(unit_kind: UnitKind) -> None:
    found = pack(PlanKind.FIVE_YEAR, unit_kind)
    items: list[Any] = [*found.tasks, *found.targets]
    for item in items:
        assert [milestone.year for milestone in item.milestones] == [2026, 2027, 2028, 2029, 2030], item.key


@pytest.mark.parametrize(
    ("unit_kind", "key", "by_year"),
    [  # seed 004, target 7: 30, 20, 15 % in 2021, then 20 points a year up to 100
        (SO, "gt_digitise", {2021: "30", 2022: "50", 2023: "70", 2024: "90", 2025: "100", 2026: "100"}),
        (SO, "gt_digitise_district", {2021: "20", 2022: "40", 2023: "60", 2024: "80", 2025: "100"}),
        (SO, "gt_digitise_commune", {2021: "15", 2022: "35", 2025: "95", 2026: "100"}),
        (XA, "gt_digitise", {2021: "15", 2022: "35", 2023: "55", 2024: "75", 2025: "95", 2026: "100"}),
    ],
)
def test_digitised_results_rise_by_twenty_points_a_year(
    unit_kind: UnitKind, key: str, by_year: dict[int, str]
) -> None:
    (found,) = [target for target in pack(PlanKind.FIVE_YEAR, unit_kind).targets if target.key == key]
    assert {year: found.value_in(year) for year in by_year} == by_year
    assert {milestone.text for milestone in found.milestones} == {"100"}
    if found.level == "xã":
        assert found.exception == "trừ xã vùng sâu, vùng xa, đặc biệt khó khăn"


def test_the_yearly_plan_of_2026_asks_for_all_results_digitised() -> None:
    for unit_kind in (XA, SO):
        own = pack(PlanKind.YEARLY, unit_kind).for_unit(UNITS[unit_kind], 2026)
        (found,) = [target for target in own.targets if target.key == "t_digitise"]
        assert found.value == "100"


def test_the_competitiveness_office_is_named_where_the_plan_goes() -> None:
    for unit_kind in (XA, SO):
        assert pack(PlanKind.COMPETITIVENESS, unit_kind).recipients[1].startswith("Sở Tài chính")
        assert pack(PlanKind.YEARLY, unit_kind).recipients[1].startswith("Sở Nội vụ")
        rows = pack(PlanKind.INDICES, unit_kind).tasks
        assert sum(task.area == "competitiveness" for task in rows) == 10  # the components of PCI
        assert sum(task.area == "papi" for task in rows) == 8  # the contents of PAPI
