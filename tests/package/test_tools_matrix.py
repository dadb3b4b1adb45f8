"""Four verifiers that are not ours hold the same packages: OpenSSL, GnuTLS, NSS and gpgsm.

Over {P-256, RSA-2048 with PKCS#1, RSA-2048 with PSS} × {key in software, key on a SoftHSM token} × {one, two
signers}; and each refuses a changed manifest, a changed signature and a CA that it does not know.
Each of the four takes all three algorithms (OpenSSL 3.0, GnuTLS 3.7, NSS 3.87, gpgsm 2.2.40 and newer).
What none of them looks at is the data itself: that is `sha256sum -c` and the manifest.
"""

from __future__ import annotations

import base64
import itertools
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.countersign import countersign, countersignable
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.package.writer import write_package
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.signer import KeySigner, Signer
from cchc_desktop.trust.token import token_signer
from cchc_desktop.trust.trusted import Trusted
from tests.package.samples import NOW, head, parts, signer_of
from tests.trust.authority import DAY, Authority, rsa_key
from tests.trust.soft_token import PIN, SoftToken, make_token

ALGORITHMS = tuple(SignatureAlgorithm)
SOURCES = ("software", "token")
LATER = NOW + timedelta(minutes=2)


@dataclass(frozen=True)
class Stage:
    """One CA, its trust stores in the form of each tool, and the signers by (source, algorithm, number)."""

    folder: Path
    authority: Authority
    token: SoftToken
    keys: dict[tuple[SignatureAlgorithm, int], tuple[object, Certificate]]

    @contextmanager
    def signer(self, source: str, algorithm: SignatureAlgorithm, number: int) -> Iterator[Signer]:
        key, certificate = self.keys[algorithm, number]
        if source == "software":
            yield KeySigner(key, certificate, algorithm)
            return
        pss = algorithm is SignatureAlgorithm.RSA_PSS
        choice = replace(self.token.choice, certificate=certificate.fingerprint, pss=pss)
        with token_signer(choice, PIN) as signer:
            yield signer


def run(*words: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
        env={**os.environ, "LC_ALL": "C.UTF-8", "GNUPGHOME": str(folder / "gnupg"), **environment},
    )


def believe(folder: Path, certificate: Certificate, nss_trust: str = "CT,C,C") -> None:
    """Make `certificate` the one trusted root of each tool, in `folder`."""
    folder.mkdir()
    (folder / "ca.pem").write_bytes(certificate.pem)
    (folder / "nss").mkdir()
    made = run("certutil", "-N", "-d", "sql:nss", "--empty-password", folder=folder)
    assert made.returncode == 0, made.stderr
    taken = run(
        *("certutil", "-A", "-d", "sql:nss", "-n", "ca", "-t", nss_trust, "-i", "ca.pem"), folder=folder
    )
    assert taken.returncode == 0, taken.stderr
    (folder / "gnupg").mkdir(mode=0o700)
    run("gpgsm", "--batch", "--quiet", "--disable-dirmngr", "--import", "ca.pem", folder=folder)
    fingerprint = run("openssl", "x509", "-in", "ca.pem", "-noout", "-fingerprint", "-sha1", folder=folder)
    trust = fingerprint.stdout.partition("=")[2].strip()
    (folder / "gnupg/trustlist.txt").write_text(f"{trust} S relax\n")


def forget(folder: Path) -> None:
    """gpgsm leaves an agent running."""
    run("gpgconf", "--kill", "all", folder=folder)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("m")
    authority, stranger = Authority(NOW), Authority(NOW, "CA lạ")
    believe(folder / "known", authority.certificate)
    believe(folder / "stranger", stranger.certificate)
    keys = {}
    with pytest.MonkeyPatch.context() as monkeypatch:
        token = make_token(folder, monkeypatch)
        for place, (algorithm, number) in enumerate(itertools.product(ALGORITHMS, (1, 2)), start=1):
            fresh = None if algorithm is SignatureAlgorithm.ECDSA_P256 else rsa_key(2048)
            person = f"Người ký {number}"
            keys[algorithm, number] = authority.issue(person, "XA-EA-KAO", NOW - DAY, NOW + DAY, fresh)
            token.take(*keys[algorithm, number], bytes([place]))
        yield Stage(folder, authority, token, keys)
    for place in ("known", "stranger"):
        forget(folder / place)


@pytest.fixture(scope="module")
def packages(stage: Stage) -> dict[tuple[str, SignatureAlgorithm, int], Path]:
    """All twelve, unpacked."""
    found = {}
    for source, algorithm in itertools.product(SOURCES, ALGORITHMS):
        name = f"{source}-{algorithm.value}"
        one, two = stage.folder / f"{name}-1.asice", stage.folder / f"{name}-2.asice"
        with one.open("xb") as file, stage.signer(source, algorithm, 1) as signer:
            write_package(file, head(), parts(), signer, NOW)
        there = countersignable(one, Trusted(), NOW)
        with two.open("xb") as file, stage.signer(source, algorithm, 2) as signer:
            countersign(there, file, signer, LATER)
        for signers, package in ((1, one), (2, two)):
            assert verify_package(package, Trusted((stage.authority.certificate,)), LATER).outcome in (
                Outcome.VALID,
                Outcome.VALID_WITH_WARNINGS,
            )  # nobody made a revocation list
            with zipfile.ZipFile(package) as archive:
                archive.extractall(stage.folder / package.stem)
            found[source, algorithm, signers] = stage.folder / package.stem
    return found


# Each tool: signature file, signed content, folder of its trust store → does it accept?


def openssl(signature: Path, content: Path, trust: Path) -> bool:
    line = "openssl cms -verify -cades -binary -inform DER -out /dev/null -CAfile ca.pem"
    answer = run(*line.split(), "-in", signature, "-content", content, folder=trust)
    accepted = answer.returncode == 0
    assert ("CAdES Verification successful" in answer.stderr) is accepted
    return accepted


def gnutls(signature: Path, content: Path, trust: Path) -> bool:
    line = "certtool --p7-verify --inder --load-ca-certificate ca.pem"
    answer = run(*line.split(), "--infile", signature, "--load-data", content, folder=trust)
    accepted = answer.returncode == 0
    assert ("Signature status: ok" in answer.stdout + answer.stderr) is accepted
    return accepted


def nss(signature: Path, content: Path, trust: Path) -> bool:
    """Never with `-h`: that only prints the status, and the exit code is 0 for a bad signature too."""
    line = "cmsutil -D -d sql:nss -n"
    answer = run(*line.split(), "-i", signature, "-c", content, "-o", "nss.out", folder=trust)
    accepted = answer.returncode == 0
    assert (answer.stderr == "") is accepted
    return accepted


def gpgsm(signature: Path, content: Path, trust: Path) -> bool:
    """It says GOODSIG for the bytes alone, TRUST_FULLY when the root is in its list as well."""
    line = "gpgsm --batch --disable-crl-checks --disable-dirmngr --status-fd 1 --verify"
    answer = run(*line.split(), signature, content, folder=trust)
    good = "[GNUPG:] GOODSIG" in answer.stdout and "[GNUPG:] TRUST_FULLY" in answer.stdout
    assert (answer.returncode == 0) is good
    return good


TOOLS: tuple[Callable[[Path, Path, Path], bool], ...] = (openssl, gnutls, nss, gpgsm)
CELLS = tuple(itertools.product(SOURCES, ALGORITHMS, (1, 2)))


def pair(unpacked: Path, number: int) -> tuple[Path, Path]:
    folder = unpacked / "META-INF"
    return folder / f"signature{number:03d}.p7s", folder / f"ASiCManifest{number:03d}.xml"


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(("source", "algorithm", "signers"), CELLS)
def test_every_tool_agrees_and_refuses_what_was_changed(
    stage: Stage,
    packages: dict[tuple[str, SignatureAlgorithm, int], Path],
    tmp_path: Path,
    source: str,
    algorithm: SignatureAlgorithm,
    signers: int,
    tool: Callable[[Path, Path, Path], bool],
) -> None:
    """The good package passes first, in the same run; of two signers each signature is checked."""
    known, unpacked = stage.folder / "known", packages[source, algorithm, signers]
    for number in range(1, signers + 1):
        signature, manifest = pair(unpacked, number)
        assert tool(signature, manifest, known)
    changed = tmp_path / "changed"
    content = bytearray(manifest.read_bytes())
    content[content.index(b"evidence/0001")] ^= 1
    changed.write_bytes(content)
    assert not tool(signature, changed, known)
    broken = tmp_path / "broken.p7s"
    content = bytearray(signature.read_bytes())
    content[-1] ^= 1  # the last byte of the signature value
    broken.write_bytes(content)
    assert not tool(broken, manifest, known)


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_refuses_an_unknown_authority(
    stage: Stage,
    packages: dict[tuple[str, SignatureAlgorithm, int], Path],
    tool: Callable[[Path, Path, Path], bool],
) -> None:
    signature, manifest = pair(packages["software", SignatureAlgorithm.ECDSA_P256, 1], 1)
    assert tool(signature, manifest, stage.folder / "known")
    assert not tool(signature, manifest, stage.folder / "stranger")


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_refuses_the_second_signature_for_the_first_manifest(
    stage: Stage,
    packages: dict[tuple[str, SignatureAlgorithm, int], Path],
    tool: Callable[[Path, Path, Path], bool],
) -> None:
    """The order can't be turned round with any tool: each signature belongs to its own manifest."""
    unpacked = packages["software", SignatureAlgorithm.RSA_PKCS1, 2]
    (one, first), (two, second) = pair(unpacked, 1), pair(unpacked, 2)
    known = stage.folder / "known"
    assert tool(two, second, known)
    assert not tool(two, first, known)
    assert not tool(one, second, known)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell[2] == 2])
def test_the_second_manifest_names_the_first_signature_by_its_digest(
    packages: dict[tuple[str, SignatureAlgorithm, int], Path], cell: tuple[str, SignatureAlgorithm, int]
) -> None:
    """What a receiver without this program checks by `sha256sum`: order is provable."""
    unpacked = packages[cell]
    _signature, manifest = pair(unpacked, 2)
    listed = dict(
        re.findall(
            r'DataObjectReference URI="([^"]+)".*?<ds:DigestValue>([^<]+)<', manifest.read_text(), re.DOTALL
        )
    )
    first_signature, first_manifest = pair(unpacked, 1)
    for file in (first_signature, first_manifest, unpacked / "SHA256SUMS", unpacked / "head.json"):
        name = file.relative_to(unpacked).as_posix()
        assert base64.b64decode(listed[name]) == sha256(file.read_bytes()).digest()


@pytest.mark.parametrize("tool", TOOLS)
def test_the_programs_own_key_needs_no_authority(
    tmp_path: Path, tool: Callable[[Path, Path, Path], bool]
) -> None:
    """Its self-signed certificate is what the receiver trusts, as `ca.pem` in the help's commands."""
    with ExitStack() as stack:
        known = tmp_path / "k"
        believe(known, signer_of().certificate, "P,P,P")
        stack.callback(forget, known)
        package = tmp_path / "own.asice"
        with package.open("xb") as file:
            write_package(file, head(), parts(), signer_of(), NOW)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(tmp_path / "own")
        signature, manifest = pair(tmp_path / "own", 1)
        assert tool(signature, manifest, known)
        assert not tool(signature, tmp_path / "own/SHA256SUMS", known)
