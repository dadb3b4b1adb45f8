"""One package as its receiver sees it, part by part; what can be done stands in the desk around it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_look import PackageLook
from cchc_desktop.domain.verification import Verification
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_time, text
from ui.packages.documents import Documents
from ui.packages.evidence import EvidenceList
from ui.packages.reasons import Reasons
from ui.packages.score import Score
from ui.packages.signers import Signers
from ui.packages.verdict import Verdict
from ui.widgets.labels import second
from ui.widgets.panel import column
from ui.widgets.scroll_column import ScrollColumn

_CODE_GROUP, _CODE_LENGTH = 4, 16


class PackageView(ScrollColumn):
    """`open_entry(entry)` opens a document or an evidence file of the package that is shown."""

    def __init__(self, open_entry: Callable[[str], object]) -> None:
        self._verdict = Verdict()
        self.reasons = Reasons()
        self.signers = Signers()
        self.score = Score()
        self.documents = Documents(lambda file: open_entry(file.name))
        self.evidence = EvidenceList(lambda piece: open_entry(piece.entry))
        self._code = second()
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole = column(
            *(self._verdict, self.reasons, self.signers, self.score, self.documents, self.evidence),
            *(self._code, None),
            gap=16,
        )
        whole.setContentsMargins(0, 0, 12, 0)
        super().__init__(whole)
        self.look: PackageLook | None = None
        self.setAccessibleName(text("package_view.result"))

    def show_look(self, look: PackageLook) -> None:
        self.look = look
        found = look.verification
        self._verdict.show_outcome(found.outcome)
        self.reasons.show_reasons(found)
        self.signers.show_signers(found.signers)
        self.score.show_score(look.score)
        self.documents.show_files(found.files, look.head)
        self.evidence.show_evidence(look.evidence)
        digest = found.manifest_sha256
        self._code.setText(text("package_view.code", code=check_code(digest)) if digest else "")
        self.verticalScrollBar().setValue(0)

    def outcome_word(self) -> str:
        return self._verdict.word()


def about(found: Verification) -> str:
    """Who, what, for when, which filing, when it was made: what the package says of itself."""
    if not found.sender_name and not found.sender:
        return text("package_view.about_unknown")
    made = ""
    if found.created_at is not None:
        at = found.created_at.astimezone(VIETNAM)
        made = f"{format_date(at)} {format_time(at)}"
    kind = text(f"verification.kind_{found.kind}") if found.kind else ""
    if found.pack_of is not None:
        kind = text("package_view.pack", part=found.pack_of.part, parts=found.pack_of.parts)
    revision = "" if found.revision is None else filing(found.revision)
    parts = (found.sender_name or found.sender, kind, found.period, revision, made)
    return " · ".join(part for part in parts if part)


def check_code(digest: str) -> str:
    """The first part of a manifest's digest, in groups that can be read aloud: "3f2a 90bc …"."""
    return " ".join(digest[at : at + _CODE_GROUP] for at in range(0, _CODE_LENGTH, _CODE_GROUP))
