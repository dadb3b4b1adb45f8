"""Advice that names a panel or a button: it has to be called so in the window."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from cchc_desktop.language import vi

ROOMS = {
    found.name: import_module(f"{vi.__name__}.{found.name}").TEXTS for found in iter_modules(vi.__path__)
}
SENTENCES = [(f"{room}.{name}", words) for room, texts in ROOMS.items() for name, words in texts.items()]
# "mục Dấu xác thực, …", "bấm Thử lại." – keys such as F5 and plain words in the middle are no names.
NAMED = re.compile(r"\b(?:mục|bấm) (?!F\d|Ctrl|Enter)(\w[^.,;:…\"”)]*)")


def called(words: str) -> set[str]:
    return {name.strip() for name in NAMED.findall(words) if name[0].isupper()}


def stands_in_the_window(name: str) -> bool:
    """A title or a button has these words; a sentence may go on behind the name ("… rồi nhập lại")."""
    for words in (text.rstrip("…") for _id, text in SENTENCES):
        if name == words or (len(words) > 3 and name.startswith(f"{words} ") and words[0].isupper()):
            return True
    return False


@pytest.mark.parametrize(
    "sentence", [each for each in SENTENCES if called(each[1])], ids=lambda each: each[0]
)
def test_what_advice_names_is_there(sentence: tuple[str, str]) -> None:
    for name in called(sentence[1]):
        assert stands_in_the_window(name), f"{sentence[0]}: nothing in the window is called {name!r}"


def test_the_search_finds_names() -> None:
    assert called("Mở Thiết lập, mục Khóa ký, rồi bấm Tạo khóa. Bấm F5; bấm lại") == {"Khóa ký", "Tạo khóa"}
    assert not stands_in_the_window("Tạo khóa dấu tên này")
