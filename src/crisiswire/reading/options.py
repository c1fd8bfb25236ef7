"""What a caller may set about reading, and the half-finished article that readers make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleDefaults:
    """Values for articles that carry none of their own."""

    date: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much to take in at once.

    ``max_bytes``: size of a file that is one article, after decompression. A
    compressed table may be larger, but not by an absurd ratio.
    ``max_line``: bytes of one JSONL line, characters of one CSV record.
    ``max_chars``: characters of one article's text.
    """

    max_bytes: int = 50_000_000
    max_line: int = 20_000_000
    max_chars: int = 3_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a format's reader found it, before defaults, language and cleaning.

    ``item`` names it in messages. ``masked`` holds the format's own markup.
    """

    item: str
    text: str
    id: str = ""
    date: dt.date | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    masked: tuple[tuple[int, int], ...] = ()
