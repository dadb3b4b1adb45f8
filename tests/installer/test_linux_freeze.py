"""Pruning and what the system has to bring, on small folders: the freezing itself is part of a build."""

from __future__ import annotations

import ast
import shutil
import sys
from pathlib import Path

import pytest

from resources.installer import ROOT, BuildError, elf, linux_freeze, linux_parts

DEV_LIBRARIES = {"libglib2.0-0", "libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1"}


def needs(*libraries: str, glibc: tuple[int, ...] = (2, 17)) -> elf.Needs:
    return elf.Needs(frozenset(libraries), glibc)


def test_the_system_brings_what_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "libssl.so.3").touch()
    found = {
        tmp_path / "a.so": needs("libssl.so.3", "libc.so.6", "libEGL.so.1"),
        tmp_path / "b.so": needs("libm.so.6", "libxcb.so.1"),
    }
    assert linux_freeze._system_packages(tmp_path, found) == ("libc6", "libegl1", "libxcb1")


def test_a_library_that_nobody_brings_stops_the_build(tmp_path: Path) -> None:
    found = {tmp_path / "PySide6/x.so": needs("libmystery.so.9", "libc.so.6")}
    with pytest.raises(BuildError, match=r"libmystery\.so\.9 \(asked for by PySide6/x\.so\)"):
        linux_freeze._system_packages(tmp_path, found)


def test_everything_that_dev_py_installs_to_run_is_known() -> None:
    """What the checkout needs from Debian, the frozen program may need too."""
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "RUN_LIBRARIES"
    )
    wanted = set(ast.literal_eval(value)) - {"python3-venv"}
    assert wanted >= DEV_LIBRARIES
    assert wanted <= set(linux_parts.SYSTEM_LIBRARIES.values())


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platforms/libqminimal.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so", True),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("resources/translations/qtbase_vi.qm", True),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
    ],
)
def test_what_stays_out(path: str, stays: bool) -> None:
    assert (linux_parts.reason_to_leave_out(path) is None) is stays


def test_libraries_that_nothing_asks_for_go_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """plugin → libA → libB: when the plugin is left out, A goes, and then B. Modules and Python's stay."""
    asks = {
        "PySide6/Qt/plugins/generic/libqevdev.so": needs("libA.so.1"),
        "libA.so.1": needs("libB.so.2"),
        "libB.so.2": needs("libc.so.6"),
        "libC.so.3": needs(),
        "module.cpython-311.so": needs("libC.so.3"),
        "libpython3.11.so.1.0": needs("libc.so.6"),
        "libX11.so.6": needs("libc.so.6"),
    }
    for name in asks:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"12345")
    monkeypatch.setattr(
        elf, "files", lambda folder: (folder / name for name in asks if (folder / name).is_file())
    )
    monkeypatch.setattr(
        elf, "needs", lambda paths: {path: asks[path.relative_to(tmp_path).as_posix()] for path in paths}
    )
    dropped = linux_freeze._prune(tmp_path)
    assert [one.name for one in dropped] == [
        *("PySide6/Qt/plugins/generic/libqevdev.so", "libX11.so.6", "libA.so.1", "libB.so.2")
    ]
    assert all(one.size == 5 and one.reason for one in dropped)
    assert dropped[1].reason == "the system's own, from libx11-6"
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        *("libC.so.3", "libpython3.11.so.1.0", "module.cpython-311.so")
    ]


def test_byte_code_is_made_from_its_source_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "frozen"
    (folder / "pkg").mkdir(parents=True)
    (folder / "pkg/a.pyc").write_bytes(b"PyInstaller's")
    source = tmp_path / "elsewhere/a.py"
    source.parent.mkdir()
    source.write_text("x = 1\n")
    linux_freeze._compile(folder, {"pkg/a.pyc": source})
    content = (folder / "pkg/a.pyc").read_bytes()
    assert b"pkg/a.py" in content
    assert str(tmp_path).encode() not in content
    (folder / "pkg/b.pyc").write_bytes(b"of nobody")
    with pytest.raises(BuildError, match=r"pkg/b\.pyc was packed and nobody knows"):
        linux_freeze._compile(folder, {"pkg/a.pyc": source})


def test_origins_name_modules_by_where_their_byte_code_lies() -> None:
    collected = {
        "modules": {"a.b": "/s/a/b.py", "a": "/s/a/__init__.py", "c": "/s/c.py"},
        "binaries": {"libssl.so.3": "/lib/libssl.so.3"},
        "datas": {"certifi/cacert.pem": "/s/certifi/cacert.pem", "a/b.pyc": "/s/localpycs/a/b.pyc"},
    }
    assert linux_freeze._origins(collected) == {
        "a/b.pyc": Path("/s/a/b.py"),
        "a/__init__.pyc": Path("/s/a/__init__.py"),
        "c.pyc": Path("/s/c.py"),
        "libssl.so.3": Path("/lib/libssl.so.3"),
        "certifi/cacert.pem": Path("/s/certifi/cacert.pem"),
    }


def test_pythons_record_of_its_build_keeps_only_where_time_zones_lie(tmp_path: Path) -> None:
    linux_freeze._write_build_settings(tmp_path)
    (written,) = tmp_path.iterdir()
    assert written.name.startswith("_sysconfigdata_")
    content = written.read_bytes()
    assert b"TZPATH" in content
    assert sys.base_prefix.encode() not in content


def test_nothing_that_is_never_imported_is_imported_by_the_program() -> None:
    names = set()
    for folder in ("cchc_desktop", "ui"):
        for source in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert names & set(linux_parts.NEVER_IMPORTED) == set()


def test_a_missing_tool_is_named_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda program, path=None: None)
    with pytest.raises(BuildError, match=r"objdump(.|\n)*apt-get install .*binutils"):
        linux_freeze.freeze(tmp_path)
    assert list(tmp_path.iterdir()) == []
