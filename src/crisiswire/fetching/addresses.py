"""Web addresses: which may be fetched, what identifies a page, which machines are public."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from crisiswire.errors import FetchError
from crisiswire.model import text_id

_MAX_LENGTH = 2_000
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|at_(?:medium|campaign)|ns_\w+|cmpid|ref_src)\Z",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f]")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def clean_url(url: str, base: str = "") -> str:
    """The absolute http or https address that ``url`` means on the page ``base``.

    Without fragment, host in lower case ASCII, other characters than ASCII quoted. Raises
    FetchError for other schemes (javascript:, data:, file:), logins and malformed addresses.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise FetchError(f"{_shown(url)} is no web address ({error})", lasting=True) from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{_shown(url)}: only http and https are fetched", lasting=True)
    if not name or _UNPRINTABLE.search(name):
        raise FetchError(f"{_shown(url)} names no host", lasting=True)
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{_shown(name)}: addresses with a login are not fetched", lasting=True)
    place = f"[{name}]" if ":" in name else name
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    path = quote(parts.path, safe="/:@!$&'()*+,;=~%-._") or "/"
    query = quote(parts.query, safe="/?:@!$&'()*+,;=~%-._[]")
    cleaned = urlunsplit((parts.scheme, place.lower(), path, query, ""))
    if len(cleaned) > _MAX_LENGTH:
        raise FetchError(f"{_shown(url)} is longer than {_MAX_LENGTH:,} characters", lasting=True)
    return cleaned


def page_id(url: str) -> str:
    """Identifier of the page at a cleaned address.

    It is the same with http and https, with and without ``www.`` and tracking parameters.
    """
    parts = urlsplit(url)
    kept = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(pair[0])
    ]
    return text_id(f"{parts.netloc.removeprefix('www.')}{parts.path}?{urlencode(kept)}")


def host_of(url: str) -> str:
    """Host and port of a cleaned address."""
    return urlsplit(url).netloc


def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet, also where it wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        inner = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def connect(host: str, port: int, timeout: float, *, allow_private: bool) -> socket.socket:
    """A TCP connection to the host, at an address that was itself checked.

    Raises FetchError when the name is unknown, or any of its addresses is not public and
    ``allow_private`` is False; OSError when no address answers.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(f"{host}: the name cannot be looked up ({error})") from error
    addresses = list(dict.fromkeys((family, where) for family, _, _, _, where in found))
    for _, where in addresses:
        plain = str(where[0]).partition("%")[0]
        if not allow_private and not is_public(ipaddress.ip_address(plain)):
            raise FetchError(
                f"{host}: its address {plain} is private; set allow_private = true in [watch] "
                "if you trust it",
                lasting=True,
            )
    trouble: OSError | None = None
    for family, where in addresses:
        link = socket.socket(family, socket.SOCK_STREAM)
        try:
            link.settimeout(timeout)
            link.connect(where)
        except OSError as error:
            link.close()
            trouble = error
        else:
            return link
    raise trouble or OSError("no address")


def _shown(url: str) -> str:
    """An address fit for a message."""
    plain = url if len(url) <= 120 else url[:120] + "…"
    return plain if plain.isprintable() else repr(plain)
