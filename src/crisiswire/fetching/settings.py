"""The file of feeds: what is watched, how often and how gently. Checked strictly."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crisiswire import __version__
from crisiswire.errors import ConfigError, FetchError
from crisiswire.fetching.addresses import clean_url

AGENT = "crisiswire"
_WHERE = 2  # parts of an error's place that name a feed


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WatchSettings(_Section):
    """The section [watch]: times in seconds, ``max_age`` in days."""

    interval: float = Field(default=900, ge=1)
    pace: float = Field(default=2, ge=0, le=3_600)
    timeout: float = Field(default=20, gt=0, le=600)
    max_bytes: int = Field(default=10_000_000, ge=1_000)
    max_age: int = Field(default=30, ge=0)
    connections: int = Field(default=8, ge=1, le=64)
    contact: str = ""
    allow_private: bool = False

    @field_validator("contact")
    @classmethod
    def _fit_for_a_header(cls, value: str) -> str:
        if not (value.isascii() and (value.isprintable() or not value)):
            raise ValueError("must be plain ASCII, such as a mail address or a web page")
        return value

    @property
    def user_agent(self) -> str:
        """How requests introduce themselves."""
        return f"{AGENT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


class Feed(_Section):
    """One [[feed]]: RSS, Atom, JSON Feed, sitemap or a page of links at ``url``.

    ``include`` and ``exclude`` are regular expressions that a page's address must, or must not,
    hold. ``content`` "feed" takes the text that the feed itself brings. ``interval`` (seconds)
    and ``max_age`` (days) override [watch].
    """

    name: str = Field(min_length=1, max_length=200)
    url: str
    outlet: str | None = None
    language: str | None = Field(default=None, pattern="^[a-z]{2,3}$")
    include: str | None = None
    exclude: str | None = None
    content: Literal["page", "feed"] = "page"
    max_entries: int = Field(default=200, ge=1, le=50_000)
    max_age: int | None = Field(default=None, ge=0)
    interval: float | None = Field(default=None, ge=1)
    robots: bool = True

    @field_validator("url")
    @classmethod
    def _fetchable(cls, value: str) -> str:
        try:
            return clean_url(value)
        except FetchError as error:
            raise ValueError(str(error)) from error

    @field_validator("include", "exclude")
    @classmethod
    def _an_expression(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"is no regular expression ({error})") from error
        return value

    def wants(self, url: str) -> bool:
        """Whether the page at this address is to be fetched."""
        wanted, unwanted = self._filters
        return (wanted is None or wanted.search(url) is not None) and (
            unwanted is None or unwanted.search(url) is None
        )

    @cached_property
    def _filters(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        return (
            re.compile(self.include) if self.include else None,
            re.compile(self.exclude) if self.exclude else None,
        )


class _File(_Section):
    watch: WatchSettings = WatchSettings()
    feed: tuple[Feed, ...]


def load_feeds(path: Path) -> tuple[WatchSettings, tuple[Feed, ...]]:
    """Settings and feeds of a TOML file. Raises ConfigError that names the feed and the fault."""
    try:
        with path.open("rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML ({error})") from error
    try:
        found = _File.model_validate(data)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_fault(error, data)}") from error
    if not found.feed:
        raise ConfigError(f"{path}: names no feed; write [[feed]] with name and url")
    names = [feed.name for feed in found.feed]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{path}: feed {name!r} comes twice; give each feed its own name")
    return found.watch, found.feed


def _fault(error: ValidationError, data: dict[str, object]) -> str:
    first = error.errors()[0]
    where = list(first["loc"])
    feeds = data.get("feed")
    if where == ["feed"] and first["type"] == "missing":
        return "names no feed; write [[feed]] with name and url"
    if len(where) >= _WHERE and isinstance(feeds, list) and isinstance(where[1], int):
        feed = feeds[where[1]]
        name = feed.get("name") if isinstance(feed, dict) else None
        told = f"feed {name!r}" if isinstance(name, str) else f"feed number {where[1] + 1}"
        return f"{told}: {'.'.join(map(str, where[2:])) or 'feed'}: {first['msg']}"
    return f"{'.'.join(map(str, where))}: {first['msg']}"
