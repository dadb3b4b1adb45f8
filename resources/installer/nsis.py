"""setup.exe: the list of files for `windows/setup.nsi`, in one order whatever the disk says, and makensis.

Silent with `/S`; exit codes then: 0 done, 2 the program runs, 3 a newer version is installed, 4 not writable.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from resources.installer import SOURCE_DATE_EPOCH, BuildError

SCRIPT = Path(__file__).with_name("windows") / "setup.nsi"
RUNNING, NEWER, UNWRITABLE = 2, 3, 4
"""Exit codes of a silent run, as setup.nsi has them."""
_UNSAFE = frozenset('"$`\\\n\r')


def quoted(words: str) -> str:
    """A text in NSIS's quotes. Raises BuildError for one that would mean something else there."""
    if _UNSAFE & set(words):
        raise BuildError(f"NSIS would read this name as something else: {words!r}")
    return f'"{words}"'


def file_lines(source: Path, names: Iterable[str], to: str) -> list[str]:
    """Lay down these files (paths below `source`) below `to`, a folder in NSIS's words.

    Those of one kind lie side by side, which packs better, and else in order of name.
    """
    lines: list[str] = []
    folder = None
    for name in sorted(names, key=lambda name: (name.rpartition(".")[2], *name.rpartition("/")[::2])):
        above = name.rpartition("/")[0]
        if above != folder:
            inside = "".join(f"\\{part}" for part in above.split("/") if part)
            quoted(above)
            lines.append(f'SetOutPath "{to}{inside}"')
            folder = above
        lines.append(f"File {quoted(str(source / name))}")
    return lines


def definitions(
    *, version: str, out: Path, source: Path, licence: Path, files: Path, bytes_installed: int
) -> str:
    """What stands in front of the script. Windows shows the size in units of 1024 bytes."""
    values = {
        "VERSION": version,
        "OUT": str(out),
        "SOURCE": str(source),
        "LICENCE": str(licence),
        "FILES": str(files),
        "PARTS": str(SCRIPT.parent),
    }
    lines = [f"!define {name} {quoted(value)}" for name, value in values.items()]
    return "\n".join([*lines, f"!define SIZE {-(-bytes_installed // 1024)}", ""])


def build(program: Path, version: str, licence_words: str, work: Path, out: Path) -> Path:
    """Pack `program` (launchers, `current`, versions/<version>) as `out`."""
    folder = program / "versions" / version
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    sizes = sum(path.stat().st_size for path in program.rglob("*") if path.is_file())
    files, licence, head = work / "files.nsh", work / "licence.txt", work / "head.nsi"
    lines = file_lines(folder, names, f"$INSTDIR\\versions\\{version}.part")
    files.write_text("\n".join([*lines, ""]), encoding="utf-8")
    licence.write_bytes(b"\xff\xfe" + licence_words.replace("\n", "\r\n").encode("utf-16-le"))
    words = definitions(
        version=version, out=out, source=program, licence=licence, files=files, bytes_installed=sizes
    )
    head.write_text(words, encoding="utf-8")
    for path in (*program.rglob("*"), program):
        os.utime(path, (SOURCE_DATE_EPOCH, SOURCE_DATE_EPOCH))
    command = ["makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", str(head), str(SCRIPT)]
    answer = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(SOURCE_DATE_EPOCH)},
    )
    if answer.returncode != 0:
        raise BuildError(f"makensis failed:\n{(answer.stdout + answer.stderr).strip()}")
    return out
