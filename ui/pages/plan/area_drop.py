"""Dropping tasks on a content area among the steps: they go to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDropEvent

from ui.pages.plan.steps import AREA
from ui.widgets.table_drag import carried
from ui.widgets.tree import Tree
from ui.widgets.tree_delegate import NODE

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class AreaDrop(QObject):
    """`dropped(ids, area)` when tasks were let go over an area's line."""

    def __init__(self, steps: Tree, dropped: Callable[[Sequence[str], str], object]) -> None:
        super().__init__(steps)
        self._steps, self._dropped = steps, dropped
        steps.setAcceptDrops(True)
        steps.viewport().setAcceptDrops(True)
        steps.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent):
            return False
        ids, area = carried(event.mimeData()), self.area(event.position().toPoint())
        if not ids or not area:
            event.ignore()
        else:
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self._dropped(ids, area)
        return True

    def area(self, at: QPoint) -> str:
        """The content area whose line is there; empty elsewhere."""
        node = self._steps.indexAt(at).data(NODE)
        key = str(getattr(node, "key", ""))
        return key.removeprefix(AREA) if key.startswith(AREA) else ""
