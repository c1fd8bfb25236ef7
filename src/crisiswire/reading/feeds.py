"""Listings of articles: RSS, Atom, JSON Feed, sitemaps, pages of links, lists of addresses.

What a listing is shows in its content, whatever it is called. Addresses are given as they
stand, made absolute; whoever fetches them checks them.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from crisiswire.errors import ReadError
from crisiswire.reading.dates import parse_date
from crisiswire.reading.decoding import decode

_HEAD = 2_000
_XML_ROOT = re.compile(rb"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
_FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel"})
_SITEMAP_ROOTS = frozenset({b"urlset", b"sitemapindex"})
_ENTITY = b"<!ENTITY"
_MAX_FURTHER = 5_000
_MAX_TAGS = 200_000  # a feed of 1,000 entries has some 20,000; nesting them takes long
_SLUG = re.compile(r"[^/]*(?:\d{4,}|[^/-]+-[^/-]+-[^/-]+)[^/]*/?\Z")
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_PARSER_TROUBLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_MIN_CONTENT = 200  # characters of a feed's text that may be a whole article


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a listing names.

    ``content`` is HTML or text that the feed itself brings. ``sure`` is False for a link that
    does not look like one to an article.
    """

    url: str
    title: str | None = None
    date: dt.date | None = None
    content: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """Pages in the order listed, and further listings (of a sitemap index) with their dates."""

    entries: tuple[Entry, ...] = ()
    further: tuple[Entry, ...] = ()


def read_listing(data: bytes, name: str, url: str, charset: str | None = None) -> Listing:
    """The listing in ``data``, which came from ``url``; ``charset`` is the encoding told with it.

    Raises ReadError for what is no listing, is damaged beyond reading, or defines entities.
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    squeezed = data.replace(b"\0", b"")  # UTF-16 shows the same letters
    root = _root_of(squeezed)
    if root in _FEED_ROOTS or root in _SITEMAP_ROOTS:
        if _ENTITY in squeezed.upper():
            raise ReadError(name, "defines XML entities, which an honest feed never does; refused")
        if root in _SITEMAP_ROOTS:
            return _read_sitemap(data, name, url)
        return _read_feed(data, name, url, charset)
    if head.startswith((b"{", b"[")):
        return _read_json_feed(data, name, url)
    text = decode(data, name, _unheard, charset)
    if root is not None and b"<" in squeezed[:_HEAD]:
        return _read_links(text, name, url)
    return _read_lines(text, name)


def _root_of(data: bytes) -> bytes | None:
    """Name of the first element, in lower case."""
    start = re.sub(rb"(?s)<!--.*?-->|<!DOCTYPE[^>\[]{0,1000}>", b"", data[: 4 * _HEAD])
    found = _XML_ROOT.search(start)
    return found[1].lower() if found else None


def _read_feed(data: bytes, name: str, url: str, charset: str | None) -> Listing:
    import feedparser

    told = {"content-type": "application/xml" + (f"; charset={charset}" if charset else "")}
    told["content-location"] = url
    if data.count(b"<") > _MAX_TAGS:
        raise ReadError(name, f"is a feed of more than {_MAX_TAGS:,} tags; refused")
    try:
        parsed = feedparser.parse(
            io.BytesIO(data),
            response_headers=told,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        entries = tuple(_feed_entries(parsed.entries, url))
    except _PARSER_TROUBLE as error:
        raise ReadError(name, f"is a feed too odd to be read ({error!r:.200})") from error
    if not entries and parsed.get("bozo") and not parsed.get("version"):
        raise ReadError(
            name, f"is no feed that can be read ({str(parsed.bozo_exception).strip()[:200]})"
        )
    return Listing(entries)


def _feed_entries(found: list[Any], base: str) -> Iterator[Entry]:
    for one in found:
        link = one.get("link") or _permalink(one.get("id"))
        if not link:
            continue
        written = one.get("published") or one.get("updated")
        moment = one.get("published_parsed") or one.get("updated_parsed")
        day = _day(written) or (dt.date(*moment[:3]) if moment else None)
        texts = [part.get("value") or "" for part in one.get("content") or ()]
        texts.append(one.get("summary") or "")
        yield Entry(
            _absolute(link, base), _plain(one.get("title")), day, _whole(max(texts, key=len))
        )


def _permalink(identity: str | None) -> str | None:
    return identity if identity and _ADDRESS.match(identity) else None


def _read_json_feed(data: bytes, name: str, url: str) -> Listing:
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadError(name, f"is not JSON ({error}); give the address of a feed") from error
    items = parsed.get("items") if isinstance(parsed, dict) else None
    if not isinstance(items, list):
        raise ReadError(name, "is JSON but no JSON Feed (it has no list 'items')")
    return Listing(tuple(_json_entries(items, url)))


def _json_entries(items: list[Any], base: str) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        link = _text(item, "url") or _permalink(_text(item, "id")) or _text(item, "external_url")
        if link:
            content = _text(item, "content_html") or _text(item, "content_text") or ""
            day = _day(_text(item, "date_published") or _text(item, "date_modified"))
            yield Entry(_absolute(link, base), _plain(_text(item, "title")), day, _whole(content))


def _read_sitemap(data: bytes, name: str, url: str) -> Listing:
    entries: list[Entry] = []
    further: list[Entry] = []
    fields: dict[str, str] = {}
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(data)):
            tag = element.tag.rpartition("}")[2].lower()
            value = (element.text or "").strip()
            if value and tag in ("loc", "lastmod", "publication_date", "title"):
                # An image or video may have a loc of its own after the page's.
                fields.setdefault(tag, value)
            elif tag in ("url", "sitemap"):
                if "loc" in fields:
                    day = _day(fields.get("publication_date") or fields.get("lastmod"))
                    found = Entry(_absolute(fields["loc"], url), fields.get("title"), day)
                    (entries if tag == "url" else further).append(found)
                fields = {}
                element.clear()
    except ElementTree.ParseError as error:
        if not entries and not further:
            raise ReadError(name, f"is a damaged sitemap ({error})") from error
    except (LookupError, ValueError) as error:
        raise ReadError(name, f"is a sitemap in an encoding that is not known ({error})") from error
    return Listing(tuple(entries), tuple(further[:_MAX_FURTHER]))


def _read_links(page: str, name: str, url: str) -> Listing:
    """Links of a page to its own host; sure are those whose last part may name an article."""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        tree = html.document_fromstring(
            page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (LxmlError, ValueError) as error:
        raise ReadError(name, f"is no page that can be read ({error})") from error
    bases = tree.xpath("//base/@href")
    base = _absolute(str(bases[0]), url) if bases else url
    found: dict[str, Entry] = {}
    for link in tree.iter("a"):
        place = _absolute(link.get("href") or "", base).partition("#")[0]
        if _same_host(place, url):
            title = _plain(link.text_content())
            known = found.get(place)
            if known is None or (title and not known.title):
                path = urlsplit(place).path
                found[place] = Entry(place, title, sure=_SLUG.search(path) is not None)
    if not found:
        raise ReadError(name, "is a page without links to its own host; check the address")
    return Listing(tuple(found.values()))


def _same_host(place: str, page: str) -> bool:
    try:
        here, there = urlsplit(page), urlsplit(place)
    except ValueError:
        return False
    same = here.netloc.removeprefix("www.") == there.netloc.removeprefix("www.")
    return same and there.scheme in ("http", "https")


def _read_lines(text: str, name: str) -> Listing:
    """One address a line."""
    lines = [line.strip() for line in text.splitlines()]
    found = tuple(Entry(line) for line in lines if _ADDRESS.match(line))
    if not found:
        raise ReadError(
            name, "is no feed, sitemap or list of pages; give the address of one of these"
        )
    return Listing(found)


def _day(written: str | None) -> dt.date | None:
    """The day of a feed's time, in the zone it is written in."""
    if not written:
        return None
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        pass
    try:
        return parse_date(written)
    except ValueError:
        return None


def _absolute(link: str, base: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def _plain(text: str | None) -> str | None:
    """Words of a title, which feeds may write as HTML."""
    import html

    if not text:
        return None
    words = " ".join(html.unescape(re.sub(r"<[^<>]{0,500}>", " ", text)).split())
    return words[:500] or None


def _whole(content: str) -> str | None:
    return content if len(content) >= _MIN_CONTENT else None


def _text(item: dict[str, Any], field: str) -> str | None:
    value = item.get(field)
    return value if isinstance(value, str) and value.strip() else None


def _unheard(message: str) -> None:
    """Guessed encodings of listings are not worth a warning: addresses are ASCII."""
    del message
