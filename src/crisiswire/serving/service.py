"""What the routes share: the store, the cache, the coder, the settings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request, Response

from crisiswire.config import Config
from crisiswire.serving.answers import json_bytes
from crisiswire.serving.caching import AnswerCache
from crisiswire.serving.gate import Access
from crisiswire.serving.placing import Placing
from crisiswire.serving.room import CodingRoom
from crisiswire.storing import Store

if TYPE_CHECKING:
    from crisiswire.knowledge.names import NameIndex
    from crisiswire.pipeline import Coder

_Value = TypeVar("_Value")
_QUIET = 2.0  # seconds without a question, after which there is time to load
_LATEST = 20.0  # seconds after which there is no waiting for that
STATIC = Path(__file__).parent / "static"


@dataclass
class Service:
    """One store, served. ``demo``: it holds the shipped examples. ``static``: the page's files.
    ``coder``: one that is loaded already."""

    store: Store
    config: Config
    access: Access = field(default_factory=Access)
    demo: bool = False
    static: Path = STATIC
    coder: Coder | None = None

    def __post_init__(self) -> None:
        self.cache = AnswerCache(self.config.serve.cache_bytes)
        self.room = CodingRoom(self.config, self.config.serve.coding_queue, self.coder)
        self._names: NameIndex | None = None
        self._kept: dict[str, tuple[str, Any]] = {}
        self._loading = threading.Lock()
        self._placing = Placing(self.store)
        self._asked = time.monotonic()
        self._ending = threading.Event()

    def open(self) -> None:
        """Begin what is done beside answering."""
        threading.Thread(target=self._prepare, daemon=True).start()
        self._placing.start()

    def _prepare(self) -> None:
        """Load what takes long in the first quiet moment: nobody is to wait for it later, nor
        whoever opens the page at once to wait behind it now."""
        latest = time.monotonic() + _LATEST
        while time.monotonic() < min(self._asked + _QUIET, latest):
            if self._ending.wait(_QUIET / 4):
                return
        self.names()
        self.room.open()

    def asked(self) -> None:
        """Take note that somebody asks."""
        self._asked = time.monotonic()

    def close(self) -> None:
        """End the work under way and close the store."""
        self._ending.set()
        self._placing.close()
        self.room.close()
        self.store.close()

    def names(self) -> NameIndex:
        """The actor tables, with the user's own over them."""
        from crisiswire.knowledge.names import name_index
        from crisiswire.knowledge.user_actors import load_user_actors

        with self._loading:
            if self._names is None:
                own = load_user_actors(self.config.actors.files)
                self._names = own.over(name_index())
            return self._names

    def kept(self, name: str, make: Callable[[Store], _Value]) -> _Value:
        """What ``make`` gives, made once while the store does not change."""
        state = self.store.state()
        held = self._kept.get(name)
        if held is None or held[0] != state:
            held = self._kept[name] = (state, make(self.store))
        value: _Value = held[1]
        return value


def service_of(request: Request) -> Service:
    """The service that the request's application serves."""
    found: Service = request.app.state.service
    return found


def reply(request: Request, make: Callable[[Service], Any]) -> Response:
    """The answer that ``make`` gives, from the cache while the store has not changed.

    304 without a body for one who has it already.
    """
    service = service_of(request)
    service.asked()
    asked = sorted(parse_qsl(request.url.query, keep_blank_values=True))
    tag = service.cache.tag(service.store.state(), f"{request.url.path}\n{asked}")
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "accept-encoding"}
    if tag in (known.strip() for known in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    body = service.cache.get(tag, lambda: json_bytes(make(service)))
    if body.packed and takes_gzip(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
        return Response(body.packed, headers=headers, media_type="application/json")
    return Response(body.plain, headers=headers, media_type="application/json")


def takes_gzip(accepted: str) -> bool:
    """Whether one who sends this Accept-Encoding can unpack gzip."""
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
