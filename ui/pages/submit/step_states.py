"""The marks and second lines of the five steps. What can't be pressed yet is off."""

from __future__ import annotations

from cchc_desktop.domain.signer_choice import SignerKind
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass, replace
from ui.marks import WARN, Mark
from ui.pages.submit.found import Found
from ui.pages.submit.gap_places import content_gaps
from ui.pages.submit.step_bar import StepState


@dataclass(frozen=True, slots=True)
class Now:
    """Where the user is: the open step, whether a package is being written, where to ("": not chosen), and by
    which channel the last one went."""

    step: str
    running: bool
    target: str
    read_only: bool
    channel: str


def step_states(found: Found, now: Now) -> dict[str, StepState]:
    states = {
        "check": _check(found, now),
        "sign": _sign(found, now),
        "place": _place(found, now),
        "progress": _progress(now),
        "done": _done(now),
    }
    here = states[now.step]
    if here.mark is Mark.OPEN:
        states[now.step] = replace(here, mark=Mark.DOING)
    return states


def _blockers(found: Found) -> int:
    """Those of the key are the next step's."""
    return len(content_gaps(found.readiness.gaps).blockers)


def _check(found: Found, now: Now) -> StepState:
    errors, gaps = _blockers(found), len(found.readiness.gaps.missing)
    mark = Mark.ERROR if errors else WARN if gaps else Mark.DONE
    return StepState(mark, text("submit_page.note_check", errors=errors, gaps=gaps), not now.running)


def _sign(found: Found, now: Now) -> StepState:
    marks = {KeyState.READY: Mark.DONE, KeyState.LOST: Mark.ERROR}
    note = text(f"submit_page.note_key_{found.key.state.value}")
    if found.signer.kind is not SignerKind.SOFTWARE:
        note = text(f"signing.kind_{found.signer.kind.value}")
    return StepState(marks.get(found.key.state, Mark.OPEN), note, not now.running)


def _place(found: Found, now: Now) -> StepState:
    ready = found.key.state is KeyState.READY and not _blockers(found)
    return StepState(
        Mark.DONE if now.target else Mark.OPEN,
        now.target or text("submit_page.note_no_folder"),
        ready and not now.running and not now.read_only,
    )


def _progress(now: Now) -> StepState:
    if now.running:
        return StepState(Mark.DOING, text("submit_page.note_running"), True)
    finished = now.step == "done"
    note = text("outbox_page.note_finished" if finished else "submit_page.note_not_running")
    return StepState(Mark.DONE if finished else Mark.OPEN, note, False)


def _done(now: Now) -> StepState:
    if now.step == "done":
        return StepState(Mark.DONE, text(f"outbox_page.note_done_{now.channel}"), True)
    return StepState(Mark.OPEN, text("submit_page.note_not_done"), False)
