"""Imports PySide6 without the parts of it that this program never asks for.

Before its first class is there, PySide6 6.12 compiles and runs some 100 kB of source: what writes type stubs,
and what explains a call with wrong arguments. That took a third of an empty window's start (measured: 70 of
210 ms of processor time, and 6 MB). Here such a module runs when one of its names is first asked for, so that
a wrong call is explained as ever.

PySide6 also puts its own `__import__` over Python's, for `from __feature__ import …`, and reads the source of
each module imported from then on. We select no features, so Python's own stays.

A version whose modules are named otherwise imports them all at once, as PySide6 means it.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any, SupportsIndex

_FEATURE, _SIGNATURE = "shibokensupport.feature", "shibokensupport.signature."
_MAPPING = _SIGNATURE + "mapping"
WHEN_ASKED = {
    _FEATURE,
    _MAPPING,
    *(_SIGNATURE + name for name in ("errorhandler", "layout", "parser")),
    *(_SIGNATURE + "lib." + name for name in ("enum_sig", "pyi_generator", "tool")),
    # Brought along for these by shiboken6 and by `zipfile`, from the standard library.
    *("bz2", "lzma", "shutil", "tempfile", "textwrap", "traceback"),
}
TAKEN = {_MAPPING: "update_mapping", "textwrap": "dedent"}
"""Functions that PySide6 takes out of a module long before it calls them: the first from its dictionary, past
`__getattr__`, the second for a warning."""


class _WhenAsked(ModuleType):
    """A module that runs when the first of its names is asked for."""

    def __init__(self, real: ModuleSpec) -> None:
        super().__init__(real.name)
        self.__dict__.update(_real=real, _turn=RLock())
        if taken := TAKEN.get(real.name):
            self.__dict__[taken] = lambda *arguments: self._run()[taken](*arguments)
        if (
            real.name == _FEATURE
        ):  # asked at each import until Python's own is back: it has nothing to do with it
            self.__dict__.update(feature_import=_not_ours, feature_imported=_not_ours)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in (names := self._run()):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return names[name]

    def _run(self) -> dict[str, Any]:
        """Its names, once it has run; a second thread waits for that."""
        with self.__dict__["_turn"]:
            if real := self.__dict__.pop("_real", None):
                # its loader knows the first of the names it goes by
                named, self.__spec__ = self.__spec__, real
                try:
                    real.loader.exec_module(self)
                finally:
                    self.__spec__ = named
        return self.__dict__


def _not_ours(*_arguments: object, **_named: object) -> None:
    """No feature was asked for."""


class _Finder:
    """Finds the modules in `WHEN_ASKED` by whoever finds them really, and puts off running them."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in WHEN_ASKED:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        real = next((spec for finder in others if (spec := finder.find_spec(name, path, target))), None)
        return None if real is None else ModuleSpec(name, _Loader(real))  # type: ignore[arg-type]


class _Loader:
    def __init__(self, real: ModuleSpec) -> None:
        self._real = real

    def create_module(self, _spec: ModuleSpec) -> ModuleType:
        return _WhenAsked(self._real)

    def exec_module(self, module: ModuleType) -> None:
        """Later."""


class _Finders(list[Any]):
    """PySide6 puts a finder of its own before all others; ours stays before that."""

    def insert(self, index: SupportsIndex, finder: Any) -> None:
        super().insert(max(int(index), 1), finder)


def import_qt() -> None:
    """To be called before anything else imports PySide6; afterwards it has nothing to do."""
    if "PySide6" in sys.modules:
        return
    finder, python_import = _Finder(), builtins.__import__
    sys.meta_path = _Finders([finder, *sys.meta_path])
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        sys.meta_path = [other for other in sys.meta_path if other is not finder]
        builtins.__import__ = python_import
