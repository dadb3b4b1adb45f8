"""What a plan can be asked about a row of the scoring: the words that a plan template's suggestions use."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.quick_dataclass import dataclass


class PlanQuestion(StrEnum):
    """What a row asks of the plan itself.

    ISSUED_ON_TIME → on_time, late, not_issued; COVERS_AREAS_AND_BUDGET (every area has tasks, and money is
    stated) and RESPONSIBILITIES_CLEAR (each task has its product, one lead and a time) → yes, no;
    TASKS_DONE_RATIO gives two figures, tasks done of all tasks.
    """

    ISSUED_ON_TIME = "issued_on_time"
    COVERS_AREAS_AND_BUDGET = "covers_areas_and_budget"
    RESPONSIBILITIES_CLEAR = "responsibilities_clear"
    TASKS_DONE_RATIO = "tasks_done_ratio"


class Outcome(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    NOT_ISSUED = "not_issued"
    YES = "yes"
    NO = "no"


OUTCOMES: dict[PlanQuestion, tuple[Outcome, ...]] = {
    PlanQuestion.ISSUED_ON_TIME: (Outcome.ON_TIME, Outcome.LATE, Outcome.NOT_ISSUED),
    PlanQuestion.COVERS_AREAS_AND_BUDGET: (Outcome.YES, Outcome.NO),
    PlanQuestion.RESPONSIBILITIES_CLEAR: (Outcome.YES, Outcome.NO),
    PlanQuestion.TASKS_DONE_RATIO: (),
}


@dataclass(frozen=True)
class SuggestionLine:
    """`row` (permanent key) asks `asks` of the plan; at `outcome` the plan suggests the option `option`.

    A row of options has one line per outcome; a row of two figures, or of yes and no, one line without.
    """

    row: str
    asks: PlanQuestion
    outcome: Outcome | None = None
    option: str = ""
