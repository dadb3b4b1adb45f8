"""What people read in a package: the plan and the self-score, drawn into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import as_issued, pdf_of
from cchc_desktop.documents.selfscore import write_selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.package_head import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text

# What they take, measured on the sample units; the embedded fonts are most of it.
_PLAN_SIZE, _SELFSCORE_SIZE = 130_000, 165_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document where it was drawn, and the name that people read."""

    path: Path
    title: str


def drawn(state: HandingIn, kind: PackageKind, folder: Path, progress: Progress) -> Iterator[Drawn]:
    """The content for people; drawn into `folder`, which has to outlive the writing."""
    year = str(state.round.year)
    if state.has_plan(kind):
        codes = {key: node.code for key, node in state.criteria.by_key.items()}
        written = PlanInput(state.round.unit, state.plan, codes, template=state.wording)
        pdf_of(as_issued)(folder / "plan.pdf", written, progress)
        yield Drawn(folder / "plan.pdf", text("submissions.plan_pdf", year=year))
    if kind is PackageKind.SELFSCORE:
        source = SelfScoreInput(
            unit=state.round.unit,
            year=state.round.year,
            criteria=state.criteria,
            score=state.sheet,
            answers=state.answers,
            evidence=state.evidence,
            confirmation=state.round.confirmation,
        )
        write_selfscore_pdf(folder / "selfscore.pdf", source, progress)
        yield Drawn(folder / "selfscore.pdf", text("submissions.selfscore_pdf", year=year))
        write_selfscore_xlsx(folder / "selfscore.xlsx", source, progress)
        yield Drawn(folder / "selfscore.xlsx", text("submissions.selfscore_xlsx", year=year))


def expected_size(state: HandingIn, kind: PackageKind) -> int:
    """About what they will take, without drawing them."""
    plan = _PLAN_SIZE if state.has_plan(kind) else 0
    return plan + (_SELFSCORE_SIZE if kind is PackageKind.SELFSCORE else 0)
