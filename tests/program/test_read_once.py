"""How often a pack is read: once to say what it is, once more when what was looked at is taken."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.cli import Context
from cchc_desktop.cli import update as command
from cchc_desktop.package import update_codec, verifier
from cchc_desktop.program.place import Installation, pointed
from cchc_desktop.services import updates
from tests.program.releases import NEW, OLD


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The whole file, and its list of files."""
    counted: Counter[str] = Counter()

    def counting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def read(*words: Any, **named: Any) -> Any:
            counted[name] += 1
            return real(*words, **named)

        return read

    monkeypatch.setattr(verifier, "read_contents", counting("file", verifier.read_contents))
    monkeypatch.setattr(update_codec, "read_json", counting("list", update_codec.read_json))
    return counted


@pytest.fixture
def here(program: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    monkeypatch.setattr(updates, "installed", lambda: program)
    return program


def cchc(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return command.run(parser.parse_args(words), Context(None, lambda _data, _out: []))


def test_looking_and_taking_read_it_once_each(
    program: Installation, update: Path, reads: Counter[str]
) -> None:
    updates.inspect(update, place=program)
    assert reads == {"file": 1, "list": 1}
    taken = updates.apply(update, place=program)
    assert reads == {"file": 2, "list": 2}, "what was looked at may have changed meanwhile"
    assert taken.version == NEW and taken.can_be_taken


def test_the_command_reads_it_once(
    here: Installation, update: Path, reads: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc(str(update), "--check") == 0
    assert reads == {"file": 1, "list": 1}
    assert pointed(here.root) == OLD
    looked = capsys.readouterr().out
    assert cchc(str(update)) == 0
    assert reads == {"file": 2, "list": 2}
    assert pointed(here.root) == NEW
    words = capsys.readouterr().out
    assert words.splitlines()[:-1] == looked.splitlines()[:-1]
    assert NEW in words.splitlines()[-1] and OLD in words.splitlines()[-1]


def test_the_command_says_the_same_of_one_that_it_refuses(
    here: Installation, update: Path, reads: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc(str(update)) == 0
    capsys.readouterr()
    reads.clear()
    assert cchc(str(update), "--check", "--json") == 1
    looked = capsys.readouterr()
    assert cchc(str(update), "--json") == 1
    tried = capsys.readouterr()
    assert reads == {"file": 2, "list": 2}
    assert (tried.out, tried.err) == (looked.out, looked.err)
    assert [one["code"] for one in json.loads(tried.out)["refusals"]] == ["update.same_version"]
