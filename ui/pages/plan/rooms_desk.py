"""From the buttons to the work: workbooks out to rooms, and file after file back in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.handout import HandoutKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.room_merge import Choices
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.services import plan as plan_service
from cchc_desktop.services import rooms
from ui.marks import Mark
from ui.widgets.drop_zone import dropped_files
from ui.widgets.page import PageBase
from ui.widgets.progress_panel import ProgressPanel
from ui.work import ENVIRONMENT

_ENDING = ".xlsx"
_STALE = "rooms.changed_since"
HandedOut = tuple[Changes, tuple[Path, ...]]


class RoomsDesk(QObject):
    """Belongs to a page. Without a `progress` panel of the page's own it puts one at its top; with `drops`
    workbooks may be let go on the page."""

    def __init__(self, page: PageBase, progress: ProgressPanel | None = None, *, drops: bool = False) -> None:
        super().__init__(page)
        self._context, self._commit = page.context, page.commit
        self._paths: list[Path] = []
        self._count = 0
        if progress is None:
            progress = ProgressPanel()
            page.body.insertWidget(0, progress)
        self._watch = progress.watch
        self.dialog: QDialog | None = None
        if drops:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def _save_all(self) -> None:
        self._commit()
        self._context.edits.flush()

    # Out

    def hand_out(self, plan_id: str) -> None:
        from ui.pages.plan.rooms_out import HandOutRooms

        self._save_all()
        profile = self._context.profile
        dialog = HandOutRooms(self._context, rooms.rooms_of(profile, plan_id))
        if self._answer(dialog):
            chosen = dialog.chosen()
            self._write(lambda folder, progress: rooms.hand_out(profile, plan_id, chosen, folder, progress))

    def hand_out_figures(self) -> None:
        from ui.pages.plan.rooms_figures import HandOutFigures

        self._save_all()
        profile, round_id = self._context.profile, self._context.round_id
        known = plan_service.departments(profile, round_id)
        dialog = HandOutFigures(self._context, rooms.figure_rows(profile, round_id), known)
        if self._answer(dialog):
            chosen = dialog.chosen()
            self._write(
                lambda folder, progress: rooms.hand_out_figures(profile, round_id, chosen, folder, progress)
            )

    def _answer(self, dialog: QDialog) -> bool:
        self.dialog = dialog
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def _write(self, work: Callable[[Path, Progress], HandedOut]) -> None:
        folder = self._context.dialogs.choose_folder(text("rooms_page.out_folder"))
        if folder is None:
            return

        def told(result: HandedOut) -> None:
            changes, paths = result
            self._context.edits.changed.emit(changes)
            heading = text("rooms_page.out_done", count=len(paths))
            words = text("rooms_page.out_done_words", folder=str(folder))
            dialogs = self._context.dialogs
            if dialogs.ask(heading, words, text("rooms_page.out_open"), text("window.close")):
                dialogs.open_path(folder)

        # A dialog would hold up the end of the job, and its progress would stay in sight.
        job = self._context.work.start(
            lambda progress: work(folder, progress),
            lambda result: QTimer.singleShot(0, self, lambda: told(result)),
            lambda error: self._failed("out_failed", error),
        )
        self._watch(job)

    def _failed(self, heading: str, error: KnownError) -> None:
        if error.code not in ENVIRONMENT:
            words = text(f"rooms_page.{heading}")
            self._context.dialogs.message(words, error.message, Mark.ERROR, error.detail)

    # Back

    def take_back(self) -> None:
        kinds = ((text("rooms_page.in_kind"), (_ENDING,)),)
        self.review(self._context.dialogs.choose_files(text("rooms_page.in_choose"), kinds))

    def review(self, paths: Sequence[Path]) -> None:
        """Each file by itself: compared, shown, taken over; then the next, compared with what is new."""
        if not paths or self._paths:
            return
        self._save_all()
        self._paths, self._count = list(paths), len(paths)
        self._compare()

    def _compare(self) -> None:
        if not self._paths:
            return
        path, profile, round_id = self._paths[0], self._context.profile, self._context.round_id

        def run(progress: Progress) -> RoomReturn:
            progress.at(message("rooms_page.step_read"), self._count - len(self._paths), self._count)
            return rooms.preview(profile, path, round_id)

        def failed(error: KnownError) -> None:
            self._failed("in_failed", error)
            self._next()

        def done(returned: RoomReturn) -> None:
            QTimer.singleShot(0, self, lambda: self._show(returned))

        self._watch(self._context.work.start(run, done, failed, self._paths.clear, quiet=True))

    def _show(self, returned: RoomReturn) -> None:
        from ui.pages.plan.rooms_review import ReviewRoom

        if not returned.differing and not returned.findings:
            figures = "_figures" if returned.handout.kind is HandoutKind.FIGURES else ""
            words = text(f"rooms_page.in_same_words{figures}", name=returned.file_name)
            self._context.dialogs.message(text("rooms_page.in_same"), words, Mark.DONE)
            self._take(returned, Choices())
            return
        place = self._count - len(self._paths) + 1
        dialog = ReviewRoom(self._context, returned, place, self._count)
        if self._answer(dialog):
            self._take(returned, dialog.choices())
        else:
            self._next()

    def _take(self, returned: RoomReturn, choices: Choices) -> None:
        profile = self._context.profile

        def failed(error: KnownError) -> None:
            self._failed("in_failed", error)
            if error.code == _STALE:
                self._compare()  # the same file again, against what stands here now
            else:
                self._next()

        self._context.edits.save(
            lambda: rooms.take_over(profile, returned, choices), lambda _changes: self._next(), failed
        )

    def _next(self) -> None:
        if self._paths:
            self._paths.pop(0)
        self._compare()

    # Dropped on the page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and not self._context.read_only:
            urls = event.mimeData().urls()
            books = bool(urls) and all(url.fileName().lower().endswith(_ENDING) for url in urls)
            if books and isinstance(event, QDragEnterEvent):
                event.acceptProposedAction()
                return True
            if books and event.type() is QEvent.Type.Drop:
                event.acceptProposedAction()
                self.review(dropped_files(event))
                return True
        return super().eventFilter(watched, event)
