"""``crisiswire relate``, ``resolve`` and ``locate``: rows in, rows out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crisiswire.knowledge.files import ontology
from helpers import Cli

from .samples import records

PAIR = {"id": "a", "text": "Russia imposed sanctions on Turkey.",
        "actor": "Russia", "recipient": "Turkey"}  # fmt: skip
PHRASE = {"id": 7, "phrase": "the Russian foreign ministry", "date": "2019-05-01"}
TEXT = {"id": "c", "text": "Fighting spread from Tripoli to Misrata.", "date": "2019-05-01"}
ROWS = {"relate": PAIR, "resolve": PHRASE, "locate": TEXT}
FIELDS = {
    "relate": ["id", "event_type", "confidence", "scores"],
    "resolve": ["id", "name", "country", "sectors", "entity_id", "confidence"],
    "locate": ["id", "places"],
}


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_relate_is_a_forced_choice_among_the_sixteen(cli: Cli) -> None:
    nothing = {"id": None, "text": "Rain fell on Ruritania and Elbonia.",
               "actor": "Ruritania", "recipient": "Elbonia"}  # fmt: skip
    result = cli("relate", "-", stdin=lines(PAIR, nothing))
    assert (result.status, result.err) == (0, "")
    for answer, row in zip(records(result.out), (PAIR, nothing), strict=True):
        assert answer["id"] == row["id"]
        assert set(answer["scores"]) == set(ontology()["types"])
        assert sum(answer["scores"].values()) == pytest.approx(1, abs=0.01)
        assert answer["scores"][answer["event_type"]] == max(answer["scores"].values())
        assert answer["confidence"] == answer["scores"][answer["event_type"]]
    assert records(result.out)[0]["event_type"] == "SANCTION"


def test_relate_warns_of_a_party_that_is_not_in_the_text(cli: Cli) -> None:
    result = cli("relate", "-", stdin=lines(PAIR | {"actor": "China"}))
    assert (result.status, len(records(result.out))) == (0, 1)
    assert "row a: actor 'China' does not stand in the text" in result.err


def test_resolve_says_whom_a_phrase_names(cli: Cli) -> None:
    unknown = {"id": "b", "phrase": "the gardener", "date": "2019-05-01"}
    short = {"id": "c", "phrase": "the foreign ministry", "context": "", "known_country": "RUS"}
    result = cli("resolve", "-", stdin=lines(PHRASE, unknown, short))
    assert result.status == 0
    ministry, gardener, of_country = records(result.out)
    assert (ministry["id"], ministry["country"], ministry["sectors"][0]) == (7, "RUS", "GOV")
    assert (gardener["country"], gardener["entity_id"]) == (None, None)
    assert of_country["country"] == "RUS"
    assert all(0 <= row["confidence"] <= 1 for row in records(result.out))


def test_locate_finds_places_with_their_words(cli: Cli) -> None:
    (answer,) = records(cli("locate", "-", stdin=lines(TEXT)).out)
    assert [(p["text"], p["country"]) for p in answer["places"]] == [
        ("Tripoli", "LBY"), ("Misrata", "LBY")
    ]  # fmt: skip
    for place in answer["places"]:
        assert (
            list(place)
            == """text start end name country admin1 latitude longitude geonames_id kind
            precision""".split()
        )
        assert TEXT["text"][place["start"] : place["end"]] == place["text"]


@pytest.mark.parametrize("command", ROWS)
class TestEach:
    def test_fields_of_the_interface(self, cli: Cli, command: str) -> None:
        (answer,) = records(cli(command, "-", stdin=lines(ROWS[command])).out)
        assert list(answer) == FIELDS[command]

    def test_a_file_and_an_output_file(self, cli: Cli, command: str, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(ROWS[command]) + b"\n")
        piped = cli(command, tmp_path / "in.jsonl")
        result = cli(command, tmp_path / "in.jsonl", "--output", tmp_path / "out.jsonl")
        assert (piped.status, result.status, result.out) == (0, 0, "")
        assert (tmp_path / "out.jsonl").read_bytes() == piped.raw

    def test_formats(self, cli: Cli, command: str) -> None:
        given = lines(ROWS[command])
        table = cli(command, "-", "--format", "table", stdin=given).out
        rows = list(csv.reader(io.StringIO(cli(command, "-", "-f", "csv", stdin=given).out)))
        packed = cli(command, "-", "--format", "parquet", stdin=given)
        parquet = pq.read_table(io.BytesIO(packed.raw))
        assert all(field in table for field in FIELDS[command])
        assert (rows[0], len(rows)) == (FIELDS[command], 2)
        assert (parquet.column_names, parquet.num_rows) == (FIELDS[command], 1)

    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "table"])
    def test_rows_that_are_all_bad(self, cli: Cli, command: str, form: str) -> None:
        result = cli(command, "-", "--format", form, stdin=b"{}\n")
        assert result.status == 1
        assert "line 1" in result.err

    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            (b"{broken", "is not JSON"),
            (b"[1]", "is not a JSON object"),
            (b'{"id": 1}', "is missing or empty"),
            (b'{"text": 7, "phrase": 7}', "is missing or empty"),
            (b'{"text": " ", "phrase": ""}', "is missing or empty"),
            (b"[" * 100_000, "is not JSON"),
        ],
        ids=lambda value: ascii(value)[:20],
    )
    def test_a_bad_row_is_named_and_the_rest_answered(
        self, cli: Cli, command: str, bad: bytes, reason: str
    ) -> None:
        good = lines(ROWS[command])
        result = cli(command, "-", stdin=good + bad + b"\n" + good)
        assert (result.status, len(records(result.out))) == (1, 2)
        assert "standard input, line 2: " in result.err
        assert reason in result.err

    def test_wrong_use(self, cli: Cli, command: str, tmp_path: Path) -> None:
        assert cli(command).status == 2
        assert cli(command, "-", "--format", "xml").status == 2
        missing = cli(command, tmp_path / "missing.jsonl")
        assert (missing.status, missing.out) == (1, "")
        assert "missing.jsonl: cannot be read (No such file" in missing.err


@pytest.mark.parametrize("field", [{"date": "31/02/2019"}, {"context": 7}, {"known_country": {}}])
def test_bad_optional_fields_of_resolve(cli: Cli, field: dict[str, object]) -> None:
    result = cli("resolve", "-", stdin=lines(PHRASE | field, PHRASE))
    assert (result.status, len(records(result.out))) == (1, 1)
    assert next(iter(field)) in result.err
