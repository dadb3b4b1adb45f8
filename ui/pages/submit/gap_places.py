"""Where a gap in a package is mended: from what the service says to a page and a place on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.readiness import Gaps
from cchc_desktop.message import Message

SIGN_STEP, SIGNED_DESK = "sign", "signed"
KEY_ROOMS = ("trust", "signers")
_NOWHERE = frozenset({"submissions.supersedes", "submissions.archived"})
Target = tuple[str, object]


def target_of(message: Message, criteria: CriteriaSet, findings: Sequence[Finding]) -> Target | None:
    """(page, where); "sign" and "signed" are places of this page. None where there is no such place."""
    room = message.id.partition(".")[0]
    if room in KEY_ROOMS:
        return SIGN_STEP, None
    if room == SIGNED_DESK:
        return SIGNED_DESK, None
    if message.id == "submissions.key_of_other_unit":
        return "settings", None
    found = next((one for one in findings if one.message == message), None)
    if found is not None:
        return "plan", found.place
    if message.id.startswith("submissions.plan"):
        return "plan", None
    if message.id == "submissions.personal_data":
        return "evidence", None
    if room == "submissions" and message.id not in _NOWHERE:
        return "scoring", _first_row(message.args, criteria)
    return None


def content_gaps(gaps: Gaps) -> Gaps:
    """Without what is said of the key: the step Ký says it."""

    def others(messages: tuple[Message, ...]) -> tuple[Message, ...]:
        return tuple(one for one in messages if one.id.partition(".")[0] not in KEY_ROOMS)

    return Gaps(others(gaps.blockers), others(gaps.missing), others(gaps.warnings))


def _first_row(args: Mapping[str, object], criteria: CriteriaSet) -> str | None:
    rows = args.get("rows")
    if isinstance(rows, tuple) and rows and (node := criteria.by_code.get(str(rows[0]))) is not None:
        return node.key
    return None
