"""An enrolled sender who signs what he likes; receipts and enrolments, which travel the other way too."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path, PureWindowsPath
from random import Random
from typing import Any

from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.receipt import Receipt
from cchc_desktop.domain.update import Action, Update, UpdateFile, version_order
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.content_codec import read_plan, read_selfscore, write_plan, write_selfscore
from cchc_desktop.package.enrolment_codec import read_reply, read_request, write_reply, write_request
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import read_head, write_head
from cchc_desktop.package.manifest import read_manifest, write_manifest
from cchc_desktop.package.receipt_codec import read_receipt, write_receipt
from cchc_desktop.package.update_codec import read_update, write_update
from tests.fuzz.mutations import damaged, json_damaged
from tests.fuzz.targets.good import ACCEPTED, must, verified
from tests.hostile.forge import MANIFEST, SIGNATURE, data_files, forge
from tests.package.samples import NOW
from tests.package.test_codecs import PLAN, SCORE


def signed_files(random: Random, folder: Path) -> None:
    """Files damaged and renamed, then listed and signed as they are."""
    files = data_files()
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(files))
        name, content = files[at]
        match random.randrange(4):
            case 0:
                files[at] = (name, damaged(random, content))
            case 1:
                files.insert(at, (random.choice(("data/plan.json", "evidence/0001.pdf", "x")), content))
            case 2:
                del files[at]
            case _:
                bad = damaged(random, name.encode())[:120].decode("ascii", "replace").replace("\ufffd", "?")
                files[at] = (bad, content)
        if not files:
            break
    try:
        forged = forge(files)
    except (UnicodeEncodeError, ValueError):
        return  # a name that not even the forge can write into a manifest
    verified(forged.to_bytes(), folder)


def signed_manifest(random: Random, folder: Path) -> None:
    changed: list[bool] = []

    def change(manifest: bytes) -> bytes:
        bent = damaged(random, manifest)
        changed.append(bent != manifest)
        return bent

    found = verified(forge(manifest=change).to_bytes(), folder)
    must(not changed[0] or found.outcome not in ACCEPTED, found.outcome)


def signed_head(random: Random, folder: Path) -> None:
    files = data_files()
    bent = _as_json(random, json_damaged(random, json.loads(files[0][1])))
    found = verified(forge([("head.json", bent), *files[1:]]).to_bytes(), folder)
    if found.outcome in ACCEPTED:
        must(read_head(write_head(read_head(bent))) == read_head(bent), "head changes by being written")


def signed_contents(random: Random, folder: Path) -> None:
    """The plan and the score as the codecs read them, alone and within a package."""
    name, good, read, write = random.choice(_CONTENTS)
    bent = _as_json(random, json_damaged(random, json.loads(good())))
    try:
        value = read(bent)
    except ProfileBroken:
        value = None
    else:
        must(read(write(value)) == value, "content changes by being written")
    if random.random() < 0.2:
        found = verified(forge([*data_files(), (name, bent)]).to_bytes(), folder)
        must(found.outcome in ACCEPTED if value is not None else found.outcome is Outcome.UNREADABLE, found)


RECEIPT = Receipt(
    *("01900000-0000-7000-8000-000000000000", "ab" * 32, "XA_TCD_2026_L00.asice", NOW),
    *("SO-NOI-VU", "Sở Nội vụ", Outcome.VALID, "-----BEGIN X509 CRL-----\n"),
)


REPLY = EnrolmentReply("01900000-0000-7000-8000-000000000000", "ab" * 32, "SNV", "Sở Nội vụ", "a", "b", "c")


def office_texts(random: Random, _folder: Path) -> None:
    """Receipts and enrolments, which travel the other way too."""
    good, read, write = random.choice(_OFFICE)
    bent = _as_json(random, json_damaged(random, json.loads(good())))
    try:
        value = read(bent)
    except ProfileBroken:
        return
    must(read(write(value)) == value, "content changes by being written")


_OFFICE: tuple[tuple[Callable[[], bytes], Callable[[bytes], Any], Callable[[Any], bytes]], ...] = (
    (lambda: write_receipt(RECEIPT), read_receipt, write_receipt),
    (lambda: write_request(EnrolmentRequest("XA", "UBND xã", "csr", "code")), read_request, write_request),
    (lambda: write_reply(REPLY), read_reply, write_reply),
)


UPDATE = Update(
    *("1.1.0", "1.0.0", "windows", "ab" * 32, "cd" * 32),
    files=(
        UpdateFile("cchc_desktop/ui.pyc", Action.WRITE, "ef" * 32, 7, False, "files/0001.bin"),
        UpdateFile("cchc.exe", Action.WRITE, "01" * 32, 9, True, "files/0002.bin"),
        UpdateFile("lib/gone.pyd", Action.REMOVE),
    ),
    notes="Có gì mới",
)


def update_list(random: Random, folder: Path) -> None:
    """Whatever is read of an update's list stays within the program's folder, on every system."""
    bent = _as_json(random, json_damaged(random, json.loads(write_update(UPDATE))))
    try:
        update = read_update(bent)
    except ProfileBroken:
        return
    must(read_update(write_update(update)) == update, "an update changes by being written")
    must(version_order(update.version) > version_order(update.from_version), "an update goes back")
    low = [file.path.lower() for file in update.files]
    must(len(set(low)) == len(low), "two files of one name")
    for file in update.files:
        inside = (folder / file.path).resolve()
        must(inside.is_relative_to(folder.resolve()) and inside != folder.resolve(), file.path)
        on_windows = PureWindowsPath("C:/p") / file.path
        must(on_windows.is_relative_to("C:/p") and ".." not in on_windows.parts, file.path)
        must(not any(PureWindowsPath(part).is_reserved() for part in on_windows.parts[1:]), file.path)


_CONTENTS: tuple[tuple[str, Callable[[], bytes], Callable[[bytes], Any], Callable[[Any], bytes]], ...] = (
    ("data/plan.json", lambda: write_plan(PLAN), read_plan, write_plan),
    ("data/selfscore.json", lambda: write_selfscore(SCORE), read_selfscore, write_selfscore),
)


def _as_json(random: Random, value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=random.random() < 0.5)
    content = text.encode("utf-8", "surrogatepass")
    return damaged(random, content) if random.random() < 0.3 else content


@cache
def good_manifest() -> bytes:
    return next(entry.content for entry in forge().entries if entry.name == MANIFEST.encode())


def manifest_text(random: Random, _folder: Path) -> None:
    content = damaged(random, good_manifest())
    try:
        files = read_manifest(content, SIGNATURE)
    except ProfileBroken:
        return
    must(write_manifest(SIGNATURE, files) == content, "two spellings of one manifest")
