"""Answers kept until the store changes, and their tags."""

from __future__ import annotations

import gzip
import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

_SMALL = 500  # bytes; below, compressing gains nothing
_LEVEL = 5
MAKERS = 4


@dataclass(frozen=True, slots=True)
class Body:
    """An answer, plain and compressed (empty where that gains nothing)."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, plain: bytes) -> Body:
        small = len(plain) < _SMALL
        return cls(plain, b"" if small else gzip.compress(plain, _LEVEL, mtime=0))

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed)


@dataclass(slots=True)
class _Making:
    """A body that one thread makes while others wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)


class AnswerCache:
    """The bodies of the latest answers, of at most ``capacity`` bytes together.

    Threads may share it. Several that ask for the same at once wait for the first to make it;
    ``makers`` at most are at work, for more would only take turns, each with its own connection
    to the store.
    """

    def __init__(self, capacity: int, makers: int = MAKERS) -> None:
        self._capacity = capacity
        self._makers = threading.Semaphore(makers)
        self._size = 0
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._making: dict[str, _Making] = {}
        self._lock = threading.Lock()
        self._run = secrets.token_hex(8)  # the state of a store is a word within one process

    def tag(self, state: str, question: str) -> str:
        """The weak ETag of the answer to a question while the store is in this state."""
        words = "\0".join((self._run, state, question)).encode("utf-8", "surrogatepass")
        return f'W/"{hashlib.blake2b(words, digest_size=12).hexdigest()}"'

    def get(self, tag: str, make: Callable[[], bytes]) -> Body:
        """The body of this tag, made if it is not kept."""
        with self._lock:
            found = self._found(tag)
            if found is not None:
                return found
            making = self._making.setdefault(tag, _Making())
        with making.lock:
            with self._lock:
                found = self._found(tag)
            if found is None:
                try:
                    with self._makers:
                        plain = make()
                    found = Body.of(plain)
                    self._keep(tag, found)
                finally:
                    with self._lock:
                        self._making.pop(tag, None)
            return found

    def _found(self, tag: str) -> Body | None:
        found = self._bodies.get(tag)
        if found is not None:
            self._bodies.move_to_end(tag)
        return found

    def _keep(self, tag: str, body: Body) -> None:
        if body.size > self._capacity:
            return
        with self._lock:
            if tag not in self._bodies:
                self._bodies[tag] = body
                self._size += body.size
            while self._size > self._capacity:
                _, dropped = self._bodies.popitem(last=False)
                self._size -= dropped.size
