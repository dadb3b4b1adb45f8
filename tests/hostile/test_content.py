"""Attacks on what is inside, each validly signed by an enrolled sender, each refused for its own reason."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.language import render
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import Entry, Forged, countersigned, data_files, forge
from tests.package.samples import NOW, packed, signer_of

TRUSTED = Trusted((signer_of().certificate,))


def verified(forged: Forged | bytes, folder: Path) -> Verification:
    path = folder / "hostile.asice"
    path.write_bytes(forged if isinstance(forged, bytes) else forged.to_bytes())
    begun = time.perf_counter()
    found = verify_package(path, TRUSTED, NOW)
    assert time.perf_counter() - begun < 1
    assert all(render(reason.message) for reason in found.reasons)
    return found


def worst_codes(found: Verification) -> list[str]:
    return [reason.code for reason in found.reasons if reason.leads_to is found.outcome]


def test_the_untampered_twin_passes(tmp_path: Path) -> None:
    assert verified(forge(), tmp_path).outcome is Outcome.VALID


# --- changed after signing --------------------------------------------------------------------------------


def entry(forged: Forged, name: str) -> Entry:
    return next(entry for entry in forged.entries if entry.name == name.encode())


def replaced() -> Forged:
    forged = forge()
    entry(forged, "evidence/0001.pdf").content = b"%PDF-1.4\n% forged\n%%EOF\n"
    return forged


def swapped() -> Forged:
    forged = forge()
    one, two = entry(forged, "evidence/0001.pdf"), entry(forged, "evidence/0002.png")
    one.content, two.content = two.content, one.content
    return forged


def removed() -> Forged:
    forged = forge()
    forged.entries.remove(entry(forged, "evidence/0001.pdf"))
    return forged


def added() -> Forged:
    forged = forge()
    forged.entries.insert(5, Entry(b"evidence/0003.pdf", b"%PDF"))
    return forged


def head_changed() -> Forged:
    forged = forge()
    head = entry(forged, "head.json")
    head.content = head.content.replace(b'"revision": 0', b'"revision": 7')
    return forged


def sums_changed() -> Forged:
    forged = forge()
    entry(forged, "SHA256SUMS").content += b"0" * 64 + b"  x\n"
    return forged


CHANGED: dict[str, tuple[list[str], Callable[[], Forged]]] = {
    "evidence replaced": (["package.file_changed"], replaced),
    "evidence swapped": (["package.file_changed"] * 2, swapped),
    "evidence removed": (["package.file_missing"], removed),
    "evidence added": (["package.file_added"], added),
    "head changed": (["package.file_changed"], head_changed),
    "sums changed": (["package.file_changed"], sums_changed),
}


@pytest.mark.parametrize("attack", CHANGED)
def test_change_after_signing_is_invalid(attack: str, tmp_path: Path) -> None:
    codes, build = CHANGED[attack]
    found = verified(build(), tmp_path)
    assert found.outcome is Outcome.INVALID
    assert worst_codes(found) == codes


def test_changed_file_is_named_and_the_others_are_not(tmp_path: Path) -> None:
    found = verified(replaced(), tmp_path)
    assert {file.name: file.ok for file in found.files} == {
        "head.json": True,
        "documents/selfscore.pdf": True,
        "evidence/0001.pdf": False,
        "evidence/0002.png": True,
    }


def test_changes_mended_everywhere_but_in_the_signature_are_invalid(tmp_path: Path) -> None:
    """The attacker mends manifest and sums too, but has no key: the old signature stays."""
    good = forge()
    files = [(n, b"%PDF forged" if n == "evidence/0001.pdf" else c) for n, c in data_files()]
    found = verified(forge(files, signature=lambda _new: good.entries[-1].content), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.INVALID, ["trust.signature_moved"])


def test_signature_from_another_package_is_invalid(tmp_path: Path) -> None:
    other = forge().entries[-1].content
    found = verified(forge(signature=lambda _own: other), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.INVALID, ["trust.signature_moved"])


def test_signature_by_an_unknown_key_is_unknown(tmp_path: Path) -> None:
    stranger = signer_of("UBND xã Ea Kao giả", "XA-EA-KAO")
    path = tmp_path / "p.asice"
    path.write_bytes(packed(signer=signer_of())[0])
    assert verify_package(path, Trusted((stranger.certificate,)), NOW).outcome is Outcome.UNKNOWN_SIGNER


def test_sender_and_certificate_of_different_units_is_invalid(tmp_path: Path) -> None:
    other = signer_of("UBND xã Hòa Phú", "XA-HOA-PHU")
    path = tmp_path / "p.asice"
    path.write_bytes(packed(signer=other)[0])
    found = verify_package(path, Trusted((other.certificate,)), NOW)
    assert (found.outcome, worst_codes(found)) == (Outcome.INVALID, ["package.sender_other"])


# --- manifests --------------------------------------------------------------------------------------------

DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'


def after_declaration(insert: bytes) -> Callable[[bytes], bytes]:
    return lambda manifest: manifest.replace(b"?>\n", b"?>\n" + insert, 1)


def doubled(manifest: bytes) -> bytes:
    start, end = manifest.index(b"  <asic:DataObject"), manifest.index(b"</asic:DataObjectReference>\n") + 28
    return manifest[:end] + manifest[start:end] + manifest[end:]


def reordered(manifest: bytes) -> bytes:
    first = manifest.index(b"  <asic:DataObject")
    blocks = manifest[first : manifest.index(b"</asic:ASiCManifest>")].split(b"  <asic:DataObject")[1:]
    blocks[1], blocks[2] = blocks[2], blocks[1]
    body = b"".join(b"  <asic:DataObject" + block for block in blocks)
    return manifest[:first] + body + b"</asic:ASiCManifest>\n"


MANIFESTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "XML bomb": ("package.manifest_doctype", after_declaration(DTD)),
    "XXE": ("package.manifest_doctype", after_declaration(XXE)),
    "XML comment": ("package.manifest_doctype", after_declaration(b"<!-- x -->\n")),
    "UTF-16 DOCTYPE": ("package.manifest_encoding", lambda m: (XXE + m).decode().encode("utf-16")),
    "UTF-16 without a mark": ("package.manifest_encoding", lambda m: m.decode().encode("utf-16-le")),
    "byte order mark": ("package.manifest_encoding", lambda m: b"\xef\xbb\xbf" + m),
    "other declaration": ("package.manifest_encoding", lambda m: m.replace(b'"UTF-8"', b"'UTF-8'", 1)),
    "Latin-1 declaration": ("package.manifest_encoding", lambda m: m.replace(b"UTF-8", b"LATIN1", 1)),
    "letter outside ASCII": (
        "package.manifest_encoding",
        lambda m: m.replace(b"0001.pdf", b"000\xc3\xa9.pdf"),
    ),
    "processing instruction": ("package.manifest_form", after_declaration(b"<?php x ?>\n")),
    "deep XML": ("package.manifest_form", after_declaration(b"<x>" * 100_000)),
    "attribute entity": ("package.manifest_form", lambda m: m.replace(b"0001.pdf", b"000&#49;.pdf")),
    "SHA-1": ("package.manifest_form", lambda m: m.replace(b"xmlenc#sha256", b"xmldsig#sha1", 1)),
    "carriage returns": ("package.manifest_encoding", lambda m: m.replace(b"\n", b"\r\n")),
    "bytes at the end": ("package.manifest_form", lambda m: m + b" "),
    "loose digest": ("package.manifest_form", lambda m: m.replace(b"=</ds", b"=\n</ds", 1)),
    "signature of another name": (
        "package.manifest_form",
        lambda m: m.replace(b"signature001.p7s", b"signature002.p7s", 1),
    ),
    "file listed twice": ("package.manifest_twice", doubled),
    "other order": ("package.manifest_order", reordered),
}


@pytest.mark.parametrize("attack", MANIFESTS)
def test_manifest_in_another_spelling_is_unreadable(attack: str, tmp_path: Path) -> None:
    code, change = MANIFESTS[attack]
    changed: list[bool] = []

    def tampered(manifest: bytes) -> bytes:
        changed.append(change(manifest) != manifest)
        return change(manifest)

    found = verified(forge(manifest=tampered), tmp_path)
    assert changed == [True]
    assert (found.outcome, worst_codes(found)) == (Outcome.UNREADABLE, [code])


def test_base64_with_another_spelling_of_the_digest_is_unreadable(tmp_path: Path) -> None:
    """The last letter of 43 has two bits that mean nothing: they have to be zero."""

    def loose(manifest: bytes) -> bytes:
        at = manifest.index(b"=</ds:DigestValue>") - 1
        letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        other = letters[letters.index(manifest[at : at + 1]) + 1]
        return manifest[:at] + bytes((other,)) + manifest[at + 1 :]

    found = verified(forge(manifest=loose), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.UNREADABLE, ["package.manifest_form"])


def test_sums_that_differ_from_the_files_are_unreadable(tmp_path: Path) -> None:
    """Signed by the sender himself: whoever checks with sha256sum would see something else than we."""
    found = verified(forge(sums=b"0" * 64 + b"  head.json\n"), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.UNREADABLE, ["package.sums_wrong"])


# --- signatures -------------------------------------------------------------------------------------------


def test_countersignature_over_the_first_is_valid(tmp_path: Path) -> None:
    forged = countersigned()
    found = verified(forged, tmp_path)
    assert found.outcome is Outcome.VALID
    assert [signer.outcome for signer in found.signers] == [Outcome.VALID, Outcome.VALID]


def test_first_signature_exchanged_under_a_countersignature_is_invalid(tmp_path: Path) -> None:
    """A second valid signature of the same sender over the same manifest: the head never saw that one."""
    forged = countersigned()
    digest = hashlib.sha256(forged.entries[-4].content).digest()
    forged.entries[-3].content = sign_detached(signer_of(), digest, NOW)
    found = verified(forged, tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.INVALID, ["package.file_changed"])


def test_countersignature_that_leaves_out_the_first_is_invalid(tmp_path: Path) -> None:
    forged = countersigned(covers=lambda digests: digests[:-2])
    found = verified(forged, tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.INVALID, ["package.file_added"] * 2)


# --- the head and the data --------------------------------------------------------------------------------


def with_head(change: Callable[[dict[str, Any]], Any]) -> Callable[[], Forged]:
    """The head as an object, changed and signed."""

    def build() -> Forged:
        files = data_files()
        value = json.loads(files[0][1])
        changed = change(value)
        return forge([("head.json", json.dumps(value if changed is None else changed).encode()), *files[1:]])

    return build


def with_head_text(old: str, new: str) -> Callable[[], Forged]:
    """The head as text, for what no object can hold."""

    def build() -> Forged:
        files = data_files()
        text = files[0][1].decode()
        assert old in text
        return forge([("head.json", text.replace(old, new, 1).encode("utf-8", "surrogatepass")), *files[1:]])

    return build


def raw_head(content: bytes) -> Callable[[], Forged]:
    return lambda: forge([("head.json", content), *data_files()[1:]])


def put(path: str, value: Any) -> Callable[[], Forged]:
    def change(head: dict[str, Any]) -> None:
        at: Any = head
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            at = at[step]
        at[last] = value

    return with_head(change)


def drop(name: str) -> Callable[[], Forged]:
    return with_head(lambda head: head.pop(name) and None)


HEADS: dict[str, tuple[str, Callable[[], Forged]]] = {
    "1e400": ("package.json_number", with_head_text('"counter": 1', '"counter": 1e400')),
    "fraction": ("package.json_number", with_head_text('"counter": 1', '"counter": 1.5')),
    "4,000 digits": ("package.json_number", with_head_text('"counter": 1', '"counter": ' + "9" * 4000)),
    "5,000 digits": ("package.json_number", with_head_text('"counter": 1', '"counter": ' + "9" * 5000)),
    "NaN": ("package.json_number", with_head_text('"counter": 1', '"counter": NaN')),
    "Infinity": ("package.json_number", with_head_text('"counter": 1', '"counter": -Infinity')),
    "duplicate key": ("package.json_key_twice", with_head_text('"counter": 1', '"counter": 1, "counter": 2')),
    "lone surrogate": ("package.json_surrogate", with_head_text("UBND", "\\ud800")),
    "encoded surrogate": ("package.json_encoding", with_head_text("UBND", "\ud800")),
    "depth 100,000": ("package.json_depth", raw_head(b"[" * 100_000 + b"]" * 100_000)),
    "objects 100,000 deep": ("package.json_depth", raw_head(b'{"a":' * 100_000)),
    "depth behind a string": ("package.json_depth", raw_head(b'["\\"", ' + b"[" * 100_000)),
    "open string": ("package.json_syntax", raw_head(b'{"' + b"a" * 10_000)),
    "byte order mark": ("package.json_encoding", raw_head(b"\xef\xbb\xbf{}")),
    "UTF-16": ("package.json_encoding", raw_head('{"a": 1}'.encode("utf-16"))),
    "larger than allowed": ("package.entry_too_large", raw_head(b" " * (8 * 1024 * 1024 + 1))),
    "empty": ("package.json_syntax", raw_head(b"")),
    "no object": ("package.json_field", raw_head(b"[]")),
    "newer form": ("package.head_form", put("form", "cchc-package-2")),
    "unknown field": ("package.json_field", put("extra", 1)),
    "missing field": ("package.json_field", drop("counter")),
    "true for a number": ("package.json_field", put("revision", True)),
    "negative revision": ("package.json_field", put("revision", -1)),
    "unknown kind": ("package.json_field", put("kind", "virus")),
    "other period": ("package.json_field", put("period", "2026-Q2")),
    "other UUID": ("package.json_field", put("package_id", "not-a-uuid")),
    "sender as a path": ("package.json_field", put("sender_id", "../ETC")),
    "sender with line breaks": ("package.json_field", put("sender_name", "UBND\nxã")),
    "name with RTL override": ("package.json_field", put("evidence.0.name", "\u202efdp.exe")),
    "name with a slash": ("package.json_field", put("evidence.0.name", "a/b.pdf")),
    "name with NUL": ("package.json_field", put("evidence.0.name", "a\0.pdf")),
    "entry as a path": ("package.name_traversal", put("evidence.0.entry", "../x.pdf")),
    "digest in capitals": ("package.json_field", put("evidence.0.sha256", "AB" * 32)),
    "time without zone": ("package.json_field", put("created_at", "2026-01-01T00:00:00")),
    "impossible time": ("package.json_field", put("created_at", "2026-02-30T00:00:00+07:00")),
    "evidence of another digest": ("package.head_file_other", put("evidence.0.sha256", "ab" * 32)),
    "evidence of another size": ("package.head_file_other", put("evidence.0.size", 1)),
    "evidence that is not there": ("package.head_file_missing", put("evidence.0.entry", "evidence/0009.pdf")),
    "document that is not there": ("package.head_file_missing", put("documents.0.entry", "documents/x.pdf")),
    "same evidence twice": (
        "package.head_file_twice",
        with_head(lambda h: h["evidence"].append(h["evidence"][0])),
    ),
    "same id twice": ("package.head_file_twice", put("evidence.1.id", "e1")),
    "file that the head does not name": ("package.head_file_unnamed", put("documents", [])),
    "not in the package, yet with an entry": ("package.json_field", put("evidence.0.in_package", False)),
    "no head": ("package.head_missing", lambda: forge(data_files()[1:])),
    "broken plan": ("package.json_syntax", lambda: forge([*data_files(), ("data/plan.json", b"{")])),
    "broken self-score": (
        "package.json_field",
        lambda: forge([*data_files(), ("data/selfscore.json", b'{"form": "x"}')]),
    ),
}


@pytest.mark.parametrize("attack", HEADS)
def test_signed_head_that_breaks_a_rule_is_unreadable(attack: str, tmp_path: Path) -> None:
    code, build = HEADS[attack]
    found = verified(build(), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.UNREADABLE, [code])
