"""How an update is refused: with a code that has its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render


def refused(code: str, work: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as fault:
        work()
    assert fault.value.code == code, fault.value
    assert render(fault.value.message)
    return fault.value
