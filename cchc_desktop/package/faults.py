"""How the strict reader says that a file is no package of ours."""

from __future__ import annotations

from typing import Any

from cchc_desktop.domain.verification import Aspect, Outcome, Reason
from cchc_desktop.message import message


class ProfileBroken(Exception):  # noqa: N818 - an answer, not a failure
    """One rule of the profile that this file breaks. Every rule has a catalogue id of its own."""

    def __init__(self, code: str, /, **args: Any) -> None:
        super().__init__(code)
        self.reason = Reason(message(code, **args), Aspect.FORM, Outcome.UNREADABLE)

    @property
    def code(self) -> str:
        return self.reason.code
