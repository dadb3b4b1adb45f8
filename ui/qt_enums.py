"""Makes PySide6's enumerations in a fifth of the library's time.

PySide6 asks the library for each by `Flag("Name", [(name, value), …])`: 94 of them with 1,199 members as soon
as `Qt` is first named, each member by way of a stand-in that the class then replaces (measured with CPython
3.11.7: 36 of the start's 400 ms; here 8). This makes the same class with the same members at once; any other
call of the kind is the library's own, and so is all under another Python, whose classes are made otherwise.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any

_KINDS = frozenset({Enum, Flag, IntEnum, IntFlag})
_OPERATIONS = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__")
_KEPT = ("_generate_next_value_", "_use_args_", "_member_type_", "_value_repr_")


def make_enums_quickly() -> None:
    """From now on, in this process."""
    if sys.implementation.name == "cpython" and sys.version_info[:2] == (3, 11):
        EnumType._create_ = _create  # type: ignore[attr-defined]


_library_create: Any = EnumType._create_  # type: ignore[attr-defined]


def _create(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
    asked = {name for name, value in options.items() if value is not None} - {"start", "boundary"}
    if options.get("module") is None:  # as in the library: that which asked for it, two calls up
        options["module"] = sys._getframe(2).f_globals["__name__"]
    if cls not in _KINDS or asked or not _pairs(names):
        return _library_create(cls, class_name, names, **options)
    body = {name: getattr(cls, name) for name in _KEPT} | {"__module__": options["module"]}
    if issubclass(cls, Flag):
        return _flag(cls, class_name, names, body, options.get("boundary"))
    return _class(cls, class_name, names, body)


def _pairs(names: object) -> bool:
    """Each name with its number, as PySide6 gives them."""
    return isinstance(names, list) and all(
        isinstance(pair, tuple) and isinstance(pair[1], int) and not pair[0].startswith("_") for pair in names
    )


def _flag(cls: Any, class_name: str, names: Any, body: dict[str, Any], boundary: object) -> Any:
    mask = singles = 0
    for _name, value in names:
        mask |= value
        if _single_bit(value):
            singles |= value
    body |= {name: getattr(Flag, name) for name in _OPERATIONS}
    body |= {"_boundary_": boundary or cls._boundary_, "_inverted_": None}
    body |= {"_flag_mask_": mask, "_singles_mask_": singles, "_all_bits_": 2 ** mask.bit_length() - 1}
    made = _class(cls, class_name, names, body, _single_bit)
    values = [member.value for member in made]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_
    return made


def _single_bit(value: int) -> bool:
    return value > 0 and not value & (value - 1)


def _class(
    cls: Any,
    class_name: str,
    names: Any,
    body: dict[str, Any],
    is_listed: Callable[[int], bool] | None = None,
) -> Any:
    """The class with its members; a second name of the same value is another name of the first."""
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    listed: list[str] = []
    body |= {"_member_names_": listed, "_member_map_": by_name, "_value2member_map_": by_value}
    body |= {"_unhashable_values_": [], "_new_member_": object.__new__}
    if number := cls._member_type_ is int:
        body |= {"_new_member_": int.__new__, "__format__": int.__format__}
    made: Any = type.__new__(EnumType, class_name, (cls,), body)
    type.__setattr__(made, "__new__", Enum.__new__)
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = int.__new__(made, value) if number else object.__new__(made)
            inside = {"_value_": value, "_name_": name, "__objclass__": made, "_sort_order_": len(listed)}
            member.__dict__.update(inside)
            if is_listed is None or is_listed(value):
                listed.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
    return made
