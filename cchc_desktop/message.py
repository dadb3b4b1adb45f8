"""A sentence that is not yet a sentence: a catalogue id and its arguments.

The pure rooms (errors, domain) say what they mean with a `Message`; the rooms that speak to people
(services, documents, cli, ui) turn it into Vietnamese with `language.render`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_desktop.quick_dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is "<room>.<name>" of the catalogue; `args` are values, nested messages or tuples of them."""

    id: str
    args: Mapping[str, Any] = field(default_factory=dict)


def message(id_: str, **args: Any) -> Message:
    return Message(id_, args)
