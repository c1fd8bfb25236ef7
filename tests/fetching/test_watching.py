"""What a watch remembers from one round, and one process, to the next."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from crisiswire.errors import ConfigError, StoreError
from crisiswire.fetching import WatchState, load_feeds
from crisiswire.storing import open_store
from helpers import Cli, Start

from .conftest import Round
from .server import RSS, Reply, Site, article, feeds_file, rss


def tagged(body: str, tag: str) -> object:
    """An answer that says 304 to who has it already."""

    def reply(headers: Mapping[str, str]) -> Reply:
        if headers.get("If-None-Match") == tag:
            return Reply(status=304, headers={"Content-Length": "0"})
        return Reply(body, RSS, headers={"ETag": tag})

    return reply


def test_a_page_is_fetched_once_and_an_unchanged_feed_is_not_sent(site: Site, watch: Round) -> None:
    feed = {"name": "Wire", "url": site.root + "/rss"}
    site.add("/rss", tagged(rss(site.root + "/a"), '"1"'))  # type: ignore[arg-type]
    site.add("/a", article("A"))
    assert watch(feed).titles == ["A"]
    assert watch(feed).titles == []
    assert site.headers[-1]["If-None-Match"] == '"1"'
    site.add("/rss", tagged(rss(site.root + "/b", site.root + "/a"), '"2"'))  # type: ignore[arg-type]
    site.add("/b", article("B"))
    assert watch(feed).titles == ["B"]
    assert site.times("/a") == 1


def test_a_page_that_two_feeds_list_is_coded_once(site: Site, watch: Round) -> None:
    site.add("/a", article("A"))
    one = {"name": "One", "url": site.add("/1", rss(site.root + "/a?utm_source=1"), RSS)}
    two = {"name": "Two", "url": site.add("/2", rss(site.root + "/a?utm_source=2"), RSS)}
    site.add("/a?utm_source=1", article("A"))
    site.add("/a?utm_source=2", article("A"))
    assert watch(one, two).titles == ["A"]


def test_what_was_not_marked_done_comes_again_though_the_feed_is_unchanged(
    site: Site, watch: Round
) -> None:
    feed = {"name": "Wire", "url": site.root + "/rss"}
    site.add("/rss", tagged(rss(site.root + "/a"), '"1"'))  # type: ignore[arg-type]
    site.add("/a", article("A"))
    first = watch(feed, finish=False)
    again = watch(feed)
    assert first.titles == again.titles == ["A"]
    assert first.articles[0].id == again.articles[0].id
    assert watch(feed).titles == []


def test_a_host_that_asks_for_peace_gets_it(site: Site, watch: Round) -> None:
    site.add("/a", Reply("slow down", status=429, headers={"Retry-After": "600"}))
    site.add("/b", article("B"))
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.root + "/a", site.root + "/b"), RSS)}
    assert "asks for fewer requests (status 429)" in watch(feed).problem
    assert site.times("/b") == 0
    assert "asks to be left alone for 10 minutes more" in watch(feed).problem
    assert site.times("/rss") == 1


def test_a_feed_that_fails_is_asked_ever_more_seldom(
    site: Site, tmp_path: Path, watch: Round
) -> None:
    feed = {"name": "Wire", "url": site.root + "/rss", "interval": 100}
    waits = []
    for _ in range(3):
        watch(feed)
        with WatchState(tmp_path / "state.watch") as state:
            waits.append(round((state.due("Wire") - time.time()) / 100))
    assert waits == [2, 4, 8]
    site.add("/rss", rss(), RSS)
    watch(feed)
    with WatchState(tmp_path / "state.watch") as state:
        assert (round((state.due("Wire") - time.time()) / 100), state.failures("Wire")) == (1, 0)


def test_a_page_is_given_up_after_five_tries(tmp_path: Path) -> None:
    from crisiswire.reading.feeds import Entry

    with WatchState(tmp_path / "state") as state:
        state.listed("Wire", [("p", Entry("https://wire.example/a"))], (), 0)
        ends = [state.failed("p", "unwell", lasting=False) for _ in range(5)]
        assert ends == [False] * 4 + [True]
        assert state.counts() == {"failed": 1}


def test_one_watch_at_a_time(tmp_path: Path) -> None:
    with WatchState(tmp_path / "state"), pytest.raises(StoreError, match="used by another watch"):
        WatchState(tmp_path / "state")


def test_files_that_hold_no_state(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    open_store(tmp_path / "events.db").close()
    for name, told in [("text", "holds no watch"), ("events.db", "holds no watch"), ("", "cannot")]:
        with pytest.raises(StoreError, match=told):
            WatchState(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"names no feed; write \[\[feed\]\]"),
        ("[[feed]]\nname = 'A'\n", "feed 'A': url: Field required"),
        ("[[feed]]\nurl = 'http://a.example'\n", "feed number 1: name: Field required"),
        ("[[feed]]\nname = 'A'\nurl = 'ftp://a.example'\n", "'A': url: .*only http"),
        ("[[feed]]\nname = 'A'\nurl = 'http://a.example'\ninclude = '('\n", "include: .*regular"),
        ("[[feed]]\nname = 'A'\nurl = 'http://a.example'\nkind = 'x'\n", "feed 'A': kind: Extra"),
        ("[watch]\npace = -1\n[[feed]]\nname = 'A'\nurl = 'http://a.example'\n", "watch.pace: "),
        ('[watch]\ncontact = "a\\r\\nb"\n'"[[feed]]\nname = 'A'\nurl = 'http://a.b'\n", "plain"),
        ("[[feed]]\nname = 'A'\nurl = 'http://a.example'\n" * 2, "'A' comes twice"),
        ("feed", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_bad_file_of_feeds_is_named_with_the_feed_and_the_fault(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=told):
        load_feeds(path)


def test_watch_once_fills_the_store_and_ends(cli: Cli, site: Site, tmp_path: Path) -> None:
    site.add("/a", article("A"))
    site.add("/b", Reply("gone", status=404))
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.root + "/a"), RSS)}
    path = feeds_file(tmp_path / "feeds.toml", feed)
    first = cli("watch", path, "--once")
    assert (first.status, first.out) == (
        0,
        f"1 new articles, 1 events saved in {tmp_path}/store.db\n",
    )
    site.add("/rss", rss(site.root + "/a", site.root + "/b"), RSS)
    again = cli("watch", path, "--once")
    assert (again.status, again.out[:26]) == (1, "0 new articles, 0 events s")
    assert "crisiswire: feed 'Wire': http://127.0.0.1" in again.err
    assert (tmp_path / "store.watch").exists()
    with open_store(tmp_path / "store.db") as store:
        (stored,) = store.events()
        assert (stored.outlet, stored.url, str(stored.article_date)) == (
            "Wire", site.root + "/a", "2019-05-20",
        )  # fmt: skip


def test_an_article_that_the_store_has_is_not_fetched(cli: Cli, site: Site, tmp_path: Path) -> None:
    site.add("/a", article("A"))
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.root + "/a"), RSS)}
    path = feeds_file(tmp_path / "feeds.toml", feed)
    assert cli("watch", path, "--once").status == 0
    other = cli("watch", path, "--once", "--state", tmp_path / "new.watch")
    assert (other.status, other.out[:14]) == (0, "0 new articles")
    assert site.times("/a") == 1


def test_killing_a_watch_loses_and_doubles_nothing(
    start: Start, cli: Cli, site: Site, tmp_path: Path
) -> None:
    """Killed once while pages wait, with the feed unchanged ever after."""
    number = 12
    links = [f"{site.root}/story-{n}" for n in range(number)]
    for n in range(number):
        site.add(f"/story-{n}", article(f"Story {n}"))
    site.add("/rss", tagged(rss(*links), '"1"'))  # type: ignore[arg-type]
    path = feeds_file(
        tmp_path / "feeds.toml", {"name": "Wire", "url": site.root + "/rss"}, pace=0.3
    )
    process = start("watch", path)
    deadline = time.monotonic() + 120
    while not _articles(tmp_path / "store.db") and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = _articles(tmp_path / "store.db")
    assert 0 < before < number
    result = cli("watch", path, "--once")
    assert result.status == 0, result.err
    assert result.out.startswith(f"{number - before} new articles")
    with open_store(tmp_path / "store.db") as store:
        assert {found.url for found in store.articles()} == set(links)
        assert store.counts().articles == number
        assert store.counts().events == number
    assert all(site.times(f"/story-{n}") <= 2 for n in range(number))


def test_a_watch_goes_on_with_what_comes_later(start: Start, site: Site, tmp_path: Path) -> None:
    site.add("/a", article("A"))
    site.add("/b", article("B"))
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.root + "/a"), RSS), "interval": 1}
    process = start("watch", feeds_file(tmp_path / "feeds.toml", feed), "--jobs", "2")
    for number in (1, 2):
        deadline = time.monotonic() + 120
        while _articles(tmp_path / "store.db") < number and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _articles(tmp_path / "store.db") == number
        site.add("/rss", rss(site.root + "/a", site.root + "/b"), RSS)
    os.kill(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert {line[:26] for line in out.decode().splitlines()} == {"1 new articles, 1 events s"}


def _articles(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with open_store(path, create=False) as store:
            return store.counts().articles
    except StoreError:  # it is being made
        return 0


def test_ctrl_c_ends_a_watch_at_once(start: Start, site: Site, tmp_path: Path) -> None:
    site.add("/rss", Reply(rss(), RSS, drip=1))
    path = feeds_file(tmp_path / "feeds.toml", {"name": "W", "url": site.root + "/rss"}, timeout=60)
    process = start("watch", path)
    deadline = time.monotonic() + 60
    while not site.times("/rss") and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert (process.returncode, err.decode()) == (
        130, "crisiswire: stopped; what was coded and saved so far is kept\n",
    )  # fmt: skip
