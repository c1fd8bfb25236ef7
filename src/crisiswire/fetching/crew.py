"""Threads that work for many hosts at once, and for each host one job after the other."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from crisiswire.errors import CrisiswireError, FetchError
from crisiswire.fetching.fetcher import Stopped

_AHEAD = 16  # results that may wait to be taken
_Job = TypeVar("_Job")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class _Unforeseen:
    """An error that no job should make."""

    error: Exception


class Crew(Generic[_Job, _Found]):
    """Threads that work off the jobs of hosts; they end with the process.

    When a host asks to wait, the rest of its jobs is dropped.
    """

    def __init__(
        self,
        by_host: dict[str, deque[_Job]],
        work: Callable[[_Job], _Found],
        threads: int,
        stop: threading.Event,
    ) -> None:
        self._by_host = by_host
        self._work = work
        self._stop = stop
        self._hosts = deque(by_host)
        self._results: queue.Queue[tuple[_Job, _Found | CrisiswireError | _Unforeseen] | None]
        self._results = queue.Queue(_AHEAD)
        self._threads = min(threads, len(by_host))

    def __iter__(self) -> Iterator[tuple[_Job, _Found | CrisiswireError]]:
        """Jobs and what came of them, as they come. An unforeseen error is raised here."""
        for _ in range(self._threads):
            threading.Thread(target=self._run, daemon=True).start()
        left = self._threads
        while left:
            found = self._results.get()
            if found is None:
                left -= 1
                continue
            job, result = found
            if isinstance(result, _Unforeseen):
                raise result.error
            yield job, result

    def _run(self) -> None:
        try:
            while self._hosts:
                try:
                    jobs = self._by_host[self._hosts.popleft()]
                except IndexError:
                    return
                while jobs:
                    self._one(jobs)
        except Stopped:
            return
        finally:
            self._put(None)

    def _one(self, jobs: deque[_Job]) -> None:
        try:
            job = jobs.popleft()
        except IndexError:
            return
        try:
            found: _Found | CrisiswireError | _Unforeseen = self._work(job)
        except Stopped:
            raise
        except CrisiswireError as error:
            if isinstance(error, FetchError) and error.wait:
                jobs.clear()
            found = error
        except Exception as error:  # noqa: BLE001  # raised again where the results are taken
            found = _Unforeseen(error)
        self._put((job, found))

    def _put(self, found: tuple[_Job, _Found | CrisiswireError | _Unforeseen] | None) -> None:
        while not self._stop.is_set():
            try:
                self._results.put(found, timeout=0.5)
            except queue.Full:
                continue
            return
