"""A transfer's memory in one small file, for the tests that have no profile."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from cchc_desktop.domain.transfer import Transfer


class KeptTransfer:
    def __init__(self, file: Path) -> None:
        self._file = file
        self.offsets: list[int] = []

    def recall(self) -> Transfer | None:
        if not self._file.exists():
            return None
        return Transfer(**json.loads(self._file.read_text()))

    def remember(self, transfer: Transfer) -> None:
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(asdict(transfer)))
        beside.replace(self._file)
        self.offsets.append(transfer.offset)

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)
