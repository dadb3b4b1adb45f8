"""`--target linux`: freeze, lay out, pack, try out. `build_installer.py` calls `packages` and `build`."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from resources.installer import (
    bare_debian,
    deb,
    dropped,
    licences,
    linux_freeze,
    linux_origins,
    linux_program,
    linux_screen,
    linux_session,
    pins,
    sbom,
    tools,
    update_trial,
)
from resources.installer.build import Build
from resources.installer.smoke import Way, keep_picture, smoke

_FOR_TRYING = ("debootstrap", "xvfb", "xdotool", "dbus-daemon", "gnome-keyring")


def packages(smoke: bool) -> tuple[str, ...]:
    """Debian packages that a build for Linux needs beyond dev.py's; with `smoke` those for trying it out."""
    needed = ["binutils", "xz-utils"]
    if sys.base_prefix == "/usr":
        needed.append("libpython3.11")  # Debian's Python is a program; PyInstaller needs the library
    return (*needed, *(_FOR_TRYING if smoke else ()))


def build(run: Build) -> None:
    tools.need("objdump", "objcopy", "ldd", "strip", "tar", "xz", "dpkg-deb")
    pins.check_lock()
    run.out.mkdir(parents=True, exist_ok=True)
    run.say("linux: freezing")
    frozen = linux_freeze.freeze(run.fresh("linux-freeze"))
    run.say("linux: holding the libraries against their wheels")
    parts = linux_origins.all_parts(frozen, run.work / "wheels-linux")
    licences.write(parts, "linux", frozen.folder)
    program = run.fresh("linux-program") / "program"
    listed = linux_program.lay_out(frozen.folder, run.version, program)
    linux_program.write_read_me(program, frozen.system)
    run.write(f"cchc-desktop-{run.version}-linux.cdx.json", sbom.as_json(listed, parts))
    run.write(f"cchc-desktop-{run.version}-linux.dropped.json", dropped.as_json(frozen.dropped))
    facts = {
        "python": platform.python_version(),
        "pyinstaller": importlib.metadata.version("pyinstaller"),
        "oldest_glibc": ".".join(map(str, frozen.glibc)),
        "installed_bytes": listed.size,
        "installed_files": len(listed.files),
        "dropped_files": len(frozen.dropped),
        "dropped_bytes": sum(one.size for one in frozen.dropped),
    }
    run.say("linux: packing the .tar.xz")
    name = f"cchc-desktop-{run.version}"
    archive = linux_program.pack(program, name, run.out / f"{name}-linux-x86_64.tar.xz")
    (program / linux_program.READ_ME).unlink()  # apt brings the libraries
    run.say("linux: packing the .deb")
    copyright_file = run.work / "copyright"
    copyright_file.write_text(licences.debian_copyright(parts, "linux"), encoding="utf-8", newline="\n")
    needed = deb.depends(frozen.system, frozen.glibc)
    package = deb.build(
        program, run.version, needed, copyright_file, run.fresh("deb"), run.out / deb.file_name(run.version)
    )
    shutil.copyfile(
        run.work / "deb/tree" / deb.HOME / f"versions/{run.version}/files.json",
        run.out / f"cchc-desktop-{run.version}-linux.files.json",
    )
    if run.smoke:
        try_out(run, archive, package)
    run.add("linux", archive, **facts)
    run.add("linux", package, **facts, depends=list(needed))


def try_out(run: Build, archive: Path, package: Path) -> None:
    """Both results: the archive on this machine, the .deb and again the archive in a bare Debian."""
    run.say("linux: trying the .tar.xz out on this machine")
    here = run.fresh("linux-here")
    command = unpack(archive, here)
    way = Way(f"{archive.name} on this machine", (str(command),), _scratch(here))
    _tried(run, way)
    linux_session.try_keyring(way, way.folder / "hồ sơ")
    run.say("linux: updating it by a pack, killed in the middle, and going back")
    run.say(f"    {update_trial.try_update(way, command.parent, run.version)}")
    run.say("linux: making a bare Debian")
    bare = run.fresh("bare-debian")
    bare_debian.make(bare)
    for previous in (path for path in run.previous if path.suffix == ".deb"):
        run.say(f"linux: installing {previous.name} to upgrade from")
        bare_debian.install(bare, previous)
        before = bare_debian.way(bare, previous.name, "cchc")
        smoke(before, bare_debian.installed_version(bare))
    run.say("linux: installing the .deb in it by apt")
    bare_debian.install(bare, package)
    run.say("linux: trying the .deb out in it")
    _tried(run, bare_debian.way(bare, f"{package.name} in a bare Debian", "cchc"))
    run.say("linux: trying the .tar.xz out in it")
    command = Path("/") / unpack(archive, bare / "opt").relative_to(bare)
    _tried(run, bare_debian.way(bare, f"{archive.name} in a bare Debian", str(command)))
    run.say("linux: removing the .deb again")
    bare_debian.remove(bare, deb.NAME)
    shutil.rmtree(bare)


def unpack(archive: Path, to: Path) -> Path:
    """Unpack the archive; its command."""
    subprocess.run(["tar", "--extract", "--file", str(archive), "--directory", str(to)], check=True)
    (folder,) = (path for path in to.iterdir() if path.name.startswith("cchc-desktop-"))
    return folder / "cchc"


def _tried(run: Build, way: Way) -> None:
    seconds = smoke(way, run.version)
    file = way.name.replace(" ", "-")
    keep_picture(way, run.work / f"{file}-offscreen.png")
    seconds["window on X11"] = linux_screen.look(way, way.folder / "hồ sơ", run.work / f"{file}-x11.png")
    run.say(f"    {way.name}: " + ", ".join(f"{name} {value} s" for name, value in seconds.items()))


def _scratch(folder: Path) -> Path:
    scratch = folder / "thử"
    scratch.mkdir()
    return scratch
