"""Fetch the receipt that the receiving server lays out for a package, once its office has signed it."""

from __future__ import annotations

import time

from cchc_desktop.delivery import upload_faults
from cchc_desktop.delivery.upload_address import receipt_address
from cchc_desktop.delivery.upload_faults import Gone, Passing, TooLargePiece
from cchc_desktop.delivery.upload_line import Line, Server, opened
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message

LARGEST = 8 * 1024 * 1024
_NOT_YET = 202
_BEGINS = b"PK\x03\x04"
_BLOCK = 64 * 1024
_NAP = 0.2


def fetch(
    server: Server, package_id: str, progress: Progress | None = None, *, wait: float = 0.0
) -> bytes | None:
    """The receipt's bytes as they came, unchecked; None when there is none yet, after `wait` seconds.

    Raises KnownError upload.receipt_too_large, upload.no_service and those of the line, and `Cancelled`.
    """
    told, until, pause = progress or Progress(), time.monotonic() + wait, 0.25
    with opened(server) as line:
        address = receipt_address(server.address, package_id)
        while True:
            told.at(message("upload.fetching", host=line.host), 0, 0)
            try:
                content = _asked(line, address)
            except Passing as fault:
                if time.monotonic() >= until:
                    raise fault.error from fault
                content = None
            except (Gone, TooLargePiece):
                content = None  # the office has not looked at it yet, or keeps receipts elsewhere
            if content is not None or time.monotonic() >= until:
                return content
            _sleep(min(pause, max(0.0, until - time.monotonic())), line, told)
            pause = min(pause * 2, 5.0)


def _asked(line: Line, address: str) -> bytes | None:
    with line.answered("GET", address, {"Accept": "application/vnd.etsi.asic-e+zip"}) as answer:
        if answer.status_code == _NOT_YET:
            return None
        headers = {name.lower(): value for name, value in answer.headers.items()}
        fault = upload_faults.of_answer(answer.status_code, headers, line.host)
        if fault is not None:
            raise fault
        content = bytearray()
        while block := answer.raw.read(_BLOCK):
            content += block
            if len(content) > LARGEST:
                raise KnownError("upload.receipt_too_large", unusable_input=False, host=line.host)
    if not content.startswith(_BEGINS):
        raise KnownError("upload.no_service", unusable_input=False, host=line.host)
    return bytes(content)


def _sleep(seconds: float, line: Line, told: Progress) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        told.at(message("upload.fetching", host=line.host), 0, 0)
        time.sleep(min(left, _NAP))
