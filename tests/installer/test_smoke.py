"""The smoke test sees each thing that could be wrong, on a small program that behaves as the real one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from resources.installer import BuildError, bare_debian, smoke
from resources.installer.smoke import Way

PROGRAM = """
import json, pathlib, sys, zlib, struct, os
words = sys.argv[1:]
wrong = os.environ.get("WRONG", "")
def png(path, width=800, height=800):
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 100 if wrong == "empty picture" else 20000
    head = b"\\x89PNG\\r\\n\\x1a\\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)
    path.write_bytes(head + b"x" * size)
def option(name):
    return pathlib.Path(words[words.index(name) + 1])
if wrong == "warning":
    print("QObject: something odd", file=sys.stderr)
if words == ["--version"]:
    print("cchc 0.9.0" if wrong == "version" else "cchc 0.2.0")
elif words == ["--token-process"]:
    pass
elif words[0] == "demo":
    out = option("--out")
    out.mkdir()
    files = ["a.asice", "trust.pem", *(f"{n}.pdf" for n in range(4))]
    for name in files:
        (out / name).write_bytes(b"valid" * 9)
    pictures = [out / "pictures" / f"{n}.png" for n in range(12)]
    for picture in pictures:
        png(picture)
    if wrong == "missing document":
        (out / "3.pdf").unlink()
    told = {"package": str(out / files[0]), "trust": str(out / files[1]),
            "documents": [str(out / name) for name in files[2:]], "pictures": [str(p) for p in pictures]}
    print(json.dumps(told))
    if wrong == "two lines":
        print("done")
elif words[0] == "verify":
    good = pathlib.Path(words[1]).read_bytes() == b"valid" * 9 or wrong == "blind"
    print(json.dumps({"status": "valid" if good and wrong != "invalid" else "invalid"}))
    sys.exit(0 if good and wrong != "invalid" else 1)
elif "--picture" in words:
    png(option("--picture"), 300 if wrong == "small window" else 800)
    sys.exit(3 if wrong == "crash" else 0)
elif words[0] == "check":
    print("fine")
elif words[:2] == ["key", "request"]:
    (option("--data") / "key").write_text("made")
elif words[:2] == ["key", "show"]:
    there = (option("--data") / "key").is_file() and wrong != "forgotten key"
    print(json.dumps({"state": "ready" if there else "lost"}))
"""


@pytest.fixture
def way(tmp_path: Path) -> Way:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    folder = tmp_path / "thử"
    folder.mkdir()
    return Way("a program", (sys.executable, "-I", str(program)), folder)


def with_fault(way: Way, wrong: str) -> Way:
    return Way(way.name, way.command, way.folder, {"WRONG": wrong})


def test_a_sound_program_passes(way: Way) -> None:
    seconds = smoke.smoke(way, "0.2.0")
    assert set(seconds) == {"version", "demo", "verify", "window with a new sample", "window"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("version", "out: cchc 0.9.0"),
        ("warning", "err: QObject: something odd"),
        ("missing document", r"missing: \['3\.pdf'\]"),
        ("two lines", "said more or less than one JSON object"),
        ("invalid", "ended with 1"),
        ("blind", "a package with a changed byte was not refused"),
        ("small window", "is no picture of a window"),
        ("empty picture", "is no picture of a window"),
        ("crash", "ended with 3"),
    ],
)
def test_each_fault_stops_the_build_with_what_was_said(way: Way, wrong: str, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        smoke.smoke(with_fault(way, wrong), "0.2.0")


def test_a_key_is_found_by_the_next_start(way: Way) -> None:
    smoke.check_key(way, way.folder, way.folder)
    with pytest.raises(BuildError, match="the key in the system's vault is lost at the next start"):
        smoke.check_key(with_fault(way, "forgotten key"), way.folder, way.folder)


def test_what_is_not_the_programs_own_is_taken_out(way: Way) -> None:
    """Wine's own lines, for one."""
    quiet = Way(
        *(way.name, way.command, way.folder, {"WRONG": "warning"}, str),
        said=lambda out: out.replace("QObject: something odd\n", ""),
    )
    smoke.smoke(quiet, "0.2.0")


def test_nothing_of_the_builders_settings_reaches_the_program(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("CCHC_DATA_DIR", "/elsewhere")
    program = way.folder / "env.py"
    program.write_text(
        "import os; print(sorted(k for k in os.environ if k.startswith(('PYTHON', 'CCHC_', 'QT_'))))"
    )
    answer = smoke.run(Way("x", (sys.executable, str(program)), way.folder), [])
    assert answer.out == "['CCHC_FAULTS', 'QT_QPA_PLATFORM']\n"


def test_a_program_that_hangs_is_stopped(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "LONGEST", 0.2)
    with pytest.raises(BuildError, match=r"did not end in 0 s"):
        smoke.run(Way("x", (sys.executable, "-c", "import time; time.sleep(60)"), way.folder), [])


def test_mirrors_out_of_both_forms_of_apts_lists() -> None:
    one_line = (
        "# deb http://no/ bookworm main\ndeb [arch=amd64] http://a/debian bookworm main\n"
        "deb http://s/ bookworm-security main\n"
    )
    blocks = (
        "Types: deb\nURIs: http://b/debian http://c/\nSuites: bookworm bookworm-updates\nComponents: main\n"
        "\nTypes: deb-src\nURIs: http://src/\nSuites: trixie\n"
    )
    assert bare_debian.mirrors([one_line, blocks]) == {
        "bookworm": "http://a/debian",
        "bookworm-security": "http://s/",
        "bookworm-updates": "http://b/debian",
    }
