"""What an installed program is made of: each part with its version, licence, texts and digest.

The licences' folder (`licences.py`) and the bill of materials (`sbom.py`) are both written out of these.
"""

from __future__ import annotations

import email.parser
import email.policy
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import ROOT, BuildError, program_version

TEXTS = Path(__file__).with_name("licences")
_LICENCE_FILE = re.compile(
    r"(.*[-_.])?(licen[cs]es?|copying|notice|authors|copyright)([-_.].*)?", re.IGNORECASE
)

# What distributions say in words of their own, by the identifiers of SPDX.
_SPDX = {
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: Public Domain": "LicenseRef-public-domain",
    "License :: OSI Approved :: GNU General Public License v2 (GPLv2)": (
        "GPL-2.0-or-later WITH Bootloader-exception"
    ),
}
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")

# Libraries of Debian that come along on Linux; what their copyright files say of the library itself.
_DEBIAN_LICENCES = {
    "libssl3": "Apache-2.0",
    "libsqlite3-0": "blessing",
    "libffi8": "MIT",
    "libbz2-1.0": "bzip2-1.0.6",
    "liblzma5": "0BSD",
    "libuuid1": "BSD-3-Clause",
    "libzstd1": "BSD-3-Clause",
    "libexpat1": "MIT",
    "libmpdec3": "BSD-2-Clause",
    "libcrypt1": "LGPL-2.1-or-later",
    "zlib1g": "Zlib",
}


@dataclass(frozen=True)
class Part:
    """`licence` is an SPDX expression, `texts` are file name → text, `sha256` the digests of its package.

    `purl` names the part for tools (https://github.com/package-url/purl-spec).
    """

    name: str
    version: str
    licence: str
    purl: str
    texts: Mapping[str, bytes]
    sha256: tuple[str, ...] = ()
    kind: str = "library"

    def __post_init__(self) -> None:
        if not self.texts:
            raise BuildError(f"{self.name} {self.version} comes without the text of its licence")


def of_dist_info(folder: Path, sha256: tuple[str, ...] = ()) -> Part:
    """A Python library by its `*.dist-info`; `sha256` of the wheel. PySide6's texts are ours: it has none."""
    fields = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(
        (folder / "METADATA").read_bytes(), headersonly=True
    )
    name, version = str(fields["Name"]), str(fields["Version"])
    texts = {
        path.relative_to(folder).as_posix().removeprefix("licenses/"): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _is_text(path, folder)
    }
    if name.lower() in ("pyside6_essentials", "shiboken6"):
        texts |= {name: (TEXTS / name).read_bytes() for name in ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")}
    normal = re.sub(r"[-_.]+", "-", name).lower()
    licence = spdx(
        fields.get("License-Expression"), fields.get("License"), fields.get_all("Classifier") or (), name
    )
    return Part(name, version, licence, f"pkg:pypi/{normal}@{version}", texts, sha256)


def _is_text(path: Path, folder: Path) -> bool:
    return (path.parent != folder and "licenses" in path.parts) or bool(_LICENCE_FILE.fullmatch(path.name))


def spdx(expression: object, licence: object, classifiers: object, name: str) -> str:
    """The licence as SPDX writes it, from a distribution's metadata. BuildError when that is unclear."""
    said = [str(expression or ""), str(licence or "").strip()]
    said += [str(one) for one in (classifiers if isinstance(classifiers, list) else [])]
    for words in said:
        if words in _SPDX:
            return _SPDX[words]
        if _EXPRESSION.fullmatch(words):
            return words
    raise BuildError(
        f"{name} says of its licence only {[words for words in said if words]}: add it to parts.py"
    )


def of_python(version: str, text: bytes, sha256: tuple[str, ...] = ()) -> Part:
    return Part(
        *("CPython", version, "PSF-2.0", f"pkg:generic/cpython@{version}", {"LICENSE.txt": text}),
        sha256=sha256,
        kind="platform",
    )


def of_debian_file(path: Path) -> Part:
    """The installed Debian package that a library file belongs to."""
    package = _debian_package(path)
    if package not in _DEBIAN_LICENCES:
        raise BuildError(f"{path.name} comes from {package}, whose licence parts.py doesn't know")
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=True
    )
    text = Path("/usr/share/doc", package, "copyright").read_bytes()
    purl = f"pkg:deb/debian/{package}@{answer.stdout.replace('+', '%2B')}?arch=amd64"
    return Part(package, answer.stdout, _DEBIAN_LICENCES[package], purl, {"copyright": text})


def _debian_package(path: Path) -> str:
    real = path.resolve()
    for name in (str(path), str(real), str(real).removeprefix("/usr"), str(path).removeprefix("/usr")):
        answer = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return answer.stdout.partition(":")[0]
    raise BuildError(f"{path} is packed, and no Debian package or library is known that it belongs to")


def of_checkout(root: Path = ROOT) -> Iterator[Part]:
    """The program itself and what others made that lies in the checkout: fonts and icons."""
    version = program_version(root)
    text = (root / "LICENSE").read_bytes()
    purl = f"pkg:generic/cchc-desktop@{version}"
    yield Part("cchc-desktop", version, "MIT", purl, {"LICENSE.txt": text}, kind="application")
    for name, release, licence, file in (
        ("Liberation Serif", "2.1.5", "OFL-1.1", "fonts/LICENSE-LiberationSerif.txt"),
        ("Noto Sans", "2.006", "OFL-1.1", "fonts/LICENSE-NotoSans.txt"),
        ("Lucide", "1.62.0", "ISC", "icons/LICENSE-lucide.txt"),
    ):
        purl = f"pkg:generic/{name.lower().replace(' ', '-')}@{release}"
        path = root / "resources" / file
        yield Part(name, release, licence, purl, {path.name: path.read_bytes()}, kind="data")
