"""Whether a file shows the pages of another, and nothing more than signatures over them.

Equal are the pages' size, rotation, contents (decoded) and all that they draw with: fonts, pictures, forms.
That the signed file begins with the exported bytes is not enough: a program may change them in the revision
that is signed. Left aside is what is not drawn, and how streams are packed.
"""

from __future__ import annotations

from typing import Any

from cchc_desktop.errors import KnownError
from cchc_desktop.trust.pades import (
    PDF_FAULTS,
    box_of,
    entry,
    is_signature_box,
    page_size,
    pages_of,
    readable,
)

_DRAWN = ("/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
_LARGEST_SHARE = 1 / 8
"""Of a page: no signature's box is larger, for it may hide what lies under it."""
_INHERITED = frozenset({"/Resources", "/MediaBox", "/CropBox", "/Rotate"})
# How a stream is packed is no part of what it holds; a parent or owner would lead around in circles.
_ASIDE = frozenset(
    {"/Length", "/Filter", "/DecodeParms", "/Parent", "/P", "/Metadata", "/PieceInfo", "/LastModified"}
)
_MOST_OBJECTS = 200_000


class _Different(Exception):  # noqa: N818 - an answer
    pass


def only_signed(original: bytes, other: bytes) -> bool:
    """Whether `other` shows the pages of `original` with signatures. False too for what can't be compared."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        with readable(original) as first, readable(other) as second:
            ours, theirs = pages_of(first), pages_of(second)
            if len(ours) != len(theirs):
                return False
            comparison = _Comparison()
            # Layers may hide parts of a page.
            comparison.check(_own(first.root, "/OCProperties"), _own(second.root, "/OCProperties"))
            for mine, yours in zip(ours, theirs, strict=True):
                for name in _DRAWN:
                    comparison.check(_inherited(mine, name), _inherited(yours, name))
                if _contents(mine) != _contents(yours) or not _only_boxes(mine, yours):
                    return False
    except (_Different, KnownError, PdfError, *PDF_FAULTS):
        return False
    return True


def _only_boxes(mine: Any, yours: Any) -> bool:
    """Every annotation of the other page is a signature's box of usual size, or was there before."""
    before = [item.get_object() for item in entry(mine, "/Annots", ())]
    wide, high = page_size(yours)
    for item in entry(yours, "/Annots", ()):
        annotation = item.get_object()
        if is_signature_box(annotation):
            if box_of(annotation, 0).area > wide * high * _LARGEST_SHARE:
                return False
        elif not any(_same(annotation, other) for other in before):
            return False
    return True


def _same(one: Any, other: Any) -> bool:
    try:
        _Comparison().check(one, other)
    except _Different:
        return False
    return True


def _own(dictionary: Any, name: str) -> Any:
    return dictionary.raw_get(name) if name in dictionary else None


def _inherited(page: Any, name: str) -> Any:
    node = page
    for _depth in range(64):
        if name in node:
            return node.raw_get(name)
        if name not in _INHERITED or "/Parent" not in node:
            return None
        node = node["/Parent"]
    raise _Different


def _contents(page: Any) -> bytes:
    """All content streams of a page as readers join them."""
    found = entry(page, "/Contents")
    if found is None:
        return b""
    streams = found if isinstance(found, list) else [found]
    return b"\n".join(stream.get_object().data for stream in streams).strip()


class _Comparison:
    """Walks two object graphs side by side; a pair that was begun counts as equal, so circles end."""

    def __init__(self) -> None:
        self._begun: set[tuple[int, int]] = set()

    def check(self, mine: Any, yours: Any) -> None:
        """Raises `_Different`."""
        from pyhanko.pdf_utils.generic import IndirectObject

        if isinstance(mine, IndirectObject) and isinstance(yours, IndirectObject):
            pair = (mine.idnum, yours.idnum)
            if pair in self._begun:
                return
            self._begun.add(pair)
            if len(self._begun) > _MOST_OBJECTS:
                raise _Different
        one = mine.get_object() if mine is not None else None
        other = yours.get_object() if yours is not None else None
        self._compare(one, other)

    def _compare(self, one: Any, other: Any) -> None:
        kinds = [isinstance(side, dict) + 2 * isinstance(side, list) for side in (one, other)]
        if kinds[0] != kinds[1]:
            raise _Different
        if kinds[0] == 1:
            self._dictionaries(one, other)
        elif kinds[0] == 2:
            if len(one) != len(other):
                raise _Different
            for place in range(len(one)):
                self.check(one.raw_get(place), other.raw_get(place))
        elif one != other:
            raise _Different

    def _dictionaries(self, one: Any, other: Any) -> None:
        """With the decoded data, where they are streams."""
        if getattr(one, "data", None) != getattr(other, "data", None):
            raise _Different
        for name in {name for name in {*one, *other} if name not in _ASIDE}:
            if name not in one or name not in other:
                raise _Different
            self.check(one.raw_get(name), other.raw_get(name))
