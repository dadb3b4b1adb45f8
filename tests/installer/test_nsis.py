"""The text that makensis reads: every file once, in one order, and names that can't mean anything else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resources.installer import BuildError, nsis

SCRIPT = nsis.SCRIPT.read_text("utf-8")


def test_files_are_laid_down_in_their_folders() -> None:
    names = ["ui/app.pyc", "start.pyc", "forms/a b.json", "ui/pages/plan.pyc", "python311.dll"]
    lines = nsis.file_lines(Path("/program"), names, "$INSTDIR\\versions\\1.2.part")
    folder, laid = "", {}
    for line in lines:
        command, _, rest = line.partition(" ")
        if command == "SetOutPath":
            folder = rest.strip('"')
        else:
            laid[rest.strip('"')] = folder
    home = "$INSTDIR\\versions\\1.2.part"
    assert laid == {
        "/program/ui/app.pyc": home + "\\ui",
        "/program/start.pyc": home,
        "/program/forms/a b.json": home + "\\forms",
        "/program/ui/pages/plan.pyc": home + "\\ui\\pages",
        "/program/python311.dll": home,
    }


def test_the_order_of_the_disk_does_not_matter() -> None:
    names = ["b/two.pyc", "a/one.pyc", "z.dll", "a.dll"]
    lines = nsis.file_lines(Path("/p"), names, "$INSTDIR")
    assert lines == nsis.file_lines(Path("/p"), reversed(names), "$INSTDIR")
    assert [line.rpartition("/")[2] for line in lines if line.startswith("File")] == [
        *('a.dll"', 'z.dll"', 'one.pyc"', 'two.pyc"')
    ]


@pytest.mark.parametrize("name", ["$INSTDIR", 'a"b', "a\nb", "a`b", "a\\b"])
def test_a_name_that_nsis_would_read_otherwise_stops_the_build(name: str) -> None:
    with pytest.raises(BuildError, match="something else"):
        nsis.file_lines(Path("/p"), [name], "$INSTDIR")


def test_definitions_give_windows_the_size_in_kilobytes() -> None:
    words = nsis.definitions(
        version="1.2.3",
        out=Path("/out/setup.exe"),
        source=Path("/build/program"),
        licence=Path("/build/licence.txt"),
        files=Path("/build/files.nsh"),
        bytes_installed=106_490_363,
    )
    assert '!define VERSION "1.2.3"' in words
    assert "!define SIZE 103995" in words  # 106490363 / 1024 = 103994,495…


def test_the_script_uses_each_definition_and_no_other() -> None:
    own = {"UNINSTALL", "CLASSES", "RUNNING", "NEWER", "UNWRITABLE"}
    used = set(re.findall(r"\$\{([A-Z]+)\}", SCRIPT))
    words = nsis.definitions(
        version="1", out=Path("o"), source=Path("s"), licence=Path("l"), files=Path("f"), bytes_installed=1
    )
    assert used - own == set(re.findall(r"!define ([A-Z]+) ", words))


def test_the_script_asks_for_no_administrator_and_touches_only_the_user() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT and "$PROGRAMFILES" not in SCRIPT
    assert not re.search(r"^\s*(RMDir|Delete)\b.*(\$Data|cchc-data|\$LOCALAPPDATA)", SCRIPT, re.MULTILINE)


def test_exit_codes_of_script_and_module_are_the_same() -> None:
    found = dict(re.findall(r"!define (RUNNING|NEWER|UNWRITABLE) (\d)", SCRIPT))
    assert found == {"RUNNING": "2", "NEWER": "3", "UNWRITABLE": "4"}
    assert (nsis.RUNNING, nsis.NEWER, nsis.UNWRITABLE) == (2, 3, 4)
