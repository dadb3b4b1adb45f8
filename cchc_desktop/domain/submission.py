"""A submission (lần gửi): one handing-over of one package by one channel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from cchc_desktop.domain.delivery import Delivery, DeliveryFile
    from cchc_desktop.domain.package_head import PackageHead


@dataclass(frozen=True, slots=True)
class Submission:
    """`revision` counts from 0 (first filing, L00); `counter` counts all packages of this profile from 1.

    `kind` is the package's ("plan", "selfscore"); `folder` is where the file was written; `size` in bytes.
    """

    id: str
    round_id: str
    kind: str
    revision: int
    package_id: str
    manifest_sha256: str
    file_name: str
    size: int
    folder: str
    created_at: datetime
    state: DocumentState
    counter: int


def filed(
    submission_id: str,
    round_id: str,
    head: PackageHead,
    package: DeliveryFile,
    folder: str,
    *,
    exported: bool,
) -> Submission:
    """Of a package that was just written into `folder`; `exported` when that is already out of the house."""
    state = moved(DocumentState.READY, DocumentState.FINALISED, Mover.PROGRAM)
    return Submission(
        id=submission_id,
        round_id=round_id,
        kind=head.kind.value,
        revision=head.revision,
        package_id=head.package_id,
        manifest_sha256=package.sha256,
        file_name=package.name,
        size=package.size,
        folder=folder,
        created_at=head.created_at,
        state=moved(state, DocumentState.EXPORTED, Mover.PROGRAM) if exported else state,
        counter=head.counter,
    )


def first_delivery(
    delivery_id: str,
    made: Submission,
    channel: str,
    target: str,
    files: tuple[DeliveryFile, ...],
    exported: bool,
) -> Delivery:
    """Of a package that was just made: on its medium already, or waiting to be sent."""
    from cchc_desktop.domain.delivery import Delivery, DeliveryState  # the first page shows none

    return Delivery(
        id=delivery_id,
        round_id=made.round_id,
        submission_id=made.id,
        channel=channel,
        target=target,
        state=DeliveryState.EXPORTED if exported else DeliveryState.QUEUED,
        files=files,
        created_at=made.created_at,
        changed_at=made.created_at,
    )
