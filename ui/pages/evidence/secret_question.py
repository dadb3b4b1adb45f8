"""Asked once per session before the first file: state secrets never enter this program."""

from __future__ import annotations

from weakref import WeakSet

from cchc_desktop.language import text
from cchc_desktop.services.profile import Profile
from ui.context import Context
from ui.marks import Mark

_answered: WeakSet[Profile] = WeakSet()


def may_add(context: Context) -> bool:
    """True once the user said that the files are no state secret; a secret (or doubt) is refused."""
    if context.profile in _answered:
        return True
    answer = context.dialogs.choose(
        text("evidence_page.secret"),
        text("evidence_page.secret_words"),
        (text("evidence_page.secret_no"), text("evidence_page.secret_yes")),
        Mark.NO_EVIDENCE,
    )
    if answer == 1:
        context.dialogs.message(
            text("evidence_page.secret_refused"), text("evidence_page.secret_refused_words"), Mark.ERROR
        )
    if answer == 0:
        _answered.add(context.profile)
    return answer == 0
