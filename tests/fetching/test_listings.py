"""Every kind of listing gives its pages; what is no honest listing is refused by name."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from crisiswire.errors import ReadError
from crisiswire.reading.feeds import Entry, read_listing

from .conftest import Round
from .server import RSS, Reply, Site, article, rss

DAY = dt.date(2019, 5, 20)
HERE = "https://wire.example/feeds/all"
XML = "application/xml"


def read(data: bytes | str, charset: str | None = None) -> tuple[Entry, ...]:
    raw = data.encode() if isinstance(data, str) else data
    return read_listing(raw, "the feed", HERE, charset).entries


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>W</title>
<entry><title type="html">Army &lt;b&gt;moves&lt;/b&gt; in</title><id>tag:1</id>
<link href="/world/army-moves-in"/><updated>2019-05-20T23:30:00-04:00</updated></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="https://wire.example/a"><title>A</title><link>https://wire.example/a</link>
<dc:date>2019-05-20</dc:date></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/a", "title": "A", "date_published": "2019-05-20T10:00:00Z"},
            {"id": "https://wire.example/b", "title": "B"},
            {"id": 3},
            "odd",
        ],
    }
)
NEWS_SITEMAP = """<?xml version="1.0"?><!-- made nightly -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://wire.example/a</loc><news:news><news:title>A</news:title>
<news:publication_date>2019-05-20</news:publication_date></news:news><image:image>
<image:loc>https://cdn.example/x.jpg</image:loc></image:image></url></urlset>"""


def test_rss_keeps_the_day_as_the_feed_writes_it() -> None:
    (entry,) = read(rss("https://wire.example/a", day="Mon, 20 May 2019 23:30:00 -0400"))
    assert entry == Entry("https://wire.example/a", "Story 1", DAY)


def test_atom_titles_lose_their_markup_and_links_become_absolute() -> None:
    assert read(ATOM) == (Entry("https://wire.example/world/army-moves-in", "Army moves in", DAY),)


def test_rss_of_the_first_version() -> None:
    assert read(RDF) == (Entry("https://wire.example/a", "A", DAY),)


def test_json_feed_passes_over_odd_items() -> None:
    assert read(JSON_FEED) == (
        Entry("https://wire.example/a", "A", DAY),
        Entry("https://wire.example/b", "B"),
    )


def test_news_sitemap_takes_the_page_and_not_its_picture() -> None:
    assert read(NEWS_SITEMAP) == (Entry("https://wire.example/a", "A", DAY),)


def test_page_of_links_tells_articles_from_the_rest_of_its_host() -> None:
    page = """<html><base href="https://wire.example/world/"><body><a href="/about">About</a>
    <a href="two-killed-in-raid"><img></a><a href="two-killed-in-raid#c">Two killed in raid</a>
    <a href="20190520.html">Monday</a><a href="https://other.example/a-b-c">Other</a>
    <a href="javascript:alert('a-b-c')">x</a><a href="mailto:a@b-c-d.example">m</a>
    </body></html>"""
    found = {entry.url: (entry.title, entry.sure) for entry in read(page)}
    assert found == {
        "https://wire.example/about": ("About", False),
        "https://wire.example/world/two-killed-in-raid": ("Two killed in raid", True),
        "https://wire.example/world/20190520.html": ("Monday", True),
    }


def test_list_of_addresses() -> None:
    assert read("https://wire.example/a\n# note\nhttps://wire.example/b\n") == (
        Entry("https://wire.example/a"),
        Entry("https://wire.example/b"),
    )


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_feeds_in_other_encodings(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = rss("https://wire.example/a").replace("Story 1", "Maduro à Téhéran")
    (entry,) = read(text.replace("'utf-8'", f"'{declared}'").encode(encoding))
    assert entry.title == "Maduro à Téhéran"


def test_a_feed_in_another_encoding_than_it_says() -> None:
    (entry,) = read(rss("https://wire.example/a").replace("Story 1", "à").encode("latin-1"))
    assert entry.url == "https://wire.example/a"


BOMB = (
    "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<rss version='2.0'><channel><item><title>&b;</title></item></channel></rss>"
)
OUTSIDE = (
    "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    "<urlset><url><loc>&x;</loc></url></urlset>"
)


@pytest.mark.parametrize("data", [BOMB.encode(), BOMB.encode("utf-16"), OUTSIDE.encode()])
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="defines XML entities"):
        read(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"{not json", "is not JSON"),
        (b'{"items": 3}', "no JSON Feed"),
        (b"<urlset><url><loc>", "damaged sitemap"),
        (b"Sorry, try again later.", "is no feed, sitemap or list of pages"),
        (b"<html><body>Sorry</body></html>", "without links to its own host"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not text"),
        (b"[" * 100_000, "is not JSON"),
        (b"<rss>" + b"<a>" * 300_000, "more than 200,000 tags"),
    ],
)
def test_what_is_no_listing(data: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        read(data)


def test_a_sitemap_cut_off_gives_what_is_whole() -> None:
    assert [e.url for e in read(NEWS_SITEMAP.replace("</urlset>", "<url><lo"))] == [
        "https://wire.example/a"
    ]


def test_sitemap_index_with_packed_sitemaps_newest_first(site: Site, watch: Round) -> None:
    def index(*names: tuple[str, str]) -> str:
        inner = "".join(
            f"<sitemap><loc>{site.root}{name}</loc><lastmod>{day}</lastmod></sitemap>"
            for name, day in names
        )
        return f"<sitemapindex>{inner}</sitemapindex>"

    def pages(*names: str) -> bytes:
        inner = "".join(f"<url><loc>{site.root}{name}</loc></url>" for name in names)
        return gzip.compress(f"<urlset>{inner}</urlset>".encode())

    url = site.add(
        "/sitemap.xml", index(("/old.xml.gz", "1999-01-01"), ("/new.xml.gz", "2019-05-20")), XML
    )
    site.add("/new.xml.gz", Reply(pages("/a", "/b"), "application/gzip"))
    site.add("/a", article("A"))
    site.add("/b", article("B"))
    found = watch({"name": "Map", "url": url}, max_age=9_000)
    assert (found.titles, found.problems) == (["A", "B"], [])
    assert site.times("/old.xml.gz") == 0


def test_a_sitemap_that_unpacks_to_far_too_much(site: Site, watch: Round) -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    url = site.add("/map.gz", Reply(bomb, "application/gzip"))
    assert (
        "unpacks to more than 100,000 bytes"
        in watch({"name": "Map", "url": url}, max_bytes=100_000).problem
    )


def test_include_and_exclude_choose_pages(site: Site, watch: Round) -> None:
    links = [site.root + path for path in ("/world/a", "/sport/b", "/world/video/c")]
    url = site.add("/rss", rss(*links), RSS)
    site.add("/world/a", article("A"))
    feed = {"name": "Wire", "url": url, "include": "/world/", "exclude": "video"}
    assert watch(feed).titles == ["A"]


def test_old_entries_are_left_alone(site: Site, watch: Round) -> None:
    url = site.add("/rss", rss(site.root + "/a"), RSS)
    assert watch({"name": "Wire", "url": url, "max_age": 30}).articles == []
    assert site.times("/a") == 0


def test_text_of_the_feed_itself(site: Site, watch: Round) -> None:
    text = "<p>Iran threatened Israel with retaliation.</p>" + "<p>The army said so twice.</p>" * 9
    more = f"<description><![CDATA[{text}]]></description>"
    url = site.add("/rss", rss(site.root + "/a", more=more), RSS)
    (found,) = watch({"name": "Wire", "url": url, "content": "feed"}).articles
    assert found.text.startswith("Iran threatened Israel")
    assert (found.date, found.outlet, found.url) == (DAY, "Wire", site.root + "/a")
    assert site.times("/a") == 0
