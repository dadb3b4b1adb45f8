"""How much more memory a process holds for having verified a package of 500 MB, in MB."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import load_trusted
from tests.bench import package_500, package_verify
from tests.bench.package_500 import NOW


def prepare(folder: Path) -> None:
    package_verify.prepare(folder)
    small = folder / "small"
    (small / "evidence").mkdir(parents=True)
    (small / "evidence" / "0000.pdf").write_bytes(bytes(package_500.SIZE))
    (small / "trust.pem").write_bytes(package_500.write(small, "small.asice").certificates[0].pem)


def measure(folder: Path) -> float:
    small, large = folder / "small", folder / "good.asice"
    first = verify_package(small / "small.asice", load_trusted([small / "trust.pem"]), NOW)
    assert first.outcome is Outcome.VALID
    before = package_500.most_memory()
    found = verify_package(large, load_trusted([folder / "trust.pem"]), NOW)
    assert found.outcome is Outcome.VALID
    return package_500.most_memory() - before
