"""Gửi báo cáo: check, seal, choose the place, write with progress, done; and the history of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import FOLDER, UPLOAD, DeliveryState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import outbox, submissions
from ui.context import Context
from ui.fonts import line
from ui.marks import WARN, Mark
from ui.packages.desk import PackageDesk
from ui.packages.surroundings import Surroundings
from ui.pages.submit.check_step import CheckStep
from ui.pages.submit.delivery_menu import DeliveryMenu
from ui.pages.submit.done_step import DoneStep
from ui.pages.submit.found import Found
from ui.pages.submit.gap_list import GapLine
from ui.pages.submit.gap_places import SIGN_STEP, SIGNED_DESK, content_gaps, target_of
from ui.pages.submit.history_list import HistoryHead, HistoryList, Line, lines_of
from ui.pages.submit.key_desk import KeyDesk
from ui.pages.submit.looking import Looking
from ui.pages.submit.package_card import PackageCard
from ui.pages.submit.place_step import PlaceStep
from ui.pages.submit.progress_step import ProgressStep
from ui.pages.submit.recent_folders import remember_folder
from ui.pages.submit.sending import Gone, Sending
from ui.pages.submit.sign_step import SignStep
from ui.pages.submit.signed_desk import SignedDesk
from ui.pages.submit.step_bar import StepBar
from ui.pages.submit.step_states import Now, step_states
from ui.pages.submit.upload_list import UploadList
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.labels import second, section
from ui.widgets.page import PageBase
from ui.widgets.panel import MARGIN, Strip, column, row, scrolling
from ui.work import Job

_STEP_ROOM, _MOST_ROWS = 560, 5
"""What the head, the steps and the history's own head take; at most so many lines of history."""
_MADE_BY = {"check": "check", "sign": "keys", "place": "place_step", "progress": "progress", "done": "done"}
"""What of the page makes each step."""
_NARROW = 980
"""Below this width the card of the package gives way to the steps."""


class Page(PageBase):
    """What is not in sight at first (signing, the place, progress, the word at the end, other packages) is
    made when it is first asked for.
    """

    reads_rest = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, text("submit_page.title"), margin=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.found: Found | None = None
        self._shown: object = None
        self._looking = Looking(context)
        self._looking.seen.connect(self._show)
        self._looking.seen_ahead.connect(self._show_content)
        self._looking.failed.connect(self._not_read)
        self._step = "check"
        self._last: Gone | None = None
        self._steps: dict[str, QWidget] = {}
        self._views = QStackedWidget()
        self.body.addWidget(self._views)

    def build(self) -> Iterator[None]:
        self._make_actions()
        yield
        desk, upper, whole = QWidget(), row(gap=0), column(gap=0)
        desk.setLayout(whole)
        self._views.addWidget(desk)
        self._bar = StepBar()
        self._bar.chosen.connect(self.show_step)
        self._stack = QStackedWidget()
        whole.addWidget(self._bar)
        whole.addLayout(upper, 1)
        upper.addWidget(self._stack, 1)
        yield
        self.signed = SignedDesk(self.context, lambda: self.keys.sign_with(), lambda: self.refresh(None))
        self.check = CheckStep(lambda: self.show_step("sign"), self.signed)
        self._put("check", self.check)
        yield
        self.card = PackageCard()
        upper.addWidget(self.card)
        yield
        self._make_history(whole)
        self.show_step("check")

    def _make_actions(self) -> None:
        year = str(self.context.round.year)
        self.kind = Choice(text("submit_page.what"))
        self.kind.set_choices(
            [(kind.value, text(f"submit_page.choose_{kind.value}", year=year)) for kind in submissions.KINDS],
            PackageKind.SELFSCORE.value,
        )
        self.kind.setMinimumWidth(222)
        self.kind.chosen.connect(lambda _kind: self._start_over())
        self.check_package = Button(
            text("submit_page.check_package"), lambda: self.package.choose(), icon="shield-check"
        )
        self.check_folder = Button(
            text("submit_page.check_folder"), lambda: self.package.choose_folder(), icon="folder-open"
        )
        self.check_folder.set_bare(True)
        for action in (self.kind, self.check_package, self.check_folder):
            self.add_action(action)

    def _make_history(self, whole: QBoxLayout) -> None:
        self.history = HistoryList()
        self.menu = DeliveryMenu(
            *(self.context, self.history, lambda: self.sending, self._another),
            *(lambda path: self.package.show_paths([path]), lambda one: self.under_way.ask(one), self._told),
        )
        heading = Strip("above")
        heading.box.setContentsMargins(MARGIN, 6, MARGIN, 6)
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        whole.addWidget(heading)
        heading.box.addWidget(section(text("submit_page.history")))
        heading.box.addWidget(second(text("submit_page.of_year", year=str(self.context.round.year))))
        heading.box.addStretch(1)
        self._none_yet = second(text("submit_page.no_history"), wrap=True)
        self._none_yet.setContentsMargins(MARGIN, 4, MARGIN, 10)
        self._history_head = HistoryHead(self.history)
        for widget in (self._none_yet, self._history_head, self.history):
            widget.hide()
            whole.addWidget(widget)

    def _put(self, name: str, step: QWidget) -> None:
        self._steps[name] = step
        self._stack.addWidget(step)

    def _is_made(self, what: str) -> bool:
        return what in vars(self)

    # What is made when it is asked for

    @cached_property
    def keys(self) -> KeyDesk:
        made = KeyDesk(self.context, lambda: self.show_step("place"), lambda: self.refresh(None))
        self._put("sign", scrolling(made.step))
        if self.found is not None:
            made.show_status(self.found.key, self.found.signer)
        return made

    @property
    def sign(self) -> SignStep:
        return self.keys.step

    @cached_property
    def place_step(self) -> PlaceStep:
        made = PlaceStep(self.context, lambda: self.sending.send(self._kind()))
        made.changed.connect(self._states)
        made.relimited.connect(lambda: self.refresh(None))
        made.add_above(UPLOAD, self.under_way)
        self._put("place", made)  # it scrolls by itself
        made.refresh()
        if self.found is not None:
            made.show_readiness(self.found.readiness)
        return made

    @cached_property
    def under_way(self) -> UploadList:
        made = UploadList(
            self.context,
            lambda delivery: self.sending.go_on(delivery),
            lambda delivery: self.sending.give_up(delivery),
            self._told,
        )
        made.refresh()
        return made

    @cached_property
    def progress(self) -> ProgressStep:
        made = ProgressStep()
        self._put("progress", scrolling(made))
        return made

    @cached_property
    def done(self) -> DoneStep:
        keys = self.keys
        made = DoneStep(
            *(self._open_folder, keys.save_certificate, keys.show_code, self._start_over),
            keys.countersign,
            self._open_drafts,
            self._said_sent,
        )
        self._put("done", scrolling(made))
        return made

    @cached_property
    def sending(self) -> Sending:
        return Sending(
            *(self.context, self.keys, self.place_step, self.progress),
            *(self.show_step, self._gone, lambda: self._told(Changes())),
        )

    @cached_property
    def package(self) -> PackageDesk:
        context = self.context
        around = Surroundings(
            *(context.work, context.dialogs, context.profile.folder, context),
            update=lambda pack: context.go_to("settings", pack),
        )
        made = PackageDesk(around, self._show_package, lambda: self._views.setCurrentIndex(0))
        # What is not looked at must not make the page wider: it fits its buttons once it is shown.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._views.addWidget(made)
        self.destroyed.connect(around.tidy)
        return made

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Look again beside the window's thread."""
        if self._is_made("place_step"):
            self.place_step.refresh()
        if self._is_made("under_way"):
            self.under_way.refresh()
        self._looking.look(self._kind())

    def read_ahead(self) -> Iterator[None]:
        """All but the key, whose keyring may ask for a password."""
        self._looking.look_ahead(self._kind())
        yield

    def read_rest(self) -> Iterator[None]:
        self._looking.look_at_rest(self._kind())
        yield

    def _not_read(self, error: KnownError) -> None:
        self._shown = None
        self.check.show_nothing()
        self.signed.show_signings((), self._kind())
        self.check.gaps.show_lines([GapLine(Mark.ERROR, render(error.message))])

    def _kind(self) -> PackageKind:
        """Qt hands an enumeration back as its plain text."""
        return PackageKind(str(self.kind.value()))

    def _show(self, found: Found) -> None:
        self.found = found
        self._show_content(found)
        if self._is_made("keys"):
            self.keys.show_status(found.key, found.signer)
        self.card.show_package(
            self.context.round, self._kind(), found.readiness, found.key, found.recipient, found.signer.kind
        )
        if self._is_made("place_step"):
            self.place_step.show_readiness(found.readiness)
        self._states()

    def _show_content(self, found: Found) -> None:
        """What was shown ahead already stays as it is."""
        self.signed.show_signings(found.signings, self._kind())
        content = replace(found.readiness, gaps=content_gaps(found.readiness.gaps))
        now = (content, found.made, found.deliveries, found.findings)
        if now == self._shown:
            return
        self._shown = now
        lines = self._gap_lines(found)
        self.check.show_readiness(found.readiness, lines, read_only=self.context.read_only)
        self.history.show_lines(lines_of(found.made, found.deliveries))
        for widget in (self.history, self._history_head):
            widget.setVisible(bool(found.made))
        self._none_yet.setVisible(not found.made)
        self._fit_history()

    def _fit_history(self) -> None:
        rows = len(self.history.lines())
        room = (self.height() - _STEP_ROOM) // (line() + 14)
        self.history.setFixedHeight(max(1, min(rows, room, _MOST_ROWS)) * (line() + 14) + 1)

    def _gap_lines(self, found: Found) -> list[GapLine]:
        gaps = content_gaps(found.readiness.gaps)

        def lines(messages: tuple[Message, ...], mark: Mark) -> list[GapLine]:
            return [GapLine(mark, render(one), self._way(one, found)) for one in messages]

        return [
            *lines(gaps.blockers, Mark.ERROR),
            *lines(gaps.missing, WARN),
            *lines(gaps.warnings, Mark.INFO),
        ]

    def _way(self, message: Message, found: Found) -> Callable[[], object] | None:
        target = target_of(message, found.criteria, found.findings)
        if target is None:
            return None
        page, where = target
        if page == SIGN_STEP:
            return lambda: self.show_step("sign")
        return self.signed.open if page == SIGNED_DESK else lambda: self.context.go_to(page, where)

    def _states(self) -> None:
        if self.found is None:
            return
        target = self.place_step.target_words() if self._is_made("place_step") else ""
        channel = self._last.delivery.channel if self._last else FOLDER
        now = Now(self._step, self.job is not None, target, self.context.read_only, channel)
        for name, state in step_states(self.found, now).items():
            self._bar.set_state(name, state)

    def show_step(self, name: str) -> None:
        getattr(self, _MADE_BY[name])
        self._step = name
        self._bar.show_step(name)
        self._stack.setCurrentWidget(self._steps[name])
        self._states()

    def step_name(self) -> str:
        return self._step

    def step_bar(self) -> StepBar:
        return self._bar

    def go_to(self, where: object) -> None:
        """A kind of package to hand in; or packages and folders to look at."""
        if isinstance(where, tuple):
            self.package.show_paths(where)
        elif where in submissions.KINDS:
            self.kind.set_value(str(where))
            self._start_over()

    def _start_over(self) -> None:
        if self.job is None:
            if self._is_made("place_step"):
                self.place_step.send_again(None)
            self.show_step("check")
            self.refresh(None)

    # Sending

    @property
    def job(self) -> Job | None:
        """The package that is being written or sent just now."""
        return self.sending.job if self._is_made("sending") else None

    def _gone(self, gone: Gone) -> None:
        self._last = gone
        if gone.delivery.channel == FOLDER:
            remember_folder(self.context, Path(gone.delivery.target))
        self.done.show_gone(gone, self.found.readiness.evidence_count if self.found else 0)
        self.show_step("done")
        self.done.first().setFocus()
        if gone.delivery.channel == UPLOAD and gone.delivery.state is DeliveryState.WAITING:
            self.under_way.ask(gone.delivery, quietly=True)
        # The other pages (calendar, deadlines) show what was handed in.
        self._told(Changes(1, self.context.round_id, frozenset({"submissions"}), (gone.made.id,)))

    def _told(self, changes: Changes) -> None:
        if changes:
            self.context.edits.changed.emit(changes)
        self.refresh(None)

    def _another(self, shown: Line) -> None:
        """That package goes out once more, another way."""
        self.place_step.send_again(shown.made)
        self.show_step("place")

    def _open_drafts(self) -> None:
        if self._last is not None:
            self.menu.open_drafts(outbox.delivery(self.context.profile, self._last.delivery.id))

    def _said_sent(self) -> None:
        if self._last is not None:
            self.menu.say_sent(outbox.delivery(self.context.profile, self._last.delivery.id))

    def _open_folder(self) -> None:
        if self._last is not None:
            self.context.dialogs.open_path(outbox.place_of(self.context.profile, self._last.delivery.id))

    # Other packages

    def show_check_of(self, path: Path) -> Job:
        """Check a package file, or all those of a folder, and show the word on it."""
        return self.package.show_paths([path])

    def _show_package(self) -> None:
        if self._views.currentWidget() is not self.package:
            self._views.setCurrentWidget(self.package)
            self.package.back.setFocus()

    def fit(self) -> None:
        self.card.setVisible(self.width() >= _NARROW)
        self._fit_history()
