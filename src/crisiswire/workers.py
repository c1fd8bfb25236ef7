"""Coding, and answering rows, with several processes on one machine."""

from __future__ import annotations

import multiprocessing as mp
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from crisiswire.errors import CrisiswireError, ReadError
from crisiswire.model import Article, Event

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event as Flag

    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

    Coded = list[tuple[Article, list[Event]]]

Row = dict[str, Any]
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


def answered_rows(
    answer: Callable[[Coder, Row], Row],
    rows: Iterable[tuple[str, Row | ReadError]],
    config: Config,
    jobs: int,
) -> Generator[tuple[str, Row, Row | ValueError | ReadError], None, None]:
    """(where, row, answer or error) in the order given; ``answer`` is a module's own function.

    A row that came as an error is passed on as its own answer. Raises CrisiswireError when a
    process dies.
    """
    from crisiswire.pipeline import Coder

    if jobs == 1:
        coder = Coder(config)
        for where, row in rows:
            if isinstance(row, ReadError):
                yield where, {}, row
            else:
                yield where, row, _reply(answer, coder, row)
        return
    context = mp.get_context("spawn")
    source = iter(rows)
    waiting: deque[tuple[str, Row, Future[Row | ValueError] | ReadError]] = deque()
    flag = context.Event()
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(config, flag))
    try:
        while True:
            for where, row in islice(source, jobs * _CHUNK - len(waiting)):
                if isinstance(row, ReadError):
                    waiting.append((where, {}, row))
                    continue
                with _holding_interrupts():
                    waiting.append((where, row, pool.submit(_answer, answer, row)))
            if not waiting:
                return
            where, row, found = waiting.popleft()
            yield where, row, found if isinstance(found, ReadError) else found.result()
    except BrokenProcessPool as error:
        raise CrisiswireError(
            "a process ended unexpectedly, perhaps for want of memory; try again with fewer --jobs"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _answer(answer: Callable[[Coder, Row], Row], row: Row) -> Row | ValueError:
    assert _coder is not None
    return _reply(answer, _coder, row)


def _reply(answer: Callable[[Coder, Row], Row], coder: Coder, row: Row) -> Row | ValueError:
    """The answer, or what is wrong with the row."""
    try:
        return answer(coder, row)
    except ValueError as error:
        return error
