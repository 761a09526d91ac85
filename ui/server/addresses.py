"""Who is at the other end of a connection, and whether a request comes from our own pages."""

import ipaddress
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_NAMES: Final = ("localhost", "ip6-localhost")


def host_only(host: str | None) -> str:
    """A host name or address without port and brackets, in lower case.

    >>> [host_only(host) for host in ("Jamfor.Region.se:443", "[::1]:8501", "::1", "[::1]evil", None)]
    ['jamfor.region.se', '::1', '::1', '[::1]evil', '']
    """
    name = (host or "").strip().casefold()
    if name.startswith("["):
        inside, closed, rest = name[1:].partition("]")
        return inside if closed and (not rest or rest.startswith(":")) else name
    return name.rsplit(":", 1)[0] if name.count(":") == 1 else name


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address, with or without a port, means this computer.

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost:8501", "[::1]:8501", "0.0.0.0", "evil.example", None)]
    [True, True, True, False, False, False]
    """
    name = host_only(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in _NAMES


def is_among(address: str, networks: Collection[str]) -> bool:
    """Whether an address lies in one of the networks.

    >>> is_among("10.1.2.3", ["10.0.0.0/8"]), is_among("10.1.2.3", ["10.1.2.4"]), is_among("unix", ["10.0.0.0/8"])
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in ipaddress.ip_network(network, strict=False) for network in networks)


def peer(scope: Scope) -> str:
    """The address of the connection itself, whatever its headers say."""
    return str(scope["client"][0]) if scope.get("client") else ""


def forwarded_for(scope: Scope) -> list[str]:
    """The addresses that proxies say they took the request from, true or not."""
    told = [part.strip() for part in ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")]
    return [part for part in told if part]


def reader_address(scope: Scope, proxies: Collection[str]) -> str:
    """The reader's address: the connection's, or what a trusted proxy says it took the request from."""
    chain = [*forwarded_for(scope), peer(scope)]
    return next((address for address in reversed(chain) if not is_among(address, proxies)), chain[0])


def from_elsewhere(scope: Scope, hosts: Collection[str]) -> bool:
    """Whether a page of another site sent the request: its Origin is neither the host it asked nor one of `hosts`."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        from_host = urlsplit(origin).netloc.casefold()
    except ValueError:  # an address no browser would send
        return True
    return from_host != headers.get("host", "").casefold() and host_only(from_host) not in hosts


def from_our_form(scope: Scope, hosts: Collection[str]) -> bool:
    """Whether the browser says that a page of ours sent the form. No word from it is a no."""
    headers = Headers(scope=scope)
    if "origin" in headers:
        return not from_elsewhere(scope, hosts)
    return headers.get("sec-fetch-site") == "same-origin"
