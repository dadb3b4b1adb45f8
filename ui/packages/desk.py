"""The desk on which packages are looked at: what is shown, who is believed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.package_look import FolderLook, PackageLook
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Verification
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import pdf_signatures, verification
from cchc_desktop.services.pdf_signatures import SignedInside
from ui.fonts import Size
from ui.marks import Mark
from ui.packages.acts import Acts
from ui.packages.folder_view import FolderView
from ui.packages.package_view import PackageView, about
from ui.packages.reading import Reading
from ui.packages.surroundings import Surroundings
from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import MARGIN, column, row
from ui.widgets.progress_panel import ProgressPanel
from ui.work import Job

_PACKAGE = (".asice",)
_NAME_WIDTH = 240
"""What the file's name keeps beside the buttons."""


class PackageDesk(QWidget):
    """`show_paths` looks at a package, at several, or over a folder; `shown()` is called when there is
    something to see, `close_view()` by "Đóng"."""

    def __init__(
        self,
        around: Surroundings,
        shown: Callable[[], object],
        close_view: Callable[[], object],
    ) -> None:
        super().__init__()
        self.around, self._shown = around, shown
        self.reading = Reading(around)
        self._package: Path | None = None
        self._roots: tuple[Path, ...] = ()
        self._job: Job | None = None
        self._turn = 0
        self._name = ElidedLabel("", Size.SECTION, bold=True)
        self._about = ElidedLabel("", Size.SMALL, Role.MUTED)
        self.to_folder = Button(text("package_view.to_folder"), self._show_folder, icon="chevron-left")
        self.another = Button(text("package_view.another"), self.choose, icon="file")
        self.folder_button = Button(
            text("package_view.another_folder"), self.choose_folder, icon="folder-open"
        )
        self.back = Button(text("package_view.close"), close_view)
        self.trust = Button(text("package_view.add_trust"), self.add_trust, icon="shield-check")
        self.acts = Acts(self)
        self.view = PackageView(self.acts.open_entry)
        self.folder = FolderView(self.check, self.save_table)
        self.progress = ProgressPanel()
        self.note = MessageBar()
        self._lay_out()

    def _lay_out(self) -> None:
        words = column(self._name, self._about, gap=0)
        head = row(words, self.another, self.folder_button, self.back, gap=8)
        head.setStretch(0, 1)
        head.setContentsMargins(0, 0, 12, 0)
        self._head_buttons = (self.another, self.folder_button)
        self._action_buttons = (self.to_folder, self.acts.hear, self.trust, *self.acts.buttons)
        actions = row(*self._action_buttons, None, gap=8)
        actions.setContentsMargins(0, 0, 12, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.folder)
        box = column(head, self.progress, self.note, actions, self._stack, gap=12)
        box.setStretch(4, 1)
        box.setContentsMargins(MARGIN, 14, 8, 12)
        self.setLayout(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """Where a row's words need more room than there is, its buttons show their icons only."""
        room = self.width() - MARGIN - 20
        for buttons, words in ((self._head_buttons, _NAME_WIDTH), (self._action_buttons, 0)):
            shown = [button for button in buttons if not button.isHidden()]
            for button in buttons:
                button.set_bare(False)
            wide = sum(button.full_width() + 8 for button in shown) + words
            for button in buttons:
                button.set_bare(wide > room)

    # What is looked at

    def choose(self) -> Job | None:
        """Ask for a package and look at it."""
        kinds = ((text("package_view.package_kind"), _PACKAGE),)
        path = self.around.dialogs.choose_file(text("package_view.choose_package"), kinds)
        return None if path is None else self.show_paths([path])

    def choose_folder(self) -> Job | None:
        """Ask for a folder of packages and look over it."""
        path = self.around.dialogs.choose_folder(text("package_view.choose_folder"))
        return None if path is None else self.show_paths([path])

    def show_paths(self, paths: Sequence[Path]) -> Job:
        """Look at one package, or over several of them or a folder."""
        if len(paths) == 1 and not paths[0].is_dir():
            self._roots = ()
            return self.check(paths[0])
        return self._look_over(tuple(paths))

    def check(self, path: Path) -> Job:
        """One package; a folder that was shown before stays to come back to."""

        def done(look: PackageLook) -> None:
            if look.verification.kind == PackageKind.UPDATE.value and self.around.update is not None:
                self.around.update(path)
                return
            self._package = path
            self.view.show_look(look)
            self._name.set_words(path.name)
            self._about.set_words(about(look.verification))
            self._stack.setCurrentWidget(self.view)
            self._fit(look)
            self._look_inside(look)

        return self.start(lambda progress: self.reading.one(path, progress), done)

    def _look_inside(self, look: PackageLook) -> None:
        """The signatures that documents bear inside come a little later: their reader is heavy."""
        documents = look.head.documents if look.head is not None else ()
        if not any(one.entry.endswith(".pdf") for one in documents):
            return

        def done(signed: tuple[SignedInside, ...]) -> None:
            if self.view.look is look:
                self.view.documents.show_signed(signed)

        self.around.work.start(
            lambda progress: pdf_signatures.signed_inside(look.path, self.reading.trust(), progress),
            done,
            lambda _error: (
                None
            ),  # the package was shown; what became of its file since is said when it is opened
            quiet=True,
        )

    def check_again(self) -> Job | None:
        """The same once more: somebody else is believed now, or the package was taken in."""
        if self._package is not None and self._stack.currentWidget() is self.view:
            return self.check(self._package)
        return self._look_over(self._roots) if self._roots else None

    def _look_over(self, paths: tuple[Path, ...]) -> Job:
        def done(look: FolderLook) -> None:
            self._package, self._roots = None, paths
            self.folder.show_look(look)
            self._show_folder()

        return self.start(lambda progress: self.reading.several(paths, progress), done)

    def _show_folder(self) -> None:
        self._name.set_words(", ".join(path.name or str(path) for path in self._roots))
        self._about.set_words(text("package_view.folder_about"))
        self._stack.setCurrentWidget(self.folder)
        self._fit(None)

    def _fit(self, look: PackageLook | None) -> None:
        self.to_folder.setVisible(bool(self._roots) and look is not None)
        self.acts.fit(look)
        self._fit_buttons()
        self._shown()

    @property
    def package(self) -> Path | None:
        """The file that is shown."""
        return self._package

    @property
    def verification(self) -> Verification | None:
        """The word on the package that is shown."""
        return self.view.look.verification if self.view.look is not None else None

    def about_words(self) -> str:
        return self._about.words()

    def outcome_word(self) -> str:
        return self.view.outcome_word()

    def reason_words(self) -> tuple[str, ...]:
        return self.view.reasons.words()

    # Work

    def start(
        self, run: Callable[[Progress], Any], done: Callable[[Any], object], *, quiet: bool = True
    ) -> Job:
        """Work on packages, one at a time, with its progress shown and a stop."""
        if self._job is not None:
            self._job.stop()
        self.note.hush()
        self._turn += 1
        turn = self._turn

        def if_wanted(act: Callable[..., object]) -> Callable[..., None]:
            """What was begun before the latest wish is not shown any more."""

            def take(*result: object) -> None:
                if self._turn == turn:
                    self._job = None
                    act(*result)

            return take

        self._job = self.around.work.start(
            run, if_wanted(done), if_wanted(self._failed), if_wanted(self._stopped), quiet=quiet
        )
        self.progress.watch(self._job)
        return self._job

    def _stopped(self) -> None:
        self.note.say(text("package_view.stopped"), Tone.INFO)

    def _failed(self, error: KnownError) -> None:
        if error.code.startswith("trust.file"):
            self.reading.forget_added()
        heading = text("package_view.not_done")
        self.around.dialogs.message(heading, error.message, Mark.ERROR, error.detail)

    # Trust, and the table

    def add_trust(self) -> Job | None:
        """Ask for certificates to believe for now, then look again."""
        kinds = ((text("package_view.trust_kind"), (".pem", ".crt", ".cer")),)
        chosen = self.around.dialogs.choose_files(text("package_view.choose_trust"), kinds)
        if not chosen:
            return None
        self.reading.add(chosen)
        return self.check_again()

    def save_table(self, ending: str) -> Job | None:
        """Write the table of the folder where the user says."""
        look = self.folder.look
        if look is None:
            return None
        kinds = ((text(f"package_view.kind_{ending}"), (f".{ending}",)),)
        suggestion = f"{text('package_view.table_name')}.{ending}"
        target = self.around.dialogs.save_file(text("package_view.save_table"), suggestion, kinds)
        if target is None:
            return None
        to = target if target.suffix.lower() == f".{ending}" else target.with_name(f"{target.name}.{ending}")

        def done(written: Path) -> None:
            words = text("package_view.table_saved", path=str(written))
            act = text("package_view.open_table")
            self.note.say(words, Tone.OK, act, lambda: self.around.dialogs.open_path(written))

        return self.start(lambda progress: verification.write_table(look, to, progress), done, quiet=False)
