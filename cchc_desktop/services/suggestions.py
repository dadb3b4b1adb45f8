"""What the plan itself suggests for rows of the scoring; taking one over is `services.scoring.set_answer`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanContent, PlanRecord
from cchc_desktop.domain.plan_progress import progress
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.suggestion import PlanState, Suggestion
from cchc_desktop.domain.suggestion import suggestions as suggestions_of
from cchc_desktop.formpack import registry
from cchc_desktop.store import evidence, plan, plans, rounds
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

__all__ = ["Suggestion", "suggestions"]


def suggestions(profile: Profile, round_id: str, today: date) -> Mapping[str, Suggestion]:
    """By permanent row key: what the round's own yearly plan says on `today`, entered or not."""

    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent, dict[str, int]]:
        round_, record = rounds.one(db, round_id), plans.record(db, round_id)
        return round_, record, plan.content(db, round_id), evidence.counts(db, round_id, LinkKind.TASK)

    round_, record, content, counts = profile.read(read)
    template = registry.plan_template(record.template, profile.folder)
    if not template.suggestions:
        return {}
    written = Plan.of(round_, template, record, content, registry.routing(profile.folder))
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), profile.folder)
    state = PlanState(
        written,
        progress(written, today, counts),
        round_.unit.departments,
        today,
    )
    return suggestions_of(state, criteria)
