"""How much more memory a process holds for having written a package of 500 MB, in MB."""

from __future__ import annotations

from pathlib import Path

from tests.bench import package_500


def prepare(folder: Path) -> None:
    package_500.prepare(folder)


def measure(folder: Path) -> float:
    small = folder / "small"
    (small / "evidence").mkdir(parents=True, exist_ok=True)
    (small / "evidence" / "0000.pdf").write_bytes(bytes(package_500.SIZE))
    package_500.write(small, "small.asice")  # libraries and keys are there; only the files are more
    package_500.package(folder)
    before = package_500.most_memory()
    package_500.write(folder, "written.asice")
    (folder / "written.asice").unlink()
    return package_500.most_memory() - before
