"""One HTTP request: bounded in time and size, to a checked address, without redirects."""

from __future__ import annotations

import datetime as dt
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urlsplit

from crisiswire.errors import FetchError
from crisiswire.fetching.addresses import connect

_CHUNK = 1 << 16
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/xml,*/*;q=0.8"
_MAX_WAIT = 86_400.0
_MAX_MEMBERS = 100
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. ``body`` is unpacked and whole; ``headers`` have lower-case names."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type that Content-Type names, in lower case; "" when there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that Content-Type names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None

    @property
    def wait(self) -> float:
        """Seconds that Retry-After asks for, at most a day; 0 when it does not."""
        asked = self.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit():
            return min(float(asked[:9]), _MAX_WAIT)
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return 0.0
        until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
        seconds = (until - dt.datetime.now(dt.UTC)).total_seconds()
        return min(max(0.0, seconds), _MAX_WAIT)


class Client:
    """Makes requests; threads may share one.

    ``timeout`` in seconds bounds each step, four times that the whole request. ``max_bytes``
    bounds a body both as sent and unpacked.
    """

    def __init__(
        self, user_agent: str, timeout: float, max_bytes: int, *, allow_private: bool
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._allow_private = allow_private

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer at a cleaned address, whatever its status. Raises FetchError."""
        parts = urlsplit(url)
        link = self._connection(parts.scheme, parts.hostname or "", parts.port)
        late = threading.Event()
        timer = threading.Timer(4 * self._timeout, _cut_off, (link, late))
        timer.daemon = True
        timer.start()
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            link.request("GET", target, headers=self._headers | dict(headers or {}))
            with closing(link.getresponse()) as response:
                headers_sent = {name.lower(): value for name, value in response.getheaders()}
                answer = Answer(url, response.status, headers_sent, self._body(response))
        except FetchError as error:
            if late.is_set():
                raise _explained(error, late=True) from error
            raise
        except (OSError, http.client.HTTPException) as error:
            raise _explained(error, late=late.is_set()) from error
        finally:
            timer.cancel()
            link.close()
        if late.is_set():
            raise _explained(TimeoutError(), late=True)
        return answer

    def _connection(self, scheme: str, host: str, port: int | None) -> _Plain | _Secure:
        if scheme == "https":
            return _Secure(host, port, self._timeout, self._allow_private, self._context)
        return _Plain(host, port, self._timeout, self._allow_private)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """The system's certificates, and Mozilla's where the system has none."""
        import certifi

        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        announced = response.getheader("Content-Length", "")
        if announced.isdigit() and int(announced[:18]) > self._max_bytes:
            raise self._too_large()
        coding = response.getheader("Content-Encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(f"the answer is packed as {coding[:40]!r}, which was not asked for")
        parts: list[bytes] = []
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self._max_bytes:
                raise self._too_large()
            parts.append(chunk)
        if response.length:
            raise FetchError("the connection broke off before the end of the answer")
        data = b"".join(parts)
        return self._gunzipped(data) if coding.endswith("gzip") and data else data

    def _gunzipped(self, data: bytes) -> bytes:
        try:
            return gunzip(data, self._max_bytes)
        except OverflowError as error:
            raise self._too_large() from error

    def _too_large(self) -> FetchError:
        return FetchError(
            f"the answer is larger than {self._max_bytes:,} bytes; raise max_bytes in [watch] "
            "if that is right",
            lasting=True,
        )


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpacked gzip data. Raises OverflowError beyond ``limit`` bytes, FetchError when damaged."""
    parts: list[bytes] = []
    size = 0
    for _ in range(_MAX_MEMBERS):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            while not unpacker.eof:
                part = unpacker.decompress(unpacker.unconsumed_tail or data, _CHUNK)
                data = b""
                size += len(part)
                if size > limit:
                    raise OverflowError
                if not part and not unpacker.unconsumed_tail and not unpacker.eof:
                    raise FetchError("the answer is gzip data that breaks off")
                parts.append(part)
        except zlib.error as error:
            raise FetchError(f"the answer is damaged gzip data ({error})") from error
        data = unpacker.unused_data
        if not data.startswith(GZIP_MAGIC):
            return b"".join(parts)
    raise FetchError(f"the answer is gzip data in more than {_MAX_MEMBERS} pieces", lasting=True)


class _Plain(http.client.HTTPConnection):
    """A connection whose address is checked as it is made."""

    def __init__(self, host: str, port: int | None, timeout: float, allow_private: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.opened: socket.socket | None = None
        self._limit = timeout
        self._allow_private = allow_private

    def connect(self) -> None:
        """Connect to a checked address."""
        self.sock = connect(self.host, self.port, self._limit, allow_private=self._allow_private)
        self.opened = self.sock


class _Secure(http.client.HTTPSConnection):
    """The same over TLS; the certificate must fit the name, not the address."""

    def __init__(
        self,
        host: str,
        port: int | None,
        timeout: float,
        allow_private: bool,
        context: ssl.SSLContext,
    ) -> None:
        super().__init__(host, port, timeout=timeout, context=context)
        self.opened: socket.socket | None = None
        self._limit = timeout
        self._allow_private = allow_private
        self._tls = context

    def connect(self) -> None:
        """Connect to a checked address and shake hands."""
        plain = connect(self.host, self.port, self._limit, allow_private=self._allow_private)
        secure = self._tls.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = self.opened = secure
        secure.do_handshake()


def _cut_off(link: _Plain | _Secure, late: threading.Event) -> None:
    """End a request that has taken too long, wherever its thread waits."""
    late.set()
    if link.opened is not None:
        try:
            socket.socket.shutdown(link.opened, socket.SHUT_RDWR)
        except OSError:  # it has just ended by itself
            return


def _explained(error: Exception, *, late: bool) -> FetchError:
    if late or isinstance(error, TimeoutError):
        return FetchError("the host takes too long to answer; it is tried again later")
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchError(f"its certificate is not valid ({error.verify_message})", lasting=True)
    if isinstance(error, http.client.InvalidURL):
        return FetchError(f"the address cannot be asked for ({error})", lasting=True)
    if isinstance(error, http.client.IncompleteRead):
        return FetchError("the connection broke off before the end of the answer")
    if isinstance(error, http.client.HTTPException):
        return FetchError(f"the answer is not HTTP ({type(error).__name__})")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return FetchError(f"cannot be reached ({reason})")
