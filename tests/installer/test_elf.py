"""What libraries ask for, as objdump says it and as ldd confirms."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from resources.installer import BuildError, elf

# Two files as `objdump -p` prints them, shortened.
SAID = """
/a/libssl.so.3:     file format elf64-x86-64

Program Header:
    LOAD off    0x0000000000000000 vaddr 0x0000000000000000 paddr 0x0000000000000000 align 2**12

Dynamic Section:
  NEEDED               libcrypto.so.3
  NEEDED               libc.so.6
  SONAME               libssl.so.3

Version References:
  required from libcrypto.so.3:
    0x06b6c9b0 0x00 03 OPENSSL_3.0.0
  required from libc.so.6:
    0x09691a75 0x00 05 GLIBC_2.2.5
    0x069691b4 0x00 04 GLIBC_2.34
    0x06969184 0x00 06 GLIBC_2.4

/a/xã/plain.so:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libm.so.6
"""


def test_needs_are_read_file_by_file() -> None:
    assert elf.parsed(SAID) == {
        Path("/a/libssl.so.3"): elf.Needs(frozenset({"libcrypto.so.3", "libc.so.6"}), (2, 34)),
        Path("/a/xã/plain.so"): elf.Needs(frozenset({"libm.so.6"}), ()),
    }


def test_a_real_program_agrees_with_the_loader() -> None:
    """Everything that objdump finds asked for directly, ldd finds too."""
    program = Path("/bin/tar").resolve()
    (found,) = elf.needs([program]).values()
    said = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    assert "libc.so.6" in found.libraries
    assert all(name in said for name in found.libraries)
    assert (2, 2) < found.glibc < (3,)


def test_only_programs_and_libraries_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no")
    (tmp_path / "empty").touch()
    (tmp_path / "python").write_bytes(Path(sys.executable).resolve().read_bytes())
    (tmp_path / "link").symlink_to("python")
    assert list(elf.files(tmp_path)) == [tmp_path / "python"]
    assert elf.needs([]) == {}


def test_what_is_no_library_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken.so").write_bytes(elf.MAGIC + b"\0\0")
    with pytest.raises(BuildError, match="objdump could not read"):
        elf.needs([tmp_path / "broken.so"])
