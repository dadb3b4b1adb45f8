"""A Windows to try the result in: Debian's wine in a folder of its own, and three libraries that it lacks.

The shims (`windows/wine/`) lie in wine's folder alone and are never packed. Wine is not Windows: SmartScreen,
Defender, typing by an IME, screen readers and changes of scaling have to be tried on a real PC.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resources.installer import BuildError
from resources.installer.zig import Zig

PACKAGES = ("wine64", "xvfb", "xauth")
SHIMS = Path(__file__).with_name("windows") / "wine"
_PLACES = ("/usr/lib/wine/wine64", "/usr/lib/x86_64-linux-gnu/wine/wine64")
_MINUTE = 60.0


def program() -> str:
    """Debian's wine64. Raises BuildError with the line that installs it."""
    found = shutil.which("wine64") or next((place for place in _PLACES if Path(place).is_file()), None)
    if not found:
        line = f"sudo apt-get install --yes --no-install-recommends {' '.join(PACKAGES)}"
        raise BuildError(f"wine64 is missing, which runs the Windows program. Please run:\n    {line}")
    return found


@dataclass(frozen=True)
class Wine:
    """`prefix` is the folder that stands for a Windows PC."""

    prefix: Path

    @property
    def command(self) -> tuple[str, ...]:
        """What a Windows program's call begins with; to be run with `environment`."""
        return (program(),)

    @property
    def environment(self) -> Mapping[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CCHC_", "PYTHON", "QT_"))
        }
        return {
            **kept,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "LC_ALL": "C.UTF-8",  # file names with Vietnamese letters
            # Wine keeps names that begin with QT_ to itself, and hands those on that begin with WINEQT_.
            "WINEQT_QPA_PLATFORM": "offscreen",
            # No entries in the menus of this machine, no offers to fetch other software, our shims first.
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscoree=d;mshtml=d;mscms,bcryptprimitives,icuuc=n",
        }

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def local_data(self) -> Path:
        """%LOCALAPPDATA% of the one user."""
        found = sorted(self.drive.glob("users/*/AppData/Local"))
        if not found:
            raise BuildError(f"wine made no user in {self.prefix}")
        return next((path for path in found if path.parts[-3] != "Public"), found[0])

    def run(
        self,
        words: Sequence[str | Path],
        *,
        timeout: float = 5 * _MINUTE,
        folder: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a Windows program to its end, with `more` in its environment; output comes through pipes."""
        try:
            return subprocess.run(
                [*self.command, *(str(word) for word in words)],
                cwd=folder or self.drive,
                env={**self.environment, **(more or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"under wine, {words[0]} did not end within {timeout:.0f} s") from error

    def close(self) -> None:
        """End what still runs in this folder, and wait for wine to write its settings."""
        server = Path(program()).with_name("wineserver")
        if not server.is_file():
            server = Path(program()).with_name("wineserver64")
        subprocess.run([server, "-k"], env=dict(self.environment), capture_output=True, check=False)
        subprocess.run(
            [server, "-w"], env=dict(self.environment), capture_output=True, check=False, timeout=_MINUTE
        )


def windows_path(path: Path) -> str:
    """A path of this machine as wine's programs name it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def make(prefix: Path, zig: Zig) -> Wine:
    """A fresh Windows 10 in `prefix`, with the shims."""
    shutil.rmtree(prefix, ignore_errors=True)
    prefix.mkdir(parents=True)
    wine = Wine(prefix)
    for words in (["wineboot", "-i"], ["winecfg", "-v", "win10"]):
        answer = wine.run(words, folder=prefix)
        if answer.returncode != 0:
            raise BuildError(f"wine's {words[0]} failed: {answer.stderr.decode(errors='replace').strip()}")
    for source in sorted(SHIMS.glob("*.c")):
        zig.library(source, wine.drive / "windows/system32" / f"{source.stem}.dll", "-ladvapi32")
    return wine
