"""Reading in tests: a function that gathers articles, errors and warnings."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from crisiswire.errors import ReadError
from crisiswire.model import Article
from crisiswire.reading import ArticleDefaults, ReadLimits, read_articles

DATED = ArticleDefaults(date=dt.date(2019, 5, 14))
LIMITS = ReadLimits()


@dataclass
class Outcome:
    """What one call of read_articles brought."""

    articles: list[Article]
    errors: list[ReadError]
    warnings: list[str]

    @property
    def only(self) -> Article:
        assert not self.errors, self.errors
        (article,) = self.articles
        return article

    @property
    def error(self) -> str:
        assert not self.articles, self.articles
        (error,) = self.errors
        return str(error)


class Read(Protocol):
    def __call__(
        self,
        *sources: str | Path,
        defaults: ArticleDefaults = ...,
        stdin: bytes = ...,
        limits: ReadLimits = ...,
        **more: Any,
    ) -> Outcome: ...


@pytest.fixture
def read() -> Read:
    """Reads all at once. Articles have the date 2019-05-14 unless they say otherwise."""

    def gather(
        *sources: str | Path,
        defaults: ArticleDefaults = DATED,
        stdin: bytes = b"",
        limits: ReadLimits = LIMITS,
        **more: Any,
    ) -> Outcome:
        errors: list[ReadError] = []
        warnings: list[str] = []
        articles = read_articles(
            sources,
            defaults=defaults,
            stdin=io.BytesIO(stdin),
            limits=limits,
            on_error=errors.append,
            on_warning=warnings.append,
            **more,
        )
        return Outcome(list(articles), errors, warnings)

    return gather
