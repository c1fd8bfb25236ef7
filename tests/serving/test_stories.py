"""Stories over the API."""

from __future__ import annotations

import json

from fastapi.testclient import TestClient

from crisiswire.analysing.stories import stories
from crisiswire.serving.shapes import StoryDetail
from crisiswire.storing import Store


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
