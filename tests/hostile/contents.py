"""Attacks on what is inside: changed after signing, or signed as it is by a sender who means harm."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.hostile.forge import Entry, Forged, data_files, forge

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
    "deep XML that closes": (
        "package.manifest_form",
        after_declaration(b"<x>" * 100_000 + b"</x>" * 100_000),
    ),
    "30 MB XML": ("package.entry_too_large", after_declaration(b"<x/>" * 7_500_000)),
    "entity in an attribute value": (
        "package.manifest_doctype",
        after_declaration(b'<!DOCTYPE x [<!ENTITY a "001">]><x y="&a;"/>'),
    ),
    "UTF-7": ("package.manifest_encoding", lambda m: m.replace(b"UTF-8", b"UTF-7", 1)),
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
