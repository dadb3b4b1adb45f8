"""Making and opening a profile as the window does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import profile as service
from cchc_desktop.services import rounds
from cchc_desktop.store.tables import TABLES

UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
CRITERIA, TEMPLATE = PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1)


def test_the_folder_is_the_one_that_was_chosen(data_folder: Path, tmp_path: Path) -> None:
    assert service.default_folder() == data_folder
    assert service.default_folder(tmp_path / "khác") == tmp_path / "khác"
    assert not service.exists(data_folder)


def test_a_new_profile_has_its_first_round(data_folder: Path) -> None:
    with service.create_profile(data_folder, UNIT, 2026, CRITERIA, TEMPLATE, "Văn thư") as made:
        assert service.exists(data_folder)
        assert made.folder == data_folder
        assert made.actor == "Văn thư"
        (first,) = rounds.rounds(made)
        assert (first.year, first.unit, first.archived) == (2026, UNIT, False)
    with service.open_profile(data_folder) as again:
        assert again.actor, "the system's user, when nobody is named"
        assert rounds.rounds(again) == (first,)


def test_settings(data_folder: Path) -> None:
    with service.create_profile(data_folder, UNIT, 2026, CRITERIA, TEMPLATE) as made:
        assert service.setting(made, "window.size", "800x600") == "800x600"
        service.set_setting(made, "window.size", "1366x768")
    with service.open_profile(data_folder) as again:
        assert service.setting(again, "window.size") == "1366x768"


def test_a_second_profile_in_the_same_folder_is_refused(data_folder: Path) -> None:
    service.create_profile(data_folder, UNIT, 2026, CRITERIA, TEMPLATE).close()
    with pytest.raises(KnownError) as fault:
        service.create_profile(data_folder, UNIT, 2026, CRITERIA, TEMPLATE)
    assert fault.value.code == "store.exists"
    assert str(data_folder) in render(fault.value.message)


# What stands inside another sentence: a time, the row that somebody changed.
PARTS = {"at", "some_time", *(f"row_{name}" for name in (*TABLES, "other"))}


def test_every_known_fault_of_the_store_is_a_whole_sentence() -> None:
    """Each says what happened and what to do; none shouts."""
    from datetime import datetime

    from cchc_desktop.language.vi.rounds import TEXTS as ROUNDS
    from cchc_desktop.language.vi.store import TEXTS as STORE
    from cchc_desktop.message import message

    given = {
        "folder": "D:\\hồ sơ",
        "who": "lan",
        "host": "VP-02",
        "since": datetime(2026, 1, 2, 8, 15),  # noqa: DTZ001
        "found": 9,
        "known": 1,
        "year": "2026",
        "row": "1.1",
        "key": "x",
        "id": "y",
        "seq": 12,
        "at": "02/01/2026",
        "what": "Số liệu tiêu chí 1.1",
    }
    for room, texts in (("store", STORE), ("rounds", ROUNDS)):
        for name in sorted(texts.keys() - PARTS):
            sentence = render(message(f"{room}.{name}", **given))
            assert sentence.endswith("."), name
            assert sentence.count(". ") + sentence.count(": ") >= 1, name
            assert "!" not in sentence
            assert "{" not in sentence
