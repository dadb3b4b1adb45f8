"""Signs that a file may hold personal data. Only its name and abstract are looked at, and this is said so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.message import Message, message
from cchc_desktop.quick_pattern import pattern

_WORDS = {
    "cccd": "CCCD",
    "cmnd": "CMND",
    "can cuoc": "căn cước",
    "chung minh nhan dan": "chứng minh nhân dân",
    "danh sach": "danh sách",
    "ly lich": "lý lịch",
    "ho chieu": "hộ chiếu",
    "benh an": "bệnh án",
    "bang luong": "bảng lương",
    "so dien thoai": "số điện thoại",
    "ho so ca nhan": "hồ sơ cá nhân",
}
_ID_NUMBER = pattern(r"(?<!\d)\d{12}(?!\d)")
_PHONE = pattern(r"(?<!\d)0[35789]\d{8}(?!\d)")


def signs(*texts: str) -> Iterator[Message]:
    """One message per kind of sign found; none found proves nothing about the content."""
    together = " ".join(texts)
    plain = re.sub(r"[^a-z0-9]+", " ", folded(together))
    words = tuple(shown for word, shown in _WORDS.items() if re.search(rf"\b{word}\b", plain))
    if words:
        yield message("evidence.personal_words", words=words)
    if _ID_NUMBER.search(together):
        yield message("evidence.personal_number")
    if _PHONE.search(together):
        yield message("evidence.personal_phone")
