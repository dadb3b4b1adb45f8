"""A missing tool is named with what it is for and the one line that installs everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.installer import BuildError, tools


def test_tools_that_are_there_pass() -> None:
    tools.need("tar", "xz")


def test_all_missing_tools_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tar").write_text("#!/bin/sh\n")
    (tmp_path / "tar").chmod(0o755)
    monkeypatch.setattr(tools, "search_path", lambda: str(tmp_path))
    with pytest.raises(BuildError) as caught:
        tools.need("tar", "wine", "xz")
    lines = str(caught.value).splitlines()
    assert lines[0] == "these programs are missing:"
    assert [line.split()[0] for line in lines[1:3]] == ["wine", "xz"]
    assert lines[-1] == "    sudo apt-get install --yes --no-install-recommends wine wine64 xz-utils"


def test_administrators_programs_are_found_by_a_plain_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    tools.need("chroot")  # lies in /usr/sbin
