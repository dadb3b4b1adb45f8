"""PySide6's enumerations are made the quick way, and are what the library would have made."""

from __future__ import annotations

import enum
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import Qt

from ui import qt_enums

KIND = {enum.Enum, enum.Flag, enum.IntEnum, enum.IntFlag}
_UNLIKE = {"__module__", "__dict__", "__weakref__", "__doc__", "_iter_member_"}
_OF_CLASS = {"_member_map_", "_value2member_map_"}


def _enumerations() -> Iterator[Any]:
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            cls = getattr(module, name)
            inside = list(vars(cls).values()) if isinstance(cls, type) else []
            yield from (inner for inner in inside if isinstance(inner, enum.EnumType))


def _made_by(create: Any, like: Any) -> Any:
    pairs = [(name, member.value) for name, member in like.__members__.items()]
    kind = next(base for base in like.__mro__ if base in KIND)
    return create(
        kind, like.__name__, pairs, module=None, qualname=None, type=None, start=1, boundary=enum.KEEP
    )


def _told(value: Any, of: type) -> Any:
    """The same words for the same thing, whichever of two like classes it belongs to."""
    if isinstance(value, of):
        return repr(value), {key: inner for key, inner in vars(value).items() if key != "__objclass__"}
    if isinstance(value, dict):
        return [(key, _told(inner, of)) for key, inner in value.items()]
    return value


def test_each_is_as_the_library_makes_it() -> None:
    seen = 0
    for like in _enumerations():
        ours, library = _made_by(qt_enums._create, like), _made_by(qt_enums._library_create, like)
        mine, other = vars(ours), vars(library)
        assert set(mine) == set(other), like
        for name in set(mine) - _UNLIKE:
            assert _told(mine[name], ours) == _told(other[name], library), (like, name)
        assert [member.name for member in ours] == [member.name for member in library]
        assert ours.__module__ == library.__module__
        seen += 1
    assert seen > 500


def test_flags_are_reckoned_with() -> None:
    both = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    assert repr(both) == "<AlignmentFlag.AlignLeft|AlignTop: 33>"
    assert Qt.AlignmentFlag.AlignTop in both and Qt.AlignmentFlag.AlignRight not in both
    assert both & ~Qt.AlignmentFlag.AlignTop == Qt.AlignmentFlag.AlignLeft
    assert Qt.AlignmentFlag["AlignLeading"] is Qt.AlignmentFlag.AlignLeft
    assert Qt.Key(0x41) is Qt.Key.Key_A and f"{Qt.Key.Key_A}" == "65"
    assert pickle.loads(pickle.dumps(Qt.CheckState.Checked)) is Qt.CheckState.Checked
    assert Qt.CheckState(77).value == 77  # PySide6 itself lets it be


def test_others_are_the_library_s() -> None:
    assert qt_enums._create.__module__ == enum.EnumType._create_.__module__  # type: ignore[attr-defined]
    color = enum.Enum("color", "RED GREEN")
    assert [(member.name, member.value) for member in color] == [("RED", 1), ("GREEN", 2)]
    assert color.__module__ == __name__
    fruit = enum.StrEnum("fruit", [("APPLE", "apple")])
    assert fruit("apple") is fruit.APPLE
    odd = enum.Enum("odd", [("A", [1]), ("B", (2, 3))])
    assert odd.B.value == (2, 3)
    with pytest.raises(ValueError, match="_sunder_"):
        enum.Enum("bad", [("_a_", 1)])
