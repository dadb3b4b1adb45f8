"""What could be read of a rule's text."""

from __future__ import annotations

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.domain.rules.rule import Rule
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, replace


@dataclass(frozen=True)
class Reading:
    """A rule and the doubts about it; `rule` is None where the text can't be read."""

    rule: Rule | None = None
    doubts: tuple[Message, ...] = ()
    not_applicable: Policy = Policy.NO
    by_appraiser: bool = False

    def doubting(self, *more: Message) -> Reading:
        return replace(self, doubts=(*self.doubts, *more))


def doubt(id_: str, **args: object) -> Message:
    """A reason for a person to look at a row."""
    return message(f"draft.review_{id_}", **args)
