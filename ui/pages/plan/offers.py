"""What can be taken into the plan: presets of the template, and last year's tasks and targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Plan, Target, Task
from cchc_desktop.domain.plan_copy import in_year, unfinished
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.round import Round
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import plan as service
from cchc_desktop.services import plans, rounds
from ui.context import Context
from ui.pages.plan.names import plan_name
from ui.pages.plan.pick_list import Offer, Source
from ui.pages.plan.target_rows import area_name

TEMPLATE = "template"
PERIOD = "period:"
"""Before the id of a five-year plan."""


def task_sources(context: Context, plan: Plan) -> tuple[Source, ...]:
    """The template's tasks that the plan does not have yet, then those of earlier years."""
    untaken = service.untaken_presets(context.profile, plan.id)
    offers = [_task_offer(plan, one.key, one) for one in untaken if isinstance(one, PresetTask)]
    sources = [Source(TEMPLATE, text("plan_page.source_template"), _ordered(plan, offers))]
    have = {folded(task.title) for task in plan.tasks}
    for last in _earlier(context):
        old = service.plan(context.profile, last.id)
        offers = [
            _old_task_offer(plan, old, task)
            for task in sorted(old.tasks, key=lambda task: task.position)
            if folded(in_year(task.title, old.year, plan.year)) not in have
        ]
        sources.append(Source(last.id, _name(last), _ordered(plan, offers)))
    return (*sources, *_period_sources(context, plan, of_tasks=True))


def target_sources(context: Context, plan: Plan) -> tuple[Source, ...]:
    """The template's targets that the plan does not have yet, then those of earlier years."""
    untaken = service.untaken_presets(context.profile, plan.id)
    offers = [_target_offer(plan, one.key, one) for one in untaken if isinstance(one, PresetTarget)]
    sources = [Source(TEMPLATE, text("plan_page.source_template"), _ordered(plan, offers))]
    have = {folded(target.title) for target in plan.targets}
    for last in _earlier(context):
        old = service.plan(context.profile, last.id)
        offers = [
            _target_offer(plan, target.id, target)
            for target in sorted(old.targets, key=lambda target: target.position)
            if folded(in_year(target.title, old.year, plan.year)) not in have
        ]
        sources.append(Source(last.id, _name(last), _ordered(plan, offers)))
    return (*sources, *_period_sources(context, plan, of_tasks=False))


def _period_sources(context: Context, plan: Plan, *, of_tasks: bool) -> Iterable[Source]:
    """The plan's year out of the five-year plans that have it: what has a milestone in it."""
    for record in plans.periods_of(context.profile, plan.id):
        period = service.plan(context.profile, record.id)
        rows: Sequence[Task | Target] = period.tasks if of_tasks else period.targets
        there: Sequence[Task | Target] = plan.tasks if of_tasks else plan.targets
        have = {folded(one.title) for one in there}
        offers = [
            Offer(one.id, one.title, milestone.text, _group(plan, one.area))
            for one in sorted(rows, key=lambda one: one.position)
            for milestone in one.milestones
            if milestone.year == plan.year and milestone.text.strip() and folded(one.title) not in have
        ]
        name = text("plan_page.source_period", name=plan_name(record), year=str(plan.year))
        yield Source(PERIOD + record.id, name, _ordered(plan, offers))


def _earlier(context: Context) -> Iterable[Round]:
    return (one for one in rounds.rounds(context.profile) if one.year < context.round.year)


def _name(last: Round) -> str:
    if last.archived:
        return text("plan_page.source_archived", year=str(last.year), unit=last.unit.name)
    return text("plan_page.source_year", year=str(last.year))


def _group(plan: Plan, key: str) -> str:
    area = next((area for area in plan.template.areas if area.key == key), None)
    return area_name(area) if area is not None else ""


def _ordered(plan: Plan, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    places = {area_name(area): place for place, area in enumerate(plan.template.areas)}
    return tuple(sorted((o for o in offers if o.group), key=lambda offer: places.get(offer.group, 99)))


def _task_offer(plan: Plan, key: str, task: PresetTask | Task) -> Offer:
    detail = ", ".join(part for part in (task.lead, task.due) if part)
    return Offer(key, task.title, detail, _group(plan, task.area))


def _old_task_offer(plan: Plan, old: Plan, task: Task) -> Offer:
    """What was left unfinished is offered as chosen."""
    offer = _task_offer(plan, task.id, task)
    if not unfinished(task, old.year):
        return offer
    detail = ", ".join(part for part in (offer.detail, text("plan_page.carried")) if part)
    return replace(offer, detail=detail, ticked=True)


def _target_offer(plan: Plan, key: str, target: PresetTarget | Target) -> Offer:
    return Offer(key, target.title, f"{target.value} {target.unit}".strip(), _group(plan, target.area))
