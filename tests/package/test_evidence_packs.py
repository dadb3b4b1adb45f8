"""Evidence packs: nothing else is taken for one, and the receiver ticks them off by digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid6 import uuid7

from cchc_desktop.domain.evidence_packs import PACK_ROOM, room_of, shared_out, tick_off
from cchc_desktop.domain.package_head import PackagedEvidence, PackageHead, PackOf, evidence_entry
from cchc_desktop.domain.package_history import history_reasons, known_package
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.package.head_codec import read_head, write_head
from cchc_desktop.package.naming import file_name_of
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.package.writer import Part, package_size, write_package
from cchc_desktop.trust.trusted import load_trusted
from tests.hostile.forge import forge
from tests.package.samples import NOW, head, on_disk, packed, pinned, signer_of

CONTENTS = [f"tệp số {number}".encode() * (number + 1) for number in range(5)]


def listed(number: int, *, entry: str = "") -> PackagedEvidence:
    content = CONTENTS[number]
    return PackagedEvidence(
        *(f"e{number}", f"Quyết định {number}.pdf", len(content), hashlib.sha256(content).hexdigest(), entry)
    )


def checked(path: Path) -> Verification:
    return verify_package(path, load_trusted([pinned(path.parent)]), NOW)


def light(folder: Path) -> Verification:
    evidence = tuple(listed(number) for number in range(5))
    content, _written = packed(head(documents=(), evidence=evidence), [])
    return checked(on_disk(folder, content))


def pack_head(of: Verification, part: int, *numbers: int) -> PackageHead:
    files = tuple(
        listed(number, entry=evidence_entry(at, "x.pdf")) for at, number in enumerate(numbers, start=1)
    )
    named = PackOf(of.package_id, of.manifest_sha256, part, 3)
    return head(package_id=str(uuid7()), documents=(), evidence=files, pack_of=named)


def pack(folder: Path, of: Verification, part: int, *numbers: int) -> Verification:
    of_pack = pack_head(of, part, *numbers)
    parts = [
        Part(file.entry, CONTENTS[number], file.name, file.size, file.sha256)
        for file, number in zip(of_pack.evidence, numbers, strict=True)
    ]
    content, _written = packed(of_pack, parts)
    return checked(on_disk(folder, content, file_name_of(of_pack)))


def test_a_head_without_a_pack_keeps_the_bytes_it_always_had() -> None:
    assert b"pack_of" not in write_head(head())
    of_pack = replace(head(), pack_of=PackOf(str(uuid7()), "a" * 64, 2, 3))
    assert read_head(write_head(of_pack)) == of_pack


def test_light_package_and_packs_pass_and_are_ticked_off_in_any_order(tmp_path: Path) -> None:
    main = light(tmp_path)
    assert (main.outcome, main.pack_of) == (Outcome.VALID, None)
    packs = [pack(tmp_path, main, 1, 0, 3), pack(tmp_path, main, 2, 1), pack(tmp_path, main, 3, 2, 4)]
    assert {one.outcome for one in packs} == {Outcome.VALID}
    assert sorted(path.name for path in tmp_path.glob("*.asice")) == [
        "XA-EA-KAO_TCD_2026_L00.asice",
        "XA-EA-KAO_TCD_2026_L00_MC01.asice",
        "XA-EA-KAO_TCD_2026_L00_MC02.asice",
        "XA-EA-KAO_TCD_2026_L00_MC03.asice",
    ]
    nothing = tick_off(main, [])
    assert (len(nothing.missing), nothing.parts, nothing.of) == (5, (), 0)
    some = tick_off(main, [packs[2], packs[0], packs[2]])
    assert [file.id for file in some.missing] == ["e1"]
    assert (some.parts, some.of, some.is_whole, some.foreign) == ((1, 3), 3, False, ())
    assert tick_off(main, reversed(packs)).is_whole


def test_a_pack_of_another_package_or_a_changed_one_ticks_nothing_off(tmp_path: Path) -> None:
    main = light(tmp_path)
    other = replace(main, package_id=str(uuid7()))
    good = pack(tmp_path, main, 1, 0)
    assert tick_off(main, [good]).parts == (1,)
    foreign = pack(tmp_path, other, 1, 1)
    changed = replace(good, outcome=Outcome.INVALID)
    of_other_unit = replace(good, sender="XA-EA-TU")
    correction = replace(good, revision=1)
    found = tick_off(main, [foreign, changed, of_other_unit, correction])
    assert len(found.missing) == 5
    assert found.foreign == (foreign, changed, of_other_unit, correction)


def test_a_pack_is_no_filing_of_its_own(tmp_path: Path) -> None:
    """So neither the pack nor its light package is called a repeated revision, whichever came first."""
    main = light(tmp_path)
    one = pack(tmp_path, main, 1, 0)
    assert known_package(one) is None
    known = known_package(main)
    assert known is not None
    assert history_reasons(one, [known]) == ()


def hostile(folder: Path, *, files: list[tuple[str, bytes]] | None = None, **changes: object) -> str:
    """The reason why a validly signed pack that is wrong in one thing is refused."""
    of_pack = replace(pack_head(light(folder), 1, 0), **changes)  # type: ignore[arg-type]
    own = files if files is not None else [("evidence/0001.pdf", CONTENTS[0])]
    path = on_disk(folder, forge([("head.json", write_head(of_pack)), *own]).to_bytes(), "pack.asice")
    found = checked(path)
    assert found.outcome is (Outcome.VALID if files is None and not changes else Outcome.UNREADABLE)
    return found.reasons[0].code


def test_a_pack_holds_evidence_and_nothing_that_passes_for_a_report(tmp_path: Path) -> None:
    hostile(tmp_path)  # the good twin
    evidence = ("evidence/0001.pdf", CONTENTS[0])
    assert hostile(tmp_path, files=[("data/selfscore.json", b"{}"), evidence]) != "package.files_intact"
    assert hostile(tmp_path, files=[("data/extra.json", b"{}"), evidence]) == "package.pack_content"
    assert hostile(tmp_path, kind=PackageKind.RECEIPT) == "package.pack_content"
    assert hostile(tmp_path, evidence=(listed(0),), files=[]) == "package.pack_content"
    assert hostile(tmp_path, evidence=(), files=[]) == "package.pack_content"


@pytest.mark.parametrize(
    "named",
    [
        {"part": 0},
        {"part": 4},
        {"parts": 100},
        {"parts": True},
        {"package_id": "../../etc"},
        {"manifest_sha256": "A" * 64},
        {"more": 1},
    ],
    ids=str,
)
def test_what_a_pack_says_of_itself_is_held_to_its_form(named: dict[str, object], tmp_path: Path) -> None:
    written = json.loads(write_head(pack_head(light(tmp_path), 1, 0)))
    written["pack_of"] |= named
    files = [
        ("head.json", json.dumps(written, ensure_ascii=False).encode()),
        ("evidence/0001.pdf", CONTENTS[0]),
    ]
    found = checked(on_disk(tmp_path, forge(files).to_bytes(), "pack.asice"))
    assert (found.outcome, found.reasons[0].code) == (Outcome.UNREADABLE, "package.json_field")


@given(
    st.lists(st.tuples(st.text(max_size=200), st.integers(1, 3_000_000)), max_size=40),
    st.integers(PACK_ROOM, 4_000_000),
)
def test_files_are_shared_out_whole_and_once(files: list[tuple[str, int]], capacity: int) -> None:
    wanted = [PackagedEvidence(str(at), name, size, "") for at, (name, size) in enumerate(files)]
    packs, too_large = shared_out(wanted, capacity)
    given_out = [file.id for pack in (*packs, too_large) for file in pack]
    assert sorted(given_out) == sorted(file.id for file in wanted)
    for each in packs:
        assert sum(map(room_of, each)) <= capacity - PACK_ROOM
    assert all(room_of(file) > capacity - PACK_ROOM for file in too_large)


@given(st.lists(st.text("aạ“\\x", min_size=1, max_size=80), min_size=1, max_size=12, unique=True))
def test_a_pack_never_takes_more_than_its_room(names: list[str]) -> None:
    """Measured on the real writer: what was reckoned is enough, whatever the names."""
    import io

    evidence = tuple(
        PackagedEvidence(
            f"{at:032x}", name, 5, hashlib.sha256(b"bytes").hexdigest(), evidence_entry(at, "x.pdf")
        )
        for at, name in enumerate(names, start=1)
    )
    of_pack = head(documents=(), evidence=evidence, pack_of=PackOf(str(uuid7()), "a" * 64, 1, 1))
    parts = [Part(file.entry, b"bytes", file.name, 5, file.sha256) for file in evidence]
    to = io.BytesIO()
    written = write_package(to, of_pack, parts, signer_of(), NOW)
    reckoned = PACK_ROOM + sum(map(room_of, evidence))
    assert written.size <= package_size(of_pack, parts) <= reckoned
