"""The programs that a build calls, and the one line that installs those which are missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from resources.installer import BuildError


@dataclass(frozen=True)
class Tool:
    """`program` is what is called, `package` the Debian package that brings it, `use` what for."""

    program: str
    package: str
    use: str


TOOLS = (
    Tool("objdump", "binutils", "reads what a library needs"),
    Tool("objcopy", "binutils", "joins the program's start with its list of parts"),
    Tool("strip", "binutils", "takes away what only debuggers read"),
    Tool("ldd", "libc-bin", "finds the libraries of a program"),
    Tool("dpkg-deb", "dpkg", "writes and reads the .deb"),
    Tool("xz", "xz-utils", "packs the .tar.xz"),
    Tool("tar", "tar", "packs the .tar.xz"),
    Tool("debootstrap", "debootstrap", "makes the bare Debian that the .deb is tried in"),
    Tool("mount", "mount", "gives the bare Debian its /proc, /sys and /dev"),
    Tool("unshare", "util-linux", "keeps what is mounted for the bare Debian to itself"),
    Tool("chroot", "coreutils", "runs the program in the bare Debian"),
    Tool("dbus-run-session", "dbus-daemon", "makes a desktop's session"),
    Tool("gnome-keyring-daemon", "gnome-keyring", "keeps keys in that session"),
    Tool("makensis", "nsis", "writes setup.exe"),
    Tool("wine", "wine wine64", "runs the Windows program"),
    Tool("Xvfb", "xvfb", "shows the window without a screen"),
    Tool("xdotool", "xdotool", "types into the window"),
    Tool("xvfb-run", "xvfb", "gives wine a screen"),
)
_BY_PROGRAM = {tool.program: tool for tool in TOOLS}


def need(*programs: str) -> None:
    """Raise one BuildError for all of these programs that are not there."""
    missing = [_BY_PROGRAM[program] for program in programs if not shutil.which(program, path=search_path())]
    if missing:
        raise BuildError(missing_words(missing))


def missing_words(missing: Iterable[Tool]) -> str:
    """What is missing, what each is for, and the line that installs all of them."""
    tools = list(missing)
    packages = sorted({package for tool in tools for package in tool.package.split()})
    lines = [f"    {tool.program:<12} {tool.use}" for tool in tools]
    install = f"sudo apt-get install --yes --no-install-recommends {' '.join(packages)}"
    return "\n".join(["these programs are missing:", *lines, "Please run:", f"    {install}"])


def search_path() -> str:
    """Where programs lie, those for the administrator included: debootstrap is one of them."""
    import os

    return os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
