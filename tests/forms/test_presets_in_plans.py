"""All presets of each template, taken into a real plan: it lacks only what the unit alone knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan_finding import Severity
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.services import packs, plan, plans, rounds
from cchc_desktop.services.profile import Profile, create_profile

UNITS = (
    Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk", place="Ea Kao"),
    Unit(UnitKind.DEPARTMENT, "Sở Tư pháp", "SO-TP", "UBND tỉnh Đắk Lắk", place="Buôn Ma Thuột"),
)
# What a plan still lacks when it holds only presets: money, number and day.
OWN_TO_SAY = {"plan.no_cost", "plan.not_issued", "plan.no_number"}


def started(profile: Profile, unit: Unit, kind: PlanKind) -> str:
    round_id = rounds.rounds(profile)[0].id
    if kind is PlanKind.YEARLY:
        return round_id
    (ref,) = [info.ref for info in packs.plan_templates(profile.folder, kind) if unit.kind in info.unit_kinds]
    return plans.start_plan(profile, round_id, ref)[1].id


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
@pytest.mark.parametrize("kind", PlanKind, ids=lambda kind: kind.value)
def test_all_presets_make_a_plan_that_passes_its_checks(tmp_path: Path, unit: Unit, kind: PlanKind) -> None:
    criteria, template = packs.for_unit_kind(unit.kind, 2026)
    assert packs.plan_template(template).kind is PlanKind.YEARLY
    with create_profile(tmp_path / "p", unit, 2026, criteria, template) as opened:
        plan_id = started(opened, unit, kind)
        offered = plan.untaken_presets(opened, plan_id)
        plan.take_presets(opened, plan_id, [preset.key for preset in offered])
        written = plan.plan(opened, plan_id)
        assert (written.kind, len(written.tasks) + len(written.targets)) == (kind, len(offered))
        found = plan.findings(opened, plan_id)
        assert [finding for finding in found if finding.severity is Severity.ERROR] == []
        assert [f.message for f in found if f.message.id not in OWN_TO_SAY] == []


def test_a_five_year_plan_takes_the_marks_of_its_years(tmp_path: Path) -> None:
    unit = UNITS[0]
    with create_profile(
        tmp_path / "p", unit, 2027, PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1)
    ) as opened:
        plan_id = started(opened, unit, PlanKind.FIVE_YEAR)
        plan.take_presets(opened, plan_id, ["gt_satisfied", "g_review"])
        written = plan.plan(opened, plan_id)
        (target,), (task,) = written.targets, written.tasks
        marks = {milestone.year: milestone.text for milestone in target.milestones}
        assert marks == {2026: "91", 2027: "92", 2028: "93", 2029: "94", 2030: "95"}
        assert {milestone.year: milestone.text for milestone in task.milestones}[2028] == "Sơ kết giữa kỳ"
