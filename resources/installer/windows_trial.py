"""The finished Windows files tried out under wine: portable, installed, running, upgraded, uninstalled."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import BuildError, nsis, update_trial, windows_gui_tests, wine
from resources.installer.build import Build
from resources.installer.smoke import Way, check_key, expect, keep_picture, smoke
from resources.installer.windows_wheels import Locked
from resources.installer.wine import Wine, windows_path
from resources.installer.zig import Zig

HOME = "Programs/CCHC Desktop"
"""Below %LOCALAPPDATA%, as setup.nsi says."""
_STARTING = 60.0


@dataclass(frozen=True)
class Given:
    """What the build has at hand: `program` as it was packed, `staging` the unpacked libraries, `inputs` what
    was fetched."""

    zig: Zig
    program: Path
    staging: Path
    lock: Mapping[str, Locked]
    inputs: Path


def try_out(run: Build, setup: Path, portable: Path, given: Given) -> None:
    run.say("windows: making a Windows 10 of wine")
    pc = wine.make(run.fresh("wine") / "pc", given.zig)
    try:
        run.say("windows: trying the portable ZIP out")
        _portable(run, pc, portable)
        run.say("windows: installing, running, refusing, upgrading, uninstalling setup.exe")
        _installed(run, pc, setup)
        run.say("windows: the tests of the window on the Windows program")
        passed = windows_gui_tests.run(run, pc, given.program, given.staging, given.lock, given.inputs)
        run.say(f"windows: {passed}")
    finally:
        pc.close()


def said(words: str) -> str:
    """An output without what wine itself says."""
    return "".join(line for line in words.splitlines(keepends=True) if not line.startswith("wine: "))


def way(name: str, pc: Wine, program: Path, scratch: Path) -> Way:
    scratch.mkdir(parents=True)
    command = (*pc.command, str(program))
    return Way(name, command, scratch, pc.environment, windows_path, said)


def _portable(run: Build, pc: Wine, portable: Path) -> None:
    stick = run.fresh("stick")
    with zipfile.ZipFile(portable) as packed:
        packed.extractall(stick)
    program = next(stick.iterdir())
    tried = way(portable.name, pc, program / "cchc.exe", run.fresh("stick-work") / "việc")
    seconds = smoke(tried, run.version)
    run.say(f"windows: {portable.name} {seconds}")
    keep_picture(tried, run.out / "windows-portable.png")
    # Without --data the folder beside the launchers is taken: nothing on the PC is touched.
    expect(tried, ["--sample", "commune", "--picture", windows_path(tried.folder / "usb.png")], "")
    if not list(program.rglob("cchc.sqlite3")) or list(pc.local_data.rglob("cchc.sqlite3")):
        raise BuildError(f"{portable.name}: the data of the portable program do not lie beside it")
    _without_pointer(tried, program, run.version)
    run.say("windows: updating it by a pack, killed in the middle, and going back")
    run.say(f"windows: {update_trial.try_update(tried, program, run.version)}")


def _without_pointer(tried: Way, program: Path, version: str) -> None:
    """With `current` lost, the launcher finds the version that is whole among what else may lie there."""
    (program / "current").unlink()
    (program / "versions/update.lock").touch()
    (program / "versions/999.0").mkdir()
    expect(tried, ["--version"], f"cchc {version}\n")
    (program / "versions/999.0").rmdir()
    (program / "current").write_text(f"{version}\n")


def _installed(run: Build, pc: Wine, setup: Path) -> None:
    home = pc.local_data / HOME
    for previous in (path for path in run.previous if path.suffix == ".exe"):
        _silent(pc, previous, 0)
        run.say(f"windows: installed {previous.name} to upgrade from")
    if home.exists():
        _upgrade(run, pc, setup, home)
        _uninstall(pc, home, pc.local_data / "CCHC Desktop")
    _silent(pc, setup, 0)
    _check_home(home, run.version)
    tried = way(setup.name, pc, home / "cchc.exe", run.fresh("installed-work") / "việc")
    seconds = smoke(tried, run.version)
    run.say(f"windows: {setup.name} {seconds}")
    keep_picture(tried, run.out / "windows-installed.png")
    check_key(tried, tried.folder / "hồ sơ", tried.folder)
    _refused_while_running(pc, setup, home, tried)
    _make_older(home, run.version)
    _upgrade(run, pc, setup, home)
    (home / "current").write_text("999.0\n")
    _silent(pc, setup, 3)
    (home / "current").write_text(f"{run.version}\n")
    _uninstall(pc, home, pc.local_data / "CCHC Desktop")


def _in_place(home: Path) -> list[str]:
    """Keeps the uninstaller from copying itself away, so that its end and code can be waited for.

    NSIS takes the rest of the line without quotes; as several words nothing puts any around it.
    """
    return f"_?={windows_path(home)}".split(" ")


def _silent(pc: Wine, setup: Path, code: int, *words: str) -> None:
    answer = pc.run([setup, "/S", *words])
    if answer.returncode != code:
        raise BuildError(f"{setup.name} /S ended with {answer.returncode}, expected {code}")


def _check_home(home: Path, version: str) -> None:
    from resources.installer import listing

    current = (home / "current").read_text().strip()
    there = sorted(path.name for path in (home / "versions").iterdir())
    if current != version or there != [version]:
        raise BuildError(f"after installing {version}, current is {current} and versions/ holds {there}")
    listed = listing.read(home / "versions" / version / listing.NAME)
    if listing.of_folder(home / "versions" / version, version, "windows") != listed:
        raise BuildError("what setup.exe laid down differs from the list of its files")


def _refused_while_running(pc: Wine, setup: Path, home: Path, tried: Way) -> None:
    """With a window open, setup.exe and the uninstaller end with 2 and change nothing."""
    data = windows_path(tried.folder / "hồ sơ")
    window = subprocess.Popen(
        [*tried.command[:-1], str(home / "cchc-desktop.exe"), "--data", data],
        env={**tried.environment, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tried.folder,
    )
    try:
        _wait_for(tried.folder / "hồ sơ/cchc.sqlite3-wal", window)
        _silent(pc, setup, nsis.RUNNING)
        _silent(pc, home / "uninstall.exe", nsis.RUNNING, *_in_place(home))
    finally:
        window.terminate()
        window.wait(_STARTING)


def _wait_for(file: Path, window: subprocess.Popen[bytes]) -> None:
    """A profile that is open has its log beside it."""
    end = time.monotonic() + _STARTING
    while not file.exists():
        if time.monotonic() > end or window.poll() is not None:
            raise BuildError(f"the window did not come up ({window.poll()})")
        time.sleep(0.2)


def _make_older(home: Path, version: str) -> None:
    """The installed program as if it were an older one, with a file that the new one hasn't."""
    (home / "versions" / version).rename(home / "versions/0.0.1")
    (home / "versions/0.0.1/old.txt").write_text("old")
    (home / "current").write_text("0.0.1\n")


def _upgrade(run: Build, pc: Wine, setup: Path, home: Path) -> None:
    """Over an older version, with data: the program is new and the data are byte for byte the same."""
    data = pc.local_data / "CCHC Desktop"
    tried = way("before the upgrade", pc, home / "cchc.exe", run.fresh("upgrade-work") / "việc")
    if not data.exists():
        picture = windows_path(tried.folder / "trước.png")
        expect(tried, ["--data", windows_path(data), "--sample", "commune", "--picture", picture], "")
    before = _content(data)
    _silent(pc, setup, 0)
    _check_home(home, run.version)
    if _content(data) != before or not before:
        raise BuildError("the upgrade changed the user's data")
    after = way("after the upgrade", pc, home / "cchc.exe", run.fresh("upgraded-work") / "việc")
    expect(after, ["--version"], f"cchc {run.version}\n")
    expect(after, ["--picture", windows_path(after.folder / "sau.png")], "")


def _uninstall(pc: Wine, home: Path, data: Path) -> None:
    """The program goes, all of it; the data stay."""
    before = _content(data)
    answer = pc.run([home / "uninstall.exe", "/S", *_in_place(home)])
    left = sorted(path.name for path in home.iterdir()) if home.exists() else []
    if answer.returncode != 0 or left not in ([], ["uninstall.exe"]):
        raise BuildError(f"uninstalling ended with {answer.returncode} and left {left}")
    shutil.rmtree(home, ignore_errors=True)
    if _content(data) != before or not before:
        raise BuildError("uninstalling changed the user's data")


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
