"""What of Python, Qt and the libraries stays out of the Windows program: every dropped file has a reason.

Three kinds of rules: names (tests, sources, tools), what the program's own imports reach, and what the
libraries that stay ask of others in their import tables. Plugins are named, because nothing imports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from resources.installer import pe_imports

_OLD = "nothing that is packed imports it"
_LIBRARY_PARTS = {
    "test": "Python's own tests",
    "idlelib": "an editor",
    "tkinter": "another kind of window (tkinter)",
    "turtle.pyc": "another kind of window (tkinter)",
    "turtledemo": "another kind of window (tkinter)",
    "lib2to3": "changes old source code",
    "ensurepip": "installs pip",
    "venv": "makes environments for developers",
    "distutils": "builds libraries",
    "_distutils_system_mod.pyc": "builds libraries",
    "pydoc_data": "help for developers",
    "curses": "terminals of Unix",
    "pty.pyc": "terminals of Unix",
    "crypt.pyc": "passwords of Unix",
    "msilib": "writes Windows' own installers",
    "unittest": "tests",
    "doctest.pyc": "tests",
    "pdb.pyc": "a tool for developers",
    "profile.pyc": "a tool for developers",
    "cProfile.pyc": "a tool for developers",
    "pstats.pyc": "a tool for developers",
    "trace.pyc": "a tool for developers",
    "tabnanny.pyc": "a tool for developers",
    "pyclbr.pyc": "a tool for developers",
    "pickletools.pyc": "a tool for developers",
    "modulefinder.pyc": "a tool for developers",
    "compileall.pyc": "a tool for developers",
    "pydoc.pyc": "help for developers",
    "zipapp.pyc": "a tool for developers",
    "timeit.pyc": "a tool for developers",
    "wsgiref": "a server",
    "xmlrpc": "a service that the program does not speak to",
    "imaplib.pyc": "a service that the program does not speak to",
    "nntplib.pyc": "a service that the program does not speak to",
    "poplib.pyc": "a service that the program does not speak to",
    "telnetlib.pyc": "a service that the program does not speak to",
    "smtpd.pyc": "a server",
    "mailbox.pyc": "mail of Unix",
    "cgi.pyc": "a server",
    "cgitb.pyc": "a server",
    "aifc.pyc": "sounds",
    "sunau.pyc": "sounds",
    "wave.pyc": "sounds",
    "chunk.pyc": "sounds",
    "sndhdr.pyc": "sounds",
    "lib-dynload": "extension modules of Linux",
    "sitecustomize.pyc": "a setting of Debian's",
    "antigravity.pyc": "a joke",
    "this.pyc": "a joke",
    "__hello__.pyc": "a test of Python's start",
    "__phello__": "a test of Python's start",
    "_aix_support.pyc": "for AIX",
    "_osx_support.pyc": "for macOS",
    "multiprocessing": "programs of several processes, which neither the program nor a library is",
    "_pydecimal.pyc": "the same as _decimal.pyd, for a Python without it",
    "_pyio.pyc": "the same as the interpreter's own files, for a Python without them",
    "_bootsubprocess.pyc": "builds Python itself",
    "asynchat.pyc": _OLD,
    "asyncore.pyc": _OLD,
    "dbm": _OLD,
    "fileinput.pyc": _OLD,
    "imghdr.pyc": _OLD,
    "mailcap.pyc": _OLD,
    "optparse.pyc": _OLD,
    "pipes.pyc": _OLD,
    "sched.pyc": _OLD,
    "shelve.pyc": _OLD,
    "smtplib.pyc": "a service that the program does not speak to",
    "uu.pyc": _OLD,
    "xdrlib.pyc": _OLD,
    "bdb.pyc": "a tool for developers",
    "cmd.pyc": "a console to type in",
    "code.pyc": "a console to type in",
    "filecmp.pyc": "a tool for developers",
    "symtable.pyc": "a tool for developers",
}


def standard_library_reason(module: str) -> str:
    """Why a module of the standard library (such as `json/decoder.pyc`) stays out; empty when it stays."""
    first = PurePosixPath(module).parts[0]
    if first.startswith("_sysconfigdata"):
        return "how Debian's Python was built"
    return _LIBRARY_PARTS.get(first, "")


def left_out_modules() -> frozenset[str]:
    """The top names of the standard library that are not packed; nothing that is packed may need them."""
    return frozenset(name.removesuffix(".pyc") for name in _LIBRARY_PARTS)


_ENDINGS = {
    ".pyi": "type hints for developers",
    ".pyx": "source of an extension module",
    ".pxd": "source of an extension module",
    ".pxi": "source of an extension module",
    ".c": "source of an extension module",
    ".h": "source of an extension module",
    ".hpp": "source of an extension module",
    ".rs": "source of an extension module",
    ".lib": "for compilers",
    ".cmake": "for compilers",
    ".prl": "for compilers",
    ".typed": "type hints for developers",
    ".js": "for programs in a browser",
    ".cfg": "source of an extension module",
    ".exe": "a tool for developers",
    ".rng": "schemas that no module reads",
    ".xsl": "schemas that no module reads",
    ".sch": "schemas that no module reads",
}
_FOLDERS = {
    "tests": "tests of the library",
    "test": "tests of the library",
    "testing": "tests of the library",
    "include": "for compilers",
    "includes": "for compilers",
    "__pycache__": "made anew",
}
QT_FOLDERS = {
    "qml": "another kind of window (QML)",
    "metatypes": "for compilers",
    "typesystems": "for compilers",
    "glue": "for compilers",
    "scripts": "tools for developers",
    "support": "",
    "translations": "Qt's own texts, none of them Vietnamese",
    "resources": "for QtWebEngine and for tools",
}
QT_PLUGINS = ("platforms/qwindows.dll", "platforms/qoffscreen.dll")
"""The window, and pictures without a screen: Qt opens them by name. PNG is part of Qt's own library."""
DIST_INFO = ("METADATA", "entry_points.txt", "WHEEL")
"""What stays of `*.dist-info`: versions and keyring's list of vaults."""


_FASTER = "makes aiohttp faster, by which nothing is sent; tusclient only imports it, and it works without"
_NAMED = {
    "PySide6/QtNetwork.pyd": "named by PySide6's own start alone; the program's network is Python's",
    "PIL/_imagingcms.cp311-win_amd64.pyd": "colour profiles, which no document uses",
    "reportlab/fonts": "fonts that no document uses",
    "reportlab/lib/hyphen.mashed": "hyphens of English words",
    "docx/templates/default-docx-template": "what default.docx beside it was made from",
    "pyhanko/sign/validation/qualified/lotl-certs": "the European Union's trust lists",
    "cffi": "oscrypto and win32ctypes speak to Windows by Python's own ctypes without it, and start sooner",
    "pycparser": "reads C for cffi, which is not packed",
    "aiohttp/_http_parser.cp311-win_amd64.pyd": _FASTER,
    "aiohttp/_http_writer.cp311-win_amd64.pyd": _FASTER,
    "aiohttp/_websocket/mask.cp311-win_amd64.pyd": _FASTER,
    "aiohttp/_websocket/reader_c.cp311-win_amd64.pyd": _FASTER,
    "frozenlist/_frozenlist.cp311-win_amd64.pyd": _FASTER,
    "multidict/_multidict.cp311-win_amd64.pyd": _FASTER,
    "propcache/_helpers_c.cp311-win_amd64.pyd": _FASTER,
    "yarl/_quoting_c.cp311-win_amd64.pyd": _FASTER,
}


def left_out_names() -> frozenset[str]:
    """Paths in wheels, or folders of them, that stay out by their own names."""
    return frozenset(_NAMED)


BY_MODULE = ("PIL/", "lxml/", "oscrypto/", "cffi/", "dateutil/", "openpyxl/", "reportlab/graphics/")
"""Whose single modules stay out when nothing imports them; other libraries import some by computed names."""
_WORDS = frozenset({"README", "TODO", "README.md", "README.txt", "CHANGES.txt"})


def file_reason(name: str) -> str:
    """Why a file of a wheel stays out by its name alone; empty when it stays in."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".dist-info"):
        if is_licence(path):
            return "its text lies in the folder of licences"
        return "" if path.name in DIST_INFO else "for pip"
    if path.parts[0].endswith(".data"):
        return "commands and settings of the library that the program does not use"
    if reason := _qt_reason(path) or _named_reason(name):
        return reason
    for folder in path.parts[:-1]:
        if folder in _FOLDERS:
            return _FOLDERS[folder]
    if path.name in _WORDS:
        return "words for developers"
    return _ENDINGS.get(path.suffix.lower(), "")


def _named_reason(name: str) -> str:
    for folder, reason in _NAMED.items():
        if name == folder or name.startswith(f"{folder}/"):
            return reason
    return ""


def is_licence(path: PurePosixPath) -> bool:
    words = (*path.parts[1:-1], path.name.lower())
    return "licenses" in words or path.name.lower().startswith(("licen", "copying", "notice", "authors"))


def _qt_reason(path: PurePosixPath) -> str:
    if path.parts[0] != "PySide6" or len(path.parts) < 3:
        return ""
    if path.parts[1] == "plugins":
        kept = "/".join(path.parts[2:]) in QT_PLUGINS
        return "" if kept else "a plugin of Qt for something else"
    return QT_FOLDERS.get(path.parts[1], "")


def unreached(libraries: Mapping[str, pe_imports.PeFile], roots: frozenset[str]) -> dict[str, str]:
    """Reasons for the Windows libraries (path → what it imports) that no root (a path) asks for.

    Import tables name files without a folder: a name stands for every file that bears it.
    """
    needs: dict[str, frozenset[str]] = {}
    for path, library in libraries.items():
        name = PurePosixPath(path).name.lower()
        needs[name] = needs.get(name, frozenset()) | library.needs
    kept = pe_imports.closure((PurePosixPath(root).name for root in roots), needs)
    return {
        path: "no module that is imported, and no library that stays, asks for it"
        for path in sorted(libraries)
        if PurePosixPath(path).name.lower() not in kept
    }
