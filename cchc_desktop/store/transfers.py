"""Uploads under way: where each file's transfer stands, so that it goes on after a restart. Not journaled."""

from __future__ import annotations

from datetime import UTC, datetime

from cchc_desktop.domain.transfer import Transfer
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import time_text
from cchc_desktop.store.profile import Profile


class StoredTransfer:
    """The transfer of one file of one delivery; each call is durable when it returns."""

    def __init__(self, profile: Profile, delivery_id: str, part: str) -> None:
        self._profile, self._key = profile, (delivery_id, part)

    def recall(self) -> Transfer | None:
        found = self._profile.read(
            lambda db: db.execute(
                "SELECT url, offset, size, sha256 FROM transfers WHERE delivery_id = ? AND part = ?",
                self._key,
            ).fetchone()
        )
        return None if found is None else Transfer(*found)

    def remember(self, transfer: Transfer) -> None:
        now = time_text(datetime.now(UTC))
        values = (*self._key, transfer.url, transfer.offset, transfer.size, transfer.sha256, now)

        def work(change: Change) -> None:
            change.db.execute(
                "INSERT OR REPLACE INTO transfers (delivery_id, part, url, offset, size, sha256, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )

        self._profile.write(work)

    def forget(self) -> None:
        def work(change: Change) -> None:
            change.db.execute("DELETE FROM transfers WHERE delivery_id = ? AND part = ?", self._key)

        self._profile.write(work)
