"""An upload under way: what has to be known to go on with it after the program or the line ended."""

from __future__ import annotations

from typing import Protocol

from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Transfer:
    """`url` is the upload's own address, `offset` what the server last confirmed, `sha256` the file's."""

    url: str
    offset: int
    size: int
    sha256: str


class TransferMemory(Protocol):
    """Where the transfer of one file is remembered; durable when the call returns."""

    def recall(self) -> Transfer | None: ...
    def remember(self, transfer: Transfer) -> None: ...
    def forget(self) -> None: ...
