"""What is served has the shape that the API's document tells."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from crisiswire.serving import shapes
from crisiswire.serving.examples import examples
from crisiswire.storing import EventQuery, Store
from helpers import ROOT

from .conftest import HOSTILE, UNKNOWN

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
ANSWERS = [
    ("/api/about", shapes.About),
    ("/api/health", shapes.Health),
    ("/api/choices", shapes.Choices),
    ("/api/events", shapes.EventPage),
    ("/api/events?order=desc&limit=1&type=AID&status=actual", shapes.EventPage),
    ("/api/events/000100010000", shapes.EventDetail),
    ("/api/quotes", shapes.StatementPage),
    ("/api/articles?order=desc", shapes.ArticlePage),
    ("/api/articles/report%2F3", shapes.ArticleDetail),
    ("/api/actors", shapes.ActorPage),
    ("/api/actors/nicolas-maduro", shapes.ActorDetail),
    (f"/api/actors/{quote('~' + HOSTILE, safe='')}", shapes.ActorDetail),
    ("/api/places", shapes.PlacePage),
    ("/api/series?by=day&split=type", shapes.Series),
    ("/api/networks?level=actor&ego=usa", shapes.Network),
    ("/api/networks", shapes.Network),
    ("/api/events?party=usa&role=actor&counterpart=ven&country=VEN&country=COL", shapes.EventPage),
    ("/api/events?bucket=week.2019-05-13", shapes.EventPage),
    ("/api/reviews", shapes.JudgementPage),
    ("/api/stories", shapes.StoryPage),
    ("/api/changes?window=week", shapes.Changes),
    ("/api/changes?window=month&level=actor", shapes.Changes),
]
SHAPES = {
    "GET /api/about": shapes.About,
    "GET /api/health": shapes.Health,
    "GET /api/choices": shapes.Choices,
    "GET /api/events": shapes.EventPage,
    "GET /api/events/{id}": shapes.EventDetail,
    "GET /api/quotes": shapes.StatementPage,
    "GET /api/articles": shapes.ArticlePage,
    "GET /api/articles/{id}": shapes.ArticleDetail,
    "GET /api/actors": shapes.ActorPage,
    "GET /api/actors/{id}": shapes.ActorDetail,
    "GET /api/places": shapes.PlacePage,
    "GET /api/series": shapes.Series,
    "GET /api/networks": shapes.Network,
    "GET /api/changes": shapes.Changes,
    "GET /api/search": shapes.SearchAnswer,
    "GET /api/stories": shapes.StoryPage,
    "GET /api/stories/{id}": shapes.StoryDetail,
    "GET /api/reviews": shapes.JudgementPage,
    "POST /api/reviews": shapes.JudgementShape,
    "POST /api/code": shapes.CodedShape,
    "error": shapes.ErrorAnswer,
}


@pytest.mark.parametrize(("path", "shape"), ANSWERS)
def test_answers_have_their_shapes(
    client: TestClient, path: str, shape: type[shapes.Shape]
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    shape.model_validate_json(answer.content)


@pytest.mark.parametrize("route", examples())
def test_examples_have_the_shapes(route: str) -> None:
    SHAPES[route].model_validate(examples()[route])


def test_every_route_and_parameter_is_in_the_docs_and_no_other(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    served = {
        f"{method.upper()} {re.sub('{.*}', '{id}', path)}": told
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    }
    assert set(re.findall(r"^### (\w+ /api/\S+)", PAGE, re.MULTILINE)) == set(served)
    words = set(re.findall(r"`(\w+)`", PAGE)) | set(re.findall(r'"(\w+)"', PAGE))
    for route, told in served.items():
        names = {p["name"] for p in told.get("parameters", ()) if p["in"] == "query"}
        assert names <= words, route


def test_the_docs_show_the_examples() -> None:
    path = ROOT / "scripts" / "make_api_docs.py"
    spec = importlib.util.spec_from_file_location("make_api_docs", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.page_with_examples(PAGE, examples()) == PAGE


def test_filters_choose_as_the_store_does(client: TestClient, store: Store) -> None:
    asked = "dyad=USA-VEN&type=AID&type=SANCTION&since=2019-05-03&until=2019-05-11&status=actual"
    query = EventQuery(
        dyad="USA-VEN", event_types=("AID", "SANCTION"), statuses=("actual",),
        date_from=_day(3), date_to=_day(11),
    )  # fmt: skip
    expected = {s.event.event_id for s in store.events(query)}
    answer = client.get(f"/api/events?{asked}").json()
    assert {e["event_id"] for e in answer["items"]} == expected != set()
    assert answer["total"] == len(expected)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("party=nicolas-maduro&role=speaker", lambda e: e["attribution"]["speaker"]),
        ("party=nicolas-maduro", lambda e: e["recipients"][0]["actor"] == "nicolas-maduro"),
        (f"party={quote('~' + HOSTILE)}", lambda e: e["actors"][0]["name"] == UNKNOWN.name),
        ("place=3646738", lambda e: e["place"]["name"] == "Caracas"),
        ("document=report/3", lambda e: e["document_id"] == "report/3"),
        (f"outlet={quote(HOSTILE)}", lambda e: e["article"]["outlet"] == HOSTILE),
    ],
)
def test_filters_of_the_page(client: TestClient, asked: str, holds: Any) -> None:
    items = client.get(f"/api/events?{asked}").json()["items"]
    assert items
    assert all(holds(item) for item in items)


def test_an_article_has_its_events_at_their_words(client: TestClient) -> None:
    answer = client.get("/api/articles/report%2F3").json()
    assert [e["sentence"] for e in answer["events"]] == [0, 1, 2]
    assert all(
        answer["text"][e["place"]["start"] :].startswith("Caracas") for e in answer["events"]
    )


def _day(number: int) -> dt.date:
    return dt.date(2019, 5, number)
