"""In which capacity someone signs a document (quyền hạn của người ký)."""

from __future__ import annotations

from enum import StrEnum


class SignsAs(StrEnum):
    """The head (TM. where a committee is headed), in the head's place (KT.), acting (Q.), by order (TL.),
    by written authority (TUQ.)."""

    HEAD = "head"
    FOR_HEAD = "for_head"
    ACTING = "acting"
    BY_ORDER = "by_order"
    AUTHORISED = "authorised"
