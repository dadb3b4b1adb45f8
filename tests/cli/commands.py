"""Run a command as `cchc` would, and see what it says and how it ends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.cli import Context, run_command


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON object; anything else there fails."""
        return json.loads(self.out)


def run(
    capsys: pytest.CaptureFixture[str], name: str, *arguments: object, data: Path | None = None
) -> Answer:
    capsys.readouterr()
    try:
        code = run_command(name, [str(a) for a in arguments], Context(data, lambda _data, _out: []))
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return Answer(code, said.out, said.err)
