"""Our `dataclass` held against the library's: the same class bodies, made by both, behave alike."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable, Mapping
from dataclasses import MISSING, FrozenInstanceError, asdict, fields, is_dataclass, replace
from typing import Any, ClassVar, get_type_hints

import pytest

from cchc_desktop import quick_dataclass
from cchc_desktop.quick_dataclass import field

LIBRARY, OURS = dataclasses.dataclass, quick_dataclass.dataclass
Decorator = Callable[..., Any]
OPTIONS = (
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"order": True},
    {"eq": False},
    {"frozen": True, "eq": False},
    {"frozen": True, "kw_only": True},
)


def family(decorator: Decorator, options: dict[str, bool]) -> tuple[Any, Any]:
    """A class with every kind of field, and one that goes on from it."""
    field = dataclasses.field if decorator is LIBRARY else quick_dataclass.field

    @decorator(**options)
    class Row:
        """A row."""

        kind: ClassVar[str] = "row"
        key: str
        points: int
        words: str = "chưa có"
        parts: Mapping[str, int] = field(default_factory=dict, compare=False)
        secret: str = field(default="", repr=False)

        def __post_init__(self) -> None:
            if self.key == "refused":
                raise ValueError(self.key)

        @property
        def half(self) -> float:
            return self.points / 2

    @decorator(**options)
    class Longer(Row):
        kind: ClassVar[str] = "longer"
        points: int = 7
        last: tuple[int, ...] = ()

    return Row, Longer


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (TypeError, AttributeError, ValueError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("which", [0, 1], ids=["base", "derived"])
@pytest.mark.parametrize("made_before", [0, 20, 300])
def test_classes_of_both_behave_alike(options: dict[str, bool], which: int, made_before: int) -> None:
    library, ours = family(LIBRARY, options)[which], family(OURS, options)[which]

    def make(cls: Any, key: str = "1.1", **more: Any) -> Any:
        return cls(key=key, **{"points": 3, **more})

    for number in range(made_before):
        make(ours, str(number))
    calls: tuple[Callable[[Any], Any], ...] = (
        lambda cls: repr(make(cls)),
        lambda cls: repr(make(cls, secret="x", words="đã có", parts={"a": 1})),
        lambda cls: make(cls) == make(cls),
        lambda cls: make(cls) == make(cls, parts={"a": 1}),
        lambda cls: make(cls) == make(cls, "1.2"),
        lambda cls: make(cls) != make(cls, secret="x"),
        lambda cls: make(cls) == ("1.1", 3),
        lambda cls: make(cls) < make(cls, "1.2"),
        lambda cls: make(cls) >= make(cls, points=4),
        lambda cls: make(cls) < 3,
        lambda cls: options.get("eq", True) and hash(make(cls)),
        lambda cls: cls("1.1"),
        lambda cls: repr(cls("1.1", 3)),
        lambda cls: cls("1.1", 3, "a", {}, "b", (), 9),
        lambda cls: cls("1.1", 3, key="1.2"),
        lambda cls: cls("refused", 3),
        lambda cls: cls(key="refused", points=3),
        lambda cls: cls(key="1.1", nosuch=1),
        lambda cls: cls(),
        lambda cls: setattr(make(cls), "key", "2"),
        lambda cls: setattr(make(cls), "other", "2"),
        lambda cls: delattr(make(cls), "key"),
        lambda cls: make(cls).parts is not make(cls).parts,
        lambda cls: make(cls).half,
        lambda cls: cls.kind,
        lambda cls: asdict(make(cls)),
        lambda cls: repr(replace(make(cls), words="khác")),
        lambda cls: repr((replace if cls is library else quick_dataclass.replace)(make(cls), words="khác")),
        lambda cls: (replace if cls is library else quick_dataclass.replace)(make(cls), nosuch=1),
        lambda cls: repr(copy.deepcopy(make(cls, parts={"a": 1}))),
        lambda cls: repr(copy.copy(make(cls))),
        lambda cls: [(f.name, f.type, f.default, f.compare, f.repr, f.kw_only) for f in fields(cls)],
        lambda cls: (is_dataclass(cls), is_dataclass(make(cls))),
        lambda cls: get_type_hints(cls)["words"],
        lambda cls: cls.__match_args__,
        lambda cls: (cls.__name__, cls.__qualname__, cls.__module__),
        lambda cls: sorted(vars(cls).get("__slots__", ("none",))),
        lambda cls: hasattr(make(cls), "__dict__"),
        lambda cls: getattr(cls, "words", MISSING) if not options.get("slots") else None,
        lambda cls: hasattr(cls, "parts"),
    )
    for number, call in enumerate(calls):
        said = outcome(lambda: call(library)), outcome(lambda: call(ours))  # noqa: B023
        if "super(type, obj)" in str(said[0]):  # 3.11's own fault with frozen classes that have slots
            said = (FrozenInstanceError, "cannot assign to field 'other'"), said[1]
        assert str(said[0]) == str(said[1]), number


def test_order_is_that_of_the_fields() -> None:
    @OURS(frozen=True, order=True)
    class Place:
        row: int
        column: int = 0

    assert sorted([Place(2), Place(1, 5), Place(1)]) == [Place(1), Place(1, 5), Place(2)]


def test_post_init_runs_and_may_refuse() -> None:
    @OURS(frozen=True)
    class Part:
        of: int

        def __post_init__(self) -> None:
            if self.of < 0:
                raise ValueError("of")

    assert Part(3).of == 3
    with pytest.raises(ValueError, match="of"):
        Part(-1)


def test_a_field_without_default_is_asked_for() -> None:
    @OURS
    class Quiet:
        secret: str = field(repr=False)

    assert Quiet("x").secret == "x"
    with pytest.raises(TypeError, match="secret"):
        Quiet()  # type: ignore[call-arg]


def test_own_methods_stay() -> None:
    @OURS(frozen=True)
    class Folded:
        word: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.word.lower() == other.word.lower()

        def __hash__(self) -> int:
            return hash(self.word.lower())

    assert Folded("A") == Folded("a") and len({Folded("A"), Folded("a")}) == 1


def test_patterns_and_a_plain_subclass_of_a_frozen_class() -> None:
    @OURS(frozen=True)
    class Pair:
        left: int
        right: int

    class Noted(Pair):
        note: str

    noted = Noted(1, 2)
    noted.note = "x"
    with pytest.raises(FrozenInstanceError):
        noted.left = 2  # type: ignore[misc]
    match noted:
        case Pair(left, right):
            assert (left, right) == (1, 2)


def test_bases_of_another_making_are_refused() -> None:
    @LIBRARY
    class Base:
        key: str

    with pytest.raises(TypeError, match="library"):

        @OURS
        class Derived(Base):
            more: str

    @OURS
    class Loose:
        key: str

    with pytest.raises(TypeError, match="frozen"):

        @OURS(frozen=True)
        class Frozen(Loose):  # type: ignore[misc]
            more: str


@OURS(frozen=True, slots=True)
class Kept:
    key: str
    parts: tuple[int, ...] = ()


def test_pickles_come_back_equal() -> None:
    kept = Kept("a", (1, 2))
    assert pickle.loads(pickle.dumps(kept)) == kept


@pytest.mark.parametrize("frozen", [False, True])
def test_a_class_without_slots_may_go_on_from_one_with(frozen: bool) -> None:
    """Each value lies where the class looks for it: in the base's slot, or in the instance."""
    seen = []
    for decorator in (LIBRARY, OURS):

        @decorator(frozen=frozen, slots=True)
        class Base:
            key: str
            points: int = 1

        @decorator(frozen=frozen)
        class Longer(Base):
            words: str = ""

        made = [Longer("a"), Longer("b", 2, "c"), Longer(words="d", key="e")]
        seen.append([(one.key, one.points, one.words, vars(one)) for one in made])
    assert seen[0] == seen[1]
    assert seen[1][2] == ("e", 1, "d", {"words": "d"})
