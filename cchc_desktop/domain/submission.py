"""A submission (lần gửi): one handing-over of one package by one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cchc_desktop.domain.lifecycle import DocumentState


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
