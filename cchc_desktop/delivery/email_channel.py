"""By e-mail: drafts for the user's own mail program, one for each package. What went, the user knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.delivery.channel import Errand, Outgoing, Sent
from cchc_desktop.delivery.email_draft import ENDING, draft_size, is_address, write_draft
from cchc_desktop.delivery.folder import place, remove
from cchc_desktop.domain.delivery import EMAIL, DeliveryFile, DeliveryState, FileRole
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import email_capacity
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message


class EmailChannel:
    id = EMAIL
    from_outbox = True

    def capacity(self, limit: int) -> int | None:
        return email_capacity(limit)

    def check(self, target: str, _files: Sequence[DeliveryFile]) -> tuple[Message, ...]:
        """The address may be left to the mail program; a wrong one is told."""
        if target and not is_address(target):
            return (message("delivery.no_address", address=target),)
        return ()

    def send(self, errand: Errand, progress: Progress) -> Sent:
        """Write all drafts or none, beside the packages."""
        if problems := self.check(errand.target, ()):
            raise KnownError(problems[0].id, unusable_input=False, **problems[0].args)
        placed: list[Path] = []
        drafts: list[DeliveryFile] = []
        try:
            for outgoing in errand.outgoing:
                path, size = _drafted(outgoing, errand, progress)
                placed.append(path)
                drafts.append(DeliveryFile(path.name, size, "", FileRole.DRAFT))
        except BaseException:
            for path in placed:
                remove(path)
            raise
        files = (*(outgoing.file for outgoing in errand.outgoing), *drafts)
        return Sent(DeliveryState.WRITTEN, files, tuple(placed))


CHANNEL = EmailChannel()


def _drafted(outgoing: Outgoing, errand: Errand, progress: Progress) -> tuple[Path, int]:
    source = outgoing.path
    size = draft_size(errand.target, outgoing.letter, source.name, outgoing.file.size)
    if errand.limit and size > errand.limit:
        raise KnownError("delivery.too_large_for_channel", unusable_input=False, size=outgoing.file.size)
    name = f"{source.name.rpartition('.')[0]}{ENDING}"
    # A draft of an earlier try is written anew: address or words may have changed.
    remove(source.parent / name)
    return place(
        source.parent,
        name,
        size,
        lambda file: write_draft(file, errand.target, outgoing.letter, source, progress),
        lambda part, written: part.stat().st_size == written == size,
        errand.begins,
    )
