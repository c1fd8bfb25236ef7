"""What stands before every route: who may ask, how much, and what every answer carries.

The gate is one piece of ASGI. It gives each request an id, refuses what may not pass, adds the
headers that keep hostile articles harmless in a browser, and writes one line of the access log,
a JSON object, for each request to the logger ``crisiswire.access``.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crisiswire.serving.answers import json_bytes
from crisiswire.serving.rates import Rates

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger("crisiswire.serving")
ACCESS = logging.getLogger("crisiswire.access")
HEADER = "x-crisiswire"  # that a request which changes something must carry
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = ("same-origin", "none")  # as a browser tells it
_OPEN = "/api/health"
_FAILED = "the server failed; its log tells more under this request_id"
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask. ``token``: a secret that requests must carry. ``any_host``: whatever the Host
    header says, since a token or a proxy guards; else it must be this machine's loopback."""

    token: str | None = None
    any_host: bool = False


class Refusal(Exception):
    """A request that may not pass: HTTP status, code, message, seconds to wait, and the name of
    the parameter that is at fault."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        wait: int | None = None,
        *,
        parameter: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.wait, self.parameter = wait, parameter


class Gate:
    """Lets requests through to ``app``; ``max_body`` in bytes."""

    def __init__(self, app: App, access: Access, rates: Rates, max_body: int) -> None:
        self._app, self._access, self._rates, self._max_body = app, access, rates, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = _Visit(scope, send)
        scope.setdefault("state", {})["request_id"] = visit.id
        try:
            self._check(scope, visit)
            await self._app(scope, self._capped(visit, receive), visit.send)
        except Refusal as refusal:
            await visit.refuse(refusal)
        except Exception:
            # What went wrong may name files and hosts: it is for the log alone.
            _LOG.exception("request %s failed", visit.id)
            if visit.answered:
                raise  # the server breaks the connection off, so that no half passes for whole
            await visit.refuse(Refusal(500, "failed", _FAILED))
        finally:
            visit.log()

    def _check(self, scope: Scope, visit: _Visit) -> None:
        headers, reading = visit.headers, scope["method"] in _READING
        if not self._access.any_host and _host_name(headers.get("host", "")) not in _LOCAL:
            raise Refusal(
                403, "forbidden", "the Host header names no loopback address; ask for localhost"
            )
        wait = self._rates.wait(visit.client, reading)
        if wait:
            raise Refusal(429, "too_many", f"too many requests; ask again in {wait} s", wait)
        api = scope["path"].startswith("/api") and scope["path"] != _OPEN
        if api and self._access.token is not None and not _bears(headers, self._access.token):
            raise Refusal(401, "unauthorised", "send the header Authorization: Bearer TOKEN")
        if not reading:
            _check_origin(headers)
        elif api and _is_foreign(headers):
            raise Refusal(403, "forbidden", "a page of another site may not ask here")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdecimal() or int(length) > self._max_body:
            raise self._too_large()

    def _capped(self, visit: _Visit, receive: Receive) -> Receive:
        """``receive`` that ends with a refusal once the body is longer than may be."""

        async def counted() -> Message:
            message = await receive()
            visit.received += len(message.get("body", b""))
            if visit.received > self._max_body:
                visit.refusal = self._too_large()
                raise visit.refusal
            return message

        return counted

    def _too_large(self) -> Refusal:
        return Refusal(413, "too_large", f"a request has {self._max_body} bytes at most")


class _Visit:
    """One request on its way, and what is told of it afterwards."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.id = secrets.token_hex(6)
        self.headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        self.client = scope["client"][0] if scope.get("client") else ""
        self.received = 0
        self.refusal: Refusal | None = None  # that takes the place of the application's answer
        self._scope, self._send = scope, send
        self._status, self._sent, self._began = 0, 0, time.perf_counter()

    @property
    def answered(self) -> bool:
        """Whether an answer has begun."""
        return self._status != 0

    async def send(self, message: Message) -> None:
        """Pass on a message of the application's answer, unless the request is refused."""
        if self.refusal is None:
            await self._pass(message)
        elif not self.answered:
            await self.refuse(self.refusal)

    async def _pass(self, message: Message) -> None:
        """Pass on a message, with the headers that every answer carries."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            own = {name.lower() for name, _ in message.get("headers", ())}
            added = {**_HEADERS, "x-request-id": self.id}
            message["headers"] = [
                *message.get("headers", ()),
                *((n.encode(), v.encode()) for n, v in added.items() if n.encode() not in own),
            ]
        self._sent += len(message.get("body", b""))
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Answer with the refusal, unless an answer has begun."""
        if self.answered:
            return
        body = json_bytes(fault(refusal.code, refusal.message, self.id))
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        if refusal.wait is not None:
            headers.append((b"retry-after", str(refusal.wait).encode()))
        if refusal.status == 401:
            headers.append((b"www-authenticate", b"Bearer"))
        headers.append((b"content-length", str(len(body)).encode()))
        start = {"type": "http.response.start", "status": refusal.status, "headers": headers}
        await self._pass(start)
        await self._pass({"type": "http.response.body", "body": body})

    def log(self) -> None:
        """Write the request's line."""
        if not ACCESS.isEnabledFor(logging.INFO):
            return
        told = {
            "request_id": self.id,
            "client": self.client,
            "method": self._scope["method"],
            "path": self._scope["path"],
            "query": self._scope.get("query_string", b"").decode("latin-1"),
            "status": self._status,
            "bytes": self._sent,
            "ms": round((time.perf_counter() - self._began) * 1000, 1),
        }
        ACCESS.info("%s", json.dumps(told))


def fault(
    code: str, message: str, request_id: str, parameter: str | None = None
) -> dict[str, dict[str, str | None]]:
    """The body of every answer that refuses."""
    return {
        "error": {
            "code": code,
            "message": message,
            "parameter": parameter,
            "request_id": request_id,
        }
    }


def _host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _bears(headers: MutableMapping[str, str], token: str) -> bool:
    kind, _, given = headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), token.encode())
    return same and kind.lower() == "bearer"


def _is_foreign(headers: MutableMapping[str, str]) -> bool:
    """Whether a browser asks for another site's page; a link that somebody follows is no such."""
    own = headers.get("sec-fetch-site", "same-origin") in _OWN_SITE
    return not own and headers.get("sec-fetch-mode") != "navigate"


def _check_origin(headers: MutableMapping[str, str]) -> None:
    """A page of another origin may send no own header without leave, which is never given."""
    if headers.get(HEADER) != "1":
        raise Refusal(403, "forbidden", "send the header X-Crisiswire: 1")
    if headers.get("sec-fetch-site", "same-origin") not in _OWN_SITE:
        raise Refusal(403, "forbidden", "a page of another site may not change anything here")
    origin = headers.get("origin")
    if origin is not None:
        try:
            same = urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        except ValueError:
            same = False
        if not same:
            raise Refusal(403, "forbidden", "the Origin header names another site")
