"""The frozen program tried out as a user would: every step ends well and says nothing but what it should.

The same steps for every target; a `Way` says how the program is started and how it names the files that this
machine sees.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resources.installer import BuildError

LONGEST = 600.0
"""Seconds for one step, on a slow machine under wine."""
LEAST_PICTURES = 12
"""Pictures of pages that a demo draws, light and dark."""
SMALLEST_WINDOW = (700, 700)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Way:
    """How a program is started: `command` before its own words.

    `folder` is an empty scratch folder on this machine, `seen_as` how the program names a file in it. `said`
    takes what is not the program's own out of an output (wine speaks too).
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    seen_as: Callable[[Path], str] = str
    said: Callable[[str], str] = str


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str
    seconds: float


def environment(way: Way) -> dict[str, str]:
    """What a user's program would see of this one: nothing that steers Python, Qt, or the program itself."""
    mine = ("PYTHON", "CCHC_", "QT_", "LC_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(mine)}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "CCHC_FAULTS": "1", **way.environment}


def run(way: Way, words: Sequence[str], cwd: Path | None = None) -> Answer:
    """Start the program with these words and wait for its end."""
    begin = time.monotonic()
    try:
        answer = subprocess.run(
            [*way.command, *words],
            cwd=cwd or way.folder,
            env=environment(way),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuildError(f"{way.name}: `cchc {' '.join(words)}` did not end in {LONGEST:.0f} s") from None
    out, err = (
        way.said(part.decode("utf-8", "replace").replace("\r\n", "\n"))
        for part in (answer.stdout, answer.stderr)
    )
    return Answer(answer.returncode, out, err, time.monotonic() - begin)


def expect(way: Way, words: Sequence[str], out: str | None = None, code: int = 0) -> Answer:
    """As `run`; BuildError unless it ends with `code` and says `out` (None: anything), without an error."""
    answer = run(way, words)
    if answer.code == code and not answer.err and (out is None or answer.out == out):
        return answer
    lines = [
        f"{way.name}: `cchc {' '.join(words)}` ended with {answer.code} (expected {code}) and said:",
        *(f"    out: {line}" for line in answer.out.splitlines()[:40]),
        *(f"    err: {line}" for line in answer.err.splitlines()[:40]),
    ]
    raise BuildError("\n".join(lines))


def smoke(way: Way, version: str) -> dict[str, float]:
    """All steps; how long each took, in seconds. BuildError at the first that isn't as it should be."""
    seconds = {}
    seconds["version"] = expect(way, ["--version"], f"cchc {version}\n").seconds
    expect(way, ["--token-process"], "")
    demo = way.folder / "kết quả mẫu"
    answer = expect(way, ["demo", "--out", way.seen_as(demo), "--json"])
    seconds["demo"] = answer.seconds
    package, trust = check_demo(way, demo, answer.out)
    seconds["verify"] = check_verified(way, package, trust)
    data, picture = way.folder / "hồ sơ", way.folder / "cửa sổ.png"
    words = ["--data", way.seen_as(data), "--sample", "commune", "--picture", way.seen_as(picture)]
    seconds["window with a new sample"] = expect(way, words, "").seconds
    words = ["--data", way.seen_as(data), "--picture", way.seen_as(picture)]
    seconds["window"] = expect(way, words, "").seconds
    check_picture(way, picture)
    expect(way, ["check", "--data", way.seen_as(data)])
    return {name: round(value, 2) for name, value in seconds.items()}


def check_demo(way: Way, folder: Path, out: str) -> tuple[Path, Path]:
    """What the demo says it wrote is there. Gives its package and certificate, as this machine sees them."""
    told = json_object(way, "demo", out)
    written = {path.name for path in folder.rglob("*") if path.is_file()}
    named = [told["package"], told["trust"], *told["documents"], *told["pictures"]]
    names = [name.replace("\\", "/").rpartition("/")[2] for name in named]
    missing = sorted(set(names) - written)
    if missing or len(told["documents"]) < 4 or len(told["pictures"]) < LEAST_PICTURES:
        raise BuildError(f"{way.name}: the demo wrote {len(written)} files; missing: {missing}, told: {told}")
    for picture in sorted(folder.rglob("*.png")):
        check_picture(way, picture)
    return folder / names[0], folder / names[1]


def check_verified(way: Way, package: Path, trust: Path) -> float:
    """The program's own verdict on the package, and on one whose bytes were changed. Seconds of the first."""
    words = ["verify", way.seen_as(package), "--trust", way.seen_as(trust), "--json"]
    answer = expect(way, words)
    if (status := json_object(way, "verify", answer.out)["status"]) != "valid":
        raise BuildError(f"{way.name}: the demo's package is {status}")
    changed = package.with_name("đã sửa.asice")
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    words = ["verify", way.seen_as(changed), "--trust", way.seen_as(trust), "--json"]
    refused = run(way, words)
    if refused.code == 0 or refused.err or json_object(way, "verify", refused.out)["status"] == "valid":
        raise BuildError(f"{way.name}: a package with a changed byte was not refused: {refused}")
    return answer.seconds


def check_key(way: Way, data: Path, to: Path) -> None:
    """The key of the unit in `data` is made, lies in the system's vault, and the next start finds it."""
    expect(way, ["key", "request", "--to", way.seen_as(to), "--data", way.seen_as(data)])
    answer = expect(way, ["key", "show", "--json", "--data", way.seen_as(data)])
    state = json_object(way, "key show", answer.out)["state"]
    if state != "ready":
        raise BuildError(f"{way.name}: the key in the system's vault is {state} at the next start")


def json_object(way: Way, command: str, out: str) -> dict[str, Any]:
    try:
        found = json.loads(out)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BuildError(
            f"{way.name}: `cchc {command} --json` said more or less than one JSON object: {out[:2000]}"
        )
    return found


def check_picture(way: Way, path: Path) -> None:
    """A PNG of a window with something in it: a page with words packs into more than 15 KB."""
    content = path.read_bytes() if path.is_file() else b""
    width, height = struct.unpack(">II", content[16:24]) if content.startswith(_PNG) else (0, 0)
    if width < SMALLEST_WINDOW[0] or height < SMALLEST_WINDOW[1] or len(content) < 15_000:
        size = f"{width} × {height}, {len(content)} bytes"
        raise BuildError(f"{way.name}: {path.name} is no picture of a window ({size})")


def keep_picture(way: Way, to: Path) -> Path:
    """Copy the window's picture beside the results, for a person to look at."""
    shutil.copyfile(way.folder / "cửa sổ.png", to)
    return to
