"""Where makers of tokens put their PKCS#11 libraries, so that most users need not look for a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cchc_desktop.domain.signer_choice import TokenLibrary


def _versions(name: str, newest: int, oldest: int) -> tuple[str, ...]:
    return tuple(name.format(version) for version in range(newest, oldest - 1, -1))


_LINUX = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/local/lib", "/usr/lib/pkcs11", "/opt")
# Name of the maker or product → file names; the folders are tried in order, the first file found counts.
PLACES: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "win32": (
        ("VNPT-CA", ("{system}",), (*_versions("vnptca_p11_v{}.dll", 10, 6), "vnpt-ca_csp11.dll")),
        ("Viettel-CA", ("{system}",), _versions("viettel-ca_v{}.dll", 6, 4)),
        ("FPT-CA", ("{system}",), _versions("fptca_v{}.dll", 6, 3)),
        ("NewTel-CA", ("{system}",), _versions("nca_v{}.dll", 9, 4)),
        ("BkavCA", ("{system}",), ("BkavCA.dll",)),
        ("ePass2003", ("{system}",), ("eps2003csp11v2.dll", "eps2003csp11.dll")),
        ("SafeNet eToken", ("{system}",), ("eTPKCS11.dll",)),
        ("OpenSC", ("{system}", "{programs}/OpenSC Project/OpenSC/pkcs11"), ("opensc-pkcs11.dll",)),
    ),
    "linux": (
        ("ePass2003", _LINUX, ("libcastle.so.1.0.0", "libcastle_v2.so.1.0.0", "libcastle.so")),
        ("SafeNet eToken", _LINUX, ("libeToken.so", "libIDPrimePKCS11.so")),
        ("OpenSC", _LINUX, ("opensc-pkcs11.so",)),
        ("SoftHSM", ("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm"), ("libsofthsm2.so",)),
    ),
    "darwin": (
        ("Viettel-CA", ("/usr/local/lib",), _versions("viettel-ca_v{}.dylib", 6, 4)),
        ("SafeNet eToken", ("/usr/local/lib",), ("libeToken.dylib", "libIDPrimePKCS11.dylib")),
        ("OpenSC", ("/Library/OpenSC/lib", "/usr/local/lib"), ("opensc-pkcs11.so",)),
        (
            "SoftHSM",
            ("/opt/homebrew/lib/softhsm", "/usr/local/lib/softhsm"),
            ("libsofthsm2.so",),
        ),
    ),
}


def libraries(system: str = sys.platform) -> tuple[TokenLibrary, ...]:
    """The libraries that are installed here, each maker once, in the order of the list."""
    found: list[TokenLibrary] = []
    for name, folders, files in PLACES.get(system, ()):
        places = (Path(_filled(folder)) / file for folder in folders for file in files)
        for place in places:
            if place.is_file() and str(place) not in {one.path for one in found}:
                found.append(TokenLibrary(name, str(place)))
                break
    return tuple(found)


def _filled(folder: str) -> str:
    root = os.environ.get("SYSTEMROOT", r"C:\Windows")
    programs = os.environ.get("PROGRAMFILES", r"C:\Program Files")
    return folder.replace("{system}", str(Path(root) / "System32")).replace("{programs}", programs)
