"""A plan: read it, write it, check it. Every write is one journaled change that undo takes back.

`plan_id` is the round's id for the round's own yearly plan (`services.plans` tells of the others).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import (
    CITATIONS_TEXT,
    RECIPIENTS_TEXT,
    Plan,
    PlanContent,
    PlanIssue,
    PlanRecord,
    Target,
    Task,
)
from cchc_desktop.domain.plan_checks import Finding, check_plan
from cchc_desktop.domain.plan_copy import left_over as left_over_of
from cchc_desktop.domain.plan_copy import target_fields, task_fields
from cchc_desktop.domain.plan_fields import LONGEST_CELL, check_fields
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.store import plan as store
from cchc_desktop.store import plans, rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

Preset = PresetTask | PresetTarget


def plan(profile: Profile, plan_id: str) -> Plan:
    """The round's plan on its template, the unit's names and the year filled into the standing texts."""
    return _read(profile, plan_id)[1]


def outline(profile: Profile, plan_id: str) -> Plan:
    """The plan without its targets and tasks: what a page needs before the tables, quick to read."""

    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent]:
        record = plans.record(db, plan_id)
        return rounds.one(db, record.round_id), record, PlanContent(store.texts(db, plan_id), (), ())

    return _whole(profile, *profile.read(read))[1]


def findings(profile: Profile, plan_id: str) -> tuple[Finding, ...]:
    """What the plan still lacks, in the plan's order."""
    round_, written = _read(profile, plan_id)
    return check_plan(written, round_.unit.departments)


def plan_and_findings(profile: Profile, plan_id: str) -> tuple[Plan, tuple[Finding, ...]]:
    """Both of one reading: what was found belongs to that plan."""
    round_, written = _read(profile, plan_id)
    return written, check_plan(written, round_.unit.departments)


def departments(profile: Profile, plan_id: str) -> tuple[str, ...]:
    """Whom a task may be given to: the unit's own rooms, else those of the template."""
    round_, written = _read(profile, plan_id)
    return round_.unit.departments or written.template.departments


def untaken_presets(profile: Profile, plan_id: str) -> tuple[Preset, ...]:
    """Presets of the template that no task or target of the plan came from, in the template's order."""
    written = plan(profile, plan_id)
    taken = _taken(written.tasks, written.targets)
    return tuple(preset for preset in _presets(written) if preset.key not in taken)


def set_text(profile: Profile, plan_id: str, section_key: str, text: str) -> Changes:
    """The text of a section (or CITATIONS_TEXT, RECIPIENTS_TEXT: one per line)."""
    template = plan(profile, plan_id).template
    keys = {section.key for section in template.sections} | {CITATIONS_TEXT, RECIPIENTS_TEXT}
    if section_key not in keys:
        raise KnownError("plan.no_such_section", key=section_key)
    _check_length({"text": text}, 10 * LONGEST_CELL)
    return profile.write(lambda change: store.set_text(change, plan_id, section_key, text))[0]


def add_task(
    profile: Profile, plan_id: str, area: str, position: int | None = None, **fields: Any
) -> tuple[Changes, Task]:
    """A new task at `position` of its area (default: last). `fields` are those of `domain.plan.Task`."""
    _check_area(profile, plan_id, area)
    check_fields(fields)
    return profile.write(lambda change: store.add_task(change, plan_id, area, position, **fields))


def update_task(profile: Profile, task_id: str, **fields: Any) -> Changes:
    """Set fields of a task; place and area are `move_task`'s."""
    check_fields(fields)
    return profile.write(lambda change: store.update_task(change, task_id, **fields))[0]


def remove_tasks(profile: Profile, task_ids: Sequence[str]) -> Changes:
    """Remove tasks; evidence that hung on them stays."""
    return profile.write(lambda change: store.remove_tasks(change, tuple(task_ids)))[0]


def move_task(profile: Profile, task_id: str, position: int, area: str | None = None) -> Changes:
    """To `position` (from 1) of its own or another area."""
    if area is not None:
        _check_area(profile, profile.read(lambda db: store.plan_of_task(db, task_id)), area)
    return profile.write(lambda change: store.move_task(change, task_id, position, area))[0]


def add_target(
    profile: Profile, plan_id: str, area: str, position: int | None = None, **fields: Any
) -> tuple[Changes, Target]:
    _check_area(profile, plan_id, area)
    check_fields(fields)
    return profile.write(lambda change: store.add_target(change, plan_id, area, position, **fields))


def update_target(profile: Profile, target_id: str, **fields: Any) -> Changes:
    check_fields(fields)
    return profile.write(lambda change: store.update_target(change, target_id, **fields))[0]


def remove_targets(profile: Profile, target_ids: Sequence[str]) -> Changes:
    return profile.write(lambda change: store.remove_targets(change, tuple(target_ids)))[0]


def move_target(profile: Profile, target_id: str, position: int, area: str | None = None) -> Changes:
    if area is not None:
        _check_area(profile, profile.read(lambda db: store.plan_of_target(db, target_id)), area)
    return profile.write(lambda change: store.move_target(change, target_id, position, area))[0]


def take_presets(profile: Profile, plan_id: str, keys: Sequence[str]) -> Changes:
    """Take preset tasks and targets into the plan as one change; those already taken are left alone.

    A preset's criteria are kept as far as the round's own criteria set has these rows, its milestones as far
    as the plan is one of several years that has theirs.
    """
    round_, written = _read(profile, plan_id)
    presets = _presets(written)
    if unknown := [key for key in keys if key not in {preset.key for preset in presets}]:
        raise KnownError("plan.no_such_preset", key=unknown[0])
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), profile.folder)

    def take(change: Change) -> None:
        taken = _taken(store.tasks(change.db, plan_id), store.targets(change.db, plan_id))
        for preset in presets:
            if preset.key in keys and preset.key not in taken:
                _take(change, written, preset, criteria)

    return profile.write(take)[0]


def take_from_year(profile: Profile, plan_id: str, from_round: str, ids: Sequence[str]) -> Changes:
    """Copy tasks and targets of an earlier round (by their ids) into this one, as one change.

    Its year becomes this round's in due dates, and in titles where it is no part of a date. What was done is
    not copied; a task left unfinished says from which year it comes, a target begins at last year's value.
    """
    round_, written = _read(profile, plan_id)
    _, earlier = _read(profile, from_round)
    areas = {area.key for area in written.template.areas}
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), profile.folder)

    def take(change: Change) -> None:
        for area in (area.key for area in earlier.template.areas if area.key in areas):
            for task in earlier.area_tasks(area):
                if task.id in ids:
                    fields = task_fields(task, earlier.year, round_.year, criteria.by_key)
                    store.add_task(change, plan_id, area, **fields)
            for target in earlier.area_targets(area):
                if target.id in ids:
                    store.add_target(
                        change, plan_id, area, **target_fields(target, earlier.year, round_.year)
                    )

    return profile.write(take)[0]


def left_over(profile: Profile, plan_id: str) -> tuple[tuple[Round, tuple[Task, ...]], ...]:
    """Earlier years whose own plans left tasks unfinished that this plan does not have yet, newest first."""
    round_, written = _read(profile, plan_id)
    earlier = (one for one in profile.read(rounds.all_rounds) if one.year < round_.year)
    found = ((one, left_over_of(_read(profile, one.id)[1], written)) for one in earlier)
    return tuple((one, tasks) for one, tasks in found if tasks)


def set_issue(profile: Profile, plan_id: str, issue: PlanIssue) -> Changes:
    """The number and the day that the clerk gave the plan."""
    _check_length({"number": issue.number}, 200)
    return profile.write(lambda change: plans.set_issue(change, plan_id, issue))[0]


def _read(profile: Profile, plan_id: str) -> tuple[Round, Plan]:
    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent]:
        record = plans.record(db, plan_id)
        return rounds.one(db, record.round_id), record, store.content(db, plan_id)

    return _whole(profile, *profile.read(read))


def _whole(profile: Profile, round_: Round, record: PlanRecord, content: PlanContent) -> tuple[Round, Plan]:
    return round_, Plan.of(
        *(round_, registry.plan_template(record.template, profile.folder), record, content),
        registry.routing(profile.folder),
    )


def _presets(written: Plan) -> tuple[Preset, ...]:
    return (*written.template.tasks, *written.template.targets)


def _taken(tasks: Sequence[Task], targets: Sequence[Target]) -> frozenset[str]:
    return frozenset((*(task.preset for task in tasks), *(target.preset for target in targets))) - {""}


def _take(change: Change, written: Plan, preset: Preset, criteria: CriteriaSet) -> None:
    years = range(written.first_year, written.last_year + 1) if written.kind is PlanKind.FIVE_YEAR else ()
    milestones = tuple(milestone for milestone in preset.milestones if milestone.year in years)
    if isinstance(preset, PresetTarget):
        store.add_target(
            *(change, written.id, preset.area),
            title=preset.title,
            unit=preset.unit,
            value=preset.value,
            source=preset.basis,
            preset=preset.key,
            milestones=milestones,
        )
        return
    store.add_task(
        *(change, written.id, preset.area),
        title=preset.title,
        product=preset.product,
        lead=preset.lead,
        coworkers=preset.coworkers,
        due=preset.due,
        criteria=tuple(key for key in preset.criteria if key in criteria.by_key),
        preset=preset.key,
        milestones=milestones,
    )


def _check_area(profile: Profile, plan_id: str, area: str) -> None:
    if area not in {known.key for known in plan(profile, plan_id).template.areas}:
        raise KnownError("plan.no_such_area", key=area)


def _check_length(fields: dict[str, Any], limit: int) -> None:
    for value in fields.values():
        if isinstance(value, str) and len(value) > limit:
            raise KnownError("plan.cell_too_long", length=len(value), limit=limit)
