"""Files that are one article each: plain text, Markdown, HTML."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.dates import parse_date
from crisiswire.reading.decoding import Warn, decode
from crisiswire.reading.markdown import markdown_parts
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.rows import language_code
from crisiswire.reading.streams import read_whole

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w:.-]{1,40})", re.I)
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\slang\s{0,5}=\s{0,5}[\"']?([\w-]{1,20})", re.I)
_XML_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,200}\?>")
_HEAD = 4_096


def read_text(stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn) -> Iterator[Draft]:
    """A plain text as it is, but for byte-order mark and CRLF."""
    yield Draft(item, _unix_lines(decode(read_whole(stream, item, limits), item, warn)))


def read_markdown(stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn) -> Iterator[Draft]:
    """A Markdown text as it is, with its markup masked.

    Title, date, outlet, url and language may stand in front matter between ``---`` lines.
    """
    text = _unix_lines(decode(read_whole(stream, item, limits), item, warn))
    parts = markdown_parts(text)
    front = parts.front
    try:
        date = parse_date(front["date"]) if front.get("date") else None
    except ValueError as error:
        raise ReadError(item, f"front matter, field 'date': {error}") from error
    yield Draft(
        item=item,
        text=text,
        date=date,
        title=front.get("title") or parts.title,
        outlet=front.get("outlet") or None,
        url=front.get("url") or None,
        language=language_code(front.get("language")),
        masked=tuple(parts.masked),
    )


def read_html(stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn) -> Iterator[Draft]:
    """The main text of a web page, paragraphs parted by blank lines, and its metadata.

    A first paragraph that repeats the title is masked, lest the headline be coded twice.
    """
    import trafilatura
    from trafilatura.settings import Document

    data = read_whole(stream, item, limits)
    charset = _CHARSET.search(data, 0, _HEAD)
    page = decode(data, item, warn, charset[1].decode("ascii") if charset else None)
    page = page[declaration.end() :] if (declaration := _XML_DECLARATION.match(page)) else page
    # A date guessed from the running text or a copyright line would be worse than none.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # date parsers below warn of odd time zones
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if not isinstance(found, Document) or not found.text:
        raise ReadError(item, "holds no article text that can be told from the page around it")
    language = _LANGUAGE.search(page, 0, _HEAD)
    paragraphs = [line for line in found.text.split("\n") if line.strip()]
    headline = _same_words(paragraphs[0], found.title or "")
    yield Draft(
        item=item,
        text="\n\n".join(paragraphs),
        date=parse_date(found.date) if found.date else None,
        title=found.title or None,
        outlet=found.sitename or None,
        url=found.url or None,
        language=language_code(language[1]) if language else None,
        masked=((0, len(paragraphs[0])),) if headline and len(paragraphs) > 1 else (),
    )


def _same_words(one: str, other: str) -> bool:
    """Whether two lines differ in nothing but letter case and spaces."""
    return one.casefold().split() == other.casefold().split()


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n")
