"""The tests of the window (tests/gui) on the Windows program: its Python, Qt and byte code, under wine.

A copy of the program gets pytest, Qt's own test module and the whole standard library, which are not packed.
A part of tests/gui runs there in every build; for a release all of it does, but for the slow tests and for
those that are named here with what keeps them from it.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dev
from resources.installer import ROOT, BuildError, inputs, program_files, windows_runtime, windows_wheels
from resources.installer.build import Build
from resources.installer.windows_wheels import Locked
from resources.installer.wine import Wine, windows_path

TOOLS = ("pytest", "pytest-qt", "pytest-socket", "pytest-timeout", "hypothesis", "pikepdf")
TESTS = ROOT / "tests/gui"
EVERY_BUILD = (
    *(
        "test_crash_report.py",
        "test_edits.py",
        "test_every_menu.py",
        "test_field_widgets.py",
        "test_fields.py",
    ),
    *("test_form_packs.py", "test_help.py", "test_immortal.py", "test_overview_page.py"),
    *("test_scoring_tree.py", "test_settings_key.py", "test_signed_documents.py", "test_start.py"),
    *("test_table_and_tree.py", "test_table_clipboard.py", "test_theme.py", "test_wizard.py"),
)
"""A part that takes minutes; `--all-gui-tests` runs the others too, which takes most of an hour."""
FILES_LEFT_OUT = {
    "test_kill_while_typing.py": "ends processes by the signals of Unix",
    "test_signers.py": "signs with a token whose library is one of Linux (SoftHSM)",
    "test_upload.py": "hands in to a server that comes as a program of Linux",
    "test_whole_job_xvfb.py": "types into an X11 screen with xdotool",
}
TESTS_LEFT_OUT = {
    "test_clock_notice.py::test_the_zone_is_asked_anew_each_time": "sets the time zone as Unix does (tzset)",
    "test_clock_notice.py::test_another_zone_while_the_window_is_open": (
        "sets the time zone as Unix does (tzset)"
    ),
    "test_package_acts.py::test_head_signs_over_the_package_on_this_pc": (
        "makes its key's file with openssl, which Windows has not"
    ),
    "test_plan_export.py::test_a_document_is_shown_or_saved": "reads with pdftotext, which Windows has not",
    "test_submit_page.py::test_a_full_disk_gives_its_sentence": "mounts a disk as Linux does",
    "test_submit_page.py::test_a_read_only_disk_gives_its_sentence": "mounts a disk as Linux does",
    "test_submit_page.py::test_one_sealed_file_that_verifies_with_the_certificate": (
        "checks with openssl, which Windows has not"
    ),
    "test_updating.py::test_a_program_that_was_not_installed_says_so": "the program here is installed",
    "test_updating.py::test_a_double_click_on_a_pack_leads_there_without_a_profile": (
        "starts a launcher as Linux has it, without .exe"
    ),
    "test_updating.py::test_starting_anew_backs_up_and_ends_this_process": (
        "starts a launcher as Linux has it, without .exe"
    ),
    "test_deep_guards.py::test_every_step_of_handing_in[200%]": (
        "open: in a window half as wide, the long folder of a test is painted cut off"
    ),
}
QUICK = dev.TEST_SELECTIONS["--quick"]
"""The same choice as `dev.py test --quick`: under wine the slow ones take an hour."""
PATIENCE = "6"
"""How many times longer than on Linux a test waits for what has to happen."""
AT_ONCE = 2
"""Processes that the tests are shared out to."""
_START = b"""
import sys
if sys.argv[1:2] == ["-c"]:  # tests that start a Python of their own: it is this program
    sys.argv = ["-c", *sys.argv[2:]]
    exec(compile(sys.argv.pop(1), "<string>", "exec"), {"__name__": "__main__"})
elif sys.argv[1:2] == ["-m"]:
    import runpy
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
else:
    import pytest
    sys.exit(pytest.main(sys.argv[1:]))
"""
_SUMMARY = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in .*$", re.MULTILINE)
_LONGEST = 3600.0


def run(run: Build, pc: Wine, program: Path, staging: Path, lock: Mapping[str, Locked], fetched: Path) -> str:
    """How many passed, in pytest's words. BuildError with the end of its output when one failed."""
    work = run.fresh("gui-tests")
    version = prepare(work, program, staging, lock, fetched)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = enumerate(shared_out(files() if run.all_gui_tests else EVERY_BUILD))
        answers = list(
            pool.map(lambda share: _pytest(pc, version, work / f"temp-{share[0]}", share[1]), shares)
        )
    said = [words for _code, words in answers]
    (run.out / "windows-gui-tests.txt").write_text("\n".join(said), encoding="utf-8")
    for code, words in answers:
        if code != 0 or not _SUMMARY.search(words):
            raise BuildError(f"tests of the window failed on the Windows program:\n{words[-6000:]}")
    return f"tests of the window: {summary(said)}"


def _pytest(pc: Wine, version: Path, scratch: Path, names: Sequence[str]) -> tuple[int, str]:
    """The exit code and what was said."""
    answer = pc.run(
        [
            *(version.parents[1] / "cchc.exe", "-q", "-o", "pythonpath=", "-p", "no:cacheprovider"),
            *("--basetemp", windows_path(scratch), "-m", QUICK),
            *("-o", "timeout=1800", "--hypothesis-profile=ci"),  # a slow machine is no fault
            "--force-enable-socket",  # asyncio's loop on Windows begins with two sockets of its own
            *(f"--deselect=tests/gui/{name}" for name in TESTS_LEFT_OUT),
            *(f"tests/gui/{name}" for name in names),
        ],
        timeout=_LONGEST,
        folder=ROOT,
        more={
            "WINEQT_QPA_FONTDIR": windows_path(version / "resources/fonts"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CCHC_TEST_PATIENCE": PATIENCE,
        },
    )
    return answer.returncode, answer.stdout.decode("utf-8", "replace").replace("\r\n", "\n")


def files() -> list[str]:
    """The files of tests/gui that run on the Windows program, in order of name."""
    return sorted(path.name for path in TESTS.glob("test_*.py") if path.name not in FILES_LEFT_OUT)


def shared_out(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[first::AT_ONCE] for first in range(AT_ONCE)]


def summary(said: Iterable[str]) -> str:
    """One count out of the last lines of several runs of pytest, such as "3 passed, 1 deselected"."""
    counts: Counter[str] = Counter()
    for words in said:
        for number, kind in re.findall(r"(\d+) ([a-z]+)", _SUMMARY.findall(words)[-1]):
            counts[kind] += int(number)
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


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
