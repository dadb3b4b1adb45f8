"""Which files of the checkout are the program; Python source as byte code that is the same in every build.

Code goes in as `.pyc` beside where its source would lie (`ui/app.pyc`): Python loads that without the source.
The byte code names the file relative to the program, never the folder that it was built in, and isn't held
against a source by time or content ("unchecked hash").
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import CodeType

from resources.installer import ROOT, BuildError

PACKAGES = ("cchc_desktop", "ui")
DATA = ("forms", "resources")
"""Folders whose files go in as they are."""
LEFT_OUT = ("resources/installer", "resources/__init__.py", "forms/README.md")
"""What only those need who build the program or write forms."""
RUNTIME = (3, 11)
"""The Python whose byte code is packed: the one that all targets run."""
_UNCHECKED_HASH = 0b01


def sources(root: Path = ROOT) -> Iterator[PurePosixPath]:
    """The program's modules, relative to the checkout, in order of name."""
    for package in PACKAGES:
        yield from _files(root, package, "*.py")


def module_names(root: Path = ROOT) -> Iterator[str]:
    """The program's modules by the names that they are imported by."""
    for source in sources(root):
        if source.name != "__main__.py":
            parts = source.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def data_files(root: Path = ROOT) -> Iterator[PurePosixPath]:
    """Forms, fonts, icons, help and the like, relative to the checkout, in order of name."""
    for folder in DATA:
        yield from _files(root, folder, "*")


def _files(root: Path, folder: str, pattern: str) -> Iterator[PurePosixPath]:
    found = sorted(path for path in (root / folder).rglob(pattern) if path.is_file())
    for path in found:
        relative = PurePosixPath(path.relative_to(root).as_posix())
        if "__pycache__" in relative.parts or any(part.startswith(".") for part in relative.parts):
            continue
        if not any(relative.is_relative_to(left_out) for left_out in LEFT_OUT):
            yield relative


def write(to: Path, root: Path = ROOT) -> list[str]:
    """Write the whole program below `to`: modules compiled, data as it is. Give the paths written."""
    written = []
    for module in sources(root):
        target = to / module.with_suffix(".pyc")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(compiled((root / module).read_bytes(), str(module)))
        written.append(target.relative_to(to).as_posix())
    for name in data_files(root):
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target)
        written.append(str(name))
    return written


def compiled(source: bytes, name: str, *, docstrings: bool = True) -> bytes:
    """A whole `.pyc` file for this source; `name` is what tracebacks call it.

    Without `docstrings` it is an eighth smaller and does the same; assertions stay.
    Raises BuildError under another Python than `RUNTIME`: its byte code would not load on the targets.
    """
    if sys.version_info[:2] != RUNTIME:
        wanted = ".".join(map(str, RUNTIME))
        raise BuildError(f"byte code has to be made by Python {wanted}, this is {sys.version.split()[0]}")
    tree = ast.parse(source, name)
    if not docstrings:
        _drop_docstrings(tree)
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH.to_bytes(4, "little")
    return head + importlib.util.source_hash(source) + stable_dump(code)


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
                continue
            if isinstance(first.value.value, str):
                node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), first)]


def stable_dump(code: CodeType) -> bytes:
    """Marshal without back references: which ones it makes depends on what else lives in the process."""
    return marshal.dumps(code, 2)
