"""`--target windows`: lay out, pack, try out under wine; `build_installer.py` calls `packages`, `build`."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from resources.installer import (
    SOURCE_DATE_EPOCH,
    BuildError,
    licences,
    listing,
    nsis,
    parts,
    pins,
    sbom,
    tools,
    windows_program,
    windows_runtime,
    windows_trial,
    windows_wheels,
    wine,
)
from resources.installer.build import Build
from resources.installer.dropped import Dropped, as_json
from resources.installer.parts import Part
from resources.installer.zig import Zig

PYTHON_VERSION = "3.11.9"
FOLDER_IN_ZIP = "CCHC Desktop"
LARGEST_SETUP = 35_000_000
"""Bytes of setup.exe: it comes by slow lines."""
LARGEST_INSTALLED = 110_000_000
"""Bytes on an old PC's disk."""
_READ_FIRST = """CCHC Desktop {version}, bản chạy từ USB hoặc từ một thư mục, không cần cài đặt

Mở cchc-desktop.exe để bắt đầu.
Số liệu của đơn vị nằm trong thư mục cchc-data ở ngay bên cạnh. Khi sang máy khác, hãy chép cả thư mục này.
Đừng mở chương trình ngay trong tệp nén: hãy giải nén ra thư mục trước.
"""


def packages(smoke: bool) -> tuple[str, ...]:
    """Debian packages that a build for Windows needs beyond dev.py's; `smoke`: and for trying it."""
    return ("nsis", "dpkg", *(wine.PACKAGES if smoke else ()))


def build(run: Build) -> None:
    tools.need("makensis", "dpkg-deb")
    pins.check_lock()
    run.out.mkdir(parents=True, exist_ok=True)
    inputs = run.work / "wheels-windows"
    program = run.fresh("windows") / "program"
    version = program / "versions" / run.version
    zig = Zig(run.work / "zig", inputs)
    run.say("windows: Python")
    dropped = _runtime(run, inputs, version, zig)
    run.say("windows: libraries")
    lock = windows_wheels.read_lock(pins.LOCK.read_text("utf-8"))
    wheels = windows_wheels.fetch(lock, inputs / "libraries", windows_wheels.direct_needs())
    staging = run.work / "windows" / "staging"
    dropped += windows_program.add_libraries(wheels, staging, version)
    run.say("windows: the program")
    windows_program.add_program(version, zig)
    known = _parts(run, version, staging, wheels)
    licences.write(known, "windows", version)
    if missing := windows_program.missing_libraries(version):
        raise BuildError(f"libraries are neither packed nor part of Windows: {missing}")
    listed = listing.of_folder(version, run.version, "windows")
    listing.write(listed, version)
    windows_program.add_launchers(program, run.version, zig)
    name = f"cchc-desktop-{run.version}-windows"
    run.write(f"{name}.cdx.json", sbom.as_json(listed, known))
    run.write(f"{name}.dropped.json", as_json(dropped))
    shutil.copyfile(version / listing.NAME, run.out / f"{name}.files.json")
    installed = sum(path.stat().st_size for path in program.rglob("*") if path.is_file())
    facts = {
        "installed_bytes": installed,
        "installed_files": len(listed.files),
        "dropped_files": len(dropped),
        "dropped_bytes": sum(one.size for one in dropped),
        "python": "embeddable zip" if run.python_embed else "from wheel",
    }
    run.say("windows: packing the portable ZIP")
    portable = pack(program, run.version, run.out / f"{name}-portable.zip")
    run.say("windows: packing setup.exe")
    words = licences.overview(known, "windows")
    setup = nsis.build(program, run.version, words, run.fresh("nsis"), run.out / f"{name}-setup.exe")
    check_sizes(setup.stat().st_size, installed)
    if run.smoke:
        windows_trial.try_out(run, setup, portable, windows_trial.Given(zig, program, staging, lock, inputs))
    run.add("windows", setup, **facts)
    run.add("windows", portable, **facts)


def _runtime(run: Build, inputs: Path, version: Path, zig: Zig) -> list[Dropped]:
    if run.python_embed is None:
        return windows_runtime.from_wheel(inputs, version, zig)
    pins.check(pins.pin("python-embed"), run.python_embed)
    return windows_runtime.from_embed(run.python_embed, version)


def _parts(run: Build, version: Path, staging: Path, wheels: Iterable[Path]) -> list[Part]:
    """All that is packed: the program, Python, and the libraries of which something stayed."""
    digests = {path.name.partition("-")[0].lower(): (pins.digest(path),) for path in wheels}
    source = "python-embed" if run.python_embed else "python-windows-dlls"
    text = (version / windows_runtime.LICENCE).read_bytes()
    found = [*parts.of_checkout(), parts.of_python(PYTHON_VERSION, text, (pins.pin(source).sha256,))]
    for folder in sorted((version / windows_program.LIBRARIES).glob("*.dist-info")):
        name = folder.name.partition("-")[0].lower()
        found.append(parts.of_dist_info(staging / folder.name, digests[name]))
    return found


def pack(program: Path, version: str, to: Path) -> Path:
    """The portable ZIP: the program's folder with an empty folder for data beside the launchers."""
    moment = time.gmtime(SOURCE_DATE_EPOCH)[:6]
    files = {path.relative_to(program).as_posix(): path for path in program.rglob("*") if path.is_file()}
    with zipfile.ZipFile(to, "w") as packed:
        data = zipfile.ZipInfo(f"{FOLDER_IN_ZIP}/cchc-data/", moment)
        data.external_attr = 0x10
        packed.writestr(data, b"")
        for name in sorted(files):
            _put(packed, name, files[name].read_bytes(), moment)
        words = _READ_FIRST.format(version=version).replace("\n", "\r\n")
        _put(packed, "doc-truoc.txt", b"\xef\xbb\xbf" + words.encode(), moment)
    return to


def _put(packed: zipfile.ZipFile, name: str, data: bytes, moment: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(f"{FOLDER_IN_ZIP}/{name}", moment[:6])  # type: ignore[arg-type]
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
    packed.writestr(entry, data, compresslevel=9)


def check_sizes(setup: int, installed: int) -> None:
    """BuildError when setup.exe or what it lays down (both in bytes) has grown too large."""
    for what, size, largest in (
        ("setup.exe", setup, LARGEST_SETUP),
        ("the installed program", installed, LARGEST_INSTALLED),
    ):
        if size > largest:
            raise BuildError(f"{what} has {size:,} bytes and may have {largest:,}; see windows_pruning.py")
