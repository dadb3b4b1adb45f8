"""A token (USB) as a signer. The maker's library works in another process; this side asks it questions."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cchc_desktop import paths
from cchc_desktop.domain.signer_choice import PinState, SignerChoice, TokenFacts
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.algorithms import SignatureAlgorithm, signature_holds
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable, read_certificate
from cchc_desktop.trust.signer_fitness import algorithm_for, chain_of, chosen_one
from cchc_desktop.trust.token_faults import PIN_LOCKED, PIN_WRONG

PROCESS_WORD = "--token-process"
"""What a frozen program is started with to become the process of `token_process`."""
ANSWER_SECONDS, HUMAN_SECONDS = 30.0, 120.0
"""For what only the library does; for what waits for a person at a device's own keys."""
_wrong_pins: dict[str, int] = {}


class TokenLibrary:
    """One library, loaded in a process of its own for as long as this is open."""

    def __init__(self, library: Path | str) -> None:
        self.path = Path(library)
        if not self.path.is_file():
            raise KnownError("signers.library_missing", unusable_input=False, path=str(library))
        try:
            self._process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise KnownError("signers.token_failed", unusable_input=False, detail=str(error)) from error
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._listen, name="token", daemon=True).start()
        try:
            self._ask("load", library=str(self.path.absolute()))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> TokenLibrary:
        return self

    def __exit__(self, *_ended: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"TokenLibrary({self.path.name})"

    def close(self) -> None:
        """Ends the session on the token and the process; one that hangs is ended by force."""
        process = self._process
        with contextlib.suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(3.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def tokens(self) -> tuple[TokenFacts, ...]:
        return tuple(TokenFacts(**{**facts, "pin": PinState(facts["pin"])}) for facts in self._ask("tokens"))

    def certificates(self, serial: str = "", label: str = "") -> tuple[Certificate, ...]:
        """Those that the token shows without a PIN; some show none."""
        return _read(self._ask("certificates", serial=serial, label=label))

    def log_in(self, serial: str, label: str, pin: str) -> dict[Certificate, str]:
        """The certificates whose key lies on the token, and the key's id.

        Raises KnownError signers.pin_wrong… (with what the token says of the tries), signers.pin_locked, …
        """
        account = serial or label
        try:
            found = self._ask("log_in", HUMAN_SECONDS, serial=serial, label=label, pin=pin)
        except KnownError as error:
            if error.code != PIN_WRONG:
                raise
            _wrong_pins[account] = _wrong_pins.get(account, 0) + 1
            raise _wrong_pin(PinState(error.message.args["pin"]), _wrong_pins[account]) from error
        _wrong_pins.pop(account, None)
        return {certificate: id_ for id_, der in found for certificate in _read([der])}

    def others(self) -> tuple[Certificate, ...]:
        return _read(self._ask("others"))

    def choose(self, key_id: str, algorithm: SignatureAlgorithm) -> None:
        self._ask("choose", id=key_id, algorithm=algorithm.value)

    def sign(self, message: bytes) -> bytes:
        answer = self._ask("sign", HUMAN_SECONDS, message=base64.b64encode(message).decode())
        return base64.b64decode(answer)

    def _ask(self, do: str, seconds: float | None = None, /, **question: Any) -> Any:
        line = json.dumps({"do": do, **question}).encode() + b"\n"
        try:
            stdin = self._process.stdin
            stdin.write(line)  # type: ignore[union-attr]
            stdin.flush()  # type: ignore[union-attr]
            reply = self._lines.get(timeout=ANSWER_SECONDS if seconds is None else seconds)
        except (OSError, ValueError) as error:
            raise self._crashed() from error
        except queue.Empty as error:
            self._process.kill()
            raise KnownError("signers.token_hangs", unusable_input=False, library=self.path.name) from error
        if not reply:
            raise self._crashed()
        said = json.loads(reply)
        if "fault" in said:
            raise KnownError(
                said["fault"],
                unusable_input=False,
                detail=said["detail"],
                library=self.path.name,
                **said["args"],
            )
        return said["answer"]

    def _listen(self) -> None:
        """An empty line at last: the process is gone."""
        stdout = self._process.stdout
        with contextlib.suppress(OSError, ValueError):
            for line in stdout:  # type: ignore[union-attr]
                self._lines.put(line)
        self._lines.put(b"")
        stdout.close()  # type: ignore[union-attr]

    def _crashed(self) -> KnownError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(3.0)
        detail = f"exit {self._process.returncode}"
        return KnownError(
            "signers.library_crashed", unusable_input=False, library=self.path.name, detail=detail
        )


class TokenSigner:
    """Signs in the session that is open on the token; every signature is checked before it is handed out."""

    def __init__(
        self,
        library: TokenLibrary,
        certificate: Certificate,
        algorithm: SignatureAlgorithm,
        intermediates: tuple[bytes, ...],
    ) -> None:
        self._library = library
        self.certificate = certificate
        self.algorithm = algorithm
        self.intermediates = intermediates

    def __repr__(self) -> str:
        return f"TokenSigner({self.certificate.fingerprint})"

    def sign(self, message: bytes) -> bytes:
        signature = self._library.sign(message)
        if not signature_holds(self.algorithm, self.certificate.public_key(), signature, message):
            raise KnownError("signers.token_signature_wrong", unusable_input=False)
        return signature


@contextmanager
def token_signer(choice: SignerChoice, pin: str) -> Iterator[TokenSigner]:
    """One session: PIN, certificate, key; closed afterwards, so that the next work asks for the PIN again.

    Raises KnownError of room signers: each says what to do.
    """
    with TokenLibrary(choice.path) as library:
        own = library.log_in(choice.serial, choice.label, pin)
        certificate = chosen_one(tuple(own), choice.certificate)
        algorithm = algorithm_for(certificate, pss=choice.pss)
        library.choose(own[certificate], algorithm)
        yield TokenSigner(library, certificate, algorithm, chain_of(certificate, library.others()))


def _wrong_pin(pin: PinState, wrong: int) -> KnownError:
    """What the token says counts; without a word from it, only our own count is known."""
    if pin is PinState.LOCKED:
        return KnownError(PIN_LOCKED, unusable_input=False)
    code = "signers.pin_last_try" if pin is PinState.LAST_TRY else PIN_WRONG
    return KnownError(code, unusable_input=False, wrong=wrong)


def _read(ders: list[str]) -> tuple[Certificate, ...]:
    """What is no certificate that we can read is left out: it could not sign here anyway."""
    found = []
    for der in ders:
        with contextlib.suppress(CertificateUnreadable):
            found.append(read_certificate(base64.b64decode(der)))
    return tuple(found)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, PROCESS_WORD]
    return [sys.executable, "-P", "-m", "cchc_desktop.trust.token_process"]


def _environment() -> dict[str, str]:
    """The library finds its own settings there; the program is found wherever this one lies."""
    return {**os.environ, "PYTHONPATH": str(paths.program_folder()), "PYTHONDONTWRITEBYTECODE": "1"}
