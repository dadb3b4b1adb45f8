"""A folder of packages as a table: one of them and back, the table as a file, stopping the look."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.gui.hands import AnsweringDialogs, click, settle
from tests.gui.package_hands import at_rest, drop, look
from tests.package.samples import head, on_disk, packed, pinned
from ui.package_window import PackageWindow


def test_folder_as_table_one_package_and_back(viewer: PackageWindow, package: Path, tmp_path: Path) -> None:
    on_disk(tmp_path, packed(head(revision=1))[0], "L01.asice")
    on_disk(tmp_path, b"no package", "hong.asice")
    viewer.desk.reading.add([pinned(tmp_path)])
    assert drop(viewer, tmp_path)
    at_rest(viewer)
    folder = viewer.desk.folder
    assert folder.summary_words().startswith("3 gói của 1 đơn vị có người ký đã biết")
    assert folder.rows.counts() == {"all": 3, "newest": 1, "remarks": 1, "refused": 1}
    names = [folder.rows.shown(row, "file") for row in range(folder.rows.count())]
    assert names == ["L01.asice", package.name, "hong.asice"]
    assert [folder.rows.muted(row) for row in range(3)] == [False, True, False]
    folder.chips.set_value("refused")
    assert [folder.rows.shown(row, "file") for row in range(folder.rows.count())] == ["hong.asice"]
    folder.chips.set_value("all")
    folder.table.go_to_cell(0, "sender")
    click(folder.open)
    at_rest(viewer)
    assert viewer.desk.outcome_word() == "Hợp lệ"
    click(viewer.desk.to_folder)
    assert folder.isVisible()
    assert not viewer.desk.to_folder.isVisible()


def test_table_is_written_where_the_user_says(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path, tmp_path: Path
) -> None:
    look(viewer, tmp_path)
    dialogs.answers = [tmp_path / "bảng kê"]
    click(viewer.desk.folder.csv)
    at_rest(viewer)
    rows = list(csv.DictReader((tmp_path / "bảng kê.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Đơn vị"], row["Kết quả"]) for row in rows] == [("UBND xã Ea Kao", "Chưa rõ người ký")]
    dialogs.answers = [tmp_path / "bảng.xlsx"]
    click(viewer.desk.folder.xlsx)
    at_rest(viewer)
    assert (tmp_path / "bảng.xlsx").read_bytes().startswith(b"PK")


def test_work_shows_its_progress_and_stops(
    viewer: PackageWindow, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder on a slow stick: stopping leaves what was shown before."""
    import threading

    from cchc_desktop.services import verification

    look(viewer, package)
    reached, held = threading.Event(), threading.Event()
    real = verification.verified_texts

    def slow(*arguments: object) -> object:
        reached.set()
        held.wait(10)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(verification, "verified_texts", slow)
    viewer.show_paths([tmp_path])
    assert reached.wait(10)
    settle(viewer.desk.progress.isVisible, 5.0)
    viewer.desk.progress.stop.click()
    held.set()
    at_rest(viewer)
    assert viewer.desk.note.words() == "Đã dừng theo yêu cầu."
    assert viewer.desk.view.isVisible()
    assert not viewer.desk.progress.isVisible()
