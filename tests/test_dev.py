"""dev.py: what it does to a bare machine, seen through stand-ins for apt that only write down their call."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stand_in(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian on which only libgl1 and (by another package's provision) libglib2.0-0 are installed."""
    programs = tmp_path / "programs"
    programs.mkdir()
    answer = (
        "installed libgl1:amd64 \n"
        "installed libglib2.0-0t64:amd64 libglib2.0-0 (= 2.80)\n"
        "config-files xvfb:amd64 \n"
    )
    stand_in(programs, "dpkg-query", f"printf '{answer}'")
    stand_in(programs, "apt-get", f'echo "$@" >> {programs}/calls')
    monkeypatch.setenv("PATH", str(programs))
    return programs


def test_only_what_is_missing_is_asked_for(dev: ModuleType, debian: Path) -> None:
    assert debian.is_dir()
    assert dev.missing_packages(["libgl1", "libglib2.0-0", "xvfb", "openssl"]) == ["xvfb", "openssl"]


def test_a_python_of_another_origin_needs_no_venv_package(dev: ModuleType, debian: Path) -> None:
    assert debian.is_dir()
    assert dev.can_make_environment()
    assert dev.missing_packages(["python3-venv"]) == []


def test_missing_libraries_are_installed_with_a_word(
    dev: ModuleType, debian: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert dev.install_packages(["libgl1", "xvfb"])
    assert "installing system packages: xvfb" in capsys.readouterr().out
    calls = (debian / "calls").read_text().splitlines()
    assert calls[-1] == "install --yes --no-install-recommends xvfb --quiet=2"


def test_who_may_not_install_is_told_the_exact_line(
    dev: ModuleType, debian: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not dev.install_packages(["libgl1", "xvfb"])
    assert "sudo apt-get install --yes --no-install-recommends xvfb" in capsys.readouterr().err
    assert not (debian / "calls").exists()


def test_screen_or_no_screen(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not dev.has_screen()
    monkeypatch.setenv("DISPLAY", ":9")
    assert dev.has_screen()


def test_a_wrong_word_prints_the_commands() -> None:
    answer = subprocess.run(
        [sys.executable, ROOT / "dev.py", "fly"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 2
    assert "python3 dev.py run" in answer.stdout


def test_dev_needs_nothing_but_the_standard_library() -> None:
    answer = subprocess.run(
        [sys.executable, "-I", "-S", ROOT / "dev.py", "--help"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_the_lock_names_no_host_and_pins_every_file() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    entries = [line for line in lock.splitlines() if line and not line.startswith(" ")]
    assert len(entries) > 30
    assert all("==" in entry and entry.endswith("\\") for entry in entries)
    assert not (ROOT / "uv.lock").exists()
