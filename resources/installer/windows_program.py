"""The folder of one version of the Windows program, and the launchers above it (layout: `resources.installer`).

versions/<version>/   python311.dll … (`windows_runtime`), start.dll, start.pyc
                      lib/   libraries as byte code, pruned (`windows_pruning`)
                      cchc_desktop/ ui/ forms/ resources/   the program (`program_files`)
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from resources.installer import (
    ROOT,
    BuildError,
    imports,
    inputs,
    pe_imports,
    program_files,
    windows_resources,
)
from resources.installer.windows_pruning import Dropped, file_reason, left_out_modules, unreached
from resources.installer.windows_runtime import PYTHON_DLL
from resources.installer.zig import Zig

PARTS = Path(__file__).with_name("windows")
LIBRARIES = "lib"
C_RUNTIME = "shiboken6"
"""The wheel whose C runtime is the newest; its files go beside the interpreter, for all."""


def add_libraries(wheels: Iterable[Path], staging: Path, to: Path) -> list[Dropped]:
    """Unpack `wheels` in `staging` and copy what the program can use to `to`/lib; what stays out, with reasons.

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
    _add_unneeded_libraries(staging, to, reasons)
    dropped = []
    for name, reason in reasons.items():
        source = staging / name
        if reason:
            dropped.append(Dropped(f"{LIBRARIES}/{name}", source.stat().st_size, reason))
        elif _is_c_runtime(source):
            shutil.copyfile(source, to / source.name)
        else:
            _place(source, to / LIBRARIES / name, name)
    return dropped


def _is_c_runtime(path: Path) -> bool:
    return path.name.lower().startswith(("vcruntime140", "msvcp140", "concrt140"))


def _place(source: Path, target: Path, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".py":
        code = program_files.compiled(source.read_bytes(), f"{LIBRARIES}/{name}")
        target.with_suffix(".pyc").write_bytes(code)
    else:
        shutil.copyfile(source, target)


def _reached(staging: Path) -> frozenset[str]:
    """The modules of libraries that the program can import."""
    library = imports.Library([staging])
    own = {imports.module_name(Path(name)): ROOT / name for name in program_files.sources()}
    library.modules.update(own)
    reached = library.reached((*own, *imports.DYNAMIC))
    needed = library.outside(reached) & left_out_modules()
    if needed - imports.GUARDED:
        raise BuildError(
            f"the program may import what is not packed: {', '.join(sorted(needed - imports.GUARDED))}"
        )
    return reached


def _unused(name: str, reached: frozenset[str], tops: frozenset[str]) -> str:
    """Why a file of a library that no import reaches stays out: a whole package, or one extension module."""
    path = Path(name)
    top = path.parts[0]
    if top.endswith(".dist-info") or (top == "PySide6" and path.suffix != ".pyd"):
        return ""
    if top.partition(".")[0] not in tops:
        return "the program imports nothing of this library"
    if path.suffix == ".pyd" and imports.module_name(path) not in reached:
        return "the program does not import this module"
    return ""


def _add_unneeded_libraries(staging: Path, to: Path, reasons: dict[str, str]) -> None:
    """Drop, by their import tables, the .dll files that no extension module, plugin or interpreter asks for."""
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
    """Which files ask for a library that is neither packed nor part of Windows: {wanted: [by whom]}. Empty is right."""
    there = {path.name.lower() for path in folder.rglob("*") if pe_imports.is_pe(path)}
    missing: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not pe_imports.is_pe(path):
            continue
        for wanted in pe_imports.read(path).needs - there:
            if not is_part_of_windows(wanted):
                missing.setdefault(wanted, []).append(path.relative_to(folder).as_posix())
    return missing


def is_part_of_windows(name: str) -> bool:
    """Libraries that every Windows 10 (1809) and 11 has."""
    return name.startswith(("api-ms-win-", "ext-ms-")) or name in _WINDOWS


_WINDOWS = frozenset(
    [
        "advapi32.dll",
        "authz.dll",
        "avrt.dll",
        "bcrypt.dll",
        "bcryptprimitives.dll",
        "cabinet.dll",
        "comctl32.dll",
        "comdlg32.dll",
        "crypt32.dll",
        "d2d1.dll",
        "d3d11.dll",
        "d3d12.dll",
        "d3d9.dll",
        "dcomp.dll",
        "dnsapi.dll",
        "dwmapi.dll",
        "dwrite.dll",
        "dxgi.dll",
        "dxva2.dll",
        "gdi32.dll",
        "icuuc.dll",
        "imm32.dll",
        "iphlpapi.dll",
        "kernel32.dll",
        "mpr.dll",
        "mscms.dll",
        "msvcrt.dll",
        "ncrypt.dll",
        "netapi32.dll",
        "ntdll.dll",
        "ole32.dll",
        "oleaut32.dll",
        "oleacc.dll",
        "opengl32.dll",
        "powrprof.dll",
        "propsys.dll",
        "psapi.dll",
        "rpcrt4.dll",
        "runtimeobject.dll",
        "secur32.dll",
        "setupapi.dll",
        "shcore.dll",
        "shell32.dll",
        "shlwapi.dll",
        "synchronization.dll",
        "ucrtbase.dll",
        "uiautomationcore.dll",
        "user32.dll",
        "userenv.dll",
        "usp10.dll",
        "uxtheme.dll",
        "version.dll",
        "winhttp.dll",
        "winmm.dll",
        "winspool.drv",
        "ws2_32.dll",
        "wtsapi32.dll",
    ]
)
