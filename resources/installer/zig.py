"""The compiler for the few lines of C: Zig's, out of its pinned wheel. The same bytes from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from resources.installer import SOURCE_DATE_EPOCH, BuildError, inputs, pins

_TARGET = "x86_64-windows-gnu"
_C = (
    *("cc", "-target", _TARGET, "-std=c11", "-Os", "-s", "-Wall", "-Wextra", "-Werror"),
    *("-nostdlib", "-ffreestanding", "-fno-stack-protector", "-mno-stack-arg-probe", "-Wl,--entry=entry"),
    *("-lkernel32", "-luser32", "-lshell32"),
)
"""Without a C library: Zig would have to compile it first, which takes minutes."""


class Zig:
    """`folder` holds the compiler and its cache."""

    def __init__(self, folder: Path, fetched: Path) -> None:
        self._folder = folder
        self._program = folder / "ziglang/zig"
        if not self._program.is_file():
            inputs.unpack_zip(inputs.wheel(pins.pin("ziglang"), fetched), folder)
            self._program.chmod(0o755)

    @property
    def _c(self) -> tuple[str, ...]:
        return (*_C, "-isystem", str(self._folder / "ziglang/lib/libc/include/any-windows-any"))

    def program(self, source: Path, to: Path, *, windowed: bool, resources: bytes) -> None:
        """An .exe out of one C file and compiled resources (`windows_resources`)."""
        compiled = self._folder / f"{to.stem}.res"
        compiled.write_bytes(resources)
        kind = ["-Wl,--subsystem,windows", "-DWINDOWED"] if windowed else ["-Wl,--subsystem,console"]
        self._call([*self._c, *kind, source.name, str(compiled)], source.parent, to)

    def library(self, source: Path, to: Path, *options: str) -> None:
        """A .dll out of one C file."""
        self._call([*self._c, "-shared", *options, source.name], source.parent, to)

    def forwarder(self, definition: str, to: Path) -> None:
        """A .dll without code, only names that point into another."""
        work = self._folder / "forwarder"
        work.mkdir(exist_ok=True)
        (work / "empty.c").write_text("typedef int nothing;\n")
        (work / "names.def").write_text(definition)
        self._call(
            [
                "cc",
                "-target",
                _TARGET,
                "-shared",
                "-s",
                "-nostdlib",
                "-Wl,--no-entry",
                "empty.c",
                "names.def",
            ],
            work,
            to,
        )

    def _call(self, words: Sequence[str], folder: Path, to: Path) -> None:
        made = self._folder / to.name
        self._run([*words, "-o", str(made)], folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, to)

    def _run(self, words: Sequence[str], folder: Path) -> None:
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": str(SOURCE_DATE_EPOCH),
            "ZIG_GLOBAL_CACHE_DIR": str(self._folder / "cache"),
            "ZIG_LOCAL_CACHE_DIR": str(self._folder / "cache"),
        }
        answer = subprocess.run(
            [self._program, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if answer.returncode != 0:
            raise BuildError(f"zig {' '.join(words)} failed:\n{answer.stderr.strip()}")
