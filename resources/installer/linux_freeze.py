"""The whole program of one version in a folder that runs on a Linux without Python: PyInstaller, pruned.

PyInstaller finds what is imported and lays it out. The result is then made the same in every build: byte code
anew (`program_files.compiled`), no links, no file that names the machine that it was built on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from resources.installer import ROOT, SOURCE_DATE_EPOCH, BuildError, elf, linux_parts, program_files, tools
from resources.installer.dropped import Dropped

PROGRAM = "cchc"
"""The program's file in the folder of a version."""
FROZEN = "frozen"
SPEC = ROOT / "resources/installer/linux/freeze.spec"
_STRIPPED = ("libpython3*", "python3.11/lib-dynload/*")
"""Where a Python built from source keeps what only debuggers read."""


@dataclass(frozen=True)
class Frozen:
    """`origins`: path in `folder` → the file that it was made of. `system`: Debian packages that it needs."""

    folder: Path
    origins: Mapping[str, Path]
    dropped: tuple[Dropped, ...]
    system: tuple[str, ...]
    glibc: tuple[int, ...]


def freeze(work: Path, root: Path = ROOT) -> Frozen:
    """Make the folder below `work`, which is empty. Takes a minute or two."""
    tools.need("objdump", "objcopy", "ldd", "strip")
    collected = work / "collected.json"
    _call_pyinstaller(work, root, collected)
    folder = work / FROZEN
    origins = _origins(json.loads(collected.read_text("utf-8")))
    _drop_links(folder)
    dropped = _prune(folder)
    _compile(folder, origins)
    _write_build_settings(folder)
    for name in program_files.write(folder, root):
        origins[name] = root / PurePosixPath(name).with_suffix(
            ".py" if name.endswith(".pyc") else Path(name).suffix
        )
    _strip(folder)
    found = elf.needs(elf.files(folder))
    system = _system_packages(folder, found)
    present = {name: origins[name] for name in sorted(origins) if (folder / name).is_file()}
    glibc = max(needs.glibc for needs in found.values())
    return Frozen(folder, present, tuple(dropped), system, glibc)


def _call_pyinstaller(work: Path, root: Path, collected: Path) -> None:
    environment = {
        **os.environ,
        "CCHC_ROOT": str(root),
        "CCHC_COLLECTED": str(collected),
        "SOURCE_DATE_EPOCH": str(SOURCE_DATE_EPOCH),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Its caches are the build's own, so that no earlier build has a say.
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", str(work), "--workpath", str(work / "analysis"), str(SPEC)),
    ]
    answer = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise BuildError(f"PyInstaller failed:\n{answer.stdout}{answer.stderr}".rstrip())


def _origins(collected: Mapping[str, Mapping[str, str]]) -> dict[str, Path]:
    """Path in the frozen folder → the file it came from; modules count by their source."""
    origins = {name: Path(path) for kind in ("binaries", "datas") for name, path in collected[kind].items()}
    for module, path in collected["modules"].items():
        is_package = Path(path).name == "__init__.py"
        origins[module.replace(".", "/") + ("/__init__.pyc" if is_package else ".pyc")] = Path(path)
    return origins


def _drop_links(folder: Path) -> None:
    """PyInstaller links libraries into the top folder; they are found without, by their neighbours' paths."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            path.unlink()


def _prune(folder: Path) -> list[Dropped]:
    dropped: list[Dropped] = []

    def drop(path: Path, reason: str) -> None:
        dropped.append(Dropped(path.relative_to(folder).as_posix(), path.stat().st_size, reason))
        path.unlink()

    for path in [path for path in sorted(folder.rglob("*")) if path.is_file()]:
        name = path.relative_to(folder).as_posix()
        if package := linux_parts.SYSTEM_LIBRARIES.get(name):
            drop(path, f"the system's own, from {package}")
        elif reason := linux_parts.reason_to_leave_out(name):
            drop(path, reason)
    while unused := _unused_libraries(folder):
        for path in unused:
            drop(path, "nothing that is left asks for it")
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    return dropped


def _unused_libraries(folder: Path) -> list[Path]:
    """Plain libraries (not Python's modules, not Qt's plugins) that no file in the folder asks for."""
    found = elf.needs(elf.files(folder))
    asked_for = {name for needs in found.values() for name in needs.libraries}
    return [
        path
        for path in found
        if ".so." in path.name and path.name not in asked_for and not path.name.startswith("libpython3")
    ]


def _compile(folder: Path, origins: Mapping[str, Path]) -> None:
    """Make the byte code anew: PyInstaller's depends on what else its process has loaded."""
    for path in sorted(folder.rglob("*.pyc")):
        name = path.relative_to(folder).as_posix()
        source = origins.get(name)
        if source is None or source.suffix != ".py":
            raise BuildError(f"{name} was packed and nobody knows from which source")
        path.write_bytes(program_files.compiled(source.read_bytes(), name.removesuffix("c")))


def _write_build_settings(folder: Path) -> None:
    """Python's own record of how it was built names the build machine's folders; one of its lines is used."""
    name = sysconfig._get_sysconfigdata_name()  # type: ignore[attr-defined]
    zones = sysconfig.get_config_var("TZPATH") or "/usr/share/zoneinfo"
    source = f'build_time_vars = {{"TZPATH": {zones!r}}}\n'.encode()
    (folder / f"{name}.pyc").write_bytes(program_files.compiled(source, f"{name}.py"))


def _strip(folder: Path) -> None:
    for pattern in _STRIPPED:
        for path in sorted(folder.glob(pattern)):
            subprocess.run(["strip", "--strip-unneeded", path], check=True)


def _system_packages(folder: Path, found: Mapping[Path, elf.Needs]) -> tuple[str, ...]:
    """Debian packages for what the libraries ask of the system. An unknown library is a BuildError."""
    inside = {path.name for path in folder.rglob("*") if path.is_file()}
    packages: set[str] = set()
    unknown: dict[str, str] = {}
    for path, needs in found.items():
        for name in sorted(needs.libraries - inside):
            if name in linux_parts.SYSTEM_LIBRARIES:
                packages.add(linux_parts.SYSTEM_LIBRARIES[name])
            else:
                unknown.setdefault(name, path.relative_to(folder).as_posix())
    if unknown:
        lines = [f"    {name} (asked for by {path})" for name, path in sorted(unknown.items())]
        raise BuildError(
            "\n".join(
                [
                    "these libraries are neither packed nor known to come from the system:",
                    *lines,
                    "Put them into SYSTEM_LIBRARIES of linux_parts.py with their Debian package.",
                ]
            )
        )
    return tuple(sorted(packages))
