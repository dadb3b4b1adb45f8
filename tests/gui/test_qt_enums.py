"""PySide6's enumerations are made the quick way, and are what the library would have made."""

from __future__ import annotations

import enum
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
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
        assert len(ours.__members__.items()) == len(like.__members__)  # now each is there
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


def _fresh(kind: Any = enum.Enum, pairs: Any = (("A", 4), ("B", 1), ("C", 4), ("D", 6))) -> Any:
    made = qt_enums._create(kind, "Fresh", list(pairs), module=None, boundary=enum.KEEP)
    assert not dict.__len__(made._member_map_) and not dict.__len__(made._value2member_map_)
    return made


def _made(cls: Any) -> set[str]:
    return {name for name in "ABCD" if name in vars(cls)}


def test_a_member_is_made_when_it_is_asked_for() -> None:
    for ask in (
        lambda cls: cls.C,
        lambda cls: cls["C"],
        lambda cls: cls(4),
        lambda cls: cls._member_map_["C"],
    ):
        fresh = _fresh()
        member = ask(fresh)
        assert _made(fresh) in ({"A"}, {"C"})
        assert (member.name, member.value, member._sort_order_) == ("A", 4, 0)
        assert fresh.A is fresh.C is fresh(4) is member and fresh.D._sort_order_ == 2
        assert _made(fresh) == {"A", "C", "D"} and [one.name for one in fresh] == ["A", "B", "D"]


@pytest.mark.parametrize(
    "look",
    [
        lambda cls: list(cls) == [cls.A, cls.B, cls.D],
        lambda cls: list(reversed(cls)) == [cls.D, cls.B, cls.A],
        lambda cls: len(cls) == 3 and len(cls.__members__) == len(cls._member_map_) == 4,
        lambda cls: list(cls.__members__) == list("ABCD") and list(cls._value2member_map_) == [4, 1, 6],
        lambda cls: cls.B in cls and "B" in cls.__members__ and "E" not in cls.__members__,
        lambda cls: 4 in cls._value2member_map_ and 5 not in cls._value2member_map_,
        lambda cls: cls.__members__ == {"A": cls.A, "B": cls.B, "C": cls.A, "D": cls.D},
        lambda cls: cls._value2member_map_.get(1) is cls.B and cls._value2member_map_.get(5) is None,
        lambda cls: repr(cls.__members__["D"]) == "<Fresh.D: 6>",
        lambda cls: {"A", "B", "D"} < set(dir(cls)),
        lambda cls: not hasattr(cls, "E") and not hasattr(cls, "_values"),
    ],
)
def test_what_looks_at_a_fresh_class_sees_all_of_it(look: Callable[[Any], bool]) -> None:
    assert look(_fresh()) and look(_fresh(enum.IntEnum))


def test_what_it_has_not_it_says_as_the_library_does() -> None:
    for kind in (enum.Enum, enum.IntEnum):
        fresh = _fresh(kind)
        with pytest.raises(ValueError, match="5 is not a valid Fresh"):
            fresh(5)
        with pytest.raises(KeyError, match="E"):
            _fresh(kind)["E"]
        with pytest.raises(AttributeError, match="cannot reassign member 'B'"):
            _fresh(kind).B = 1
        _fresh(kind).__qualname__ = "Outer.Fresh"


def test_fresh_flags_are_reckoned_with() -> None:
    pairs = (("B", 4), ("A", 1), ("C", 4), ("D", 6), ("E", 2))
    for kind in (enum.Flag, enum.IntFlag):
        fresh = _fresh(kind, pairs)
        assert fresh(6) is fresh.D and [one.name for one in fresh] == ["B", "A", "E"]
        assert fresh.A in fresh(5) and fresh.E not in fresh(5) and fresh(5) is fresh.A | fresh.B
        assert ~fresh.E & fresh.D is fresh.B
        library = qt_enums._library_create(kind, "Fresh", list(pairs), boundary=enum.KEEP)
        fresh = _fresh(kind, pairs)
        for number in range(-8, 32):
            assert _told(fresh(number), fresh) == _told(library(number), library)


def test_two_threads_are_given_the_same_member() -> None:
    pairs = [(f"N{number}", number) for number in range(2_000)]
    fresh = _fresh(enum.Enum, pairs)
    begin = Barrier(4)

    def ask(turn: int) -> list[Any]:
        begin.wait()
        if turn == 3:
            return list(fresh.__members__.values())
        return [fresh(number) if turn else fresh[f"N{number}"] for number in range(2_000)]

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(ask, range(4)))
    assert all(len({id(member) for member in same}) == 1 for same in zip(*seen, strict=True))


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
