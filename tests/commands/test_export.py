"""``crisiswire export``: forms, filters, whole files."""

from __future__ import annotations

import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from crisiswire import Article
from crisiswire.errors import StoreError
from crisiswire.exporting.forms import FORMS
from crisiswire.storing import Store, open_store
from exporting.samples import TALKS, YEMEN, event, lines, table
from helpers import Cli


@pytest.fixture(scope="module")
def store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three events: aid in Caracas, talks to come, aid in Yemen."""
    path = tmp_path_factory.mktemp("export") / "store.db"
    made = [event(), TALKS, event(event_id="feed000000000000", document_id="doc-3", place=YEMEN)]
    with open_store(path) as store:
        for one in made:
            article = Article(
                "x" * 100, one.date.start, id=one.document_id, outlet="Example Wire", language="en"
            )
            store.save(article, [one])
    return path


@pytest.fixture
def saved(cli: Cli, tmp_path: Path, store_file: Path) -> Cli:
    """The command line, its store a copy of that."""
    shutil.copy(store_file, tmp_path / "store.db")
    return cli


@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_to_a_file_and_to_standard_output(
    saved: Cli, form: str, tmp_path: Path
) -> None:
    piped = saved("export", "--as", form)
    filed = saved("export", "--as", form, "--output", tmp_path / "out", "--quiet")
    assert (piped.status, filed.status, filed.err, filed.out) == (0, 0, "", "")
    assert (tmp_path / "out").read_bytes() == piped.raw
    assert b"3f2a9c0011223344" in piped.raw or form == "gdelt"


def test_forms_without_a_status_hold_what_happened(saved: Cli) -> None:
    result = saved("export", "--as", "polecat")
    assert "polecat cannot say a status: only actual events" in result.err
    assert {row["Event Type"] for row in table(result.raw)} == {"AID"}
    asked = saved("export", "--as", "polecat", "--status", "actual", "--status", "future")
    assert asked.err == ""
    assert {row["Event Type"] for row in table(asked.raw)} == {"AID", "CONSULT"}


def test_records_hold_every_status(saved: Cli) -> None:
    result = saved("export", "--as", "jsonl")
    assert {json.loads(line)["status"] for line in result.out.splitlines()} == {"actual", "future"}
    assert result.err == ""


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ([], ["doc-1", "doc-3"]),
        (["--country", "YEM"], ["doc-3"]),
        (["--type", "aid", "--limit", "1"], ["doc-1"]),
        (["--dyad", "USA~IRN", "--status", "future"], ["doc-2", "doc-2"]),
        (["--since", "2019-05-21"], []),
        (["--until", "2019-05-19"], []),
        (["--actor", "RUS", "--recipient", "VEN", "--country", "VEN"], ["doc-1"]),
        (["--min-confidence", "0.9"], []),
        (["--outlet", "Other"], []),
        (["--text", "experts", "--country", "VEN"], ["doc-1"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_filters(saved: Cli, filters: list[str], documents: list[str]) -> None:
    result = saved("export", "--as", "icews", *filters)
    assert result.status == 0
    assert [row["Story ID"] for row in table(result.raw)] == documents


def test_dyads(saved: Cli) -> None:
    asked = ["export", "--as", "csv", "--type", "CONSULT"]
    assert len(saved(*asked).out.splitlines()) == 2
    assert len(saved(*asked, "--actors", "dyads").out.splitlines()) == 3


def test_mentions_say_how_long_the_document_is(saved: Cli) -> None:
    result = saved("export", "--as", "gdelt-mentions")
    assert [fields[12] for fields in lines(result.raw)] == ["100", "100"]


def test_the_language_is_the_article_s(saved: Cli) -> None:
    assert {row["Language"] for row in table(saved("export", "--as", "polecat").raw)} == {"en"}


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--as", "acled"], 2, "--as: 'acled' is unknown; choose one of polecat, icews, gdelt"),
        ([], 2, "--as"),
        (["--as", "gdelt", "--actors", "list"], 2, "gdelt has room for one actor"),
        (["--as", "csv", "--type", "FIGHT"], 2, "'FIGHT' is no PLOVER type"),
        (["--as", "csv", "--status", "likely"], 2, "one of actual, negated"),
        (["--as", "csv", "--since", "May"], 2, "--since: 'May' is not a date"),
        (
            ["--as", "csv", "--output", "none/out.csv"],
            2,
            "--output none/out.csv: cannot be written",
        ),
        (["--as", "csv", "--store", "missing.db"], 1, "missing.db: no such store"),
    ],
)
def test_wrong_use(saved: Cli, arguments: list[str], status: int, message: str) -> None:
    result = saved("export", *arguments)
    assert (result.status, result.out) == (status, "")
    assert message in result.err


class TestWholeFiles:
    def test_a_failed_export_leaves_the_earlier_file(
        self, saved: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        earlier = tmp_path / "out.tsv"
        earlier.write_text("earlier")

        def broken(self: Store, query: object) -> object:
            yield next(original(self))
            raise StoreError("the disk is gone")

        original = Store.events
        monkeypatch.setattr(Store, "events", broken)
        result = saved("export", "--as", "polecat", "--output", earlier)
        assert (result.status, earlier.read_text()) == (1, "earlier")
        assert not list(tmp_path.glob(".out.tsv*"))

    def test_a_link_is_followed(self, saved: Cli, tmp_path: Path) -> None:
        (tmp_path / "link.tsv").symlink_to(tmp_path / "real.tsv")
        assert saved("export", "--as", "icews", "--output", tmp_path / "link.tsv").status == 0
        assert (tmp_path / "link.tsv").is_symlink()
        assert (tmp_path / "real.tsv").read_bytes().startswith(b"Event ID")

    def test_a_pipe_is_written_to_directly(self, saved: Cli, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
        reader.start()
        assert saved("export", "--as", "icews", "--output", pipe).status == 0
        reader.join(10)
        assert read[0].startswith(b"Event ID")
