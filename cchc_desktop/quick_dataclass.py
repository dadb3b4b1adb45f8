"""`dataclass` as in the standard library, whose classes are ready at once.

The library writes up to seven methods of each class as text and compiles them where the class is defined:
1.2 ms a class, and 130 classes of ours are there before the first page (measured: 150 of the start's 600 ms).
Here equality, hash, order, `repr` and freezing are shared functions; `__init__` is compiled once there are
some instances, and `fields()` finds its answer when it is asked for.

Only what this program uses is here: `frozen`, `slots`, `order`, `eq` and `kw_only` for whole classes, and
`field` with `default`, `default_factory`, `compare` and `repr`. All else is as in the library, and type
checkers take it for the library's (the tests hold one against the other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "needed_fields", "replace"]


class _Missing:
    """Nothing stands behind a field's name."""


class _Field:
    """What `field(…)` says."""

    def __init__(self, default: Any, default_factory: Any, compare: bool, repr_: bool) -> None:
        self.default, self.default_factory = default, default_factory
        self.compare, self.repr = compare, repr_


MISSING = _Missing()

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:

    def field(*, default=MISSING, default_factory=MISSING, compare=True, repr=True):  # noqa: A002
        """As in the standard library, as far as we use it."""
        return _Field(default, default_factory, compare, repr)

    def replace(instance, /, **changes):
        """The same with other values in these fields."""
        values = {name: getattr(instance, name) for name in getattr(type(instance), _MAKING).types}
        return type(instance)(**{**values, **changes})

    def dataclass(cls=None, /, *, frozen=False, slots=False, order=False, eq=True, kw_only=False):
        """The class with its methods; slots make it another class of the same name."""

        def made(cls: type) -> type:
            return _Making(cls, frozen=frozen, kw_only=kw_only).made(cls, slots=slots, order=order, eq=eq)

        return made if cls is None else made(cls)


_MAKING = "__quick_dataclass__"
_BY_HAND, _AT_ONCE = 64, 256
"""Instances of a class that are made without a compiled `__init__`: to compile it takes as long as to make 70
of them, or 200 where all values are put into the instance at once."""
_set = object.__setattr__


def needed_fields(cls: type) -> Mapping[str, bool]:
    """The names of a class's fields in their order, and whether each has to be given."""
    making: _Making = getattr(cls, _MAKING)
    return {name: not _may_be_left_out(said) for name, said in making.said.items()}


def is_made_here(cls: object) -> bool:
    """Whether `dataclass` above made the class, or one that it goes on from."""
    return hasattr(cls, _MAKING)


class _Making:
    """A class's fields in their order, those of its bases first.

    `said`: what stands behind `=`, or MISSING. `by_name`: those that are only given by name.
    """

    def __init__(self, cls: Any, *, frozen: bool, kw_only: bool) -> None:
        self.frozen = frozen
        self.types: dict[str, Any] = {}
        self.said: dict[str, Any] = {}
        self.by_name: set[str] = set()
        for base in reversed(cls.__mro__[1:]):
            self._take_over(cls, base)
        annotations = vars(cls).get("__annotations__", {})
        self.own = [name for name, kind in annotations.items() if not str(kind).startswith("ClassVar")]
        for name in self.own:
            self.types[name], self.said[name] = annotations[name], vars(cls).get(name, MISSING)
            (self.by_name.add if kw_only else self.by_name.discard)(name)

    def _take_over(self, cls: Any, base: Any) -> None:
        making: _Making | None = vars(base).get(_MAKING)
        if making is None:
            if "__dataclass_fields__" in vars(base):
                raise TypeError(
                    f"{base.__qualname__} is the library's, {cls.__qualname__} can't go on from it"
                )
            return
        if making.frozen is not self.frozen:
            raise TypeError(f"{cls.__qualname__} and {base.__qualname__}: both are frozen, or none")
        self.types |= making.types
        self.said |= making.said
        self.by_name |= making.by_name

    def made(self, cls: Any, *, slots: bool, order: bool, eq: bool) -> Any:
        written = set(vars(cls))
        own_hash = "__hash__" in written and not (vars(cls)["__hash__"] is None and "__eq__" in written)
        cls = self._with_slots(cls) if slots else self._with_defaults(cls)
        methods: dict[str, Any] = {"__repr__": self._repr(), "__init__": self._first_init(cls)}
        methods["__match_args__"] = tuple(name for name in self.types if name not in self.by_name)
        if eq:
            values = self._values()
            methods["__eq__"] = _equal(values)
            if order:
                methods |= {f"__{by.__name__}__": _ordered(values, by) for by in (lt, le, gt, ge)}
            if not own_hash:
                cls.__hash__ = _hash(values) if self.frozen else None
        for name, method in methods.items():
            if name not in written:
                setattr(cls, name, method)
        if self.frozen:
            cls.__setattr__, cls.__delattr__ = _frozen(cls, self.types)
        setattr(cls, _MAKING, self)
        cls.__dataclass_fields__ = _Fields(cls, self)
        return cls

    def _with_defaults(self, cls: Any) -> Any:
        """`field(default=…)` leaves its default in the class, `field(default_factory=…)` nothing."""
        for name in self.own:
            said = self.said[name]
            if isinstance(said, _Field):
                if said.default is MISSING:
                    delattr(cls, name)
                else:
                    setattr(cls, name, said.default)
        return cls

    def _with_slots(self, cls: Any) -> Any:
        inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
        left_out = {*self.own, "__dict__", "__weakref__"}
        content = {name: value for name, value in vars(cls).items() if name not in left_out}
        content["__slots__"] = tuple(name for name in self.own if name not in inherited)
        if self.frozen:  # a copy would otherwise set its fields one by one, which is forbidden
            content["__getstate__"], content["__setstate__"] = _state(tuple(self.types))
        return type(cls)(cls.__name__, cls.__bases__, {**content, "__qualname__": cls.__qualname__})

    def _first_init(self, cls: Any) -> Callable[..., None]:
        """For the first instances; many a class has no more of them than compiling is worth."""
        order = tuple(name for name in self.said if name not in self.by_name)
        defaults, factories = self._left_out()
        names, count = self.said.keys(), len(self.said)
        has_own_step, put = hasattr(cls, "__post_init__"), _set if self.frozen else setattr
        one_by_one = cls.__dictoffset__ == 0 or any(_is_set_by_class(cls, name) for name in names)
        left = _BY_HAND if one_by_one else _AT_ONCE

        def first(instance: Any, *arguments: Any, **named: Any) -> None:
            nonlocal left
            left -= 1
            asked = len(arguments) + len(named)
            values = dict(zip(order, arguments, strict=False)) | named if arguments else named
            twice = len(values) != asked
            if asked < count:
                values = defaults | values
                for name, make in factories:
                    if name not in values:
                        values[name] = make()
            if left <= 0 or twice or values.keys() != names:  # who errs is told by the real one
                cls.__init__ = real = self.init(cls)
                real(instance, *arguments, **named)
                return
            if one_by_one:
                for name, value in values.items():
                    put(instance, name, value)
            else:
                instance.__dict__.update(values)
            if has_own_step:
                instance.__post_init__()

        return first

    def _left_out(self) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
        """What stands in for a field that is not given: a value, or what makes one."""
        values, factories = {}, []
        for name, said in self.said.items():
            one = said if isinstance(said, _Field) else _Field(said, MISSING, True, True)
            if one.default_factory is not MISSING:
                factories.append((name, one.default_factory))
            elif one.default is not MISSING:
                values[name] = one.default
        return values, factories

    def init(self, cls: Any) -> Callable[..., None]:
        """The compiled `__init__`, as the library writes it."""
        around: dict[str, Any] = {"_set": _set, "_missing": MISSING}
        plain, by_name, lines = ["self"], ["*"], []
        for name, said in self.said.items():
            one = said if isinstance(said, _Field) else _Field(said, MISSING, True, True)
            parameter = value = name
            if one.default_factory is not MISSING:
                around[f"_make_{name}"] = one.default_factory
                parameter, value = f"{name}=_missing", f"_make_{name}() if {name} is _missing else {name}"
            elif one.default is not MISSING:
                around[f"_default_{name}"] = one.default
                parameter = f"{name}=_default_{name}"
            (by_name if name in self.by_name else plain).append(parameter)
            lines.append(f"_set(self, {name!r}, {value})" if self.frozen else f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        parameters = ", ".join(plain + (by_name if len(by_name) > 1 else []))
        exec(f"def __init__({parameters}):\n " + "\n ".join(lines or ["pass"]), around)  # noqa: S102
        made: Callable[..., None] = around["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    def _values(self) -> Callable[[Any], tuple[Any, ...]]:
        """What gives the fields that count for equality as one tuple."""
        names = tuple(name for name, said in self.said.items() if getattr(said, "compare", True) is not False)
        if len(names) > 1:
            return attrgetter(*names)
        return lambda instance: tuple(getattr(instance, name) for name in names)

    def _repr(self) -> Callable[[Any], str]:
        shown = tuple(name for name, said in self.said.items() if getattr(said, "repr", True) is not False)

        def written(instance: Any) -> str:
            inside = ", ".join(f"{name}={getattr(instance, name)!r}" for name in shown)
            return f"{type(instance).__qualname__}({inside})"

        return written


def _is_set_by_class(cls: Any, name: str) -> bool:
    """A slot, or a property."""
    return hasattr(getattr(cls, name, None), "__set__")


def _may_be_left_out(said: Any) -> bool:
    if isinstance(said, _Field):
        return said.default is not MISSING or said.default_factory is not MISSING
    return said is not MISSING


class _Fields:
    """What `fields`, `replace` and `is_dataclass` of the library look for, made when they do."""

    def __init__(self, cls: Any, making: _Making) -> None:
        self._cls, self._making = cls, making

    def __get__(self, _instance: object, _owner: type) -> Any:
        import dataclasses  # here and nowhere else: it brings 8 ms of other modules along

        said = {name: self._as_in_library(value) for name, value in self._making.said.items()}
        said = {name: value for name, value in said.items() if value is not MISSING}
        content = {"__doc__": "Only its fields.", "__annotations__": self._making.types, **said}
        alike = type(self._cls.__name__, (), content)
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(alike)
        for name, found in made.__dataclass_fields__.items():
            found.kw_only = name in self._making.by_name
        self._cls.__dataclass_fields__ = made.__dataclass_fields__
        return made.__dataclass_fields__

    @staticmethod
    def _as_in_library(said: Any) -> Any:
        import dataclasses

        if not isinstance(said, _Field):
            return said
        options = {"default": said.default, "default_factory": said.default_factory}
        given = {name: value for name, value in options.items() if value is not MISSING}
        return dataclasses.field(**given, compare=said.compare, repr=said.repr)


Values = Callable[[Any], tuple[Any, ...]]


def _equal(values: Values) -> Callable[[Any, Any], Any]:
    def equal(one: Any, other: Any) -> Any:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    return equal


def _ordered(values: Values, by: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def compared(one: Any, other: Any) -> Any:
        return by(values(one), values(other)) if other.__class__ is one.__class__ else NotImplemented

    return compared


def _hash(values: Values) -> Callable[[Any], int]:
    return lambda instance: hash(values(instance))


def _frozen(cls: Any, names: Iterable[str]) -> tuple[Callable[..., None], Callable[..., None]]:
    def refuse_set(instance: Any, name: str, value: Any) -> None:
        if type(instance) is cls or name in names:
            raise _frozen_error(f"cannot assign to field {name!r}")
        super(cls, instance).__setattr__(name, value)

    def refuse_delete(instance: Any, name: str) -> None:
        if type(instance) is cls or name in names:
            raise _frozen_error(f"cannot delete field {name!r}")
        super(cls, instance).__delattr__(name)

    return refuse_set, refuse_delete


def _frozen_error(words: str) -> AttributeError:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(words)


def _state(names: tuple[str, ...]) -> tuple[Callable[..., list[Any]], Callable[..., None]]:
    def taken(instance: Any) -> list[Any]:
        return [getattr(instance, name) for name in names]

    def given(instance: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(instance, name, value)

    return taken, given
