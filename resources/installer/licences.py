"""The folder `licences` of a version: the texts of all parts, and an overview in Vietnamese.

The window's help leads to it (`resources/help/licences.md`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from resources.installer.parts import Part

FOLDER = "licences"
OVERVIEW = "doc-truoc.txt"
_HEAD = """Các phần làm nên CCHC Desktop và giấy phép của từng phần

Mỗi dòng: tên phần, phiên bản, giấy phép (ký hiệu SPDX), thư mục có toàn văn giấy phép.

"""
_QT = """
Qt và PySide6 được dùng theo GNU LGPL phiên bản 3, không sửa đổi, là các thư viện động nằm riêng từng tệp
trong thư mục của chương trình ({place}). Ai cũng có thể thay các tệp đó bằng bản tự
biên dịch cùng phiên bản, giữ nguyên tên tệp; chương trình không kiểm tra và không ngăn việc thay. Mã nguồn:
xem tệp qt.txt trong thư mục của PySide6.
"""
QT_PLACES = {"linux": "PySide6/Qt và PySide6, shiboken6", "windows": "lib/PySide6 và lib/shiboken6"}


def folder_of(part: Part) -> str:
    """A folder's name for a part: letters, digits and dashes."""
    return re.sub(r"[^A-Za-z0-9.+_-]+", "-", f"{part.name}-{part.version}")


def overview(parts: Iterable[Part], target: str) -> str:
    lines = [f"{part.name} {part.version} | {part.licence} | {folder_of(part)}\n" for part in in_order(parts)]
    return _HEAD + "".join(lines) + _QT.format(place=QT_PLACES[target])


def in_order(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part.name.lower(), part.version))


def write(parts: Iterable[Part], target: str, version_folder: Path) -> Path:
    """Write the texts below the folder of a version. `target` is windows or linux."""
    known = in_order(parts)
    folder = version_folder / FOLDER
    for part in known:
        for name, text in sorted(part.texts.items()):
            path = folder / folder_of(part) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    (folder / OVERVIEW).write_text(overview(known, target), encoding="utf-8", newline="\n")
    return folder


def debian_copyright(parts: Iterable[Part], target: str) -> str:
    """One file with everything, as Debian keeps it in /usr/share/doc/<package>/copyright."""
    known = in_order(parts)
    whole = [overview(known, target)]
    for part in known:
        for name, text in sorted(part.texts.items()):
            head = f"{part.name} {part.version}: {name}"
            whole.append(f"\n{head}\n{'=' * len(head)}\n\n{text.decode('utf-8', 'replace')}\n")
    return "".join(whole)
