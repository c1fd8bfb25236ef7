"""All pages of a list together are the list."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

LISTS = {
    "/api/events?": "event_id",
    "/api/events?order=desc&": "event_id",
    "/api/events?dyad=USA-VEN&": "event_id",
    "/api/quotes?": "events",
    "/api/quotes?order=desc&": "events",
    "/api/articles?": "id",
    "/api/articles?order=desc&": "id",
    "/api/actors?": "id",
    "/api/places?": "name",
    "/api/stories?": "id",
    "/api/stories?order=asc&dyad=USA~VEN&": "id",
}


def walk(client: TestClient, path: str, limit: int) -> list[Any]:
    """The items of all pages."""
    found: list[Any] = []
    after = ""
    while True:
        page = client.get(f"{path}limit={limit}{after}").json()
        assert len(page["items"]) <= limit
        assert (page.get("total") is None) == (bool(after) or "total" not in page)
        found += page["items"]
        if page["next"] is None:
            return found
        assert page["items"], "a page before the last is not empty"
        after = f"&after={page['next']}"


@profile(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=st.sampled_from(sorted(LISTS)), limit=st.integers(1, 40))
def test_all_pages_are_the_whole_list(client: TestClient, path: str, limit: int) -> None:
    whole = client.get(f"{path}limit=1000").json()
    assert whole["next"] is None
    assert whole["items"]
    keys = [item[LISTS[path]] for item in whole["items"]]
    assert [item[LISTS[path]] for item in walk(client, path, limit)] == keys


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("after", ["x", "%00", "W10", "WzEsMl0", "eyJhIjoxfQ", "é", "a" * 9999])
def test_a_cursor_that_no_page_gave_is_refused(client: TestClient, path: str, after: str) -> None:
    answer = client.get(f"{path}after={after}")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == "after"
