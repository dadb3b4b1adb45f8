"""The address of a receiving server: encrypted, without secrets in it, in one spelling."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit, urlunsplit

from cchc_desktop.errors import KnownError

LONGEST = 500
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]+")
_PATH = re.compile(r"[A-Za-z0-9._~/%-]*")


def normal(typed: str) -> str:
    """The address as it is kept and used: `https://host[:port]/path`, no slash at the end.

    What the user typed without a scheme means https. Plain http is for this very machine only: the token and
    the report would go over the line for everybody to read. Raises KnownError upload.bad_address,
    upload.not_encrypted.
    """
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise KnownError("upload.bad_address", address=typed[:LONGEST]) from error
    if (
        parts.scheme not in ("http", "https")
        or len(address) > LONGEST
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
        or not _HOST.fullmatch(host)
        or not _PATH.fullmatch(parts.path)
    ):
        raise KnownError("upload.bad_address", address=typed[:LONGEST])
    if parts.scheme == "http" and not is_loopback(host):
        raise KnownError("upload.not_encrypted", host=host)
    name = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (parts.scheme, f"{name}:{port}" if port else name, parts.path.rstrip("/") or "/", "", "")
    )


def host_of(address: str) -> str:
    """What people call the server."""
    return urlsplit(address).hostname or address


def is_loopback(host: str) -> bool:
    """Whether this host is the very machine that we run on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def same_origin(one: str, other: str) -> bool:
    """Whether both addresses lead to the same server by the same kind of line."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


def receipt_address(address: str, package_id: str) -> str:
    """Where the server lays the signed receipt: beside the place of the uploads."""
    parts = urlsplit(address)
    beside = parts.path.rpartition("/")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{beside}/receipts/{package_id}", "", ""))


def upload_address(address: str, location: str) -> str:
    """The address of one upload, from what the server named; only ever on the server that the user chose.

    Servers behind a gateway often name themselves by http or an inner port, so only the path is taken.
    Raises ValueError when another host is named: the token would go there.
    """
    own, named = urlsplit(address), urlsplit(location)
    if named.netloc and named.hostname != own.hostname:
        raise ValueError(location)
    path = named.path if named.path.startswith("/") else f"{own.path.rstrip('/')}/{named.path}"
    return urlunsplit((own.scheme, own.netloc, path, named.query, ""))
