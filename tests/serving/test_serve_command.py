"""``crisiswire serve``: what it serves, to whom, and the file it exports."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from crisiswire import Coder
from crisiswire.commands.serve import prompt
from crisiswire.exporting.forms import export
from crisiswire.serving.routes.exports import Pipe
from crisiswire.serving.shapes import CodedShape
from crisiswire.storing import EventQuery, Store, open_store
from helpers import Cli

from .conftest import WORK, Serve, fill

SECRET = "0123456789abcdef"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "kept.db"
    with open_store(path) as store:
        fill(store, 2)
    return path


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ([], 0, "http://127.0.0.1:8470"),
        (["--port", "9000"], 0, "http://127.0.0.1:9000"),
        (["--host", "::1"], 0, "http://[::1]:8470"),
        (["--host", "0.0.0.0"], 2, "give --token"),
        (["--host", "record.example"], 2, "give --token"),
        (["--host", "0.0.0.0", "--token", SECRET], 0, "http://0.0.0.0:8470"),
        (["--host", "0.0.0.0", "--token", "short"], 2, "16 characters"),
        (["--host", "0.0.0.0", "--behind-proxy"], 0, "http://0.0.0.0:8470"),
    ],
)
def test_others_need_a_token_or_a_proxy(
    cli: Cli, filled: Path, options: list[str], status: int, told: str
) -> None:
    result = cli("serve", "--check", "--store", filled, *options)
    assert result.status == status, result.err
    assert told in (result.err if status else result.out)


def test_a_store_that_is_not_there_is_named(cli: Cli, tmp_path: Path) -> None:
    result = cli("serve", "--check", "--store", tmp_path / "none.db")
    assert result.status == 1
    assert "none.db" in result.err


def test_an_answer_s_second_piece_does_not_wait_for_the_first() -> None:
    with prompt(uvicorn.Config(None, port=0, log_config=None).bind_socket()) as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("form", ["csv", "jsonl", "polecat", "icews", "gdelt-mentions", "parquet"])
def test_a_file_is_the_one_that_the_export_command_writes(
    client: TestClient, store: Store, form: str
) -> None:
    answer = client.get(f"/api/export?as={form}&dyad=USA-VEN")
    assert answer.status_code == 200
    assert f"crisiswire-{form}." in answer.headers["content-disposition"]
    statuses = () if form in ("csv", "jsonl", "parquet") else ("actual",)
    expected = io.BytesIO()
    events = store.events(EventQuery(dyad="USA-VEN", statuses=statuses))
    export(events, form, expected, document_length=lambda name: len(store.article(name).text))
    assert answer.content == expected.getvalue() != b""


@pytest.mark.parametrize(
    "asked", ["as=xml", "as=icews&actors=list", "as=csv&actors=x", "actors=list"]
)
def test_an_unknown_form_is_refused(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/export?{asked}")
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["parameter"] in ("as", "actors", None)


def test_a_writer_whose_reader_is_gone_stops() -> None:
    pipe = Pipe()
    pipe.abandon()
    with pytest.raises(BrokenPipeError):
        pipe.write(b"x")


def test_a_writer_s_failure_reaches_the_reader() -> None:
    pipe = Pipe()
    pipe.write(b"x")
    pipe.finish(ValueError("broken"))
    pieces = pipe.pieces()
    assert next(pieces) == b"x"
    with pytest.raises(ValueError, match="broken"):
        next(pieces)


def test_a_text_is_coded_and_not_kept(serve: Serve, store: Store, coder: Coder) -> None:
    before = store.counts()
    text = 'Norway sent 40 medics to Sudan on Monday, "We thank them", President Bashir said.'
    body = {"text": text, "date": "2019-03-06", "outlet": "Fjord Post"}
    answer = serve(coder=coder).post("/api/code", json=body, headers=WORK)
    assert answer.status_code == 200, answer.text
    coded = CodedShape.model_validate_json(answer.content)
    assert coded.text == text
    assert "AID" in {event.event_type for event in coded.events}
    assert all(text[e.evidence.start : e.evidence.end] == e.evidence.text for e in coded.events)
    assert store.counts() == before


def test_too_many_texts_are_told_to_come_later(serve: Serve, coder: Coder) -> None:
    client = serve(coder=coder, limits={"coding_queue": 1})
    room = client.app.state.service.room  # type: ignore[attr-defined]
    room._inside = 2
    answer = client.post("/api/code", json={"text": "Norway sent medics."}, headers=WORK)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) > 0
