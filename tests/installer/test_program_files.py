"""What is packed, and byte code that is the same whatever else the process has done."""

from __future__ import annotations

import importlib.util
import marshal
import subprocess
import sys
from pathlib import Path
from types import CodeType

import pytest

from resources.installer import BuildError, program_files

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import hashlib, sys
sys.path.insert(0, {root!r})
{before}
from resources.installer import program_files
source = open({source!r}, "rb").read()
print(hashlib.sha256(program_files.compiled(source, "cchc_desktop/paths.py")).hexdigest())
"""


def test_the_program_is_chosen_and_nothing_beside_it() -> None:
    modules = [str(path) for path in program_files.sources()]
    data = [str(path) for path in program_files.data_files()]
    assert {"cchc_desktop/__main__.py", "cchc_desktop/paths.py", "ui/app.py"} <= set(modules)
    assert {"forms/criteria/xa-mau-2026.json", "resources/fonts/NotoSans-Regular.ttf"} <= set(data)
    both = modules + data
    assert len(both) == len(set(both))
    for name in both:
        assert not name.startswith(("tests/", "resources/installer/", "resources/__init__")), name
        assert "__pycache__" not in name
        assert (ROOT / name).is_file()
    assert modules == sorted(modules)


def test_every_module_of_git_goes_in() -> None:
    """Compared with git's own list, so that no pattern can forget a folder."""
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--", "cchc_desktop", "ui"], cwd=ROOT, capture_output=True, check=True
    )
    tracked = {name for name in answer.stdout.decode().split("\0") if name.endswith(".py")}
    there = {name for name in tracked if (ROOT / name).is_file()}
    assert there <= {str(path) for path in program_files.sources()}


def test_written_program_runs_without_its_source(tmp_path: Path) -> None:
    written = program_files.write(tmp_path)
    assert {"cchc_desktop/paths.pyc", "resources/provinces.txt"} <= set(written)
    assert not list(tmp_path.rglob("*.py"))
    assert sorted(written) == sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    code = "from cchc_desktop import paths; print(paths.__file__); print(paths.forms_folder())"
    answer = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == [str(tmp_path / "cchc_desktop/paths.pyc"), str(tmp_path / "forms")]


def test_byte_code_is_unchecked_and_names_no_folder_of_the_build() -> None:
    whole = program_files.compiled(b"def f():\n    return 1\n", "ui/f.py")
    assert whole[:4] == importlib.util.MAGIC_NUMBER
    assert whole[4:8] == b"\x01\x00\x00\x00"  # PEP 552: hash-based, not checked
    assert whole[8:16] == importlib.util.source_hash(b"def f():\n    return 1\n")
    code = marshal.loads(whole[16:])
    assert isinstance(code, CodeType)
    assert code.co_filename == "ui/f.py"
    assert [inner.co_filename for inner in code.co_consts if isinstance(inner, CodeType)] == ["ui/f.py"]


def test_byte_code_is_the_same_whatever_the_process_has_loaded() -> None:
    source = str(ROOT / "cchc_desktop/paths.py")
    digests = set()
    for before, seed in (
        ("", "0"),
        ("import json, ast, asyncio, email.message", "7"),
        ("import pathlib", "99"),
    ):
        program = MAKE.format(root=str(ROOT), before=before, source=source)
        answer = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(answer.stdout)
    assert len(digests) == 1


def test_another_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_files, "RUNTIME", (3, 10))
    with pytest.raises(BuildError, match=r"byte code has to be made by Python 3\.10"):
        program_files.compiled(b"", "a.py")
