"""By which token and which CA a server is reached, while the program runs. Nothing of it is written down."""

from __future__ import annotations

from cchc_desktop.delivery.upload_address import host_of, normal
from cchc_desktop.delivery.upload_line import Server
from cchc_desktop.errors import KnownError

_known: dict[str, Server] = {}


def use(server: Server) -> None:
    """From now on this is how the server of that address is reached."""
    _known[server.address] = server


def forget(address: str) -> None:
    _known.pop(address, None)


def known(address: str) -> Server | None:
    return _known.get(address)


def server(target: str) -> Server:
    """Raises KnownError upload.no_token, upload.bad_address, upload.not_encrypted."""
    address = normal(target)
    if address not in _known:
        raise KnownError("upload.no_token", unusable_input=False, host=host_of(address))
    return _known[address]
