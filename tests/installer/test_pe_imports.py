"""Reading what Windows files ask for: files made here byte by byte, and held against objdump."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from resources.installer import BuildError, pe_imports
from tests.installer.pe_maker import X86, make_dll


def test_imports_delayed_and_exports_are_read() -> None:
    made = make_dll(["Qt6Core.dll", "KERNEL32.dll"], ["icuuc.dll"], ["Py_Main", "PyLong_AsLong"])
    found = pe_imports.parse(made, "made.dll")
    assert found.imports == ("qt6core.dll", "kernel32.dll")
    assert found.delayed == ("icuuc.dll",)
    assert found.exports == ("PyLong_AsLong", "Py_Main")
    assert found.needs == {"qt6core.dll", "kernel32.dll", "icuuc.dll"}


def test_a_library_that_asks_for_nothing() -> None:
    found = pe_imports.parse(make_dll(), "made.dll")
    assert (found.imports, found.delayed, found.exports) == ((), (), ())


def test_objdump_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "made.dll"
    path.write_bytes(make_dll(["Qt6Core.dll", "KERNEL32.dll", "a-b_c.dll"], exports=["one", "two", "Three"]))
    said = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True).stdout
    found = pe_imports.read(path)
    assert [name.lower() for name in re.findall(r"DLL Name: (\S+)", said)] == list(found.imports)
    table = said.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    assert [line.split()[-1] for line in table.splitlines() if "[" in line] == list(found.exports)


@pytest.mark.parametrize("length", [0, 1, 63, 70, 200, 0x200, 0x230])
def test_a_file_that_was_cut_off_is_named(length: int) -> None:
    whole = make_dll(["Qt6Core.dll"], exports=["one"])
    with pytest.raises(BuildError, match=r"cut\.dll is no whole"):
        pe_imports.parse(whole[:length], "cut.dll")


def test_a_table_without_an_end_is_refused() -> None:
    made = make_dll(["Qt6Core.dll"])
    (place,) = (match.start() for match in re.finditer(b"Qt6Core.dll", made))
    with pytest.raises(BuildError, match="no whole"):
        pe_imports.parse(made[:place] + b"Q" * (len(made) - place), "endless.dll")


def test_another_processor_is_refused() -> None:
    with pytest.raises(BuildError, match="64-bit"):
        pe_imports.parse(make_dll(machine=X86), "old.dll")


def test_closure_follows_needs_and_loops() -> None:
    needs = {
        "qtgui.pyd": frozenset({"qt6gui.dll", "python3.dll"}),
        "qt6gui.dll": frozenset({"qt6core.dll", "user32.dll"}),
        "qt6core.dll": frozenset({"qt6gui.dll"}),
        "qt6quick.dll": frozenset({"qt6gui.dll"}),
    }
    assert pe_imports.closure(["QtGui.pyd"], needs) == {"qtgui.pyd", "qt6gui.dll", "qt6core.dll"}
    assert pe_imports.closure([], needs) == frozenset()
