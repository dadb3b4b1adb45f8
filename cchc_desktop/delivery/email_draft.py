"""A mail with a file attached, as a draft that the user's own mail program opens: an .eml with X-Unsent.

Headers and the words of the body are written by Python's email package (RFC 2047, 2231, 5322). The attachment
is encoded piece by piece between them, because it may be larger than what should lie in memory.
"""

from __future__ import annotations

import base64
import os
import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.delivery.channel import Letter
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message

ENDING = ".eml"
MIME_TYPE = ("application", "vnd.etsi.asic-e+zip")
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")
_LINE = 57
"""Bytes that make one line of 76 letters."""
_BLOCK = _LINE * 16 * 1024


def is_address(text: str) -> bool:
    """One plain address. Nothing that could add a header or a second receiver passes."""
    return ADDRESS.fullmatch(text) is not None


def write_draft(to: BinaryIO, address: str, letter: Letter, attached: Path, progress: Progress) -> int:
    """Write the draft into `to`; its size. `address` may be empty: the user fills it in.

    Raises KnownError delivery.package_changed when the file has another length than it began with.
    """
    head, tail = _around(address, letter, attached.name)
    size, done = attached.stat().st_size, 0
    written = to.write(head)
    step = message("delivery.drafting")
    with attached.open("rb") as source:
        while block := source.read(_BLOCK):
            progress.at(step, min(done, size), size)
            done += len(block)
            lines = base64.b64encode(block)
            width = _LINE * 4 // 3
            for at in range(0, len(lines), width):
                written += to.write(lines[at : at + width]) + to.write(b"\r\n")
    if done != size:
        raise KnownError("delivery.package_changed", unusable_input=False, name=attached.name)
    return written + to.write(tail)


def draft_size(address: str, letter: Letter, name: str, size: int) -> int:
    """What `write_draft` will write for an attachment of `size` bytes."""
    head, tail = _around(address, letter, name)
    lines = -(-size // _LINE)
    return len(head) + len(tail) + -(-size // 3) * 4 + lines * 2


def _around(address: str, letter: Letter, name: str) -> tuple[bytes, bytes]:
    """Everything before and after the attachment's lines."""
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    if address:
        draft["To"] = address
    draft.set_content(letter.body, charset="utf-8", cte="base64")
    place = os.urandom(_LINE)
    maintype, subtype = MIME_TYPE
    draft.add_attachment(place, maintype=maintype, subtype=subtype, filename=name)
    head, _place, tail = draft.as_bytes().partition(base64.b64encode(place) + b"\r\n")
    return _subject(letter.subject) + head, tail


def _subject(words: str) -> bytes:
    """Not by the message's own folding: in Python 3.11 that loses blanks between words with accents."""
    header = Header(" ".join(words.split()), "utf-8", maxlinelen=75, header_name="Subject")
    return b"Subject: " + header.encode(linesep="\r\n").encode("ascii") + b"\r\n"
