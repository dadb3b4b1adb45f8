"""What one look at the round gives; read beside the window's thread, because a keyring may be slow."""

from __future__ import annotations

from datetime import date

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.delivery import Delivery
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.domain.signed_document import Signing
from cchc_desktop.domain.signer_choice import SignerChoice
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.services import outbox, signed_documents, signers, submissions
from ui.context import Context

_NO_KEY, _OWN = KeyStatus(KeyState.NONE), SignerChoice()


@dataclass(frozen=True)
class Content:
    """The round as it is; `readiness` says nothing of the key."""

    state: HandingIn
    readiness: Readiness
    deliveries: tuple[Delivery, ...]
    findings: tuple[Finding, ...]
    recipient: str
    signings: tuple[Signing, ...]


@dataclass(frozen=True)
class Found:
    """`key` is the state of the chosen `signer`; `recipient` is who the unit hands in to today, in words."""

    readiness: Readiness
    key: KeyStatus
    signer: SignerChoice
    made: tuple[Submission, ...]
    deliveries: tuple[Delivery, ...]
    findings: tuple[Finding, ...]
    criteria: CriteriaSet
    recipient: str
    signings: tuple[Signing, ...]


def look_at_content(context: Context, kind: PackageKind) -> Content:
    """All that needs no key: one that is locked away may ask for its password."""
    profile, round_id = context.profile, context.round_id
    state, readiness = submissions.look(profile, round_id, kind)
    return Content(
        state,
        readiness,
        outbox.deliveries_of(profile, round_id),
        state.findings,
        _recipient(state.plan, context.today()),
        signed_documents.signings_of(state),
    )


def look_at_key(context: Context, content: Content) -> Found:
    profile, unit = context.profile, content.state.round.unit
    key = signers.status(profile, suggested_code(unit.code or unit.name))
    return found_with(content, submissions.signer_status(profile), key, signers.chosen(profile))


def found_with(
    content: Content, sealing: KeyStatus = _NO_KEY, key: KeyStatus = _NO_KEY, signer: SignerChoice = _OWN
) -> Found:
    """`sealing` is what a package would be sealed with, whoever it belongs to."""
    state, readiness = content.state, content.readiness
    return Found(
        replace(readiness, gaps=readiness.gaps + state.key_gaps(readiness.kind, sealing)),
        key,
        signer,
        state.submissions,
        content.deliveries,
        content.findings,
        state.criteria,
        content.recipient,
        content.signings,
    )


def _recipient(written: Plan, today: date) -> str:
    """By the calendar's routes."""
    routes = written.sending(today).routes
    if not routes:
        return ""
    word = "recipient_via" if routes[0].via else "recipient"
    return text(f"submit_page.{word}", to=routes[0].addressee, via=routes[0].via)
