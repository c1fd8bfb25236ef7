"""``--save``, ``crisiswire events`` and ``crisiswire explain``: the store behind the commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crisiswire import Coder
from crisiswire.reading import ArticleDefaults, read_articles
from crisiswire.storing import open_store
from helpers import Cli

from .samples import ARRESTS, SANCTIONS, THREAT, records, row

ARTICLES = (
    row(SANCTIONS, id="a", outlet="Example Wire")
    + row(ARRESTS, id="b", outlet="Other Wire", date="2019-06-03")
    + row(THREAT, id="c", date="2019-04-01")
)


@pytest.fixture(scope="module")
def store_file(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A store that holds the three articles, an event each."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "a.jsonl").write_text(ARTICLES)
    articles = read_articles(
        [folder / "a.jsonl"],
        defaults=ArticleDefaults(),
        on_error=pytest.fail,
        on_warning=pytest.fail,
    )
    with open_store(folder / "store.db") as store:
        for article, events in coder.code_many(articles):
            store.save(article, events)
    return folder / "store.db"


@pytest.fixture
def saved(cli: Cli, tmp_path: Path, store_file: Path) -> Cli:
    """The command line, its store a copy of that."""
    shutil.copy(store_file, tmp_path / "store.db")
    return cli


def test_what_was_coded_is_what_is_stored(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(row(SANCTIONS, id="a") + row(ARRESTS, id="b"))
    coded = cli("code", tmp_path / "a.jsonl", "--save")
    stored = cli("events")
    assert (coded.status, stored.status, stored.err) == (0, 0, "")
    assert sorted(coded.out.splitlines()) == sorted(stored.out.splitlines())


def test_saving_twice_never_doubles(saved: Cli, tmp_path: Path) -> None:
    once = saved("events").out
    (tmp_path / "a.jsonl").write_text(ARTICLES)
    assert saved("code", tmp_path / "a.jsonl", "--save", "--quiet").status == 0
    assert saved("events").out == once
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().articles == 3


def test_without_save_nothing_is_kept(cli: Cli, tmp_path: Path) -> None:
    cli("code", "-", "--date", "2019-05-20", stdin=SANCTIONS.encode())
    assert not (tmp_path / "store.db").exists()


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ([], "cab"),
        (["--dyad", "RUS-TUR"], "a"),
        (["--dyad", "TUR-RUS"], ""),
        (["--dyad", "tur~rus"], "a"),
        (["--type", "sanction", "--type", "COERCE"], "ab"),
        (["--since", "2019-05-01"], "ab"),
        (["--until", "2019-05-31"], "ca"),
        (["--since", "2019-05-01", "--until", "2019-05-31"], "a"),
        (["--actor", "IRN"], "c"),
        (["--recipient", "ISR"], "c"),
        (["--country", "VEN"], "b"),
        (["--outlet", "Example Wire"], "a"),
        (["--status", "negated"], ""),
        (["--text", "protesters"], "b"),
        (["--min-confidence", "1"], ""),
        (["--limit", "2"], "ca"),
    ],
    ids=" ".join,
)
def test_filters(saved: Cli, filters: list[str], documents: str) -> None:
    result = saved("events", *filters)
    assert (result.status, result.err) == (0, "")
    assert "".join(record["document_id"] for record in records(result.out)) == documents


@pytest.mark.parametrize("form", ["table", "csv", "parquet"])
def test_events_come_in_every_format(saved: Cli, form: str, tmp_path: Path) -> None:
    piped = saved("events", "--format", form)
    saved("events", "--format", form, "--output", tmp_path / "out")
    assert piped.status == 0
    if form != "table":  # a file's table has no bold type
        assert (tmp_path / "out").read_bytes() == piped.raw
    assert b"SANCTION" in piped.raw


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--type", "FIGHT"], 2, "'FIGHT' is no PLOVER type"),
        (["--since", "May 2019"], 2, "--since: 'May 2019' is not a date"),
        (["--until", "2019-13-01"], 2, "--until: '2019-13-01' is not a date"),
        (["--dyad", "Russia"], 2, "write two three-letter countries"),
        (["--status", "likely"], 2, "one of actual, negated"),
        (["--text", "!!"], 2, "no word to search for"),
        (["--limit", "0"], 2, "--limit"),
        (["--store", "mysql://host/db"], 1, "not a database that holds a store"),
        (["--store", "missing.db"], 1, "missing.db: no such store; code articles into it first"),
    ],
)
def test_wrong_questions(saved: Cli, arguments: list[str], status: int, message: str) -> None:
    result = saved("events", *arguments)
    assert (result.status, result.out) == (status, "")
    assert message in result.err


class TestExplain:
    def test_gives_a_reason_for_every_field(self, saved: Cli) -> None:
        (event,) = records(saved("events", "--actor", "RUS").out)
        result = saved("explain", event["event_id"])
        assert (result.status, result.err) == (0, "")
        names = [line.split()[0] for line in result.out.splitlines()]
        for name in ("event", "article", "sentence", "type", "actor", "recipient", "date",
                     "status", "said", "confidence"):  # fmt: skip
            assert name in names
        assert names.count("because") >= 5
        assert f"“{event['evidence']['trigger']['text']}”" in result.out
        assert "Example Wire" in result.out

    def test_six_characters_are_enough(self, saved: Cli) -> None:
        (event,) = records(saved("events", "--actor", "RUS").out)
        assert saved("explain", event["event_id"][:6]).out == (
            saved("explain", event["event_id"]).out
        )

    def test_json_is_the_record_with_the_explanation(self, saved: Cli) -> None:
        (event,) = records(saved("events", "--actor", "RUS").out)
        told = json.loads(saved("explain", event["event_id"], "--json").out)
        assert told.pop("explanation")
        assert told == event

    def test_an_unknown_event(self, saved: Cli) -> None:
        result = saved("explain", "ffffff")
        assert result.status == 2
        assert "no event 'ffffff' in the store; list them with: crisiswire events" in result.err

    def test_no_store(self, cli: Cli) -> None:
        result = cli("explain", "ffffff")
        assert result.status == 1
        assert "store.db: no such store" in result.err
