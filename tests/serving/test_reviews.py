"""Judgements handed in over the API."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from crisiswire.serving.shapes import EventDetail, JudgementPage, JudgementShape

from .conftest import WORK

EVENT = "000100010000"


def judge(client: TestClient, **row: Any) -> Any:
    return client.post("/api/reviews", json={"by": "Ann", **row}, headers=WORK)


def test_a_judgement_is_kept_and_shown(client: TestClient) -> None:
    answer = judge(client, verdict="confirm", event_id=EVENT, why="so it says")
    assert answer.status_code == 201, answer.text
    kept = JudgementShape.model_validate_json(answer.content)
    shown = EventDetail.model_validate_json(client.get(f"/api/events/{EVENT}").content)
    assert shown.reviewed == "confirmed"
    assert [j.id for j in shown.judgements] == [kept.id]
    judge(client, verdict="undo", judgement_id=kept.id)
    assert client.get(f"/api/events/{EVENT}").json()["reviewed"] is None
    listed = JudgementPage.model_validate_json(client.get("/api/reviews").content)
    assert [j.verdict for j in listed.items] == ["undo", "confirm"]


def test_a_rejected_event_is_shown_no_more(client: TestClient) -> None:
    before = client.get("/api/events").json()["total"]
    assert judge(client, verdict="reject", event_id=EVENT).status_code == 201
    assert client.get("/api/events").json()["total"] == before - 1
    assert client.get(f"/api/events/{EVENT}").status_code == 404


def test_who_looked_before_another_judged_is_told(client: TestClient) -> None:
    judge(client, verdict="confirm", event_id=EVENT)
    answer = judge(client, verdict="reject", event_id=EVENT, seen="")
    assert answer.status_code == 409
    assert client.get(f"/api/events/{EVENT}").json()["reviewed"] == "confirmed"


@pytest.mark.parametrize(
    ("row", "parameter"),
    [
        ({"verdict": "praise", "event_id": EVENT}, "verdict"),
        ({"verdict": "confirm"}, "event_id"),
        ({"verdict": "undo", "judgement_id": "nothing"}, None),
        ({"verdict": "complete", "document_id": "nothing"}, None),
        ({"verdict": "confirm", "event_id": EVENT, "by": ""}, "by"),
        ({"verdict": "confirm", "event_id": EVENT, "shell": "x"}, "shell"),
    ],
)
def test_a_wrong_row_is_named(client: TestClient, row: dict[str, Any], parameter: Any) -> None:
    answer = judge(client, **row)
    assert answer.status_code == 422
    assert answer.json()["error"]["parameter"] == parameter
