"""Workbooks for rooms: what they say besides their tables, the marks by which they are known, their files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cchc_desktop.documents.output import whole_file
from cchc_desktop.documents.room_xlsx import RoomBook, write_room_book
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.handout import Handout, HandoutKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.room_sheet import RoomSheet
from cchc_desktop.domain.round import Round
from cchc_desktop.intake.room_workbook import MARKS_SHEET, SCHEMA, mark
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import replace

Tables = tuple[RoomSheet, ...]

_GUIDES = {
    HandoutKind.PLAN: ("white", "lists", "dates", "numbers", "new", "order", "remove"),
    HandoutKind.FIGURES: ("white", "figures_lists", "figures_numbers", "order"),
}


def write_books(
    folder: Path, of_round: Round, parcels: Sequence[tuple[Handout, Tables]], progress: Progress
) -> tuple[tuple[Path, Handout], ...]:
    """One workbook per parcel into `folder`, all or none; the handouts come back with their file's name."""
    written: list[tuple[Path, Handout]] = []
    try:
        for number, (handout, tables) in enumerate(parcels):
            progress.at(message("rooms.step_write", room=handout.room), number, len(parcels))
            name = text(f"rooms.file_{handout.kind}", year=str(of_round.year), room=handout.room)
            path = _free_path(folder, name)
            with whole_file(path) as part:
                write_room_book(part, room_book(of_round, handout, tables))
            written.append((path, replace(handout, file_name=path.name)))
    except BaseException:
        remove_books([path for path, _handout in written])
        raise
    return tuple(written)


def remove_books(paths: Sequence[Path]) -> None:
    """Take back what was just written, because it could not all be."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _free_path(folder: Path, name: str) -> Path:
    """Never over a workbook that a room may have filled in already."""
    path, number = folder / cleaned(name), 1
    while path.exists():
        number += 1
        path = folder / cleaned(text("rooms.file_again", name=name.removesuffix(".xlsx"), number=number))
    return path


def room_book(of_round: Round, handout: Handout, tables: Tables) -> RoomBook:
    """Title, guidance and marks for these tables."""
    unit, year = of_round.unit.name, str(of_round.year)
    title = text(f"rooms.title_{handout.kind}", year=year)
    marks = {
        "schema": SCHEMA,
        "handout": handout.id,
        "round": handout.round_id,
        "plan": handout.plan_id or "",
        "kind": handout.kind.value,
        "year": year,
        "room": handout.room,
        "unit": unit,
    }

    def say(name: str) -> str:
        return text(f"rooms.guide_{name}", unit=unit)

    guide = (
        (say("how"), tuple(say(name) for name in _GUIDES[handout.kind])),
        (say("back"), (say("save"), say("check"))),
    )
    return RoomBook(
        title=title,
        subtitle=text("rooms.subtitle", room=handout.room, unit=unit, on=handout.made_at),
        author=unit,
        guide_title=text("rooms.sheet_guide"),
        guide=guide,
        sheets=tables,
        marks_sheet=MARKS_SHEET,
        marks=marks,
        key_title=text("rooms.key_title"),
        bad_choice=text("rooms.bad_choice"),
        mark=mark,
    )
