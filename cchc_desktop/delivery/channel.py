"""What every way out of the house has in common. One channel, one file, one line in `registry.py`.

    problems = channel.check(target, files)
    sent = channel.send(errand, progress)

A channel knows nothing of the database: what it needs of it (where an upload stopped, which files it began)
is handed to it with the errand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from cchc_desktop.domain.delivery import DeliveryFile, DeliveryState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.transfer import TransferMemory
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes along for people: the words of a message, as they will be read."""

    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A package where it lies, what it has to be (`file`), and the words that go with it."""

    path: Path
    file: DeliveryFile
    letter: Letter = Letter()


@dataclass(frozen=True, slots=True)
class Errand:
    """One delivery: the package first, its evidence packs after it.

    `limit` is the largest message in bytes (0: none). `begins(path)` is called before a file is there under
    that name, so that what a killed program leaves is found again. `memory(name)` remembers the transfer of
    the file of that name. `package_id` is the submission's package.
    """

    delivery_id: str
    target: str
    outgoing: tuple[Outgoing, ...]
    limit: int
    begins: Callable[[Path], None]
    memory: Callable[[str], TransferMemory]
    package_id: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How far it came: WRITTEN, EXPORTED or WAITING, or DELIVERED with the receipt's package id.

    `made` are files that the channel wrote besides (drafts, a receipt that came back).
    """

    state: DeliveryState
    files: tuple[DeliveryFile, ...]
    made: tuple[Path, ...] = ()
    receipt: str = ""


class Channel(Protocol):
    """Both calls may take long and run beside the window's thread."""

    @property
    def id(self) -> str: ...

    @property
    def from_outbox(self) -> bool:
        """Whether the package is first written into the profile's outbox, and sent from there."""
        ...

    def capacity(self, limit: int) -> int | None:
        """The largest file, in bytes, that it carries at once; None: any. `limit` is the user's for mail."""
        ...

    def check(self, target: str, files: Sequence[DeliveryFile]) -> tuple[Message, ...]:
        """What speaks against sending these there, each with a way out; empty: nothing known."""
        ...

    def send(self, errand: Errand, progress: Progress) -> Sent:
        """Raises KnownError with the reason when it fails, and `Cancelled`; what was begun is undone, or
        remembered where the channel can go on from there."""
        ...
