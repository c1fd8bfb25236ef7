"""Polling one feed: its listing and, of a sitemap index, the sitemaps behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crisiswire.errors import CrisiswireError, FetchError, ReadError
from crisiswire.fetching.addresses import clean_url, page_id
from crisiswire.fetching.client import GZIP_MAGIC, Answer, gunzip
from crisiswire.fetching.fetcher import Fetcher
from crisiswire.fetching.settings import Feed
from crisiswire.fetching.state import Validators
from crisiswire.reading.feeds import Entry, Listing, read_listing

_MAX_SITEMAPS = 20
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Polled:
    """What a feed lists: entries with their pages' ids, newest first, and what went wrong."""

    entries: tuple[tuple[str, Entry], ...]
    validators: tuple[Validators, ...]
    problems: tuple[str, ...]


class Poll:
    """One poll of ``feed``. ``known``: validators by address. Dates before ``oldest`` are left."""

    def __init__(
        self,
        feed: Feed,
        fetcher: Fetcher,
        known: Mapping[str, Validators],
        oldest: dt.date,
        max_bytes: int,
    ) -> None:
        self._feed = feed
        self._fetcher = fetcher
        self._known = known
        self._oldest = oldest
        self._max_bytes = max_bytes
        self._validators: list[Validators] = []
        self._problems: list[str] = []
        self._entries: dict[str, Entry] = {}
        self._room = _MAX_SITEMAPS

    def run(self) -> Polled:
        """Fetch and read. Raises FetchError or ReadError when the feed itself cannot be had."""
        self._take(self._listing(self._feed.url), 1)
        ordered = sorted(
            self._entries.items(), key=lambda pair: pair[1].date or dt.date.max, reverse=True
        )
        taken = ordered[: self._feed.max_entries]
        return Polled(tuple(taken), tuple(self._validators), tuple(self._problems))

    def _take(self, listing: Listing, depth: int) -> None:
        for entry in listing.entries:
            self._keep(entry)
        newest = sorted(listing.further, key=lambda one: one.date or dt.date.max, reverse=True)
        for further in newest if depth < _DEPTH else ():
            if self._room <= 0 or (further.date and further.date < self._oldest):
                return
            self._room -= 1
            try:
                self._take(self._listing(clean_url(further.url)), depth + 1)
            except CrisiswireError as error:
                self._problems.append(f"{further.url}: {error}")

    def _keep(self, entry: Entry) -> None:
        """Take an entry in, if its address may be fetched and the feed's filters want it."""
        if entry.date is not None and entry.date < self._oldest:
            return
        try:
            url = clean_url(entry.url)
        except FetchError as error:
            self._problems.append(f"an entry is left out: {error}")
            return
        if self._feed.wants(url) and (entry.sure or self._feed.include):
            content = entry.content if self._feed.content == "feed" else None
            self._entries.setdefault(page_id(url), replace(entry, url=url, content=content))

    def _listing(self, url: str) -> Listing:
        known = self._known.get(url)
        headers = known.headers if known else None
        answer = self._fetcher.get(url, headers, robots=self._feed.robots)
        if answer.status == 304:
            return Listing()
        listing = self._read(answer)
        # An index may stay as it is while the sitemaps behind it change.
        if not listing.further:
            self._validators.append(
                Validators(url, answer.headers.get("etag"), answer.headers.get("last-modified"))
            )
        return listing

    def _read(self, answer: Answer) -> Listing:
        data = answer.body
        if data.startswith(GZIP_MAGIC):
            try:
                data = gunzip(data, self._max_bytes)
            except OverflowError as error:
                raise ReadError(
                    answer.url, f"unpacks to more than {self._max_bytes:,} bytes; refused"
                ) from error
        return read_listing(data, answer.url, answer.url, answer.charset)
