"""Makes PySide6's enumerations in a tenth of the library's time.

PySide6 asks the library for each by `Flag("Name", [(name, value), …])`: 200 of them with 2,800 members until
the first page is there, which uses 200 of these. The library makes each member by way of a stand-in that the
class then replaces (measured with CPython 3.11.7: 97 ms where this takes 14). Here the class is made at once,
and a member when it is first asked for, by name or by value; who wants to see them all finds the class as the
library would have made it. Any other call of the kind is the library's own, and so is all under another
Python, whose classes are made otherwise.

Names without their enumeration (`Qt.AlignLeft`) PySide6 looks for in the members that are there already, past
Python. So these old names are off; type checkers don't know them either.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from itertools import repeat
from threading import RLock
from typing import Any

_KINDS = frozenset({Enum, Flag, IntEnum, IntFlag})
_OPERATIONS = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__")
_KEPT = ("_generate_next_value_", "_use_args_", "_member_type_", "_value_repr_")
_PYTHON_S_ENUMS, _NO_OLD_NAMES = 0x01, 0x10
_turn = RLock()


def make_enums_quickly() -> None:
    """From now on, in this process."""
    if sys.implementation.name == "cpython" and sys.version_info[:2] == (3, 11):
        EnumType._create_ = _create  # type: ignore[attr-defined]
        sys.pyside6_option_python_enum = _PYTHON_S_ENUMS | _NO_OLD_NAMES  # type: ignore[attr-defined]


_library_create: Any = EnumType._create_  # type: ignore[attr-defined]


def _create(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
    asked = {name for name, value in options.items() if value is not None} - {"start", "boundary"}
    if options.get("module") is None:  # as in the library: that which asked for it, two calls up
        options["module"] = sys._getframe(2).f_globals["__name__"]
    values = _numbers(names)
    if cls not in _KINDS or asked or values is None:
        return _library_create(cls, class_name, names, **options)
    body = {name: getattr(cls, name) for name in _KEPT} | {"__module__": options["module"]}
    first = dict(zip(values.values(), values, strict=True))
    if len(first) < len(values):
        first = {}
        for name, value in values.items():
            first.setdefault(value, name)
    if issubclass(cls, Flag):
        return _flag(cls, class_name, values, first, body, options.get("boundary"))
    return _class(cls, class_name, values, first, body, list(first.values()))


def _numbers(names: Any) -> dict[str, int] | None:
    """Each name with its number, as PySide6 gives them; None where any is of another kind."""
    if not isinstance(names, list) or set(map(type, names)) - {tuple}:
        return None
    values = dict(names)
    if set(map(type, values.values())) - {int} or any(map(str.startswith, values, repeat("_"))):
        return None
    return values


def _flag(
    cls: Any,
    class_name: str,
    values: Mapping[str, int],
    first: Mapping[int, str],
    body: dict[str, Any],
    boundary: object,
) -> Any:
    mask = 0
    for value in first:
        mask |= value
    single = [value for value in first if value > 0 and not value & (value - 1)]
    body |= {name: getattr(Flag, name) for name in _OPERATIONS}
    body |= {"_boundary_": boundary or cls._boundary_, "_inverted_": None}
    body |= {"_flag_mask_": mask, "_singles_mask_": sum(single), "_all_bits_": 2 ** mask.bit_length() - 1}
    made = _class(cls, class_name, values, first, body, [first[value] for value in single])
    if single != sorted(single):
        made._iter_member_ = made._iter_member_by_def_
    return made


def _class(
    cls: Any,
    class_name: str,
    values: Mapping[str, int],
    first: Mapping[int, str],
    body: dict[str, Any],
    listed: list[str],
) -> Any:
    """The class; `first` has each value's first name (others are further names of the same member), `listed`
    those that the class is said to consist of."""
    by_name, by_value = _Members(values), _Members(first)
    body |= {"_member_names_": listed, "_member_map_": by_name, "_value2member_map_": by_value}
    body |= {"_unhashable_values_": [], "_new_member_": object.__new__}
    if number := cls._member_type_ is int:
        body |= {"_new_member_": int.__new__, "__format__": int.__format__}
    made: Any = type.__new__(EnumType, class_name, (cls,), body)
    type.__setattr__(made, "__new__", Enum.__new__)
    places: dict[str, int] = {}

    def place(name: str) -> int:
        """How many listed ones come before."""
        if not places:
            are_listed, count = set(listed), 0
            for one in first.values():
                places[one] = count
                count += one in are_listed
        return places[name]

    def make(name: str) -> Any:
        value = values[name]
        with _turn:
            member = dict.get(by_value, value)
            if member is None:
                member = int.__new__(made, value) if number else object.__new__(made)
                member._value_, member._name_, member.__objclass__ = value, first[value], made
                member._sort_order_ = place(first[value])
                dict.__setitem__(by_value, value, member)
            dict.__setitem__(by_name, name, member)
            type.__setattr__(made, name, member)
            return member

    def make_all() -> None:
        with _turn:
            if made._member_map_ is by_name:
                whole = {name: make(name) for name in values}
                by_name.whole, by_value.whole = whole, {value: whole[name] for value, name in first.items()}
                type.__setattr__(made, "_value2member_map_", by_value.whole)
                type.__setattr__(made, "_member_map_", by_name.whole)

    by_name.make, by_value.make = make, lambda value: make(first[value])
    by_name.make_all = by_value.make_all = make_all
    return made


class _Members(dict[Any, Any]):
    """A class's members by their names or values: one that is asked for is made, and all for whoever wants
    to see more than the keys."""

    make: Callable[[Any], Any]
    make_all: Callable[[], None]
    whole: dict[Any, Any]
    """There after `make_all`."""

    def __init__(self, known: Mapping[Any, Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, key: Any) -> Any:
        return self.make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def __len__(self) -> int:
        return len(self._known)

    __hash__ = None


def _of_whole(name: str) -> Callable[..., Any]:
    def method(self: _Members, *arguments: Any) -> Any:
        self.make_all()
        return getattr(self.whole, name)(*arguments)

    return method


for _name in (
    *(
        "__delitem__",
        "__eq__",
        "__ge__",
        "__gt__",
        "__ior__",
        "__iter__",
        "__le__",
        "__lt__",
        "__ne__",
        "__or__",
    ),
    *("__repr__", "__reversed__", "__ror__", "__setitem__", "clear", "copy", "get", "items", "keys", "pop"),
    *("popitem", "setdefault", "update", "values"),
):
    setattr(_Members, _name, _of_whole(_name))
