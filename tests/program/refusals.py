"""How an update is refused: with codes that have their sentences, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.releases import shape


def refused(code: str, work: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as fault:
        work()
    assert fault.value.code == code, fault.value
    assert render(fault.value.message)
    return fault.value


def reasons(package: Path, program: Installation) -> list[str]:
    """What is said against it, looking; taking says the same, and neither writes anything."""
    before = shape(program.root)
    offer = updates.inspect(package, place=program)
    assert not offer.can_be_taken
    assert all(render(reason) for reason in offer.refusals)
    with pytest.raises(KnownError) as fault:
        updates.apply(package, place=program)
    assert fault.value.code == "update.refused"
    words = render(fault.value.message)
    assert all(render(reason) in words for reason in offer.refusals)
    assert shape(program.root) == before
    return [reason.id for reason in offer.refusals]
