"""Python for Windows in the folder of a version, the same layout from either source:

    python311.dll python3.dll python311._pth python311.zip  the interpreter and its library
    *.pyd, libcrypto-3.dll, sqlite3.dll …                   its extension modules and what they need
    vcruntime140.dll, msvcp140.dll …                        the C runtime, out of shiboken6

`from_embed` takes the official embeddable zip (for releases); `from_wheel` the same files of python.org as
the wheel of panda3d carries them, with Debian's `Lib` of the same minor version and a `python3.dll` made
here. A build without either is a BuildError: there is no stand-in.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from resources.installer import SOURCE_DATE_EPOCH, BuildError, inputs, pe_imports, pins, program_files
from resources.installer.dropped import Dropped
from resources.installer.windows_pruning import standard_library_reason
from resources.installer.zig import Zig

PYTHON_DLL = "python311.dll"
FORWARDER = "python3.dll"
LIBRARY_ZIP = "python311.zip"
PATHS_FILE = "python311._pth"
LIBRARIES_ZIP = "libraries.zip"
PATHS = (LIBRARY_ZIP, LIBRARIES_ZIP, ".", "lib")
"""Where the interpreter looks, in its folder; the file also cuts it off from settings of the machine."""
NEEDED = (
    PYTHON_DLL,
    "_ctypes.pyd",
    "_decimal.pyd",
    "_sqlite3.pyd",
    "sqlite3.dll",
    "_ssl.pyd",
    "_hashlib.pyd",
)
"""Without these it is no runtime for this program."""
LICENCE = "LICENSE.txt"


def from_embed(archive: Path, to: Path) -> list[Dropped]:
    """Lay out the official embeddable zip in `to`. The caller has checked it against its pin."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = Path(scratch)
        inputs.unpack_zip(archive, parts)
        library = parts / LIBRARY_ZIP
        if not library.is_file():
            raise BuildError(
                f"{archive.name} holds no {LIBRARY_ZIP}; bring the official embeddable zip for x64"
            )
        with zipfile.ZipFile(library) as packed:
            modules = {name: packed.read(name) for name in packed.namelist() if name.endswith(".pyc")}
        return _lay_out(parts, modules, to)


def from_wheel(folder: Path, to: Path, zig: Zig) -> list[Dropped]:
    """Lay out the pinned parts in `to`; `folder` keeps what was fetched."""
    parts = folder / "python"
    shutil.rmtree(parts, ignore_errors=True)
    wheel = inputs.wheel(pins.pin("python-windows-dlls"), folder, inputs.WINDOWS_TAGS)
    inputs.unpack_zip(wheel, parts, "deploy_libs")
    library = debian_library(folder)
    shutil.copyfile(library / LICENCE, parts / LICENCE)
    _need_runtime(parts)
    make_forwarder(parts / PYTHON_DLL, parts / FORWARDER, zig)
    return _lay_out(parts, dict(_compiled_library(library)), to)


def debian_library(folder: Path) -> Path:
    """Debian's whole `Lib` as source; `folder` keeps it."""
    to = folder / "debian"
    shutil.rmtree(to, ignore_errors=True)
    for name in ("python-lib-minimal", "python-lib"):
        inputs.unpack_debian_package(inputs.debian_package(pins.pin(name), folder), to)
    return to / "usr/lib/python3.11"


def _compiled_library(library: Path) -> Iterator[tuple[str, bytes]]:
    """Byte code of the modules that stay; the others need not be compiled to be dropped."""
    for source in sorted(library.rglob("*.py")):
        name = PurePosixPath(source.relative_to(library).as_posix())
        module = str(name.with_suffix(".pyc"))
        if standard_library_reason(module):
            yield module, b""
        else:
            code = program_files.compiled(source.read_bytes(), f"{LIBRARY_ZIP}/{name}", docstrings=False)
            yield module, code


def _need_runtime(parts: Path) -> None:
    missing = [name for name in NEEDED if not (parts / name).is_file()]
    if missing:
        raise BuildError(f"this is no Python for Windows, it lacks {', '.join(missing)}")
    pe_imports.read(parts / PYTHON_DLL)


def _lay_out(parts: Path, modules: Mapping[str, bytes], to: Path) -> list[Dropped]:
    """Copy what stays of `parts` (a flat folder) and `modules` (path in the zip → byte code) to `to`."""
    _need_runtime(parts)
    if "encodings/__init__.pyc" not in modules or not (parts / FORWARDER).is_file():
        raise BuildError(f"this Python for Windows is not whole: no encodings or no {FORWARDER}")
    to.mkdir(parents=True, exist_ok=True)
    dropped: list[Dropped] = []
    for path in sorted(path for path in parts.iterdir() if path.is_file()):
        reason = _file_reason(path.name)
        if reason:
            dropped.append(Dropped(path.name, path.stat().st_size, reason))
        else:
            shutil.copyfile(path, to / _small(path.name))
    kept = {}
    for name, code in sorted(modules.items()):
        if reason := standard_library_reason(name):
            dropped.append(Dropped(f"{LIBRARY_ZIP}/{name}", len(code), reason))
        else:
            kept[name] = code
    (to / LIBRARY_ZIP).write_bytes(packed_zip(kept))
    (to / PATHS_FILE).write_text("".join(f"{line}\n" for line in PATHS), encoding="utf-8", newline="\n")
    return dropped


def _small(name: str) -> str:
    """One spelling from both sources (Windows itself does not mind)."""
    return name.lower() if name.lower().startswith("vcruntime") else name


def _file_reason(name: str) -> str:
    """Why a file beside the interpreter stays out; empty when it stays in."""
    small = name.lower()
    if small.startswith(("vcruntime", "msvcp", "concrt")):
        return "the C runtime is taken out of shiboken6, which has the newest"
    if small.startswith("api-ms-win-"):
        return "part of Windows 10 and 11"
    if small.endswith(".exe") or small in ("python.cat", PATHS_FILE, LIBRARY_ZIP):
        return "made anew for this program, or not used by it"
    if small in _UNUSED_EXTENSIONS:
        return _UNUSED_EXTENSIONS[small]
    return "" if small.endswith((".dll", ".pyd")) or name == LICENCE else "not a part of the interpreter"


_UNUSED_EXTENSIONS = {
    "_tkinter.pyd": "another kind of window (tkinter)",
    "tcl86t.dll": "another kind of window (tkinter)",
    "tk86t.dll": "another kind of window (tkinter)",
    "_msi.pyd": "writes Windows' own installers",
    "winsound.pyd": "plays sounds",
}


def packed_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, the same bytes each time.

    Its folders have entries: Python finds a package without `__init__` (jaraco, backports) only by them.
    """
    whole = io.BytesIO()
    moment = time.gmtime(SOURCE_DATE_EPOCH)[:6]
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for folder in sorted({f"{above}/" for name in files for above in _folders(name)}):
            packed.writestr(zipfile.ZipInfo(folder, moment), b"")
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            packed.writestr(entry, files[name], compresslevel=9)
    return whole.getvalue()


def _folders(name: str) -> list[str]:
    return [str(above) for above in PurePosixPath(name).parents if above.parts]


def forwarder_definition(names: tuple[str, ...]) -> str:
    """The module definition of a python3.dll whose every function is python311.dll's."""
    stem = PYTHON_DLL.removesuffix(".dll")
    lines = [f"  {name}={stem}.{name}" for name in names if name.startswith(("Py", "_Py"))]
    return "\n".join([f"LIBRARY {FORWARDER}", "EXPORTS", *lines, ""])


def make_forwarder(python: Path, to: Path, zig: Zig) -> None:
    """python3.dll, which libraries for any Python 3 ask for, as a list of pointers into python311.dll."""
    exports = pe_imports.read(python).exports
    zig.forwarder(forwarder_definition(exports), to)
    lost = {name for name in exports if name.startswith(("Py", "_Py"))} - set(pe_imports.read(to).exports)
    if lost:
        raise BuildError(f"{FORWARDER} lacks {len(lost)} functions, such as {min(lost)}")
