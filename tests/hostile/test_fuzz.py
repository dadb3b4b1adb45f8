"""Nobody has thought of everything: random damage, splices and bytes. No crash, nothing accepted."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.manifest import read_manifest
from cchc_desktop.package.reader import read_stream
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.signature_check import SignatureRefused, check_signature
from tests.hostile.forge import MANIFEST, SIGNATURE, forge
from tests.package.samples import NOW, signer_of

GOOD = forge().to_bytes()
DIGEST = hashlib.sha256(b"manifest").digest()
SIGNED = sign_detached(signer_of(), DIGEST, NOW)
MANIFEST_BYTES = next(entry.content for entry in forge().entries if entry.name == MANIFEST.encode())

pieces = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff" * 4]),
)


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """The good bytes with up to four places cut out, doubled or written over."""
    content = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        action = draw(st.sampled_from(["put", "cut", "double", "move"]))
        if action == "put":
            content[start:end] = draw(pieces)
        elif action == "cut":
            del content[start:end]
        elif action == "double":
            content[end:end] = content[start:end]
        else:
            at = draw(st.integers(0, len(content)))
            content[at : at + end - start] = content[start:end]
    return bytes(content)


def test_the_good_ones_pass() -> None:
    read_stream(io.BytesIO(GOOD), len(GOOD))  # type: ignore[arg-type]
    assert check_signature(SIGNED, DIGEST).signed_at == NOW + timedelta(0)
    assert len(read_manifest(MANIFEST_BYTES, SIGNATURE)) == 5


@settings(max_examples=1500, deadline=None)
@given(st.one_of(damaged(GOOD), st.binary(max_size=300)))
def test_damaged_container_is_refused_or_whole(content: bytes) -> None:
    """What is still read as a container has every content at its place: its checks are the verifier's."""
    try:
        found = read_stream(io.BytesIO(content), len(content))  # type: ignore[arg-type]
    except ProfileBroken:
        return
    for entry in found.directory.entries:
        raw = content[entry.start : entry.end]
        assert hashlib.sha256(raw).digest() == found.digests[entry.name]


@settings(max_examples=1500, deadline=None)
@given(st.one_of(damaged(SIGNED), st.binary(max_size=300)))
def test_damaged_signature_is_refused(content: bytes) -> None:
    if content == SIGNED:
        return
    with pytest.raises(SignatureRefused):
        check_signature(content, DIGEST)


@settings(max_examples=800, deadline=None)
@given(st.one_of(damaged(MANIFEST_BYTES), st.binary(max_size=300)))
def test_damaged_manifest_is_refused_or_says_the_same_in_one_spelling(content: bytes) -> None:
    from cchc_desktop.package.manifest import write_manifest

    try:
        files = read_manifest(content, SIGNATURE)
    except ProfileBroken:
        return
    assert write_manifest(SIGNATURE, files) == content
