"""This very program, compiled and laid out as a build does it, with a launcher that reads `current`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from resources.installer import ROOT, listing, program_files

_LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/versions/$(cat "$here/current")" exec "{python}" -P -m cchc_desktop "$@"
"""


def change(old: Path, root: Path, version: str, more: str) -> Path:
    """A later version of the program in `old`, with `more` in one of its modules. Its folder below `root`."""
    folder = root / "versions" / version
    shutil.copytree(old, folder)
    module = "cchc_desktop/domain/scorer.py"
    _compile(folder, module, (ROOT / module).read_text("utf-8") + more)
    _name(folder, version)
    return folder


def _name(folder: Path, version: str) -> None:
    said = (ROOT / "cchc_desktop/__init__.py").read_text("utf-8")
    line = next(line for line in said.splitlines() if line.startswith("__version__"))
    _compile(folder, "cchc_desktop/__init__.py", said.replace(line, f'__version__ = "{version}"'))
    listing.write(listing.of_folder(folder, version, "linux"), folder)


def _compile(folder: Path, module: str, source: str) -> None:
    compiled = program_files.compiled(source.encode("utf-8"), module)
    (folder / module).with_suffix(".pyc").write_bytes(compiled)


def install(root: Path, version: str, publisher: bytes) -> Path:
    """The program's folder with one version, pointer and launcher; it takes updates of that publisher."""
    folder = root / "versions" / version
    folder.mkdir(parents=True)
    program_files.write(folder)
    (folder / "resources/trusted/publishers/publisher.pem").write_bytes(publisher)
    _name(folder, version)
    (root / "current").write_text(f"{version}\n", "ascii")
    launcher = root / "cchc-desktop"
    launcher.write_text(_LAUNCHER.format(python=sys.executable), "utf-8")
    launcher.chmod(0o755)
    return root


def call(root: Path, *words: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Start the installed program by its launcher."""
    chosen = {} if data is None else {"CCHC_DATA_DIR": str(data)}
    return subprocess.run(
        [str(root / "cchc-desktop"), *words],
        cwd=root.parent,
        env={**os.environ, **chosen},
        capture_output=True,
        text=True,
        check=False,
    )
