"""Takes an update again and again, each time in a forked child that a real SIGKILL ends one step later.

    kill_worker.py FOLDER PACK TRUST OUT

A step is whatever changes the program's folder or makes it durable: opening for writing, linking, making and
removing folders, renaming, fsync. OUT gets one JSON line for each child: the step that it died before (null
for the one that lived), what was being done, and which version `current` names in a program that is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.domain.progress import Progress
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from cchc_desktop.trust.trusted import load_trusted
from tests.program.releases import OLD

_WATCHED = frozenset(
    {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
)


def die_before(step: int, root: Path, tell: int) -> None:
    """From now on this process ends at that step, as if the power went."""
    seen, fsync = 0, os.fsync

    def at(name: str) -> None:
        nonlocal seen
        seen += 1
        if seen == step:
            os.write(tell, name.encode()[:200])
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, words: tuple[Any, ...]) -> None:
        if event not in _WATCHED or not words:
            return
        path = words[1] if event in ("os.rename", "os.link") else words[0]
        if not isinstance(path, str | bytes | os.PathLike) or not os.fsdecode(path).startswith(str(root)):
            return
        if event == "open" and not words[2] & (os.O_WRONLY | os.O_RDWR):
            return
        at(f"{event} {os.path.relpath(os.fsdecode(path), root)}")

    def durable(descriptor: int) -> None:
        at(f"fsync {os.path.relpath(Path(f'/proc/self/fd/{descriptor}').readlink(), root)}")
        fsync(descriptor)

    os.fsync = durable  # type: ignore[assignment]
    sys.addaudithook(hook)


def whole(root: Path) -> str:
    """The version that counts, when every file of it is as its list says and nothing else lies there."""
    version = (root / "current").read_text("ascii").strip()
    folder = root / "versions" / version
    listed = json.loads((folder / "files.json").read_bytes())
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "files.json"
    }
    assert listed["version"] == version
    assert found == {name: file["sha256"] for name, file in listed["files"].items()}, "half a program"
    return version


def main(folder: Path, pack: Path, trust: Path, out: Path) -> None:
    updates.publisher_files = lambda: (trust,)  # type: ignore[assignment]
    load_trusted((trust,))
    pristine, step = folder / "pristine", 0
    with out.open("w", encoding="utf-8") as lines:
        while True:
            step += 1
            root = folder / f"program {step}"
            shutil.copytree(pristine, root)
            place = Installation(root, root / "versions" / OLD)
            ear, mouth = os.pipe()
            child = os.fork()
            if child == 0:
                try:
                    die_before(step, root, mouth)
                    updates.apply(pack, Progress(), place)
                    os._exit(0)
                except BaseException as error:  # told to the test, which fails on it
                    os.write(mouth, repr(error).encode()[:200])
                    os._exit(1)
            os.close(mouth)
            status = os.waitpid(child, 0)[1]
            with os.fdopen(ear, "rb") as told:
                doing = told.read().decode()
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            line: dict[str, Any] = {
                "step": step if killed else None,
                "exit": os.waitstatus_to_exitcode(status),
                "doing": doing,
                "version": whole(root),
            }
            # The next start tidies up; taking the pack once more then ends in the new version.
            updates.switching.tidy(place)
            line["left"] = sorted(
                path.relative_to(root).as_posix() for path in root.rglob("*") if path.name.endswith(".part")
            )
            line["version_after_tidy"] = whole(root)
            if line["version"] == OLD:
                updates.apply(pack, Progress(), place)
            line["again"] = whole(root)
            line["back"] = updates.back(place)
            line["whole_after_back"] = whole(root)
            print(json.dumps(line, ensure_ascii=False), file=lines, flush=True)
            shutil.rmtree(root)
            if not killed:
                return


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))
