"""What of the frozen program stays out on Linux, and why; which libraries the system brings.

Qt's libraries stay whole files of their own that anyone may replace, as the LGPL asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class LeftOut:
    """`pattern` is a path below the version's folder; `*` stands for anything, `/` included."""

    pattern: str
    reason: str


_NO_SCREEN = "draws on a screen without X11, which no desktop of an office has"
_XWAYLAND = "on Wayland the window comes through Xwayland, on the platform plugin that is tried out"
_NO_NETWORK_CODE = "the window fetches nothing by itself; uploads go through Python's own ssl"

LEFT_OUT = (
    LeftOut("PySide6/Qt/translations/*", "the window speaks by resources/translations/qtbase_vi.qm"),
    LeftOut("PySide6/Qt/plugins/platforms/libq[!ox]*", _NO_SCREEN),
    LeftOut("PySide6/Qt/plugins/egldeviceintegrations/*", _NO_SCREEN),
    LeftOut("PySide6/Qt/plugins/generic/*", _NO_SCREEN),
    LeftOut("PySide6/Qt/plugins/wayland-*", _XWAYLAND),
    LeftOut(
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so", "would load GTK for colours that the program sets"
    ),
    LeftOut("PySide6/Qt/plugins/tls/*", _NO_NETWORK_CODE),
    LeftOut("PySide6/Qt/plugins/networkinformation/*", _NO_NETWORK_CODE),
    LeftOut("PySide6/Qt/plugins/imageformats/libq[!jgs]*", "no evidence or icon is of this kind"),
    LeftOut("PySide6/QtNetwork.abi3.so", _NO_NETWORK_CODE),
    LeftOut("PySide6/QtDBus.abi3.so", "nothing imports it"),
    LeftOut("PySide6/*.pyi", "for editors"),
    LeftOut("PIL/_avif.*", "no evidence is of this kind"),
    LeftOut("PIL/_imagingtk.*", "there is no Tk"),
    LeftOut("lxml/objectify.*", "nothing imports it"),
    LeftOut("python3.11/lib-dynload/readline.*", "there is no console to type Python in"),
    LeftOut("python3.11/lib-dynload/_codecs_*", "no text of the program's is Chinese, Japanese or Korean"),
    LeftOut(
        "python3.11/lib-dynload/_multibytecodec.*", "no text of the program's is Chinese, Japanese or Korean"
    ),
    LeftOut("*.dist-info/RECORD", "lists files of the build machine"),
    LeftOut("*.dist-info/INSTALLER", "says who installed it on the build machine"),
    LeftOut("*.dist-info/REQUESTED", "says who installed it on the build machine"),
    LeftOut("*.dist-info/direct_url.json", "says where it came from on the build machine"),
)

NEVER_IMPORTED = (
    *("tkinter", "curses", "readline", "idlelib", "lib2to3", "ensurepip", "pydoc", "pydoc_data", "doctest"),
    *("unittest", "test", "pdb", "bdb", "distutils", "_sysconfigdata__linux_x86_64-linux-gnu"),
    *("setuptools", "pip", "pytest", "hypothesis", "mypy", "PyInstaller", "pikepdf", "dev", "tests"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtOpenGL", "PySide6.QtTest", "PySide6.QtPrintSupport"),
    *("lxml.objectify", "lxml.html", "lxml.isoschematron", "PIL.ImageTk", "PIL._tkinter_finder", "PIL._avif"),
    *("pyhanko.cli", "pyhanko.config.local_keys", "reportlab.graphics.testshapes", "pycparser"),
)
"""Modules that other libraries name for cases that don't come up here; the smoke test holds it to that."""

SYSTEM_LIBRARIES = {
    **dict.fromkeys(
        (
            *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"),
            *("ld-linux-x86-64.so.2", "libresolv.so.2", "libmvec.so.1"),
        ),
        "libc6",
    ),
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    **dict.fromkeys(
        ("libglib-2.0.so.0", "libgthread-2.0.so.0", "libgio-2.0.so.0", "libgobject-2.0.so.0"), "libglib2.0-0"
    ),
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""The loader's name of a library that the system brings → Debian package, by the names of Debian 12.

These talk to the screen, the fonts, the session or the kernel, so they have to be the machine's own.
Debian 13 and Ubuntu 24.04 provide the names that have changed since.
"""


def reason_to_leave_out(path: str) -> str | None:
    """Why this file of the frozen program stays out; None when no rule names it."""
    return next((rule.reason for rule in LEFT_OUT if fnmatchcase(path, rule.pattern)), None)
