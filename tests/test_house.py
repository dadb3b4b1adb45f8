"""The house's contracts: imports run one way, and each library stays in its one room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ROOMS = {
    "PySide6": ("ui",),
    "sqlite3": ("cchc_desktop/store",),
    "sqlite_utils": ("cchc_desktop/store",),
    "zipfile": ("cchc_desktop/package", "cchc_desktop/intake"),
    "keyring": ("cchc_desktop/trust",),
    "openpyxl": ("cchc_desktop/intake", "cchc_desktop/documents", "cchc_desktop/formpack/workbook_writer"),
    "docx": ("cchc_desktop/intake", "cchc_desktop/documents"),
    "reportlab": ("cchc_desktop/documents",),
    "PIL": ("cchc_desktop/documents", "cchc_desktop/intake"),
    "cryptography": ("cchc_desktop/trust",),
    "asn1crypto": ("cchc_desktop/trust",),
    "pyhanko": ("cchc_desktop/trust",),
    "pkcs11": ("cchc_desktop/trust",),
    "tusclient": ("cchc_desktop/delivery",),
    "requests": ("cchc_desktop/delivery",),
}


def imported_libraries(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


@pytest.mark.parametrize("library", ROOMS)
def test_library_stays_in_its_room(library: str) -> None:
    strays = [
        str(source.relative_to(ROOT))
        for folder in ("cchc_desktop", "ui")
        for source in sorted((ROOT / folder).rglob("*.py"))
        if library in imported_libraries(source)
        and not source.relative_to(ROOT).as_posix().startswith(ROOMS[library])
    ]
    assert strays == []


def test_services_stay_short() -> None:
    long = {
        source.name: lines
        for source in (ROOT / "cchc_desktop/services").glob("*.py")
        if (lines := len(source.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_only_the_entry_imports_the_window() -> None:
    strays = [
        str(source.relative_to(ROOT))
        for source in sorted((ROOT / "cchc_desktop").rglob("*.py"))
        if "ui" in imported_libraries(source) and source.name != "__main__.py"
    ]
    assert strays == []


def test_what_packs_the_program_uses_the_standard_library() -> None:
    """PyInstaller and the like are called, not imported; `packaging` reads the markers of the lock."""
    strays = {
        f"{source.relative_to(ROOT)}: {library}"
        for source in [*sorted((ROOT / "resources").rglob("*.py")), *ROOT.glob("build_installer.py")]
        for library in imported_libraries(source)
        if library not in sys.stdlib_module_names | {"resources", "cchc_desktop", "dev", "packaging"}
    }
    assert strays == set()
