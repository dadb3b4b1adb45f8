"""What README promises: its pictures are there, and its commands are the program's."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from cchc_desktop.cli import COMMANDS
from cchc_desktop.cli.entry import take_option

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LARGEST_PICTURE = 120 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


def _lines(program: str) -> list[str]:
    """Every line of a code block that calls the program, without what is said beside it."""
    lines = [line for block in BLOCK.findall(README) for line in block.splitlines()]
    # Two spaces and more part a call from the words about it.
    return [re.split(r"\s{2,}", line)[0] for line in lines if line.split()[:1] == [program]]


def _whole(line: str) -> bool:
    """A call that can be typed as it stands; not an overview ("a | b") or one with a part left out."""
    return "|" not in line and "[" not in line


def _inline() -> list[str]:
    return [words for words in INLINE.findall(BLOCK.sub("", README)) if words.startswith("cchc ")]


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"cchc {command}", exit_on_error=False)
    import_module(f"cchc_desktop.cli.{command}").configure(parser)
    return parser


def _actions(command: str) -> set[str]:
    groups = (
        action for action in _parser(command)._actions if isinstance(action, argparse._SubParsersAction)
    )
    return {name for group in groups for name in group.choices}


def test_every_picture_is_there_and_small() -> None:
    names = [unquote(name) for name in PICTURE.findall(README)]
    assert len(names) == len(set(names)) >= 7
    for name in names:
        content = (ROOT / name).read_bytes()
        assert content.startswith(PNG), name
        assert len(content) <= LARGEST_PICTURE, name
    shown = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources/help/office").iterdir()}
    assert shown <= set(names)


@pytest.mark.parametrize("line", [line for line in _lines("cchc") if _whole(line)])
def test_every_whole_command_line_parses(line: str) -> None:
    rest = shlex.split(line)[1:]
    take_option(rest, "--data")
    if not rest:
        return  # the window
    assert rest[0] in COMMANDS
    parsed = _parser(rest[0]).parse_args(rest[1:])
    assert getattr(parsed, "action", None) in {None, *rest}


def test_every_command_that_is_named_is_known() -> None:
    named = [*_lines("cchc"), *_inline()]
    assert len(named) >= 20
    for line in named:
        words = line.split()[1:]
        if not words:
            continue
        assert words[0] in COMMANDS, line
        if actions := _actions(words[0]):
            listed = [word for word in words[1 : words.index("--") if "--" in words else None] if word != "|"]
            several = listed if "|" in words else listed[:1]
            assert several and set(several) <= actions, line


def test_every_action_of_forms_is_said_in_readme() -> None:
    said = {word for line in (*_lines("cchc"), *_inline()) for word in line.split() if "forms" in line}
    assert _actions("forms") <= said


def test_the_two_commands_of_the_checkout_exist() -> None:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    dev: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    named = [line.split()[2] for line in _lines("python3") if line.split()[1] == "dev.py"]
    assert named == ["run", "test"]
    assert set(named) <= set(dev.COMMANDS)
