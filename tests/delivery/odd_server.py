"""A server on loopback that answers as the test says: faults that a good tus server does not have."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = Mapping[str, str]
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class OddServer:
    """`answer(asked, count)` gives status, headers and body; `asked` is everything so far."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/files"

    def methods(self) -> list[str]:
        return [one.method for one in self.asked]


@contextmanager
def odd_server(answer: Callable[[Asked, int], tuple[int, Headers, bytes]]) -> Iterator[OddServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            asked = Asked(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            count = sum(one.method == asked.method for one in server.asked)
            server.asked.append(asked)
            status, headers, body = answer(asked, count)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_line: object) -> None:
            """Quiet."""

    for method in ("OPTIONS", "POST", "HEAD", "PATCH", "GET", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = OddServer(int(listening.server_address[1]))
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)


class GoodStart:
    """A tus server in few lines; `odd(asked, count)` may answer instead of it."""

    def __init__(
        self,
        odd: Callable[[Asked, int], tuple[int, Headers, bytes] | None],
        offer: Headers | None = None,
        location: str = "/files/1",
    ) -> None:
        self._odd, self._offer, self._location = odd, offer or {}, location
        self.content = bytearray()

    def __call__(self, asked: Asked, count: int) -> tuple[int, Headers, bytes]:
        instead = self._odd(asked, count)
        if instead is not None:
            return instead
        if asked.method == "OPTIONS":
            return 204, {**TUS, "Tus-Version": "1.0.0", **self._offer}, b""
        if asked.method == "POST":
            return 201, {**TUS, "Location": self._location}, b""
        if asked.method == "HEAD":
            return 200, {**TUS, "Upload-Offset": str(len(self.content))}, b""
        if asked.method == "PATCH":
            assert int(asked.headers["upload-offset"]) == len(self.content)
            self.content += asked.body
            return 204, {**TUS, "Upload-Offset": str(len(self.content))}, b""
        return 204, TUS, b""
