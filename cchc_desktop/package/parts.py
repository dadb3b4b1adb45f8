"""The data files of a report package: its content for the receiver's program, documents, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.package_content import plan_content, selfscore_content
from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.content_codec import write_plan, write_selfscore
from cchc_desktop.package.layout import DOCUMENTS_FOLDER, PLAN_NAME, SELFSCORE_NAME
from cchc_desktop.package.writer import Part


def data_parts(state: HandingIn, kind: PackageKind) -> Iterator[Part]:
    """The content as JSON."""
    if state.has_plan(kind):
        yield Part(PLAN_NAME, write_plan(plan_content(state.round, state.plan)))
    if kind is PackageKind.SELFSCORE:
        content = selfscore_content(state.round, state.criteria, state.sheet, state.answers, state.evidence)
        yield Part(SELFSCORE_NAME, write_selfscore(content))


def document_part(path: Path, title: str) -> Part:
    """`title` is the name that people read; the entry keeps the plain one."""
    return Part(f"{DOCUMENTS_FOLDER}/{path.name}", path, title)


def evidence_parts(head: PackageHead, stored: Callable[[str], Path]) -> Iterator[Part]:
    """The files that travel in this package; `stored` says where the content of a digest lies.

    The writer refuses one whose bytes are no longer what its row says.
    """
    for item in head.evidence:
        if item.in_package:
            yield Part(item.entry, stored(item.sha256), item.name, item.size, item.sha256)
