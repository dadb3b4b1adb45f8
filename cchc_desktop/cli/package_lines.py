"""A package, and a folder of them, in words for a terminal."""

from __future__ import annotations

import sys
import unicodedata

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_look import FolderLook, PackageLook, Presence, Standing
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_points, render, text
from cchc_desktop.services import verification

_COLUMNS = ("sender", "kind", "period", "revision", "standing", "outcome", "points", "missing", "file")
_WIDEST = 40
_GREY, _PLAIN = "\x1b[2m", "\x1b[0m"


def package_lines(look: PackageLook) -> list[str]:
    found = look.verification
    lines = [text(f"verification.{found.outcome.value}"), ""]
    lines += [f"- {render(reason.message)}" for reason in found.reasons]
    if found.package_id:
        lines += ["", text("verification.head", sender=found.sender_name, code=found.sender)]
        lines.append(
            text(
                "verification.identity",
                kind=text(f"verification.kind_{found.kind}"),
                period=found.period,
                revision=filing(found.revision or 0),
            )
        )
        lines.append(text("verification.manifest", digest=found.manifest_sha256))
    for signer in found.signers:
        at = signer.signed_at.astimezone(VIETNAM)
        lines.append(text("verification.signer", name=signer.name, time=at, day=at, code=signer.spoken_code))
    if look.score is not None:
        total = look.score.total
        lines.append(text("verification.cli_score", points=total.points, most=total.max_points))
    if look.evidence:
        here = sum(one.presence is not Presence.MISSING for one in look.evidence)
        lines.append(text("verification.cli_evidence", here=here, missing=len(look.missing)))
        lines += [text("verification.cli_missing", name=one.name, size=one.size) for one in look.missing]
    if found.files:
        lines += ["", text("verification.files", count=len(found.files))]
    for file in found.files:
        mark = text("verification.file_ok" if file.ok else "verification.file_bad")
        lines.append(text("verification.file", mark=mark, title=file.title, name=file.name, size=file.size))
    return lines


def folder_lines(look: FolderLook) -> list[str]:
    """The table, then what has to be known of single packages. Superseded ones are grey on a terminal."""
    titles = [text(f"verification.table_column_{name}") for name in _COLUMNS]
    rows = [_cells(one) for one in look.packages]
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(titles, *rows, strict=True)]
    lines = [verification.summary(look), "", _line(titles, widths), _line(["-" * w for w in widths], widths)]
    grey = sys.stdout.isatty()
    for one, cells in zip(look.packages, rows, strict=True):
        line = _line(cells, widths)
        lines.append(f"{_GREY}{line}{_PLAIN}" if grey and one.standing is Standing.SUPERSEDED else line)
    said = [
        text("verification.cli_remark", file=_safe(one.name), remark=remark)
        for one in look.packages
        for remark in verification.remarks(one)
    ]
    return [*lines, "", *said] if said else lines


def _cells(one: PackageLook) -> list[str]:
    found, total = one.verification, one.score.total if one.score else None
    cells = (
        found.sender_name or found.sender,
        text(f"verification.kind_{found.kind}") if found.kind else "",
        found.period,
        "" if found.revision is None else filing(found.revision),
        "" if one.standing is Standing.NONE else text(f"verification.standing_{one.standing.value}"),
        text(f"verification.name_{one.outcome.value}"),
        "" if total is None else f"{format_points(total.points)}/{format_points(total.max_points)}",
        str(len(one.missing)) if one.evidence else "",
        one.name,
    )
    return [_safe(cell) for cell in cells]


def _safe(words: str) -> str:
    """Composed, so that letters count as columns, and without what steers a terminal."""
    return "".join(c if c.isprintable() else "?" for c in unicodedata.normalize("NFC", words))


def _line(cells: list[str], widths: list[int]) -> str:
    fit = (
        cell if len(cell) <= width else f"{cell[: width - 1]}…"
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(cell.ljust(width) for cell, width in zip(fit, widths, strict=True)).rstrip()
