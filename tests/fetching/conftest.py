"""A web site on loopback, a watcher of it, and waits made short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crisiswire.fetching import Watcher, WatchState, fetcher, load_feeds
from crisiswire.fetching.watching import Hooks
from crisiswire.model import Article
from crisiswire.reading import ReadLimits

from .server import Site, feeds_file, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "_FIRST_WAIT", 0.01)


@dataclass
class Watch:
    """What one round brought."""

    articles: list[Article] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def titles(self) -> list[str | None]:
        return sorted(article.title or "" for article in self.articles)

    @property
    def problem(self) -> str:
        (only,) = self.problems
        return only


Round = Callable[..., Watch]


@pytest.fixture
def watch(tmp_path: Path) -> Round:
    """One round over feeds; each article is marked done unless ``finish`` is False."""

    def run(*feeds: Mapping[str, object], finish: bool = True, **settings: object) -> Watch:
        result = Watch()
        chosen, listed = load_feeds(feeds_file(tmp_path / "feeds.toml", *feeds, **settings))
        hooks = Hooks(result.problems.append, result.warnings.append, lambda _: False)
        with WatchState(tmp_path / "state.watch") as state:
            watcher = Watcher(chosen, listed, state, ReadLimits(), hooks)
            try:
                for article in watcher.round(all_feeds=True):
                    result.articles.append(article)
                    if finish:
                        watcher.done(article)
            finally:
                watcher.close()
        return result

    return run
