"""From an answer to an article: which reader fits, and what its feed adds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

from crisiswire.errors import ReadError
from crisiswire.fetching.client import GZIP_MAGIC, Answer
from crisiswire.fetching.settings import Feed
from crisiswire.fetching.state import Page
from crisiswire.model import Article
from crisiswire.reading.decoding import known_encoding
from crisiswire.reading.documents import read_html, read_text
from crisiswire.reading.options import ArticleDefaults, Draft, ReadLimits
from crisiswire.reading.pdf import read_pdf
from crisiswire.reading.reader import Desk

_READERS = {
    "": read_html,
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": read_text,
    "application/pdf": read_pdf,
}
_MARKUP = ("<p", "<div", "<br", "<a ")
_FRAME = "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><article>{}</article>"
_AHEAD = dt.timedelta(days=1)


class PageReader:
    """Reads fetched pages. ``warn`` hears of guesses."""

    def __init__(self, limits: ReadLimits, warn: Callable[[str], None]) -> None:
        self._limits = limits
        self._warn = warn

    def article(self, page: Page, feed: Feed, answer: Answer | None) -> Article:
        """The article of a page, or of the text that its feed brought (``answer`` None).

        Its id comes of the address. The feed's date goes before one found on the page. Raises
        ReadError when there is no article.
        """
        item = f"feed {feed.name!r}, {page.url}"
        draft = self._from_feed(page, item) if answer is None else self._fetched(answer, item)
        told = dt.date.fromisoformat(page.date) if page.date else None
        draft = replace(
            draft,
            id=page.id,
            date=_plausible(told) or _plausible(draft.date),
            title=draft.title or page.title,
            outlet=feed.outlet or draft.outlet or feed.name,
            url=page.url,
            language=feed.language or draft.language,
        )
        return Desk(ArticleDefaults(), self._limits, self._warn).finish(draft)

    def _from_feed(self, page: Page, item: str) -> Draft:
        content = page.content or ""
        if not any(mark in content.lower() for mark in _MARKUP):
            return Draft(item, content)
        data = _FRAME.format(content).encode("utf-8", "replace")
        return next(read_html(io.BytesIO(data), item, self._limits, self._warn))

    def _fetched(self, answer: Answer, item: str) -> Draft:
        read = _READERS.get(answer.media_type)
        if read is None or answer.body.startswith(GZIP_MAGIC):
            kind = "packed data" if read else answer.media_type[:60]
            raise ReadError(item, f"is {kind}, no article; leave such pages out with exclude")
        data = answer.body
        if read is not read_pdf:
            data = _in_utf8(data, answer.charset)
        for draft in read(io.BytesIO(data), item, self._limits, self._warn):
            return draft
        raise ReadError(item, "holds no article")


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes, in UTF-8 where they are in the other encoding that the host tells."""
    told = known_encoding(charset)
    if told is None:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(told).encode("utf-8")
        except UnicodeError:  # told wrongly: the reader guesses
            return data
    return data


def _plausible(day: dt.date | None) -> dt.date | None:
    """A day of publication, unless it lies ahead."""
    return day if day is not None and day <= dt.date.today() + _AHEAD else None
