"""What stays out of the Windows program, by name, by imports, and by import tables; each with a reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from resources.installer import ROOT, imports, pe_imports, program_files
from resources.installer.windows_pruning import (
    file_reason,
    left_out_modules,
    left_out_names,
    standard_library_reason,
    unreached,
)
from tests.installer.pe_maker import make_dll


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "docx/templates/default.docx",
        "certifi/cacert.pem",
        "tzdata/zoneinfo/Asia/Ho_Chi_Minh",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "keyring-25.7.0.dist-info/METADATA",
        "reportlab/pdfbase/_fontdata_enc_winansi.py",
        "_cffi_backend.cp311-win_amd64.pyd",
        "multidict/_multidict_py.py",
        "charset_normalizer/md.cp311-win_amd64.pyd",
    ],
)
def test_what_is_used_stays(name: str) -> None:
    assert file_reason(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/qml/QtQuick/Controls/Button.qml",
        "PySide6/translations/qtbase_de.qm",
        "PySide6/designer.exe",
        "PySide6/QtCore.pyi",
        "PySide6/QtNetwork.pyd",
        "lxml/includes/etree_defs.h",
        "cryptography-50.0.2.dist-info/RECORD",
        "cryptography-50.0.2.dist-info/licenses/LICENSE",
        "reportlab/fonts/Vera.ttf",
        "docx/templates/default-docx-template/word/styles.xml",
        "tests/test_one.py",
        "oscrypto-1.3.0.data/scripts/tool",
        "cffi/api.py",
        "pycparser/c_parser.py",
        "multidict/_multidict.cp311-win_amd64.pyd",
    ],
)
def test_what_is_not_used_goes_with_a_reason(name: str) -> None:
    assert len(file_reason(name)) > 5


def test_the_standard_library_keeps_what_programs_use() -> None:
    for module in ("json/decoder.pyc", "asyncio/base_events.pyc", "encodings/cp1258.pyc", "test_support.pyc"):
        assert standard_library_reason(module) == ""
    for module in ("test/test_json.pyc", "idlelib/run.pyc", "_sysconfigdata__linux.pyc", "unittest/mock.pyc"):
        assert standard_library_reason(module)
    assert {"test", "tkinter", "turtle"} <= left_out_modules()


_WITHOUT = """
import importlib, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in TOPS or name in MODULES:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Missing())
for name in NEEDED:
    above, _, last = name.rpartition(".")
    if not (above and hasattr(importlib.import_module(above), last)):
        importlib.import_module(name)
"""


def test_the_program_and_its_libraries_do_without_what_stays_out() -> None:
    """They are imported by a Python that lacks just that, as the packed one does."""
    modules = {imports.module_name(Path(name)) for name in left_out_names() if name.endswith(".pyd")}
    tops = {*left_out_modules(), *(name for name in left_out_names() if "/" not in name)}
    assert {"multidict._multidict", "aiohttp._http_parser"} <= modules
    assert {"cffi", "optparse"} <= tops
    needed = set(program_files.module_names())
    for source in program_files.sources():
        content = (ROOT / source).read_bytes()
        name = imports.module_name(Path(source))
        needed.update(imports.imported(content, name, is_package=source.name == "__init__.py"))
    needed -= {"msvcrt", "winreg", "pywintypes"}  # of Windows alone
    assert {"tusclient.client", "pyhanko.pdf_utils.incremental_writer", "keyring", "openpyxl"} <= needed
    words = [f"TOPS, MODULES, NEEDED = {tops!r}, {modules!r}, {sorted(needed)!r}", _WITHOUT]
    answer = subprocess.run(
        [sys.executable, "-c", "\n".join(words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_libraries_that_nothing_asks_for_go() -> None:
    files = {
        "lib/PySide6/QtGui.pyd": make_dll(["Qt6Gui.dll", "python3.dll"]),
        "lib/PySide6/Qt6Gui.dll": make_dll(["Qt6Core.dll"], delayed=["d3d12.dll"]),
        "lib/PySide6/Qt6Core.dll": make_dll(["VCRUNTIME140.dll"]),
        "lib/PySide6/Qt6Quick.dll": make_dll(["Qt6Gui.dll"]),
        "lib/PySide6/opengl32sw.dll": make_dll(),
        "vcruntime140.dll": make_dll(["kernel32.dll"]),
        "concrt140.dll": make_dll(["kernel32.dll"]),
    }
    read = {name: pe_imports.parse(data, name) for name, data in files.items()}
    gone = unreached(read, frozenset({"lib/PySide6/QtGui.pyd"}))
    assert sorted(gone) == ["concrt140.dll", "lib/PySide6/Qt6Quick.dll", "lib/PySide6/opengl32sw.dll"]
    assert all(gone.values())


def test_imports_are_followed_into_functions_branches_and_relatives(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/start.py": "def run():\n    if False:\n        from lib.deep import thing\n",
        "lib/__init__.py": "",
        "lib/deep/__init__.py": "from . import near\nfrom ..far import x as y\n",
        "lib/deep/near.py": "import tkinter, json\n",
        "lib/far.py": "import native.fast\n",
        "lib/unused.py": "import other\n",
        "native/__init__.py": "",
        "native/fast.cp311-win_amd64.pyd": "",
        "other.py": "",
        "by_name_one.py": "",
        "by_name_two.py": "",
    }
    for name, source in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    library = imports.Library([tmp_path])
    reached = library.reached(["app.start", "by_name_*"])
    assert reached == {
        *("app", "app.start", "lib", "lib.deep", "lib.deep.near", "lib.far"),
        *("native", "native.fast", "by_name_one", "by_name_two"),
    }
    assert library.outside(reached) == {"tkinter": ["lib.deep.near"], "json": ["lib.deep.near"]}
