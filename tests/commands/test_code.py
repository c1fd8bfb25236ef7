"""``crisiswire code``: articles in, events out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crisiswire.exporting.writers import CSV_COLUMNS
from crisiswire.storing import open_store
from helpers import EXAMPLES, Cli

from .samples import ARRESTS, DAY, SANCTIONS, THREAT, documents, records, row, rows

OSLO = EXAMPLES / "oslo-talks.txt"


def test_an_event_as_the_interface_tells_it(cli: Cli) -> None:
    result = cli("code", "-", "--date", DAY, "--outlet", "Example Wire", stdin=SANCTIONS.encode())
    assert (result.status, result.err) == (0, "")
    (event,) = records(result.out)
    assert event["event_type"] == "SANCTION"
    assert [a["country"] for a in event["actors"]] == ["RUS"]
    assert [a["country"] for a in event["recipients"]] == ["TUR"]
    assert event["date"] == {
        "text": "Monday", "start": DAY, "end": DAY, "precision": "day",
        "text_start": SANCTIONS.index("Monday"), "text_end": SANCTIONS.index("Monday") + 6,
    }  # fmt: skip
    assert event["evidence"]["text"] == SANCTIONS


def test_events_come_in_the_order_of_articles_and_text(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(row(f"{THREAT} {SANCTIONS}", id="z") + row(ARRESTS, id="a"))
    found = records(cli("code", tmp_path / "a.jsonl").out)
    assert [(e["document_id"], e["event_type"]) for e in found] == [
        ("z", "THREATEN"), ("z", "SANCTION"), ("a", "COERCE")
    ]  # fmt: skip


def test_the_same_article_gives_the_same_ids(cli: Cli) -> None:
    first, second = (cli("code", OSLO, "--date", DAY).out for _ in range(2))
    assert first == second
    assert len(records(first)) > 5


class TestFormats:
    def test_json_lines_are_the_default_when_piped(self, cli: Cli) -> None:
        plain = cli("code", OSLO, "--date", DAY)
        assert plain.out == cli("code", OSLO, "--date", DAY, "--format", "jsonl").out

    def test_csv(self, cli: Cli) -> None:
        found = list(csv.DictReader(io.StringIO(cli("code", OSLO, "--date", DAY, "-f", "csv").out)))
        expected = records(cli("code", OSLO, "--date", DAY).out)
        assert tuple(found[0]) == CSV_COLUMNS
        assert [r["event_id"] for r in found] == [e["event_id"] for e in expected]
        assert [r["evidence"] for r in found] == [e["evidence"]["text"] for e in expected]

    def test_parquet_holds_the_same_records(self, cli: Cli, tmp_path: Path) -> None:
        piped = cli("code", OSLO, "--date", DAY, "--format", "parquet")
        expected = records(cli("code", OSLO, "--date", DAY).out)
        assert pq.read_table(io.BytesIO(piped.raw)).to_pylist() == expected

    def test_table(self, cli: Cli) -> None:
        result = cli("code", "-", "--date", DAY, "-f", "table", stdin=SANCTIONS.encode())
        for word in ("SANCTION", "Russia [RUS]", "Turkey [TUR]", DAY, "1 event"):
            assert word in result.out

    def test_no_event_is_told_in_every_format(self, cli: Cli) -> None:
        outputs = {
            name: cli("code", "-", "--date", DAY, "-f", name, stdin=b"It rained all day in town.")
            for name in ("table", "jsonl", "csv", "parquet")
        }
        assert {result.status for result in outputs.values()} == {0}
        assert outputs["table"].out.strip() == "0 events"
        assert outputs["jsonl"].out == ""
        assert outputs["csv"].out.strip() == ",".join(CSV_COLUMNS)
        assert pq.read_table(io.BytesIO(outputs["parquet"].raw)).num_rows == 0

    @pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
    def test_the_output_file_names_the_format(self, cli: Cli, tmp_path: Path, name: str) -> None:
        form = name.partition(".")[2]
        piped = cli("code", OSLO, "--date", DAY, "--format", form)
        result = cli("code", OSLO, "--date", DAY, "--output", tmp_path / name)
        assert (result.status, result.out) == (0, "")
        assert (tmp_path / name).read_bytes() == piped.raw

    def test_a_table_in_a_file(self, cli: Cli, tmp_path: Path) -> None:
        cli("code", OSLO, "--date", DAY, "--output", tmp_path / "a.txt", "--format", "table")
        assert "CONSULT" in (tmp_path / "a.txt").read_text("utf-8")


class TestOptions:
    def test_options_fill_in_what_a_text_does_not_carry(self, cli: Cli, tmp_path: Path) -> None:
        given = {"title": "A title", "outlet": "Example Wire", "url": "https://example.org/a"}
        options = [word for name, value in given.items() for word in (f"--{name}", value)]
        assert cli("code", OSLO, "--date", "2019-05-17", *options, "--save").status == 0
        with open_store(tmp_path / "store.db") as store:
            (article,) = store.articles()
        assert article.date == dt.date(2019, 5, 17)
        assert {name: getattr(article, name) for name in given} == given

    def test_what_an_article_carries_comes_first(self, cli: Cli, tmp_path: Path) -> None:
        carried = row(outlet="Own Wire").encode()
        cli("code", "-", "--input-format", "jsonl", "--date", "2001-01-01", "--outlet", "Other",
            "--save", stdin=carried)  # fmt: skip
        with open_store(tmp_path / "store.db") as store:
            (article,) = store.articles()
        assert (article.date.isoformat(), article.outlet) == (DAY, "Own Wire")

    def test_without_a_date_today_is_taken_with_a_warning(self, cli: Cli) -> None:
        result = cli("code", "-", stdin=THREAT.encode())
        assert result.status == 0
        assert "relative dates are guesses" in result.err
        (event,) = records(result.out)
        assert event["date"]["start"] == dt.date.today().isoformat()

    def test_quiet_says_nothing_but_errors(self, cli: Cli, tmp_path: Path) -> None:
        assert cli("code", "-", "--quiet", stdin=THREAT.encode()).err == ""
        assert "missing.txt" in cli("code", tmp_path / "missing.txt", "--quiet").err

    def test_least_confidence(self, cli: Cli) -> None:
        everything = records(cli("code", OSLO, "--date", DAY, "--min-confidence", "0").out)
        strong = records(cli("code", OSLO, "--date", DAY, "--min-confidence", "0.7").out)
        assert 0 < len(strong) < len(everything)
        assert all(event["confidence"] >= 0.7 for event in strong)

    def test_a_settings_file(self, cli: Cli, tmp_path: Path) -> None:
        settings = tmp_path / "my.toml"
        settings.write_text("[coder]\nmin_confidence = 1.0\n")
        result = cli("code", "-", "--date", DAY, "--config", settings, stdin=THREAT.encode())
        assert (result.status, result.out) == (0, "")

    def test_two_processes_give_the_same_as_one(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "many.jsonl").write_text("".join(rows(30)))
        paths = (OSLO, tmp_path / "many.jsonl")
        one = cli("code", *paths, "--date", DAY, "--jobs", "1")
        two = cli("code", *paths, "--date", DAY, "--jobs", "2")
        assert (two.status, two.out) == (one.status, one.out)
        assert len(documents(one.out)) == 31


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xml"], "choose one of table, jsonl, csv, parquet"),
        (["--date", "31/02/2019"], "write YYYY-MM-DD"),
        (["--date", "2019-02-30"], "write YYYY-MM-DD"),
        (["--input-format", "odt"], "choose one of txt"),
        (["--jobs", "0"], "--jobs"),
        (["--min-confidence", "1.5"], "--min-confidence"),
        (["--config", "/no/such.toml"], "/no/such.toml: cannot be read"),
        (["--output", "/no/such/folder/a.csv"], "/no/such/folder/a.csv: cannot be written"),
        (["--colour"], "No such option"),
    ],
)
def test_wrong_use(cli: Cli, arguments: list[str], message: str) -> None:
    result = cli("code", "-", *arguments, stdin=SANCTIONS.encode())
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_a_folder_is_read_but_not_what_speaks_of_it(cli: Cli, tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE.txt", "changelog.md", "a.txt", "readme-talks.txt"):
        (tmp_path / name).write_text(f"{name}. {SANCTIONS}")
    result = cli("code", tmp_path, "--date", DAY)
    assert result.status == 0
    assert len(documents(result.out)) == 2


def test_the_record_has_the_fields_of_the_interface_in_order(cli: Cli) -> None:
    (line,) = cli("code", "-", "--date", DAY, stdin=SANCTIONS.encode()).out.splitlines()
    assert (
        list(json.loads(line))
        == (
            "event_id document_id sentence event_type mode contexts quad_class intensity cameo "
            "actors recipients date place status attribution quantities evidence confidence coder "
            "reviewed"
        ).split()
    )
