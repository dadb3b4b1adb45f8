"""Draws the lines of `Tree`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui import icons
from ui.fonts import Size, font, line, width_of
from ui.marks import SIZE, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import LEFT, RIGHT, centred, paint_text

if TYPE_CHECKING:
    from ui.widgets.tree import TreeNode

NODE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class TreeDelegate(QStyledItemDelegate):
    """`quiet`: soft selection with a bar at the left (steps); else the selected line is filled."""

    def __init__(self, tree: QTreeView, *, quiet: bool) -> None:
        super().__init__(tree)
        self._tree, self._quiet = tree, quiet

    @staticmethod
    def depth(index: Index) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return depth

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        node: TreeNode = index.data(NODE)
        extra = 14 if self._quiet and not self.depth(index) else 12 if node.section else 10
        return QSize(100, line() + extra)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node: TreeNode = index.data(NODE)
        box = option.rect
        chosen = self._tree.selectionModel().isSelected(index)
        filled = chosen and not self._quiet
        ground = (
            Role.ACCENT
            if filled
            else Role.SELECTION
            if chosen
            else Role.WINDOW
            if node.section
            else Role.SURFACE
        )
        painter.fillRect(box, color(ground))
        ink = color(Role.ON_ACCENT if filled else Role.TEXT)
        soft = color(Role.ON_ACCENT if filled else Role.MUTED)
        if node.section:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), color(Role.LINE))
        if chosen and self._quiet:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), color(Role.ACCENT))
        left = 16 + self.depth(index) * 20
        if not self._quiet:
            left = self._arrow(painter, box, index, Role.ON_ACCENT if filled else Role.MUTED)
        if node.mark is not None:
            paint_mark(painter, node.mark, centred(box, SIZE, left), chip=filled)
            left += SIZE + (8 if self._quiet else 7)
        right = self._figures(painter, box, node, ink, soft)
        bold = node.section or (self._quiet and chosen)
        if node.code:
            width = width_of(node.code, bold=node.section)
            code_ink = ink if node.section else soft
            where = QRect(box.left() + left, box.top(), width + 1, box.height())
            paint_text(painter, where, node.code, font(bold=node.section), code_ink, LEFT)
            left += max(width + 8, 26 if node.section else 0)
        where = QRect(box.left() + left, box.top(), right - box.left() - left - 6, box.height())
        paint_text(painter, where, node.name, font(bold=bold), ink, LEFT, elide=True)
        if chosen and self._tree.hasFocus():
            self._focus(painter, box)

    def _arrow(self, painter: QPainter, box: QRect, index: Index, role: Role) -> int:
        left = 8
        if index.model().hasChildren(index):
            name = "chevron-down" if self._tree.isExpanded(index) else "chevron-right"
            icons.paint(painter, name, centred(box, icons.STATUS, left), icons.STATUS, role)
        leaf = self.depth(index) and not index.model().hasChildren(index)
        return left + (26 if leaf else 22)

    def _figures(self, painter: QPainter, box: QRect, node: TreeNode, ink: QColor, soft: QColor) -> int:
        """Figure and maximum at the right edge; returns where they begin."""
        right = box.right() - 9
        if node.of:
            width = width_of(node.of, Size.SMALL)
            where = QRect(right - width, box.top(), width + 1, box.height())
            paint_text(painter, where, node.of, font(Size.SMALL), soft, RIGHT)
            right -= width + 1
        if node.figure:
            bold = not self._quiet
            size = Size.SMALL if self._quiet else Size.BASE
            width = width_of(node.figure, size, bold=bold)
            where = QRect(right - width, box.top(), width + 1, box.height())
            used = soft if self._quiet else ink
            paint_text(painter, where, node.figure, font(size, bold=bold), used, RIGHT)
            right -= width
        return right

    def _focus(self, painter: QPainter, box: QRect) -> None:
        painter.save()
        pen = painter.pen()
        pen.setColor(color(Role.FOCUS))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()
