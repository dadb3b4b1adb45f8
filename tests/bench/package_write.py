"""Write and sign a package of 500 MB, against copying its files with `cp -r` and `sync`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from cchc_desktop.package.writer import write_package
from tests.bench import package_500
from tests.bench.package_500 import NOW


def prepare(folder: Path, times: float = 1) -> None:
    package_500.prepare(folder, times)


def measure(folder: Path) -> float:
    head, parts, signer = package_500.package(folder)
    begin = time.perf_counter()
    with (folder / "written.asice").open("wb") as file:
        write_package(file, head, parts, signer, NOW)
        file.flush()
        os.fsync(file.fileno())
    took = time.perf_counter() - begin
    (folder / "written.asice").unlink()
    return took


def reference(folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(["cp", "-r", folder / "evidence", folder / "copy"], check=True)
    subprocess.run(["sync", "-f", folder / "copy"], check=True)
    took = time.perf_counter() - begin
    shutil.rmtree(folder / "copy")
    return took
