"""Verify a package of 500 MB, against `openssl dgst -sha256` over the same file."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import load_trusted
from tests.bench import package_500
from tests.bench.package_500 import NOW


def prepare(folder: Path, times: float = 1) -> None:
    package_500.prepare(folder, times)
    (folder / "trust.pem").write_bytes(package_500.write(folder, "good.asice").certificates[0].pem)


def measure(folder: Path) -> float:
    trusted = load_trusted([folder / "trust.pem"])
    begin = time.perf_counter()
    found = verify_package(folder / "good.asice", trusted, NOW)
    took = time.perf_counter() - begin
    files = sum(1 for _ in (folder / "evidence").iterdir())
    assert (found.outcome, len(found.files)) == (Outcome.VALID, files + 1)
    return took


def reference(folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(
        ["openssl", "dgst", "-sha256", folder / "good.asice"], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - begin
