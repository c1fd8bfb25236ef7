"""Coding with several processes on one machine."""

from __future__ import annotations

import multiprocessing as mp
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from crisiswire.model import Article, Event

if TYPE_CHECKING:
    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

_CHUNK = 16  # articles a process takes at a time
_coder: Coder | None = None


def code_in_processes(
    articles: Iterable[Article], config: Config, jobs: int
) -> Iterator[tuple[Article, list[Event]]]:
    """(article, events) in the order given, coded by ``jobs`` processes."""
    context = mp.get_context("spawn")
    with context.Pool(jobs, initializer=_start, initargs=(config,)) as pool:
        for chunk in pool.imap(_code, _chunks(articles)):
            yield from chunk


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(articles)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _start(config: Config) -> None:
    global _coder
    from crisiswire.pipeline import Coder

    _coder = Coder(config)


def _code(articles: list[Article]) -> list[tuple[Article, list[Event]]]:
    assert _coder is not None
    return list(_coder.code_many(articles))
