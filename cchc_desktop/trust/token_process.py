"""A PKCS#11 library in a process of its own: makers' libraries crash, hang and print, the program does not.

One JSON object per line: questions on standard input (that is also how the PIN comes, never as an argument
or in the environment), answers on what was standard output. Ends when the input ends.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.token_faults import fault_of
from cchc_desktop.trust.token_work import TokenFault, TokenWork


def main() -> int:
    _leave_no_core()
    with _private_output() as out:
        room: list[TokenWork] = []
        for line in sys.stdin.buffer:
            out.write(json.dumps(_answer(room, json.loads(line))).encode() + b"\n")
            out.flush()
    return 0


def _private_output() -> BinaryIO:
    """A library that prints must not speak into the answers."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return own


def _leave_no_core() -> None:
    """A crash must not write the memory, with the PIN in it, to a disk."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(room: list[TokenWork], question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": _done(room, question)}
    except TokenFault as fault:
        return {"fault": fault.code, "args": fault.args_of_code, "detail": fault.detail}
    except Exception as error:  # whatever a library makes of a question is said, not raised into nowhere
        return {"fault": fault_of(error), "args": {}, "detail": type(error).__name__}


def _done(room: list[TokenWork], question: dict[str, Any]) -> Any:
    if question["do"] == "load":
        room.append(TokenWork(question["library"]))
        return None
    token = room[0]
    ways: dict[str, Callable[[], Any]] = {
        "tokens": token.tokens,
        "certificates": lambda: [
            _text(der) for der in token.certificates(question["serial"], question["label"])
        ],
        "log_in": lambda: [
            [id_, _text(der)]
            for id_, der in token.log_in(question["serial"], question["label"], question["pin"])
        ],
        "others": lambda: [_text(der) for der in token.others()],
        "choose": lambda: token.choose(question["id"], SignatureAlgorithm(question["algorithm"])),
        "sign": lambda: _text(token.sign(base64.b64decode(question["message"]))),
    }
    return ways[question["do"]]()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


if __name__ == "__main__":
    sys.exit(main())
