"""Stories over the API."""

from __future__ import annotations

import json
import threading
import time

import pytest
from fastapi.testclient import TestClient

from crisiswire.analysing.stories import stories
from crisiswire.errors import StoreError
from crisiswire.serving import placing
from crisiswire.serving.app import make_app
from crisiswire.serving.service import Service
from crisiswire.serving.shapes import StoryDetail
from crisiswire.storing import Store, open_store
from storing.samples import article, event

from .conftest import BASE, Serve, settings


def test_a_story_has_all_its_reports(client: TestClient, store: Store) -> None:
    for told in stories(store):
        shown = StoryDetail.model_validate_json(client.get(f"/api/stories/{told.id}").content)
        assert [r.event.event_id for r in shown.reports_told] == [
            r.stored.event.event_id for r in told.reports
        ]
        assert shown.reports == len(told.documents)
        assert shown.headline in {r.event.evidence.text for r in shown.reports_told}


def test_an_event_names_its_story(client: TestClient) -> None:
    items = client.get("/api/events").json()["items"]
    assert all(item["story"] for item in items)
    one = items[0]
    reports = client.get(f"/api/stories/{one['story']}").json()["reports_told"]
    assert one["event_id"] in {report["event"]["event_id"] for report in reports}
    assert client.get(f"/api/events/{one['event_id']}").json()["story"] == one["story"]


def test_the_latest_come_first_unless_asked_otherwise(client: TestClient) -> None:
    days = [item["first"] for item in client.get("/api/stories?limit=1000").json()["items"]]
    assert days == sorted(days, reverse=True)
    earliest = client.get("/api/stories?limit=1000&order=asc").json()
    assert [item["first"] for item in earliest["items"]] == days[::-1]


def test_no_story_of_that_id(client: TestClient) -> None:
    answer = client.get("/api/stories/nothing")
    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (404, "not_found")


def test_what_others_write_meanwhile_comes_into_stories(
    serve: Serve, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "PAUSE", 0.05)
    with serve() as client:
        for name, event_id in (("late", "e" * 16), ("later", "f" * 16)):
            with open_store(store.url) as other:
                other.save(article(name), [event(name, event_id)])
            told = f"/api/events/{event_id}"
            assert client.get(told).status_code == 200, client.get(told).text
            deadline = time.monotonic() + 60
            while (found := client.get(told).json()["story"]) is None:
                assert time.monotonic() < deadline, "the event came into no story"
                time.sleep(0.05)
            assert client.get(f"/api/stories/{found}").status_code == 200


def test_a_store_only_to_be_read_is_not_touched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(article("late"), [event("late", "f" * 16)])
    monkeypatch.setattr(placing, "PAUSE", 0.05)
    with open_store(f"sqlite:///{store.place}?mode=ro") as only_read:
        service = Service(only_read, settings())
        with TestClient(make_app(service), base_url=BASE) as client:
            assert client.get("/api/events/" + "f" * 16).json()["story"] is None


def test_work_that_fails_is_told_and_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store.save(article("late"), [event("late", "f" * 16)])
    tried = threading.Semaphore(0)

    def fail(_: Store) -> list[int]:
        tried.release()
        raise StoreError("out of order")

    monkeypatch.setattr(Store, "unplaced_articles", fail)
    keeper = placing.Placing(store, pause=0.01)
    keeper.start()
    assert tried.acquire(timeout=30)
    store.save(article("later"), [event("later", "e" * 16)])
    assert tried.acquire(timeout=30)
    keeper.close()
    assert "in no story yet: out of order" in caplog.text
