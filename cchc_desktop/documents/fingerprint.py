"""What a document says, as one digest: the same as long as it would print the same words.

Not of the drawn file, which a later version of the program may draw with other bytes. A document's own number
and day are left out: they are given after it was signed.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from cchc_desktop.documents.letter import letter_document
from cchc_desktop.documents.model import Document
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import as_issued
from cchc_desktop.documents.selfscore import selfscore_document
from cchc_desktop.documents.selfscore_lines import SelfScoreInput


def plan_digest(source: PlanInput) -> str:
    """Of the plan in the form in which it is issued, without number and day."""
    issue = replace(source.plan.issue, number="", issued_on=None)
    return digest(as_issued(replace(source, plan=replace(source.plan, issue=issue))))


def letter_digest(source: PlanInput) -> str:
    """Of the letter, without its own number and day; those of the plan stand in its text."""
    issue = replace(source.plan.issue, letter_number="", letter_on=None)
    return digest(letter_document(replace(source, plan=replace(source.plan, issue=issue))))


def selfscore_digest(source: SelfScoreInput) -> str:
    return digest(selfscore_document(source))


def digest(document: Document) -> str:
    """SHA-256 in hex of the blocks. Fields that have their default are left out, so that a block may get a
    new field without changing what older documents say."""
    plain = json.dumps(_plain(document.blocks), ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
        return [type(value).__name__, told]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
