"""`cchc rooms out|in`: workbooks for rooms, and what came back compared before it is taken over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.domain.room_merge import CellState, MergedRow, Prefer, RowState, advised, open_clashes
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import profile as profiles
from cchc_desktop.services import rooms, rounds
from cchc_desktop.services.profile import Profile


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, help=text("rooms.cli_action"))
    out = actions.add_parser("out", help=text("rooms.cli_out"))
    out.add_argument("--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("rooms.cli_to"))
    out.add_argument("--year", type=int, metavar="NĂM", help=text("rooms.cli_year"))
    out.add_argument("--room", action="append", default=[], metavar="TÊN", help=text("rooms.cli_room"))
    out.add_argument("--figures", metavar="MÃ,MÃ", help=text("rooms.cli_figures"))
    back = actions.add_parser("in", help=text("rooms.cli_in"))
    back.add_argument("files", type=Path, nargs="+", metavar="TỆP", help=text("rooms.cli_files"))
    back.add_argument("--yes", action="store_true", help=text("rooms.cli_yes"))
    back.add_argument(
        "--prefer",
        choices=[one.value for one in Prefer],
        default=Prefer.NONE.value,
        help=text("rooms.cli_prefer"),
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        return (_out if arguments.action == "out" else _in)(profile, arguments)


def _out(profile: Profile, arguments: argparse.Namespace) -> int:
    of_round = _round(profile, arguments.year)
    if arguments.figures is not None:
        if len(arguments.room) != 1:
            raise KnownError("rooms.cli_one_room")
        keys = _keys(profile, of_round, arguments.figures)
        _changes, paths = rooms.hand_out_figures(
            profile, of_round.id, {arguments.room[0]: keys}, arguments.to
        )
    else:
        wanted = arguments.room or [
            one.room for one in rooms.rooms_of(profile, of_round.id) if one.leads or one.joins
        ]
        _changes, paths = rooms.hand_out(profile, of_round.id, wanted, arguments.to)
    for path in paths:
        print(path)
    print(text("rooms.cli_written", count=len(paths)), file=sys.stderr)
    return DONE


def _round(profile: Profile, year: int | None) -> Round:
    living = [one for one in rounds.rounds(profile) if not one.archived]
    for one in living:
        if year is None or one.year == year:
            return one
    raise KnownError(
        "rooms.cli_no_such_year", year=str(year or ""), years=tuple(str(one.year) for one in living)
    )


def _keys(profile: Profile, of_round: Round, codes: str) -> tuple[str, ...]:
    known = {row.code: row.key for row in rooms.figure_rows(profile, of_round.id)}
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    if unknown := [code for code in wanted if code not in known]:
        raise KnownError("rooms.cli_no_such_row", row=unknown[0])
    return tuple(known[code] for code in wanted)


def _in(profile: Profile, arguments: argparse.Namespace) -> int:
    """Each file by itself, compared after those before it were taken over."""
    answer = DONE
    for path in arguments.files:
        try:
            returned = rooms.preview(profile, path)
        except KnownError as error:
            print(render(error.message), file=sys.stderr)
            answer = UNUSABLE if error.unusable_input else ANSWER_IS_NO
            continue
        _print(returned)
        if arguments.yes and not _take(profile, returned, Prefer(arguments.prefer)):
            answer = max(answer, ANSWER_IS_NO)
    if not arguments.yes:
        print(text("rooms.cli_not_taken"), file=sys.stderr)
    return answer


def _take(profile: Profile, returned: RoomReturn, prefer: Prefer) -> bool:
    choices = advised(returned.rows, prefer)
    gone = returned.count(RowState.GONE)
    waiting = len(open_clashes(returned.rows, choices)) + (gone if prefer is Prefer.NONE else 0)
    if waiting:
        print(text("rooms.clashes_open", count=waiting), file=sys.stderr)
        return False
    rooms.take_over(profile, returned, choices)
    print(text("rooms.cli_taken", room=returned.handout.room))
    return True


def _print(returned: RoomReturn) -> None:
    counts = {state.value: returned.count(state) for state in RowState}
    counts["clash"] += counts["gone"]
    print(text("rooms.cli_head", name=returned.file_name, room=returned.handout.room, **counts))
    for finding in returned.findings:
        print(f"  - {render(finding)}")
    for row in returned.differing:
        _print_row(row)


def _print_row(row: MergedRow) -> None:
    state = text(f"rooms.row_{row.state.value}")
    print(text("rooms.cli_row", state=state, name=row.name or text("rooms.row_unnamed")))
    for remark in row.remarks:
        print(f"      {render(remark)}")
    for cell in row.cells:
        if cell.state is CellState.SAME:
            continue
        told = "cli_clash" if cell.state is CellState.CLASH else "cli_cell"
        said = {"place": cell.place, "column": cell.title, "theirs": cell.theirs}
        if cell.fault is not None:
            print(text("rooms.cli_fault", fault=render(cell.fault), **said))
        else:
            print(text(f"rooms.{told}", base=cell.base, ours=cell.ours, **said))
