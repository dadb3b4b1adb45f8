"""Which modules the program can import at all: followed through the source of the program and its libraries.

Every `import` counts, also those inside functions and branches, so that what is left over is surely unused.
What is imported by a computed name is not seen; `DYNAMIC` names those.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

DYNAMIC = (
    "keyring.backends.Windows",  # found by its entry point
    "win32ctypes.core.ctypes",  # chosen at run time
    "_cffi_backend",  # imported by cryptography's compiled code
    "PIL.JpegImagePlugin",  # Pillow opens pictures by trying its plugins
    "PIL.PngImagePlugin",
    "lxml._elementpath",  # imported by lxml's compiled code
    "tzdata",  # read by zoneinfo
    "reportlab.graphics.renderbase",
    "shiboken6.Shiboken",  # imported by Qt's own start
)


GUARDED = frozenset(
    {"tkinter", "unittest", "doctest", "test", "curses", "crypt", "distutils", "venv", "antigravity"}
)
"""Left-out parts of the standard library that a library asks for where this program never goes."""


class Library:
    """Modules below some folders, as Python would find them: dotted name → file."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.modules: dict[str, Path] = {}
        self._read: dict[str, tuple[str, ...]] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix in (".py", ".pyd"):
                    self.modules.setdefault(module_name(path.relative_to(folder)), path)

    def reached(self, roots: Iterable[str]) -> frozenset[str]:
        """Roots and every module that they can import, among those that lie here."""
        found: set[str] = set()
        waiting = [name for root in roots for name in self._matching(root)]
        while waiting:
            name = waiting.pop()
            for part in _with_parents(name):
                if part in found or part not in self.modules:
                    continue
                found.add(part)
                waiting.extend(self._imports(part))
        return frozenset(found)

    def _matching(self, root: str) -> list[str]:
        """A root may end with `*`, for all modules whose names begin so."""
        if not root.endswith("*"):
            return [root]
        return [name for name in self.modules if name.startswith(root[:-1])]

    def outside(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Top names that don't lie here (the standard library's), and which modules ask for them."""
        here = {name.partition(".")[0] for name in self.modules}
        wanted: dict[str, list[str]] = {}
        for name in sorted(names):
            for top in {part.partition(".")[0] for part in self._imports(name)} - here:
                wanted.setdefault(top, []).append(name)
        return wanted

    def _imports(self, name: str) -> tuple[str, ...]:
        path = self.modules[name]
        if path.suffix != ".py":
            return ()
        if name not in self._read:
            found = imported(path.read_bytes(), name, is_package=path.stem == "__init__")
            self._read[name] = tuple(dict.fromkeys(found))
        return self._read[name]


def module_name(relative: Path) -> str:
    """`docx/oxml/__init__.py` → `docx.oxml`, `lxml/etree.cp311-win_amd64.pyd` → `lxml.etree`."""
    parts = [*relative.parts[:-1], relative.name.partition(".")[0]]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: bytes, module: str, *, is_package: bool) -> Iterator[str]:
    """Dotted names that this source may import: for `from a import b` both `a` and `a.b`."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield start
            yield from (f"{start}.{alias.name}" for alias in node.names)


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        yield ".".join(parts[:count])
