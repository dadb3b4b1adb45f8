"""One state of a round, as it goes into a package: all of it read in the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.document_template import DocumentTemplate
from cchc_desktop.domain.evidence import Evidence
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import (
    PackagedEvidence,
    PackagedFile,
    PackageHead,
    PackOf,
    evidence_entry,
    filing,
)
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, check_plan
from cchc_desktop.domain.readiness import Gaps, plan_gaps, selfscore_gaps
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.routing import office_of
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.domain.signed_document import SignedDocument
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, field, replace


@dataclass(frozen=True)
class HandingIn:
    """`counter` is the number of the sender's next package, `journal_head` the journal's last hash.

    `wording` is how the unit words and lays out the plan's document. `signed` are its documents that people
    signed; with `signs_documents` whoever signs the package signs the others inside too.
    """

    round: Round
    plan: Plan
    criteria: CriteriaSet
    sheet: ScoreSheet
    answers: Mapping[str, Answer]
    evidence: tuple[Evidence, ...]
    submissions: tuple[Submission, ...]
    counter: int
    journal_head: str
    wording: DocumentTemplate = field(default_factory=DocumentTemplate)
    signed: tuple[SignedDocument, ...] = ()
    signs_documents: bool = False

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the plan lacks."""
        return check_plan(self.plan, self.round.unit.departments)

    @property
    def sender_id(self) -> str:
        return suggested_code(self.round.unit.code or self.round.unit.name)

    def earlier(self, kind: PackageKind) -> Submission | None:
        """The filing that a new one supersedes."""
        same = [submission for submission in self.submissions if submission.kind == kind.value]
        return max(same, key=lambda submission: submission.revision, default=None)

    def has_plan(self, kind: PackageKind) -> bool:
        """The plan goes along with the self-score, because the office scores it too."""
        return kind is PackageKind.PLAN or bool(self.plan.tasks)

    def gaps(self, kind: PackageKind) -> Gaps:
        """What the content lacks; nothing in a round that can only be read can be mended."""
        if self.round.archived:
            return Gaps((message("submissions.archived"),))
        if kind is PackageKind.PLAN:
            return plan_gaps(self.plan, self.findings)
        confirmed = self.round.confirmation is not None
        return selfscore_gaps(self.criteria, self.sheet, self.answers, self.evidence, confirmed=confirmed)

    def key_gaps(self, kind: PackageKind, key: KeyStatus) -> Gaps:
        """A key that can't sign blocks; that an earlier filing will be superseded is worth a word."""
        blockers = []
        if key.reason is not None:
            blockers.append(key.reason)
        elif key.state is KeyState.NONE:
            blockers.append(message("trust.no_key"))
        elif key.certificate is not None and key.certificate.unit_code not in ("", self.sender_id):
            blockers.append(
                message(
                    "submissions.key_of_other_unit", code=key.certificate.unit_code, sender=self.sender_id
                )
            )
        earlier = self.earlier(kind)
        warnings = (
            [] if earlier is None else [message("submissions.supersedes", filing=filing(earlier.revision))]
        )
        if key.certificate is not None and not key.certificate.unit_code:
            warnings.append(message("signers.unit_unproven", name=key.certificate.name))
        return Gaps(tuple(blockers), (), tuple(warnings))

    def head(
        self,
        kind: PackageKind,
        package_id: str,
        now: datetime,
        documents: tuple[PackagedFile, ...] = (),
    ) -> PackageHead:
        earlier, round_ = self.earlier(kind), self.round
        scored = kind is PackageKind.SELFSCORE
        template = PackRef(round_.plan_template_id, round_.plan_template_version)
        return PackageHead(
            package_id=package_id,
            kind=kind,
            period=str(round_.year),
            sender_id=self.sender_id,
            sender_name=" ".join(round_.unit.name.split()),
            recipient_id=self._recipient(now),
            revision=0 if earlier is None else earlier.revision + 1,
            previous_manifest_sha256="" if earlier is None else earlier.manifest_sha256,
            created_at=now,
            counter=self.counter,
            journal_head=self.journal_head,
            form_pack=PackRef(round_.criteria_id, round_.criteria_version) if scored else template,
            documents=documents,
            evidence=tuple(
                PackagedEvidence(
                    item.id, item.name, item.size, item.sha256, evidence_entry(number, item.name)
                )
                for number, item in enumerate(self.evidence if scored else (), start=1)
            ),
        )

    def pack_head(
        self,
        light: PackageHead,
        manifest_sha256: str,
        package_id: str,
        files: Sequence[PackagedEvidence],
        part: int,
        parts: int,
    ) -> PackageHead:
        """Of an evidence pack of that light package, whose filing and number it shares."""
        named = PackOf(light.package_id, manifest_sha256, part, parts)
        packed = tuple(
            replace(file, entry=evidence_entry(number, file.name))
            for number, file in enumerate(files, start=1)
        )
        return replace(
            light,
            package_id=package_id,
            previous_manifest_sha256="",
            documents=(),
            evidence=packed,
            pack_of=named,
        )

    def _recipient(self, now: datetime) -> str:
        """The office through which the calendar routes the plan that day; it assesses the rest too."""
        routes = self.plan.sending(now.date()).routes
        return suggested_code(office_of(routes[0])) if routes else ""
