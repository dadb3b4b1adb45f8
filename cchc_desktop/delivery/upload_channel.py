"""To the receiving office's server by tus: the package goes from the outbox, in pieces; on after a cut."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.delivery import upload, upload_access
from cchc_desktop.delivery.channel import Errand, Sent
from cchc_desktop.delivery.upload_address import normal
from cchc_desktop.domain.delivery import UPLOAD, DeliveryFile, DeliveryState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message


class UploadChannel:
    id = UPLOAD
    from_outbox = True

    def capacity(self, _limit: int) -> int | None:
        return None

    def check(self, target: str, _files: Sequence[DeliveryFile]) -> tuple[Message, ...]:
        """Only what can be said without the line: whether this is a server's address."""
        try:
            normal(target)
        except KnownError as error:
            return (error.message,)
        return ()

    def send(self, errand: Errand, progress: Progress) -> Sent:
        """Every file arrives at the server; it is delivered when the office's receipt comes."""
        server = upload_access.server(errand.target)
        for outgoing in errand.outgoing:
            metadata = {
                "filename": outgoing.path.name,
                "package_id": errand.package_id,
                "manifest_sha256": outgoing.file.sha256,
                "role": outgoing.file.role.value,
            }
            upload.send(outgoing.path, server, metadata, errand.memory(outgoing.file.name), progress)
        return Sent(DeliveryState.WAITING, tuple(outgoing.file for outgoing in errand.outgoing))


CHANNEL = UploadChannel()
