"""A poor line on loopback: passes everything on, and resets a connection after so many bytes of a client."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: on, no time: closing sends a reset, as a broken line does."""


@dataclass
class PoorLine:
    """`cuts` of the connections so far; the line holds once `most` were cut."""

    to_port: int
    after: int
    most: int
    cuts: int = 0
    port: int = 0
    listening: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}/files"

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _who = self.listening.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with (
            client,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.to_port)) as server,
        ):
            passed = 0
            while ready := select.select([client, server], [], [], 30)[0]:
                for end in ready:
                    block = end.recv(65536)
                    if not block:
                        return
                    (server if end is client else client).sendall(block)
                    passed += len(block) if end is client else 0
                if passed >= self.after and self.cuts < self.most:
                    self.cuts += 1
                    for end in (client, server):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    return


@contextmanager
def poor_line(to_port: int, after: int, most: int, port: int = 0) -> Iterator[PoorLine]:
    """Listens on `port` (0: any)."""
    line = PoorLine(to_port, after, most, port=port)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.listening.shutdown(socket.SHUT_RDWR)
        line.listening.close()
        thread.join(5)
