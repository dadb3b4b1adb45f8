"""`cchc office …`: the receiving office's keys, its small CA, and the units that it knows; all offline."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context, office_encryption
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.cli.secrets_of_keys import made_with_secret, opened
from cchc_desktop.domain.office import Issued, RevocationReason, Way
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import office, office_certificates, office_enrolment
from cchc_desktop.services.office_enrolment import Asked

LONGEST_LIST_DAYS = 366


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    made = {name: actions.add_parser(name, help=text(f"office.cli_{_id(name)}")) for name in _ACTIONS}
    for name, action in made.items():
        action.add_argument("--office", type=Path, metavar="THƯ-MỤC", help=text("office.cli_office"))
        action.add_argument("--json", action="store_true", help=text("office.cli_json"))
        if name in ("create", "key", "enrol", "pin"):
            action.add_argument(
                "--passphrase-file", type=Path, metavar="TỆP", help=text("office.cli_passphrase")
            )
        if name in ("create", "key", "enrol", "revoke", "crl"):
            # Where only the CA's key is asked for, its file may be given as every other command takes one.
            names = ("--ca-passphrase-file", *(("--passphrase-file",) if name in ("revoke", "crl") else ()))
            action.add_argument(*names, type=Path, metavar="TỆP", help=text("office.cli_ca_passphrase"))
    made["create"].add_argument("--name", required=True, metavar="TÊN", help=text("office.cli_name"))
    made["create"].add_argument("--code", required=True, metavar="MÃ", help=text("office.cli_own_code"))
    for name in ("enrol", "pin"):
        made[name].add_argument("file", type=Path, metavar="TỆP", help=text(f"office.cli_{name}_file"))
        made[name].add_argument("--code", default="", metavar="MÃ", help=text("office.cli_heard"))
        made[name].add_argument("--to", type=Path, metavar="THƯ-MỤC", help=text("office.cli_to"))
    made["revoke"].add_argument("which", metavar="CHỨNG-THƯ", help=text("office.cli_which"))
    made["revoke"].add_argument(
        "--reason",
        choices=[reason.value for reason in RevocationReason],
        default=RevocationReason.KEY_COMPROMISE.value,
        help=text("office.cli_reason"),
    )
    made["revoke"].add_argument("--since", metavar="NGÀY", help=text("office.cli_since"))
    made["crl"].add_argument("--days", type=int, default=35, metavar="SỐ", help=text("office.cli_days"))
    made["crl"].add_argument("--to", type=Path, metavar="TỆP", help=text("office.cli_list_to"))
    made["export-trust"].add_argument(
        "--to", type=Path, required=True, metavar="TỆP", help=text("office.cli_trust_to")
    )
    office_encryption.configure(actions.add_parser)


def run(arguments: argparse.Namespace, context: Context) -> int:
    work = (_ACTIONS | office_encryption.ACTIONS)[arguments.action]
    return work(arguments, office.office_folder(context.data, arguments.office))


def _id(action: str) -> str:
    return action.replace("-", "_")


def _say(arguments: argparse.Namespace, content: dict[str, Any], lines: Sequence[str]) -> int:
    if arguments.json:
        print(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines))
    return DONE


def _object(one: Issued) -> dict[str, Any]:
    return {
        "fingerprint": one.fingerprint,
        "way": one.way.value,
        "name": one.name,
        "unit_code": one.unit_code,
        "serial": one.serial,
        "valid_from": _moment(one.valid_from),
        "valid_to": _moment(one.valid_to),
        "at": _moment(one.at),
        "revoked_since": _moment(one.since) if one.since else None,
        "reason": one.reason.value if one.reason else None,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


def _create(arguments: argparse.Namespace, folder: Path) -> int:
    own, ca = arguments.passphrase_file, arguments.ca_passphrase_file or arguments.passphrase_file

    def make(secret: str | None) -> office_certificates.OfficeState:
        authority = passphrase_from(ca) if ca else secret
        return office_certificates.create(folder, arguments.name, arguments.code, secret, authority)

    state = made_with_secret(make, own, text("office.cli_ask_new"))
    made = state.authority
    said = {"office": str(folder), "authority": made.fingerprint, "code": made.spoken_code}
    lines = text("office.cli_created", name=made.name, folder=str(folder), code=made.spoken_code)
    return _say(arguments, said, [lines])


def _key(arguments: argparse.Namespace, folder: Path) -> int:
    _open_authority(arguments, folder)
    state = made_with_secret(
        lambda secret: office_certificates.renew_key(folder, secret), arguments.passphrase_file
    )
    own = state.signing_key.certificate
    assert own is not None
    lines = text("office.cli_key_made", name=own.name, valid_to=own.valid_to)
    return _say(arguments, {"fingerprint": own.fingerprint, "valid_to": _moment(own.valid_to)}, [lines])


def _open_own(arguments: argparse.Namespace, folder: Path) -> None:
    opened(office.key_status(folder), lambda typed: office.unlock(folder, typed), arguments.passphrase_file)


def _open_authority(arguments: argparse.Namespace, folder: Path) -> None:
    file = arguments.ca_passphrase_file or getattr(arguments, "passphrase_file", None)
    opened(
        office_certificates.authority_status(folder),
        lambda typed: office_certificates.unlock_authority(folder, typed),
        file,
        text("office.cli_ask_ca"),
    )


def _told(asked: Asked) -> None:
    """Who asks, on standard error: what is to be compared with what is heard."""
    signer = asked.signer
    lines = [text("office.cli_asks", name=asked.unit_name, unit=asked.unit_code)]
    if asked.must_hear:
        lines.append(text("office.cli_compare", code=signer.spoken_code))
    elif asked.rotation:
        lines.append(text("office.cli_vouched", fingerprint=signer.fingerprint[:16]))
    if not asked.rotation:
        lines += [
            text("office.cli_earlier", fingerprint=one.fingerprint[:16], valid_to=one.valid_to)
            for one in asked.earlier
        ]
    print("\n".join(lines), file=sys.stderr)


def _heard(arguments: argparse.Namespace, needed: bool) -> str:
    """The option, or what is typed now; a terminal is asked only where something has to be heard."""
    if arguments.code or not needed or not sys.stdin.isatty():
        return str(arguments.code)
    print(text("office.cli_ask_code"), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _enrol(arguments: argparse.Namespace, folder: Path) -> int:
    asked = office_enrolment.look_at(folder, arguments.file)
    _told(asked)
    heard = _heard(arguments, asked.must_hear)
    _open_own(arguments, folder)
    _open_authority(arguments, folder)
    to = arguments.to or arguments.file.absolute().parent
    row, answer = office_enrolment.enrol(folder, arguments.file, heard, to)
    lines = text("office.cli_enrolled", name=row.name, valid_to=row.valid_to, file=str(answer))
    return _say(arguments, _object(row) | {"answer": str(answer)}, [lines])


def _pin(arguments: argparse.Namespace, folder: Path) -> int:
    if arguments.file.suffix.lower() in (".pem", ".crt", ".cer"):
        row = office_enrolment.pin_certificate(folder, arguments.file, _heard(arguments, True))
        return _say(arguments, _object(row), [text("office.cli_pinned", name=row.name)])
    asked = office_enrolment.look_at(folder, arguments.file)
    _told(asked)
    heard = _heard(arguments, asked.must_hear)
    _open_own(arguments, folder)
    to = arguments.to or arguments.file.absolute().parent
    row, answer = office_enrolment.pin(folder, arguments.file, heard, to)
    lines = text("office.cli_pinned_answer", name=row.name, file=str(answer))
    return _say(arguments, _object(row) | {"answer": str(answer)}, [lines])


def _revoke(arguments: argparse.Namespace, folder: Path) -> int:
    found = office_certificates.find(folder, arguments.which)
    if found.way is not Way.PINNED:
        _open_authority(arguments, folder)
    since = _day(arguments.since) if arguments.since else None
    reason = RevocationReason(arguments.reason)
    row = office_certificates.revoke(folder, found.fingerprint, reason, since)
    said = "office.cli_unpinned" if row.way is Way.PINNED else "office.cli_revoked"
    lines = text(said, name=row.name, fingerprint=row.fingerprint[:16], day=row.since)
    return _say(arguments, _object(row), [lines])


def _day(written: str) -> datetime:
    """From the day's first minute on, in Viet Nam. ISO or as people write it here."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day: date = datetime.strptime(written, form).date()  # noqa: DTZ007 - the zone is added below
        except ValueError:
            continue
        return datetime.combine(day, time(), VIETNAM)
    raise KnownError("office.cli_bad_day", found=written)


def _crl(arguments: argparse.Namespace, folder: Path) -> int:
    if not 1 <= arguments.days <= LONGEST_LIST_DAYS:
        raise KnownError("office.cli_bad_days", most=LONGEST_LIST_DAYS)
    _open_authority(arguments, folder)
    made = office_certificates.make_list(folder, lifetime=timedelta(days=arguments.days))
    content: dict[str, Any] = {
        "number": made.number,
        "issued_at": _moment(made.issued_at),
        "until": _moment(made.until),
    }
    lines = [text("office.cli_list_made", number=made.number, until=made.until.astimezone(VIETNAM))]
    if arguments.to is not None:
        file = office_certificates.write_list(folder, arguments.to)
        content["file"] = str(file)
        lines.append(text("office.cli_written", file=str(file)))
    return _say(arguments, content, lines)


def _list(arguments: argparse.Namespace, folder: Path) -> int:
    state, now = office_certificates.state(folder), vietnam_now()
    last = state.newest_list
    stale = last is None or last.is_stale(now)
    content = {
        "name": state.authority.name,
        "code": state.authority.spoken_code,
        "list": None if last is None else {"number": last.number, "until": _moment(last.until)},
        "certificates": [_object(one) for one in state.certificates],
        "received": len(office.received(folder)),
    }
    lines = [text("office.cli_head", name=state.authority.name, code=state.authority.spoken_code)]
    for one in state.certificates:
        line = text(
            f"office.cli_line_{one.way.value}",
            name=one.name,
            unit=one.unit_code,
            fingerprint=one.fingerprint[:16],
            valid_to=one.valid_to,
        )
        if one.since is not None:
            line += text("office.cli_line_revoked", day=one.since)
        elif one.valid_to < now:
            line += text("office.cli_line_expired")
        lines.append(line)
    if last is not None:
        said = "office.cli_list_stale" if stale else "office.cli_list_fresh"
        lines.append(text(said, number=last.number, until=last.until.astimezone(VIETNAM)))
    lines.append(text("office.cli_received", count=content["received"]))
    _say(arguments, content, lines)
    return ANSWER_IS_NO if stale else DONE


def _export_trust(arguments: argparse.Namespace, folder: Path) -> int:
    file = office_certificates.export_trust(folder, arguments.to)
    return _say(arguments, {"file": str(file)}, [text("office.cli_written", file=str(file))])


_ACTIONS: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "create": _create,
    "enrol": _enrol,
    "pin": _pin,
    "revoke": _revoke,
    "crl": _crl,
    "list": _list,
    "export-trust": _export_trust,
    "key": _key,
}
