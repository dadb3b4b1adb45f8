"""A small stand-in for a frozen program's folder, and parts for it."""

from __future__ import annotations

from pathlib import Path

from resources.installer.parts import Part


def version_folder(folder: Path) -> Path:
    """A version as freezing leaves it: the program, a library, a module, data."""
    (folder / "cchc_desktop").mkdir(parents=True)
    (folder / "forms").mkdir()
    (folder / "cchc").write_bytes(Path("/bin/true").read_bytes())
    (folder / "libssl.so.3").write_bytes(b"\x7fELF and the rest")
    (folder / "cchc_desktop/paths.pyc").write_bytes(b"abc")
    (folder / "forms/xã.json").write_text("{}")
    (folder / "cchc").chmod(0o700)
    (folder / "forms/xã.json").chmod(0o666)
    return folder


def some_parts() -> list[Part]:
    return [
        Part(
            *("cchc-desktop", "0.2.0", "MIT", "pkg:generic/cchc-desktop@0.2.0", {"LICENSE.txt": b"MIT\n"}),
            kind="application",
        ),
        Part(
            *("shiboken6", "6.12.0", "LGPL-3.0-only OR GPL-2.0-only", "pkg:pypi/shiboken6@6.12.0"),
            {"LGPL-3.0.txt": b"LGPL\n", "qt.txt": b"Qt\n"},
            ("11" * 32,),
        ),
        Part("attrs", "26.1.0", "MIT", "pkg:pypi/attrs@26.1.0", {"LICENSE": b"MIT too\n"}, ("22" * 32,)),
        Part(
            "Noto Sans", "2.006", "OFL-1.1", "pkg:generic/noto-sans@2.006", {"OFL.txt": b"OFL\n"}, kind="data"
        ),
    ]
