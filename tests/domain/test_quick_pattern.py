"""A pattern that is compiled when it is first used, and else is one of the library's."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import cchc_desktop
from cchc_desktop.quick_pattern import pattern

ROOMS = tuple(f"cchc_desktop.{room}." for room in ("domain", "formpack", "language", "store"))


def test_it_does_what_the_library_s_does() -> None:
    ours, library = pattern(r"(\w)\.(?P<digit>\d)"), re.compile(r"(\w)\.(?P<digit>\d)")
    for words in ("a.1 b.2", "a.1", ""):
        for method in ("match", "search", "fullmatch"):
            found, other = getattr(ours, method)(words), getattr(library, method)(words)
            assert (found and found.groupdict()) == (other and other.groupdict())
        assert ours.findall(words) == library.findall(words)
        assert ours.sub(r"\2", words) == library.sub(r"\2", words)
        assert ours.split(words) == library.split(words)
    assert ours.pattern == library.pattern
    assert pattern("con", re.IGNORECASE).fullmatch("CON") and not pattern("con").fullmatch("CON")


def test_it_is_compiled_when_first_used_and_kept() -> None:
    wrong, right = pattern("("), pattern("a+")
    with pytest.raises(re.error, match="unterminated"):
        wrong.match("a")
    assert "match" not in vars(right)
    assert right.match("aa") and vars(right)["match"].__self__ == re.compile("a+")


def test_each_of_the_program_s_is_right() -> None:
    names = [one.name for one in walk_packages(cchc_desktop.__path__, "cchc_desktop.")]
    modules = [import_module(name) for name in names if name.startswith(ROOMS)]
    written = {id(one): one for room in modules for one in vars(room).values() if isinstance(one, pattern)}  # type: ignore[arg-type]
    assert len(written) > 20
    assert all(re.compile(one.pattern, one.flags) for one in written.values())
