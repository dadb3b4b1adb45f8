"""HTKK's keys in the table; the tree keeps its place."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.hands import press, settle, type_text
from ui.marks import Mark
from ui.widgets.edit_table import EditTable
from ui.widgets.table_rows import Column, ColumnKind, Problem
from ui.widgets.tree import Tree, TreeNode


class Tasks:
    """Three columns, of which the last is computed."""

    columns = (
        Column("title", "Nhiệm vụ", width=200, stretch=1),
        Column("lead", "Chủ trì", suggestions=lambda: ("Phòng Kinh tế", "Văn phòng")),
        Column("cost", "Kinh phí", ColumnKind.NUMBER, 80),
        Column("code", "Tiêu chí", ColumnKind.COMPUTED, 80),
    )

    def __init__(self) -> None:
        self.records = [{"title": "Niêm yết", "lead": "", "cost": "5", "code": "3.1.1"}]
        self.puts: list[tuple[int, str, str]] = []

    def count(self) -> int:
        return len(self.records)

    def shown(self, row: int, key: str) -> str:
        return self.records[row][key]

    def put(self, row: int, key: str, typed: str) -> None:
        self.puts.append((row, key, typed))
        if row == len(self.records):
            self.records.append({"title": "", "lead": "", "cost": "", "code": ""})
        self.records[row][key] = typed

    def problem(self, row: int, key: str) -> Problem | None:
        if key == "lead" and not self.records[row]["lead"]:
            return Problem(Mark.ERROR, "Chưa chọn", "Mỗi nhiệm vụ có đúng một bộ phận chủ trì.")
        return None


@pytest.fixture
def table(shown: list[QWidget]) -> EditTable:
    made = EditTable("Nhiệm vụ", Tasks(), invitation="Gõ vào đây hoặc bấm F5")
    shown.append(made)
    made.resize(700, 300)
    made.show()
    made.activateWindow()
    settle()
    return made


def tasks(table: EditTable) -> Tasks:
    rows = table._rows
    assert isinstance(rows, Tasks)
    return rows


def place(table: EditTable) -> tuple[int, int]:
    return table.currentIndex().row(), table.currentIndex().column()


def test_a_single_key_starts_typing_and_enter_goes_on(table: EditTable) -> None:
    table.go_to_cell(0, "title")
    type_text(table, "Rà soát")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert tasks(table).puts[-1] == (0, "title", "Rà soát")
    assert place(table) == (0, 2)
    press(table, Qt.Key.Key_Return)
    assert place(table) == (0, 3)
    press(table, Qt.Key.Key_Return)
    assert place(table) == (1, 1), "the computed column is passed over"


def test_typing_into_the_last_row_begins_a_record(table: EditTable) -> None:
    table.go_to_cell(1, "title")
    type_text(table, "Số hóa hồ sơ")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert tasks(table).records[1]["title"] == "Số hóa hồ sơ"
    assert table.model().rowCount() == 3, "a new empty last row"
    assert place(table) == (1, 2)


def test_a_pause_in_typing_saves_without_closing_the_editor(table: EditTable) -> None:
    table.go_to_cell(0, "title")
    type_text(table, "Cải")
    editor = QApplication.focusWidget()
    last = time.monotonic()
    settle(lambda: (0, "title", "Cải") in tasks(table).puts, 3.0)
    assert time.monotonic() - last <= 1.3
    type_text(editor, " cách")
    press(editor, Qt.Key.Key_Return)
    assert tasks(table).records[0]["title"] == "Cải cách"


def test_f5_f6_and_delete(table: EditTable) -> None:
    added: list[int] = []
    removed: list[tuple[int, ...]] = []
    table.add_wanted.connect(added.append)
    table.remove_wanted.connect(removed.append)
    table.go_to_cell(0, "lead")
    press(table, Qt.Key.Key_F5)
    press(table, Qt.Key.Key_F6)
    assert (added, removed) == ([0], [(0,)])
    table.go_to_cell(0, "title")
    press(table, Qt.Key.Key_Delete)
    assert tasks(table).records[0]["title"] == ""


def test_computed_cells_take_no_typing(table: EditTable) -> None:
    table.setCurrentIndex(table.model().index(0, 4))
    type_text(table, "x")
    assert tasks(table).puts == []


def test_escape_gives_the_old_text_back(table: EditTable) -> None:
    table.go_to_cell(0, "cost")
    type_text(table, "99")
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert tasks(table).records[0]["cost"] == "5"


def test_a_bad_cell_says_so_to_everyone(table: EditTable) -> None:
    index = table.model().index(0, 2)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Chủ trì: . Mỗi nhiệm vụ có đúng một bộ phận chủ trì."
    assert "Mỗi nhiệm vụ có đúng một" in index.data(Qt.ItemDataRole.ToolTipRole)


def nodes(state: Mark) -> list[TreeNode]:
    rows = tuple(TreeNode(f"1.{n}", f"Dòng {n}", f"1.{n}", "–", "/1", state) for n in range(1, 4))
    return [TreeNode("1", "Mục một", "1", "0,00", "/3", state, section=True, children=rows)]


def test_the_tree_keeps_its_place_and_hides_what_is_filtered(shown: list[QWidget]) -> None:
    tree, picked = Tree("Các dòng"), []
    shown.append(tree)
    tree.picked.connect(picked.append)
    tree.set_nodes(nodes(Mark.OPEN))
    tree.show()
    tree.pick("1.2")
    tree.set_nodes(nodes(Mark.DONE))
    assert (tree.current_key(), picked) == ("1.2", ["1.2"])
    assert tree.node("1.2").mark is Mark.DONE
    tree.show_only({"1.3"})
    press(tree, Qt.Key.Key_Down)
    assert tree.current_key() == "1.3"
    tree.show_only(None)
    press(tree, Qt.Key.Key_Up)
    assert tree.current_key() == "1.2"
    said = tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "1.2 Dòng 2. Đủ. –/1"
