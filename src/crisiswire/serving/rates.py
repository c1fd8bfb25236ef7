"""How often an address may ask."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_ADDRESSES = 10_000  # that are remembered
_BURST = 2  # seconds' worth of reading that may come at once
_WORKS = 10  # works that may come at once


class Rates:
    """Counts the requests of each address, those that read apart from those that ask for work.

    Each address has a bucket that fills steadily and that a request takes one drop from.
    ``clock`` gives seconds. Threads may share it.
    """

    def __init__(
        self,
        reads_per_second: int,
        works_per_minute: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        works = min(_WORKS, works_per_minute)
        self._kinds = {
            True: (float(reads_per_second), float(reads_per_second * _BURST)),
            False: (works_per_minute / 60, float(works)),
        }
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, bool], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str, reading: bool) -> int:
        """Seconds after which the address may ask again; 0 when it may now, which counts."""
        rate, most = self._kinds[reading]
        now = self._clock()
        with self._lock:
            drops, then = self._buckets.pop((address, reading), (most, now))
            drops = min(most, drops + (now - then) * rate)
            allowed = drops >= 1
            self._buckets[address, reading] = (drops - allowed, now)
            while len(self._buckets) > _ADDRESSES:
                self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - drops) / rate)
