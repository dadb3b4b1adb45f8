"""Find a sentence and fill it. Format words in braces: number, points, percent, date, time, size, list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

from cchc_desktop.errors import BugError
from cchc_desktop.language import numbers, times
from cchc_desktop.message import Message

LANGUAGE = "vi"
_rooms: dict[str, Mapping[str, str]] = {}


def _room(name: str) -> Mapping[str, str]:
    if name not in _rooms:
        _rooms[name] = import_module(f"cchc_desktop.language.{LANGUAGE}.{name}").TEXTS
    return _rooms[name]


def load_words() -> None:
    """Read every room of the catalogue now, rather than each with its first sentence."""
    import pkgutil  # the start needs a few rooms by their names, not the list of all

    package = import_module(f"cchc_desktop.language.{LANGUAGE}")
    for room in pkgutil.iter_modules(package.__path__):
        _room(room.name)


class _Shown:
    """An argument as a sentence shows it, by the word behind its colon."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, word: str) -> str:
        return _shown(self._value, word)


def _shown(value: Any, word: str) -> str:
    if isinstance(value, Message):
        return render(value)
    match word:
        case "number":
            return numbers.format_number(value)
        case "points":
            return numbers.format_points(value)
        case "percent":
            return numbers.format_percent(value)
        case "size":
            return numbers.format_size(value)
        case "date":
            return times.format_date(value)
        case "time":
            return times.format_time(value)
        case "list":
            return ", ".join(_shown(item, "") for item in value)
        case "":
            return _plain(value)
    return format(value, word)


def _plain(value: Any) -> str:
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | Decimal | Fraction):
        return numbers.format_number(value)
    if isinstance(value, date | datetime):
        return times.format_date(value)
    if isinstance(value, Sequence):
        return ", ".join(_shown(item, "") for item in value)
    return str(value)


def text(id_: str, /, **args: Any) -> str:
    """The sentence with that id, its arguments filled in. An unknown id or a missing argument is a bug."""
    room, _, name = id_.partition(".")
    try:
        return _room(room)[name].format_map({key: _Shown(value) for key, value in args.items()})
    except (KeyError, ModuleNotFoundError) as error:
        raise BugError(f"catalogue has no text or argument for {id_}: {error}") from error


def standing(id_: str) -> str:
    """The sentence as it stands in the catalogue, its placeholders unfilled: for those who word it anew."""
    room, _, name = id_.partition(".")
    return _room(room)[name]


def render(message: Message | str) -> str:
    """A message as a sentence; a plain string (text from a form pack) stays as it is."""
    return message if isinstance(message, str) else text(message.id, **message.args)
