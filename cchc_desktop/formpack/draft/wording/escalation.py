""" "Vi phạm 01 lần bị trừ 02 điểm, từ lần thứ hai trở đi bị trừ hết số điểm còn lại": steps by how often."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.formpack.draft.plain import one_line, telling
from cchc_desktop.formpack.draft.points import NUMBER, UNIT, number
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_ESCALATES = re.compile(
    rf"^\(?(?P<what>[^;:]*?)\b(?:01|1|mot)\s+(?P<unit>[a-z]+(?: [a-z]+)?)\b[^;:]*?(?:bi"
    rf" )?tru\s+(?P<points>{NUMBER})\s*{UNIT}"
    rf"[,.;]?\s*[^;:]*?\btu\s+(?:(?:lan|[a-z]+ ?[a-z]*) (?:vi pham )?thu (?:hai|2|02)|(?:02|2"
    rf"|hai)\s+[a-z]+(?: [a-z]+)?)\s+tro (?:di|len)"
    rf"[^;:]*?tru het (?:so )?diem(?: con lai)?(?: cua (?:tieu chi|muc|noi dung)(?: nay)?)?\)?\.?$"
)


def read_escalation(scale: Scale) -> Reading | None:
    """A first time that costs some points, and a second that costs the rest."""
    whole = telling(one_line(". ".join(clause.text for clause in scale.clauses)))
    found = _ESCALATES.match(whole)
    if found is None:
        return None
    cost = number(found["points"])
    if cost > scale.maximum:
        return None
    steps = (
        Step("0 lần", points=scale.maximum),
        Step("01 lần", points=scale.maximum - cost),
        Step("Từ 02 lần trở lên", points=Decimal(0)),
    )
    scale.unread.clear()
    return Reading(Choice(steps=steps), (doubt("escalation"),))
