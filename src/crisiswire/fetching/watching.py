"""Watching feeds: each round polls those that are due and yields the articles behind them.

Threads fetch, one for each host at a time; reading, state and coding stay in the caller's
thread. What is not marked done when the process ends, however it ends, is taken up again.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crisiswire.errors import CrisiswireError, FetchError, ReadError
from crisiswire.fetching.addresses import host_of
from crisiswire.fetching.client import Answer, Client
from crisiswire.fetching.crew import Crew
from crisiswire.fetching.fetcher import Fetcher
from crisiswire.fetching.pages import PageReader
from crisiswire.fetching.polling import Poll, Polled
from crisiswire.fetching.settings import AGENT, Feed, WatchSettings
from crisiswire.fetching.state import Page, WatchState
from crisiswire.model import Article
from crisiswire.reading.options import ReadLimits

_BATCH = 200  # pages taken up between two polls
_MAX_PAUSE = 86_400.0
_TOLD = 3  # lesser problems of one feed told in one poll
_Job = TypeVar("_Job")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom the watcher tells: ``problem`` (feed's name and what to do), ``warn`` of guesses, and
    ``stored``, which answers whether the store has an article of this id already."""

    problem: Callable[[str], None]
    warn: Callable[[str], None]
    stored: Callable[[str], bool]


class Watcher:
    """Turns feeds into articles, round by round."""

    def __init__(
        self,
        settings: WatchSettings,
        feeds: Sequence[Feed],
        state: WatchState,
        limits: ReadLimits,
        hooks: Hooks,
    ) -> None:
        self._settings = settings
        self._feeds = {feed.name: feed for feed in feeds}
        self._state = state
        self._hooks = hooks
        self._pages = PageReader(limits, hooks.warn)
        self._coding: set[str] = set()
        self._stop = threading.Event()
        client = Client(
            settings.user_agent,
            settings.timeout,
            settings.max_bytes,
            allow_private=settings.allow_private,
        )
        self._fetcher = Fetcher(client, AGENT, settings.pace, self._stop)

    def close(self) -> None:
        """End what is being fetched."""
        self._stop.set()

    def done(self, article: Article) -> None:
        """Say that an article and its events are in the store."""
        self._state.done(article.id)
        self._coding.discard(article.id)

    def round(self, *, all_feeds: bool = False) -> Iterator[Article]:
        """Poll the feeds that are due, or all, then yield articles until no page waits.

        A feed or page that fails is told to ``problem`` and tried again later.
        """
        self._poll(all_feeds)
        while pages := self._waiting():
            for article in self._articles(pages):
                self._coding.add(article.id)
                yield article
            if not all_feeds and self.seconds_to_next() == 0:
                return

    def _waiting(self) -> list[Page]:
        """Pages to be fetched; those that are being coded still wait in the state."""
        pages = self._state.waiting(self._feeds, _BATCH + len(self._coding))
        return [page for page in pages if page.id not in self._coding]

    def seconds_to_next(self) -> float:
        """Seconds until the next feed is due."""
        due = min(self._state.due(name) for name in self._feeds)
        return max(0.0, due - time.time())

    def _poll(self, all_feeds: bool) -> None:
        now = time.time()
        due: dict[str, deque[Feed]] = defaultdict(deque)
        for feed in self._feeds.values():
            wanted = all_feeds or self._state.due(feed.name) <= now
            if wanted and not self._put_off(feed):
                due[host_of(feed.url)].append(feed)
        left = {feed.name for feeds in due.values() for feed in feeds}
        known = {name: self._state.validators(name) for name in self._feeds}

        def polled(feed: Feed) -> Polled:
            age = self._settings.max_age if feed.max_age is None else feed.max_age
            oldest = dt.date.today() - dt.timedelta(days=age)
            poll = Poll(feed, self._fetcher, known[feed.name], oldest, self._settings.max_bytes)
            return poll.run()

        for feed, found in self._spread(due, polled):
            left.discard(feed.name)
            if isinstance(found, CrisiswireError):
                self._missed(feed, found)
                continue
            for problem in found.problems[:_TOLD]:
                self._tell(feed, problem)
            if len(found.problems) > _TOLD:
                self._tell(feed, f"and {len(found.problems) - _TOLD} problems more")
            due_next = time.time() + self._interval(feed)
            self._state.listed(feed.name, found.entries, found.validators, due_next)
        for name in left:
            self._put_off(self._feeds[name])

    def _put_off(self, feed: Feed) -> bool:
        """Leave a feed for later when its host asks for peace."""
        host = host_of(feed.url)
        until = self._state.paused(host)
        if until:
            minutes = (until - time.time()) / 60
            self._tell(feed, f"{host} asks to be left alone for {minutes:.0f} minutes more")
            self._state.postpone(feed.name, until)
        return bool(until)

    def _missed(self, feed: Feed, error: CrisiswireError) -> None:
        """Note that a feed could not be had; ever longer pauses, no longer than a day."""
        pause = self._interval(feed) * 2 ** min(self._state.failures(feed.name) + 1, 20)
        wait = error.wait if isinstance(error, FetchError) else 0.0
        if wait:
            self._state.pause(host_of(feed.url), wait)
        pause = max(wait, min(pause, _MAX_PAUSE))
        self._state.unlisted(feed.name, time.time() + pause)
        self._tell(feed, str(error))

    def _articles(self, pages: Sequence[Page]) -> Iterator[Article]:
        by_host: dict[str, deque[Page]] = defaultdict(deque)
        for page in pages:
            if self._hooks.stored(page.id):
                self._state.done(page.id)
            elif page.content is not None:
                yield from self._read(page, None)
            else:
                by_host[host_of(page.url)].append(page)

        def fetched(page: Page) -> Answer:
            return self._fetcher.get(page.url, robots=self._feeds[page.feed].robots)

        for page, found in self._spread(by_host, fetched):
            if isinstance(found, FetchError):
                if found.wait:
                    self._state.pause(host_of(page.url), found.wait)
                self._give_up(page, str(found), lasting=found.lasting, wait=found.wait)
            elif isinstance(found, CrisiswireError):
                self._give_up(page, str(found), lasting=True)
            else:
                yield from self._read(page, found)

    def _read(self, page: Page, answer: Answer | None) -> Iterator[Article]:
        try:
            article = self._pages.article(page, self._feeds[page.feed], answer)
        except ReadError as error:
            self._give_up(page, error.reason, lasting=True)
        else:
            yield article

    def _give_up(self, page: Page, reason: str, *, lasting: bool, wait: float = 0.0) -> None:
        given_up = self._state.failed(page.id, reason, lasting=lasting, wait=wait)
        end = "; given up" if given_up and not lasting else ""
        self._tell(self._feeds[page.feed], f"{page.url}: {reason}{end}")

    def _interval(self, feed: Feed) -> float:
        return self._settings.interval if feed.interval is None else feed.interval

    def _tell(self, feed: Feed, problem: str) -> None:
        self._hooks.problem(f"feed {feed.name!r}: {problem}")

    def _spread(
        self, by_host: dict[str, deque[_Job]], work: Callable[[_Job], _Found]
    ) -> Iterator[tuple[_Job, _Found | CrisiswireError]]:
        """Each job and what came of it, hosts side by side, the jobs of one host in turn."""
        return iter(Crew(by_host, work, self._settings.connections, self._stop))
