"""Who may ask, how much, and what every answer carries."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from crisiswire.commands.serve import PROXIES
from crisiswire.serving.gate import Access
from crisiswire.serving.rates import Rates

from .conftest import WORK, Serve

SECRET = "a secret of one's own"
REVIEW = {"verdict": "confirm", "event_id": "000100010000", "by": "Ann"}
TEXT = {"text": "Norway sent medics."}


@pytest.mark.parametrize(
    "path", ["/api/about", "/api/events?since=x", "/api/nothing", "/", "/x.js"]
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert len(headers["x-request-id"]) == 12
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8470", 200),
        ("[::1]:8470", 200),
        ("LOCALHOST:1", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example:8470", 403),
        ("evil.example:127.0.0.1", 403),
        ("user@localhost", 200),
        ("[", 403),
        ("", 403),
    ],
)
def test_on_loopback_only_its_names_are_answered(
    client: TestClient, host: str, status: int
) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == status


def test_with_a_token_or_a_proxy_any_host_is_answered(serve: Serve) -> None:
    headers = {"Host": "record.example", "Authorization": f"Bearer {SECRET}"}
    for access in (Access(SECRET, any_host=True), Access(any_host=True)):
        assert serve(access).get("/api/about", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {SECRET}"}, 401),
        ({"Authorization": SECRET}, 401),
        ({"Authorization": "Bearer é".encode()}, 401),
        ({"Authorization": f"Bearer {SECRET}"}, 200),
    ],
)
def test_a_token_guards_the_api(serve: Serve, given: dict[str, str], status: int) -> None:
    client = serve(Access(SECRET, any_host=True))
    answer = client.get("/api/events", headers=given)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "unauthorised"


def test_health_needs_no_token(serve: Serve) -> None:
    assert serve(Access(SECRET, any_host=True)).get("/api/health").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Crisiswire": "0"},
        {**WORK, "Origin": "https://evil.example"},
        {**WORK, "Origin": "null"},
        {**WORK, "Origin": "http://localhost.evil.example"},
        {**WORK, "Origin": "http://["},
        {**WORK, "Sec-Fetch-Site": "cross-site"},
        {**WORK, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_of_others_change_nothing(client: TestClient, headers: dict[str, str]) -> None:
    for path, body in (("/api/reviews", REVIEW), ("/api/code", TEXT)):
        answer = client.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("site", "mode", "path", "status"),
    [
        ("same-origin", "cors", "/api/events", 200),
        ("none", "navigate", "/api/events", 200),
        ("cross-site", "no-cors", "/api/events", 403),
        ("same-site", "cors", "/api/export?as=csv", 403),
        ("cross-site", "navigate", "/api/events", 200),
        ("cross-site", "no-cors", "/favicon.svg", 404),
    ],
)
def test_pages_of_others_read_nothing(
    serve: Serve, tmp_path: Path, site: str, mode: str, path: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert serve(static=tmp_path).get(path, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("forwarded", "peer", "client"),
    [
        ("198.51.100.7", "127.0.0.1", "198.51.100.7"),
        ("1.2.3.4, 198.51.100.7", "10.0.0.2", "198.51.100.7"),
        ("1.2.3.4, 198.51.100.7, 10.0.0.3", "10.0.0.2", "198.51.100.7"),
        ("1.2.3.4", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_behind_a_proxy_nobody_passes_for_another(forwarded: str, peer: str, client: str) -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])
        await PlainTextResponse("")(scope, receive, send)

    behind = ProxyHeadersMiddleware(app, PROXIES)
    TestClient(behind, client=(peer, 1)).get("/", headers={"X-Forwarded-For": forwarded})  # type: ignore[arg-type]
    assert seen == [client]


def test_a_browser_gets_no_leave_to_ask_across_origins(client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/code", headers=asked)
    assert answer.status_code >= 400
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_too_long_is_refused_before_it_is_read(serve: Serve, chunked: bool) -> None:
    client = serve(limits={"max_body": 1000})
    whole = json.dumps({"text": "a" * 5000}).encode()
    body = (whole[i : i + 100] for i in range(0, len(whole), 100)) if chunked else whole
    headers = {**WORK, "Content-Type": "application/json"}
    answer = client.post("/api/code", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_text_too_long_is_refused(serve: Serve) -> None:
    answer = serve(limits={"max_text": 10}).post("/api/code", json=TEXT, headers=WORK)
    assert answer.status_code == 413
    assert "10 at most" in answer.json()["error"]["message"]


def test_a_length_that_is_none_is_refused(client: TestClient) -> None:
    answer = client.get("/api/health", headers={"Content-Length": "-1"})
    assert answer.status_code == 413


def test_too_many_requests_are_told_when_to_come(serve: Serve) -> None:
    client = serve(limits={"reads_per_second": 1})
    found = [client.get("/api/health") for _ in range(4)]
    assert [answer.status_code for answer in found][:2] == [200, 200]
    assert found[-1].status_code == 429
    assert int(found[-1].headers["retry-after"]) >= 1


def test_each_address_has_a_rate_of_its_own_that_recovers() -> None:
    now = 0.0
    rates = Rates(2, 60, clock=lambda: now)
    assert [rates.wait("a", True) for _ in range(5)] == [0, 0, 0, 0, 1]
    assert rates.wait("b", True) == 0
    assert rates.wait("a", False) == 0, "work is counted apart"
    now = 0.5
    assert [rates.wait("a", True) for _ in range(2)] == [0, 1]
    now = 1000.0
    assert [rates.wait("a", True) for _ in range(5)] == [0, 0, 0, 0, 1], "never more than a burst"


def test_works_have_a_rate() -> None:
    rates = Rates(100, 2, clock=lambda: 0.0)
    assert [rates.wait("a", False) for _ in range(3)] == [0, 0, 30]


def test_each_request_has_a_line_in_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "crisiswire.access"):
        answer = client.get("/api/events?text=%0A%22fake%22")
    (line,) = [r.getMessage() for r in caplog.records if r.name == "crisiswire.access"]
    assert "\n" not in line
    told = json.loads(line)
    assert told["request_id"] == answer.headers["x-request-id"]
    assert (told["method"], told["path"], told["status"]) == ("GET", "/api/events", 200)
    assert told["query"] == "text=%0A%22fake%22"
    assert told["ms"] >= 0


def test_a_failure_tells_the_log_and_not_the_world(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/home/ana/secret.db")

    monkeypatch.setattr("crisiswire.storing.Store.counts", fail)
    answer = client.get("/api/about")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = answer.json()["error"]
    assert told["code"] == "failed"
    assert told["request_id"] in caplog.text
    assert "secret.db" in caplog.text
