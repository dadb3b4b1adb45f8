"""Making a package and sending it, beside the window's thread: a new one, one that waits, one once more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import FOLDER, UPLOAD, Delivery, DeliveryState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.submission import Submission
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.services import outbox, submissions, uploads
from ui.context import Context
from ui.pages.submit.key_desk import KeyDesk
from ui.pages.submit.place_step import PlaceStep
from ui.pages.submit.progress_step import ProgressStep
from ui.work import Job


@dataclass(frozen=True)
class Gone:
    """What came of it: the package, its delivery, files made besides (drafts)."""

    made: Submission
    delivery: Delivery
    besides: tuple[Path, ...] = ()


class Sending:
    """`show_step(name)`, `done(gone)` and `changed()` are the page's."""

    def __init__(
        self,
        context: Context,
        keys: KeyDesk,
        place: PlaceStep,
        progress: ProgressStep,
        show_step: Callable[[str], object],
        done: Callable[[Gone], object],
        changed: Callable[[], object],
    ) -> None:
        self._context, self._keys, self._place, self._progress = context, keys, place, progress
        self._show_step, self._done, self._told = show_step, done, changed
        self.job: Job | None = None

    def send(self, kind: PackageKind) -> None:
        """By the channel that is chosen: a new package, or the one that goes once more."""
        if self.job is None and not self._place.panel.blocked():
            self._place.panel.make_ready(lambda: self._begin(kind))

    def go_on(self, delivery: Delivery, *, again: bool = False) -> None:
        """Send what waits in the outbox; `again` for one that failed."""
        if self.job is not None:
            return
        profile = self._context.profile

        def run(progress: Progress) -> Gone:
            if again or delivery.state is DeliveryState.FAILED:
                outbox.retry(profile, delivery.id)
            return _sent(self._context, delivery, progress)

        def begin() -> None:
            if self.job is None:
                self._start(run, delivery.channel, delivery.target, ("send",))

        if delivery.channel != UPLOAD:
            begin()
            return
        # A token that is not kept has to be typed first, or the delivery would fail for the want of it.
        self._place.choose_channel(UPLOAD)
        self._show_step("place")
        self._place.panel.make_ready(begin)

    def give_up(self, delivery: Delivery) -> None:
        """End an upload that stopped on its way; the server may drop its part."""
        profile = self._context.profile

        def work(_progress: Progress) -> Changes:
            uploads.give_up(profile, delivery.id)
            if delivery.is_live:
                return outbox.call_off(profile, delivery.id)
            return Changes()

        self._context.work.start(work, lambda _changes: self._told(), self._place.failed)

    def _begin(self, kind: PackageKind) -> None:
        if self.job is not None:
            return
        context, place = self._context, self._place
        channel, target, resend = place.channel, place.panel.target(), place.resend
        if resend is not None:
            self._start(lambda p: _again(context, resend, channel, target, p), channel, target, ("send",))
            return
        if (sign_with := self._keys.sign_with()) is None:
            return
        context.edits.flush()
        profile, round_id = context.profile, context.round_id
        with_certificate = place.folder.certificate.isChecked()
        encrypt_for = place.encrypt.fingerprint()
        straight = channel == FOLDER and not encrypt_for

        def run(progress: Progress) -> Gone:
            if straight:
                made = submissions.export(
                    *(profile, round_id, kind, Path(target), progress),
                    with_certificate=with_certificate,
                    sign_with=sign_with,
                )
                return Gone(made, outbox.newest_of(profile, made.id))
            made, queued = submissions.prepare(
                *(profile, round_id, kind, channel, target, progress),
                sign_with=sign_with,
                encrypt_for=encrypt_for,
            )
            return _sent(context, queued, progress, made)

        parts = ("draw", "write", "read_back") if straight else ("draw", "write", "read_back", "send")
        self._start(run, channel, target, parts)

    def _start(
        self, run: Callable[[Progress], Gone], channel: str, target: str, parts: tuple[str, ...]
    ) -> None:
        self.job = self._context.work.start(run, self._ended_well, self._failed, self._stopped)
        heading = text(f"outbox_page.sending_{channel}", target=target)
        self._progress.watch(self.job, heading, parts, text(f"outbox_page.sending_hint_{channel}"))
        self._show_step("progress")
        self._progress.panel.stop.setFocus()

    def _ended_well(self, gone: Gone) -> None:
        self.job = None
        self._place.send_again(None)
        self._done(gone)

    def _failed(self, error: KnownError) -> None:
        self.job = None
        self._show_step("place")
        self._place.failed(error)
        self._told()

    def _stopped(self) -> None:
        self.job = None
        self._show_step("place")
        self._place.stopped()
        self._told()


def _sent(context: Context, delivery: Delivery, progress: Progress, made: Submission | None = None) -> Gone:
    found = outbox.send(context.profile, delivery.id, progress)
    if made is None:
        every = submissions.submissions_of(context.profile, delivery.round_id)
        made = next(one for one in every if one.id == delivery.submission_id)
    return Gone(made, found.delivery, found.made)


def _again(context: Context, made: Submission, channel: str, target: str, progress: Progress) -> Gone:
    _changes, queued = outbox.queue(context.profile, made.id, channel, target)
    return _sent(context, queued, progress, made)
