"""Tests of the window (tests/gui) on the Windows program: its Python, Qt and byte code, under wine.

A copy of the program gets pytest, Qt's own test module and the whole standard library, which are not packed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from resources.installer import ROOT, BuildError, inputs, program_files, windows_runtime, windows_wheels
from resources.installer.build import Build
from resources.installer.windows_wheels import Locked
from resources.installer.wine import Wine, windows_path

TOOLS = ("pytest", "pytest-qt", "pytest-socket", "pytest-timeout", "hypothesis", "pikepdf")
FILES = (
    "test_crash.py",
    "test_crash_report.py",
    "test_field_widgets.py",
    "test_fields.py",
    "test_table_and_tree.py",
    "test_table_clipboard.py",
    "test_theme.py",
    "test_wizard.py",
)
"""Those of tests/gui that pass under wine. Others can't: test_whole_job_xvfb.py drives X11,
test_kill_while_typing.py ends processes by signals, test_clock_notice.py sets the time zone as Unix does."""
_START = b"import sys\nimport pytest\nsys.exit(pytest.main(sys.argv[1:]))\n"
_SUMMARY = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in .*$", re.MULTILINE)
_LONGEST = 3600.0


def run(run: Build, pc: Wine, staging: Path, lock: Mapping[str, Locked], fetched: Path) -> str:
    """How many passed, in pytest's words. BuildError with the end of its output when one failed."""
    version = prepare(run.fresh("gui-tests"), next((run.work / "stick").iterdir()), staging, lock, fetched)
    answer = pc.run(
        [
            *(version.parents[1] / "cchc.exe", "-q", "-o", "pythonpath=", "-p", "no:cacheprovider"),
            *("--basetemp", windows_path(run.work / "gui-tests/temp")),
            *(f"tests/gui/{name}" for name in FILES),
        ],
        timeout=_LONGEST,
        folder=ROOT,
        more={
            "WINEQT_QPA_FONTDIR": windows_path(version / "resources/fonts"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    words = answer.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    (run.out / "windows-gui-tests.txt").write_text(words, encoding="utf-8")
    summary = _SUMMARY.findall(words)
    if answer.returncode != 0 or not summary:
        raise BuildError(f"tests of the window failed on the Windows program:\n{words[-4000:]}")
    return f"tests of the window: {summary[-1]}"


def prepare(to: Path, program: Path, staging: Path, lock: Mapping[str, Locked], fetched: Path) -> Path:
    """The copy with the tests' tools; gives the folder of its version."""
    shutil.copytree(program, to / "program")
    version = next((to / "program/versions").iterdir())
    tools = to / "tools"
    for wheel in windows_wheels.fetch(lock, fetched / "tests", TOOLS):
        inputs.unpack_zip(wheel, tools)
    for name in ("QtTest.pyd", "Qt6Test.dll"):
        shutil.copyfile(staging / "PySide6" / name, version / "lib/PySide6" / name)
    library = windows_runtime.debian_library(fetched)
    paths = [*windows_runtime.PATHS, windows_path(tools), windows_path(library), windows_path(ROOT)]
    (version / windows_runtime.PATHS_FILE).write_text(
        "".join(f"{path}\n" for path in paths), encoding="utf-8"
    )
    (version / "start.pyc").write_bytes(program_files.compiled(_START, "start.py"))
    return version
