"""``crisiswire actors`` and ``--actors``: names that are unknown, files of one's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crisiswire import Coder
from crisiswire.config import load_config
from helpers import Cli

from .samples import records, row

FRONT = "The Kalmar Salt Front threatened Norway on Monday."
TEXTS = (
    row(FRONT, id="a")
    + row("Sudan accused the Kalmar Salt Front of treason.", id="b")
    + row("Ada Lovelund criticised Russia.", id="c")
)
DICTIONARY = "KALMAR_SALT_FRONT_ [NORREB >190101] [SWEPTY]\n+SALT_FRONT_\nSALT_RIDER [~BUS]\n"
PHRASES = [
    {"id": 1, "phrase": "the Kalmar Salt Front", "date": "2019-05-20"},
    {"id": 2, "phrase": "the Salt Front", "date": "2018-05-20"},
    {"id": 3, "phrase": "French salt riders", "date": "2018-05-20"},
]


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "mine.actors"
    path.write_text(DICTIONARY)
    return path


@pytest.fixture
def saved(cli: Cli, tmp_path: Path) -> Cli:
    """The command line, its store with three articles."""
    (tmp_path / "a.jsonl").write_text(TEXTS)
    assert cli("code", tmp_path / "a.jsonl", "--save", "--quiet").status == 0
    return cli


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_resolve_knows_the_users_actors(cli: Cli, dictionary: Path, jobs: str) -> None:
    rows = "".join(json.dumps(phrase) + "\n" for phrase in PHRASES).encode()
    result = cli("resolve", "-", "--actors", dictionary, "--jobs", jobs, stdin=rows)
    assert (result.status, result.err) == (0, "")
    assert [(r["country"], *r["sectors"]) for r in records(result.out)] == [
        ("NOR", "REB"), ("SWE", "PTY"), ("FRA", "BUS")
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_code_knows_the_users_actors(cli: Cli, dictionary: Path, jobs: str) -> None:
    arguments = ("code", "-", "--input-format", "jsonl", "--jobs", jobs)
    plain = records(cli(*arguments, stdin=row(FRONT).encode()).out)
    mine = records(cli(*arguments, "--actors", dictionary, stdin=row(FRONT).encode()).out)
    assert [a["entity_id"] for e in mine for a in e["actors"]] == ["nor-kalmar-salt-front"]
    assert [e["event_id"] for e in mine] == [e["event_id"] for e in plain]
    assert mine[0]["coder"].startswith(plain[0]["coder"] + " / actors ")


def test_relate_takes_actor_files(cli: Cli, dictionary: Path) -> None:
    pair = {"id": 1, "text": FRONT, "actor": "The Kalmar Salt Front", "recipient": "Norway"}
    result = cli("relate", "-", "--actors", dictionary, stdin=json.dumps(pair).encode())
    assert records(result.out)[0]["event_type"] == "THREATEN"


def test_several_files_and_the_settings(cli: Cli, dictionary: Path, tmp_path: Path) -> None:
    """Files of the settings, from their folder, then those of the option, which rank higher."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "own.csv").write_text(
        "name,kind,country,sectors\nSalt Front,ngo,DNK,SOC\nSalt Club,ngo,DNK,SOC\n"
    )
    settings = tmp_path / "folder" / "own.toml"
    settings.write_text('[actors]\nfiles = ["own.csv"]\n')
    rows = b'{"phrase": "Salt Front"}\n{"phrase": "Salt Club"}\n'
    both = cli("resolve", "-", "--config", settings, "--actors", dictionary, stdin=rows)
    assert [r["country"] for r in records(both.out)] == ["NOR", "DNK"]
    alone = cli("resolve", "-", "--config", settings, stdin=rows)
    assert [r["country"] for r in records(alone.out)] == ["DNK", "DNK"]
    doctor = cli("doctor", "--config", settings)
    assert "own.csv: 2, 0 bad lines" in " ".join(doctor.out.split())


def test_bad_lines_are_named_and_the_rest_counts(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "mine.actors"
    path.write_text("".join(f"BAD_{n} [XYZ]\n" for n in range(12)) + DICTIONARY)
    result = cli("resolve", "-", "--actors", path, stdin=json.dumps(PHRASES[0]).encode())
    assert (result.status, records(result.out)[0]["country"]) == (0, "NOR")
    told = result.err.splitlines()
    assert told[0].startswith(f"crisiswire: {path}:1: code 'XYZ'")
    assert len(told) == 11
    assert told[-1].endswith(f"2 more bad lines; see: crisiswire actors check {path}")


@pytest.mark.parametrize("command", ["code", "resolve"])
def test_a_file_of_no_use_stops_the_work(cli: Cli, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty.csv").touch()
    for name, message in (("missing.csv", "cannot be read"), ("empty.csv", "holds no actor")):
        result = cli(command, "-", "--actors", tmp_path / name, stdin=b"{}")
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"crisiswire: {tmp_path / name}: {message}")


def test_the_library_keeps_the_bad_lines(tmp_path: Path, dictionary: Path) -> None:
    dictionary.write_text(DICTIONARY + "BAD [XYZ]\n")
    (tmp_path / "own.toml").write_text(f'[actors]\nfiles = ["{dictionary.name}"]\n')
    coder = Coder(load_config(tmp_path / "own.toml"))
    assert [f.line for f in coder.actors.faults] == [4]
    assert coder.version.endswith(f" / actors {coder.actors.digest}")


class TestUnknown:
    def test_names_with_count_guess_and_example(self, saved: Cli) -> None:
        result = saved("actors", "unknown")
        assert (result.status, result.err) == (0, "")
        front, ada = records(result.out)
        assert (front["name"], front["count"], front["kind"]) == (
            "Kalmar Salt Front", 2, "armed_group"
        )  # fmt: skip
        assert (front["example"], front["document_id"]) == (FRONT, "a")
        assert (ada["name"], ada["kind"]) == ("Ada Lovelund", "person")

    def test_lines_of_a_table_that_can_be_used_at_once(self, saved: Cli, tmp_path: Path) -> None:
        lines = saved("actors", "unknown", "--as", "csv", "--limit", "1").out
        (line,) = csv.DictReader(io.StringIO(lines))
        assert line["name"] == "Kalmar Salt Front"
        (tmp_path / "mine.csv").write_text(lines)
        assert saved("actors", "check", tmp_path / "mine.csv").status == 0
        left = saved("actors", "unknown", "--actors", tmp_path / "mine.csv")
        assert [r["name"] for r in records(left.out)] == ["Ada Lovelund"]

    def test_in_every_form(self, saved: Cli, tmp_path: Path) -> None:
        plain = saved("actors", "unknown", "--format", "csv").out
        assert plain.startswith("name,count,kind,country,sectors,example,document_id\n")
        assert "Kalmar Salt Front" in saved("actors", "unknown", "--format", "table").out
        saved("actors", "unknown", "--output", tmp_path / "x.parquet")
        assert pq.read_table(tmp_path / "x.parquet")["count"].to_pylist() == [2, 1]

    def test_nobody(self, cli: Cli) -> None:
        cli("code", "-", "--save", "--date", "2019-05-20", stdin=b"Iran threatened Israel.")
        result = cli("actors", "unknown")
        assert (result.status, result.out) == (0, "")
        assert "every named actor of the store is known" in result.err

    @pytest.mark.parametrize(
        "arguments", [["--as", "xml"], ["--as", "csv", "--format", "csv"], ["--limit", "0"]]
    )
    def test_wrong_use(self, saved: Cli, arguments: list[str]) -> None:
        assert saved("actors", "unknown", *arguments).status == 2

    def test_no_store(self, cli: Cli) -> None:
        assert cli("actors", "unknown").status == 1


class TestCheck:
    def test_good_files(self, cli: Cli, dictionary: Path) -> None:
        result = cli("actors", "check", dictionary, dictionary)
        assert (result.status, result.err) == (0, "")
        line = "2 names of 1 actors, 1 role terms, 0 that name nobody, 0 bad lines"
        assert result.out == f"{dictionary}: {line}\n" * 2

    def test_every_bad_line_and_file_is_named(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "mine.actors"
        path.write_text(DICTIONARY + "BAD [XYZ]\n" * 15)
        result = cli("actors", "check", tmp_path / "missing", path)
        assert result.status == 1
        assert len(result.err.splitlines()) == 16
        assert "15 bad lines" in result.out
