"""The word on a package: unchanged or not, signed by whom, and whether that signer is trusted here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import (
    Aspect,
    FileFinding,
    Outcome,
    Reason,
    SignerFinding,
    Verification,
    worst,
)
from cchc_desktop.message import message
from cchc_desktop.package.directory import Entry
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import read_head
from cchc_desktop.package.kinds import READERS, check_own
from cchc_desktop.package.layout import (
    HEAD_NAME,
    SUMS_NAME,
    UPDATE_NAME,
    manifest_name,
    signature_name,
)
from cchc_desktop.package.manifest import FileDigest, read_manifest, write_sums
from cchc_desktop.package.reader import Contents, Copying, read_contents
from cchc_desktop.package.update_codec import check_entries
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.trust.judgement import judged
from cchc_desktop.trust.signature_check import SignatureRefused, check_signature
from cchc_desktop.trust.trusted import Trusted


@dataclass(frozen=True, slots=True)
class Verified:
    """The word on a package, and what that one reading of it gave.

    `contents` are its entries with their digests, None when it can't be read. `parts` are its own texts as
    their readers (`kinds.READERS`) understood them, by entry: only what is as it was signed.
    """

    found: Verification
    contents: Contents | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)


def verify_package(
    path: Path, trusted: Trusted, now: datetime, progress: Progress | None = None
) -> Verification:
    """The outcome with all its reasons. Only a file that can't be opened at all raises a KnownError.

    The file is read once; its history (older revisions, repeated ids) is not known here.
    """
    return _verified(path, trusted, now, progress).found


def verified_texts(
    path: Path, trusted: Trusted, now: datetime, progress: Progress | None = None
) -> tuple[Verification, Mapping[str, bytes]]:
    """The same, with the package's own texts as they were when they were checked, in that one reading."""
    read = _verified(path, trusted, now, progress)
    return read.found, {} if read.contents is None else read.contents.texts


def verified_copy(
    path: Path,
    trusted: Trusted,
    now: datetime,
    copying: Copying,
    progress: Progress | None = None,
) -> Verification:
    """The same, with one file's content written away in that one reading: what was checked is what was
    written. It may be used when the file's finding is `ok`.
    """
    return _verified(path, trusted, now, progress, copying).found


def verified_contents(
    path: Path, trusted: Trusted, now: datetime, progress: Progress | None = None
) -> Verified:
    """The same, with every entry's digest and what its texts say, as they were in that one reading."""
    return _verified(path, trusted, now, progress)


def _verified(
    path: Path,
    trusted: Trusted,
    now: datetime,
    progress: Progress | None,
    copying: Copying | None = None,
) -> Verified:
    try:
        contents = read_contents(path, progress, copying)
    except ProfileBroken as broken:
        return Verified(Verification(Outcome.UNREADABLE, (broken.reason,)))
    examination = _Examination(contents, trusted, now)
    return Verified(examination.result(), contents, examination.parts)


def manifest_digest(path: Path, progress: Progress | None = None) -> str | None:
    """Read a package back: its manifest's SHA-256 when every byte is as its manifest says, else None."""
    try:
        contents = read_contents(path, progress)
        listed = read_manifest(contents.texts[manifest_name(1)], signature_name(1))
    except ProfileBroken:
        return None
    found = [FileDigest(entry.name, contents.digests[entry.name]) for entry in _covered(contents, 1)]
    if list(listed) != found or contents.wrong_crc:
        return None
    return contents.digests[manifest_name(1)].hex()


def _covered(contents: Contents, number: int) -> list[Entry]:
    """What the manifest with that number has to list: the data, and every pair before it."""
    before = {name(earlier) for earlier in range(1, number) for name in (manifest_name, signature_name)}
    data = {entry.name for entry in contents.directory.data} | {SUMS_NAME}
    return [entry for entry in contents.directory.entries if entry.name in data | before]


@dataclass
class _Examination:
    contents: Contents
    trusted: Trusted
    now: datetime
    reasons: list[Reason] = field(default_factory=list)
    signers: list[SignerFinding] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    head: PackageHead | None = None
    parts: dict[str, Any] = field(default_factory=dict)

    def result(self) -> Verification:
        try:
            self._integrity()
        except ProfileBroken as broken:
            return Verification(Outcome.UNREADABLE, (*self.reasons, broken.reason))
        self._signatures()
        try:
            self._contents()
        except ProfileBroken as broken:
            # Of what nobody signed, the form says nothing: it stays "changed".
            if Outcome.INVALID not in {reason.leads_to for reason in self.reasons}:
                self.reasons.append(broken.reason)
        self._sender()
        outcome = worst(reason.leads_to for reason in self.reasons)
        head = self.head
        known = {} if head is None else _of_head(head)
        return Verification(
            outcome=outcome,
            reasons=tuple(sorted(self.reasons, key=lambda reason: list(Aspect).index(reason.aspect))),
            manifest_sha256=self.contents.digests[manifest_name(1)].hex(),
            signers=tuple(self.signers),
            files=tuple(self._files()),
            **known,  # type: ignore[arg-type]
        )

    def _integrity(self) -> None:
        """Every manifest against the files that it has to cover, one to one and in order."""
        for number in range(1, self.contents.directory.signatures + 1):
            listed = read_manifest(self.contents.texts[manifest_name(number)], signature_name(number))
            self._compare(listed, _covered(self.contents, number))
        for name in self.contents.wrong_crc:
            if name not in self.changed:
                raise ProfileBroken("package.zip_crc", name=name)
        if not self.changed:
            count = len(self.contents.directory.data)
            self._say("package.files_intact", Aspect.INTEGRITY, Outcome.VALID, count=count)

    def _compare(self, listed: tuple[FileDigest, ...], entries: list[Entry]) -> None:
        found = {entry.name: self.contents.digests[entry.name] for entry in entries}
        expected = {file.name: file.sha256 for file in listed}
        codes = {
            "package.file_missing": expected.keys() - found.keys(),
            "package.file_added": found.keys() - expected.keys(),
            "package.file_changed": {n for n in found.keys() & expected.keys() if found[n] != expected[n]},
        }
        for code, names in codes.items():
            for name in sorted(names - self.changed):
                self._say(code, Aspect.INTEGRITY, Outcome.INVALID, name=name)
            self.changed |= names
        if not self.changed and list(found) != list(expected):
            raise ProfileBroken("package.manifest_order")

    def _signatures(self) -> None:
        for number in range(1, self.contents.directory.signatures + 1):
            digest = self.contents.digests[manifest_name(number)]
            try:
                signature = check_signature(self.contents.texts[signature_name(number)], digest)
            except SignatureRefused as refused:
                aspect = Aspect.FORM if refused.outcome is Outcome.UNREADABLE else Aspect.INTEGRITY
                self._say(refused.code, aspect, refused.outcome)
                continue
            word = judged(signature, self.trusted, self.now)
            self.reasons.extend(word.reasons)
            signer = signature.signer
            if self.signers and signature.signed_at < self.signers[-1].signed_at:
                warning = Outcome.VALID_WITH_WARNINGS
                self._say("signers.signed_before_covered", Aspect.TIME, warning, name=signer.name)
            self.signers.append(
                SignerFinding(
                    name=signer.name,
                    unit_code=signer.unit_code,
                    fingerprint=signer.fingerprint,
                    spoken_code=signer.spoken_code,
                    signed_at=signature.signed_at,
                    outcome=worst(reason.leads_to for reason in word.reasons),
                    authority="" if word.authority is None else word.authority.name,
                    speaks_for_itself=word.speaks_for_itself,
                )
            )

    def _contents(self) -> None:
        """The signed texts, as far as they are what was signed."""
        if HEAD_NAME not in self.contents.texts:
            raise ProfileBroken("package.head_missing")
        if HEAD_NAME not in self.changed:
            self.head = read_head(self.contents.texts[HEAD_NAME])
            if not self.changed:
                _check_head(self.head, self.contents)
        for name, read in READERS.items():
            if name in self.contents.texts and name not in self.changed:
                self.parts[name] = read(self.contents.texts[name])
        if UPDATE_NAME in self.parts and not self.changed:
            digests, data = self.contents.digests, self.contents.directory.data
            brought = {entry.name: (entry.size, digests[entry.name].hex()) for entry in data}
            check_entries(self.parts[UPDATE_NAME], brought)
        if SUMS_NAME not in self.changed and not self.changed:
            data = self.contents.directory.data
            sums = write_sums(FileDigest(entry.name, self.contents.digests[entry.name]) for entry in data)
            if sums != self.contents.texts[SUMS_NAME]:
                raise ProfileBroken("package.sums_wrong")

    def _sender(self) -> None:
        """Whoever signs has to be the unit that the head names."""
        if self.head is None:
            return
        for signer in self.signers:
            args = {"sender": self.head.sender_id, "name": signer.name, "code": signer.unit_code}
            if not signer.unit_code:
                self._say("package.sender_unproven", Aspect.SIGNER, Outcome.VALID_WITH_WARNINGS, **args)
            elif signer.unit_code != self.head.sender_id:
                self._say("package.sender_other", Aspect.SIGNER, Outcome.INVALID, **args)

    def _files(self) -> Iterator[FileFinding]:
        titles: dict[str, str] = {}
        if self.head is not None:
            titles = _titles(self.head)
        for entry in self.contents.directory.data:
            digest = self.contents.digests[entry.name].hex()
            good = entry.name not in self.changed and entry.name not in self.contents.wrong_crc
            yield FileFinding(entry.name, titles.get(entry.name, entry.name), entry.size, digest, good)

    def _say(self, code: str, aspect: Aspect, leads_to: Outcome, /, **args: object) -> None:
        self.reasons.append(Reason(message(code, **args), aspect, leads_to))


def _check_head(head: PackageHead, contents: Contents) -> None:
    """The head and the files name each other one to one, with the same sizes and digests."""
    entries = {entry.name: entry for entry in contents.directory.data}
    for evidence in head.evidence:
        if not evidence.in_package:
            continue
        entry = entries.get(evidence.entry)
        if entry is None:
            raise ProfileBroken("package.head_file_missing", name=evidence.name)
        if (entry.size, contents.digests[entry.name].hex()) != (evidence.size, evidence.sha256):
            raise ProfileBroken("package.head_file_other", name=evidence.name)
    named = _titles(head).keys()
    in_package = [evidence for evidence in head.evidence if evidence.in_package]
    if len(named) != len(head.documents) + len(in_package):
        raise ProfileBroken("package.head_file_twice")
    if len({evidence.id for evidence in head.evidence}) != len(head.evidence):
        raise ProfileBroken("package.head_file_twice")
    if missing := named - entries.keys():
        raise ProfileBroken("package.head_file_missing", name=min(missing))
    check_own(head, entries.keys() - named)


def _titles(head: PackageHead) -> dict[str, str]:
    """What people call each entry that the head names."""
    documents = {file.entry: file.name for file in head.documents}
    return documents | {file.entry: file.name for file in head.evidence if file.in_package}


def _of_head(head: PackageHead) -> dict[str, object]:
    return {
        "package_id": head.package_id,
        "kind": head.kind.value,
        "period": head.period,
        "sender": head.sender_id,
        "sender_name": head.sender_name,
        "recipient": head.recipient_id,
        "revision": head.revision,
        "created_at": head.created_at,
        "evidence": head.evidence,
        "pack_of": head.pack_of,
    }
