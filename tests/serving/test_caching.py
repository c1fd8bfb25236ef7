"""An answer is made once until the store changes, and a browser that has it gets none."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from crisiswire.serving.caching import AnswerCache
from crisiswire.storing import Store, open_store
from storing.samples import article, event

from .conftest import Serve


def test_an_answer_that_one_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/events?limit=2&order=asc")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    again = client.get("/api/events?order=asc&limit=2", headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get("/api/events?limit=3&order=asc", headers={"If-None-Match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize("change", ["save", "delete", "other process"])
def test_a_change_of_the_store_changes_the_answer(
    client: TestClient, store: Store, change: str
) -> None:
    first = client.get("/api/events")
    match change:
        case "save":
            store.save(article("new"), [event("new", "f" * 16)])
        case "delete":
            store.delete_article("report/0")
        case _:
            with open_store(store.place) as other:
                other.save(article("new"), [event("new", "f" * 16)])
    again = client.get("/api/events", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.json()["total"] == first.json()["total"] + (-3 if change == "delete" else 1)


def test_nothing_is_asked_of_the_store_while_it_stays_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/api/places?country=VEN")
    monkeypatch.setattr(Store, "tally", None)
    assert client.get("/api/places?country=VEN").content == first.content


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip, br", True), ("*", True), ("identity", False), ("gzip;q=0", False), ("", False)],
)
def test_answers_are_compressed_on_request(client: TestClient, accepted: str, packed: bool) -> None:
    plain = client.get("/api/events", headers={"Accept-Encoding": "identity"}).content
    with client.stream("GET", "/api/events", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
        assert ("content-encoding" in answer.headers) is packed
        assert "accept-encoding" in answer.headers["vary"].lower()
    assert (gzip.decompress(raw) if packed else raw) == plain


def test_the_cache_keeps_its_size_and_drops_the_oldest() -> None:
    cache = AnswerCache(1000)
    makers = {name: _counted(name.encode() * 300) for name in "abcd"}
    for name in ("a", "b", "c", "a", "d", "a", "b"):
        assert cache.get(name, makers[name][0]).plain == name.encode() * 300
    assert {name: len(calls) for name, (_, calls) in makers.items()} == {
        "a": 1,
        "b": 2,
        "c": 1,
        "d": 1,
    }


def test_an_answer_larger_than_the_cache_is_given_and_not_kept() -> None:
    make, calls = _counted(b"x" * 50)
    cache = AnswerCache(10)
    assert [cache.get("a", make).plain for _ in range(2)] == [b"x" * 50] * 2
    assert len(calls) == 2


def test_many_who_ask_at_once_have_one_answer_made() -> None:
    cache, begun, go = AnswerCache(1000), threading.Event(), threading.Event()
    calls = []

    def make() -> bytes:
        calls.append(1)
        begun.set()
        assert go.wait(10)
        return b"x"

    threads = [threading.Thread(target=cache.get, args=("a", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert len(calls) == 1


def test_a_failure_is_not_kept() -> None:
    cache = AnswerCache(1000)
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: bytes(1 // 0))
    assert cache.get("a", lambda: b"x").plain == b"x"


def test_two_runs_of_the_server_share_no_tags(serve: Serve) -> None:
    tags = {serve().get("/api/about").headers["etag"] for _ in range(2)}
    assert len(tags) == 2


def _counted(body: bytes) -> tuple[Callable[[], bytes], list[int]]:
    calls: list[int] = []

    def make() -> bytes:
        calls.append(1)
        return body

    return make, calls
