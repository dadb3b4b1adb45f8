"""Settings of the profile (window state, limits): key and text, not part of the history.

Write with `profile.write(lambda change: change.set_setting(key, value))`.
"""

from __future__ import annotations

from cchc_desktop.store.database import Connection

DOCUMENT_TEMPLATE = "document_template"
"""Key of the document template's id that the unit chose; empty: its own newest, else the program's."""

EMAIL_LIMIT = "email_limit"
"""Key of the largest message, in bytes, that goes through the receiver's mail server."""
EMAIL_ADDRESS = "email_address"
"""Key of the receiving office's address, where the unit knows a better one than the calendar pack."""

SIGNS_DOCUMENTS, YES = "sign_documents", "yes"
"""Key of the wish that the PDFs which a package draws are signed inside too, by whoever signs the package."""


def setting(db: Connection, key: str, default: str = "") -> str:
    row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def signs_documents(db: Connection) -> bool:
    return setting(db, SIGNS_DOCUMENTS) == YES


def email_limit(db: Connection) -> int:
    from cchc_desktop.domain.readiness import DEFAULT_EMAIL_LIMIT  # the start asks for settings, not for this

    return int(setting(db, EMAIL_LIMIT, str(DEFAULT_EMAIL_LIMIT)))
