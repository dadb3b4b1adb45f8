"""One run of `build_installer.py`: what was asked for, progress, and the report beside the results."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from resources.installer import SOURCE_DATE_EPOCH
from resources.installer.pins import digest

REPORT = "build.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Product:
    """A finished file. `facts` are figures about it, such as `installed_bytes` and what was tried."""

    target: str
    path: Path
    sha256: str
    facts: Mapping[str, object]


@dataclass
class Build:
    """`python_embed`: None when Python comes out of the wheel. `previous`: packages to upgrade from."""

    out: Path
    version: str
    python_embed: Path | None = None
    previous: tuple[Path, ...] = ()
    smoke: bool = True
    all_gui_tests: bool = False
    products: list[Product] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    @property
    def work(self) -> Path:
        """A scratch folder beside the results; what lies in it may be deleted at any time."""
        folder = self.out / ".work"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def fresh(self, name: str) -> Path:
        """An empty scratch folder of this name."""
        folder = self.work / name
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        return folder

    def say(self, words: str) -> None:
        """One line of progress with the seconds since the beginning."""
        self.times[words] = round(time.monotonic() - self._began, 1)
        sys.stdout.write(f"[{time.monotonic() - self._began:6.1f} s] {words}\n")
        sys.stdout.flush()

    def add(self, target: str, path: Path, **facts: object) -> Product:
        """Take a finished file into the report."""
        product = Product(target, path, digest(path), facts)
        self.products.append(product)
        return product

    def write(self, name: str, words: str) -> None:
        """A text beside the results: the same bytes on every system."""
        (self.out / name).write_text(words, encoding="utf-8", newline="\n")

    def write_report(self) -> None:
        """`build.json` (names, sizes, hashes, facts; the same bytes for the same build) and SHA256SUMS."""
        entries = [
            {
                "target": product.target,
                "file": product.path.name,
                "bytes": product.path.stat().st_size,
                "sha256": product.sha256,
                **product.facts,
            }
            for product in sorted(self.products, key=lambda product: product.path.name)
        ]
        whole = {"version": self.version, "source_date_epoch": SOURCE_DATE_EPOCH, "products": entries}
        self.write(REPORT, json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        self.write(SUMS, "".join(f"{entry['sha256']}  {entry['file']}\n" for entry in entries))
