"""An answers file (`{"answers": {code: {…}}, "exclusions": […]}`) scored against a criteria set."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_desktop.domain.answers import REPEATED
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.scorer import score_by_code
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render

LARGEST = 5_000_000


def score_file(criteria: CriteriaSet, path: Path) -> ScoreSheet:
    """The file's answers scored. Raises `KnownError` where the file is no answers file at all."""
    return score_content(criteria, _content(path), path.name)


def score_content(criteria: CriteriaSet, content: bytes, name: str) -> ScoreSheet:
    try:
        read = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_each_once,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=str,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise KnownError("formpack.answers_unreadable", name=name, detail=str(error)) from error
    if not isinstance(read, dict) or not isinstance(read.get("answers", {}), dict):
        raise KnownError("formpack.answers_shape", name=name)
    strangers = sorted(set(read) - {"answers", "exclusions"})
    if "answers" not in read and strangers:
        raise KnownError("formpack.answers_shape", name=name)
    chosen = read.get("exclusions")
    exclusions = [] if chosen is None else chosen
    if not isinstance(exclusions, list):
        raise KnownError("formpack.answers_shape", name=name)
    return score_by_code(criteria, read.get("answers", {}), exclusions)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise KnownError("formpack.answers_too_large", name=path.name, size=size, limit=LARGEST)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise KnownError("formpack.answers_missing", name=path.name) from error
    except (OSError, ValueError) as error:
        raise KnownError("formpack.answers_unreadable", name=path.name, detail=str(error)) from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice is believed neither time."""
    read: dict[str, Any] = {}
    for name, value in pairs:
        read[name] = REPEATED if name in read else value
    return read


def error_objects(sheet: ScoreSheet) -> list[dict[str, str]]:
    """The answer errors as `--json` prints them."""
    return [
        {"code": error.code, "field": error.field, "message": render(error.message)} for error in sheet.errors
    ]


def explanations(sheet: ScoreSheet) -> dict[str, str]:
    """Each row's sentence by its code."""
    return {code: render(row.explanation) for code, row in sheet.rows.items()}
