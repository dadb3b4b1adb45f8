"""What can be done with evidence, from this page and from the scoring page: add, edit, link, open, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import ALLOWED_EXTENSIONS, Evidence, EvidenceLink, EvidenceRecord
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import evidence as service
from ui.context import Context
from ui.marks import Mark
from ui.pages.evidence.secret_question import may_add
from ui.work import ENVIRONMENT


class EvidenceActions(QObject):
    """Saves go through `context.edits`; dialogs stay reachable (`adding`, `editing`, `picking`) for tests."""

    added = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    @property
    def read_only(self) -> bool:
        return self._context.read_only

    # Adding

    def choose_files(self) -> tuple[Path, ...]:
        """Ask for files; none when the user steps back or the session's question is not settled."""
        if self.read_only or not may_add(self._context):
            return ()
        kinds = ((text("evidence_page.kinds"), ALLOWED_EXTENSIONS),)
        return self._context.dialogs.choose_files(text("evidence_page.add"), kinds)

    def add(self, paths: Sequence[Path], links: Sequence[EvidenceLink] = (), where: str = "") -> None:
        from ui.pages.evidence.add_dialog import AddEvidence

        if self.read_only or not paths or not may_add(self._context):
            return
        words = text("evidence_page.add_to", where=where) if where else ""
        self.adding = AddEvidence(self._context, paths, links, words)
        self.adding.added.connect(self.added)
        self.adding.open()

    # One piece

    def edit(self, piece: Evidence) -> None:
        from ui.pages.evidence.edit_dialog import EditEvidence

        self.editing = EditEvidence(self._context, piece, self)
        self.editing.open()

    def save(self, piece: Evidence, record: EvidenceRecord) -> None:
        profile = self._context.profile
        self._save(lambda: service.update_record(profile, piece.id, record))

    def unlink(self, piece: Evidence, link: EvidenceLink) -> None:
        """The file stays in the store; Ctrl+Z links it again."""
        profile = self._context.profile
        self._save(lambda: service.unlink(profile, piece.id, (link,)))

    def link(self, piece: Evidence, links: Sequence[EvidenceLink]) -> None:
        profile = self._context.profile
        self._save(lambda: service.link(profile, piece.id, links))

    def set_links(self, piece: Evidence, links: Sequence[EvidenceLink]) -> None:
        """Exactly these links."""
        profile = self._context.profile
        gone = tuple(link for link in piece.links if link not in links)
        new = tuple(link for link in links if link not in piece.links)
        if gone:
            self._save(lambda: service.unlink(profile, piece.id, gone))
        if new:
            self._save(lambda: service.link(profile, piece.id, new))

    def choose_links(self, piece: Evidence) -> None:
        from ui.pages.evidence.pick_dialog import PickPlaces

        self.placing = PickPlaces(self._context, piece, self)
        self.placing.open()

    def link_existing(self, link: EvidenceLink) -> None:
        from ui.pages.evidence.pick_dialog import PickEvidence

        self.picking = PickEvidence(self._context, link, self)
        self.picking.open()

    def remove(self, pieces: Sequence[Evidence]) -> bool:
        """Asks with the consequence. True when they go."""
        if self.read_only or not pieces:
            return False
        linked = sum(len(piece.links) for piece in pieces)
        first = pieces[0].record.number or pieces[0].name
        heading = text("evidence_page.remove_one", name=first)
        if len(pieces) > 1:
            heading = text("evidence_page.remove_many", count=len(pieces))
        words = text("evidence_page.remove_linked" if linked else "evidence_page.remove_free", count=linked)
        act = text("evidence_page.remove_act", count=len(pieces))
        if not self._context.dialogs.ask(heading, words, act, text("evidence_page.keep"), danger=True):
            return False
        profile, ids = self._context.profile, tuple(piece.id for piece in pieces)
        self._save(lambda: service.remove(profile, ids))
        return True

    def open(self, piece: Evidence) -> None:
        """A read-only copy in the system's own program; copying runs beside the window."""
        profile, dialogs = self._context.profile, self._context.dialogs

        def run(_progress: Progress) -> Path:
            return service.open_copy(profile, piece.id)

        def done(copy: Path) -> None:
            if not dialogs.open_path(copy):
                words = text("evidence_page.no_program_words", name=piece.name, path=str(copy))
                dialogs.message(text("evidence_page.no_program"), words, Mark.NO_EVIDENCE)

        self._context.work.start(run, done, self._failed)

    def _save(self, write: Callable[[], Changes]) -> None:
        self._context.edits.save(write, None, self._failed)

    def _failed(self, error: KnownError) -> None:
        """A fault of the machine stands in the status strip, and the edit is tried again."""
        if error.code in ENVIRONMENT:
            return
        self._context.dialogs.message(text("evidence_page.failed"), error.message, Mark.ERROR, error.detail)
