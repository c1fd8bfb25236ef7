"""Searching over the API: articles with their marks, and names."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from crisiswire.serving.shapes import SearchAnswer


def search(client: TestClient, words: str, **more: Any) -> dict[str, Any]:
    answer = client.get("/api/search", params={"q": words} | more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    SearchAnswer.model_validate(found)
    return found


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in found]


def test_articles_come_newest_first_with_their_words_marked(client: TestClient) -> None:
    found = search(client, "caracas")
    assert [one["id"] for one in found["articles"][:2]] == ["report/11", "report/10"]
    for one in found["articles"]:
        text = client.get(f"/api/articles/{one['id'].replace('/', '%2F')}").json()["text"]
        assert text[one["start"] :].startswith(one["snippet"])
        assert {text[start:end] for start, end in one["marks"]} == {"Caracas"}


@pytest.mark.parametrize(
    ("words", "actors", "places"),
    [
        ("maduro", ["Nicolas Maduro"], []),
        ("MADU*", ["Nicolas Maduro"], []),
        ("nicolas mad", ["Nicolas Maduro"], []),
        ("caracas", [], ["Caracas"]),
        ("maduro OR caracas", ["Nicolas Maduro"], ["Caracas"]),
        ("nobody", [], []),
    ],
)
def test_names(client: TestClient, words: str, actors: list[str], places: list[str]) -> None:
    found = search(client, words)
    assert (names(found["actors"]), names(found["places"])) == (actors, places)


def test_pages_hold_every_article_once_and_names_stand_on_the_first(client: TestClient) -> None:
    first = search(client, "caracas", limit=5)
    pages, found = [first], first
    while found["next"]:
        found = search(client, "caracas", limit=5, after=found["next"])
        pages.append(found)
    ids = [one["id"] for page in pages for one in page["articles"]]
    assert sorted(ids) == sorted(f"report/{n}" for n in range(12))
    assert names(first["places"]) == ["Caracas"]
    assert not any(page["actors"] or page["places"] or page["events"] for page in pages[1:])


@pytest.mark.parametrize("words", ["-oil", '"', "(", "*"])
def test_a_search_for_nothing_is_refused_with_a_reason(client: TestClient, words: str) -> None:
    answer = client.get("/api/search", params={"q": words})
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == "q"
