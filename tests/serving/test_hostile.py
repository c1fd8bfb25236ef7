"""Whatever is asked, nothing breaks, and nothing of an article is anything but data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from crisiswire.storing import Store

from .conftest import HOSTILE, WORK, Serve

INJECTIONS = [
    "'; DROP TABLE events;--",
    '" OR 1=1 --',
    "%25%27%28%29",
    "a NEAR/99 b AND NOT c*",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "🇻🇪" * 100,
    "*",
    '"',
    "a" * 1000,
    "-" * 500 + "(" * 500,
    "../../etc/passwd",
    "{{7*7}}${7*7}",
]
TEXTS = ("text", "outlet", "actor", "recipient", "country", "party", "document", "dyad", "type")


@pytest.mark.parametrize("value", INJECTIONS, ids=range(len(INJECTIONS)))
def test_hostile_values_are_values(client: TestClient, store: Store, value: str) -> None:
    before = store.counts()
    for name in TEXTS:
        answer = client.get("/api/events", params={name: value})
        assert answer.status_code in (200, 400, 422), (name, answer.text)
        assert answer.status_code != 200 or answer.json()["items"] == []
    for path in ("/api/series", "/api/actors", "/api/places", "/api/networks", "/api/quotes"):
        assert client.get(path, params={"text": value}).status_code in (200, 422)
    assert client.get("/api/actors", params={"q": value}).status_code == 200
    assert store.counts() == before


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/..%2F..%2Fetc%2Fpasswd",
        "/api/articles/%00",
        "/api/articles/%ff%fe",
        "/api/actors/~",
        "/api/actors/~%00",
        "/api/events/%2e%2e%2f",
        "/api/events/" + "a" * 2000,
        "/api/events/000%25",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd.txt",
        "/assets/..%2f..%2fapp.py",
    ],
)
def test_paths_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code == 200:  # an address of the page
        assert "<title>crisiswire</title>" in answer.text
    else:
        assert answer.status_code in (404, 422)
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "asked",
    [
        "limit=0", "limit=1001", "limit=-1", "limit=1e9", "limit=x", "place=-1",
        "place=" + "9" * 40, "since=0000-00-00", "since=2019-02-30", "until=99999-01-01",
        "min_confidence=2",
        "min_confidence=nan", "min_confidence=inf", "status=gone", "order=up", "unknown=1",
        "role=king", "quad_class=x",
    ],
)  # fmt: skip
def test_values_out_of_range_are_named(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/events?{asked}")
    assert answer.status_code == 422
    assert answer.json()["error"]["parameter"] == asked.partition("=")[0]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(client: TestClient, day: str) -> None:
    for window in ("day", "week", "month"):
        answer = client.get(f"/api/changes?window={window}&as_of={day}")
        assert (answer.status_code, answer.json()["items"]) == (200, [])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"text": 1}', b'{"text": ""}', b'{"text": "  "}', b"\xff\xfe",
        b'{"text": "a", "date": "soon"}', b'{"text": "a", "shell": "x"}', b"[" * 100_000,
        b'{"text": "a", "title": "' + b"a" * 2000 + b'"}',
    ],
)  # fmt: skip
def test_bodies_that_make_no_sense(client: TestClient, body: bytes) -> None:
    headers = {**WORK, "Content-Type": "application/json"}
    answer = client.post("/api/code", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"]


def test_a_form_is_no_json(client: TestClient) -> None:
    headers = {**WORK, "Content-Type": "text/plain"}
    assert client.post("/api/code", content=b'{"text": "a"}', headers=headers).status_code == 422


def test_hostile_words_come_back_as_json_strings(client: TestClient) -> None:
    answer = client.get("/api/articles/report%2F3")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["title"] == HOSTILE
    assert answer.content.isascii(), "no character of an article can end up as markup or a mark"
    assert json.loads(answer.content)["text"].endswith(HOSTILE)


def test_the_page_s_files_and_nothing_else(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "assets" / "a-1f.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "assets" / "out.txt").symlink_to(tmp_path / "secret.txt")
    client = serve(static=folder)
    for view in ("/", "/map", "/actors/usa"):
        answer = client.get(view)
        assert (answer.status_code, answer.text) == (200, "<!doctype html>")
        assert answer.headers["cache-control"] == "no-cache"
    script = client.get("/assets/a-1f.js")
    assert "immutable" in script.headers["cache-control"]
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/out.txt", "/assets/b.js"):
        assert client.get(path).status_code == 404, path
