"""The line to one receiving server: encrypted, with timeouts, never following it elsewhere with the token.

Certificates are checked against those that the system trusts (Windows' and Debian's own lists, and what an
office's administrator added there), not against a list of our own. Windows fetches some roots only when its
own programs first meet them; there certifi's list is known besides.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cchc_desktop.delivery import upload_faults
from cchc_desktop.delivery.upload_address import host_of, is_loopback
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS, ANSWER_SECONDS = 20.0, 60.0
_LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """`address` in the spelling of `upload_address.normal`; `authority` is a CA of its own as PEM, or "".

    The token never shows: not in `repr`, and nowhere but in the header of a request.
    """

    address: str
    token: str
    authority: str = ""

    def __repr__(self) -> str:
        return f"Server({self.address!r})"


class Line:
    """Requests to one server; every fault comes out as a `KnownError` or as one of `upload_faults`."""

    def __init__(self, session: requests.Session, server: Server) -> None:
        self._session, self._server = session, server
        self.host = host_of(server.address)

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Any = None,
        *,
        creating: bool = False,
    ) -> dict[str, str]:
        """The headers of a good answer, by their small names; its body is of no interest."""
        with self.answered(method, address, headers, data) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            self._drain(answer)
            fault = upload_faults.of_answer(answer.status_code, found, self.host, creating=creating)
        if fault is not None:
            raise fault
        return found

    @contextmanager
    def answered(
        self, method: str, address: str, headers: Mapping[str, str], data: Any = None
    ) -> Iterator[requests.Response]:
        """The answer as it comes, its body unread; faults of the line are told apart, the status is not."""
        import requests
        from urllib3.exceptions import HTTPError

        try:
            with self._session.request(
                method,
                address,
                headers=dict(headers),
                data=data,
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as answer:
                yield answer
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise upload_faults.of_line(error, self.host) from error

    @staticmethod
    def _drain(answer: requests.Response) -> None:
        """Read a small body, so that the connection can be used again; a large one ends it."""
        if len(answer.raw.read(_LARGEST_ANSWER)) == _LARGEST_ANSWER:
            answer.raw.close()


@contextmanager
def opened(server: Server) -> Iterator[Line]:
    """A line to the server. Raises KnownError upload.authority_unreadable for a bad CA file."""
    import requests

    with requests.Session() as session:
        session.auth = _bearer(server.token)
        # To this very machine no proxy leads, and none must read what goes there in the clear.
        session.trust_env = not is_loopback(urlsplit(server.address).hostname or "")
        session.headers["Accept-Encoding"] = "identity"
        session.mount("https://", _adapter(_context(server.authority)))
        yield Line(session, server)


def _bearer(token: str) -> Any:
    """Set as the session's way of authentication, so that no `.netrc` is asked and no redirect gets it."""
    from requests.auth import AuthBase

    class Bearer(AuthBase):
        def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
            if token:
                request.headers["Authorization"] = f"Bearer {token}"
            return request

    return Bearer()


def check_authority(pem: str) -> None:
    """Raises KnownError upload.authority_unreadable when this is no CA certificate in PEM."""
    _context(pem)


def _context(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if sys.platform == "win32":
        import certifi

        context.load_verify_locations(certifi.where())
    if authority:
        try:
            context.load_verify_locations(cadata=authority)
        except (ValueError, OSError) as error:
            raise KnownError("upload.authority_unreadable", detail=str(error)) from error
    return context


def _adapter(context: ssl.SSLContext) -> Any:
    """`requests` with this context and nothing added to it (by itself it adds certifi's list)."""
    from requests.adapters import HTTPAdapter

    class SystemTrust(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs, ssl_context=context)

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            return super().proxy_manager_for(proxy, **kwargs, ssl_context=context)

        def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
            """The context asks for a certificate and the right name already."""

        def build_connection_pool_key_attributes(
            self, request: Any, verify: Any, cert: Any = None
        ) -> tuple[dict[str, Any], dict[str, Any]]:
            host, _pool = super().build_connection_pool_key_attributes(request, True, None)
            return host, {"ssl_context": context}

    return SystemTrust()
