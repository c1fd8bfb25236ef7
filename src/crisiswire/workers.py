"""Coding with several processes on one machine."""

from __future__ import annotations

import multiprocessing as mp
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from crisiswire.errors import CrisiswireError
from crisiswire.model import Article, Event

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event as Flag

    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

    Coded = list[tuple[Article, list[Event]]]

_CHUNK = 16  # articles a process takes at a time
_AHEAD = 2  # chunks handed out for each process, so that none waits
_coder: Coder | None = None
_stopped: Flag | None = None


def code_in_processes(
    articles: Iterable[Article], config: Config, jobs: int
) -> Generator[tuple[Article, list[Event]], None, None]:
    """(article, events) in the order given, coded by ``jobs`` processes.

    Articles are read as the processes ask for them. When it is closed or
    interrupted, the processes end after the article they are at.

    Raises CrisiswireError when a process dies, for want of memory for instance.
    """
    context = mp.get_context("spawn")
    stopped = context.Event()
    chunks = _chunks(articles)
    waiting: deque[Future[Coded]] = deque()
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(config, stopped))
    try:
        while True:
            for chunk in islice(chunks, jobs * _AHEAD - len(waiting)):
                with _holding_interrupts():
                    waiting.append(pool.submit(_code, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise CrisiswireError(
            "a coding process ended unexpectedly, perhaps for want of memory; "
            "try again with fewer --jobs"
        ) from error
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _holding_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: a process that is started meanwhile never hears it, so
    that only its parent answers."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(articles)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _start(config: Config, stopped: Flag) -> None:
    """In a new process: load the coder."""
    global _coder, _stopped
    from crisiswire.pipeline import Coder

    _coder, _stopped = Coder(config), stopped


def _code(articles: list[Article]) -> Coded:
    assert _coder is not None
    return list(_coder.code_many(_until_stopped(articles)))


def _until_stopped(articles: list[Article]) -> Iterator[Article]:
    assert _stopped is not None
    for article in articles:
        if _stopped.is_set():
            return
        yield article
