"""The Windows libraries out of the universal lock: its markers decide, whatever machine the build runs on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from resources.installer import BuildError, windows_wheels

A, B, C = "a" * 64, "b" * 64, "c" * 64
LOCK = f"""\
cffi==2.1.1 ; platform_python_implementation != 'PyPy' \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
jeepney==0.9.0 ; sys_platform == 'linux' \\
    --hash=sha256:{A}
pywin32-ctypes==0.2.3 ; sys_platform == 'win32' \\
    --hash=sha256:{C}
zipp==4.1.2 ; python_full_version < '3.12' \\
    --hash=sha256:{C}
tomli==2.0 ; python_full_version < '3.11' \\
    --hash=sha256:{C}
keyring==25.7.0 \\
    --hash=sha256:{C}
"""


def test_markers_choose_for_windows() -> None:
    lock = windows_wheels.read_lock(LOCK)
    wanted = [name for name, locked in lock.items() if locked.is_wanted()]
    assert wanted == ["cffi", "pywin32-ctypes", "zipp", "keyring"]
    assert lock["cffi"].hashes == (A, B)
    assert lock["cffi"].line == f"cffi==2.1.1 --hash=sha256:{A} --hash=sha256:{B}"


def test_the_same_markers_on_linux_choose_otherwise() -> None:
    linux = {
        **windows_wheels.WINDOWS,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
    }
    lock = windows_wheels.read_lock(LOCK)
    assert lock["jeepney"].is_wanted(linux)
    assert not lock["pywin32-ctypes"].is_wanted(linux)


def test_the_lock_of_the_checkout_is_read_whole() -> None:
    words = (windows_wheels.ROOT / "requirements.lock").read_text("utf-8")
    lock = windows_wheels.read_lock(words)
    assert sum(len(locked.hashes) for locked in lock.values()) == words.count("--hash=sha256:")
    assert len(lock) == sum(not line.startswith((" ", "#")) for line in words.splitlines() if line)
    assert lock["pywin32-ctypes"].is_wanted()
    assert not lock["secretstorage"].is_wanted()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (f"one==1 \\\n    --hash=sha256:{A}\none==2 \\\n    --hash=sha256:{B}\n", "two lines for one"),
        ("one==1\n", "no hash in the lock for one"),
        (f"one>=1 \\\n    --hash=sha256:{A}\n", "line 1 of the lock"),
        ("-e .\n", "line 1 of the lock"),
        (f"one==1 \\\n    --hash=md5:{A}\n", "line 2 of the lock"),
    ],
)
def test_a_lock_that_says_something_else_is_refused(words: str, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        windows_wheels.read_lock(words)


def test_needs_of_a_wheel_are_those_of_windows_and_of_its_extras(tmp_path: Path) -> None:
    wheel = tmp_path / "one-1-py3-none-any.whl"
    head = "\n".join(
        [
            "Metadata-Version: 2.1",
            "Name: one",
            'Requires-Dist: pywin32-ctypes>=0.2; sys_platform == "win32"',
            'Requires-Dist: SecretStorage; sys_platform == "linux"',
            "Requires-Dist: Two_Words[fast]>=1",
            'Requires-Dist: three; extra == "more"',
            "",
            "Requires-Dist: not-a-field",
        ]
    )
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("one-1.dist-info/METADATA", head)
    plain = [("pywin32-ctypes", frozenset()), ("two-words", frozenset({"fast"}))]
    assert windows_wheels.needs_of(wheel, ()) == plain
    assert windows_wheels.needs_of(wheel, ("more",)) == [plain[0], ("three", frozenset()), plain[1]]


def test_what_is_needed_and_not_locked_stops_the_build(tmp_path: Path) -> None:
    lock = windows_wheels.read_lock(LOCK)
    with pytest.raises(BuildError, match="reportlab is not in the lock"):
        windows_wheels.fetch(lock, tmp_path, ["reportlab>=1"])
    with pytest.raises(BuildError, match="keeps jeepney from Windows"):
        windows_wheels.fetch(lock, tmp_path, ["jeepney"])
