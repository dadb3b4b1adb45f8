"""Every id that these rooms can say has a sentence, and no sentence waits for an id that is gone."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_NAMES = {"trust.pem"}
ROOMS = ("trust", "package", "delivery", "submissions", "keys", "verification")


@cache
def constants(folder: str) -> frozenset[str]:
    """Every string in the program's code, its catalogue apart."""
    found: set[str] = set()
    for source in (ROOT / folder).rglob("*.py"):
        if not source.is_relative_to(ROOT / "cchc_desktop/language"):
            nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
            found |= {
                node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return frozenset(found)


def strings_of(room: str, *folders: str) -> set[str]:
    """All string constants of the program that look like an id of the room, joined strings by their start."""
    found = frozenset[str]().union(*(constants(folder) for folder in folders))
    return {value.removeprefix(f"{room}.") for value in found - FILE_NAMES if value.startswith(f"{room}.")}


@pytest.mark.parametrize("room", ROOMS)
def test_every_id_has_its_sentence_and_every_sentence_its_id(room: str) -> None:
    texts: dict[str, str] = import_module(f"cchc_desktop.language.vi.{room}").TEXTS
    own = strings_of(room, "cchc_desktop")
    assert {name for name in own if name.isidentifier() and name not in texts and name[-1] != "_"} == set()
    said = own | strings_of(room, "ui")
    known = said | {f"{name}_more" for name in said}
    starts = tuple(name for name in said if name == "" or name.endswith("_"))
    assert {name for name in texts if name not in known and not name.startswith(starts)} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_tone_of_the_sentences(room: str) -> None:
    texts: dict[str, str] = import_module(f"cchc_desktop.language.vi.{room}").TEXTS
    for name, sentence in texts.items():
        assert "!" not in sentence, name
        assert "lỗi hệ thống" not in sentence.lower(), name
