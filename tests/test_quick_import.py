"""Our own modules are found quickly only while byte code and source belong together; all else is Python's."""

from __future__ import annotations

import importlib
import inspect
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from shutil import copy

import pytest

from cchc_desktop.quick_import import OwnModules

NAME = "ui.own_module_of_a_test"
PACKAGE = Path(__file__).resolve().parents[1] / "cchc_desktop"
PARTS = ("__init__.py", "quick_import.py", "quick_dataclass.py", "message.py")


@pytest.fixture
def module(tmp_path: Path) -> Iterator[Path]:
    """A module of ours, with its byte code."""
    source = tmp_path / "own_module_of_a_test.py"
    source.write_text("ANSWER = 1\n", encoding="utf-8")
    py_compile.compile(str(source), doraise=True)
    yield source
    sys.modules.pop(NAME, None)


def answer(source: Path) -> tuple[object, bool]:
    """What the module says, and whether it was found quickly."""
    folder = [str(source.parent)]
    quick = OwnModules.find_spec(NAME, folder)
    spec = quick or PathFinder.find_spec(NAME, folder)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.ANSWER, quick is not None


def test_it_is_found_quickly(module: Path) -> None:
    assert answer(module) == (1, True)


@pytest.mark.parametrize("later", [0, 5])
def test_a_changed_source_is_read_anew(module: Path, later: int) -> None:
    """Of another size at the same second, or of the same size at another."""
    before = module.stat()
    module.write_text("ANSWER = 2\n" if later else "ANSWER = 2  # longer\n", encoding="utf-8")
    os.utime(module, (before.st_atime, before.st_mtime + later))
    assert answer(module) == (2, False)


def test_byte_code_of_another_python_is_not_taken(module: Path) -> None:
    beside = Path(importlib.util.cache_from_source(str(module)))
    content = beside.read_bytes()
    beside.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert answer(module) == (1, False)


def test_byte_code_with_a_digest_is_left_to_python(module: Path) -> None:
    """Its marks are a digest of the source (PEP 552), which may look like a date and a size."""
    py_compile.compile(
        str(module), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
    )
    assert answer(module) == (1, False)


@pytest.mark.parametrize("length", [0, 15])
def test_byte_code_that_was_cut_off_is_not_taken(module: Path, length: int) -> None:
    beside = Path(importlib.util.cache_from_source(str(module)))
    beside.write_bytes(beside.read_bytes()[:length])
    assert answer(module) == (1, False)


def test_without_byte_code_python_makes_it(module: Path) -> None:
    beside = Path(importlib.util.cache_from_source(str(module)))
    beside.unlink()
    assert answer(module) == (1, False)
    assert beside.exists() is not sys.dont_write_bytecode


def test_a_source_that_is_gone_is_not_found(module: Path) -> None:
    module.unlink()
    assert OwnModules.find_spec(NAME, [str(module.parent)]) is None


@pytest.mark.parametrize("name", ["json", "own_module_of_a_test", "PySide6.own_module_of_a_test", "ui"])
def test_only_our_own_are_looked_for(module: Path, name: str) -> None:
    assert OwnModules.find_spec(name, [str(module.parent)]) is None
    assert OwnModules.find_spec(name) is None


def test_what_python_says_of_a_module_is_the_same(module: Path) -> None:
    """Its file, its byte code's file, its package, its loader's kind and its source."""
    folder = [str(module.parent)]
    spec, real = OwnModules.find_spec(NAME, folder), PathFinder.find_spec(NAME, folder)
    assert spec is not None
    assert real is not None
    said = ("name", "origin", "cached", "parent", "has_location", "submodule_search_locations")
    assert [getattr(spec, one) for one in said] == [getattr(real, one) for one in said]
    assert isinstance(spec.loader, type(real.loader))
    assert inspect.getsource(importlib.util.module_from_spec(spec)) == module.read_text(encoding="utf-8")


ASKED = "import cchc_desktop.message as one; print(type(one.__loader__).__module__, one.__file__)"


def said(folder: Path) -> list[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    call = [sys.executable, "-c", ASKED]
    answer = subprocess.run(call, capture_output=True, text=True, check=True, env=environment, cwd=folder)
    return answer.stdout.split()


def test_the_program_is_found_so(tmp_path: Path) -> None:
    """From its second start on: the first makes the byte code."""
    copied = tmp_path / PACKAGE.name
    copied.mkdir()
    for name in PARTS:
        copy(PACKAGE / name, copied)
    file = str(copied / "message.py")
    assert [said(tmp_path), said(tmp_path)] == [
        ["_frozen_importlib_external", file],
        ["cchc_desktop.quick_import", file],
    ]


def test_a_program_without_sources_is_left_to_python(tmp_path: Path) -> None:
    """As it is packed for Windows: byte code in the place of the sources."""
    for name in PARTS:
        to = tmp_path / PACKAGE.name / f"{name}c"
        py_compile.compile(str(PACKAGE / name), str(to), doraise=True)
    assert said(tmp_path) == ["_frozen_importlib_external", str(tmp_path / PACKAGE.name / "message.pyc")]
