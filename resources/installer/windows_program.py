"""The folder of one version of the Windows program, and the launchers above it.

versions/<version>/   python311.dll … (`windows_runtime`), start.dll, start.pyc
                      libraries.zip   libraries that are byte code alone: one file for a virus scanner
                      lib/            the other libraries, pruned (`windows_pruning`)
                      cchc_desktop/ ui/ forms/ resources/   the program: small updates
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from resources.installer import (
    ROOT,
    BuildError,
    imports,
    inputs,
    pe_imports,
    program_files,
    windows_resources,
)
from resources.installer.dropped import Dropped
from resources.installer.windows_pruning import (
    BY_MODULE,
    file_reason,
    is_licence,
    left_out_modules,
    unreached,
)
from resources.installer.windows_runtime import LIBRARIES_ZIP, PYTHON_DLL, packed_zip
from resources.installer.windows_system import is_part_of_windows
from resources.installer.zig import Zig

PARTS = Path(__file__).with_name("windows")
LIBRARIES = "lib"
DATA_OUT_OF_ZIP = frozenset({"tzdata"})
"""Libraries whose data are read through importlib, which finds them in a zip."""
C_RUNTIME = "shiboken6"
"""The wheel whose C runtime is the newest; its files go beside the interpreter, for all."""


def add_libraries(wheels: Iterable[Path], staging: Path, to: Path) -> list[Dropped]:
    """Unpack `wheels` in `staging`, copy what the program can use to `to`, give what stays out with reasons.

    Raises BuildError when a module that stays needs a part of the standard library that is not packed.
    """
    shutil.rmtree(staging, ignore_errors=True)
    for wheel in wheels:
        inputs.unpack_zip(wheel, staging)
    reasons = {
        path.relative_to(staging).as_posix(): file_reason(path.relative_to(staging).as_posix())
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }
    reached = _reached(staging)
    tops = frozenset(name.partition(".")[0] for name in reached)
    for name, reason in reasons.items():
        if not reason:
            reasons[name] = _unused(name, reached, tops)
    _drop_descriptions(staging, reasons)
    _add_unneeded_libraries(staging, to, reasons)
    dropped: list[Dropped] = []
    packed: dict[str, bytes] = {}
    zipped = _zipped(name for name, reason in reasons.items() if not reason)
    for name, reason in reasons.items():
        source = staging / name
        if reason:
            dropped.append(Dropped(f"{LIBRARIES}/{name}", source.stat().st_size, reason))
        elif _is_c_runtime(source):
            shutil.copyfile(source, to / source.name)
        elif name.partition("/")[0] in zipped:
            packed.update([_byte_code(source, name)])
        else:
            inside, code = _byte_code(source, name)
            target = to / LIBRARIES / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(code)
    (to / LIBRARIES_ZIP).write_bytes(packed_zip(packed))
    return dropped


def _zipped(names: Iterable[str]) -> frozenset[str]:
    """Top names of what can be imported out of a zip: Python alone, or data that is asked for so."""
    tops: dict[str, bool] = {}
    for name in names:
        top = name.partition("/")[0]
        fits = name.endswith(".py") or top in DATA_OUT_OF_ZIP or is_licence(PurePosixPath(name))
        tops[top] = tops.get(top, True) and fits and not top.endswith(".dist-info")
    return frozenset(top for top, fits in tops.items() if fits)


def _is_c_runtime(path: Path) -> bool:
    return path.name.lower().startswith(("vcruntime140", "msvcp140", "concrt140"))


def _byte_code(source: Path, name: str) -> tuple[str, bytes]:
    """A library's file as it is packed: Python as byte code, all else as it is."""
    data = source.read_bytes()
    if source.suffix != ".py":
        return name, data
    return f"{name}c", program_files.compiled(data, f"{LIBRARIES}/{name}", docstrings=False)


def _reached(staging: Path) -> frozenset[str]:
    """The modules of libraries that the program can import."""
    library = imports.Library([staging])
    own = {imports.module_name(Path(name)): ROOT / name for name in program_files.sources()}
    library.modules.update(own)
    reached = library.reached((*own, *imports.DYNAMIC))
    needed = library.outside(reached)
    lost = sorted(name for name in left_out_modules() - imports.GUARDED if name in needed)
    if lost:
        lines = [f"    {name}: asked for by {', '.join(needed[name])}" for name in lost]
        raise BuildError("\n".join(["the program may import what is not packed:", *lines]))
    return reached


def _unused(name: str, reached: frozenset[str], tops: frozenset[str]) -> str:
    """Why a file of a library that no import reaches stays out: a whole package, or one extension module."""
    path = Path(name)
    top = path.parts[0]
    if top.endswith(".dist-info") or (top == "PySide6" and path.suffix != ".pyd"):
        return ""
    if top.partition(".")[0] not in tops:
        return "the program imports nothing of this library"
    by_module = path.suffix == ".pyd" or (path.suffix == ".py" and name.startswith(BY_MODULE))
    if by_module and imports.module_name(path) not in reached:
        return "the program does not import this module"
    return ""


def _drop_descriptions(staging: Path, reasons: dict[str, str]) -> None:
    """A library of which nothing is packed needs no `dist-info` either."""
    for record in sorted(staging.glob("*.dist-info/RECORD")):
        listed = {line.rpartition(",")[0].rpartition(",")[0].strip('"') for line in _lines(record)}
        own = f"{record.parent.name}/"
        if not any(reasons.get(name) == "" for name in listed if not name.startswith(own)):
            unpacked = {name: "nothing of this library is packed" for name in reasons if name.startswith(own)}
            reasons.update(unpacked)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _add_unneeded_libraries(staging: Path, to: Path, reasons: dict[str, str]) -> None:
    """Drop, by their import tables, the .dll files that nothing else asks for."""
    libraries, roots = {}, set()
    for name, reason in reasons.items():
        path = staging / name
        if reason or not pe_imports.is_pe(path):
            continue
        if _is_c_runtime(path) and path.parent.name != C_RUNTIME:
            reasons[name] = f"the same file comes out of {C_RUNTIME}"
            continue
        libraries[name] = pe_imports.read(path)
        if path.suffix == ".pyd" or "plugins" in path.parts:
            roots.add(name)
    for path in sorted(to.iterdir()):
        if pe_imports.is_pe(path):
            libraries[path.name] = pe_imports.read(path)
            roots.add(path.name)
    reasons.update(
        {name: why for name, why in unreached(libraries, frozenset(roots)).items() if name in reasons}
    )


def add_program(to: Path, zig: Zig) -> None:
    """The program itself and what starts it."""
    program_files.write(to)
    start = (PARTS / "start.py").read_bytes()
    (to / "start.pyc").write_bytes(program_files.compiled(start, "start.py"))
    zig.library(PARTS / "start.c", to / "start.dll", f'-DPYTHON_DLL="{PYTHON_DLL}"')


def add_launchers(program: Path, version: str, zig: Zig) -> None:
    """cchc.exe, cchc-desktop.exe and `current` in the program's folder."""
    looks = windows_resources.launcher(PARTS)
    for name, windowed in (("cchc.exe", False), ("cchc-desktop.exe", True)):
        zig.program(PARTS / "launcher.c", program / name, windowed=windowed, resources=looks)
    (program / "current").write_text(f"{version}\n", encoding="utf-8", newline="\n")


def missing_libraries(folder: Path) -> dict[str, list[str]]:
    """Libraries that are neither packed nor part of Windows, and who asks for them. Empty is right."""
    there = {path.name.lower() for path in folder.rglob("*") if pe_imports.is_pe(path)}
    missing: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not pe_imports.is_pe(path):
            continue
        for wanted in pe_imports.read(path).needs - there:
            if not is_part_of_windows(wanted):
                missing.setdefault(wanted, []).append(path.relative_to(folder).as_posix())
    return missing
