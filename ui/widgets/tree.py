"""A tree of rows: arrow, mark, code, name, points. Also the steps of a plan, in its quiet form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from cchc_desktop.quick_dataclass import dataclass, replace
from ui.marks import Mark
from ui.widgets.tree_delegate import NODE, TreeDelegate
from ui.widgets.viewport import own_viewport


@dataclass(frozen=True)
class TreeNode:
    """One line. `figure` is bold at the right ("4,89"), `of` muted behind it ("/5"); neither ever elides.

    `section` lines are taller, bold, in window colour. `key` is unique in the tree.
    """

    key: str
    name: str
    code: str = ""
    figure: str = ""
    of: str = ""
    mark: Mark | None = None
    section: bool = False
    children: tuple[TreeNode, ...] = ()

    def said(self) -> str:
        """The line for screen readers and its tooltip."""
        state = self.mark.word if self.mark else ""
        parts = (f"{self.code} {self.name}".strip(), state, f"{self.figure}{self.of}")
        return ". ".join(part for part in parts if part)


Index = QModelIndex | QPersistentModelIndex


class Tree(QTreeView):
    """`picked(key)` when the current line changes by the user's hand or by `pick`."""

    picked = Signal(str)

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._items: dict[str, QStandardItem] = {}
        self._silent = False
        own_viewport(self)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(TreeDelegate(self, quiet=quiet))
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformRowHeights(False)
        self.selectionModel().currentChanged.connect(self._moved)

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Show these lines; what was open and chosen stays so where the keys are the same."""
        if self._same_shape(nodes):
            for node in _walk(nodes):
                self._dress(self._items[node.key], node)
            return
        fresh = not self._items
        opened = {key for key, item in self._items.items() if self.isExpanded(item.index())}
        current = self.current_key()
        self._silent = True
        self._model.clear()
        self._items.clear()
        for node in nodes:
            self._model.appendRow(self._item(node))
        self.blockSignals(True)  # nobody opened or closed anything: the lines are new
        for key, item in self._items.items():
            if item.hasChildren():
                self.setExpanded(item.index(), fresh or key in opened)
        self.blockSignals(False)
        if current in self._items:
            self._choose(current)
        self._silent = False

    def renew(self, node: TreeNode) -> None:
        """One line says something new; its place and what is below it stay."""
        if (item := self._items.get(node.key)) is not None:
            self._dress(item, node)

    def open_keys(self) -> frozenset[str]:
        """The lines whose children are in sight."""
        return frozenset(key for key, item in self._items.items() if self.isExpanded(item.index()))

    def is_shown(self, key: str) -> bool:
        """Whether `show_only` lets the line through (its section may be closed)."""
        item = self._items.get(key)
        if item is None:
            return False
        parent = item.parent()
        return not self.isRowHidden(item.row(), parent.index() if parent is not None else QModelIndex())

    def _same_shape(self, nodes: Sequence[TreeNode]) -> bool:
        return [node.key for node in _walk(nodes)] == list(self._items)

    def _item(self, node: TreeNode) -> QStandardItem:
        item = QStandardItem()
        item.setEditable(False)
        self._items[node.key] = item
        self._dress(item, node)
        for child in node.children:
            item.appendRow(self._item(child))
        return item

    def _dress(self, item: QStandardItem, node: TreeNode) -> None:
        said = node.said()
        item.setData(replace(node, children=()) if node.children else node, NODE)
        item.setData(said, Qt.ItemDataRole.ToolTipRole)
        item.setData(said, Qt.ItemDataRole.AccessibleTextRole)

    def keys(self) -> tuple[str, ...]:
        """All lines from top to bottom, hidden ones too."""
        return tuple(self._items)

    def node(self, key: str) -> TreeNode:
        found = self._items[key].data(NODE)
        assert isinstance(found, TreeNode)
        return found

    def current_key(self) -> str:
        found = self.currentIndex().data(NODE)
        return found.key if isinstance(found, TreeNode) else ""

    def pick(self, key: str) -> None:
        """Go to a line; its section opens. An unknown key changes nothing."""
        if key in self._items:
            self._choose(key)

    def _choose(self, key: str) -> None:
        item = self._items[key]
        parent = item.parent()
        while parent is not None:
            self.expand(parent.index())
            parent = parent.parent()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(item.index(), flags)
        self.scrollTo(item.index())

    def show_only(self, keys: AbstractSet[str] | None) -> None:
        """Hide every line that neither is among `keys` nor has such a line below; None shows all."""

        def shown(item: QStandardItem, row: int) -> bool:
            node = item.data(NODE)
            below = [shown(item.child(place), place) for place in range(item.rowCount())]
            visible = keys is None or node.key in keys or any(below)
            parent = item.parent()
            self.setRowHidden(row, parent.index() if parent is not None else QModelIndex(), not visible)
            if keys is not None and visible and below:
                self.expand(item.index())
            return visible

        for place in range(self._model.rowCount()):
            shown(self._model.item(place), place)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        node = current.data(NODE)
        if isinstance(node, TreeNode) and not self._silent:
            self.picked.emit(node.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.hasChildren(index) and event.button() is Qt.MouseButton.LeftButton:
            node = index.data(NODE)
            arrow = event.position().x() < 30
            if arrow or node.section:
                self.setExpanded(index, not self.isExpanded(index))
                if arrow:
                    return
        super().mousePressEvent(event)


def _walk(nodes: Sequence[TreeNode]) -> Iterator[TreeNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
