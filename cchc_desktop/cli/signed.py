"""`cchc signed …`: documents that people sign: out to be signed and back, signed here, numbered, checked."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.cli.export import round_of_year, signer_for
from cchc_desktop.cli.signer_options import add_signer_options
from cchc_desktop.domain.pdf_signature import PdfCheck, SignsIn
from cchc_desktop.domain.signed_document import SignedKind, Signing
from cchc_desktop.domain.verification import Outcome, Reason
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import pdf_signatures, signed_documents
from cchc_desktop.services import profile as profiles
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.signed_documents import TakenIn

_KINDS = [kind.value for kind in SignedKind]
_EXIT = {
    Outcome.VALID: DONE,
    Outcome.VALID_WITH_WARNINGS: DONE,
    Outcome.UNKNOWN_SIGNER: ANSWER_IS_NO,
    Outcome.INVALID: ANSWER_IS_NO,
    Outcome.UNREADABLE: UNUSABLE,
}


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    names = ("list", "export", "import", "sign", "number", "drop", "drawn", "check")
    made = {name: actions.add_parser(name, help=text(f"signed.cli_{name}")) for name in names}
    for name, action in made.items():
        if name in ("check", "drawn"):
            continue
        action.add_argument("--year", type=int, required=True, metavar="NĂM", help=text("signed.cli_year"))
        if name != "list":
            action.add_argument("--what", choices=_KINDS, required=True, help=text("signed.cli_what"))
    made["export"].add_argument(
        "--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("signed.cli_to")
    )
    made["import"].add_argument("file", type=Path, metavar="TỆP", help=text("signed.cli_file"))
    signing = made["sign"]
    places = [place.value for place in SignsIn]
    signing.add_argument("--as", dest="place", choices=places, default=places[0], help=text("signed.cli_as"))
    signing.add_argument("--image", type=Path, metavar="TỆP", help=text("signed.cli_image"))
    signing.add_argument(
        "--passphrase-file", type=Path, metavar="TỆP", help=text("submissions.cli_passphrase")
    )
    add_signer_options(signing)
    made["number"].add_argument("number", metavar="SỐ", help=text("signed.cli_given"))
    made["number"].add_argument("--date", required=True, metavar="NGÀY", help=text("signed.cli_date"))
    made["drawn"].add_argument("wanted", choices=("on", "off"), help=text("signed.cli_wanted"))
    for name in ("list", "check"):
        made[name].add_argument("--json", action="store_true", help=text("signed.cli_json"))
    made["check"].add_argument("file", type=Path, metavar="TỆP", help=text("signed.cli_file"))
    made["check"].add_argument(
        "--trust", type=Path, action="append", default=[], metavar="TỆP", help=text("verification.cli_trust")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    if arguments.action == "check":
        return _check(arguments)
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        if arguments.action == "drawn":
            signed_documents.set_signs_drawn(profile, arguments.wanted == "on")
            return DONE
        round_ = round_of_year(profile, arguments.year)
        if arguments.action == "list":
            _list(signed_documents.signings(profile, round_.id), as_json=arguments.json)
            return DONE
        kind = SignedKind(arguments.what)
        match arguments.action:
            case "export":
                print(signed_documents.export_to_sign(profile, round_.id, kind, arguments.to))
            case "import":
                _tell(signed_documents.take_in(profile, round_.id, kind, arguments.file))
            case "sign":
                sign_with = signer_for(profile, round_, arguments)
                place = SignsIn(arguments.place)
                _tell(signed_documents.sign_here(profile, round_.id, kind, sign_with, place, arguments.image))
            case "number":
                kept = _signed(profile, round_.id, kind)
                signed_documents.give_number(profile, kept, arguments.number, _day(arguments.date))
            case "drop":
                signed_documents.drop(profile, _signed(profile, round_.id, kind))
    return DONE


def _signed(profile: Profile, round_id: str, kind: SignedKind) -> str:
    """The id of the signed file. Raises KnownError signed.none."""
    for one in signed_documents.signings(profile, round_id):
        if one.kind is kind and one.signed is not None:
            return one.signed.id
    raise KnownError("signed.none", unusable_input=False)


def _day(words: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise KnownError("signed.bad_date", value=words)


def _tell(taken: TakenIn) -> None:
    for by in taken.document.signers:
        print(_signer_line(by.name, by.organisation, by.signed_at))
    for warning in taken.warnings:
        print(f"- {render(warning)}")


def _signer_line(name: str, organisation: str, at: datetime) -> str:
    local = at.astimezone(VIETNAM)
    key = "signed.cli_signer_of" if organisation else "signed.cli_signer"
    return text(key, name=name, organisation=organisation, time=local, day=local)


def _state(one: Signing) -> str:
    """none, exported, export_old, signed, signed_not_numbered, signed_old."""
    if one.signed is not None:
        if not one.signed_is_current:
            return "signed_old"
        return "signed" if one.signed.given.number else "signed_not_numbered"
    if one.exported is None:
        return "none"
    return "exported" if one.exported_is_current else "export_old"


def _list(found: Sequence[Signing], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"documents": [_as_json(one) for one in found]}, ensure_ascii=False, indent=2))
        return
    for one in found:
        print(f"{one.kind.value}: {text(f'signed.cli_state_{_state(one)}')}")
        for by in one.signed.signers if one.signed else ():
            print(f"  {_signer_line(by.name, by.organisation, by.signed_at)}")


def _as_json(one: Signing) -> dict[str, Any]:
    signed = one.signed
    return {
        "what": one.kind.value,
        "state": _state(one),
        "number": signed.given.number or None if signed else None,
        "date": signed.given.issued_on.isoformat() if signed and signed.given.issued_on else None,
        "sha256": signed.sha256 if signed else None,
        "signers": [
            {"name": by.name, "organisation": by.organisation, "signed_at": _time(by.signed_at)}
            for by in (signed.signers if signed else ())
        ],
    }


def _check(arguments: argparse.Namespace) -> int:
    found = pdf_signatures.pdf_signatures(arguments.file, arguments.trust)
    if arguments.json:
        print(json.dumps(_check_json(found), ensure_ascii=False, indent=2))
    else:
        print(text(f"verification.name_{found.outcome.value}"))
        for one in found.signatures:
            print(_signer_line(one.signer.name, one.organisation, one.signer.signed_at))
        for reason in found.reasons:
            print(f"- {render(reason.message)}")
    return _EXIT[found.outcome]


def _check_json(found: PdfCheck) -> dict[str, Any]:
    return {
        "status": found.outcome.value,
        "reasons": [_reason_json(reason) for reason in found.reasons],
        "signers": [
            {
                "name": one.signer.name,
                "organisation": one.organisation,
                "fingerprint": one.signer.fingerprint,
                "signed_at": _time(one.signer.signed_at),
                "status": one.signer.outcome.value,
            }
            for one in found.signatures
        ],
    }


def _reason_json(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code,
        "aspect": reason.aspect.value,
        "leads_to": reason.leads_to.value,
        "message": render(reason.message),
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")
