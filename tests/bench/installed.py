"""The installed program against the same code run from the checkout; each is asked for its window's picture.

Needs a build: `python3 build_installer.py --target linux`, or CCHC_ARCHIVE with another .tar.xz.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import NotHereError, started, two_years

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60.0


def prepare(folder: Path) -> None:
    """Unpack the archive, make the profile, and let each side start once: caches are warm for both."""
    chosen = os.environ.get("CCHC_ARCHIVE")
    archives = [Path(chosen)] if chosen else sorted((ROOT / "dist").glob("*-linux-x86_64.tar.xz"))
    if not archives or not Path("/proc/self/status").exists():
        raise NotHereError("a build for Linux: python3 build_installer.py --target linux")
    subprocess.run(["tar", "--extract", "--file", archives[-1], "--directory", folder], check=True)
    two_years.make(folder / "profile")
    for call in (frozen(folder), source()):
        painted(call, folder)


def frozen(folder: Path) -> list[str]:
    (program,) = folder.glob("cchc-desktop-*/cchc")
    return [str(program)]


def source() -> list[str]:
    return [sys.executable, "-m", "cchc_desktop"]


def painted(call: list[str], folder: Path) -> tuple[float, float]:
    """Seconds from the start until the window is painted, and the most memory (MB) until then."""
    picture = folder / "window.png"
    picture.unlink(missing_ok=True)
    words = ["--data", str(folder / "profile"), "--picture", str(picture)]
    begin = time.perf_counter()
    with subprocess.Popen(
        [*call, *words], cwd=ROOT, env=started.offscreen(), stderr=subprocess.PIPE
    ) as program:
        # Its file is there as soon as the window is painted; writing it comes after.
        while not picture.exists():
            if program.poll() is not None or time.perf_counter() - begin > LONGEST:
                program.kill()
                raise SystemExit(f"no window came up: {program.communicate()[1].decode()}")
            time.sleep(0.001)
        seconds = time.perf_counter() - begin
        status = Path(f"/proc/{program.pid}/status").read_text()
        said = program.communicate(timeout=LONGEST)[1]
    if program.returncode != 0 or said:
        raise SystemExit(f"the window ended with {program.returncode}: {said.decode()}")
    (memory,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return seconds, int(memory) / 1000
