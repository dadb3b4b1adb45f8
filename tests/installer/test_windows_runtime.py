"""Python for Windows: the same layout from the embeddable zip as from loose parts; no stand-in for either."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from resources.installer import BuildError, program_files, windows_runtime
from tests.installer.pe_maker import make_dll

OFFICIAL = (
    *(
        "python311.dll",
        "python3.dll",
        "_ctypes.pyd",
        "_decimal.pyd",
        "_sqlite3.pyd",
        "sqlite3.dll",
        "_ssl.pyd",
    ),
    *("_hashlib.pyd", "libcrypto-3.dll", "libssl-3.dll", "libffi-8.dll", "_msi.pyd", "winsound.pyd"),
)
"""Names that the embeddable zip of python.org has, besides its programs, C runtime and settings."""


def modules() -> dict[str, bytes]:
    code = program_files.compiled(b"x = 1\n", "made.py")
    names = ("encodings/__init__.pyc", "json/decoder.pyc", "unittest/mock.pyc", "turtle.pyc")
    return dict.fromkeys(names, code)


def embeddable(to: Path, left_out: str = "") -> Path:
    library = io.BytesIO()
    with zipfile.ZipFile(library, "w") as packed:
        for name, code in modules().items():
            packed.writestr(name, code)
    with zipfile.ZipFile(to, "w") as packed:
        for name in OFFICIAL:
            packed.writestr(name, make_dll(["vcruntime140.dll"], exports=["Py_Main", "_PyArg_Parse"]))
        for name in ("python.exe", "pythonw.exe", "vcruntime140.dll", "vcruntime140_1.dll"):
            packed.writestr(name, make_dll())
        packed.writestr("python.cat", b"signature")
        packed.writestr("LICENSE.txt", "PSF")
        packed.writestr("python311._pth", "python311.zip\n.\n")
        packed.writestr("python311.zip", library.getvalue())
    if left_out:
        with zipfile.ZipFile(to) as whole:
            parts = {name: whole.read(name) for name in whole.namelist() if name != left_out}
        with zipfile.ZipFile(to, "w") as packed:
            for name, data in parts.items():
                packed.writestr(name, data)
    return to


def loose_parts(to: Path) -> Path:
    """As the wheel carries them, with its own C runtime and Tk, and our forwarder."""
    to.mkdir()
    for name in (
        *OFFICIAL,
        "_tkinter.pyd",
        "tcl86t.dll",
        "VCRUNTIME140.dll",
        "api-ms-win-crt-heap-l1-1-0.dll",
    ):
        (to / name).write_bytes(make_dll(["vcruntime140.dll"], exports=["Py_Main", "_PyArg_Parse"]))
    (to / "LICENSE.txt").write_text("PSF")
    return to


def layout(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_both_sources_give_the_same_files(tmp_path: Path) -> None:
    dropped = windows_runtime.from_embed(embeddable(tmp_path / "embed.zip"), tmp_path / "one")
    windows_runtime._lay_out(loose_parts(tmp_path / "parts"), modules(), tmp_path / "two")
    assert layout(tmp_path / "one") == layout(tmp_path / "two")
    for name in layout(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert layout(tmp_path / "one") == sorted(
        {*OFFICIAL, "LICENSE.txt", "python311._pth", "python311.zip"} - {"_msi.pyd", "winsound.pyd"}
    )
    assert {one.name: one.reason for one in dropped}["python311.zip/turtle.pyc"]
    assert all(one.reason for one in dropped)
    with zipfile.ZipFile(tmp_path / "one/python311.zip") as packed:
        assert packed.namelist() == ["encodings/", "json/", "encodings/__init__.pyc", "json/decoder.pyc"]
        assert packed.testzip() is None


def test_the_interpreter_looks_nowhere_else(tmp_path: Path) -> None:
    windows_runtime.from_embed(embeddable(tmp_path / "embed.zip"), tmp_path / "one")
    words = (tmp_path / "one/python311._pth").read_text()
    assert (
        words == "python311.zip\nlibraries.zip\n.\nlib\n"
    )  # no `import site`: settings of the PC don't count


@pytest.mark.parametrize("name", ["python311.dll", "python3.dll", "_sqlite3.pyd", "python311.zip"])
def test_what_is_no_whole_python_stops_the_build(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuildError, match=name.replace(".", r"\.")):
        windows_runtime.from_embed(embeddable(tmp_path / "embed.zip", name), tmp_path / "one")
    assert not (tmp_path / "one").exists()


def test_a_python_for_another_processor_stops_the_build(tmp_path: Path) -> None:
    parts = loose_parts(tmp_path / "parts")
    (parts / "python311.dll").write_bytes(make_dll(machine=0x014C))
    with pytest.raises(BuildError, match="64-bit"):
        windows_runtime._lay_out(parts, modules(), tmp_path / "two")


def test_the_forwarder_points_every_function_of_python_into_its_dll() -> None:
    words = windows_runtime.forwarder_definition(("Py_Main", "_PyArg_Parse", "DllMain"))
    assert words == (
        "LIBRARY python3.dll\nEXPORTS\n  Py_Main=python311.Py_Main\n  _PyArg_Parse=python311._PyArg_Parse\n"
    )


def test_a_packed_zip_is_the_same_every_time() -> None:
    files = {"b.pyc": b"two" * 100, "a.pyc": b"one"}
    once = windows_runtime.packed_zip(files)
    assert once == windows_runtime.packed_zip(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(once)) as packed:
        assert [entry.date_time for entry in packed.infolist()] == [(2026, 1, 1, 0, 0, 0)] * 2
        assert packed.read("b.pyc") == b"two" * 100


def test_a_package_without_init_is_found_in_the_zip(tmp_path: Path) -> None:
    code = program_files.compiled(b"word = 'found'\n", "made.py")
    packed = tmp_path / "libraries.zip"
    packed.write_bytes(windows_runtime.packed_zip({"apart_a/inner/__init__.pyc": code}))
    words = f"import sys; sys.path.insert(0, {str(packed)!r}); import apart_a.inner as i; print(i.word)"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert said.stdout == "found\n"
