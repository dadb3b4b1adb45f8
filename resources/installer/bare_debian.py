"""A bare Debian 12 in a folder, in which the .deb is installed by apt: its Depends have to be enough.

Everything in it runs in a mount namespace of its own, so that its /proc, /sys and /dev are gone with the last
program and nothing stays mounted. It needs root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from resources.installer import BuildError, tools
from resources.installer.smoke import Way

SUITE = "bookworm"
USER = "canbo"
SCRATCH = Path("home") / USER / "thử"
"""In the bare Debian; the user's."""
_SOURCES = (Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d"))
_ONE_LINE = re.compile(r"^deb\s+(\[[^\]]*\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s", re.MULTILINE)
_INSIDE = """
set -e
folder=$1; shift
mount --bind "$folder" "$folder"
for part in proc sys dev; do mount --rbind /$part "$folder/$part"; done
exec chroot "$@"
"""


def mirrors(texts: list[str]) -> dict[str, str]:
    """Suite → address, out of apt's lists in both of their forms."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _ONE_LINE.finditer(text):
            found.setdefault(match["suite"], match["uri"])
        for block in re.split(r"\n\s*\n", text):
            fields = dict(re.findall(r"^(\w[\w-]*):\s*(.+)$", block, re.MULTILINE))
            if "deb" in fields.get("Types", "").split():
                for suite in fields.get("Suites", "").split():
                    found.setdefault(suite, fields["URIs"].split()[0])
    return found


def machine_mirrors() -> dict[str, str]:
    files = [_SOURCES[0], *sorted(_SOURCES[1].glob("*"))]
    return mirrors(
        [path.read_text("utf-8") for path in files if path.suffix in (".list", ".sources") and path.is_file()]
    )


def make(folder: Path) -> None:
    """Put a bare Debian into `folder`, which is empty."""
    tools.need("debootstrap", "unshare", "mount", "chroot")
    if os.geteuid() != 0:
        raise BuildError("the bare Debian needs root: run with sudo, or with --no-smoke for a try without it")
    known = machine_mirrors()
    if SUITE not in known:
        raise BuildError(f"apt's lists on this machine name no mirror for {SUITE}; build on Debian 12")
    answer = subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, folder, known[SUITE]],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": tools.search_path()},
    )
    if answer.returncode != 0:
        raise BuildError(f"debootstrap failed:\n{answer.stdout[-2000:]}{answer.stderr[-2000:]}")
    lines = [f"deb {uri} {suite} main\n" for suite, uri in known.items() if suite.startswith(SUITE)]
    (folder / "etc/apt/sources.list").write_text("".join(lines), "utf-8")
    for name in ("resolv.conf", "hosts"):
        if Path("/etc", name).is_file():
            shutil.copyfile(f"/etc/{name}", folder / "etc" / name)
    _take_over_proxy(folder)
    inside(folder, "useradd", "--create-home", USER)
    inside(folder, "apt-get", "--quiet=2", "update")


def _take_over_proxy(folder: Path) -> None:
    answer = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    lines = [
        line for line in answer.stdout.splitlines() if re.match(r"Acquire::https?::(Proxy|CAInfo)", line)
    ]
    (folder / "etc/apt/apt.conf.d/90machine").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def prefix(folder: Path, *, user: bool = False) -> tuple[str, ...]:
    """What to put before a command so that it runs in the bare Debian, as root or as its user."""
    who = (f"--userspec={USER}",) if user else ()
    return (
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        _INSIDE,
        "sh",
        str(folder),
        *who,
        str(folder),
    )


def inside(folder: Path, *command: str) -> str:
    """Run a command as root in the bare Debian; what it said. BuildError when it fails."""
    answer = subprocess.run(
        [*prefix(folder), *command],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "LC_ALL": "C.UTF-8",
        },
    )
    if answer.returncode != 0:
        raise BuildError(
            f"in the bare Debian `{' '.join(command)}` failed:\n{answer.stdout}{answer.stderr}".rstrip()
        )
    return answer.stdout


def install(folder: Path, package: Path) -> None:
    """Install a .deb by apt, with what it depends on and nothing recommended."""
    target = folder / "opt" / package.name
    shutil.copyfile(package, target)
    inside(
        folder, "apt-get", "--quiet=2", "install", "--yes", "--no-install-recommends", f"/opt/{package.name}"
    )
    target.unlink()


def way(folder: Path, name: str, *command: str) -> Way:
    """The installed program as the bare Debian's user starts it, in an empty scratch folder."""
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    inside(folder, "chown", USER, f"/{SCRATCH}")
    return Way(
        name,
        (*prefix(folder, user=True), *command),
        scratch,
        {"HOME": f"/home/{USER}", "USER": USER, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"},
        lambda path: "/" + path.relative_to(folder).as_posix(),
    )


def installed_version(folder: Path) -> str:
    return inside(folder, "dpkg-query", "-W", "-f", "${Version}", "cchc-desktop")


def remove(folder: Path, name: str) -> None:
    """Remove the package: nothing of it stays, everything of the user's does."""
    kept = sorted((folder / "home" / USER).rglob("*"))
    inside(folder, "apt-get", "--quiet=2", "purge", "--yes", name)
    left = [
        path
        for path in (folder / "opt/cchc-desktop", folder / "usr/bin/cchc")
        if path.is_symlink() or path.exists()
    ]
    if left:
        raise BuildError(f"after its removal the .deb left {', '.join(map(str, left))}")
    if sorted((folder / "home" / USER).rglob("*")) != kept:
        raise BuildError("removing the .deb touched the user's files")
