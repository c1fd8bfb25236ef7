"""The server's one coder and the queue before it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from crisiswire.serving.gate import Refusal

if TYPE_CHECKING:
    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

Result = TypeVar("Result")
_WAIT = 5  # seconds after which one who was turned away may ask again


class CodingRoom:
    """One coder, loaded once, in a thread of its own; ``places`` jobs at most wait for it.

    A coder is not thread-safe, so all that needs it is done here.
    """

    def __init__(self, config: Config, places: int, coder: Coder | None = None) -> None:
        self._config, self._places = config, places
        self._inside = 0
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, "crisiswire-coder")
        self._coder = coder

    def open(self) -> None:
        """Begin to load the coder."""
        self._thread.submit(self.coder)

    def close(self) -> None:
        """Let the job at work end, and drop those that wait."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def coder(self) -> Coder:
        """The coder. Raises ModelError when parser or model are missing. For jobs only."""
        if self._coder is None:
            from crisiswire.pipeline import Coder

            self._coder = Coder(self._config)
        return self._coder

    async def do(self, job: Callable[[Coder], Result]) -> Result:
        """What ``job`` makes of the coder. Raises Refusal (503) when too many wait."""
        with self._lock:
            if self._inside > self._places:
                raise Refusal(503, "busy", f"too many texts wait; ask again in {_WAIT} s", _WAIT)
            self._inside += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, lambda: job(self.coder()))
        finally:
            with self._lock:
                self._inside -= 1
