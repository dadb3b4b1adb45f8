"""A light package, and the hands that look at packages: shown, waited for, dropped."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desktop.domain.package_head import PackagedEvidence
from cchc_desktop.package.writer import Part
from tests.gui.hands import settle
from tests.package.samples import head, on_disk, packed, parts
from ui.main_window import MainWindow
from ui.package_window import PackageWindow

SCRIPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n%%EOF\n"
)
LOOSE = b"%PDF-1.4\n% apart\n%%EOF\n"


def light_package(folder: Path) -> Path:
    """One scan with a script, one picture, and one file that travels apart."""
    files = parts()
    digest = hashlib.sha256(SCRIPTED).hexdigest()
    files[1] = Part("evidence/0001.pdf", SCRIPTED, "Quyết định 12.pdf", len(SCRIPTED), digest)
    plain = head()
    scan = PackagedEvidence("e1", "Quyết định 12.pdf", len(SCRIPTED), digest, "evidence/0001.pdf")
    loose = PackagedEvidence("e3", "Biên bản họp.pdf", len(LOOSE), hashlib.sha256(LOOSE).hexdigest())
    content = packed(replace(plain, evidence=(scan, plain.evidence[1], loose)), files)[0]
    return on_disk(folder, content)


def look(viewer: PackageWindow, *paths: Path) -> None:
    viewer.show_paths(paths)
    at_rest(viewer)


def at_rest(viewer: PackageWindow | MainWindow) -> None:
    settle(lambda: not viewer.work.running, 30.0)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drag files in and let go. False when the widget does not take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), action, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), action, data, button, keys))
    return True
