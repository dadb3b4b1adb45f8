"""The launcher of Linux: which version it starts, with whatever lies beside it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from resources.installer.linux_program import PARTS

SAYS = '#!/bin/sh\necho "{place} $@"\n'


class Machine:
    """A program folder at the place of the system's, and one of the user's own, with launchers that tell."""

    def __init__(self, folder: Path) -> None:
        self.system = folder / "opt" / "cchc-desktop"
        self.own = folder / "share" / "cchc-desktop" / "program"
        self.home = folder / "share"
        script = (PARTS / "launcher.sh").read_text("utf-8")
        assert "system=/opt/cchc-desktop\n" in script
        self.system.mkdir(parents=True)
        launcher = self.system / "cchc"
        launcher.write_text(script.replace("system=/opt/cchc-desktop\n", f"system='{self.system}'\n"))
        launcher.chmod(0o755)

    def put(self, where: Path, version: str, *, pointed: bool = True) -> Path:
        folder = where / "versions" / version
        folder.mkdir(parents=True)
        (folder / "files.json").write_text("{}")
        program = folder / "cchc"
        program.write_text(SAYS.format(place=f"{where.name} {version}"))
        program.chmod(0o755)
        if pointed:
            (where / "current").write_text(f"{version}\n")
        return folder

    def start(self, *words: str, by: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [by or self.system / "cchc", *words],
            env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(self.home), "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            check=False,
        )

    def says(self, *words: str) -> str:
        answer = self.start(*words)
        assert (answer.returncode, answer.stderr) == (0, "")
        return answer.stdout.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "một máy")


def test_the_named_version_starts_with_its_words(machine: Machine) -> None:
    machine.put(machine.system, "0.1.0")
    machine.put(machine.system, "0.2.0", pointed=False)
    assert machine.says("verify", "gói báo cáo.asice") == "cchc-desktop 0.1.0 verify gói báo cáo.asice"


def test_a_command_elsewhere_finds_the_program_by_its_link(machine: Machine, tmp_path: Path) -> None:
    machine.put(machine.system, "0.1.0")
    link = tmp_path / "bin" / "cchc"
    link.parent.mkdir()
    link.symlink_to(machine.system / "cchc")
    assert machine.start("--version", by=link).stdout == "cchc-desktop 0.1.0 --version\n"


@pytest.mark.parametrize(
    ("system", "own", "wins"),
    [
        ("0.1.0", "0.2.0", "program 0.2.0"),
        ("0.2.0", "0.1.0", "cchc-desktop 0.2.0"),
        ("0.2.0", "0.2.0", "cchc-desktop 0.2.0"),
        ("0.9.0", "0.10.0", "program 0.10.0"),
        ("0.10.0", "0.9.9", "cchc-desktop 0.10.0"),
        ("1.0", "1.0.1", "program 1.0.1"),
        ("1.0.1", "1.0", "cchc-desktop 1.0.1"),
        ("1.0", "1.0.0", "cchc-desktop 1.0"),
        ("2.0.0", "10.0.0", "program 10.0.0"),
    ],
)
def test_the_higher_of_system_and_user_starts(machine: Machine, system: str, own: str, wins: str) -> None:
    machine.put(machine.system, system)
    machine.put(machine.own, own)
    assert machine.says() == wins


@pytest.mark.parametrize("damage", ["pointer", "program", "list", "words", "path", "empty", "folder"])
def test_a_broken_update_falls_back_to_the_systems(machine: Machine, damage: str) -> None:
    machine.put(machine.system, "0.1.0")
    newer = machine.put(machine.own, "0.2.0")
    pointer = machine.own / "current"
    match damage:
        case "pointer":
            pointer.unlink()
        case "program":
            (newer / "cchc").unlink()
        case "list":
            (newer / "files.json").unlink()
        case "words":
            pointer.write_text("mới nhất\n")
        case "path":
            pointer.write_text("../versions/0.2.0\n")
        case "empty":
            pointer.write_text("")
        case "folder":
            newer.rename(newer.with_name("0.2.0.part"))
    assert machine.says() == "cchc-desktop 0.1.0"


def test_a_broken_system_program_starts_the_users(machine: Machine) -> None:
    machine.put(machine.system, "0.1.0")
    machine.put(machine.own, "0.0.9")
    (machine.system / "current").write_text("0.3.0\n")
    assert machine.says() == "program 0.0.9"


def test_an_unpacked_archive_never_looks_at_the_users_updates(machine: Machine, tmp_path: Path) -> None:
    """Its data may lie beside it: another program would not find them."""
    machine.put(machine.own, "9.0.0")
    stick = tmp_path / "usb" / "cchc-desktop-0.1.0"
    machine.put(stick, "0.1.0")
    (stick / "cchc").write_bytes((PARTS / "launcher.sh").read_bytes())
    (stick / "cchc").chmod(0o755)
    assert machine.start(by=stick / "cchc").stdout == "cchc-desktop-0.1.0 0.1.0 \n"


def test_without_any_version_it_says_what_to_do(machine: Machine) -> None:
    answer = machine.start()
    assert (answer.returncode, answer.stdout) == (2, "")
    assert f"Không tìm thấy chương trình CCHC Desktop trong thư mục {machine.system}" in answer.stderr
    assert "Cài lại chương trình" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_the_exit_code_is_the_programs(machine: Machine) -> None:
    folder = machine.put(machine.system, "0.1.0")
    (folder / "cchc").write_text("#!/bin/sh\nexit 1\n")
    assert machine.start().returncode == 1
