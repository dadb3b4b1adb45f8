"""The outbox: the ways a package can go, sending it, and what became of each delivery."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cchc_desktop.delivery import destination, registry
from cchc_desktop.delivery import drives as media
from cchc_desktop.delivery.channel import Errand, Letter, Outgoing
from cchc_desktop.delivery.destination import Destination
from cchc_desktop.documents.delivery_letter import delivery_letter
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import Delivery, DeliveryFile, DeliveryState, FileRole, refuse_double
from cchc_desktop.domain.drive import Drive
from cchc_desktop.domain.lifecycle import DocumentState, Mover
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry as packs
from cchc_desktop.message import Message, message
from cchc_desktop.package.verifier import manifest_digest
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.store import deliveries, rounds, settings, submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.transfers import StoredTransfer
from cchc_desktop.store.unfinished import Beginnings

CHANNELS = registry.IDS

CHANNELS = registry.IDS


@dataclass(frozen=True, slots=True)
class Sending:
    """What `send` came to: the delivery as it is now, and files that it made (drafts, a server's receipt)."""

    delivery: Delivery
    made: tuple[Path, ...]


def deliveries_of(profile: Profile, round_id: str) -> tuple[Delivery, ...]:
    """Newest first."""
    return profile.read(lambda db: deliveries.of_round(db, round_id))


def delivery(profile: Profile, delivery_id: str) -> Delivery:
    return profile.read(lambda db: deliveries.one(db, delivery_id))


def newest_of(profile: Profile, submission_id: str) -> Delivery:
    return profile.read(lambda db: deliveries.of_submission(db, submission_id))[0]


def drafts_of(profile: Profile, delivery_id: str) -> tuple[Path, ...]:
    """The drafts of a delivery by mail that are still there."""
    found = delivery(profile, delivery_id)
    folder = Path(profile.read(lambda db: submissions.one(db, found.submission_id)).folder)
    drafts = (folder / file.name for file in found.files if file.role is FileRole.DRAFT)
    return tuple(draft for draft in drafts if draft.is_file())


def drives() -> tuple[Drive, ...]:
    """Disks and sticks that are plugged in, removable ones first."""
    return media.drives()


def look_at(folder: Path) -> Destination:
    """Free space and file system of a folder. Raises KnownError delivery.no_folder, delivery.gone."""
    return destination.look_at(folder)


def check(channel: str, target: str, size: int = 0) -> tuple[Message, ...]:
    """What speaks against sending a package of that size there, each with its way out. May take long."""
    return registry.channel(channel).check(target, (DeliveryFile("", size),))


def queue(profile: Profile, submission_id: str, channel: str, target: str) -> tuple[Changes, Delivery]:
    """One more way for a package that was made already; `send` then takes it there.

    Raises KnownError delivery.under_way, delivery.arrived (nothing is sent twice), delivery.superseded,
    delivery.package_gone, delivery.too_large_for_channel.
    """
    now = vietnam_now()
    submission = profile.read(lambda db: submissions.one(db, submission_id))
    files = _files(profile, submission)
    limit = profile.read(settings.email_limit)
    capacity = registry.channel(channel).capacity(limit)
    largest = max(file.size for file in files)
    if capacity is not None and largest > capacity:
        raise KnownError("delivery.too_large_for_channel", unusable_input=False, size=largest)
    for file in files:
        _where(submission, file)
    new = Delivery(
        *(deliveries.new_id(), submission.round_id, submission.id, channel, target),
        *(DeliveryState.QUEUED, files, now, now),
    )

    def add(change: Change) -> None:
        if submissions.one(change.db, submission_id).state is DocumentState.SUPERSEDED:
            raise KnownError("delivery.superseded", unusable_input=False)
        refuse_double(deliveries.of_submission(change.db, submission_id), submission_id, channel, target)
        deliveries.add(change, new)

    return profile.write(add)[0], new


def send(profile: Profile, delivery_id: str, progress: Progress | None = None) -> Sending:
    """Take a queued delivery out by its channel. A failure is noted with its reason, then raised.

    Raises KnownError of the channel, delivery.package_gone, delivery.package_changed, delivery.not_queued;
    `Cancelled` leaves it queued: `send` goes on with it, `call_off` ends it.
    """
    old, told = delivery(profile, delivery_id), progress or Progress()
    if old.state is not DeliveryState.QUEUED:
        raise KnownError("delivery.not_queued", unusable_input=False, target=old.target)
    try:
        with Beginnings(profile) as begun:
            sent = registry.channel(old.channel).send(_errand(profile, old, begun, told), told)
            mover = Mover.RECEIVER if sent.state is DeliveryState.DELIVERED else Mover.PROGRAM
            moved = old.moved(sent.state, mover, vietnam_now())
            new = replace(moved, files=sent.files, receipt=sent.receipt)

            def note(change: Change) -> Delivery:
                begun.settle(change)
                return _put(change, old, new)

            return Sending(profile.write(note)[1], sent.made)
    except KnownError as error:
        failed = old.moved(DeliveryState.FAILED, Mover.PROGRAM, vietnam_now(), reason=error.message)
        profile.write(lambda change: _put(change, old, failed))
        raise


def handed_over(profile: Profile, delivery_id: str) -> Changes:
    """The drafts are open in the user's mail program: whether they went, only the user can say."""
    return _moved(profile, delivery_id, DeliveryState.WAITING, Mover.PROGRAM)


def confirm(profile: Profile, delivery_id: str) -> Changes:
    """The user says that it was sent or handed over. That is the user's word and no receipt."""
    return _moved(profile, delivery_id, DeliveryState.DELIVERED_BY_WORD, Mover.OFFICIAL)


def call_off(profile: Profile, delivery_id: str) -> Changes:
    """The user gives this delivery up; the package stays, and can be sent anew."""
    return _moved(profile, delivery_id, DeliveryState.FAILED, Mover.OFFICIAL, message("delivery.called_off"))


def fail(profile: Profile, delivery_id: str, words: str) -> Changes:
    """The user knows that it did not arrive, and why."""
    reason = message("delivery.said_failed", words=" ".join(words.split()))
    return _moved(profile, delivery_id, DeliveryState.FAILED, Mover.OFFICIAL, reason)


def retry(profile: Profile, delivery_id: str) -> Changes:
    """Queue a failed delivery again; `send` then takes it out. Raises as `queue` does."""
    old = delivery(profile, delivery_id)
    submission = profile.read(lambda db: submissions.one(db, old.submission_id))
    files = _files(profile, submission)
    for file in files:
        _where(submission, file)

    def work(change: Change) -> None:
        known = deliveries.of_submission(change.db, old.submission_id)
        refuse_double(known, old.submission_id, old.channel, old.target)
        current = deliveries.one(change.db, delivery_id)
        again = current.moved(DeliveryState.QUEUED, Mover.OFFICIAL, vietnam_now())
        deliveries.put(change, replace(again, files=files))

    return profile.write(work)[0]


def place_of(profile: Profile, delivery_id: str) -> Path:
    """The folder to open for a delivery: where its files lie."""
    found = delivery(profile, delivery_id)
    if Path(found.target).is_dir():
        return Path(found.target)
    return Path(profile.read(lambda db: submissions.one(db, found.submission_id)).folder)


def email_address(profile: Profile, round_id: str) -> str:
    """The receiving office's: the unit's own setting, else what the calendar packs say of the plan's way."""
    kept = profile.read(lambda db: settings.setting(db, settings.EMAIL_ADDRESS))
    if kept:
        return kept
    of_round = profile.read(lambda db: rounds.one(db, round_id))
    return packs.routing(profile.folder).email_of(of_round.unit.kind, vietnam_now().date())


def set_email_address(profile: Profile, address: str) -> None:
    """ "" goes back to what the calendar packs say. Raises KnownError delivery.no_address."""
    kept = address.strip()
    if kept and (problems := check("email", kept)):
        raise KnownError(problems[0].id, unusable_input=False, **problems[0].args)
    profile.write(lambda change: change.set_setting(settings.EMAIL_ADDRESS, kept))


def _moved(
    profile: Profile, delivery_id: str, new: DeliveryState, mover: Mover, reason: Message | None = None
) -> Changes:
    def work(change: Change) -> None:
        current = deliveries.one(change.db, delivery_id)
        deliveries.put(change, current.moved(new, mover, vietnam_now(), reason=reason))

    return profile.write(work)[0]


def _put(change: Change, old: Delivery, new: Delivery) -> Delivery:
    """The outcome of a sending, unless something else (a receipt, a correction) has come meanwhile."""
    current = deliveries.one(change.db, old.id)
    if current.state is not old.state:
        return current
    deliveries.put(change, new)
    return new


def _files(profile: Profile, submission: Submission) -> tuple[DeliveryFile, ...]:
    """The package and its evidence packs, as they were made."""
    made = profile.read(lambda db: deliveries.of_submission(db, submission.id))
    if made:
        return tuple(file for file in made[-1].files if file.role is not FileRole.DRAFT)
    return (DeliveryFile(submission.file_name, submission.size, submission.manifest_sha256),)


def _where(submission: Submission, file: DeliveryFile) -> Path:
    path = Path(submission.folder) / file.name
    if not path.is_file():
        raise KnownError(
            "delivery.package_gone", unusable_input=False, name=file.name, folder=submission.folder
        )
    return path


def _errand(profile: Profile, going: Delivery, begun: Beginnings, progress: Progress) -> Errand:
    """What the channel needs, once every package was found unchanged where it lies."""
    submission = profile.read(lambda db: submissions.one(db, going.submission_id))
    of_round = profile.read(lambda db: rounds.one(db, going.round_id))
    files = [file for file in going.files if file.role is not FileRole.DRAFT]
    outgoing = []
    for number, file in enumerate(files, start=1):
        path = _where(submission, file)
        package = path.with_name(file.package_name)
        if path.stat().st_size != file.size or manifest_digest(package, progress) != file.sha256:
            raise KnownError("delivery.package_changed", unusable_input=False, name=file.name)
        outgoing.append(Outgoing(path, file, Letter(*delivery_letter(of_round, submission, files, number))))
    return Errand(
        delivery_id=going.id,
        target=going.target,
        outgoing=tuple(outgoing),
        limit=profile.read(settings.email_limit),
        begins=begun.note,
        memory=partial(StoredTransfer, profile, going.id),
        package_id=submission.package_id,
    )
