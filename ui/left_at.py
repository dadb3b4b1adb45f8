"""Where the window stood when it was closed: kept with the profile, so that it opens there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile


@dataclass(frozen=True)
class LeftAt:
    """`geometry` is Qt's word for the place on the screen, as text; `place` a page's own. Unknown: ""."""

    geometry: str = ""
    round: str = ""
    page: str = ""
    place: str = ""

    @property
    def frame(self) -> QByteArray:
        return QByteArray.fromBase64(self.geometry.encode())


_FIELDS = ("geometry", "round", "page", "place")


def left_at(profile: Profile) -> LeftAt:
    from cchc_desktop.services.profile import setting

    return LeftAt(*(setting(profile, f"window.{name}") for name in _FIELDS))


def remember(profile: Profile, left: LeftAt) -> None:
    from cchc_desktop.services.profile import set_setting

    for name in _FIELDS:
        set_setting(profile, f"window.{name}", getattr(left, name))
