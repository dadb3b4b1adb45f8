"""What one look at the round gives; read beside the window's thread, because a keyring may be slow."""

from __future__ import annotations

from datetime import date

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.delivery import Delivery
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.domain.signer_choice import SignerChoice
from cchc_desktop.domain.signing_key import KeyStatus
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.services import outbox, packs, plan, signers, submissions
from ui.context import Context


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


def look_at_round(context: Context, kind: PackageKind) -> Found:
    profile, of_round = context.profile, context.round
    written, findings = plan.plan_and_findings(profile, of_round.id)
    return Found(
        submissions.readiness(profile, of_round.id, kind),
        signers.status(profile, suggested_code(of_round.unit.code or of_round.unit.name)),
        signers.chosen(profile),
        submissions.submissions_of(profile, of_round.id),
        outbox.deliveries_of(profile, of_round.id),
        findings,
        packs.criteria_set(PackRef(of_round.criteria_id, of_round.criteria_version), profile.folder),
        _recipient(written, context.today()),
    )


def _recipient(written: Plan, today: date) -> str:
    """By the calendar's routes."""
    routes = written.sending(today).routes
    if not routes:
        return ""
    word = "recipient_via" if routes[0].via else "recipient"
    return text(f"submit_page.{word}", to=routes[0].addressee, via=routes[0].via)
