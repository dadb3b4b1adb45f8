"""What people read in a package: the plan, its letter and the self-score; signed copies before drawn ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx
from cchc_desktop.documents.signed_pdf import signed_pdf
from cchc_desktop.documents.to_sign import ToSign, letter_to_sign, plan_to_sign, selfscore_to_sign
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import Gaps
from cchc_desktop.domain.signed_document import SignedDocument, SignedKind, latest
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.signer import Signer

# What they take, measured on the sample units; the embedded fonts are most of it.
_SIZES = {SignedKind.PLAN: 130_000, SignedKind.SELFSCORE: 165_000}
_SIGNATURE_SIZE = 45_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document where it was drawn, and the name that people read."""

    path: Path
    title: str


def drawn(
    state: HandingIn,
    kind: PackageKind,
    folder: Path,
    progress: Progress,
    kept: Callable[[SignedDocument], Path],
    signer: Signer,
) -> Iterator[Drawn]:
    """The content for people, in `folder`, which has to outlive the writing.

    A file that people signed and that still says the same stands for the drawn one; `kept` gives it, checked.
    The letter goes along only when it is signed.
    """
    for one in documents_of(state, kind):
        path = folder / f"{one.kind}.pdf"
        title = text(f"submissions.{one.kind}_pdf", year=str(state.round.year))
        if (copy := one.signed_copy(state.signed)) is not None:
            shutil.copyfile(kept(copy), path)
        elif one.kind is SignedKind.LETTER:
            continue
        else:
            one.draw(path, progress)
            if state.signs_documents:
                signed = signed_pdf(path.read_bytes(), signer, vietnam_now(), number=one.number)
                path.write_bytes(signed)
        yield Drawn(path, title)
        if one.kind is SignedKind.SELFSCORE:
            table = folder / "selfscore.xlsx"
            write_selfscore_xlsx(table, _scored(state), progress)
            yield Drawn(table, text("submissions.selfscore_xlsx", year=str(state.round.year)))


def expected_size(state: HandingIn, kind: PackageKind) -> int:
    """About what they will take, without drawing them."""
    size = 0
    for one in documents_of(state, kind):
        if (copy := one.signed_copy(state.signed)) is not None:
            size += copy.size
        elif one.kind in _SIZES:
            size += _SIZES[one.kind] + (_SIGNATURE_SIZE if state.signs_documents else 0)
    return size


def signed_gaps(state: HandingIn, kind: PackageKind) -> Gaps:
    """A signed file that no longer says what would be printed stays out; one without a number is said."""
    warnings = []
    for one in () if state.round.archived else documents_of(state, kind):
        copy = latest(state.signed, one.kind, one.plan_id, waits=False)
        document = message(f"signed.document_{one.kind}")
        if copy is not None and not one.is_of(copy):
            warnings.append(message("signed.not_current", document=document))
        elif copy is not None and copy.state is DocumentState.SIGNED_NOT_NUMBERED:
            warnings.append(message("signed.not_numbered", document=document))
    return Gaps(warnings=tuple(warnings))


def documents_of(state: HandingIn, kind: PackageKind) -> Iterator[ToSign]:
    """What people sign of a package of that kind, as it would be printed now."""
    if state.has_plan(kind):
        codes = {key: node.code for key, node in state.criteria.by_key.items()}
        plan = PlanInput(state.round.unit, state.plan, codes, template=state.wording)
        yield plan_to_sign(plan)
        yield letter_to_sign(plan)
    if kind is PackageKind.SELFSCORE:
        yield selfscore_to_sign(_scored(state))


def _scored(state: HandingIn) -> SelfScoreInput:
    return SelfScoreInput(
        unit=state.round.unit,
        year=state.round.year,
        criteria=state.criteria,
        score=state.sheet,
        answers=state.answers,
        evidence=state.evidence,
        confirmation=state.round.confirmation,
    )
