"""Answers of every bad kind: each is named with what to do, and the rest goes on."""

from __future__ import annotations

import gzip
import ipaddress
import time
from collections.abc import Mapping
from itertools import pairwise

import pytest

from crisiswire.errors import FetchError
from crisiswire.fetching.addresses import clean_url, is_public, page_id
from crisiswire.fetching.client import Answer, gunzip

from .conftest import Round, Watch
from .server import HTML, RSS, Reply, Site, article, rss


@pytest.fixture
def one_page(site: Site, watch: Round) -> Round:
    """A feed of two pages, /bad served by the test and /good; the round over it."""

    def run(bad: Reply | str, **settings: object) -> Watch:
        site.add("/bad", bad)
        site.add("/good", article("Good"))
        url = site.add("/rss", rss(site.root + "/bad", site.root + "/good"), RSS)
        result = watch({"name": "Wire", "url": url}, **settings)
        assert "Good" in result.titles
        return result

    return run


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply("gone", status=404), "is not there (status 404); check the address"),
        (Reply("no", status=403), "ask the publisher"),
        (Reply("no", status=418), "answers with status 418"),
        (Reply("oh", status=500), "is unwell for now (status 500); it is tried again later"),
        (Reply(b"\x89PNG", "image/png"), "is image/png, no article"),
        (Reply(gzip.compress(b"x" * 9_000)), "is packed data, no article"),
        (Reply("<html><body></body></html>"), "holds no article text"),
        (Reply(b"\x00\x01" * 500), "is not text"),
        (Reply(article("A"), cut=300), "broke off before the end"),
        (Reply("x" * 300_000), "larger than 200,000 bytes; raise max_bytes"),
        (Reply("x" * 300_000, headers={"Content-Length": "10x"}), "larger than 200,000 bytes"),
        (Reply(gzip.compress(b" " * 9_000_000), headers={"Content-Encoding": "gzip"}), "larger"),
        (Reply(b"\x1f\x8bxx", headers={"Content-Encoding": "gzip"}), "damaged gzip data"),
        (Reply(gzip.compress(b"a" * 99)[:20], headers={"Content-Encoding": "gzip"}), "breaks off"),
        (Reply("?", headers={"Content-Encoding": "br"}), "packed as 'br'"),
        (Reply("", status=302, headers={"Location": "/bad"}), "redirects more than 5 times"),
        (Reply("", status=302, headers={"Location": "file:///etc/passwd"}), "only http and https"),
        (Reply("", status=302, headers={"Location": "javascript:alert(1)"}), "only http and https"),
        (Reply("", status=302, headers={"Location": "http://me:pw@x.example/"}), "with a login"),
    ],
)
def test_a_bad_page_is_named_and_the_others_are_read(
    one_page: Round, reply: Reply, told: str
) -> None:
    result = one_page(reply, max_bytes=200_000)
    assert result.problem.startswith("feed 'Wire': http://127.0.0.1:")
    assert told in result.problem


def test_a_host_that_drips_is_cut_off(one_page: Round) -> None:
    start = time.monotonic()
    result = one_page(Reply(article("Slow"), drip=0.04), timeout=0.1)
    assert "takes too long" in result.problem
    assert time.monotonic() - start < 10


def test_a_host_that_does_not_answer_at_all(one_page: Round) -> None:
    assert "takes too long" in one_page(Reply("x", drip=5), timeout=0.1).problem


def test_packed_pages_and_other_encodings_are_read(site: Site, watch: Round) -> None:
    text = article("Téhéran", "Iran threatened Israel with retaliation on Monday, Téhéran said.")
    plain = text.replace("<meta charset='utf-8'>", "")
    site.add("/a", Reply(gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"}))
    site.add("/b", Reply(plain.encode("cp1252"), "text/html; charset=ISO-8859-1"))
    site.add("/c", Reply(plain.encode("utf-16"), "text/html; charset=utf-16"))
    site.add("/d", Reply(text.encode(), "text/html; charset=punycode"))
    links = [site.root + path for path in ("/a", "/b", "/c", "/d")]
    result = watch({"name": "Wire", "url": site.add("/rss", rss(*links), RSS)})
    assert (result.titles, result.problems) == (["Téhéran"] * 4, [])
    assert all("Téhéran said" in found.text for found in result.articles)


def test_a_redirect_is_followed_and_the_page_keeps_its_address(site: Site, watch: Round) -> None:
    site.add("/a", Reply(status=301, headers={"Location": "/b"}))
    site.add("/b", article("B"))
    url = site.add("/rss", rss(site.root + "/a"), RSS)
    (found,) = watch({"name": "Wire", "url": url}).articles
    assert found.url == site.root + "/a"


def test_an_unreachable_feed_does_not_stop_the_others(site: Site, watch: Round) -> None:
    site.add("/a", article("A"))
    url = site.add("/rss", rss(site.root + "/a"), RSS)
    dead = {"name": "Dead", "url": "http://127.0.0.1:1/rss"}
    unknown = {"name": "Unknown", "url": "http://no-such-host.invalid/rss"}
    result = watch(dead, unknown, {"name": "Wire", "url": url})
    assert result.titles == ["A"]
    told = sorted(result.problems)
    assert "feed 'Dead': cannot be reached (Connection refused)" in told[0]
    assert "feed 'Unknown': no-such-host.invalid: the name cannot be looked up" in told[1]


def test_hostile_links_are_not_followed(site: Site, watch: Round) -> None:
    bad = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "gopher://a/",
        "ftp://a",
    ]
    result = watch({"name": "Wire", "url": site.add("/rss", rss(*bad), RSS)})
    assert result.articles == []
    assert len(result.problems) == 4
    assert result.problems[3] == "feed 'Wire': and 2 problems more"
    assert set(site.asked) == {"/robots.txt", "/rss"}


def test_private_addresses_are_refused(site: Site, watch: Round) -> None:
    url = site.add("/rss", rss(site.root + "/a"), RSS)
    for place in (
        url,
        url.replace("127.0.0.1", "localhost"),
        url.replace("127.0.0.1", "2130706433"),
    ):
        result = watch({"name": "Wire", "url": place}, allow_private=False)
        assert "is private; set allow_private = true" in result.problem
    assert site.asked == []


def test_a_name_that_resolves_to_a_private_address_is_refused_when_it_is_used(
    site: Site, watch: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public page may redirect to it, and a name may change its address between two looks."""
    public = site.root.replace("127.0.0.1", "wire.example")
    looked = []

    def lookup(host: str, port: int, **_: object) -> list[object]:
        looked.append(host)
        place = "127.0.0.1" if host == "wire.example" else "10.0.0.7"
        return [(2, 1, 6, "", (place, port))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    monkeypatch.setattr(
        "crisiswire.fetching.addresses.is_public", lambda address: str(address) == "127.0.0.1"
    )
    site.add("/a", Reply(status=302, headers={"Location": "http://inside.example/secret"}))
    site.add("/rss", rss(public + "/a"), RSS)
    result = watch({"name": "Wire", "url": public + "/rss"}, allow_private=False)
    assert "inside.example: its address 10.0.0.7 is private" in result.problem


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "255.255.255.255 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::127.0.0.1 "
    "64:ff9b::a00:1 2002:7f00:1:: 2001:0:5ef5:79fb::f5ff:fffe".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", "93.184.216.34 2606:4700::1 64:ff9b::808:808".split())
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("HTTP://Wire.Example:80/a b?q=ü#top", "http://wire.example/a%20b?q=%C3%BC"),
        ("https://bücher.example", "https://xn--bcher-kva.example/"),
        ("https://wire.example:8443/%7Ea", "https://wire.example:8443/%7Ea"),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
        ("https://wire.example/a\r\nHost: evil", "https://wire.example/aHost:%20evil"),
    ],
)
def test_addresses_are_cleaned(given: str, cleaned: str) -> None:
    assert clean_url(given) == cleaned


@pytest.mark.parametrize(
    "given",
    ["", "ftp://a.example/", "//", "http://", "http://a b/", "http://x:99999/", "http://é..é/",
     "http://a.example/" + "x" * 3_000, "/only/a/path"],
)  # fmt: skip
def test_addresses_that_are_none(given: str) -> None:
    with pytest.raises(FetchError):
        clean_url(given)


def test_one_page_has_one_id() -> None:
    same = [
        "https://wire.example/a?id=1",
        "http://www.wire.example/a?utm_source=rss&id=1",
        "https://wire.example/a?id=1&fbclid=x",
    ]
    assert len({page_id(clean_url(url)) for url in same}) == 1
    assert page_id("https://wire.example/a?id=2") != page_id(same[0])


def test_gunzip_takes_several_members_in_bounded_time() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", 10) == b"ab"
    with pytest.raises(FetchError, match="more than 100 pieces"):
        gunzip(gzip.compress(b"") * 100_000, 10)


@pytest.mark.parametrize(
    ("asked", "seconds"), [("120", 120), ("", 0), ("soon", 0), ("9" * 30, 86_400)]
)
def test_retry_after(asked: str, seconds: float) -> None:
    assert Answer("", 429, {"retry-after": asked}, b"").wait == seconds


def test_robots_txt_is_obeyed_unless_the_user_has_leave(site: Site, watch: Round) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.add("/private/a", article("A"))
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.root + "/private/a"), RSS)}
    assert "robots.txt forbids it" in watch(feed).problem
    assert site.times("/private/a") == 0
    site.add("/rss2", rss(site.root + "/private/a?2"), RSS)
    site.add("/private/a?2", article("A"))
    assert watch(feed | {"url": site.root + "/rss2", "robots": False}).titles == ["A"]


def test_a_redirect_does_not_lead_around_robots_txt(one_page: Round, site: Site) -> None:
    site.add("/robots.txt", "User-agent: crisiswire\nDisallow: /private/\n", "text/plain")
    result = one_page(Reply(status=302, headers={"Location": "/private/a"}))
    assert "robots.txt forbids it" in result.problem


def test_nothing_is_fetched_where_robots_txt_cannot_be_had(site: Site, watch: Round) -> None:
    site.add("/robots.txt", Reply("oh", status=503))
    result = watch({"name": "Wire", "url": site.add("/rss", rss(), RSS)})
    assert "robots.txt cannot be had (status 503)" in result.problem
    assert site.times("/rss") == 0


def test_a_host_is_asked_at_its_pace(site: Site, watch: Round) -> None:
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    moments: list[float] = []

    def page(_: Mapping[str, str]) -> Reply:
        moments.append(time.monotonic())
        return Reply(article("A"), HTML)

    links = [site.root + f"/{n}" for n in range(3)]
    for n in range(3):
        site.add(f"/{n}", page)
    watch({"name": "Wire", "url": site.add("/rss", rss(*links), RSS)})
    gaps = [later - one for one, later in pairwise(moments)]
    assert len(gaps) == 2
    assert min(gaps) > 0.25


def test_a_host_that_fails_once_is_tried_again(site: Site, watch: Round) -> None:
    replies = [Reply("oh", status=503), Reply(article("A"))]
    site.add("/a", lambda _: replies.pop(0))
    result = watch({"name": "Wire", "url": site.add("/rss", rss(site.root + "/a"), RSS)})
    assert (result.titles, result.problems) == (["A"], [])


def test_requests_say_who_asks(site: Site, watch: Round) -> None:
    watch({"name": "Wire", "url": site.add("/rss", rss(), RSS)}, contact="mail@desk.example")
    assert {headers["User-Agent"] for headers in site.headers} == {
        "crisiswire/0.1.0 (+mail@desk.example)"
    }
