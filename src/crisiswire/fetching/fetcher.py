"""Fetching politely: robots.txt, a pace for each host, redirects, and tries again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from crisiswire.errors import FetchError
from crisiswire.fetching.addresses import clean_url, host_of
from crisiswire.fetching.client import Answer, Client

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_ROBOTS_SECONDS = 86_400
_MAX_PACE = 60.0  # seconds between requests that robots.txt may ask for
_SHORT_WAIT = 10.0  # seconds of Retry-After that are waited for at once
_TRIES = 3
_FIRST_WAIT = 1.0  # seconds before the second try, doubled for each one after
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


class Stopped(Exception):
    """The run is being ended; what waits is left as it is."""


class Fetcher:
    """Fetches for several threads at once, never twice from one host within its pace.

    ``user_agent``: the name that robots.txt knows. ``pace``: seconds between two requests to
    one host. ``stop``: set to end every wait with Stopped.
    """

    def __init__(self, client: Client, user_agent: str, pace: float, stop: threading.Event) -> None:
        self._client = client
        self._agent = user_agent
        self._pace = pace
        self._stop = stop
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, robots: bool = True
    ) -> Answer:
        """The answer behind ``url``: status 200, or 304 where ``headers`` set a condition.

        Raises FetchError for any other status, with what to do about it.
        """
        for attempt in range(_TRIES):
            try:
                answer = self._followed(url, headers, robots)
                if answer.status in (200, 304):
                    return answer
                raise _refused(answer)
            except FetchError as error:
                if error.lasting or error.wait > _SHORT_WAIT or attempt == _TRIES - 1:
                    raise
                pause = max(error.wait, _FIRST_WAIT * 2**attempt)
                self._sleep(pause * (1 + random.random() / 2))
        raise AssertionError("unreachable")

    def _followed(self, url: str, headers: Mapping[str, str] | None, robots: bool) -> Answer:
        """The answer after its redirects, each checked as the first address is."""
        place = clean_url(url)
        for _ in range(_MAX_REDIRECTS + 1):
            if robots:
                self._check_robots(place)
            answer = self._paced(place, headers)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            place = clean_url(target, place)
        raise FetchError(f"redirects more than {_MAX_REDIRECTS} times", lasting=True)

    def _paced(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        self._sleep(self._host(url).turn(self._pace))
        return self._client.get(url, headers)

    def _check_robots(self, url: str) -> None:
        host = self._host(url)
        with host.reading:
            rules = host.rules(lambda: self._rules_of(url))
        if isinstance(rules, FetchError):
            raise FetchError(str(rules), lasting=rules.lasting, wait=rules.wait)
        if not rules.allows(url):
            raise FetchError(
                "robots.txt forbids it; ask the publisher, then set robots = false for this feed",
                lasting=True,
            )
        host.delay = rules.delay

    def _rules_of(self, url: str) -> _Rules | FetchError:
        """What robots.txt of the host says; none is permission, an unwell host is not."""
        place = clean_url("/robots.txt", url)
        try:
            for _ in range(_MAX_REDIRECTS + 1):
                answer = self._paced(place)
                target = answer.headers.get("location")
                if answer.status not in _REDIRECTS or not target:
                    break
                place = clean_url(target, place)
        except FetchError as error:
            return error
        if answer.status >= 500 or answer.status == 429:
            return FetchError(
                f"its robots.txt cannot be had (status {answer.status}), so nothing is fetched; "
                "it is tried again later",
                wait=answer.wait,
            )
        body = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        return _Rules(body, self._agent)

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host_of(url), _Host())

    def _sleep(self, seconds: float) -> None:
        if self._stop.wait(seconds) if seconds > 0 else self._stop.is_set():
            raise Stopped


class _Host:
    """What is known of one host."""

    def __init__(self) -> None:
        self.reading = threading.Lock()
        self.delay = 0.0
        self._lock = threading.Lock()
        self._next = 0.0
        self._known: tuple[float, _Rules | FetchError] | None = None

    def turn(self, pace: float) -> float:
        """Take the next turn; the seconds until it comes."""
        with self._lock:
            now = time.monotonic()
            mine = max(now, self._next)
            self._next = mine + max(pace, self.delay)
            return mine - now

    def rules(self, read: Callable[[], _Rules | FetchError]) -> _Rules | FetchError:
        """The rules, read anew once a day, and after a minute where they could not be read."""
        now = time.monotonic()
        if self._known is None or now > self._known[0]:
            found = read()
            kept = 60.0 if isinstance(found, FetchError) else float(_ROBOTS_SECONDS)
            self._known = (now + kept, found)
        return self._known[1]


class _Rules:
    """A robots.txt as one user agent must read it."""

    def __init__(self, text: str, agent: str) -> None:
        self._text = text
        self._agent = agent

    @cached_property
    def _parsed(self) -> Any:
        from protego import Protego

        return Protego.parse(self._text)

    def allows(self, url: str) -> bool:
        """Whether the agent may fetch the address."""
        return bool(self._parsed.can_fetch(url, self._agent))

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for, within bounds."""
        asked = self._parsed.crawl_delay(self._agent)
        return min(float(asked), _MAX_PACE) if asked else 0.0


def _refused(answer: Answer) -> FetchError:
    """Another status than 200 in words."""
    status = answer.status
    if status in _LATER:
        what = "asks for fewer requests" if status == 429 else "is unwell for now"
        return FetchError(
            f"the host {what} (status {status}); it is tried again later", wait=answer.wait
        )
    reasons = {
        401: "asks for a login (status 401); leave it out, or use another feed",
        402: "asks for payment (status 402); leave it out, or use another feed",
        403: "refuses programs like this one (status 403); ask the publisher",
        404: "is not there (status 404); check the address",
        410: "is gone for good (status 410); take it out",
        451: "is withheld for legal reasons (status 451)",
    }
    told = reasons.get(status, f"answers with status {status}; check the address in a browser")
    return FetchError(told, lasting=True)
