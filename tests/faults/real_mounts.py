"""Makes mounts of several kinds, as far as this machine can, and says what the program makes of each.

    unshare --mount … python -m tests.faults.real_mounts all FOLDER

Prints {name: [the kernel's word, the kind that the program sees, [code, sentence] of making a profile]}.
A kind that this kernel or its rights do not give is left out; tmpfs there is everywhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.store.drive import drive_kind
from tests.faults.moments import told
from tests.faults.mounted import mount
from tests.store.conftest import new_profile


def tmpfs(place: Path) -> None:
    mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place))


def bound(place: Path) -> None:
    """A folder of this disk under another name."""
    other = place.with_name("chỗ khác có dấu cách")
    other.mkdir()
    mount("--bind", str(other), str(place))


def overlay(place: Path) -> None:
    """As containers and live systems have."""
    parts = [place.with_name(f"{name}") for name in ("lower", "upper", "work")]
    for part in parts:
        part.mkdir()
    lower, upper, work = parts
    options = f"lowerdir={lower},upperdir={upper},workdir={work}"
    mount("-t", "overlay", "-o", options, "overlay", str(place))


def second_disk(place: Path) -> None:
    """ext4 on a loop device: a disk of its own that can't be pulled out."""
    image = place.with_name("đĩa.img")
    with image.open("wb") as file:
        file.truncate(16 << 20)
    subprocess.run(["mkfs.ext4", "-q", image], check=True, capture_output=True)
    mount("-o", "loop", str(image), str(place))


def sshfs(place: Path) -> None:
    """FUSE as sshfs mounts it, served by a thread here: an empty folder of somebody else's computer."""
    file = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={file},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}".encode()
    call = ctypes.CDLL(None, use_errno=True).mount
    if call(b"a@may-chu:/chung", bytes(place), b"fuse.sshfs", 0, options) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    threading.Thread(target=_serve, args=(file,), daemon=True).start()


_LOOKUP, _FORGET, _GETATTR, _INIT, _BATCH_FORGET = 1, 2, 3, 26, 42


def _serve(file: int) -> None:
    """As https://www.kernel.org/doc/html/latest/filesystems/fuse.html and linux/fuse.h have it."""
    attributes = struct.pack("<6Q", 1, 0, 0, 0, 0, 0)
    attributes += struct.pack("<10I", 0, 0, 0, stat.S_IFDIR | 0o755, 2, os.getuid(), os.getgid(), 0, 4096, 0)
    answers = {
        _INIT: struct.pack("<4I2HII2H8I", 7, 31, 4096, 0, 1, 1, 4096, 1, 1, 0, *[0] * 8),
        _GETATTR: struct.pack("<QII", 1, 0, 0) + attributes,
    }
    while True:
        try:
            request = os.read(file, 1 << 17)
        except OSError:
            return
        _size, what, unique = struct.unpack("<IIQ", request[:16])
        if what in (_FORGET, _BATCH_FORGET):
            continue
        content = answers.get(what, b"")
        error = 0 if content else -(errno.ENOENT if what == _LOOKUP else errno.ENOSYS)
        with contextlib.suppress(OSError):
            os.write(file, struct.pack("<IiQ", 16 + len(content), error, unique) + content)


KINDS: dict[str, Callable[[Path], None]] = {
    kind.__name__: kind for kind in (tmpfs, bound, overlay, second_disk, sshfs)
}


def main(folder: Path) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for name, make in KINDS.items():
        place = folder / name / "gắn"
        place.mkdir(parents=True)
        try:
            make(place)
        except (OSError, subprocess.CalledProcessError):
            continue
        lines = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
        (line,) = [line for line in lines if line.split(" ")[4] == str(place)]
        kind = drive_kind(place / "hồ sơ")
        said = told(lambda place=place: new_profile(place / "hồ sơ")[0].close())  # type: ignore[misc]
        found[name] = [line.partition(" - ")[2].split(" ")[0], kind.value, said]
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[2]))))
    sys.stdout.flush()
    os._exit(0)  # the served mount goes with its name space
